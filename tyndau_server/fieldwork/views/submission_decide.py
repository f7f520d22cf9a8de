"""Deciding on interviews: one, or those ticked in the list.

In: a language, a slug, and in the form the interviews as they were seen, what is decided, a reason.
Out: the way back to where one was; or a page that says what was refused, with what was typed.
"""

from collections.abc import Mapping, Sequence

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import N_, Message, Number
from tyndau_server.fieldwork.decide import STATES, Outcome, decide
from tyndau_server.fieldwork.filters import Filters, whole_number
from tyndau_server.fieldwork.reasons import COMMON, reason_of
from tyndau_server.fieldwork.seen import membership_of, submissions_of
from tyndau_server.fieldwork.words import submission_badge
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_DONE = {
    "accepted": N_("Accepted interviews: {count}"),
    "returned": N_("Returned interviews: {count}"),
    "rejected": N_("Rejected interviews: {count}"),
}


@require_POST
def submission_decide(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Decide."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    after = request.POST.get("after", "")
    if after not in STATES:
        return HttpResponse(status=400)
    back = _back(request, language, slug)
    try:
        outcome = decide(
            _seen(request.POST.getlist("chosen")),
            after,
            by=membership.person,
            among=submissions_of(membership),
            zone=described.zone,
            reason=reason_of(request.POST.dict(), language),
        )
    except UserError as error:
        outcome, status = Outcome(0, error.problems), 400
    else:
        status = 409
    if outcome.done:
        done = Message(_DONE[after], {"count": Number(outcome.done)})
        notify(request, language, done)
    if not outcome.refused:
        return HttpResponseRedirect(back)
    again = request.POST.getlist("chosen") if status == 400 else []
    shown = {
        "described": described,
        "slug": slug,
        "problems": [in_every_language(problem) for problem in _first(outcome.refused)],
        "more": max(0, len(outcome.refused) - len(_first(outcome.refused))),
        "done": outcome.done,
        "back": back,
        "again": again,
        "after": submission_badge(after),
        "typed": request.POST.get("reason", ""),
        "reasons": COMMON,
        "one": request.POST.get("one", ""),
        "query": request.POST.get("query", ""),
        "place": request.POST.get("page", ""),
    }
    return page(request, language, "fieldwork/refused.html", shown, status=status)


def _seen(chosen: Sequence[str]) -> dict[int, str]:
    """Read the interviews that were ticked: each its number and the state in which it stood."""
    found = {}
    for one in chosen:
        number, _, state = one.partition(":")
        if whole_number(number):
            found[whole_number(number)] = state
    return found


def _first(problems: Sequence[Problem]) -> Sequence[Problem]:
    return problems[:10]


def _back(request: HttpRequest, language: str, slug: str) -> str:
    """Return the address where the person was: the interview, or the list as it was filtered."""
    query = Filters.read(_pairs(request.POST.get("query", ""))).query
    one, number = whole_number(request.POST.get("one", "")), request.POST.get("page", "")
    if one:
        address = reverse("submission", args=[language, slug, one])
    else:
        address = reverse("submissions", args=[language, slug])
        if whole_number(number) > 1:
            query = f"{query}&page={whole_number(number)}".lstrip("&")
    return f"{address}?{query}" if query else address


def _pairs(query: str) -> Mapping[str, str]:
    try:
        return QueryDict(query).dict()
    except TooManyFieldsSent:
        return {}
