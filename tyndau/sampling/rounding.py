"""Controlled rounding: whole numbers near a table of expected ones, with all of its sums kept.

In: a table of expected numbers of any dimensions. Out: `Rounded`: each cell is its expected number
rounded down or up, and so is every sum over any of its dimensions; sums that were whole stay. It
knows nothing of what the cells are.
"""

from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:  # loaded where it is used: who reads a plan solves nothing
    from scipy.sparse import coo_matrix

# What a sum off by one costs against a cell rounded the farther way, which costs less than 1.
_OFF = 1000.0
# Sums of decimal parts carry this much of an error.
_WHOLE = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """A table rounded to whole numbers.

    Attributes
    ----------
    counts : ndarray of int
        In the shape of what was rounded.
    off : int
        How many units sums miss their bounds by; 0 but in rare tables of three or more dimensions.
    """

    counts: NDArray[np.int64]
    off: int


def controlled_rounding(expected: ArrayLike) -> Rounded:
    """Round a table and keep its sums.

    Parameters
    ----------
    expected : array_like of float
        Expected numbers, 0 or more, in any shape.

    Returns
    -------
    Rounded
        Of all tables that keep the sums, the one nearest to the expected numbers.

    Notes
    -----
    A small integer programme, solved exactly by HiGHS: minimise ``sum |x - e|`` with ``x`` in
    ``{floor e, ceil e}`` and every sum in ``{floor, ceil}`` of the expected sum. In two dimensions
    there is always a solution; in three there are tables without one, where sums may be off and
    `Rounded.off` says by how much. Cox's procedure draws one of the solutions so that cells are
    unbiased; here the nearest one is taken, and the sums over territories keep it from leaning.

    References
    ----------
    Cox, L. H. (1987). A constructive procedure for unbiased controlled rounding. Journal of the
    American Statistical Association 82, 520-524. Causey, B. D., Cox, L. H., Ernst, L. R. (1985).
    Applications of transportation theory to statistical problems. JASA 80, 903-909.
    """
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import hstack, identity

    table = np.asarray(expected, dtype=float)
    floor = np.floor(table + _WHOLE)
    rest = np.clip(table - floor, 0.0, 1.0)
    free = rest > _WHOLE
    sums, low, high = _sums(table, floor)
    chosen = sums.tocsc()[:, np.flatnonzero(free.ravel())]
    cells, rows = chosen.shape[1], chosen.shape[0]
    cost = np.concatenate([1 - 2 * rest[free], np.full(2 * rows, _OFF)])
    # Each sum may fall short or exceed, at a price.
    matrix = hstack([chosen, identity(rows), -identity(rows)])
    upper = np.concatenate([np.ones(cells), np.full(2 * rows, np.inf)])
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=(np.zeros(len(cost)), upper),
        constraints=LinearConstraint(matrix, low, high),
    )
    assert found.x is not None, found.message
    counts = floor.astype(np.int64)
    counts[free] += np.round(found.x[:cells]).astype(np.int64)
    return Rounded(counts, round(float(found.x[cells:].sum())))


def _sums(
    table: NDArray[np.float64], floor: NDArray[np.float64]
) -> "tuple[coo_matrix, NDArray[np.float64], NDArray[np.float64]]":
    """Return which cells each sum adds, and by how much their floors may be exceeded."""
    from scipy.sparse import coo_matrix, vstack

    places = np.indices(table.shape).reshape(table.ndim, -1)
    blocks, low, high = [], [], []
    subsets = (combinations(range(table.ndim), size) for size in range(table.ndim))
    for kept in chain.from_iterable(subsets):
        shape = tuple(table.shape[axis] for axis in kept)
        which = (
            np.ravel_multi_index(tuple(places[axis] for axis in kept), shape)
            if kept
            else np.zeros(table.size, dtype=np.intp)
        )
        count = int(np.prod(shape))
        ones = np.ones(table.size)
        blocks.append(coo_matrix((ones, (which, np.arange(table.size))), (count, table.size)))
        expected = np.bincount(which, table.ravel(), minlength=count)
        below = np.bincount(which, floor.ravel(), minlength=count)
        low.append(np.floor(expected + _WHOLE) - below)
        high.append(np.ceil(expected - _WHOLE) - below)
    return vstack(blocks), np.concatenate(low), np.concatenate(high)
