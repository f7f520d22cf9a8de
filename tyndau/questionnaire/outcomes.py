"""Which answers later conditions can tell apart.

In: a form. Out: for each question that routing depends on, a short list of answers, such that any
other answer acts like one of them: the codes that conditions name and one more, numbers around the
constants they are compared with, subsets of the codes of a multiple response. Where a question is
used in a way that allows no such list, it has none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import floor

import numpy as np

from tyndau.questionnaire.evaluation import evaluate
from tyndau.questionnaire.expression import Expression, parse
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.functions import NotComputableError
from tyndau.questionnaire.syntax import (
    All,
    AnyOf,
    Call,
    Comparison,
    Constant,
    Node,
    Reference,
    children,
    unwrapped,
)
from tyndau.questionnaire.values import Strings, to_booleans

# Subsets of more codes than this are not listed: 2 to the power of 8 is enough.
_MOST_CODES = 8
_SOMETHING = "…"


@dataclass(slots=True)
class _Usage:
    """What a name is compared with."""

    constants: set[str | float] = field(default_factory=set)
    counts: set[float] = field(default_factory=set)
    vague: bool = False


def outcomes(form: Form, needed: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """List the answers that matter.

    Parameters
    ----------
    form : Form
        The questionnaire.
    needed : iterable of str
        Questions, and calculates that depend on chance, which routing depends on.

    Returns
    -------
    dict of str to tuple of str
        Answers as an expression sees them (codes with spaces between them for a multiple
        response), without the empty one; a question of which they cannot be listed is left out.
    """
    usages = _usages(form)
    listed = {}
    for name in needed:
        question = form[name]
        answers = _answers(question, usages.get(name, _Usage()))
        if answers is not None:
            listed[name] = tuple(_allowed(question, answers))
    return listed


def _usages(form: Form) -> dict[str, _Usage]:
    usages: dict[str, _Usage] = {}
    for question in form.questions:
        for expression in (question.route, question.calculation):
            if expression is not None:
                _note(expression.tree, usages, vague=False)
    return usages


def _note(node: Node, usages: dict[str, _Usage], *, vague: bool) -> None:
    """Note what each name in a tree is compared with; ``vague`` where its value itself matters."""
    if isinstance(node, Reference):
        usages.setdefault(node.name, _Usage()).vague |= vague
        return
    for left, right in _pairs(node):
        if isinstance(left, Reference) and isinstance(right, Constant):
            usages.setdefault(left.name, _Usage()).constants.add(right.value)
            return
        counted = _counted(left)
        if counted and isinstance(right, Constant) and isinstance(right.value, float):
            usages.setdefault(counted, _Usage()).counts.add(right.value)
            return
    logical = isinstance(node, All | AnyOf) or (
        isinstance(node, Call) and node.function in ("not", "boolean")
    )
    if isinstance(node, Call) and node.function == "if":
        _note(node.arguments[0], usages, vague=False)
        for argument in node.arguments[1:]:
            _note(argument, usages, vague=True)
        return
    for child in children(node):
        _note(child, usages, vague=not logical)


def _pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    if isinstance(node, Comparison):
        left, right = unwrapped(node.left), unwrapped(node.right)
        yield left, right
        yield right, left
    if isinstance(node, Call) and node.function == "selected":
        yield node.arguments[0], node.arguments[1]


def _counted(node: Node) -> str:
    if isinstance(node, Call) and node.function in ("count-selected", "string-length"):
        argument = node.arguments[0] if node.arguments else None
        return argument.name if isinstance(argument, Reference) else ""
    return ""


def _answers(question: Question, usage: _Usage) -> list[str] | None:
    codes = [choice.category.code for choice in question.choices]
    if question.kind == "single":
        return _some_codes(codes, usage)
    if question.kind in ("multiple", "rank"):
        return None if usage.vague else _subsets(question, usage)
    if question.kind == "acknowledge":
        return ["OK"]
    if usage.vague:
        return None
    numbers = sorted(number for constant in usage.constants for number in _numbers(constant))
    chance = question.calculation is not None
    if question.kind == "number" or (chance and len(numbers) == len(usage.constants)):
        whole = not chance and "decimal" not in question.type
        return [f"{number:.10g}" for number in _around(numbers, whole=whole, chance=chance)]
    if question.kind in ("text", "calculate") and not usage.counts - {0.0}:
        texts = sorted(str(constant) for constant in usage.constants if constant != "")
        return [*texts, _SOMETHING]
    return None


def _some_codes(codes: list[str], usage: _Usage) -> list[str]:
    named = {f"{value:g}" if isinstance(value, float) else value for value in usage.constants}
    if usage.vague:
        return codes or [_SOMETHING]
    others = [code for code in codes if code not in named]
    return [code for code in codes if code in named] + (others[:1] if codes else [_SOMETHING])


def _subsets(question: Question, usage: _Usage) -> list[str] | None:
    """List what can be chosen together, "don't know" and its like alone."""
    categories = [choice.category for choice in question.choices]
    named = [part for part in categories if part.code in usage.constants]
    alone = [part.code for part in named if part.exclusive]
    free = [part.code for part in named if not part.exclusive]
    others = [part.code for part in categories if part not in named and not part.exclusive]
    if len(free) > _MOST_CODES:
        return None
    most = int(max(usage.counts, default=0)) + 1 if usage.counts else 1
    subsets: list[str] = []
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            few = 0 if chosen else 1
            extras = range(few, min(most if usage.counts else few, len(others)) + 1)
            subsets.extend(" ".join((*chosen, *others[:extra])) for extra in extras)
    spare = [part.code for part in categories if part.exclusive and part.code not in alone]
    return [*subsets, *alone, *(spare[:1] if not others else ())] or None


def _numbers(constant: str | float) -> list[float]:
    try:
        return [float(constant)]
    except ValueError:
        return []


def _around(numbers: list[float], *, whole: bool, chance: bool) -> list[float]:
    """Return a number from each range that the constants make, and the constants themselves."""
    if chance:
        # random() lies from 0 to below 1.
        numbers = sorted({0.0, *(number for number in numbers if 0 <= number < 1)})
        return sorted({*numbers, *((a + b) / 2 for a, b in pairwise([*numbers, 1.0]))})
    if not numbers:
        return [1.0]
    between = [(a + b) / 2 for a, b in pairwise(numbers)]
    found = [numbers[0] - 1, *numbers, *between, numbers[-1] + 1]
    if whole:
        found = [float(floor(number)) for number in found]
        found += [number + 1 for number in found]
    return sorted(set(found))


def _allowed(question: Question, answers: list[str]) -> Iterator[str]:
    """Leave out what the question's constraint forbids, where that can be told."""
    scope_of = {question.name, "."}
    try:
        constraint: Expression | None = parse(question.constraint) if question.constraint else None
        value = Strings(tuple(answers), np.arange(len(answers)))
        scope: Mapping[str, Strings] = dict.fromkeys(scope_of, value)
        fits = (
            np.ones(len(answers), np.bool_)
            if constraint is None
            else to_booleans(evaluate(constraint.tree, scope, len(answers)))
        )
    except NotComputableError:
        fits = np.ones(len(answers), np.bool_)
    yield from (answer for answer, fit in zip(answers, fits, strict=True) if fit)
