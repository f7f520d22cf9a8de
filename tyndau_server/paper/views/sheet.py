"""A sheet that two people typed in: what differs, question by question, and sending the interview.

In: a language, a slug, the number of a sheet; for each difference which of the two holds, or a
third text. Out: the page with what is left; the way to the interview once it is taken in.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import N_, Message, Sayable
from tyndau_server.fieldwork.seen import membership_of
from tyndau_server.look.clock import said_at
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.paper.fields import Field, fields_of
from tyndau_server.paper.models import Sheet
from tyndau_server.paper.remove import remove
from tyndau_server.paper.seen import form_of, sheet_of
from tyndau_server.paper.send import send
from tyndau_server.paper.settle import Difference, both, differences, settle
from tyndau_server.paper.typed import read_typed, show
from tyndau_server.studies.described import Described, describe
from tyndau_server.studies.served import folder_of

_SETTLED = N_("Settled.")
_REMOVED = N_("The sheet {number} is removed; who did it and why stands in the log.")
_LONGEST_REASON = 500
_SENT = N_("The sheet is an interview now, and waits for a decision like any other.")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show what differs; settle it."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    found = sheet_of(membership, number)
    if both(found) is None or request.method != "POST":
        return _page(request, language, described, found)
    wrong: list[Problem] = []
    try:
        fields = fields_of(form_of(found, described.study))
        left = differences(found, fields)
        words, wrong = _words(request, left)
        settle(found, left, words, by=membership.person)
    except UserError as error:
        wrong = list(error.problems)
    if wrong:
        return _page(request, language, described, found, wrong)
    notify(request, language, Message(_SETTLED))
    return HttpResponseRedirect(reverse("sheet", args=[language, slug, number]))


@require_POST
def sheet_send(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Send the interview."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    found = sheet_of(membership, number)
    try:
        form = form_of(found, described.study)
        made = send(found, form, zone=described.zone, by=membership.person)
    except UserError as error:
        return _page(request, language, described, found, error.problems)
    notify(request, language, Message(_SENT))
    return HttpResponseRedirect(reverse("submission", args=[language, slug, made.pk]))


@require_POST
def sheet_remove(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Remove a sheet that was begun by mistake."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    found = sheet_of(membership, number)
    try:
        reason = request.POST.get("reason", "").replace("\0", "")[:_LONGEST_REASON]
        remove(found, reason, by=membership.person)
    except UserError as error:
        return _page(request, language, described, found, error.problems)
    notify(request, language, Message(_REMOVED, {"number": found.number}))
    return HttpResponseRedirect(reverse("sheets", args=[language, slug]))


def _words(
    request: HttpRequest, left: Sequence[Difference]
) -> tuple[dict[str, str], list[Problem]]:
    """Read which of two texts holds, or the third that was typed."""
    words: dict[str, str] = {}
    wrong: list[Problem] = []
    for one in left:
        name = one.field.name
        chosen = request.POST.get(f"c:{name}", "")
        if chosen in ("first", "second"):
            words[name] = one.first if chosen == "first" else one.second
        elif chosen == "other":
            try:
                words[name] = read_typed(one.field, request.POST.get(f"v:{name}", ""))
            except UserError as error:
                wrong += error.problems
    return words, wrong


def _page(
    request: HttpRequest,
    language: str,
    described: Described,
    found: Sheet,
    wrong: Sequence[Problem] = (),
) -> HttpResponse:
    lines: list[dict[str, Any]] = []
    pair = both(found)
    try:
        if pair is not None and found.sent is None:
            fields = fields_of(form_of(found, described.study))
            lines = [_line(at, one) for at, one in enumerate(differences(found, fields))]
    except UserError as error:
        wrong = [*wrong, *error.problems]
    shown = {
        "described": described,
        "slug": described.slug,
        "sheet": found,
        "pair": pair,
        "lines": lines,
        "left": sum(line["settled"] is None for line in lines),
        "sent": said_at(found.sent, described.zone),
        "problems": [in_every_language(problem) for problem in wrong],
    }
    response = page(
        request, language, "paper/sheet.html", shown,
        simulated=described.fictional, status=400 if wrong else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def _line(at: int, one: Difference) -> dict[str, Any]:
    settled = one.settled
    held = ""
    if settled is not None:
        same = {one.second: "second", one.first: "first"}
        held = same.get(settled.value, "other")
    return {
        "id": f"f{at}",
        "field": one.field,
        "first": _read_back(one.field, one.first),
        "second": _read_back(one.field, one.second),
        "settled": settled,
        "held": held,
        "third": show(one.field, settled.value) if settled is not None and held == "other" else "",
    }


def _read_back(field: Field, value: str) -> dict[str, Any]:
    """Return a value as it is typed, and in words."""
    labels: dict[str, Sayable] = {option.code: option.category.label for option in field.options}
    return {
        "typed": show(field, value),
        "words": [labels[code] for code in value.split() if code in labels] if labels else [],
    }
