"""Values of expressions: a column of strings, numbers, truth values or selections.

In: columns of a frame, or constants. Out: `Value`, an entry for each row, and its conversions by
the rules of XPath 1.0. A question that was not asked, or not answered, has the value ''. An ISO
date counts as days since 1970, as JavaRosa counts it.
"""

import math
import re
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Column


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
        return Strings(levels, np.where(asked, column.values.astype(np.intp) + 1, 0))
    if kind == "multiple":
        return Selections(column.variable.codes, column.values & asked[:, None])
    if kind == "number":
        found, index = np.unique(np.where(asked, column.values, np.nan), return_inverse=True)
        return Strings(tuple(written(figure, "") for figure in found), index)
    texts, index = np.unique(np.where(asked, column.values, "").astype(object), return_inverse=True)
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
        return np.asarray((value.data != 0) & ~np.isnan(value.data))
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
    return np.array([number(level) for level in strings.levels], np.float64)[strings.index]


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
        return Strings(tuple(written(figure, "NaN") for figure in found), index)
    rows, index = np.unique(value.chosen, axis=0, return_inverse=True)
    levels = (" ".join(np.array(value.codes, object)[row]) for row in rows)
    return Strings(tuple(levels), index.reshape(-1))


def given(value: Value) -> NDArray[np.bool_]:
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


def written(number: float, nothing: str) -> str:
    """Write a number as XPath does: whole ones without decimals.

    Parameters
    ----------
    number : float
        The number.
    nothing : str
        What stands for NaN.

    Returns
    -------
    str
        The number in digits.
    """
    if math.isnan(number):
        return nothing
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return str(int(number)) if number == int(number) else repr(float(number))


def number(text: str) -> float:
    """Read a number as XPath does, and an ISO date as days since 1970.

    Parameters
    ----------
    text : str
        The text of an answer.

    Returns
    -------
    float
        NaN where it is neither.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    if _ISO_DATE.fullmatch(text[:10]):
        try:
            return float(date.fromisoformat(text[:10]).toordinal() - _EPOCH)
        except ValueError:
            return math.nan
    return math.nan
