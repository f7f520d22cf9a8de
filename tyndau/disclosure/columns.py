"""The columns of tables: how they add up to each other, whatever they are made of.

In: tables, one after the other. Out: cells and relations in `Cells`. The columns of a variable add
to what they are nested in, with those who are in none of them; of a variable of several answers
each leaves some out; a group may be made of the columns of another. A table that is limited to some
shows some of the people of the one that is not: those that it leaves out are people as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from tyndau.disclosure.cells import Cells
from tyndau.disclosure.people import NOT, OUTSIDE, Condition, Key, People
from tyndau.disclosure.printed import shown_base
from tyndau.disclosure.relations import Booleans, Integers
from tyndau.disclosure.rows import DEVIATION, MEAN, Rows
from tyndau.study.model import factors
from tyndau.study.schema import NESTED
from tyndau.tabulation.table import Table

BASE, SILENT = "base", "silent"
_BASE_LOSS = 15.0

# The cells of a column of one question, by code of the row, its base last.
Line = dict[str, int]


def column_of(name: str, code: str) -> Key:
    """Return the conditions of a banner's column.

    Parameters
    ----------
    name, code : str
        The variable, or those that are nested, and the answer, or answers, with ``*`` between them.

    Returns
    -------
    frozenset of Condition
        One for each variable.
    """
    return frozenset(zip(factors(name), code.split(NESTED), strict=True))


@dataclass(slots=True, eq=False)
class Columns:
    """Collects the columns of tables.

    Attributes
    ----------
    cells : Cells
        What was found so far.
    exact : bool
        Whether a reader sees unrounded numbers.
    rows : Rows
        What fills a column.
    laid : list of (Table, Key, list of Key)
        The tables, to whom each is limited, and its columns.
    """

    cells: Cells
    exact: bool
    rows: Rows = field(init=False)
    laid: list[tuple[Table, Key, list[Key]]] = field(default_factory=list)
    _lines: dict[str, dict[Key, Line]] = field(default_factory=dict)
    # Groups of columns of which nobody is in two.
    _apart: dict[tuple[Key, ...], None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin without cells."""
        self.rows = Rows(self.cells, self.exact)

    @property
    def people(self) -> People:
        """Who is counted."""
        return self.cells.people

    def add(self, table: Table) -> Integers:
        """Add the columns of a table.

        Parameters
        ----------
        table : Table
            The table.

        Returns
        -------
        ndarray of int, shape (C, R + 1)
            The cells of its columns, their bases last.
        """
        scope: Key = frozenset()
        if table.limit:
            scope = self.people.among(table.limit.condition.holds(self.people.frame))
        heads = [
            scope | column_of(table.groups[head.group].name, head.code)
            if head.group >= 0
            else scope
            for head in table.columns
        ]
        shown = [self._shown(table, column, number) for number, column in enumerate(heads)]
        for number, group in enumerate(table.groups):
            self._group(table, factors(group.name), scope)
            parts = [
                column
                for head, column in zip(table.columns, heads, strict=True)
                if head.group == number
            ]
            if all(self._single(name) for name in factors(group.name)):
                self._apart[tuple(parts)] = None
        self.laid.append((table, scope, heads))
        return np.array(shown, dtype=np.intp)

    def _single(self, name: str) -> bool:
        return self.people.frame[name].variable.kind != "multiple"

    def _shown(self, table: Table, column: Key, number: int) -> list[int]:
        """Add a column that a table shows."""
        cells = self.cells
        base = cells.cell(self.people.asked(table.question.name) | column, BASE)
        cells.show(base, shown_base(cells.value[base], self.people.unit, exact=self.exact))
        cells.worth(base, _BASE_LOSS)
        filled = [*self.rows.fill(table, column, base, number), base]
        self._keep(table, column, filled)
        return filled

    def _line(self, table: Table, column: Key) -> Line:
        """Return a column, which no table shows but others are made of."""
        known = self._lines.setdefault(table.question.name, {})
        if column not in known:
            silent = any(code == OUTSIDE for _, code in column)
            asked = self.people.asked(table.question.name)
            base = self.cells.cell(asked | column, OUTSIDE if silent else BASE)
            if silent:
                self.cells.cell(asked | column, SILENT)
            if silent and not asked and len(column) == 1:
                # The variable's own table tells how many they are, and so may a reader know.
                self.cells.show(base, (self.cells.value[base], self.cells.value[base]))
                self.cells.worth(base, _BASE_LOSS)
            self._keep(table, column, [*self.rows.fill(table, column, base, None), base])
        return known[column]

    def _keep(self, table: Table, column: Key, filled: Sequence[int]) -> None:
        """Keep the cells of a column that add up: what scores miss a mean by adds to nothing."""
        sums = table.question.kind == "number"
        codes = [head.code for head in table.rows if head.is_share or (sums and head.kind == MEAN)]
        by_code = dict(zip([head.code for head in table.rows], filled, strict=False))
        line = {code: by_code[code] for code in codes}
        line[BASE] = filled[-1]
        self._lines.setdefault(table.question.name, {}).setdefault(column, {}).update(line)

    def _group(self, table: Table, names: Sequence[str], parent: Key) -> None:
        """Relate the columns of a variable to what they are nested in."""
        name, *inner = names
        whole = self._line(table, parent)
        parts = []
        for code in self.people.frame[name].variable.codes:
            column = parent | {(name, code)}
            parts.append(self._line(table, column))
            if inner:
                self._group(table, inner, column)
        nobody = frozenset({(name, OUTSIDE)}) | parent
        if self.people.rows(self.people.asked(table.question.name) | nobody).any():
            parts.append(self._line(table, nobody))
        if self._single(name):
            self._add_up(parts, whole)
        else:
            self._overlap(table, name, parent)

    def _add_up(
        self, parts: Sequence[Line], whole: Line, least: float = 0.0, most: float = 0.0
    ) -> None:
        for code, at in whole.items():
            if all(code in part for part in parts):
                self.cells.add_up([part[code] for part in parts], at, least, most)

    def _overlap(self, table: Table, name: str, parent: Key) -> None:
        """Relate columns of a variable of several answers: who is not in one is elsewhere."""
        whole = self._line(table, parent)
        parts = []
        outside = self._lines[table.question.name].get(parent | {(name, OUTSIDE)})
        for code in self.people.frame[name].variable.codes:
            inside = self._line(table, parent | {(name, code)})
            left = self._line(table, parent | {(name, NOT + code)})
            self._add_up([inside, left], whole)
            parts.append(inside)
            if outside and table.question.kind != "number":
                self._add_up([outside], left, -np.inf, 0.0)
        if table.question.kind != "number":
            self._add_up([*parts, *([outside] if outside else [])], whole, 0.0, np.inf)

    def is_missed(self, key: Key) -> bool:
        """Tell whether a cell is what scores miss a mean or a deviation by, which adds to nothing.

        Parameters
        ----------
        key : frozenset of Condition
            Whom it counts.

        Returns
        -------
        bool
            True where such cells of several columns say nothing of each other.
        """
        return any(
            code in (MEAN, DEVIATION) and self.people.frame[name].variable.kind != "number"
            for name, code in key
            if name in self.people.frame
        )

    def relate(self) -> None:
        """Relate columns of different groups and tables, once all are there."""
        # The table of everybody has a row for all who gave no answer.
        tables = {
            table.question.name: table
            for table, _, _ in sorted(self.laid, key=lambda one: len(one[0].rows))
        }
        for name, table in tables.items():
            filters = dict.fromkeys(
                one for other, scope, _ in self.laid if other.question.name == name for one in scope
            )
            if filters:
                self._limit(table, list(filters))
        for whole, parts in self._made():
            for line in self._lines.values():
                if whole in line and all(part in line for part in parts):
                    self._add_up([line[part] for part in parts], line[whole])

    def _made(self) -> Iterator[tuple[Key, list[Key]]]:
        """Find columns that are made of those of a group, such as age groups of ages."""
        columns = {column for line in self._lines.values() for column in line if column}
        for group in self._apart:
            for whole in sorted(columns.difference(group), key=sorted):
                parts = self.people.made_of(whole, group)
                if parts:
                    yield whole, parts

    def _limit(self, table: Table, filters: Sequence[Condition]) -> None:
        """Relate columns that are limited to some to those that are not, or otherwise."""
        lines = self._lines[table.question.name]
        asked = self.people.rows(self.people.asked(table.question.name))
        atoms = list(self._atoms(asked, filters))
        rests = {key - {one} for key in lines for one in key & set(filters)}
        for rest in sorted(rests, key=sorted):
            held = {one: lines.get(rest | {one}) for one in filters}
            seen = [one for one in held.values() if one is not None]
            whole = lines.get(rest)
            if len(seen) + (whole is not None) < 2:
                continue
            parts = [
                (self._line(table, rest | atom), within)
                for atom, within in atoms
                if within or whole is not None
            ]
            if whole is not None:
                self._add_up([part for part, _ in parts], whole)
            for one, line in held.items():
                if line is not None:
                    self._add_up([part for part, within in parts if one in within], line)

    def _atoms(
        self, asked: Booleans, filters: Sequence[Condition]
    ) -> Iterator[tuple[Key, set[Condition]]]:
        """Divide people by which filters they pass; yield each part with those filters."""
        passed = [self.people.members(one) & asked for one in filters]
        for kind in np.unique(np.array(passed)[:, asked], axis=1).T:
            rows = reduce(
                np.logical_and,
                (one if inside else asked & ~one for one, inside in zip(passed, kind, strict=True)),
            )
            same = [one for one, some in zip(filters, passed, strict=True) if (some == rows).all()]
            key = frozenset(same[:1]) if same else self.people.among(rows)
            yield key, {one for one, inside in zip(filters, kind, strict=True) if inside}
