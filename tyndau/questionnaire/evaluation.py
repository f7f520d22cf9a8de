"""Computing expressions over all rows at once, by the semantics of XForms.

In: a tree of `tyndau.questionnaire.syntax` and the values of names. Out: `Strings`, `Numbers`,
`Booleans` or `Selections`, an entry for each row. A question that was not asked, or not answered, has
the value ''. Comparisons follow XPath 1.0: booleans first, then numbers, else strings; an ISO date
counts as days, as JavaRosa counts it. What depends on chance, on the clock or on the phone raises
`NotComputable`. To add a function, write it into one of the tables at the end.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Column
from tyndau.questionnaire.syntax import (
    All,
    AnyOf,
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Node,
    Reference,
)


class NotComputable(Exception):
    """A value that the answers alone do not determine.

    Parameters
    ----------
    cause : str
        The name or function that is not known.
    """

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)


@dataclass(frozen=True, slots=True)
class Strings:
    """Strings, each different one held once.

    Attributes
    ----------
    levels : tuple of str
        The different strings.
    index : ndarray of int, shape (n,)
        Which of them each row has.
    """

    levels: tuple[str, ...]
    index: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers; NaN where there is none.

    Attributes
    ----------
    data : ndarray of float, shape (n,)
        The numbers.
    """

    data: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Booleans:
    """Truth values.

    Attributes
    ----------
    data : ndarray of bool, shape (n,)
        The values.
    """

    data: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Selections:
    """Answers to a multiple response.

    Attributes
    ----------
    codes : tuple of str
        The codes that could be chosen.
    chosen : ndarray of bool, shape (n, k)
        Which were.
    """

    codes: tuple[str, ...]
    chosen: NDArray[np.bool_]


Value = Strings | Numbers | Booleans | Selections
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EPOCH = date(1970, 1, 1).toordinal()


def value_of(column: Column, asked: NDArray[np.bool_] | None = None) -> Value:
    """Return a column's answers as an expression sees them.

    Parameters
    ----------
    column : Column
        A column of a frame.
    asked : ndarray of bool, shape (n,), optional
        Who was asked, where the column's own mark is not to be used.

    Returns
    -------
    Value
        '' or nothing chosen where the question was not asked or not answered.
    """
    asked = column.asked if asked is None else asked
    kind = column.variable.kind
    if kind == "single":
        levels = ("", *column.variable.codes)
        return Strings(levels, np.where(asked, column.values + 1, 0).astype(np.intp))
    if kind == "multiple":
        return Selections(column.variable.codes, column.values & asked[:, None])
    if kind == "number":
        found, index = np.unique(np.where(asked, column.values, np.nan), return_inverse=True)
        return Strings(tuple(_written(number, "") for number in found), index)
    texts, index = np.unique(
        np.where(asked, column.values, "").astype(object), return_inverse=True
    )
    return Strings(tuple(str(text) for text in texts), index)


def constant(value: str | float | bool, rows: int) -> Value:
    """Return a value that is the same in every row.

    Parameters
    ----------
    value : str, float or bool
        The value.
    rows : int
        How many rows.

    Returns
    -------
    Value
        The value, ``rows`` times.
    """
    if isinstance(value, bool):
        return Booleans(np.full(rows, value))
    if isinstance(value, str):
        return Strings((value,), np.zeros(rows, np.intp))
    return Numbers(np.full(rows, float(value)))


def to_booleans(value: Value) -> NDArray[np.bool_]:
    """Return truth values: a string is true unless empty, a number unless 0 or NaN.

    Parameters
    ----------
    value : Value
        Any value.

    Returns
    -------
    ndarray of bool, shape (n,)
        Its truth.
    """
    if isinstance(value, Booleans):
        return value.data
    if isinstance(value, Numbers):
        return (value.data != 0) & ~np.isnan(value.data)
    if isinstance(value, Selections):
        return np.asarray(value.chosen.any(axis=1))
    return np.array([level != "" for level in value.levels], np.bool_)[value.index]


def to_numbers(value: Value) -> NDArray[np.float64]:
    """Return numbers: NaN for what is none, days since 1970 for an ISO date.

    Parameters
    ----------
    value : Value
        Any value.

    Returns
    -------
    ndarray of float, shape (n,)
        The numbers.
    """
    if isinstance(value, Numbers):
        return value.data
    if isinstance(value, Booleans):
        return value.data.astype(np.float64)
    strings = to_strings(value)
    return np.array([_number(level) for level in strings.levels], np.float64)[strings.index]


def to_strings(value: Value) -> Strings:
    """Return strings: whole numbers without decimals, chosen codes with spaces between them.

    Parameters
    ----------
    value : Value
        Any value.

    Returns
    -------
    Strings
        The strings.
    """
    if isinstance(value, Strings):
        return value
    if isinstance(value, Booleans):
        return Strings(("false", "true"), value.data.astype(np.intp))
    if isinstance(value, Numbers):
        found, index = np.unique(value.data, return_inverse=True)
        return Strings(tuple(_written(number, "NaN") for number in found), index)
    rows, index = np.unique(value.chosen, axis=0, return_inverse=True)
    levels = (" ".join(np.array(value.codes, object)[row]) for row in rows)
    return Strings(tuple(levels), index.reshape(-1))


def evaluate(node: Node, scope: Mapping[str, Value], rows: int) -> Value:
    """Compute an expression.

    Parameters
    ----------
    node : Node
        Its tree.
    scope : Mapping of str to Value
        What names stand for.
    rows : int
        How many rows the values have.

    Returns
    -------
    Value
        The result.

    Raises
    ------
    NotComputable
        If a name is not in the scope, or the result depends on more than the answers.
    """
    if isinstance(node, Constant):
        return constant(node.value, rows)
    if isinstance(node, Reference):
        if node.name not in scope:
            raise NotComputable(node.name)
        return scope[node.name]
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
            return Numbers(_ARITHMETIC[node.operator](first, second))
    if isinstance(node, Call):
        if node.function not in _FUNCTIONS:
            raise NotComputable(f"{node.function}()")
        arguments = [evaluate(argument, scope, rows) for argument in node.arguments]
        if not arguments and node.function not in _CONSTANTS:
            raise NotComputable(f"{node.function}()")
        return _FUNCTIONS[node.function](arguments, rows)
    raise NotComputable(getattr(node, "text", "."))


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
        return node.function in _FUNCTIONS and bool(node.arguments or node.function in _CONSTANTS)
    return isinstance(node, Constant | Reference | Comparison | Arithmetic | All | AnyOf)


def _written(number: float, nothing: str) -> str:
    if math.isnan(number):
        return nothing
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number == int(number) else repr(float(number))


def _number(text: str) -> float:
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    if _ISO_DATE.fullmatch(text[:10]):
        try:
            return float(date.fromisoformat(text[:10]).toordinal() - _EPOCH)
        except ValueError:
            return math.nan
    return math.nan


def _compare(operator: str, left: Value, right: Value) -> NDArray[np.bool_]:
    if operator in ("=", "!="):
        same = _equal(left, right)
        return same if operator == "=" else ~same
    first, second = to_numbers(left), to_numbers(right)
    if operator == "<":
        return first < second
    if operator == "<=":
        return first <= second
    return first > second if operator == ">" else first >= second


def _equal(left: Value, right: Value) -> NDArray[np.bool_]:
    if isinstance(left, Booleans) or isinstance(right, Booleans):
        return to_booleans(left) == to_booleans(right)
    if isinstance(left, Numbers) or isinstance(right, Numbers):
        return to_numbers(left) == to_numbers(right)
    first, second = to_strings(left), to_strings(right)
    places: dict[str, int] = {}
    for level in (*first.levels, *second.levels):
        places.setdefault(level, len(places))
    return np.asarray(_relabel(first, places) == _relabel(second, places))


def _relabel(strings: Strings, places: Mapping[str, int]) -> NDArray[np.intp]:
    return np.array([places[level] for level in strings.levels], np.intp)[strings.index]


def _texts(
    function: Callable[..., str | float | bool], arguments: Sequence[Value], rows: int
) -> Value:
    """Apply a function of strings once for each combination of arguments that occurs."""
    strings = [to_strings(argument) for argument in arguments]
    combined = np.stack([part.index for part in strings], axis=1)
    found, index = np.unique(combined, axis=0, return_inverse=True)
    index = index.reshape(-1)
    results = [
        function(*(part.levels[at] for part, at in zip(strings, row, strict=True)))
        for row in found
    ]
    if not results:
        return constant(False, rows)
    if isinstance(results[0], bool):
        return Booleans(np.array(results, np.bool_)[index])
    if isinstance(results[0], str):
        return Strings(tuple(str(result) for result in results), index)
    return Numbers(np.array(results, np.float64)[index])


def _selected(arguments: Sequence[Value], rows: int) -> Value:
    answers, code = arguments
    if isinstance(answers, Selections) and isinstance(code, Strings) and len(code.levels) == 1:
        wanted = code.levels[0].strip()
        if wanted not in answers.codes:
            return constant(False, rows)
        return Booleans(answers.chosen[:, answers.codes.index(wanted)])
    return _texts(lambda given, one: one.strip() in given.split(), arguments, rows)


def _if(arguments: Sequence[Value], rows: int) -> Value:
    condition, yes, no = arguments
    holds = to_booleans(condition)
    if isinstance(yes, Numbers) and isinstance(no, Numbers):
        return Numbers(np.where(holds, yes.data, no.data))
    if isinstance(yes, Booleans) and isinstance(no, Booleans):
        return Booleans(np.where(holds, yes.data, no.data))
    first, second = to_strings(yes), to_strings(no)
    return Strings(
        first.levels + second.levels,
        np.where(holds, first.index, second.index + len(first.levels)),
    )


def _coalesce(arguments: Sequence[Value], rows: int) -> Value:
    first, second = arguments
    return _if([Booleans(to_strings_given(first)), first, second], rows)


def to_strings_given(value: Value) -> NDArray[np.bool_]:
    """Return where a value is not the empty string.

    Parameters
    ----------
    value : Value
        Any value.

    Returns
    -------
    ndarray of bool, shape (n,)
        False where nothing was answered.
    """
    strings = to_strings(value)
    return np.array([level != "" for level in strings.levels], np.bool_)[strings.index]


def _count_non_empty(arguments: Sequence[Value], rows: int) -> Value:
    return Numbers(to_strings_given(arguments[0]).astype(np.float64))


def _count_selected(arguments: Sequence[Value], rows: int) -> Value:
    if isinstance(arguments[0], Selections):
        return Numbers(arguments[0].chosen.sum(axis=1).astype(np.float64))
    return _texts(lambda given: float(len(given.split())), arguments, rows)


def _selected_at(given: str, position: str) -> str:
    number, codes = _number(position), given.split()
    return codes[int(number)] if 0 <= number < len(codes) else ""


def _round(arguments: Sequence[Value], rows: int) -> Value:
    digits = to_numbers(arguments[1]) if len(arguments) > 1 else np.zeros(rows)
    scale = np.power(10.0, digits)
    # XPath rounds halves up, NumPy to even.
    return Numbers(np.floor(to_numbers(arguments[0]) * scale + 0.5) / scale)


def _fold(join: Callable[..., NDArray[np.float64]]) -> Callable[[Sequence[Value], int], Value]:
    return lambda arguments, rows: Numbers(reduce(join, [to_numbers(part) for part in arguments]))


def _numeric(function: Callable[..., NDArray[np.float64]]) -> "_Function":
    def compute(arguments: Sequence[Value], rows: int) -> Value:
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            return Numbers(function(*(to_numbers(argument) for argument in arguments)))

    return compute


def _textual(function: Callable[..., str | float | bool]) -> "_Function":
    return lambda arguments, rows: _texts(function, arguments, rows)


def _matches(text: str, pattern: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error as fault:
        raise NotComputable(f"regex({pattern})") from fault


def _part(text: str, start: str, end: str = "") -> str:
    first, last = _number(start), _number(end) if end else float(len(text))
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[max(int(first), 0) : max(int(last), 0)]


_Function = Callable[[Sequence[Value], int], Value]
_ARITHMETIC: dict[str, Callable[..., NDArray[np.float64]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "div": np.divide,
    "mod": np.fmod,
}
_CONSTANTS = ("true", "false", "pi")
_FUNCTIONS: dict[str, _Function] = {
    "true": lambda _, rows: constant(True, rows),
    "false": lambda _, rows: constant(False, rows),
    "pi": lambda _, rows: constant(math.pi, rows),
    "not": lambda arguments, _: Booleans(~to_booleans(arguments[0])),
    "boolean": lambda arguments, _: Booleans(to_booleans(arguments[0])),
    "number": lambda arguments, _: Numbers(to_numbers(arguments[0])),
    "string": lambda arguments, _: to_strings(arguments[0]),
    # A stored answer of once() is the column itself; without it, what would be stored.
    "once": lambda arguments, _: arguments[0],
    "if": _if,
    "coalesce": _coalesce,
    "selected": _selected,
    "count-selected": _count_selected,
    "count-non-empty": _count_non_empty,
    "selected-at": _textual(_selected_at),
    "int": _numeric(np.trunc),
    "floor": _numeric(np.floor),
    "ceiling": _numeric(np.ceil),
    "abs": _numeric(np.abs),
    "pow": _numeric(np.power),
    "round": _round,
    "min": _fold(np.minimum),
    "max": _fold(np.maximum),
    "date": _numeric(np.trunc),
    "string-length": _textual(lambda text: float(len(text))),
    "concat": _textual(lambda *texts: "".join(texts)),
    "contains": _textual(lambda text, part: part in text),
    "starts-with": _textual(lambda text, part: text.startswith(part)),
    "ends-with": _textual(lambda text, part: text.endswith(part)),
    "normalize-space": _textual(lambda text: " ".join(text.split())),
    "regex": _textual(_matches),
    "substr": _textual(_part),
}
