"""The sheet ``derived``: variables computed from the answers, a category a row.

In: the sheet's entries and what the forms offer. Out: `Derived` objects, what the sheets may refer
to once they are there, and what is wrong with names, conditions and references. They are computed
in `tyndau.study.derive`.
"""

from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from tyndau.base.errors import Problem, UserError
from tyndau.base.frames import Category
from tyndau.base.languages import Message, Text
from tyndau.questionnaire.expression import Expression, parse
from tyndau.questionnaire.syntax import Call, Comparison, Constant, Node, Reference, walk
from tyndau.study import problems
from tyndau.study.cells import EXPECTED, as_text
from tyndau.study.entries import Entries, Entry
from tyndau.study.model import Derived, DerivedCategory
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known


def read_derived(sheet: Entries, known: Known) -> tuple[tuple[Derived, ...], Known, list[Problem]]:
    """Read the derived variables and check that each can be computed from the form's answers.

    Parameters
    ----------
    sheet : Entries
        The sheet ``derived``.
    known : Known
        What the forms offer.

    Returns
    -------
    derived : tuple of Derived
        In the order of the sheet; rows with a wrong condition are left out.
    known : Known
        With the derived variables added.
    problems : list of Problem
        Unknown names, names taken, conditions that cannot be read, circles.
    """
    found: list[Problem] = []
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in sheet.rows:
        if known.check_population(entry, found) and entry.text("variable"):
            groups.setdefault((entry.text("population"), entry.text("variable")), []).append(entry)
    read = []
    for (population, name), entries in groups.items():
        _check_name(entries[0], known, found)
        label = _label(entries, found)
        rows = _with_conditions(entries, found)
        categories = tuple(
            DerivedCategory(Category(entry.text("code"), entry.pair("code")), condition)
            for entry, condition in rows
        )
        read.append((Derived(name, population, label, categories), rows))
    derived = tuple(one for one, _ in read)
    for population in known.forms:
        own = [one for one in derived if one.population == population]
        known = known.adding(population, [one.variable for one in own])
        _check_circles({one.name: rows[0][0] for one, rows in read if rows}, own, found)
    for _, rows in read:
        for entry, condition in rows:
            check_condition(entry, condition, known, found)
    return derived, known, found


def in_order(derived: Iterable[Derived]) -> list[Derived]:
    """Order the derived variables of one population so that each follows those it is computed from.

    Parameters
    ----------
    derived : iterable of Derived
        Of one population.

    Returns
    -------
    list of Derived
        In the order of computing.

    Raises
    ------
    graphlib.CycleError
        If they go round in a circle; its second argument names the circle.
    """
    by_name = {one.name: one for one in derived}
    graph = {name: sorted(one.sources & by_name.keys()) for name, one in by_name.items()}
    return [by_name[name] for name in TopologicalSorter(graph).static_order()]


def check_condition(
    entry: Entry, condition: Expression, known: Known, found: list[Problem]
) -> None:
    """See that a condition can be computed from the answers of its population.

    Parameters
    ----------
    entry : Entry
        With columns ``population`` and ``condition``.
    condition : Expression
        The condition.
    known : Known
        What the forms offer, derived variables included.
    found : list of Problem
        Where unknown names and codes, chance and the clock are reported.
    """
    population = entry.text("population")
    variables, form = known.variables[population], known.forms[population]
    place, cell = entry.place("condition"), entry.cell("condition")
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


def _check_name(entry: Entry, known: Known, found: list[Problem]) -> None:
    name, population = entry.text("variable"), entry.text("population")
    if name in known.forms[population]:
        values = {"cell": entry.cell("variable"), "value": name, "population": population}
        found.append(problems.NAME_CLASH.at(entry.place("variable"), **values))


def _label(entries: Sequence[Entry], found: list[Problem]) -> Text:
    """Return the first label that the variable's rows hold; one is needed."""
    labels = [entry.pair("label") for entry in entries]
    for label in labels:
        if label.kk or label.ru:
            return label
    columns = [name for name in ("label_kk", "label_ru") if name in entries[0].letters]
    column = columns[0] if columns else ""
    if columns and not any(name in entry.reported for entry in entries for name in columns):
        values = {"cell": entries[0].cell(column), "expected": Message(EXPECTED["text"])}
        found.append(problems.EMPTY_CELL.at(entries[0].place(column), **values))
    return Text()


def _with_conditions(
    entries: Iterable[Entry], found: list[Problem]
) -> list[tuple[Entry, Expression]]:
    """Read the rows' conditions; rows without a readable one are left out."""
    rows = []
    for entry in entries:
        source = entry.text("condition")
        try:
            if source:
                rows.append((entry, parse(source, entry.place("condition"))))
        except UserError as error:
            found.extend(error.problems)
    return rows


def _check_circles(first: dict[str, Entry], own: Iterable[Derived], found: list[Problem]) -> None:
    try:
        in_order(own)
    except CycleError as error:
        # graphlib names the circle from source to target; people read "is computed from".
        circle = list(reversed(error.args[1]))
        place = first[circle[0]].place("condition")
        found.append(problems.CIRCULAR.at(place, cycle=" → ".join(circle)))


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
