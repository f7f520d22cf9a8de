"""The sheet ``rules``: when an interview is looked at again.

In: the sheet's entries and what the forms offer. Out: `Rule` objects and what is wrong with the
questions that they look at. Rules are declared here and applied elsewhere; none rejects anything.
"""

from tyndau.base.errors import Problem
from tyndau.study import problems
from tyndau.study.entries import Entries
from tyndau.study.plan import Rule
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known


def read_rules(sheet: Entries, known: Known) -> tuple[tuple[Rule, ...], list[Problem]]:
    """Read the rules and check the questions that they name.

    Parameters
    ----------
    sheet : Entries
        The sheet ``rules``.
    known : Known
        What the forms offer, derived variables included.

    Returns
    -------
    rules : tuple of Rule
        In the order of the sheet.
    problems : list of Problem
        Unknown populations and questions.
    """
    found: list[Problem] = []
    rules = []
    for entry in sheet.rows:
        population = entry.text("population")
        questions = tuple(entry.text("questions").replace(",", " ").split())
        if known.check_population(entry, found):
            variables = known.variables[population]
            for name in questions:
                if name not in variables:
                    place, near = entry.place("questions"), nearest(name, variables)
                    values = {"cell": entry.cell("questions"), "population": population}
                    found.append(problems.NO_VARIABLE.at(place, **values, value=name, known=near))
        threshold = entry.values.get("threshold")
        if isinstance(threshold, float):
            code, kind = entry.text("rule"), entry.text("kind")
            rules.append(Rule(code, kind, population, questions, threshold, entry.pair("name")))
    return tuple(rules), found
