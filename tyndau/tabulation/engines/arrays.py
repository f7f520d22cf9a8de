"""The engine that every installation has: NumPy, one thread.

In: as `MemoryEngine`. Out: its sums. Rows enter by one integer code each, of cell, column and slot,
and are summed by `np.bincount`, a piece of rows after the other; nothing loops over cells.

Sums are naive: in a piece one addition a row, then one a piece. Of m rows with weights of one sign
a sum is off by no more than m 2^-53 of itself, 2e-10 at two million rows in one piece and 2e-12 in
pieces of 16,384, and in practice by the square root of these numbers of additions.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.estimation.design import Design
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.engines.answers import Part
from tyndau.tabulation.engines.columns import Block
from tyndau.tabulation.engines.memory import Factor, MemoryEngine, pieces

Codes = NDArray[np.int32]


class ArrayEngine(MemoryEngine):
    """Count in memory with NumPy.

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
        super().__init__(frame, banners, design, overlaps=overlaps)
        blocks = self._columns.blocks
        self._plain = np.stack([block.places for block in blocks])
        self._by_cell = self._plain
        if design.cell_count > 1:
            self._by_cell = np.stack([_coded(block, design) for block in blocks])

    def _sum(
        self, part: Part, factors: Sequence[Factor], *, by_cell: bool, into: Sequence[Floats]
    ) -> None:
        cells = self._design.cell_count if by_cell else 1
        blocks, width = self._columns.blocks, part.count + 1
        sizes = [cells * (block.count + 1) * width for block in blocks]
        sums: dict[tuple[int, int], NDArray[Any]] = {}
        for piece in pieces(len(self._frame), max(sizes)):
            codes, weights = self._entries(part, factors, by_cell, piece)
            for number, size in enumerate(sizes):
                code = codes[number].astype(np.intp)
                for at, factor in enumerate(weights):
                    found = np.bincount(code, factor, size)
                    if (number, at) in sums:
                        sums[number, at] += found
                    else:
                        sums[number, at] = found
        for (number, at), found in sums.items():
            block = blocks[number]
            columns = slice(block.first, block.first + block.count)
            shaped = found.reshape(cells, block.count + 1, width)
            into[at][:, columns] = shaped[:, :-1, :-1]

    def _entries(
        self, part: Part, factors: Sequence[Factor], by_cell: bool, piece: slice
    ) -> tuple[Codes, list[Factor]]:
        """Return what a piece of rows enters: codes by block, and weights by factor."""
        coded = (self._by_cell if by_cell else self._plain)[:, piece]
        codes = coded.astype(np.int32, copy=False) * np.int32(part.count + 1)
        slots = part.slots[piece]
        weights = [factor if factor is None else factor[piece] for factor in factors]
        if part.values is not None:
            values = part.values[piece]
            weights = [values if factor is None else factor * values for factor in weights]
        if slots.ndim == 2:
            rows, slots = np.divmod(np.flatnonzero(slots), part.count)
            codes = codes.take(rows, axis=1)
            weights = [factor if factor is None else factor[rows] for factor in weights]
        codes += slots.astype(np.int32)
        return codes, weights


def _coded(block: Block, design: Design) -> Codes:
    """Return each row's place in a block and in the design, as one number."""
    coded = design.cell.astype(np.int32)
    coded *= np.int32(block.count + 1)
    coded += block.places
    return coded
