"""What engines share that hold all rows in memory.

In: a frame, the banner's variables, the sample's design. Out: `Statistics`. An engine says how the
rows of one `Part` are summed, for whole columns at once or for pieces of rows; what is to be summed
by which weights is decided here. Besides the frame an engine keeps some bytes a row and column of
the banner, and no copy of the answers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.estimation.design import Design
from tyndau.estimation.ratios import Floats, Moments, Shared
from tyndau.tabulation.engines.answers import Answers, Part
from tyndau.tabulation.engines.columns import Columns
from tyndau.tabulation.statistics import Statistics

# What rows are counted by; None counts each as 1.
Factor = Floats | None

# Bytes to ask for once and give back, from which glibc's allocator learns to keep what small tables
# free (mallopt(3), M_MMAP_THRESHOLD): else a fifth of their time goes into fetching it again.
_KEPT = 8 << 20

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

    Raises
    ------
    ValueError
        If the design has another number of rows than the frame.
    """

    def __init__(self, frame: Frame, banners: Sequence[str], design: Design) -> None:
        if len(design) != len(frame):
            raise ValueError(f"the design has {len(design)} rows, the frame {len(frame)}")
        np.empty(_KEPT, dtype=np.int8)  # never touched: see there
        self._frame = frame
        self._design = design
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
        if not self._design.clustered:
            return self._by_stratum(answers)
        (sums,) = self._counted(answers, [self._weights], by_cell=True)
        if not self._design.weighted:
            counts = sums.sum(axis=0)
            return Statistics(Moments(sums), counts, counts, answers.origin)
        counts, squares = self._counted(answers, [None, self._squares], by_cell=False)
        return Statistics(Moments(sums), counts[0], squares[0], answers.origin)

    def _by_stratum(self, answers: Answers) -> Statistics:
        """Count where rows are the clusters, so that squares and presence are kept by stratum."""
        factors: list[Factor] = [None]
        if self._design.weighted:
            present = self._design.weights > 0
            factors = [None, self._weights, self._squares]
            factors += [] if present.all() else [present.astype(float)]
        counted = self._counted(answers, factors, by_cell=True)
        counts, sums, squares = counted[:3] if self._design.weighted else counted * 3
        shared = {
            first: self._shared(members, answers) for first, members in self._columns.overlapping
        }
        moments = Moments(sums, squares, counted[3] if len(counted) > 3 else counts, shared)
        return Statistics(moments, counts.sum(axis=0), squares.sum(axis=0), answers.origin)

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
        count = members.shape[1]
        shape = (2, self._design.strata_count, count, count, answers.slots)
        counted = np.zeros(shape)
        for part in answers.parts:
            into = slice(part.first, part.first + part.count)
            for piece in pieces(len(members)):
                inside = members[piece]
                for one, other in zip(*np.triu_indices(count), strict=True):
                    rows = np.flatnonzero(inside[:, one] & inside[:, other]) + piece.start
                    counted[:, :, one, other, into] += self._of_rows(part, rows)
        lower = np.tril_indices(count, -1)
        counted[:, :, lower[0], lower[1]] = counted[:, :, lower[1], lower[0]]
        squares, present = (_with_base(sums, answers) for sums in counted)
        return Shared(squares, present)

    def _of_rows(self, part: Part, rows: NDArray[np.intp]) -> Floats:
        """Sum squared weights and presence of some rows by stratum and slot."""
        slots = part.slots[rows]
        if slots.ndim == 2:
            at, slots = np.nonzero(slots)
            rows = rows[at]
        weights = self._design.weights[rows]
        values = 1.0 if part.values is None else part.values[rows]
        shape = (self._design.strata_count, part.count + 1)
        codes = self._design.stratum[rows] * shape[1] + slots
        summed = [
            np.bincount(codes, factor * values, shape[0] * shape[1]).reshape(shape)[:, :-1]
            for factor in (weights**2, weights > 0)
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
