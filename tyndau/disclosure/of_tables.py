"""Tables as relations: which cells of a volume are the same people, and which add up to others.

In: tables of one population, the people that they were counted from. Out: `Linked`: a cell for
every number of people that any of the tables shows, its relations, and where it stands. Answers of
a single response add to their base; columns of a banner add to the total, with those who are in
none of them; the total is the same in every table of a question; a routed question's base is made
of answers to another; a banner may group the categories of another; a mean is a sum over answers. A
new kind of row or column is a method of `_Builder`; nothing else here knows tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyndau.disclosure.cells import Cells
from tyndau.disclosure.people import ANSWERED, NO_ANSWER, OUTSIDE, Condition, Key, People
from tyndau.disclosure.printed import MEAN_DECIMALS, shown_base, shown_mean, shown_share
from tyndau.disclosure.relations import Booleans, Floats, Integers, Relations
from tyndau.tabulation.table import ColumnHead, Table

# What is lost with a cell, in answers of a column.
_TOTAL_LOSS, _BASE_LOSS, _MEAN_LOSS, _QUOTED_LOSS = 15.0, 15.0, 2.0, 8.0
_MEAN = "mean"
_SILENT, _WHOLE = "silent", "whole"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number that a text quotes from a table.

    Attributes
    ----------
    question : str
        The question.
    answers : tuple of str
        Codes of its rows; of several their sum is quoted.
    column : Condition or None
        Variable and code of the column; None for the total.
    decimals : int
        Digits that are printed.
    """

    question: str
    answers: tuple[str, ...]
    column: Condition | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """The cells of a volume. N cells; tables of R rows and C columns.

    Attributes
    ----------
    relations : Relations
        What is known of them.
    keys : tuple of frozenset
        Whom each cell counts.
    count : ndarray of int, shape (N,)
        People, unweighted.
    effective : ndarray of float, shape (N,)
        Kish's effective number of them.
    others : ndarray of int, shape (N,)
        Of a multiple response those who were asked and did not choose the answer; -1 elsewhere.
    loss : ndarray of float, shape (N,)
        What is lost with each.
    base, whole, mean, outside, silent : ndarray of bool, shape (N,)
        Bases of columns, and those of questions that everybody was asked; means; people in no
        column, and how many of them were asked at all.
    places : tuple of ndarray of int, shape (R, C)
        For each table the cell of every answer and mean.
    bases : tuple of ndarray of int, shape (C,)
        For each table the cell of every column's base.
    """

    relations: Relations
    keys: tuple[Key, ...]
    count: NDArray[np.int64]
    effective: Floats
    others: NDArray[np.int64]
    loss: Floats
    base: Booleans
    whole: Booleans
    mean: Booleans
    outside: Booleans
    silent: Booleans
    places: tuple[Integers, ...]
    bases: tuple[Integers, ...]


def link(
    tables: Sequence[Table],
    people: People,
    *,
    exact: bool = False,
    quoted: Iterable[Quoted] = (),
) -> Linked:
    """Find the cells of tables and their relations.

    Parameters
    ----------
    tables : sequence of Table
        Tables of one population, as they were counted.
    people : People
        Its respondents.
    exact : bool, default False
        Whether a reader sees unrounded numbers; else percentages as whole numbers and means with
        two decimals, as every file of an edition shows them.
    quoted : iterable of Quoted, optional
        What a text quotes: hidden last, and known to the reader.

    Returns
    -------
    Linked
        Cells that are the same people are one cell, wherever they stand.
    """
    builder = _Builder(people, exact, {table.question.name: table for table in tables})
    for table in tables:
        builder.add(table)
    builder.route()
    builder.lead()
    builder.nest()
    for one in quoted:
        builder.quote(one)
    cells = builder.cells
    return Linked(
        relations=cells.relations(),
        keys=tuple(cells.at),
        count=np.array(cells.count, dtype=np.int64),
        effective=np.array(cells.effective, dtype=np.float64),
        others=np.array(cells.others, dtype=np.int64),
        loss=np.array(cells.loss, dtype=np.float64),
        base=cells.kind("base"),
        whole=cells.kind(_WHOLE),
        mean=cells.kind(_MEAN),
        outside=cells.kind(OUTSIDE),
        silent=cells.kind(_SILENT),
        places=tuple(builder.places),
        bases=tuple(builder.bases),
    )


@dataclass(slots=True, eq=False)
class _Builder:
    """Goes through tables and collects their cells."""

    people: People
    exact: bool
    tables: Mapping[str, Table]
    cells: Cells = field(init=False)
    laid: list[Table] = field(default_factory=list)
    places: list[Integers] = field(default_factory=list)
    bases: list[Integers] = field(default_factory=list)
    # Banner variables of which nobody is in two columns.
    single: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cells = Cells(self.people)

    def add(self, table: Table) -> None:
        """Add a table."""
        asked = self.people.asked(table.question.name)
        columns = [self.column(table, head) for head in table.columns]
        bases = np.array([self.base(asked | column) for column in columns], dtype=np.intp)
        places = np.full((len(table.rows), len(columns)), -1, dtype=np.intp)
        if not asked:
            self.cells.kinds.setdefault(_WHOLE, set()).update(bases.tolist())
        for number, column in enumerate(columns):
            places[:, number] = self.fill(table, column, int(bases[number]), number)
        for number, group in enumerate(table.groups):
            heads = enumerate(table.columns)
            inside = [at for at, head in heads if head.group == number]
            self.group(table, group.name, asked, places, bases, inside)
        self.laid.append(table)
        self.places.append(places)
        self.bases.append(bases)

    def column(self, table: Table, head: ColumnHead) -> Key:
        """Return the conditions of a column; none for the total."""
        if head.group < 0:
            return frozenset()
        return frozenset({(table.groups[head.group].name, head.code)})

    def base(self, key: Key) -> int:
        """Add a base that is shown above a column."""
        at = self.cells.cell(key, "base")
        self.cells.show(at, shown_base(self.cells.value[at], self.people.unit, exact=self.exact))
        self.cells.worth(at, _BASE_LOSS)
        return at

    def fill(self, table: Table, column: Key, base: int, number: int | None) -> list[int]:
        """Add the rows of a column and how they make its base; a column that is not shown too."""
        name, cells = table.question.name, {}
        for row, head in enumerate(table.rows):
            if head.kind == _MEAN:
                continue
            kind = "answer" if number is not None else OUTSIDE
            at = self.cells.cell(frozenset({(name, head.code)}) | column, kind)
            if table.question.kind == "multiple" and head.kind == "answer":
                self.cells.others[at] = self.cells.count[base] - self.cells.count[at]
            if number is not None:
                self.show_share(at, float(table.percent[row, number]), base)
                self.cells.worth(at, 1 if column else _TOTAL_LOSS)
            cells[head.code] = at
        self.rows(table, cells, base)
        return [
            self.mean(table, column, cells, number) if head.kind == _MEAN else cells[head.code]
            for head in table.rows
        ]

    def show_share(self, at: int, percent: float, base: int, decimals: int = 0) -> None:
        """Note what a percentage tells of a cell."""
        known = self.cells.low[base], self.cells.high[base]
        shown = shown_share(
            self.cells.value[at], percent, known,
            people=not self.people.unit, exact=self.exact, decimals=decimals,
        )  # fmt: skip
        self.cells.show(at, shown)

    def rows(self, table: Table, cells: Mapping[str, int], base: int) -> None:
        """Relate the answers of a column to its base."""
        if table.question.kind == "single":
            self.cells.add_up(cells.values(), base)
        elif table.question.kind == "multiple":
            alone = {one.code for one in table.question.categories if one.exclusive} | {NO_ANSWER}
            lonely = [at for code, at in cells.items() if code in alone]
            for code, at in cells.items():
                if code not in alone:
                    self.cells.add_up([at, *lonely], base, -np.inf, 0.0)
            self.cells.add_up(lonely, base, -np.inf, 0.0)
            self.cells.add_up(cells.values(), base, 0.0, np.inf)
        else:
            self.cells.add_up(cells.values(), base, -np.inf, 0.0)

    def mean(self, table: Table, column: Key, cells: Mapping[str, int], number: int | None) -> int:
        """Add a mean: the sum of numbers, or by how much scores miss the mean that is printed."""
        name = table.question.name
        key = frozenset({(name, _MEAN)}) | column
        if table.question.kind == "number":
            at, base = self.numbers(key, name, column)
        elif number is None:
            return -1
        else:
            at, base = self.scores(key, table, number, cells)
        if number is not None:
            shown = shown_mean(self.cells.value[at], base, exact=self.exact)
            self.cells.show(at, shown)
            self.cells.worth(at, _MEAN_LOSS)
        return at

    def numbers(self, key: Key, name: str, column: Key) -> tuple[int, float]:
        """Add a sum of numbers, in people of the mean of all; return its base in that unit too."""
        given = self.people.frame[name]
        values = self.people.weights * np.where(given.answered, given.values, 0.0)
        everybody = float(self.people.weights[given.answered].sum())
        scale = abs(float(values.sum())) / (everybody or 1.0) or 1.0
        rows = self.people.rows(column) & given.answered
        total = float(values[rows].sum()) / scale
        at = self.cells.sum_cell(
            key, _MEAN, total, int(rows.sum()), signed=bool((values < 0).any())
        )
        return at, self.people.sum(frozenset({(name, ANSWERED)}) | column)[1] / scale

    def scores(
        self, key: Key, table: Table, number: int, cells: Mapping[str, int]
    ) -> tuple[int, float]:
        """Add what scores miss the printed mean by, which rounding bounds; return its base too."""
        row = next(at for at, head in enumerate(table.rows) if head.kind == _MEAN)
        mean = float(table.percent[row, number])
        mean = 0.0 if np.isnan(mean) else mean if self.exact else round(mean, MEAN_DECIMALS)
        parts = {
            cells[one.code]: one.score - mean
            for one in table.question.categories
            if one.score is not None
        }
        missed = sum(part * self.cells.value[at] for at, part in parts.items())
        people = sum(self.cells.count[at] for at in parts)
        at = self.cells.sum_cell(key, _MEAN, missed, people, signed=True)
        self.cells.relate({**parts, at: -1.0})
        return at, sum(self.cells.value[one] for one in parts)

    def group(
        self,
        table: Table,
        name: str,
        asked: Key,
        places: Integers,
        bases: Integers,
        inside: Sequence[int],
    ) -> None:
        """Relate the columns of one variable to the total."""
        together = np.vstack([places, bases])
        if self.people.frame[name].variable.kind == "multiple":
            for line in together:
                for at in line[inside]:
                    self.cells.add_up([int(at)], int(line[0]), -np.inf, 0.0)
            return
        self.single[name] = None
        column = frozenset({(name, OUTSIDE)})
        outside: list[int | None] = [None] * len(together)
        if self.people.rows(asked | column).any():
            base = self.cells.cell(asked | column, OUTSIDE)
            self.cells.cell(asked | column, _SILENT)
            # The variable's own table tells how many they are, and so may a reader know.
            self.cells.show(base, (self.cells.value[base], self.cells.value[base]))
            self.cells.worth(base, _BASE_LOSS)
            outside = [*self.fill(table, column, base, None), base]
        for line, other, head in zip(together, outside, [*table.rows, None], strict=True):
            scores = head is not None and head.kind == _MEAN and table.question.kind != "number"
            if not scores:  # what scores miss a mean by adds to nothing
                parts = [*map(int, line[inside]), *([] if other is None else [other])]
                self.cells.add_up(parts, int(line[0]))

    def route(self) -> None:
        """Relate the base of each routed question to the answers that lead to it."""
        questions = [one for one, table in self.tables.items() if table.question.kind == "single"]
        done: set[Key] = set()
        for name in self.tables:
            asked = self.people.asked(name)
            if not asked or asked in done:
                continue
            done.add(asked)
            for answers, exact in self.people.unions(asked, questions):
                for key in [one for one in self.cells.at if asked <= one]:
                    parts = [self.cells.at.get(frozenset({one}) | (key - asked)) for one in answers]
                    if all(part is not None for part in parts):
                        most = 0.0 if exact else np.inf
                        known = [part for part in parts if part is not None]
                        self.cells.add_up(known, self.cells.at[key], 0.0, most)

    def lead(self) -> None:
        """Relate the base of each routed question to all people of its column.

        Those who were not asked are a cell as well, which the difference of both bases tells.
        """
        for table, bases in zip(self.laid, self.bases, strict=True):
            asked = self.people.asked(table.question.name)
            for head, at in zip(table.columns, bases, strict=True):
                whole = self.cells.at.get(self.column(table, head))
                if asked and whole is not None and whole != at:
                    self.cells.add_up([int(at)], whole, -np.inf, 0.0)
                    if head.group >= 0 and self.cells.count[at]:
                        self.cells.others[at] = self.cells.count[whole] - self.cells.count[at]

    def nest(self) -> None:
        """Relate categories of a banner variable to those of another that they are made of."""
        for whole, parts in self.people.nested(self.single):
            for key in [one for one in self.cells.at if whole in one]:
                rest = key - {whole}
                fine = [self.cells.at.get(rest | {part}) for part in parts]
                scores = any(code == _MEAN and self._scored(name) for name, code in rest)
                if all(part is not None for part in fine) and not scores:
                    known = [part for part in fine if part is not None]
                    self.cells.add_up(known, self.cells.at[key])

    def _scored(self, name: str) -> bool:
        return name in self.tables and self.tables[name].question.kind != "number"

    def quote(self, quoted: Quoted) -> None:
        """Add what a text quotes: a cell that is hidden last, or a sum that is printed."""
        column = frozenset({quoted.column} if quoted.column else ())
        parts = [
            self.cells.at.get(frozenset({(quoted.question, code)}) | column)
            for code in quoted.answers
        ]
        base = self.cells.at.get(self.people.asked(quoted.question) | column)
        known = [part for part in parts if part is not None]
        if base is None or len(known) < len(parts):
            return
        for part in known:
            self.cells.worth(part, _QUOTED_LOSS)
        value = sum(self.cells.value[part] for part in known)
        whole = known[0]
        if len(known) > 1:
            key = frozenset({(quoted.question, "+".join(quoted.answers))}) | column
            whole = self.cells.sum_cell(key, "quoted", value, 0, signed=False)
            self.cells.add_up(known, whole)
        if whole not in self.cells.kinds.get(_MEAN, ()):
            percent = 100 * value / (self.cells.value[base] or 1)
            self.show_share(whole, percent, base, quoted.decimals)
