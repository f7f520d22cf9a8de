"""The engine for millions of rows: loops compiled by numba, on all processors.

In: as `MemoryEngine`; numba, which the extra ``tyndau[numba]`` installs. Out: its sums, the same
whatever the number of processors: rows are summed in `SHARES` parts of fixed bounds, and the parts
added up in order. The compiled loops are kept on disk beside this module, or where numba keeps its
cache; where nothing can be written they are compiled anew in every process.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.estimation.design import Design
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.engines.answers import Part
from tyndau.tabulation.engines.columns import small
from tyndau.tabulation.engines.memory import Factor, MemoryEngine

# Parts that rows are summed in, whatever the number of processors. Threads of our own, since those
# of numba may not be entered from two threads at once, as a server does.
SHARES = 8

_NOTHING = np.zeros(0)


class CompiledEngine(MemoryEngine):
    """Count in memory with loops compiled by numba.

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
        kind, none = small(self._columns.count), self._columns.count
        self._places = np.empty((len(frame), len(self._columns.blocks)), dtype=kind)
        for number, block in enumerate(self._columns.blocks):
            column = np.append(np.arange(block.first, block.first + block.count), none)
            self._places[:, number] = column.astype(kind)[block.places]
        self._threads = min(SHARES, os.cpu_count() or 1)

    def _sum(
        self, part: Part, factors: Sequence[Factor], *, by_cell: bool, into: Sequence[Floats]
    ) -> None:
        cell = self._design.cell if by_cell else self._design.cell[:0]
        values = _NOTHING if part.values is None else part.values
        add = _add_one if part.slots.ndim == 1 else _add_several
        bounds = np.linspace(0, len(self._frame), SHARES + 1).astype(np.int64).tolist()

        def share(number: int) -> list[Floats]:
            # Rows that stand in no column of a block are added to one past the last.
            sums = [np.zeros((len(found), self._columns.count + 1, part.count)) for found in into]
            for found, factor in zip(sums, factors, strict=True):
                weights = _NOTHING if factor is None else factor
                rows = bounds[number], bounds[number + 1]
                add(found, rows, cell, self._places, part.slots, values, weights)
            return sums

        with ThreadPoolExecutor(self._threads) as pool:
            for sums in pool.map(share, range(SHARES)):
                for whole, found in zip(into, sums, strict=True):
                    whole += found[:, :-1]


def compiled(function: Callable[..., None]) -> Callable[..., None]:
    """Compile a function, keeping the result on disk where that can be.

    Parameters
    ----------
    function : callable
        Loops over arrays.

    Returns
    -------
    callable
        The same, compiled when first called with arrays of a kind, and free of Python's lock.
    """
    try:
        fast: Callable[..., None] = numba.njit(function, nogil=True, cache=True)
    except RuntimeError:  # numba found no folder that it can write to
        fast = numba.njit(function, nogil=True)
    return fast


@compiled
def _add_one(
    sums: Floats,
    rows: tuple[int, int],
    cell: NDArray[np.intp],
    places: NDArray[Any],
    slots: NDArray[Any],
    values: Floats,
    weights: Floats,
) -> None:
    """Add what some rows put into one slot each, or into none."""
    # Unsigned, since numba looks at every signed index whether it counts from the end.
    columns, width = np.uint64(sums.shape[1]), np.uint64(sums.shape[2])
    flat = sums.reshape(-1)
    for row in range(rows[0], rows[1]):
        slot = np.uint64(slots[row])
        if slot >= width:
            continue
        amount = weights[row] if weights.size else 1.0
        if values.size:
            amount *= values[row]
        at = np.uint64(cell[row]) * columns if cell.size else np.uint64(0)
        for block in range(places.shape[1]):
            flat[(at + np.uint64(places[row, block])) * width + slot] += amount


@compiled
def _add_several(
    sums: Floats,
    rows: tuple[int, int],
    cell: NDArray[np.intp],
    places: NDArray[Any],
    slots: NDArray[np.bool_],
    values: Floats,  # noqa: ARG001 - several answers add no values
    weights: Floats,
) -> None:
    """Add what some rows put into several slots."""
    columns, width = np.uint64(sums.shape[1]), np.uint64(sums.shape[2])
    flat = sums.reshape(-1)
    for row in range(rows[0], rows[1]):
        amount = weights[row] if weights.size else 1.0
        at = np.uint64(cell[row]) * columns if cell.size else np.uint64(0)
        for block in range(places.shape[1]):
            first = (at + np.uint64(places[row, block])) * width
            for slot in range(slots.shape[1]):
                if slots[row, slot]:
                    flat[first + np.uint64(slot)] += amount
