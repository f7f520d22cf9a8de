"""What engines share that hold all rows in memory.

In: a frame, the banner's variables, the sample's design. Out: `Statistics`. An engine says how the
rows of one `Part` are summed, for whole columns at once or for pieces of rows; what is to be summed
by which weights is decided here. Besides the frame an engine keeps some bytes a row and column of
the banner, and no copy of the answers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.estimation.design import Design
from tyndau.estimation.ratios import Explained, Floats, Moments, Shared
from tyndau.tabulation.engines.answers import Answers, Part
from tyndau.tabulation.engines.columns import Columns
from tyndau.tabulation.statistics import Statistics

# What rows are counted by; None counts each as 1.
Factor = Floats | None

# Bytes to ask for once and give back, from which glibc's allocator learns to keep what small tables
# free (mallopt(3), M_MMAP_THRESHOLD): else a fifth of their time goes into fetching it again.
_KEPT = 8 << 20

# Cells of a calibration for each row above which its variables are summed one by one: a calibration
# on a number has a cell a row, and sums by cell would be the data again.
_CELLS = 0.25

# Rows taken at once: few enough for the processor's cache, enough for NumPy's calls not to count.
PIECE = 16_384


class MemoryEngine(ABC):
    """Count in memory.

    Parameters
    ----------
    frame : Frame
        The rows.
    banners : sequence of str
        Single or multiple variables whose categories are the columns, one group each.
    design : Design
        The design of the same rows.
    overlaps : bool, default False
        Whether to count how much columns that overlap share.

    Raises
    ------
    ValueError
        If the design has another number of rows than the frame.
    """

    def __init__(
        self, frame: Frame, banners: Sequence[str], design: Design, *, overlaps: bool = False
    ) -> None:
        if len(design) != len(frame):
            raise ValueError(f"the design has {len(design)} rows, the frame {len(frame)}")
        np.empty(_KEPT, dtype=np.int8)  # never touched: see there
        self._frame = frame
        self._banners = tuple(banners)
        self._design = design
        self._overlaps = overlaps
        self._columns = Columns.of(frame, banners)
        self._weights: Factor = design.weights if design.weighted else None
        self._squares: Factor = design.weights**2 if design.weighted else None

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
        answers = Answers.of(self._frame[question])
        counted = self._statistics(answers)
        if not self._overlaps:
            return counted
        weights = self._design.weights
        overlap = {
            first: self._paired(members, answers, (weights, weights**2), None)[:, 0]
            for first, members in self._columns.overlapping
        }
        return replace(counted, overlap=overlap)

    def _statistics(self, answers: Answers) -> Statistics:
        if self._design.summed == "strata":
            return self._by_stratum(answers)
        (sums,) = self._counted(answers, [self._weights], by_cell=True)
        moments = self._adjusted(sums, answers)
        if not self._design.weighted:
            counts = sums.sum(axis=0)
            return Statistics(moments, counts, counts, counts, answers.origin)
        factors = [None, self._squares, *self._presence]
        counts, squares, *present = self._counted(answers, factors, by_cell=False)
        inside = present[0] if present else counts
        return Statistics(moments, counts[0], squares[0], inside[0], answers.origin)

    @cached_property
    def _presence(self) -> list[Factor]:
        """What rows with a weight are counted by; nothing where all have one."""
        present = self._design.weights > 0
        return [] if present.all() else [present.astype(float)]

    def _adjusted(self, sums: Floats, answers: Answers) -> Moments:
        """Add what replicates and calibrations ask for to sums by cluster."""
        replicates = self._design.replicates
        if replicates is not None:
            factors = [self._design.weights, *replicates.weights.T]
            counted = self._counted(answers, factors, by_cell=False)
            return Moments(np.concatenate(counted), by_cluster=sums)
        if not self._design.calibrations:
            return Moments(sums)
        return Moments(sums, residuals=self._explained(sums, answers)[0])

    def _explained(self, sums: Floats, answers: Answers) -> tuple[Floats, Explained | None]:
        """Return residuals of sums by cell, and of products where rows are the clusters."""
        residuals = self._design.residuals
        crossed = [self._regressed(answers, one) for one in range(len(self._design.calibrations))]
        slopes = residuals.slopes([one[0] for one in crossed])
        left = residuals.of_sums(sums, slopes)
        if residuals.scale is None:
            return left, None
        products = residuals.products(slopes, [one[1] for one in crossed])
        return left, Explained(np.concatenate(slopes), products)

    def _regressed(self, answers: Answers, number: int) -> Floats:
        """Sum all slots times a calibration's variables; float, shape (factors, k, C, S)."""
        factors = self._design.residuals.factors[number]
        values = self._design.residuals.variables[number]
        cell = self._design.calibrations[number].cell
        if number in self._crossed:
            by_cell = self._crossed[number]._counted(answers, factors, by_cell=True)
            return np.stack([np.tensordot(values.T, sums, 1) for sums in by_cell])
        columns = [factor * column[cell] for factor in factors for column in values.T]
        sums = np.array(self._counted(answers, columns, by_cell=False))
        shape = len(factors), values.shape[1], self._columns.count, answers.slots
        return sums.reshape(shape)

    @cached_property
    def _crossed(self) -> dict[int, "MemoryEngine"]:
        """Engines that count by the cells of each calibration, where these are few."""
        most = _CELLS * len(self._frame)
        return {
            number: type(self)(self._frame, self._banners, one)
            for number, one in enumerate(self._design.crossed)
            if one.cell_count <= most
        }

    def _by_stratum(self, answers: Answers) -> Statistics:
        """Count where rows are the clusters, so that squares and presence are kept by stratum."""
        factors: list[Factor] = [None]
        if self._design.weighted:
            factors = [None, self._weights, self._squares, *self._presence]
        counted = self._counted(answers, factors, by_cell=True)
        counts, sums, squares = counted[:3] if self._design.weighted else counted * 3
        present = counted[3] if len(counted) > 3 else counts
        shared = {
            first: self._shared(members, answers) for first, members in self._columns.overlapping
        }
        moments = Moments(sums, squares, present, shared)
        if self._design.calibrations:
            left, explained = self._explained(sums, answers)
            moments = replace(moments, residuals=left, explained=explained)
        return Statistics(
            moments, counts.sum(axis=0), squares.sum(axis=0), present.sum(axis=0), answers.origin
        )

    def _counted(
        self, answers: Answers, factors: Sequence[Factor], *, by_cell: bool
    ) -> list[Floats]:
        """Sum all slots of a question; float, shape (cells, C, S), each factor by itself."""
        cells = self._design.cell_count if by_cell else 1
        counted = [np.zeros((cells, self._columns.count, answers.slots)) for _ in factors]
        for part in answers.parts:
            slots = slice(part.first, part.first + part.count)
            into = [sums[:, :, slots] for sums in counted]
            self._sum(part, factors, by_cell=by_cell, into=into)
        return [_with_base(sums, answers) for sums in counted]

    @abstractmethod
    def _sum(
        self, part: Part, factors: Sequence[Factor], *, by_cell: bool, into: Sequence[Floats]
    ) -> None:
        """Sum what rows put into some slots.

        Parameters
        ----------
        part : Part
            The slots.
        factors : sequence of ndarray or None
            What to count rows by.
        by_cell : bool
            Whether sums are kept apart by the design's cells.
        into : sequence of ndarray of float, shape (cells or 1, C, K)
            Zeros, one for each factor, to be filled.
        """

    def _shared(self, members: NDArray[np.bool_], answers: Answers) -> Shared:
        """Sum squared weights and presence over the rows that each pair of columns shares."""
        weights = self._design.weights
        factors = (weights**2, (weights > 0).astype(float))
        squares, present = self._paired(members, answers, factors, self._design.stratum)
        return Shared(squares, present)

    def _paired(
        self,
        members: NDArray[np.bool_],
        answers: Answers,
        factors: Sequence[Floats],
        stratum: NDArray[np.intp] | None,
    ) -> Floats:
        """Sum factors over the rows that each pair of columns shares; (factors, H, c, c, S)."""
        count = members.shape[1]
        strata = 1 if stratum is None else self._design.strata_count
        counted = np.zeros((len(factors), strata, count, count, answers.slots))
        for part in answers.parts:
            into = slice(part.first, part.first + part.count)
            for piece in pieces(len(members)):
                inside = members[piece]
                for one, other in zip(*np.triu_indices(count), strict=True):
                    rows = np.flatnonzero(inside[:, one] & inside[:, other]) + piece.start
                    summed = _of_rows(part, rows, factors, stratum, strata)
                    counted[:, :, one, other, into] += summed
        lower = np.tril_indices(count, -1)
        counted[:, :, lower[0], lower[1]] = counted[:, :, lower[1], lower[0]]
        return np.stack([_with_base(sums, answers) for sums in counted])


def _of_rows(
    part: Part,
    rows: NDArray[np.intp],
    factors: Sequence[Floats],
    stratum: NDArray[np.intp] | None,
    strata: int,
) -> Floats:
    """Sum factors of some rows by stratum and slot; float, shape (factors, strata, slots)."""
    slots = part.slots[rows]
    if slots.ndim == 2:
        at, slots = np.nonzero(slots)
        rows = rows[at]
    values = 1.0 if part.values is None else part.values[rows]
    shape = (strata, part.count + 1)
    codes = slots if stratum is None else stratum[rows] * shape[1] + slots
    summed = [
        np.bincount(codes, factor[rows] * values, shape[0] * shape[1]).reshape(shape)[:, :-1]
        for factor in factors
    ]
    return np.stack(summed)


def pieces(rows: int, sums: int = 0) -> Iterator[slice]:
    """Go through rows in pieces.

    Parameters
    ----------
    rows : int
        How many there are.
    sums : int, optional
        How many sums every piece is added to: a piece has `PIECE` rows, and no fewer than these, so
        that adding up pieces costs no more than adding up rows.

    Yields
    ------
    slice
        The next piece.
    """
    length = max(PIECE, sums)
    for start in range(0, rows, length):
        yield slice(start, min(start + length, rows))


def _with_base(sums: Floats, answers: Answers) -> Floats:
    # One slot at a time: NumPy is slow at sums over a short last axis.
    for slot in answers.base_of:
        sums[..., -1] += sums[..., slot]
    return sums
