"""Alerts and questions: the lists, one of each, and what is decided of it.

In: a language, a slug, the number of one. Out: pages, and the way back to the dashboard.
"""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message, Number
from tyndau_server.control import live
from tyndau_server.control.assigned import Decider
from tyndau_server.control.grouped import name_of_rule, step_of
from tyndau_server.control.look_at import answer_question, settle_alerts
from tyndau_server.control.models import Alert, Question
from tyndau_server.fieldwork.seen import interviewers_of, membership_of
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people.models import Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_PAGE = 50
# As long as a number of a row may be.
_DIGITS = 18
_SETTLED = N_("It is settled; the note stands with it.")
_SETTLED_TOGETHER = N_("Alerts settled: {count}; the note stands with each.")
_ANSWERED = N_("The answer goes to the phone at its next contact.")


@require_safe
def alerts(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show all alerts, the open ones first."""
    found = _alerts(request, slug).order_by("-raised", "-pk")
    shown = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    return _page(
        request, language, slug, "alerts", page=shown, lines=[live.line_of(one) for one in shown]
    )


@require_safe
def alert(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show an alert."""
    return _alert(request, language, slug, number)


@require_POST
def alert_settle(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Write that somebody looked."""
    one = _found(_alerts(request, slug), number)
    try:
        settle_alerts([one], request.POST.get("note", ""), by=membership_of(request).person)
    except UserError as error:
        return _alert(request, language, slug, number, error)
    notify(request, language, Message(_SETTLED))
    return HttpResponseRedirect(reverse("field", args=[language, slug]))


@require_safe
def alerts_together(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show several open alerts, to be settled by one note."""
    return _together(request, language, slug, request.GET.getlist("chosen"))


@require_POST
def alerts_settle(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Write that somebody looked at several alerts."""
    shown = request.POST.getlist("shown")
    chosen = _chosen(request, slug, request.POST.getlist("chosen"))
    try:
        count = settle_alerts(
            chosen, request.POST.get("note", ""), by=membership_of(request).person
        )
    except UserError as error:
        return _together(request, language, slug, shown, error)
    notify(request, language, Message(_SETTLED_TOGETHER, {"count": Number(count)}))
    return HttpResponseRedirect(reverse("field", args=[language, slug]))


@require_safe
def questions(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show all questions, the newest first."""
    found = _questions(request, slug).order_by("-moment", "-pk")
    return _page(
        request, language, slug, "questions",
        page=Paginator(found, _PAGE).get_page(request.GET.get("page")),
    )  # fmt: skip


@require_safe
def question(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show a question."""
    return _question(request, language, slug, number)


@require_POST
def question_answer(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Answer a question."""
    one = _asked(request, slug, number)
    try:
        answer_question(one, request.POST.get("answer", ""), by=membership_of(request).person)
    except UserError as error:
        return _question(request, language, slug, number, error)
    notify(request, language, Message(_ANSWERED))
    return HttpResponseRedirect(reverse("field", args=[language, slug]))


def _alerts(request: HttpRequest, slug: str) -> QuerySet[Alert]:
    membership = membership_of(request)
    study = describe(folder_of(slug)).study
    points = list(Decider(membership, study).points()) if study else []
    found = live.alerts_of(membership, interviewers_of(membership), points)
    return found.select_related("membership__person", "settled_by")


def _questions(request: HttpRequest, slug: str) -> QuerySet[Question]:
    folder_of(slug)
    membership = membership_of(request)
    return live.questions_of(membership, interviewers_of(membership))


def _found(alerts: QuerySet[Alert], number: int) -> Alert:
    one = alerts.filter(pk=number).first()
    if one is None:
        raise Http404(number)
    return one


def _chosen(request: HttpRequest, slug: str, written: Sequence[str]) -> list[Alert]:
    """Return alerts by their numbers; one that the person does not see is not there."""
    numbers = {int(one) for one in written if one.isdecimal() and len(one) <= _DIGITS}
    found = list(_alerts(request, slug).filter(pk__in=numbers).order_by("-raised", "-pk"))
    if len(found) != len(set(written)):
        raise Http404
    return found


def _together(
    request: HttpRequest,
    language: str,
    slug: str,
    written: Sequence[str],
    error: UserError | None = None,
) -> HttpResponse:
    chosen = _chosen(request, slug, written)
    lines = [live.line_of(one) for one in chosen if one.settled is None]
    rules = {one.alert.rule for one in lines}
    ticked = request.POST.getlist("chosen")
    return _page(
        request, language, slug, "alerts_together", error, lines=lines,
        rule=name_of_rule(rules.pop()) if len(rules) == 1 else "",
        step=step_of(lines) if lines else None,
        ticked={one.alert.pk for one in lines if not error or str(one.alert.pk) in ticked},
    )  # fmt: skip


def _asked(request: HttpRequest, slug: str, number: int) -> Question:
    one = _questions(request, slug).select_related("answered_by").filter(pk=number).first()
    if one is None:
        raise Http404(number)
    return one


def _alert(
    request: HttpRequest, language: str, slug: str, number: int, error: UserError | None = None
) -> HttpResponse:
    one = _found(_alerts(request, slug), number)
    return _page(request, language, slug, "alert", error, line=live.line_of(one))


def _question(
    request: HttpRequest, language: str, slug: str, number: int, error: UserError | None = None
) -> HttpResponse:
    return _page(request, language, slug, "question", error, one=_asked(request, slug, number))


def _page(
    request: HttpRequest,
    language: str,
    slug: str,
    name: str,
    error: UserError | None = None,
    **more: object,
) -> HttpResponse:
    described = describe(folder_of(slug))
    shown = {
        "described": described,
        "slug": slug,
        "office": membership_of(request).role == Role.SOCIOLOGIST,
        "problems": problems_of(error),
        "typed": request.POST,
        **more,
    }
    response = page(
        request, language, f"control/{name}.html", shown, simulated=described.fictional,
        status=422 if error else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response
