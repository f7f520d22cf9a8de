"""The sheet ``population``: how many people there are in each category, from a dated source.

In: the sheet's entries, what the forms offer, the territories. Out: `Margin` objects and what is
wrong with the names in them. Whether they make good weights is not asked here.
"""

from collections.abc import Iterable
from datetime import date

from tyndau.base.errors import Problem
from tyndau.study.entries import Entries
from tyndau.study.plan import Margin
from tyndau.study.sheets.known import Known, check_territory


def read_population(
    sheet: Entries, known: Known, territories: Iterable[str]
) -> tuple[tuple[Margin, ...], list[Problem]]:
    """Read the population's figures and check what they are of.

    Parameters
    ----------
    sheet : Entries
        The sheet ``population``.
    known : Known
        What the forms offer, derived variables included.
    territories : iterable of str
        Codes of the territories.

    Returns
    -------
    margins : tuple of Margin
        In the order of the sheet.
    problems : list of Problem
        Unknown populations, variables, codes and territories.
    """
    found: list[Problem] = []
    margins = []
    codes = list(territories)
    for entry in sheet.rows:
        known.check_category(entry, found)
        check_territory(entry, codes, found)
        people, day = entry.values.get("people"), entry.values.get("date")
        if isinstance(people, int):
            margins.append(
                Margin(
                    population=entry.text("population"),
                    territory=entry.text("territory"),
                    variable=entry.text("variable"),
                    code=entry.text("code"),
                    people=people,
                    source=entry.pair("source"),
                    day=day if isinstance(day, date) else None,
                )
            )
    return tuple(margins), found
