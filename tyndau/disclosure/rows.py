"""The rows of a column of a table: how answers, nets, means and deviations hold together.

In: a table, a column of it, or one that it does not show but that others are made of. Out: cells
and relations in `Cells`. Answers of a single response add to their base, those of a multiple one
are at most the base each; a net adds answers, or holds whoever gave any; a mean and a standard
deviation are sums over answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tyndau.disclosure.cells import Cells
from tyndau.disclosure.people import ANSWERED, NO_ANSWER, NOT, OUTSIDE, Key
from tyndau.disclosure.printed import MEAN_DECIMALS, Shown, shown_deviation, shown_mean, shown_share
from tyndau.tabulation.table import Table

MEAN, DEVIATION, NET, ANSWER = "mean", "sd", "net", "answer"
# What is lost with a cell, in answers of a column.
_TOTAL_LOSS, _MEAN_LOSS = 15.0, 2.0
_NOTHING, _SLIGHT = 1e-9, 1e-4


@dataclass(slots=True, eq=False)
class Rows:
    """Collects the rows of columns.

    Attributes
    ----------
    cells : Cells
        What was found so far.
    exact : bool
        Whether a reader sees unrounded numbers.
    """

    cells: Cells
    exact: bool

    def fill(self, table: Table, column: Key, base: int, number: int | None) -> list[int]:
        """Add the rows of a column and how they make its base.

        Parameters
        ----------
        table : Table
            The table.
        column : frozenset of Condition
            Whom the column counts, the table's filter included.
        base : int
            The cell of its base.
        number : int or None
            Where it stands in the table; None where the table does not show it.

        Returns
        -------
        list of int
            Its cells, by row; -1 for a mean or deviation of scores that is not shown.
        """
        found = self._answers(table, column, base, number)
        if table.question.kind == "multiple":
            self._several(table, column, found, base)
        else:
            self._one(table, found, base)
        mean = -1
        line = []
        for row, head in enumerate(table.rows):
            if head.kind == MEAN:
                mean = self._mean(table, column, found, number)
            # The deviation of numbers tells of sums of squares as their mean tells of sums: both
            # are hidden together.
            if head.kind == DEVIATION and self._tells(table, row, number):
                line.append(self._deviation(table, column, found, (row, number or 0)))
            else:
                line.append(found[head.code] if head.is_share else mean)
        if table.question.descending and number == 0:
            self._order(table, line)
        return line

    def _answers(self, table: Table, column: Key, base: int, number: int | None) -> dict[str, int]:
        """Add the cells of answers and nets; return them by code."""
        found = {}
        for row, head in enumerate(table.rows):
            if not head.is_share:
                continue
            key = frozenset({(table.question.name, head.code)}) | column
            at = found[head.code] = self.cells.cell(key, OUTSIDE if number is None else ANSWER)
            if table.question.kind == "multiple" and head.kind != NO_ANSWER:
                self.cells.leave(at, base)
            if head.kind == NET:
                self.cells.kinds.setdefault(NET, set()).add(at)
            if number is not None:
                self.show_share(at, float(table.percent[row, number]), base)
                self.cells.worth(at, 1 if column else _TOTAL_LOSS)
        return found

    def show_share(self, at: int, percent: float, base: int, decimals: int = 0) -> None:
        """Note what a percentage tells of a cell.

        Parameters
        ----------
        at : int
            The cell.
        percent : float
            The percentage, unrounded.
        base : int
            The cell of its base.
        decimals : int, default 0
            Digits that are printed.
        """
        known = self.cells.low[base], self.cells.high[base]
        shown = shown_share(
            self.cells.value[at], percent, known,
            people=not self.cells.people.unit, exact=self.exact, decimals=decimals,
        )  # fmt: skip
        self.cells.show(at, shown)

    def _one(self, table: Table, found: Mapping[str, int], base: int) -> None:
        """Relate the answers of a column, of which people give one at most, to its base."""
        nets = {net.code: net.codes for net in table.question.nets}
        answers = [at for code, at in found.items() if code not in nets]
        exact = table.question.kind == "single"
        self.cells.add_up(answers, base, 0.0 if exact else -np.inf, 0.0)
        for code, parts in nets.items():
            if code in found:
                self.cells.add_up([found[part] for part in parts], found[code])

    def _several(self, table: Table, column: Key, found: Mapping[str, int], base: int) -> None:
        """Relate answers of which people give several, and nets of those, to the base."""
        add_up = self.cells.add_up
        codes = {one.code: frozenset({one.code}) for one in table.question.categories}
        nets = {net.code: frozenset(net.codes) for net in table.question.nets if net.code in found}
        alone = self._alone(table) & found.keys()
        answers = [code for code in found if code not in nets]
        for code in found:
            inside = nets.get(code, frozenset({code}))
            lonely = [found[one] for one in sorted(alone - inside)]
            add_up([found[code], *lonely], base, -np.inf, 0.0)
            rest = [found[one] for one in answers if one not in inside]
            add_up([found[code], *rest], base, 0.0, np.inf)
        add_up([found[code] for code in answers], base, 0.0, np.inf)
        name = table.question.name
        for code, inside in nets.items():
            net, parts = found[code], sorted(inside)
            add_up([found[part] for part in parts], net, 0.0, np.inf)
            if len(parts) == 2:
                key = frozenset((name, part) for part in parts) | column
                both = self.cells.cell(key, OUTSIDE)
                self.cells.relate({found[parts[0]]: 1, found[parts[1]]: 1, both: -1, net: -1})
            for part, less in (codes | nets).items():
                if less < inside:
                    key = frozenset({(name, code), (name, NOT + part)}) | column
                    left = self.cells.cell(key, OUTSIDE)
                    add_up([found[part], left], net)
                    rest = [found[one] for one in sorted(inside - less)]
                    add_up(rest, left, 0.0, np.inf)

    def _alone(self, table: Table) -> set[str]:
        """Return the answers beside which nobody gave another, as it should be."""
        given = self.cells.people.frame[table.question.name].values
        several = given.sum(axis=1) > 1
        exclusive = [
            one.code
            for at, one in enumerate(table.question.categories)
            if one.exclusive and not (given[:, at] & several).any()
        ]
        return {*exclusive, NO_ANSWER}

    def _order(self, table: Table, line: list[int]) -> None:
        """Note what the order of the rows tells where answers stand by their frequency."""
        shown = [at for at, head in zip(line, table.rows, strict=True) if head.kind == "answer"]
        for first, second in pairwise(shown):
            if self.cells.value[first] >= self.cells.value[second]:
                self.cells.relate({first: 1.0, second: -1.0}, 0.0, np.inf)

    def _mean(self, table: Table, column: Key, found: Mapping[str, int], number: int | None) -> int:
        """Add a mean: the sum of numbers, or by how much scores miss the mean that is printed."""
        key = frozenset({(table.question.name, MEAN)}) | column
        if table.question.kind == "number":
            at, base = self._numbers(key, table.question.name, column)
        elif number is None:
            return -1
        else:
            mean = self._printed_mean(table, number)
            parts = {code: score - mean for code, score in _scores(table).items()}
            at, base = self._missed(key, parts, found)
        if number is not None:
            self._show(at, shown_mean(self.cells.value[at], base, exact=self.exact))
        return at

    def _show(self, at: int, shown: Shown) -> None:
        self.cells.show(at, shown)
        self.cells.worth(at, _MEAN_LOSS)

    def _numbers(self, key: Key, name: str, column: Key) -> tuple[int, float]:
        """Add a sum of numbers, in people of the mean of all; return its base in that unit too."""
        people = self.cells.people
        given = people.frame[name]
        values = people.weights * np.where(given.answered, given.values, 0.0)
        everybody = float(people.weights[given.answered].sum())
        scale = abs(float(values.sum())) / (everybody or 1.0) or 1.0
        rows = people.rows(column) & given.answered
        total = float(values[rows].sum()) / scale
        at = self.cells.sum_cell(key, MEAN, total, int(rows.sum()), signed=bool((values < 0).any()))
        return at, people.sum(frozenset({(name, ANSWERED)}) | column)[1] / scale

    def _printed_mean(self, table: Table, number: int) -> float:
        row = next(at for at, head in enumerate(table.rows) if head.kind == MEAN)
        mean = float(table.percent[row, number])
        return 0.0 if np.isnan(mean) else mean if self.exact else round(mean, MEAN_DECIMALS)

    def _missed(
        self, key: Key, parts: Mapping[str, float], found: Mapping[str, int]
    ) -> tuple[int, float]:
        """Add a sum over answers that would be 0 but for rounding, in people; return its base too.

        In people: of sums of next to nothing the programmes would know nothing.
        """
        scale = max(map(abs, parts.values()), default=0.0)
        scale = scale if scale > _NOTHING else 1.0
        by_cell = {
            found[code]: part / scale if abs(part) > _SLIGHT * scale else 0.0
            for code, part in parts.items()
        }
        value = sum(part * self.cells.value[at] for at, part in by_cell.items())
        people = sum(self.cells.count[at] for at in by_cell)
        at = self.cells.sum_cell(key, MEAN, value, people, signed=True)
        self.cells.relate({**by_cell, at: -1.0})
        return at, sum(self.cells.value[one] for one in by_cell) / scale

    def _tells(self, table: Table, row: int, number: int | None) -> bool:
        """Tell whether a standard deviation of scores is printed."""
        scores = table.question.kind != "number" and number is not None
        return scores and not np.isnan(table.percent[row, number])

    def _deviation(
        self, table: Table, column: Key, found: Mapping[str, int], place: tuple[int, int]
    ) -> int:
        """Add by how much squared distances from the printed mean miss the printed deviation."""
        key = frozenset({(table.question.name, DEVIATION)}) | column
        mean = self._printed_mean(table, place[1])
        people = sum(self.cells.count[found[code]] for code in _scores(table))
        deviation = float(table.percent[place])
        # The reader is taken to know how many people have a score.
        least, most = shown_deviation(deviation, people, exact=self.exact)
        middle = (least + most) / 2
        parts = {code: (score - mean) ** 2 - middle for code, score in _scores(table).items()}
        at, base = self._missed(key, parts, found)
        self._show(at, ((least - middle) * base, (most - middle) * base))
        return at


def _scores(table: Table) -> dict[str, float]:
    return {one.code: one.score for one in table.question.categories if one.score is not None}
