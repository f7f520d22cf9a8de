"""Sufficient statistics of a question by all columns of a banner, and the engine that counts them.

In: a frame, the banner's variables, the sample's design. Out: `Statistics` of one question: sums of
weights, counts and sums of squared weights by cluster (or stratum, where rows are the clusters),
column and slot. Slots are the question's answers, then `no answer`, then the base; a number has the
slots 1, x and x squared, x measured from its median. Everything in a table follows from them, so an
engine for data larger than memory implements `Engine` and nothing else.

Rows enter by one integer code each and are summed by `np.bincount`; nothing loops over cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import NO_CATEGORY, Column, Frame
from tyndau.estimation.design import Design
from tyndau.estimation.ratios import Floats, Moments, Shared

Integers = NDArray[np.intp]

# A number's slots before "no answer" and the base.
ONE, VALUE, SQUARE = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """One question by the total (column 0) and C - 1 banner columns.

    Attributes
    ----------
    moments : Moments
        Sums by cell of the design, column and slot; the last slot is the base, the last but one
        those who were asked and gave no answer.
    counts : ndarray of float, shape (C, S)
        Rows, unweighted.
    squares : ndarray of float, shape (C, S)
        Sums of squared weights.
    origin : float
        What a number is measured from; 0 for other questions.
    """

    moments: Moments
    counts: Floats
    squares: Floats
    origin: float = 0.0


class Engine(Protocol):
    """What counts questions by the columns of one banner."""

    def statistics(self, question: str) -> Statistics:
        """Count one question.

        Parameters
        ----------
        question : str
            A single, multiple or number variable.

        Returns
        -------
        Statistics
            Its sums by every column.
        """


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Columns that share no row: each row's column, or one past the last for "in none"."""

    first: int
    columns: int
    codes: Integers  # cell * (columns + 1) + column


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """What rows put into slots: an entry a row, or several where ``rows`` says which."""

    slots: Integers
    count: int
    rows: Integers | None = None
    values: Floats | None = None


class ArrayEngine:
    """Count in memory with NumPy.

    Parameters
    ----------
    frame : Frame
        The rows.
    banners : sequence of str
        Single or multiple variables whose categories are the columns, one group each.
    design : Design
        The design of the same rows.
    """

    def __init__(self, frame: Frame, banners: Sequence[str], design: Design) -> None:
        if len(design) != len(frame):
            raise ValueError(f"the design has {len(design)} rows, the frame {len(frame)}")
        self._frame = frame
        self._design = design
        self._weights = design.weights if design.weighted else None
        self._squares = design.weights**2 if design.weighted else None
        self._present = None
        if design.weighted and not design.weights.all():
            self._present = (design.weights > 0).astype(float)
        self._blocks = [self._block(0, np.zeros(len(frame), dtype=np.intp), 1)]
        self._overlapping: list[tuple[int, NDArray[np.bool_]]] = []  # first column, members
        self.columns = 1
        for name in banners:
            self._add(frame[name])

    def _add(self, column: Column) -> None:
        count = len(column.variable.categories)
        if column.variable.kind == "single":
            inside = column.asked & (column.values != NO_CATEGORY)
            codes = np.where(inside, column.values, count).astype(np.intp)
            self._blocks.append(self._block(self.columns, codes, count))
        else:
            members = column.values & column.asked[:, None]
            for number in range(count):
                codes = np.where(members[:, number], 0, 1).astype(np.intp)
                self._blocks.append(self._block(self.columns + number, codes, 1))
            if self._design.summed == "strata":
                self._overlapping.append((self.columns, members))
        self.columns += count

    def _block(self, first: int, codes: Integers, count: int) -> _Block:
        if self._design.cell_count > 1:
            codes = self._design.cell * (count + 1) + codes
        return _Block(first, count, codes)

    def statistics(self, question: str) -> Statistics:
        """Count one question.

        Parameters
        ----------
        question : str
            A single, multiple or number variable.

        Returns
        -------
        Statistics
            Its sums by every column.
        """
        column = self._frame[question]
        origin = 0.0
        if column.variable.kind == "single":
            slots = len(column.variable.categories) + 2
            parts = [(0, _single(column))]
        elif column.variable.kind == "multiple":
            slots = len(column.variable.categories) + 2
            parts = [(0, _multiple(column)), (slots - 1, _asked(column))]
        else:
            slots = 5
            answered = column.answered
            # Not the mean: a telephone number among ages would take the precision of all columns.
            origin = float(np.median(column.values[answered])) if answered.any() else 0.0
            parts = list(_number(column, answered, origin))
        counted = self._count(parts, slots)
        if column.variable.kind != "multiple":
            whole = slice(0, slots - 1) if column.variable.kind == "single" else [ONE, slots - 2]
            for sums in counted:
                sums[:, :, -1] = sums[:, :, whole].sum(axis=2)
        weights, counts, squares, *present = counted
        moments = Moments(weights)
        if self._design.summed == "strata":
            shared = {
                first: self._shared(members, parts, slots, column.variable.kind)
                for first, members in self._overlapping
            }
            moments = Moments(weights, squares, present[0] if present else counts, shared)
        return Statistics(moments, counts.sum(axis=0), squares.sum(axis=0), origin)

    def _count(self, parts: list[tuple[int, _Entries]], slots: int) -> list[Floats]:
        """Sum weights, ones, squared weights (and presence) by cell, column and slot."""
        cells = self._design.cell_count
        present = [self._present] if self._present is not None else []
        factors = [self._weights, None, self._squares, *present]
        counted = [np.zeros((cells, self.columns, slots)) for _ in factors]
        for at, entries in parts:
            width = entries.count + 1
            for block in self._blocks:
                codes = block.codes if entries.rows is None else block.codes[entries.rows]
                codes = codes * width + entries.slots
                shape = (cells, block.columns + 1, width)
                into = np.s_[:, block.first : block.first + block.columns, at : at + entries.count]
                for sums, summed in zip(
                    counted, self._sums(codes, entries, factors, shape), strict=True
                ):
                    sums[into] = summed[:, :-1, :-1]
        return counted

    def _sums(
        self,
        codes: Integers,
        entries: _Entries,
        factors: Sequence[Floats | None],
        shape: tuple[int, ...],
    ) -> Iterator[Floats]:
        plain: Floats | None = None
        for factor in factors:
            if factor is None and plain is not None:
                yield plain
                continue
            values = entries.values
            if factor is not None:
                factor = factor if entries.rows is None else factor[entries.rows]
                values = factor if values is None else factor * values
            summed = np.bincount(codes, values, int(np.prod(shape))).astype(float, copy=False)
            if factor is None:
                plain = summed.reshape(shape)
            yield summed.reshape(shape)

    def _shared(
        self, members: NDArray[np.bool_], parts: list[tuple[int, _Entries]], slots: int, kind: str
    ) -> Shared:
        """Sum squared weights and presence over the rows that each pair of columns shares."""
        count = members.shape[1]
        shape = (2, self._design.strata_count, count, count, slots)
        counted = np.zeros(shape)
        for at, entries in parts:
            for number in range(count):
                counted[:, :, number, :, at : at + entries.count] += self._shared_with(
                    members, number, entries
                )
        if kind != "multiple":
            whole = slice(0, slots - 1) if kind == "single" else [ONE, slots - 2]
            counted[..., -1] = counted[..., whole].sum(axis=-1)
        return Shared(counted[0], counted[1])

    def _shared_with(self, members: NDArray[np.bool_], number: int, entries: _Entries) -> Floats:
        """Sum over the rows of one overlapping column, by stratum, other column and slot."""
        rows = np.arange(len(members)) if entries.rows is None else entries.rows
        kept = np.flatnonzero(members[rows, number])
        position, other = np.nonzero(members[rows[kept]])
        kept = kept[position]
        rows = rows[kept]
        count, width = members.shape[1], entries.count + 1
        codes = (self._design.stratum[rows] * count + other) * width + entries.slots[kept]
        values = np.ones(len(kept)) if entries.values is None else entries.values[kept]
        weights = self._design.weights[rows]
        shape = (self._design.strata_count, count, width)
        summed = [
            np.bincount(codes, factor * values, int(np.prod(shape))).reshape(shape)[..., :-1]
            for factor in (weights**2, (weights > 0).astype(float))
        ]
        return np.stack(summed)


def _single(column: Column) -> _Entries:
    count = len(column.variable.categories)
    slots = np.where(column.values == NO_CATEGORY, count, column.values)
    return _Entries(np.where(column.asked, slots, count + 1).astype(np.intp), count + 1)


def _multiple(column: Column) -> _Entries:
    count = len(column.variable.categories)
    given = np.column_stack([column.values, ~column.values.any(axis=1)])
    given &= column.asked[:, None]
    rows, slots = np.nonzero(given)
    return _Entries(slots, count + 1, rows)


def _asked(column: Column) -> _Entries:
    return _Entries(np.where(column.asked, 0, 1).astype(np.intp), 1)


def _number(
    column: Column, answered: NDArray[np.bool_], origin: float
) -> Iterator[tuple[int, _Entries]]:
    slots = np.where(answered, 0, 1).astype(np.intp)
    values = np.where(answered, column.values, origin) - origin
    yield ONE, _Entries(slots, 1)
    yield VALUE, _Entries(slots, 1, values=values)
    yield SQUARE, _Entries(slots, 1, values=values**2)
    left = column.asked & ~answered
    yield SQUARE + 1, _Entries(np.where(left, 0, 1).astype(np.intp), 1)
