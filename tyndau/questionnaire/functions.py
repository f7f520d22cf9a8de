"""The functions of expressions that answers alone determine.

In: values. Out: a value. What is not in the table `FUNCTIONS` (chance, clock, phone, other
instances) cannot be computed. To make a function computable, add it there; its name and number of
arguments stand in `tyndau.questionnaire.syntax`.
"""

import math
import re
from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from tyndau.questionnaire.values import (
    Booleans,
    Numbers,
    Selections,
    Strings,
    Value,
    constant,
    given,
    number,
    to_booleans,
    to_numbers,
    to_strings,
)


class NotComputableError(Exception):
    """A value that the answers alone do not determine.

    Parameters
    ----------
    cause : str
        The name or function that is not known.
    """

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)


def _texts(
    function: Callable[..., str | float | bool], arguments: Sequence[Value], rows: int
) -> Value:
    """Apply a function of strings once for each combination of arguments that occurs."""
    strings = [to_strings(argument) for argument in arguments]
    combined = np.stack([part.index for part in strings], axis=1)
    found, index = np.unique(combined, axis=0, return_inverse=True)
    index = index.reshape(-1)
    results = [
        function(*(part.levels[at] for part, at in zip(strings, row, strict=True))) for row in found
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


def _if(arguments: Sequence[Value], _: int) -> Value:
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
    return _if([Booleans(given(first)), first, second], rows)


def _count_non_empty(arguments: Sequence[Value], _: int) -> Value:
    return Numbers(given(arguments[0]).astype(np.float64))


def _count_selected(arguments: Sequence[Value], rows: int) -> Value:
    if isinstance(arguments[0], Selections):
        return Numbers(arguments[0].chosen.sum(axis=1).astype(np.float64))
    return _texts(lambda given: float(len(given.split())), arguments, rows)


def _selected_at(given: str, position: str) -> str:
    at, codes = number(position), given.split()
    return codes[int(at)] if 0 <= at < len(codes) else ""


def _round(arguments: Sequence[Value], rows: int) -> Value:
    digits = to_numbers(arguments[1]) if len(arguments) > 1 else np.zeros(rows)
    scale = np.power(10.0, digits)
    # XPath rounds halves up, NumPy to even.
    return Numbers(np.floor(to_numbers(arguments[0]) * scale + 0.5) / scale)


def _fold(join: Callable[..., NDArray[np.float64]]) -> Callable[[Sequence[Value], int], Value]:
    return lambda arguments, _: Numbers(reduce(join, [to_numbers(part) for part in arguments]))


def _numeric(function: Callable[..., NDArray[np.float64]]) -> "_Function":
    def compute(arguments: Sequence[Value], _: int) -> Value:
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            return Numbers(function(*(to_numbers(argument) for argument in arguments)))

    return compute


def _textual(function: Callable[..., str | float | bool]) -> "_Function":
    return lambda arguments, rows: _texts(function, arguments, rows)


def _matches(text: str, pattern: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error as fault:
        raise NotComputableError(f"regex({pattern})") from fault


def _part(text: str, start: str, end: str = "") -> str:
    first, last = number(start), number(end) if end else float(len(text))
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[max(int(first), 0) : max(int(last), 0)]


_Function = Callable[[Sequence[Value], int], Value]
ARITHMETIC: dict[str, Callable[..., NDArray[np.float64]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "div": np.divide,
    "mod": np.fmod,
}
CONSTANTS = ("true", "false", "pi")
FUNCTIONS: dict[str, _Function] = {
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
