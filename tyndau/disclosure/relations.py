"""Cells and what a reader knows of them: published values, and sums that hold between cells.

In: values of cells, what is printed of each, and linear relations between them: rows that add to a
base, columns that add to a total, totals that several tables share, nets, means. Out: `Relations`,
split into blocks that know nothing of each other. It knows no table: `tyndau.disclosure.of_tables`
makes relations of tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.intp]

# Cells, their coefficients, and between which numbers the sum of products lies.
Relation = tuple[Sequence[int], Sequence[float], float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """N cells and M linear relations between them: ``least <= matrix @ value <= most``.

    Attributes
    ----------
    value : ndarray of float, shape (N,)
        The true values, in people.
    low, high : ndarray of float, shape (N,)
        Between which values a reader sees a cell that is shown; equal where it is printed exactly.
    floor, ceiling : ndarray of float, shape (N,)
        Between which values a cell lies by its nature, known of hidden ones too: no fewer than 0
        people, no more than were asked.
    matrix : csr_array of float, shape (M, N)
        Coefficients.
    least, most : ndarray of float, shape (M,)
        Limits of each relation; equal for an equation.
    """

    value: Floats
    low: Floats
    high: Floats
    floor: Floats
    ceiling: Floats
    matrix: csr_array
    least: Floats
    most: Floats

    @property
    def exact(self) -> Booleans:
        """Which cells are known exactly where they are shown; bool, shape (N,)."""
        return np.asarray(self.low == self.high, dtype=np.bool_)

    def limits(self, hidden: Booleans) -> tuple[Floats, Floats]:
        """Return between which values a reader knows every cell to lie, relations aside.

        Parameters
        ----------
        hidden : ndarray of bool, shape (N,)
            Which cells are not shown.

        Returns
        -------
        low, high : ndarray of float, shape (N,)
            In people.
        """
        low = np.where(hidden, self.floor, np.maximum(self.low, self.floor))
        high = np.where(hidden, self.ceiling, np.minimum(self.high, self.ceiling))
        # The true value is possible, whatever floating point made of it.
        return np.minimum(low, self.value), np.maximum(high, self.value)

    def blocks(self, free: Booleans) -> Iterator[tuple[Integers, "Relations"]]:
        """Go through parts that share no relation between free cells.

        Parameters
        ----------
        free : ndarray of bool, shape (N,)
            Cells that may take more than one value; the others are known.

        Yields
        ------
        cells : ndarray of int
            The block's cells, in order.
        part : Relations
            These cells alone; what the others add to a sum is taken off its limits.
        """
        held = self.matrix[:, np.flatnonzero(free)]
        count, label = connected_components(_bipartite(held), directed=False)
        rows, cells = label[: held.shape[0]], label[held.shape[0] :]
        places = np.flatnonzero(free)
        order, row_order = np.argsort(cells, kind="stable"), np.argsort(rows, kind="stable")
        ends = np.searchsorted(cells[order], np.arange(count + 1))
        row_ends = np.searchsorted(rows[row_order], np.arange(count + 1))
        known = self.matrix @ np.where(free, 0.0, self.value)
        for at in range(count):
            inside = places[order[ends[at] : ends[at + 1]]]
            if len(inside):
                yield inside, self._part(inside, row_order[row_ends[at] : row_ends[at + 1]], known)

    def _part(self, cells: Integers, rows: Integers, known: Floats) -> "Relations":
        return replace(
            self,
            value=self.value[cells],
            low=self.low[cells],
            high=self.high[cells],
            floor=self.floor[cells],
            ceiling=self.ceiling[cells],
            matrix=self.matrix[rows][:, cells],
            least=self.least[rows] - known[rows],
            most=self.most[rows] - known[rows],
        )


def relate(
    value: ArrayLike,
    relations: Sequence[Relation],
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    floor: ArrayLike = 0.0,
    ceiling: ArrayLike = np.inf,
) -> Relations:
    """Put cells and their relations together.

    Parameters
    ----------
    value : array_like of float, shape (N,)
        The true values.
    relations : sequence of (cells, coefficients, least, most)
        Each the indices of cells, their coefficients and the limits of the sum of products.
    low, high : array_like of float, shape (N,), optional
        What a reader knows of a cell that is shown; its exact value by default.
    floor, ceiling : array_like of float, optional
        What a reader knows of any cell: not negative by default.

    Returns
    -------
    Relations
        Ready to be protected or audited.

    Raises
    ------
    ValueError
        If the values break a relation: what follows from it would be wrong.
    """
    values = np.array(value, dtype=np.float64)
    rows = np.repeat(np.arange(len(relations)), [len(one[0]) for one in relations])
    cells = np.array([cell for one in relations for cell in one[0]], dtype=np.intp)
    coefficients = np.array([part for one in relations for part in one[1]], dtype=np.float64)
    shape = (len(relations), len(values))
    matrix = csr_array(coo_array((coefficients, (rows, cells)), shape=shape))
    least = np.array([one[2] for one in relations], dtype=np.float64)
    most = np.array([one[3] for one in relations], dtype=np.float64)
    sums = matrix @ values
    slack = 1e-6 * (1 + abs(matrix) @ np.abs(values))
    broken = np.flatnonzero((sums < least - slack) | (sums > most + slack))
    if len(broken):
        raise ValueError(f"relation {broken[0]} does not hold: {relations[broken[0]]}")
    return Relations(
        values,
        values.copy() if low is None else np.array(low, dtype=np.float64),
        values.copy() if high is None else np.array(high, dtype=np.float64),
        np.broadcast_to(np.asarray(floor, dtype=np.float64), values.shape),
        np.broadcast_to(np.asarray(ceiling, dtype=np.float64), values.shape),
        matrix,
        # Floating point must not make the truth impossible.
        np.minimum(least, sums),
        np.maximum(most, sums),
    )


def _bipartite(matrix: csr_array) -> csr_array:
    rows, columns = matrix.nonzero()
    size = sum(matrix.shape)
    ones = np.ones(len(rows), dtype=np.int8)
    return csr_array((ones, (rows, columns + matrix.shape[0])), shape=(size, size))
