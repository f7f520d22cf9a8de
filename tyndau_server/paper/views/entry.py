"""Typing a sheet in: one's own entry, and nobody else's.

In: a language, a slug, the number of a sheet; what was typed. Out: the form in the order of the
questionnaire, with what is wrong; or the way on. What is right is kept where something is wrong.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import N_, Message
from tyndau.questionnaire.form import Form
from tyndau_server.fieldwork.asked import asked
from tyndau_server.fieldwork.seen import membership_of
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.paper.enter import finish, save
from tyndau_server.paper.fields import Field, fields_of
from tyndau_server.paper.models import Entry
from tyndau_server.paper.seen import form_of, sheet_of
from tyndau_server.paper.typed import read_typed, show
from tyndau_server.studies.described import Described, describe
from tyndau_server.studies.served import folder_of

_SAVED = N_("Kept as a draft.")
_FINISHED = N_("The entry is finished. Somebody else types the sheet in the second time.")
_BOTH = N_("The entry is finished, and so is the other one: now they are compared.")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_entry(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show the entry; keep what was typed; finish it."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    sheet = sheet_of(membership, number)
    entry = sheet.entries.filter(person=membership.person, finished=None).first()
    if entry is None:
        raise Http404(number)
    entry.sheet = sheet
    try:
        form = form_of(sheet, described.study)
    except UserError as error:
        return _page(request, language, described, entry, [], error.problems)
    fields = fields_of(form)
    if request.method != "POST":
        return _page(request, language, described, entry, _lines(form, fields, entry.values))
    values, wrong = _read(request, fields)
    found = [problem for _, problem in wrong.values()]
    try:
        save(entry, values)
        if not wrong and request.POST.get("do") == "finish":
            finish(entry, {one.name: one for one in fields})
            both = sheet.entries.exclude(finished=None).count() == 2
            notify(request, language, Message(_BOTH if both else _FINISHED))
            return HttpResponseRedirect(reverse("sheets", args=[language, slug]))
    except UserError as error:
        found = list(error.problems)
    if not found:
        notify(request, language, Message(_SAVED))
        address = reverse("sheet-entry", args=[language, slug, number])
        return HttpResponseRedirect(address)
    lines = _lines(form, fields, values, {name: typed for name, (typed, _) in wrong.items()})
    return _page(request, language, described, entry, lines, found)


def _read(
    request: HttpRequest, fields: Sequence[Field]
) -> tuple[dict[str, str], dict[str, tuple[str, Problem]]]:
    """Read all that was typed; of what is no answer, the text and the problem."""
    values: dict[str, str] = {}
    wrong: dict[str, tuple[str, Problem]] = {}
    for one in fields:
        typed = request.POST.get(f"v:{one.name}", "")
        try:
            values[one.name] = read_typed(one, typed, request.POST.getlist(f"t:{one.name}"))
        except UserError as error:
            wrong[one.name] = typed, error.problems[0]
    return values, wrong


def _lines(
    form: Form,
    fields: Sequence[Field],
    values: Mapping[str, str],
    wrong: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    told = asked(form, values)
    return [
        {
            "field": one,
            "id": f"f{at}",
            "typed": (wrong or {}).get(one.name, show(one, values.get(one.name, ""))),
            "wrong": one.name in (wrong or {}),
            "skipped": told.get(one.name) is False,
            "stray": told.get(one.name) is False and bool(values.get(one.name)),
        }
        for at, one in enumerate(fields)
    ]


def _page(
    request: HttpRequest,
    language: str,
    described: Described,
    entry: Entry,
    lines: Sequence[Mapping[str, Any]],
    found: Sequence[Problem] = (),
) -> HttpResponse:
    shown = {
        "described": described,
        "slug": described.slug,
        "entry": entry,
        "sheet": entry.sheet,
        "lines": lines,
        "problems": [in_every_language(problem) for problem in found],
    }
    response = page(
        request, language, "paper/entry.html", shown,
        simulated=described.fictional, status=400 if found else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response
