"""Linear programmes over the cells of one block: how far a reader's knowledge leaves them free.

In: a block's `Relations` and which of its cells are hidden. Out: the least and the greatest value
that a cell may have, and the cheapest cells to hide so that it may have a given one. Everything is
in deviations from the true values: each answer is another table that a reader cannot tell from the
true one.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import hstack

from tyndau.disclosure.relations import Booleans, Floats, Integers, Relations

# What a programme's solution may miss a limit by; HiGHS works to 1e-7.
ROUNDING = 1e-6
_INFEASIBLE, _UNBOUNDED = 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """The programmes of a block of n cells.

    Attributes
    ----------
    relations : Relations
        The block.
    """

    relations: Relations

    def extreme(
        self, cell: int, hidden: Booleans, *, greatest: bool, whole: bool = False
    ) -> Floats | None:
        """Move a cell as far as a reader cannot exclude.

        Parameters
        ----------
        cell : int
            The cell.
        hidden : ndarray of bool, shape (n,)
            Which cells are not shown.
        greatest : bool
            Whether its greatest value is looked for, else its least.
        whole : bool, default False
            Whether all values are whole numbers, which makes the search much longer.

        Returns
        -------
        ndarray of float, shape (n,), or None
            The deviations of all cells; None where there is no limit.
        """
        value = self.relations.value
        low, high = self.relations.limits(hidden)
        target = np.zeros(len(value))
        target[cell] = -1.0 if greatest else 1.0
        # Without a limit HiGHS may say "infeasible or unbounded"; the truth itself is feasible.
        found = milp(
            target,
            constraints=self._constraints(self.relations.matrix),
            bounds=Bounds(low - value, high - value),
            integrality=np.full(len(value), int(whole)),
        )
        return None if found.x is None else np.asarray(found.x, dtype=np.float64)

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
            Which cells may be hidden.
        cost : ndarray of float, shape (n,)
            What a person's deviation costs in each.

        Returns
        -------
        deviations : ndarray of float, shape (n,)
            Of all cells.
        added : ndarray of bool, shape (n,)
            Which cells must be hidden besides. None in place of both where nothing suffices.
        """
        relations = self.relations
        value = relations.value
        open_ = np.flatnonzero(hideable & ~hidden)
        low, high = relations.limits(hidden)
        low, high = low - value, high - value
        if to > 0:
            low[cell] = to
        else:
            high[cell] = to
        if low[cell] > high[cell]:
            return None
        up = np.maximum(relations.ceiling[open_] - value[open_] - high[open_], 0)
        down = np.maximum(value[open_] - relations.floor[open_] + low[open_], 0)
        part = relations.matrix[:, open_]
        found = milp(
            np.concatenate([np.zeros(len(value)), cost[open_], cost[open_]]),
            constraints=self._constraints(hstack([relations.matrix, part, -part], format="csr")),
            bounds=Bounds(
                np.concatenate([low, np.zeros(2 * len(open_))]), np.concatenate([high, up, down])
            ),
        )
        if found.x is None:
            return None
        count = len(value)
        raised, lowered = found.x[count : count + len(open_)], found.x[count + len(open_) :]
        deviations = np.array(found.x[:count], dtype=np.float64)
        deviations[open_] += raised - lowered
        added = np.zeros(count, dtype=np.bool_)
        added[open_] = raised + lowered > ROUNDING
        return deviations, added

    def _constraints(self, matrix: object) -> LinearConstraint:
        relations = self.relations
        sums = relations.matrix @ relations.value
        return LinearConstraint(matrix, relations.least - sums, relations.most - sums)


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
    for inside, part in relations.blocks(hidden | ~relations.exact):
        programme = Programme(part)
        for at in map(int, np.flatnonzero(asked[inside])):
            cell = inside[at]
            for bound, greatest in ((low, False), (high, True)):
                moved = programme.extreme(at, hidden[inside], greatest=greatest, whole=whole)
                if moved is None:
                    bound[cell] = np.inf if greatest else -np.inf
                else:
                    bound[cell] = relations.value[cell] + moved[at]
    return low, high
