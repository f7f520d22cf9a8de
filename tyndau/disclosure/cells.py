"""The cells of a volume while they are collected: one for the same people, wherever they stand.

In: whom a cell counts, what is printed of it, what it adds up to. Out: arrays and `Relations`. It
knows no table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from tyndau.disclosure.people import Condition, Key, People
from tyndau.disclosure.printed import Shown
from tyndau.disclosure.relations import Booleans, Relations, relate


@dataclass(slots=True, eq=False)
class Cells:
    """Cells by key, and the relations found so far.

    Attributes
    ----------
    people : People
        Who is counted.
    at : dict of frozenset to int
        By key the index of the cell; the lists below have one item a cell.
    value : list of float
        True values, in people or their weights.
    count : list of int
        People, unweighted.
    effective : list of float
        Kish's effective number of them.
    others : list of float
        Effective number of those who were asked and did not choose the answer, or were not asked;
        infinite where that is no cell, or nobody is in it.
    loss : list of float
        What is lost with it.
    low, high : list of float
        Between which values it is printed; without limits where it is not printed.
    floor : list of float
        What it cannot be below.
    kinds : dict of str to set of int
        Cells by what they are.
    equations : dict of tuple to (float, float)
        By cells and coefficients the limits of each sum.
    """

    people: People
    at: dict[Key, int] = field(default_factory=dict)
    value: list[float] = field(default_factory=list)
    count: list[int] = field(default_factory=list)
    effective: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    kinds: dict[str, set[int]] = field(default_factory=dict)
    equations: dict[tuple[tuple[int, float], ...], Shown] = field(default_factory=dict)

    def cell(self, key: Key, kind: str) -> int:
        """Return the cell of some people, a new one where there is none yet.

        Parameters
        ----------
        key : frozenset of Condition
            Whom it counts.
        kind : str
            What it is: ``answer``, ``base``, ``outside``.

        Returns
        -------
        int
            Its index.
        """
        if key not in self.at:
            count, weighted, effective = self.people.sum(key)
            self._new(key, weighted, count, effective)
        self.kinds.setdefault(kind, set()).add(self.at[key])
        return self.at[key]

    def sum_cell(self, key: Key, kind: str, value: float, count: int, *, signed: bool) -> int:
        """Return the cell of a sum over some people, such as that of their numbers.

        Parameters
        ----------
        key : frozenset of Condition
            Whose; one condition names the sum.
        kind : str
            What it is.
        value : float
            The sum.
        count : int
            Of how many people.
        signed : bool
            Whether it may be below 0.

        Returns
        -------
        int
            Its index.
        """
        if key not in self.at:
            self._new(key, value, count, float(count))
            self.floor[self.at[key]] = -np.inf if signed else 0.0
        self.kinds.setdefault(kind, set()).add(self.at[key])
        return self.at[key]

    def _new(self, key: Key, value: float, count: int, effective: float) -> None:
        self.at[key] = len(self.value)
        self.value.append(value)
        self.count.append(count)
        self.effective.append(effective)
        self.others.append(float("inf"))
        # Nobody is as good a place to hide somebody as any, but says more than a number.
        self.loss.append((1 + float(np.log1p(abs(value)))) * (1 if count else 2))
        self.low.append(-np.inf)
        self.high.append(np.inf)
        self.floor.append(0.0)

    def holding(self, conditions: Iterable[Key]) -> Iterator[tuple[Key, Key, int]]:
        """Go through cells whose people meet some conditions, besides others.

        Parameters
        ----------
        conditions : iterable of frozenset of Condition
            One or several, none of them empty.

        Yields
        ------
        conditions, rest : frozenset of Condition
            Which of those they meet, and what else.
        cell : int
            The cell.
        """
        by_condition: dict[Condition, list[Key]] = {}
        for key in self.at:
            for one in key:
                by_condition.setdefault(one, []).append(key)
        for some in conditions:
            rarest = min((by_condition.get(one, []) for one in some), key=len)
            for key in rarest:
                if some <= key:
                    yield some, key - some, self.at[key]

    def show(self, at: int, shown: Shown) -> None:
        """Note between which values a reader sees a cell; what stands twice is known best.

        Parameters
        ----------
        at : int
            The cell.
        shown : (float, float)
            The values.
        """
        self.kinds.setdefault("printed", set()).add(at)
        self.low[at] = min(max(self.low[at], shown[0]), self.value[at])
        self.high[at] = max(min(self.high[at], shown[1]), self.value[at])

    def leave(self, part: int, whole: int) -> None:
        """Note that those of a whole who are not in a part are a cell too; the fewest count.

        Parameters
        ----------
        part : int
            Some people.
        whole : int
            All of them, and more.
        """
        people = self.count[whole] - self.count[part]
        if people:
            weighted = self.value[whole] - self.value[part]
            squares = self._squares(whole) - self._squares(part)
            effective = min(people, weighted**2 / squares) if squares > 0 else 0.0
            self.others[part] = min(self.others[part], effective)

    def _squares(self, at: int) -> float:
        """Return the sum of squared weights."""
        effective = self.effective[at]
        return self.value[at] ** 2 / effective if effective else 0.0

    def worth(self, at: int, loss: float) -> None:
        """Note what is lost with a cell at least.

        Parameters
        ----------
        at : int
            The cell.
        loss : float
            How many answers of as many people in a column.
        """
        self.loss[at] = max(self.loss[at], loss * (1 + float(np.log1p(abs(self.value[at])))))

    def add_up(
        self, cells: Iterable[int], whole: int, least: float = 0.0, most: float = 0.0
    ) -> None:
        """Note that cells add to a whole.

        Parameters
        ----------
        cells : iterable of int
            The parts.
        whole : int
            The whole.
        least, most : float, optional
            By how much their sum may exceed it.
        """
        parts: dict[int, float] = {whole: -1.0}
        for one in cells:
            parts[one] = parts.get(one, 0.0) + 1.0
        self.relate(parts, least, most)

    def relate(self, parts: Mapping[int, float], least: float = 0.0, most: float = 0.0) -> None:
        """Note a relation, once.

        Parameters
        ----------
        parts : mapping of int to float
            Cells and their coefficients.
        least, most : float, optional
            Limits of the sum.
        """
        left = tuple(sorted((one, part) for one, part in parts.items() if part))
        if left:
            self.equations[left] = (least, most)

    def kind(self, name: str) -> Booleans:
        """Return which cells are of a kind.

        Parameters
        ----------
        name : str
            The kind.

        Returns
        -------
        ndarray of bool, shape (N,)
            Which cells.
        """
        found = np.zeros(len(self.value), dtype=np.bool_)
        found[sorted(self.kinds.get(name, ()))] = True
        return found

    def relations(self) -> Relations:
        """Return the cells with all their relations.

        Returns
        -------
        Relations
            A cell that nobody prints is known only by the others.
        """
        return relate(
            self.value,
            [
                ([cell for cell, _ in left], [part for _, part in left], least, most)
                for left, (least, most) in self.equations.items()
            ],
            low=np.maximum(self.low, self.floor),
            high=self.high,
            floor=self.floor,
        )
