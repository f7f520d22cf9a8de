"""The sheet ``trends``: variables that earlier waves called or asked otherwise.

In: the sheet's entries and what the forms offer. Out: `Trend` objects and what is wrong with the
variables that they name. Whether there is such a wave is not looked at: it may be yet to come.
"""

from tyndau.base.errors import Problem
from tyndau.study import problems
from tyndau.study.entries import Entries
from tyndau.study.plan import Trend
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known


def read_trends(sheet: Entries, known: Known) -> tuple[tuple[Trend, ...], list[Problem]]:
    """Read what became of variables from wave to wave.

    Parameters
    ----------
    sheet : Entries
        The sheet ``trends``.
    known : Known
        What the forms offer, derived variables included.

    Returns
    -------
    trends : tuple of Trend
        In the order of the sheet.
    problems : list of Problem
        Unknown populations and variables.
    """
    found: list[Problem] = []
    trends = []
    for entry in sheet.rows:
        wave, population, name = (entry.text(one) for one in ("wave", "population", "variable"))
        if not known.check_population(entry, found) or not (wave and name):
            continue
        variables = known.variables[population]
        if name not in variables:
            values = {"cell": entry.cell("variable"), "population": population, "value": name}
            near = nearest(name, variables)
            found.append(problems.NO_VARIABLE.at(entry.place("variable"), **values, known=near))
        breaks = entry.values.get("break") is True
        trends.append(Trend(wave, population, name, entry.text("was"), breaks))
    return tuple(trends), found
