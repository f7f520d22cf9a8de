"""Tables as relations: which cells of a volume are the same people, and which add up to others.

In: tables of one population, the people that they were counted from. Out: `Linked`: a cell for
every number of people that any of the tables shows, its relations, and where it stands. What holds
within a column is `tyndau.disclosure.rows`, what holds between columns `tyndau.disclosure.columns`.
Here cells of different questions meet: a routed question's base, and a filter's, is made of answers
to another; the total is the same in every table of a question.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyndau.disclosure.cells import Cells
from tyndau.disclosure.columns import BASE, SILENT, Columns, column_of
from tyndau.disclosure.people import OUTSIDE, Condition, Key, People
from tyndau.disclosure.relations import Booleans, Floats, Integers, Relations
from tyndau.disclosure.rows import ANSWER, MEAN, NET
from tyndau.tabulation.table import Table

# What is lost with a number that a text quotes, in answers of a column.
_QUOTED_LOSS = 8.0
_WHOLE = "whole"


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
    others : ndarray of float, shape (N,)
        Effective number of those who, of a multiple response, were asked and did not choose the
        answer; of the base of a routed question, the fewest of a larger base who were not asked.
        Infinite elsewhere, and where there are none.
    loss : ndarray of float, shape (N,)
        What is lost with each.
    base, whole, net, mean, outside, silent : ndarray of bool, shape (N,)
        Bases of columns, and those of questions that everybody was asked; nets; means and standard
        deviations; people in no column, or in one that no table shows, and how many are in none.
    answer : ndarray of bool, shape (N,)
        Answers to questions, bases of routed questions among them.
    places : tuple of ndarray of int, shape (R, C)
        For each table the cell of every answer and mean.
    bases : tuple of ndarray of int, shape (C,)
        For each table the cell of every column's base.
    unlimited : tuple of int
        Which tables show everybody who was asked.
    """

    relations: Relations
    keys: tuple[Key, ...]
    count: NDArray[np.int64]
    effective: Floats
    others: Floats
    loss: Floats
    base: Booleans
    whole: Booleans
    net: Booleans
    mean: Booleans
    outside: Booleans
    silent: Booleans
    answer: Booleans
    places: tuple[Integers, ...]
    bases: tuple[Integers, ...]
    unlimited: tuple[int, ...]


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
    builder.finish()
    for one in quoted:
        builder.quote(one)
    cells = builder.cells
    shown = cells.kind(ANSWER) | cells.kind(BASE)
    return Linked(
        relations=cells.relations(),
        keys=tuple(cells.at),
        count=np.array(cells.count, dtype=np.int64),
        effective=np.array(cells.effective, dtype=np.float64),
        others=np.array(cells.others, dtype=np.float64),
        loss=np.array(cells.loss, dtype=np.float64),
        base=cells.kind(BASE),
        whole=cells.kind(_WHOLE),
        net=cells.kind(NET),
        mean=cells.kind(MEAN),
        outside=cells.kind(OUTSIDE) & ~shown,
        silent=cells.kind(SILENT),
        answer=cells.kind(ANSWER) | cells.kind(OUTSIDE),
        places=tuple(builder.places),
        bases=tuple(builder.bases),
        unlimited=tuple(at for at, table in enumerate(tables) if not table.limited),
    )


@dataclass(slots=True, eq=False)
class _Builder:
    """Goes through tables and collects their cells."""

    people: People
    exact: bool
    tables: Mapping[str, Table]
    cells: Cells = field(init=False)
    columns: Columns = field(init=False)
    places: list[Integers] = field(default_factory=list)
    bases: list[Integers] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = Cells(self.people)
        self.columns = Columns(self.cells, self.exact)

    def add(self, table: Table) -> None:
        """Add a table."""
        lines = self.columns.add(table)
        bases = lines[:, -1]
        if not self.people.asked(table.question.name) and not table.limited:
            self.cells.kinds.setdefault(_WHOLE, set()).update(bases.tolist())
        self.places.append(lines[:, :-1].T)
        self.bases.append(bases)

    def finish(self) -> None:
        """Relate what stands in different tables."""
        self.columns.relate()
        self.route()
        self.lead()

    def route(self) -> None:
        """Relate the base of each routed question, and of each filter, to answers to others."""
        questions = [one for one, table in self.tables.items() if table.question.kind == "single"]
        asked = [self.people.asked(name) for name in self.tables]
        scopes = [scope for _, scope, _ in self.columns.laid]
        wanted = dict.fromkeys(
            [
                *asked,
                *scopes,
                *(
                    self.people.asked(table.question.name) | scope
                    for table, scope, _ in self.columns.laid
                ),
            ]
        )
        known = {one: list(self.people.unions(one, questions)) for one in wanted if one}
        found = [
            (cell, rest, union)
            for some, rest, cell in self.cells.holding(known)
            for union in known[some]
        ]
        for cell, rest, (answers, exact) in found:
            if self.columns.is_missed(rest):
                continue
            parts = [self.cells.at.get(frozenset({one}) | rest) for one in answers]
            if all(part is not None for part in parts):
                some = [part for part in parts if part is not None]
                self.cells.add_up(some, cell, 0.0, 0.0 if exact else np.inf)

    def lead(self) -> None:
        """Relate the base of each routed question to those of questions put to more people.

        Those who were not asked are a cell as well, which the difference of both bases tells: all
        people of a column less those who went to a clinic, those who named a problem less those who
        were asked what became of it.
        """
        askeds = dict.fromkeys([frozenset(), *map(self.people.asked, self.tables)])
        rows = {asked: self.people.rows(asked) for asked in askeds}
        wider = {
            asked: [
                other for other in rows if other != asked and (rows[other] | ~rows[asked]).all()
            ]
            for asked in askeds
        }
        for (table, _, columns), bases in zip(self.columns.laid, self.bases, strict=True):
            asked = self.people.asked(table.question.name)
            for column, at in zip(columns, map(int, bases), strict=True):
                for other in wider[asked]:
                    whole = self.cells.at.get(other | column)
                    if whole is not None and whole != at:
                        self.cells.add_up([at], whole, -np.inf, 0.0)
                        if self.cells.count[at]:
                            self.cells.leave(at, whole)

    def quote(self, quoted: Quoted) -> None:
        """Add what a text quotes: a cell that is hidden last, or a sum that is printed."""
        column = column_of(*quoted.column) if quoted.column else frozenset()
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
        if whole not in self.cells.kinds.get(MEAN, ()):
            percent = 100 * value / (self.cells.value[base] or 1)
            self.columns.rows.show_share(whole, percent, base, quoted.decimals)
