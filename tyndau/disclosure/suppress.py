"""Complementary suppression: which further cells are hidden so that none can be computed back.

In: `Relations`, cells that must be hidden, how wide each one's feasible interval must be. Out:
`Suppression`: the cells hidden in the end. Cell by cell, a linear programme moves the cell as far
as it must be able to move and lets other cells follow at a cost; those that follow are hidden too
(Kelly, Golden and Assad 1992, formulated here for any relations; Fischetti and Salazar-Gonzalez
2000 for linked tables). Each programme's answer is kept: it shows for all cells at once how far
they can move. Then what proved superfluous is shown again. Blocks in which nothing need be hidden
cost nothing.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from tyndau.disclosure.programme import ROUNDING, Programme, each_block
from tyndau.disclosure.relations import Booleans, Floats, Integers, Relations

# A cell hidden for another's sake must leave at least two numbers of people possible.
COMPLEMENT_WIDTH = 1.0
# Programmes that the search for superfluous cells may take, by cell to protect.
_TRIES = 2
_SMALL = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """What is hidden of N cells.

    Attributes
    ----------
    hidden : ndarray of bool, shape (N,)
        All cells that are not shown.
    primary : ndarray of bool, shape (N,)
        Those that had to be hidden; the others are hidden for their sake.
    width : ndarray of float, shape (N,)
        How wide the feasible interval of each hidden cell had to be; 0 for cells that are shown.
    short : ndarray of bool, shape (N,)
        Cells that cannot be made so uncertain, whatever is hidden.
    programmes : int
        Linear programmes that were solved.
    """

    hidden: Booleans
    primary: Booleans
    width: Floats
    short: Booleans
    programmes: int


def suppress(
    relations: Relations,
    primary: Booleans,
    *,
    width: ArrayLike,
    hidden: Booleans | None = None,
    hideable: Booleans | None = None,
    loss: ArrayLike | None = None,
) -> Suppression:
    """Hide cells until no hidden one is known too well.

    Parameters
    ----------
    relations : Relations
        The cells.
    primary : ndarray of bool, shape (N,)
        Cells that must be hidden and protected.
    width : float or array_like of float, shape (N,)
        How wide the feasible interval of a primary cell must be at least, in people.
    hidden : ndarray of bool, shape (N,), optional
        Cells that are not shown anyhow and need no protection.
    hideable : ndarray of bool, shape (N,), optional
        Cells that may be hidden besides; all by default.
    loss : array_like of float, shape (N,), optional
        What is lost with a cell; ``1 + log(1 + value)`` by default.

    Returns
    -------
    Suppression
        The same for the same input; nothing is left to chance.

    References
    ----------
    .. [1] Kelly, J. P., Golden, B. L., Assad, A. A. (1992). Cell suppression: disclosure protection
       for sensitive tabular data. *Networks* 22, 397-417.
    .. [2] Fischetti, M., Salazar-Gonzalez, J. J. (2000). Models and algorithms for optimizing cell
       suppression in tabular data with linear constraints. *JASA* 95, 916-928.
    """
    count = len(relations.value)
    given = np.zeros(count, dtype=np.bool_) if hidden is None else hidden
    open_ = np.ones(count, dtype=np.bool_) if hideable is None else hideable
    cost = 1 + np.log1p(np.maximum(relations.value, 0)) if loss is None else np.asarray(loss)
    wanted = np.where(primary, np.broadcast_to(np.asarray(width, dtype=np.float64), (count,)), 0.0)
    result = primary | given
    asked, short = wanted.copy(), np.zeros(count, dtype=np.bool_)
    programmes: list[int] = []

    def hide_in(inside: Integers, part: Relations) -> None:
        first = primary[inside] | given[inside]
        search = _Search(part, first, wanted[inside], open_[inside], cost[inside])
        search.protect()
        search.show_again(np.flatnonzero(search.hidden & ~first))
        result[inside], short[inside] = search.hidden, search.short
        asked[inside] = np.where(search.hidden, search.up + search.down, 0)
        programmes.append(search.programmes)

    blocks = relations.blocks(open_ | result | ~relations.exact)
    each_block(hide_in, [(inside, part) for inside, part in blocks if primary[inside].any()])
    return Suppression(result, primary.copy(), asked, short, sum(programmes))


@dataclass(slots=True, eq=False)
class _Search:
    """The search in one block of n cells."""

    relations: Relations
    hidden: Booleans
    wanted: Floats
    hideable: Booleans
    cost: Floats
    up: Floats = field(init=False)
    down: Floats = field(init=False)
    short: Booleans = field(init=False)
    turned: Booleans = field(init=False)
    points: list[Floats] = field(init=False, default_factory=list)
    programmes: int = field(init=False, default=0)
    programme: Programme = field(init=False)
    near: csr_array = field(init=False)

    def __post_init__(self) -> None:
        """Say how far each cell must be able to move up and down: half of its width each way.

        Where there is no room on one side, as below 0, all that is left is on the other.
        """
        relations = self.relations
        below, above = relations.value - relations.floor, relations.ceiling - relations.value
        down = np.minimum(below, self.wanted / 2)
        self.up = np.maximum(np.minimum(self.wanted - down, above), 0)
        self.down = np.maximum(np.minimum(self.wanted - self.up, below), 0)
        self.short = self.up + self.down < self.wanted - ROUNDING
        self.turned = self.short.copy()
        self.programme = Programme(relations)
        self.near = abs(relations.matrix).T.tocsr()

    def protect(self) -> None:
        """Hide cells until every hidden one can move as it must."""
        reached_up, reached_down = np.zeros((2, len(self.wanted)))
        seen = 0
        while True:
            up, down = self._reached(seen)
            np.maximum(reached_up, up, out=reached_up)
            np.minimum(reached_down, down, out=reached_down)
            seen = len(self.points)
            lacking_up, lacking_down = self.up - reached_up, self.down + reached_down
            cell = int(np.argmax(np.maximum(lacking_up, lacking_down)))
            if max(lacking_up[cell], lacking_down[cell]) <= ROUNDING:
                return
            upwards = bool(lacking_up[cell] > ROUNDING)
            self._free(cell, self.up[cell] if upwards else -self.down[cell])

    def _free(self, cell: int, to: float) -> None:
        """Hide what must be hidden that a cell may move; where nothing suffices, ask for less."""
        self.programmes += 1
        found = self.programme.cheapest(
            cell, self.hidden, to, hideable=self.hideable, cost=self.cost
        )
        if found is None:
            self._ask_less(cell, upwards=to > 0)
            return
        point, added = found
        self.hidden = self.hidden | added
        self.wanted[added] = COMPLEMENT_WIDTH
        room = self.relations.ceiling - self.relations.value
        self.up[added] = np.minimum(COMPLEMENT_WIDTH, room[added])
        self.down[added] = COMPLEMENT_WIDTH - self.up[added]
        self._keep(point)

    def _ask_less(self, cell: int, *, upwards: bool) -> None:
        """Let a cell that cannot move so far one way move farther the other; else it is short."""
        self.programmes += 1
        point = self.programme.extreme(cell, self.hidden | self.hideable, greatest=upwards)
        most = np.inf if point is None else max(abs(float(point[cell])) - 10 * ROUNDING, 0.0)
        target, other = (self.up, self.down) if upwards else (self.down, self.up)
        reached = min(most, float(target[cell]))
        if reached > target[cell] - ROUNDING:
            # Within reach, but not to be hidden for: only what is shown to be possible counts.
            up, down = self._reached(0)
            reached = float(up[cell] if upwards else -down[cell])
        if self.turned[cell]:
            missing = self.wanted[cell] - reached - other[cell]
            self.short[cell] = bool(missing > 100 * ROUNDING)
        else:
            self.turned[cell] = True
            other[cell] = self.wanted[cell] - reached
        target[cell] = reached

    def _keep(self, point: Floats) -> None:
        """Keep a table that a reader cannot tell from the true one, and what follows from it.

        All tables between it and the true one are possible too, and often those beyond, or on the
        other side.
        """
        point = np.where(np.abs(point) < _SMALL, 0.0, point)
        self.points.append(point)
        low, high = self.relations.limits(self.hidden)
        value, matrix = self.relations.value, self.relations.matrix
        sums, change = matrix @ value, matrix @ point
        change = np.where(np.abs(change) < ROUNDING, 0.0, change)
        for sign in (1.0, -1.0):
            room = min(
                _room(sign * point, low - value, high - value),
                _room(sign * change, self.relations.least - sums, self.relations.most - sums),
            )
            if np.isfinite(room) and room > _SMALL and not (sign > 0 and room <= 1):
                self.points.append(sign * room * point)

    def show_again(self, added: Integers) -> None:
        """Show cells again that were hidden in vain, the dearest first.

        Parameters
        ----------
        added : ndarray of int
            Cells that were hidden for others' sake.
        """
        tries = _TRIES * int(self.hidden.sum())
        value = self.relations.value
        for cell in added[np.argsort(-self.cost[added], kind="stable")]:
            low, high = self.relations.low[cell], self.relations.high[cell]
            moved = value[cell] + np.array([point[cell] for point in self.points])
            valid = (moved >= low - _SMALL) & (moved <= high + _SMALL)
            kept = [point for point, right in zip(self.points, valid, strict=True) if right]
            tries = self._show(cell, kept, tries)
            if tries <= 0:
                return

    def _show(self, cell: int, kept: list[Floats], tries: int) -> int:
        """Show one cell again if the others stay protected; return how many programmes are left."""
        hidden, before, points = self.hidden, (self.up[cell], self.down[cell]), self.points
        self.hidden = hidden.copy()
        self.hidden[cell] = False
        self.up[cell] = self.down[cell] = 0.0
        self.points = list(kept)
        reached_up, reached_down = self._reached(0)
        near = np.asarray(self.near @ (self.near.T @ (np.arange(len(hidden)) == cell)))
        for target, reached, sign in ((self.up, reached_up, 1), (self.down, reached_down, -1)):
            # What stands in a sum with the cell is the first to be known.
            asked = np.flatnonzero(target > np.maximum(sign * reached, 0) + ROUNDING)
            for one in map(int, asked[np.argsort(-near[asked], kind="stable")]):
                if sign * reached[one] >= target[one] - ROUNDING:
                    continue
                tries -= 1
                self.programmes += 1
                found = self.programme.extreme(one, self.hidden, greatest=sign > 0)
                if found is None:
                    continue
                if sign * found[one] < target[one] - ROUNDING:
                    self.hidden, self.points = hidden, points
                    self.up[cell], self.down[cell] = before
                    return tries
                known = len(self.points)
                self._keep(found)
                up, down = self._reached(known)
                np.maximum(reached_up, up, out=reached_up)
                np.minimum(reached_down, down, out=reached_down)
        return tries

    def _reached(self, start: int) -> tuple[Floats, Floats]:
        """Return how far up and down each cell is known to move, by points from one on."""
        nothing = np.zeros((1, len(self.wanted)))
        points = np.concatenate([nothing, *(one[None] for one in self.points[start:])])
        return points.max(axis=0), points.min(axis=0)


def _room(change: Floats, low: Floats, high: Floats) -> float:
    """Return how many times a change may be made before a limit is reached."""
    limit = np.where(change > 0, high, low)
    moving = change != 0
    if not moving.any():
        return np.inf
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.min(limit[moving] / change[moving]))
