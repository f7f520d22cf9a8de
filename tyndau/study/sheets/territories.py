"""The sheet ``territories``: where people live, each within another, and what makes it weigh in.

In: the sheet's entries. Out: `Territory` objects and what is wrong with their parents.
"""

from tyndau.base.errors import Place, Problem
from tyndau.study import problems
from tyndau.study.entries import Entries, Entry
from tyndau.study.model import Territory
from tyndau.study.schema import nearest


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
        Unknown parents and circles.
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
    territories = tuple(
        Territory(
            entry.text("code"),
            entry.pair("name"),
            entry.text("parent"),
            newly_annexed=entry.values.get("newly_annexed") is True,
            remote=entry.values.get("remote") is True,
            new_microdistrict=entry.values.get("new_microdistrict") is True,
        )
        for entry in sheet.rows
    )
    return territories, found


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
