"""The dashboard of a field, live without reloading.

In: a language, a slug, in the query the questionnaire. Out: the page; the part of it that is asked
for again every few seconds, or nothing where nothing is new.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau.base.languages import N_, Message
from tyndau_server.control import live
from tyndau_server.control.assigned import Decider
from tyndau_server.control.dashboard import dashboard
from tyndau_server.control.grouped import grouped
from tyndau_server.control.tiles import tiles
from tyndau_server.fieldwork.seen import everybody_of, is_limited, membership_of
from tyndau_server.look.page import page
from tyndau_server.people.models import Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

# By what the field is shown, one table at a time.
VIEWS: Mapping[str, Message] = {
    "territory": Message(N_("By territory")),
    "interviewer": Message(N_("By interviewer")),
    "point": Message(N_("By point")),
    "day": Message(N_("By day")),
    "quota": Message(N_("Quotas")),
    "hour": Message(N_("By hour")),
    "phone": Message(N_("Phones")),
}
_LINES = {
    "territory": "territories",
    "interviewer": "interviewers",
    "point": "points",
    "day": "days",
}


@require_safe
def field(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the dashboard."""
    shown = _shown(request, slug)
    if request.headers.get("If-None-Match") == f'"{shown["seen"]}-{language}"':
        return HttpResponse(status=304, headers={"ETag": f'"{shown["seen"]}-{language}"'})
    described = shown["described"]
    response = page(request, language, "control/field.html", shown, simulated=described.fictional)
    response["ETag"] = f'"{shown["seen"]}-{language}"'
    return response


@require_safe
def field_live(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Send the part that changes; nothing where the browser has it."""
    shown = _shown(request, slug)
    if request.GET.get("seen") == shown["seen"]:
        return HttpResponse(status=204)
    return page(request, language, "control/live.html", shown, alone=True)


def _shown(request: HttpRequest, slug: str) -> dict[str, Any]:
    membership = membership_of(request)
    described = describe(folder_of(slug))
    everybody = everybody_of(membership)
    interviewers = [one for one, is_seen in everybody.items() if is_seen]
    population = request.GET.get("form", "")[:255]
    by = request.GET.get("by", "")
    by = by if by in VIEWS else "territory"
    found = dashboard(membership, described.study, everybody, population)
    points = Decider(membership, described.study).points() if described.study else ()
    alerts = live.open_alerts(live.alerts_of(membership, interviewers, points), found.population)
    phones = live.phones_of(interviewers)
    questions = list(
        live.questions_of(membership, interviewers).filter(answered=None).order_by("moment")
    )
    lines = getattr(found, _LINES[by]) if by in _LINES else ()
    seen = live.name_of(
        membership.pk, by, found.population, found.moment,
        *(one.alert.pk for one in alerts), *(one.pk for one in questions),
        *((one.seen, one.unsent, one.drafts) for one in phones),
    )  # fmt: skip
    return {
        "described": described,
        "slug": slug,
        "office": membership.role == Role.SOCIOLOGIST,
        "limited": is_limited(membership),
        "interviewers": interviewers,
        "found": found,
        "map": tiles(described.study, found),
        "by": by,
        "lines": lines,
        "wanted": sum(line.target for line in lines),
        # Of a supervisor's interviewers all is shown, of territories the own alone.
        "summed": len(lines) > 1 and sum(one.sums.done for one in lines) == found.sums.done,
        "views": VIEWS,
        "alerts": alerts,
        "groups": grouped(alerts),
        "phones": phones,
        "questions": questions,
        "seen": seen,
    }
