"""The page of a study: what comes next, its course, what there is to browse and to download.

In: a language, a slug. Out: the page.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau_server.analysis.browse import banners, chapters, simulated, volumes
from tyndau_server.analysis.shown import edition_of
from tyndau_server.home.course import course
from tyndau_server.home.doors import Doors, doors_of
from tyndau_server.home.facts import facts
from tyndau_server.home.next_step import next_step
from tyndau_server.home.standing import Standing, standing_of
from tyndau_server.home.state import state_of
from tyndau_server.look.page import page
from tyndau_server.studies.served import folder_of


@require_safe
def study(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show a study."""
    folder = folder_of(slug)
    standing = standing_of(folder, edition_of(request), getattr(request, "membership", None))
    described = standing.described
    doors = doors_of(request, language, slug)
    found = volumes(standing.results)
    shown = {
        "described": described,
        "standing": standing,
        "quarantined": standing.quarantined if doors.may("quarantine") else 0,
        "state": state_of(standing, doors),
        "next": next_step(standing, doors, next(iter(found), "")),
        "course": course(standing, doors),
        "rebuild": _rebuild(standing, doors),
        "facts": list(facts(described.study)) if described.study else [],
        "results": standing.results,
        "may_download": doors.may("file"),
        "volumes": [
            (name, volume, chapters(volume), banners(volume))
            for name, volume in found.items()
            if doors.may("table")
        ],
    }
    marked = described.fictional or any(map(simulated, found.values()))
    return page(request, language, "home/study.html", shown, simulated=marked)


def _rebuild(standing: Standing, doors: Doors) -> str:
    """Return where results are built again, where there is something to build them from."""
    described = standing.described
    if described.study is None or standing.moving or not (described.waves or described.fictional):
        return ""
    return doors.address("build")
