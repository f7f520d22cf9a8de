"""The sheet ``territories``: where people live, each within another, and what makes it weigh in.

In: the sheet's entries, and what the forms offer. Out: `Territory` objects and what is wrong with
their parents, their tiles, and the answers of the question that asks where somebody lives.
"""

from tyndau.base.errors import Place, Problem
from tyndau.study import problems
from tyndau.study.entries import Entries, Entry
from tyndau.study.model import Territory
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.problems import GRID_HALF, GRID_TWICE, TERRITORY_ANSWERS


def read_territories(sheet: Entries) -> tuple[tuple[Territory, ...], list[Problem]]:
    """Read the territories and check that each lies within one that exists, in no circle.

    Parameters
    ----------
    sheet : Entries
        The sheet ``territories``.

    Returns
    -------
    territories : tuple of Territory
        In the order of the sheet.
    problems : list of Problem
        Unknown parents, circles, tiles that two share.
    """
    found: list[Problem] = []
    rows = {entry.text("code"): entry for entry in sheet.rows}
    for entry in sheet.rows:
        parent = entry.text("parent")
        if parent and parent not in rows:
            known = nearest(parent, rows)
            place, cell = entry.place("parent"), entry.cell("parent")
            found.append(problems.NO_PARENT.at(place, cell=cell, value=parent, known=known))
    found.extend(_circles(rows))
    found.extend(_tiles(sheet))
    territories = tuple(
        Territory(
            entry.text("code"),
            entry.pair("name"),
            entry.text("parent"),
            newly_annexed=entry.values.get("newly_annexed") is True,
            remote=entry.values.get("remote") is True,
            new_microdistrict=entry.values.get("new_microdistrict") is True,
            grid=_tile(entry),
        )
        for entry in sheet.rows
    )
    return territories, found


def compare_answers(territories: tuple[Territory, ...], known: Known) -> list[Problem]:
    """Hold the answers to the question ``territory`` against the sheet.

    Parameters
    ----------
    territories : tuple of Territory
        Those of the sheet; where one lies within another, people name the smallest.
    known : Known
        What the forms offer.

    Returns
    -------
    list of Problem
        A warning for each form whose answers are others.
    """
    found = []
    parents = {territory.parent for territory in territories}
    listed = [territory.code for territory in territories if territory.code not in parents]
    for population, form in known.forms.items():
        variable = known.variables[population].get("territory")
        if not listed or variable is None or not variable.categories:
            continue
        offered = [one.code for one in variable.categories if not one.meaning]
        only = {
            "form": [code for code in offered if code not in listed] or ["–"],
            "sheet": [code for code in listed if code not in offered] or ["–"],
        }
        if set(offered) != set(listed):
            place = Place(form.path)
            found.append(TERRITORY_ANSWERS.at(place, population=population, **only))
    return found


def _tile(entry: Entry) -> tuple[int, int] | None:
    row, column = entry.values.get("grid_row"), entry.values.get("grid_column")
    return (row, column) if isinstance(row, int) and isinstance(column, int) else None


def _tiles(sheet: Entries) -> list[Problem]:
    found = []
    taken: dict[tuple[int, int], str] = {}
    for entry in sheet.rows:
        tile, code = _tile(entry), entry.text("code")
        names = [name for name in ("grid_row", "grid_column") if name in entry.values]
        if len(names) == 1 and not entry.reported & {"grid_row", "grid_column"}:
            found.append(GRID_HALF.at(entry.place(names[0]), value=code))
        if tile and taken.setdefault(tile, code) != code:
            values = {"cell": entry.cell("grid_row"), "other": taken[tile]}
            place = entry.place("grid_row")
            found.append(GRID_TWICE.at(place, **values, row=tile[0], column=tile[1]))
    return found


def _circles(rows: dict[str, Entry]) -> list[Problem]:
    found = []
    seen: set[str] = set()
    for start, entry in rows.items():
        chain = [start]
        while (parent := rows[chain[-1]].text("parent")) in rows and parent not in chain:
            chain.append(parent)
        if parent == start and start not in seen:
            seen.update(chain)
            place: Place = entry.place("parent")
            cycle = " → ".join([*chain, start])
            found.append(problems.CIRCULAR_TERRITORY.at(place, cycle=cycle))
    return found
