"""The sheet ``streets``: where interviewers of a point walk, and which houses stand there.

In: the sheet's entries, the points. Out: `Street` objects in the order of walking, and what is
wrong with their points and house numbers. No resident is known here: a dwelling is a number.
"""

from collections import defaultdict
from collections.abc import Iterable

from tyndau.base.errors import Problem
from tyndau.base.languages import Text
from tyndau.study.entries import Entries, Entry
from tyndau.study.plan import Point
from tyndau.study.schema import nearest, plain
from tyndau.study.sheets import problems
from tyndau.study.streets import Street

# A number above this is a slip, such as an index or a year in the wrong column.
_HIGHEST = 999
# A point of 10 to 20 interviews needs a few hundred doors; of more, most would never be reached.
_MOST = 2000
_OF_HOUSES = ("last", "side", "flats")


def read_streets(
    sheet: Entries, points: Iterable[Point], codes: Iterable[str]
) -> tuple[tuple[Street, ...], list[Problem]]:
    """Read the streets of points and check their houses.

    Parameters
    ----------
    sheet : Entries
        The sheet ``streets``.
    points : iterable of Point
        The points that have no error.
    codes : iterable of str
        Codes of all points.

    Returns
    -------
    streets : tuple of Street
        In the order of the sheet.
    problems : list of Problem
        Unknown points, doors where nobody rings, numbers that cannot be, houses that stand twice,
        points with too many dwellings or with too few for their interviews.
    """
    found: list[Problem] = []
    known, all_codes = {one.code: one for one in points}, list(codes)
    streets: list[tuple[Entry, Street]] = []
    for entry in sheet.rows:
        code = entry.text("point")
        if code and code not in all_codes:
            values = {"cell": entry.cell("point"), "value": code}
            near = nearest(code, all_codes)
            found.append(problems.STREET_POINT.at(entry.place("point"), **values, known=near))
        elif _are_numbers_good(entry, found):
            _check_kind(entry, known.get(code), found)
            streets.append((entry, _street(entry)))
    _check_overlaps(streets, found)
    _check_dwellings(streets, known, found)
    return tuple(street for _, street in streets), found


def _street(entry: Entry) -> Street:
    first, last, flats = (_whole(entry, name) for name in ("first", "last", "flats"))
    side = entry.text("side") or "all"
    return Street(entry.text("point"), entry.pair("street"), first, last or first, side, flats)


def _whole(entry: Entry, column: str) -> int:
    value = entry.values.get(column)
    return value if isinstance(value, int) else 0


def _are_numbers_good(entry: Entry, found: list[Problem]) -> bool:
    if entry.reported & {"first", *_OF_HOUSES}:
        return False  # it is said of the cell
    before = len(found)
    first, last = _whole(entry, "first"), _whole(entry, "last")
    for column in ("first", "last", "flats"):
        if _whole(entry, column) > _HIGHEST:
            values = {"cell": entry.cell(column), "column": column, "value": entry.text(column)}
            found.append(problems.STREET_HIGH.at(entry.place(column), **values, most=_HIGHEST))
    for column in _OF_HOUSES:
        if not first and entry.text(column):
            values = {"cell": entry.cell(column), "column": column}
            found.append(problems.STREET_FIRST.at(entry.place(column), **values))
    if first and last and first > last:
        place, cell = entry.place("last"), entry.cell("last")
        found.append(problems.STREET_ORDER.at(place, cell=cell, first=first, last=last))
    elif first and not _street(entry).houses:
        place, cell = entry.place("side"), entry.cell("side")
        found.append(problems.STREET_SIDE.at(place, cell=cell, first=first, last=last or first))
    return len(found) == before


def _check_kind(entry: Entry, point: Point | None, found: list[Problem]) -> None:
    if point is not None and point.kind != "dwelling" and entry.text("first"):
        values = {"cell": entry.cell("first"), "value": point.code, "kind": point.kind}
        found.append(problems.STREET_KIND.at(entry.place("first"), **values))


def _check_overlaps(streets: Iterable[tuple[Entry, Street]], found: list[Problem]) -> None:
    """See that no door stands twice in the list of a point, whichever language names its street."""
    seen: dict[tuple[str, str, int], int] = {}
    for entry, street in streets:
        keys = [
            (street.point, name, house) for house in street.houses for name in _names(street.name)
        ]
        twice = {key[2]: seen[key] for key in keys if key in seen}
        if twice:
            rows = sorted(set(twice.values()))
            values = {"value": street.point, "houses": sorted(twice), "rows": rows}
            place = entry.place("first")
            found.append(problems.STREET_TWICE.at(place, cell=entry.cell("first"), **values))
        seen.update(dict.fromkeys(keys, entry.row))


def _names(text: Text) -> set[str]:
    return {plain(name) for name in (text.kk, text.ru) if name}


def _check_dwellings(
    streets: Iterable[tuple[Entry, Street]], points: dict[str, Point], found: list[Problem]
) -> None:
    rows: dict[str, list[tuple[Entry, Street]]] = defaultdict(list)
    for entry, street in streets:
        rows[street.point].append((entry, street))
    for code, own in rows.items():
        count, place = sum(street.dwellings for _, street in own), own[0][0].place("point")
        point = points.get(code)
        if count > _MOST:
            values = {"value": code, "dwellings": count}
            found.append(problems.STREET_MANY.at(place, **values, most=_MOST))
        elif point is not None and count > 0 and count // point.step < point.interviews:
            values = {"value": code, "dwellings": count, "drawn": count // point.step}
            found.append(
                problems.FEW_DWELLINGS.at(
                    place, **values, step=point.step, interviews=point.interviews
                )
            )
