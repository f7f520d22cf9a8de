"""The points that an interviewer's phone knows: where, how many, by which rules.

In: a membership, the populations it asks. Out: JSON for the boot of the browser form. Points come
from the study's workbook, starts and sides from the plan of its sample, whose are whose from the
assignments; an interviewer without any may go to every point of the plan, and has no addresses
there, which others may have. Lists begin and are shared as on paper.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from tyndau.base.languages import CONTENT_LANGUAGES, INTERFACE_LANGUAGES, Sayable, Text, say
from tyndau.sampling import RECORD, planned_routes
from tyndau.sampling.dwellings import list_of, part_of, street_words
from tyndau.sampling.routes import route_rules
from tyndau.sampling.sharing import Shared, share_points
from tyndau.study import Point, Street, Study
from tyndau_server.control.models import Assignment
from tyndau_server.control.wanted import asks_for_points
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

# Rules of points that have a list of dwellings, among those by kind.
_LISTED = "listed"

Routes = Mapping[str, Mapping[str, Any]]


def points_of(membership: Membership, populations: Iterable[str]) -> dict[str, Any]:
    """Tell a phone the points of its interviewer.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.
    populations : iterable of str
        Which it asks.

    Returns
    -------
    dict
        ``rules``, by kind and language, of the kinds that occur, and ``listed`` where a point has
        a list of dwellings; ``plans``, one a population whose form asks for the point: the
        question, whether points are assigned, and the points with their streets.
    """
    folder = served().get(membership.study)
    study = describe(folder).study if folder else None
    if study is None or folder is None:
        return {"rules": {}, "plans": []}
    asked = [one for one in dict.fromkeys(populations) if asks_for_points(study, one)]
    routes = _routes(folder)
    shared = _shared(membership.study, routes) if study.streets else Shared()
    plans = [_plan(study, routes.get(one, {}), shared, membership, one) for one in asked]
    plans = [one for one in plans if one["points"]]
    kinds = {point["kind"] for plan in plans for point in plan["points"]}
    rules = {kind: _rules(kind) for kind in sorted(kinds)}
    if any(one["doors"] for plan in plans for point in plan["points"] for one in point["streets"]):
        rules[_LISTED] = _rules("dwelling", listed=True)
    return {"rules": rules, "plans": plans}


def _plan(
    study: Study, routes: Routes, shared: Shared, membership: Membership, population: str
) -> dict[str, Any]:
    own: dict[str, list[Assignment]] = defaultdict(list)
    for one in Assignment.objects.filter(
        study=membership.study, population=population, membership=membership, ended=None
    ).order_by("day", "begins", "pk"):
        own[one.point].append(one)
    points = [one for one in study.points if (one.code in own if own else one.interviews)]
    return {
        "population": population,
        "question": study.sample.cluster,
        "assigned": bool(own),
        "points": [
            {
                **_point(study, one, routes, own.get(one.code, ())),
                "streets": _streets(study, one, shared, membership.code),
            }
            for one in points
        ],
    }


def _point(study: Study, point: Point, routes: Routes, own: Iterable[Assignment]) -> dict[str, Any]:
    names = {one.code: one.name for one in study.territories}
    route = routes.get(point.code, {})
    shifts = [_shift(one) for one in own]
    return {
        "code": point.code,
        "name": _said(point.name),
        "territory": _said(names.get(point.territory, Text(point.territory, point.territory))),
        "kind": point.kind,
        "step": point.step,
        "start": route.get("start", point.step),
        "side": route.get("side", ""),
        "planned": sum(one["interviews"] for one in shifts) if shifts else point.interviews,
        "substitute": point.substitute_for,
        "place": point.position,
        "shifts": shifts,
    }


def _shared(slug: str, routes: Mapping[str, Routes]) -> Shared:
    sent = Assignment.objects.filter(study=slug, ended=None, membership__ended=None)
    return share_points(routes, sent.values_list("point", "membership__code"))


def _streets(study: Study, point: Point, shared: Shared, code: str) -> list[dict[str, Any]]:
    """Tell the streets of a point with the own addresses: no more than the sheet on paper."""
    made = list_of(study.streets, point, shared.starts.get(point.code))
    doors: dict[Street, list[str]] = {street: [] for street in made.streets}
    turn = shared.turn(point.code, code)
    for one in part_of(made.drawn, *turn) if turn else ():
        doors[one.street].append(one.door)
    return [{"name": _said(street_words(one)), "doors": doors[one]} for one in made.streets]


def _shift(assignment: Assignment) -> dict[str, Any]:
    day, begins, ends = assignment.day, assignment.begins, assignment.ends
    return {
        "day": day.isoformat() if day else "",
        "begins": begins.isoformat("minutes") if begins else "",
        "ends": ends.isoformat("minutes") if ends else "",
        "interviews": assignment.interviews,
    }


def _said(text: Sayable) -> dict[str, str]:
    return {code: say(text, code) for code in CONTENT_LANGUAGES}


@lru_cache(maxsize=8)
def _rules(kind: str, *, listed: bool = False) -> dict[str, list[str]]:
    rules = route_rules(kind, listed=listed)
    return {code: [one.say(code) for one in rules] for code in INTERFACE_LANGUAGES}


def _routes(folder: Path) -> Mapping[str, Routes]:
    """Return start and side of each point, by the population whose sample was planned."""
    path = folder / RECORD
    try:
        stat = path.stat()
    except OSError:
        return {}
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=32)
def _read(path: Path, changed: int, size: int) -> Mapping[str, Routes]:
    del changed, size  # they make the cache look again
    return planned_routes(path.parents[1])
