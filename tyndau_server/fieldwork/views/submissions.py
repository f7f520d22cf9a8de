"""The list of interviews of a study, filtered.

In: a language, a slug, in the query the filters and a page's number. Out: the page, of which htmx
takes the part ``found``. Where there is nothing yet, the page says which step comes first.
"""

from dataclasses import replace
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tyndau.base.languages import Sayable, Text
from tyndau.study import Study
from tyndau_server.fieldwork.export import form_of
from tyndau_server.fieldwork.filters import DATA, PILOT, Filters, whole_number
from tyndau_server.fieldwork.listing import listing
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.fieldwork.reasons import COMMON
from tyndau_server.fieldwork.seen import interviewers_of, membership_of, submissions_of
from tyndau_server.look.page import page
from tyndau_server.people.models import Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

Step = Literal["", "issue", "open", "wait"]


@require_safe
def submissions(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the list."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    zone = described.zone
    filters = Filters.read(request.GET)
    interviewers = interviewers_of(membership)
    seen = submissions_of(membership, interviewers)
    wanted = whole_number(request.GET.get("page", "")) or 1
    found = listing(seen, filters, zone, page=wanted)
    states = list(
        Instrument.objects.filter(study=slug)
        .values_list("population", "state", "pilot")
        .order_by("population")
        .distinct()
    )
    populations = list(dict.fromkeys(population for population, _, _ in states))
    office = membership.role == Role.SOCIOLOGIST
    empty = not found.everything and not filters.query
    address = reverse("submissions", args=[language, slug])
    shown = {
        "described": described,
        "slug": slug,
        "address": address,
        "filters": filters,
        "found": found,
        "forms": _forms(described.study, populations),
        "interviewers": interviewers,
        "kinds": (DATA, PILOT),
        "reasons": COMMON,
        "next_step": _next(states) if empty else "",
        "office": office,
        "exports": _exports(described.study, slug, filters, populations) if office else [],
    }
    response = page(request, language, "fieldwork/submissions.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def _forms(study: Study | None, populations: list[str]) -> list[tuple[str, Sayable]]:
    """Return the questionnaires that are issued, each with its title."""
    forms = study.forms if study else {}
    return [
        (name, forms[name].title if name in forms else Text(name, name)) for name in populations
    ]


def _exports(
    study: Study | None, slug: str, filters: Filters, populations: list[str]
) -> list[dict[str, Any]]:
    """Return what can be exported: each questionnaire, each of its repeats."""
    lines = []
    for name, title in _forms(study, populations):
        if filters.form in ("", name):
            query = replace(filters, form=name).query
            xform = form_of(slug, name)
            repeats = [
                (repeat, f"{query}&{urlencode({'repeat': repeat})}")
                for repeat in (xform.repeats if xform else ())
            ]
            sav = f"{query}&format=sav" if study and name in study.forms else ""
            lines.append({"title": title, "query": query, "repeats": repeats, "sav": sav})
    return lines


def _next(states: list[tuple[str, str, bool]]) -> Step:
    """Say what comes before the first interview."""
    if not states:
        return "issue"
    collects = any(state == Instrument.State.FIELD or pilot for _, state, pilot in states)
    return "wait" if collects else "open"
