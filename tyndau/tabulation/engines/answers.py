"""What each row puts into which slots of a question.

In: a question's column. Out: `Answers`: its slots and `Part` by part what the rows add to them. It
knows neither columns nor weights, and counts nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Column
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.engines.columns import placed, small
from tyndau.tabulation.statistics import ONE, SQUARE, VALUE


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What rows put into a run of slots.

    Attributes
    ----------
    first : int
        The first of the slots.
    count : int
        How many they are, K.
    slots : ndarray, of int and shape (n,), or of bool and shape (n, K)
        The one slot that a row adds to, from 0, ``count`` where it adds to none; or to which of
        them it adds.
    values : ndarray of float, shape (n,), or None
        What it adds; None for 1.
    """

    first: int
    count: int
    slots: NDArray[Any]
    values: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A question as slots.

    Attributes
    ----------
    slots : int
        How many, S; the last is the base, the last but one those who gave no answer.
    parts : tuple of Part
        What rows put into them.
    base_of : tuple of int
        The slots whose sum is the base; none where the parts hold it.
    origin : float
        What a number is measured from; 0 for other questions.
    """

    slots: int
    parts: tuple[Part, ...]
    base_of: tuple[int, ...]
    origin: float = 0.0

    @classmethod
    def of(cls, column: Column) -> "Answers":
        """Lay out the slots of a question.

        Parameters
        ----------
        column : Column
            A single, multiple or number variable's answers.

        Returns
        -------
        Answers
            Its slots.
        """
        slots = len(column.variable.categories) + 2
        if column.variable.kind == "single":
            return cls(slots, (_single(column),), tuple(range(slots - 1)))
        if column.variable.kind == "multiple":
            return cls(slots, tuple(_multiple(column)), ())
        answered = column.answered
        # Not the mean: a telephone number among ages would take the precision of all columns.
        origin = float(np.median(column.values[answered])) if answered.any() else 0.0
        return cls(5, tuple(_number(column, answered, origin)), (ONE, SQUARE + 1), origin)


def _single(column: Column) -> Part:
    count = len(column.variable.categories)
    kind = small(count + 1)
    return Part(0, count + 1, placed(column, empty=kind(count), outside=kind(count + 1)))


def _multiple(column: Column) -> Iterator[Part]:
    count = len(column.variable.categories)
    given = np.column_stack([column.values, ~column.values.any(axis=1)])
    given &= column.asked[:, None]
    yield Part(0, count + 1, given)
    yield Part(count + 1, 1, (~column.asked).astype(np.int8))


def _number(column: Column, answered: NDArray[np.bool_], origin: float) -> Iterator[Part]:
    values = np.where(answered, column.values, origin) - origin
    slots = (~answered).astype(np.int8)
    yield Part(ONE, 1, slots)
    yield Part(VALUE, 1, slots, values)
    yield Part(SQUARE, 1, slots, values**2)
    yield Part(SQUARE + 1, 1, (~column.asked | answered).astype(np.int8))
