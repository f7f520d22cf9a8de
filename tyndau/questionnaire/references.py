"""What questions refer to, checked over the whole form: unknown names, circles, order.

In: a `Draft`. Out: problems. Only what is needed to ask or compute a question makes a circle:
its routing with that of its groups, its calculation and its choice filter; two constraints may
well refer to each other ("from" and "to").
"""

from collections.abc import Iterable, Iterator, Mapping

from tyndau.base.errors import Place, Problem
from tyndau.questionnaire import problems
from tyndau.questionnaire.build import Draft, Use, nearest
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.form import Question
from tyndau.questionnaire.syntax import Call, Node, Path, Reference, children, walk

_ORDERING = ("calculation", "choice_filter")


def unknown_names(draft: Draft) -> Iterator[Problem]:
    """Find references to what does not exist.

    Parameters
    ----------
    draft : Draft
        The form in the making.

    Yields
    ------
    Problem
        An error for each name and place.
    """
    known: dict[str, object] = {question.name: None for question in draft.questions}
    known.update(draft.groups)
    for use in draft.uses:
        for name in use.names:
            if name not in known:
                yield problems.UNKNOWN_NAME.at(use.place, name=name, meant=nearest(name, known))


def bare_names(draft: Draft) -> Iterator[Problem]:
    """Find names of questions without ``${...}``, which XPath reads as something else.

    Parameters
    ----------
    draft : Draft
        The form in the making.

    Yields
    ------
    Problem
        A warning for each.
    """
    known = {question.name for question in draft.questions}
    for use in draft.uses:
        if use.expression is None or use.column == "choice_filter":
            continue
        for node in _outside_paths(use.expression.tree):
            if isinstance(node, Path) and node.bare and node.text in known:
                yield problems.BARE_NAME.at(use.place, name=node.text)


def circles(draft: Draft, place: Place) -> Iterator[Problem]:
    """Find routing that goes in a circle.

    Parameters
    ----------
    draft : Draft
        The form in the making.
    place : Place
        The file and the sheet.

    Yields
    ------
    Problem
        An error for each circle, at the row of its first question.
    """
    needs = _needs(draft)
    rows = {question.name: question.row for question in draft.questions}
    visited: set[str] = set()
    for start in _entangled(needs):
        path: list[str] = []
        name = start
        while name not in visited:
            visited.add(name)
            path.append(name)
            name = next(other for other in needs[name] if other in needs)
        if name in path:
            cycle = path[path.index(name) :]
            first = cycle.index(min(cycle, key=lambda member: rows[member]))
            cycle = cycle[first:] + cycle[:first]
            where = Place(place.file, place.sheet, rows[cycle[0]])
            yield problems.CIRCULAR.at(where, cycle=" → ".join([*cycle, cycle[0]]))


def asked_later(draft: Draft) -> Iterator[Problem]:
    """Find routing and filters that depend on a question further down.

    Parameters
    ----------
    draft : Draft
        A form without circles.

    Yields
    ------
    Problem
        A warning for each pair of questions; a calculate stands for what it is computed from.
    """
    questions = {question.name: question for question in draft.questions}
    rows = {**draft.groups, **{name: question.row for name, question in questions.items()}}
    for use in draft.uses:
        if use.column not in ("relevant", "choice_filter") or use.expression is None:
            continue
        for name in sorted(_sources(use.expression, questions)):
            if rows[name] > rows[use.owner]:
                yield problems.ASKED_LATER.at(use.place, name=use.owner, later=name, row=rows[name])


def _outside_paths(node: Node) -> Iterator[Node]:
    """Go through a tree, leaving out what other repeats or instances are asked for."""
    yield node
    if isinstance(node, Path) or (isinstance(node, Call) and node.function == "indexed-repeat"):
        return
    for child in children(node):
        yield from _outside_paths(child)


def _names(expression: Expression) -> list[str]:
    nodes = _outside_paths(expression.tree)
    return [node.name for node in nodes if isinstance(node, Reference)]


def _needs(draft: Draft) -> dict[str, list[str]]:
    """Return what must be known before a question can be asked or computed."""
    ordering: dict[str, list[Use]] = {}
    for use in draft.uses:
        if use.column in _ORDERING and use.expression is not None:
            ordering.setdefault(use.owner, []).append(use)
    needs: dict[str, list[str]] = {}
    for question in draft.questions:
        names = _names(question.route) if question.route else []
        for use in ordering.get(question.name, []):
            if use.expression is not None:
                names += _names(use.expression)
        needs[question.name] = list(dict.fromkeys(names))
    return needs


def _entangled(needs: dict[str, list[str]]) -> Iterable[str]:
    """Leave in ``needs`` only what lies on a circle or behind one."""
    users: dict[str, list[str]] = {}
    for name, needed in needs.items():
        needs[name] = [other for other in needed if other in needs]
        for other in needs[name]:
            users.setdefault(other, []).append(name)
    left = {name: len(needed) for name, needed in needs.items()}
    free = [name for name, count in left.items() if count == 0]
    while free:
        name = free.pop()
        del needs[name]
        for user in users.get(name, []):
            left[user] -= 1
            if left[user] == 0:
                free.append(user)
    return tuple(needs)


def _sources(expression: Expression, questions: Mapping[str, Question]) -> set[str]:
    """Return the questions that an expression depends on, through calculates."""
    found: set[str] = set()
    open_names = [node.name for node in walk(expression.tree) if isinstance(node, Reference)]
    done: set[str] = set()
    while open_names:
        name = open_names.pop()
        if name in done or name not in questions:
            continue
        done.add(name)
        calculation = questions[name].calculation
        if calculation is None:
            found.add(name)
        else:
            open_names.extend(calculation.names)
    return found
