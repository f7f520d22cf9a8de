"""The audit: what a reader who solves for them learns of the hidden cells.

In: `Relations`, and which cells are hidden, by whatever means. Out: `Audit`: of every hidden cell
the feasible interval by linear programmes, the one by mere subtraction, and whether either is
narrower than allowed. It shares no step with the suppression but the relations.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tyndau.disclosure.programme import ROUNDING, ranges
from tyndau.disclosure.relations import Booleans, Floats, Relations

# Rounds of subtraction after which nothing more is looked for.
_MOST_ROUNDS = 200
# An interval of weighted people that is no wider tells the value.
_POINT = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """What is known of N cells, of which some are hidden.

    Attributes
    ----------
    hidden : ndarray of bool, shape (N,)
        Which cells are not shown.
    low, high : ndarray of float, shape (N,)
        The feasible interval of each hidden cell that is asked about, in people; NaN elsewhere.
    allowed : ndarray of float, shape (N,)
        The width that an interval must have at least; hidden cells of 0 are not asked about.
    subtracted : ndarray of bool, shape (N,)
        Hidden cells of which sums and differences alone leave one possible value.
    people : ndarray of bool, shape (N,)
        Cells that can only be whole numbers.
    """

    hidden: Booleans
    low: Floats
    high: Floats
    allowed: Floats
    subtracted: Booleans
    people: Booleans

    @property
    def width(self) -> Floats:
        """Width of the feasible intervals; NaN for cells that are shown."""
        return np.asarray(self.high - self.low, dtype=np.float64)

    @property
    def narrow(self) -> Booleans:
        """Hidden cells whose interval is narrower than allowed."""
        return np.asarray(self.asked & (self.width < self.allowed - 10 * ROUNDING))

    @property
    def asked(self) -> Booleans:
        """Hidden cells that must not be known."""
        return np.asarray(self.hidden & (self.allowed > 0))

    @property
    def recovered(self) -> Booleans:
        """Hidden cells of which the programmes leave one possible value."""
        return np.asarray(self.asked & _one_left(self.low, self.high, self.people))

    @property
    def passed(self) -> bool:
        """Whether nothing hidden is known better than allowed."""
        return not (self.narrow.any() or self.recovered.any() or self.subtracted.any())


def audit(
    relations: Relations, hidden: Booleans, *, allowed: ArrayLike, whole: bool = False
) -> Audit:
    """Find out what a reader learns of hidden cells.

    Parameters
    ----------
    relations : Relations
        The cells and what is printed of those that are shown.
    hidden : ndarray of bool, shape (N,)
        Which cells are not shown.
    allowed : float or array_like of float, shape (N,)
        The width that the interval of a hidden cell must have at least, in people; 0 for those
        that may be known.
    whole : bool, default False
        Whether the reader also uses that people are whole numbers: slow, for small tables.

    Returns
    -------
    Audit
        Intervals, and what was recovered.
    """
    width = np.where(hidden, np.asarray(allowed, dtype=np.float64), 0.0)
    low, high = ranges(relations, hidden, np.flatnonzero(width > 0), whole=whole)
    least, most = subtract(relations, hidden)
    # Counts of people and nothing else: weighted numbers are whole by chance alone.
    counts = np.isfinite(relations.floor)
    people = counts & bool(
        (np.abs(np.round(relations.value) - relations.value) < ROUNDING)[counts].all()
    )
    found = (width > 0) & _one_left(least, most, people)
    return Audit(hidden.copy(), low, high, width, found, people)


def _one_left(low: Floats, high: Floats, people: Booleans) -> Booleans:
    """Tell of which cells one value is left: one whole number, or a point."""
    with np.errstate(invalid="ignore"):
        whole = np.floor(high + ROUNDING) - np.ceil(low - ROUNDING) < 1
        return np.asarray(np.where(people, whole, high - low < _POINT))


def subtract(relations: Relations, hidden: Booleans) -> tuple[Floats, Floats]:
    """Compute back by sums and differences alone, relation by relation, until nothing changes.

    Each relation gives its every cell limits by those of the others: with one unknown in an
    equation of exact numbers, its value. Whatever is known already enters the next relation.

    Parameters
    ----------
    relations : Relations
        The cells and what is printed of those that are shown.
    hidden : ndarray of bool, shape (N,)
        Which cells are not shown.

    Returns
    -------
    low, high : ndarray of float, shape (N,)
        Between which values each cell must lie.
    """
    low, high = relations.limits(hidden)
    matrix = relations.matrix.tocoo()
    row, cell = matrix.coords
    part = matrix.data
    for _ in range(_MOST_ROUNDS):
        smallest = np.where(part > 0, part * low[cell], part * high[cell])
        largest = np.where(part > 0, part * high[cell], part * low[cell])
        least = _of_others(row, smallest, len(relations.least), -np.inf)
        most = _of_others(row, largest, len(relations.least), np.inf)
        first = (relations.least[row] - most) / part
        second = (relations.most[row] - least) / part
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, cell, np.minimum(first, second))
        np.minimum.at(new_high, cell, np.maximum(first, second))
        change = max(_change(low, new_low), _change(high, new_high))
        low, high = np.minimum(new_low, relations.value), np.maximum(new_high, relations.value)
        if change < ROUNDING:
            break
    return low, high


def _of_others(row: Floats, bound: Floats, rows: int, endless: float) -> Floats:
    """Sum the bounds of all other cells of each relation; endless where one of them is."""
    open_ = np.isinf(bound)
    finite = np.where(open_, 0.0, bound)
    total = np.bincount(row, finite, rows)[row] - finite
    others = np.bincount(row, open_, rows)[row] - open_
    return np.where(others > 0, endless, total)


def _change(before: Floats, after: Floats) -> float:
    moved = (before != after) & ~(np.isinf(before) & np.isinf(after))
    gap = np.abs(np.where(moved, after, 0) - np.where(moved & np.isfinite(before), before, 0))
    fresh = moved & np.isinf(before)
    return float("inf") if fresh.any() else float(gap[moved].max(initial=0.0))
