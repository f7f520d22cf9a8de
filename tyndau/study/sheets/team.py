"""The sheet ``team``: who interviews, for the papers that each takes along.

In: the sheet's entries. Out: `Member` objects, and numbers of the plan that stand twice. Whether
photos are there is seen when papers are made: the folder is checked without them.
"""

from tyndau.base.errors import Problem
from tyndau.study.entries import Entries
from tyndau.study.identity import Member
from tyndau.study.sheets.problems import TEAM_NUMBER


def read_team(sheet: Entries) -> tuple[tuple[Member, ...], list[Problem]]:
    """Read the interviewers.

    Parameters
    ----------
    sheet : Entries
        The sheet ``team``.

    Returns
    -------
    team : tuple of Member
        In the order of the sheet.
    problems : list of Problem
        Numbers of the plan that stand twice.
    """
    team, found = [], []
    taken: set[int] = set()
    for entry in sheet.rows:
        number = entry.values.get("number")
        if isinstance(number, int):
            if number in taken:
                place, cell = entry.place("number"), entry.cell("number")
                found.append(TEAM_NUMBER.at(place, cell=cell, value=number))
            taken.add(number)
        team.append(
            Member(
                entry.text("code"),
                entry.text("name"),
                entry.text("photo"),
                number if isinstance(number, int) else None,
            )
        )
    return tuple(team), found
