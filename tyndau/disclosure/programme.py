"""Linear programmes over the cells of one block: how far a reader's knowledge leaves them free.

In: a block's `Relations` and which of its cells are hidden. Out: the least and the greatest value
that a cell may have, and the cheapest cells to hide so that it may have a given one. Everything is
in deviations from the true values: each answer is another table that a reader cannot tell from the
true one.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import highspy
import numpy as np
from scipy.sparse import csr_array, hstack

from tyndau.disclosure.relations import Booleans, Floats, Integers, Relations

# What a programme's solution may miss a limit by; HiGHS works to 1e-7.
ROUNDING = 1e-6
# From an old basis the dual method is twice as fast without it, and may go in circles.
_PERTURBATION = "dual_simplex_cost_perturbation_multiplier"
# Iterations for each row and column after which it does.
_ITERATIONS = 20


@dataclass(slots=True, eq=False)
class Programme:
    """The programmes of a block of n cells, each solved from where the last one ended.

    Attributes
    ----------
    relations : Relations
        The block.
    whole : bool, default False
        Whether a reader knows that all values are whole numbers and uses it, which takes long.
    """

    relations: Relations
    whole: bool = False
    _reach: "_Solver | None" = field(init=False, default=None)
    _follow: "_Solver | None" = field(init=False, default=None)

    def extreme(self, cell: int, hidden: Booleans, *, greatest: bool) -> Floats | None:
        """Move a cell as far as a reader cannot exclude.

        Parameters
        ----------
        cell : int
            The cell.
        hidden : ndarray of bool, shape (n,)
            Which cells are not shown.
        greatest : bool
            Whether its greatest value is looked for, else its least.

        Returns
        -------
        ndarray of float, shape (n,), or None
            The deviations of all cells; None where there is no limit.
        """
        value = self.relations.value
        if self._reach is None:
            relations, nothing = self.relations, np.zeros(len(value))
            self._reach = _Solver(relations, relations.matrix, nothing, whole=self.whole)
        low, high = self.relations.limits(hidden)
        self._reach.limit(low - value, high - value)
        return self._reach.solve(cell, -1.0 if greatest else 1.0)

    def cheapest(
        self, cell: int, hidden: Booleans, to: float, *, hideable: Booleans, cost: Floats
    ) -> tuple[Floats, Booleans] | None:
        """Find the cheapest cells to hide so that a cell may deviate as wanted.

        Each cell that is shown may leave what is printed of it at a cost for every person; cells
        that do are to be hidden (Kelly, Golden and Assad 1992).

        Parameters
        ----------
        cell : int
            The cell; hidden already.
        hidden : ndarray of bool, shape (n,)
            Which cells are not shown.
        to : float
            The deviation that must be possible: above 0 upwards, below 0 downwards.
        hideable : ndarray of bool, shape (n,)
            Which cells may be hidden; the same for all programmes of a block.
        cost : ndarray of float, shape (n,)
            What a person's deviation costs in each; the same for all programmes of a block.

        Returns
        -------
        deviations : ndarray of float, shape (n,)
            Of all cells.
        added : ndarray of bool, shape (n,)
            Which cells must be hidden besides. None in place of both where nothing suffices.
        """
        relations, open_ = self.relations, np.flatnonzero(hideable)
        value, count = relations.value, len(relations.value)
        low, high = relations.limits(hidden)
        low, high = low - value, high - value
        # Cells that are hidden already, or not printed, deviate for nothing: by what can be.
        above, below = relations.ceiling - value, value - relations.floor
        beyond = np.zeros((2, count))
        np.subtract(above, high, out=beyond[0], where=~hidden & np.isfinite(high))
        np.add(below, low, out=beyond[1], where=~hidden & np.isfinite(low))
        further = np.maximum(beyond[:, open_], 0).ravel()
        if to > 0:
            low[cell] = to
        else:
            high[cell] = to
        if low[cell] > high[cell]:
            return None
        solver = self._follower(open_, cost[open_])
        solver.limit(np.concatenate([low, np.zeros(len(further))]), np.concatenate([high, further]))
        found = solver.solve()
        if found is None:
            return None
        raised, lowered = found[count : count + len(open_)], found[count + len(open_) :]
        deviations = np.array(found[:count], dtype=np.float64)
        deviations[open_] += raised - lowered
        added = np.zeros(count, dtype=np.bool_)
        added[open_] = raised + lowered > ROUNDING
        return deviations, added

    def _follower(self, open_: Integers, cost: Floats) -> "_Solver":
        """Return the solver in which cells that may be hidden also deviate at a cost."""
        if self._follow is None:
            part = self.relations.matrix[:, open_]
            matrix = hstack([self.relations.matrix, part, -part], format="csr")
            costs = np.concatenate([np.zeros(len(self.relations.value)), cost, cost])
            self._follow = _Solver(self.relations, matrix, costs)
        return self._follow


class _Solver:
    """HiGHS with one system of relations, whose limits and objective change from time to time.

    It starts from its last basis. Its answers are not taken on trust: what breaks a limit, or is
    said to be impossible or endless, is solved once more from nothing.
    """

    def __init__(
        self,
        relations: Relations,
        matrix: csr_array,
        cost: Floats,
        *,
        whole: bool = False,
    ) -> None:
        sums = relations.matrix @ relations.value
        self._matrix = matrix
        self._least, self._most = relations.least - sums, relations.most - sums
        self._low, self._high = np.zeros((2, matrix.shape[1]))
        programme = highspy.HighsLp()
        programme.num_row_, programme.num_col_ = matrix.shape
        programme.col_cost_ = cost
        programme.col_lower_, programme.col_upper_ = self._low, self._high
        programme.row_lower_, programme.row_upper_ = self._least, self._most
        programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        programme.a_matrix_.start_ = matrix.indptr
        programme.a_matrix_.index_ = matrix.indices
        programme.a_matrix_.value_ = matrix.data
        if whole:
            programme.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.silent()
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("simplex_iteration_limit", _ITERATIONS * sum(matrix.shape))
        self._highs.setOptionValue(_PERTURBATION, 0.0)
        self._highs.passModel(programme)

    def limit(self, low: Floats, high: Floats) -> None:
        """Set between which values each variable lies."""
        changed = np.flatnonzero((low != self._low) | (high != self._high)).astype(np.int32)
        if len(changed):
            self._highs.changeColsBounds(len(changed), changed, low[changed], high[changed])
        self._low, self._high = low, high

    def solve(self, variable: int | None = None, cost: float = 0.0) -> Floats | None:
        """Minimise what all cost, or one variable alone; None where there is no least."""
        if variable is not None:
            self._highs.changeColCost(variable, cost)
        found = self._run()
        if found is None:
            self._highs.clearSolver()
            self._highs.setOptionValue(_PERTURBATION, 1.0)
            found = self._run()
            self._highs.setOptionValue(_PERTURBATION, 0.0)
        if variable is not None:
            self._highs.changeColCost(variable, 0.0)
        return found

    def _run(self) -> Floats | None:
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = np.array(self._highs.getSolution().col_value, dtype=np.float64)
        sums = self._matrix @ found
        missed = max(
            (self._low - found).max(),
            (found - self._high).max(),
            (self._least - sums).max(initial=0.0),
            (sums - self._most).max(initial=0.0),
        )
        return found if missed <= ROUNDING else None


def ranges(
    relations: Relations, hidden: Booleans, cells: Integers, *, whole: bool = False
) -> tuple[Floats, Floats]:
    """Return the feasible interval of hidden cells, each by two linear programmes.

    Parameters
    ----------
    relations : Relations
        All cells.
    hidden : ndarray of bool, shape (N,)
        Which are not shown.
    cells : ndarray of int
        Hidden cells that are asked about.
    whole : bool, default False
        Whether a reader knows that all values are whole numbers and uses it.

    Returns
    -------
    low, high : ndarray of float, shape (N,)
        Of those cells; NaN elsewhere.
    """
    low, high = np.full((2, len(relations.value)), np.nan)
    asked = np.zeros(len(relations.value), dtype=np.bool_)
    asked[cells] = True

    def find(inside: Integers, part: Relations) -> None:
        programme = Programme(part, whole)
        for at in map(int, np.flatnonzero(asked[inside])):
            cell = inside[at]
            for bound, greatest in ((low, False), (high, True)):
                moved = programme.extreme(at, hidden[inside], greatest=greatest)
                if moved is None:
                    bound[cell] = np.inf if greatest else -np.inf
                else:
                    bound[cell] = relations.value[cell] + moved[at]

    blocks = relations.blocks(hidden | ~relations.exact)
    each_block(find, ((inside, part) for inside, part in blocks if asked[inside].any()))
    return low, high


def each_block(
    do: Callable[[Integers, Relations], None], blocks: Iterable[tuple[Integers, Relations]]
) -> None:
    """Go through blocks on all processors, the largest first; HiGHS leaves Python alone meanwhile.

    Parameters
    ----------
    do : callable
        Takes a block's cells and relations; writes what it finds where no other block does.
    blocks : iterable of (ndarray of int, Relations)
        As `Relations.blocks` gives them.
    """
    largest_first = sorted(blocks, key=lambda block: -len(block[0]))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(lambda block: do(*block), largest_first))
