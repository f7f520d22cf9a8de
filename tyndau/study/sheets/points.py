"""The sheet ``points``: where interviews are made, how many, and what stands in for a dead point.

In: the sheet's entries and the territories. Out: `Point` objects and what is wrong with their
territories, sizes and substitutes.
"""

from collections.abc import Iterable, Mapping

from tyndau.base.errors import Problem
from tyndau.study.entries import Entries, Entry
from tyndau.study.plan import Point
from tyndau.study.schema import nearest
from tyndau.study.sheets import problems
from tyndau.study.sheets.known import check_territory

# Fewer do not pay the way, more make too much of one place (report on public councils, 2023).
_FEWEST, _MOST = 10, 20
# In degrees; a city that lies exactly at 0 is none of ours, and a cell that holds it is a slip.
_LARGEST = {"latitude": 90, "longitude": 180}


def read_points(
    sheet: Entries, territories: Iterable[str]
) -> tuple[tuple[Point, ...], list[Problem]]:
    """Read the points and check where they lie and what they replace.

    Parameters
    ----------
    sheet : Entries
        The sheet ``points``.
    territories : iterable of str
        Codes of the territories.

    Returns
    -------
    points : tuple of Point
        In the order of the sheet; a substitute has the interviews of the point it stands in for, a
        candidate that is not planned yet has none.
    problems : list of Problem
        Unknown territories, sizes out of bounds, substitutes of nothing or from elsewhere,
        positions that are on no map.
    """
    found: list[Problem] = []
    codes = list(territories)
    planned = {e.text("code"): e for e in sheet.rows if not e.text("substitute_for")}
    points = []
    for entry in sheet.rows:
        check_territory(entry, codes, found)
        _check_substitute(entry, planned, found)
        _check_size(entry, found)
        position = _position(entry, found)
        own = planned.get(entry.text("substitute_for"), entry)
        interviews, step = own.values.get("interviews", 0), entry.values.get("step")
        size = entry.values.get("size", 0.0)
        if isinstance(interviews, int) and isinstance(step, int) and isinstance(size, float):
            code, territory, kind = (entry.text(name) for name in ("code", "territory", "kind"))
            name, other = entry.pair("name"), entry.text("substitute_for")
            points.append(
                Point(code, territory, name, kind, interviews, step, other, size, position)
            )
    return tuple(points), found


def _check_substitute(entry: Entry, planned: Mapping[str, Entry], found: list[Problem]) -> None:
    other = entry.text("substitute_for")
    if not other:
        return
    place = entry.place("substitute_for")
    if other not in planned:
        values = {"cell": entry.cell("substitute_for"), "value": other}
        found.append(problems.NO_POINT.at(place, **values, known=nearest(other, planned)))
        return
    here, there = entry.text("territory"), planned[other].text("territory")
    if here and there and here != there:
        values = {"value": entry.text("code"), "territory": here, "point": other, "other": there}
        found.append(problems.FAR_SUBSTITUTE.at(place, **values))


def _check_size(entry: Entry, found: list[Problem]) -> None:
    interviews, size = entry.values.get("interviews"), entry.values.get("size")
    if isinstance(size, float) and size <= 0:
        cell, place = entry.cell("size"), entry.place("size")
        found.append(problems.POINT_MEASURE.at(place, cell=cell, value=entry.text("size")))
    candidate = "size" in entry.values or "size" in entry.reported
    if interviews is None and (
        candidate or entry.text("substitute_for") or "interviews" in entry.reported
    ):
        return
    if not isinstance(interviews, int) or not _FEWEST <= interviews <= _MOST:
        values = {"value": entry.text("code"), "interviews": entry.text("interviews")}
        place = entry.place("interviews")
        found.append(problems.POINT_SIZE.at(place, **values, low=_FEWEST, high=_MOST))


def _position(entry: Entry, found: list[Problem]) -> tuple[float, float] | None:
    """Return latitude and longitude, where both are given and can be."""
    given = {name: entry.values.get(name) for name in _LARGEST}
    wrong = False
    for name, largest in _LARGEST.items():
        value, other = given[name], [given[one] for one in _LARGEST if one != name]
        beyond = isinstance(value, float) and not 0 < abs(value) <= largest
        alone = value is None and name not in entry.reported and other != [None]
        if beyond or alone:
            values = {"value": entry.text("code"), "column": name, "given": entry.text(name)}
            found.append(problems.POINT_POSITION.at(entry.place(name), **values, most=largest))
            wrong = True
    latitude, longitude = given.values()
    if wrong or not isinstance(latitude, float) or not isinstance(longitude, float):
        return None
    return latitude, longitude
