"""Computing expressions over all rows at once, by the semantics of XForms.

In: a tree of `tyndau.questionnaire.syntax` and the values of names. Out: the value of the whole.
Comparisons follow XPath 1.0: as truth values if one side is one, else as numbers, else as strings.
What depends on chance, on the clock or on the phone raises `NotComputableError`.
"""

from collections.abc import Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from tyndau.questionnaire.functions import ARITHMETIC, CONSTANTS, FUNCTIONS, NotComputableError
from tyndau.questionnaire.syntax import (
    All,
    AnyOf,
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Itself,
    Node,
    Reference,
)
from tyndau.questionnaire.values import (
    Booleans,
    Numbers,
    Strings,
    Value,
    constant,
    to_booleans,
    to_numbers,
    to_strings,
)


def evaluate(node: Node, scope: Mapping[str, Value], rows: int) -> Value:
    """Compute an expression.

    Parameters
    ----------
    node : Node
        Its tree.
    scope : Mapping of str to Value
        What names stand for, and under ``.`` what a constraint is about.
    rows : int
        How many rows the values have.

    Returns
    -------
    Value
        The result.

    Raises
    ------
    NotComputableError
        If a name is not in the scope, or the result depends on more than the answers.
    """
    if isinstance(node, Constant):
        return constant(node.value, rows)
    if isinstance(node, Reference | Itself):
        name = node.name if isinstance(node, Reference) else "."
        if name not in scope:
            raise NotComputableError(name)
        return scope[name]
    if isinstance(node, All | AnyOf):
        join = np.logical_and if isinstance(node, All) else np.logical_or
        return Booleans(
            reduce(join, [to_booleans(evaluate(part, scope, rows)) for part in node.parts])
        )
    if isinstance(node, Comparison):
        left, right = evaluate(node.left, scope, rows), evaluate(node.right, scope, rows)
        return Booleans(_compare(node.operator, left, right))
    if isinstance(node, Arithmetic):
        first = to_numbers(evaluate(node.left, scope, rows))
        second = to_numbers(evaluate(node.right, scope, rows))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return Numbers(ARITHMETIC[node.operator](first, second))
    if isinstance(node, Call):
        if node.function not in FUNCTIONS:
            raise NotComputableError(f"{node.function}()")
        arguments = [evaluate(argument, scope, rows) for argument in node.arguments]
        if not arguments and node.function not in CONSTANTS:
            raise NotComputableError(f"{node.function}()")
        return FUNCTIONS[node.function](arguments, rows)
    raise NotComputableError(node.text)


def computable(node: Node) -> bool:
    """Return whether a node is of a kind that `evaluate` can compute from answers.

    Parameters
    ----------
    node : Node
        A single node; what is below it is not looked at.

    Returns
    -------
    bool
        False for paths, ``.``, and functions of chance, clock or phone.
    """
    if isinstance(node, Call):
        return node.function in FUNCTIONS and bool(node.arguments or node.function in CONSTANTS)
    return isinstance(node, Constant | Reference | Comparison | Arithmetic | All | AnyOf)


def _compare(operator: str, left: Value, right: Value) -> NDArray[np.bool_]:
    if operator in ("=", "!="):
        same = _equal(left, right)
        return same if operator == "=" else np.logical_not(same)
    compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[operator]
    return np.asarray(compare(to_numbers(left), to_numbers(right)))


def _equal(left: Value, right: Value) -> NDArray[np.bool_]:
    if isinstance(left, Booleans) or isinstance(right, Booleans):
        return np.asarray(to_booleans(left) == to_booleans(right))
    if isinstance(left, Numbers) or isinstance(right, Numbers):
        return np.asarray(to_numbers(left) == to_numbers(right))
    first, second = to_strings(left), to_strings(right)
    places: dict[str, int] = {}
    for level in (*first.levels, *second.levels):
        places.setdefault(level, len(places))
    return np.asarray(_relabel(first, places) == _relabel(second, places))


def _relabel(strings: Strings, places: Mapping[str, int]) -> NDArray[np.intp]:
    return np.array([places[level] for level in strings.levels], np.intp)[strings.index]
