"""Conditions that stand in sheets of the workbook, held against the answers that they speak of.

In: a condition that could be read, and what the forms offer. Out: what is wrong with it. Sheets
whose rows hold conditions call this; the conditions themselves are read by the questionnaire.
"""

from collections.abc import Iterator

from tyndau.base.errors import Problem
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.syntax import Call, Comparison, Constant, Node, Reference, walk
from tyndau.study import problems
from tyndau.study.cells import as_text
from tyndau.study.entries import Entry
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known


def check_condition(
    entry: Entry, column: str, condition: Expression, known: Known, found: list[Problem]
) -> None:
    """See that a condition can be computed from the answers of its population.

    Parameters
    ----------
    entry : Entry
        With a column ``population`` that has a form.
    column : str
        Heading of the column in which the condition stands.
    condition : Expression
        The condition.
    known : Known
        What the forms offer, derived variables included.
    found : list of Problem
        Where unknown names and codes are reported, and what chance or a clock decides.
    """
    population = entry.text("population")
    variables, form = known.variables[population], known.forms[population]
    place, cell = entry.place(column), entry.cell(column)
    for name in sorted(condition.names - variables.keys()):
        if name in form:
            kind = form[name].type
            found.append(problems.NOT_A_COLUMN.at(place, cell=cell, value=name, type=kind))
        else:
            near = nearest(name, variables)
            values = {"cell": cell, "population": population, "value": name}
            found.append(problems.NO_VARIABLE.at(place, **values, known=near))
    if not condition.deterministic:
        found.append(problems.NOT_COMPUTABLE.at(place, cell=cell, condition=condition.source))
    for name, code in _codes(condition.tree):
        variable = variables.get(name)
        if variable is not None and variable.categories and code not in ("", *variable.codes):
            near = nearest(code, variable.codes)
            values = {"cell": cell, "variable": name, "value": code}
            found.append(problems.CODE_IN_CONDITION.at(place, **values, known=near))


def _codes(tree: Node) -> Iterator[tuple[str, str]]:
    """Find each answer that a condition asks for: ``${x} = 'a'`` and ``selected(${x}, 'a')``."""
    for node in walk(tree):
        if isinstance(node, Comparison) and node.operator in ("=", "!="):
            pair: tuple[Node, ...] = (node.left, node.right)
        elif isinstance(node, Call) and node.function == "selected":
            pair = node.arguments
        else:
            continue
        names = [part.name for part in pair if isinstance(part, Reference)]
        codes = [as_text(part.value) for part in pair if isinstance(part, Constant)]
        if names and codes:
            yield names[0], codes[0]
