"""The published volume: every printed cell of its tables, typed.

In: a CSV file, a row a printed cell (``COLUMNS``), in any encoding and with any separator that
`tyndau.interchange` reads. Out: `PublishedVolume`. Figures stay exact (fractions with the number
of decimals printed). Nothing is corrected here: a volume may print one number twice or one base
as two; what cannot be read as full tables at all is a user error with its line and column.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal

from tyndau.base.errors import Kind, Place, Problem, UserError
from tyndau.interchange.csv import read_csv
from tyndau.interchange.table import RawTable
from tyndau.proofing import problems

TOTAL = "total"
COLUMNS = (
    "table", "question", "kind", "banner", "column", "column_label", "base", "low_base_marked",
    "code", "label_ru", "percent",
)  # fmt: skip

Cell = tuple[str, str]
Response = Literal["single", "multi"]

_KINDS: Mapping[str, Response] = {"single": "single", "multi": "multi", "multiple": "multi"}


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column of a published table.

    Attributes
    ----------
    code, label : str
        Its code, ``total`` for the total; what is printed above it.
    base : int
        The printed base.
    marked : bool
        Whether the print marks the base as low.
    line : int
        Line of the file where it stands first.
    """

    code: str
    label: str
    base: int
    marked: bool
    line: int


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One printing of one table.

    Attributes
    ----------
    number : str
        Its number in the volume; two printings may share one.
    question : str
        The question's variable.
    kind : {"single", "multi"}
        Whether one answer was given or several.
    banner : str
        What its columns are.
    columns : dict of str to PrintedColumn
        By code, in print order, the total among them.
    answers : dict of str to str
        What is printed before each row, by the answer's code, in print order.
    percent : dict of (str, str) to Fraction
        The printed figure by (answer, column).
    half : Fraction
        Half a unit of the last printed digit.
    """

    number: str
    question: str
    kind: Response
    banner: str
    columns: Mapping[str, PrintedColumn]
    answers: Mapping[str, str]
    percent: Mapping[Cell, Fraction]
    half: Fraction

    @property
    def parts(self) -> tuple[str, ...]:
        """Codes of the columns but the total, in print order."""
        return tuple(code for code in self.columns if code != TOTAL)

    @property
    def total_base(self) -> int:
        """The printed base of the total."""
        return self.columns[TOTAL].base


@dataclass(frozen=True, slots=True)
class PublishedVolume:
    """A published volume of tables.

    Attributes
    ----------
    path : str
        The file as the user named it.
    tables : tuple of PublishedTable
        In the order of the file.
    """

    path: str
    tables: tuple[PublishedTable, ...]

    @property
    def cells(self) -> int:
        """How many cells are printed."""
        return sum(len(table.percent) for table in self.tables)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    key: tuple[str, str, str]
    kind: Response
    column: str
    column_label: str
    base: int
    marked: bool
    code: str
    label: str
    percent: Fraction
    decimals: int


@dataclass(slots=True)
class _Reader:
    path: str
    found: list[Problem] = field(default_factory=list)

    def wrong(self, kind: Kind, line: int, at: str, /, **values: object) -> None:
        self.found.append(kind.at(Place(self.path, row=line, column=at), **values))

    def stop(self) -> None:
        if self.found:
            raise UserError(*self.found)

    def base(self, line: int, text: str) -> int:
        if text.isascii() and text.isdigit() and int(text) > 0:
            return int(text)
        self.wrong(problems.VALUE, line, "base", got=text, expected=problems.WHOLE_NUMBER)
        return 0

    def marked(self, line: int, text: str) -> bool:
        if text not in ("", "0", "1"):
            self.wrong(problems.VALUE, line, "low_base_marked", got=text, expected="0, 1")
        return text == "1"

    def kind(self, line: int, text: str) -> Response:
        if text not in _KINDS:
            self.wrong(problems.VALUE, line, "kind", got=text, expected="single, multi")
        return _KINDS.get(text, "single")

    def percent(self, line: int, text: str) -> tuple[Fraction, int]:
        plain = text.removesuffix("%").strip().replace(",", ".")
        whole, _, decimals = plain.partition(".")
        if (whole + decimals).isascii() and (whole + decimals).isdigit() and whole:
            value = Fraction(plain.removesuffix("."))
            if value <= 100:
                return value, len(decimals)
        self.wrong(problems.VALUE, line, "percent", got=text, expected=problems.PERCENTAGE)
        return Fraction(0), 0

    def row(self, line: int, cell: Mapping[str, str]) -> _Row:
        for name in ("table", "question", "banner", "column", "code"):
            if not cell[name]:
                self.wrong(problems.VALUE, line, name, got="", expected=problems.SOMETHING)
        percent, decimals = self.percent(line, cell["percent"])
        return _Row(
            line, (cell["table"], cell["question"], cell["banner"]), self.kind(line, cell["kind"]),
            cell["column"], cell["column_label"], self.base(line, cell["base"]),
            self.marked(line, cell["low_base_marked"]), cell["code"], cell["label_ru"],
            percent, decimals,
        )  # fmt: skip


def parse_published(raw: RawTable) -> PublishedVolume:
    """Make a volume of the rows of a file.

    A table ends where the number, question or banner changes, or where a cell comes back that it
    has already: then the table is printed again.

    Parameters
    ----------
    raw : RawTable
        The rows, with the columns of `COLUMNS` in any order; others are left alone.

    Returns
    -------
    PublishedVolume
        The volume.

    Raises
    ------
    UserError
        With every problem found: missing columns, values that cannot be read, tables without a
        total or with cells missing, shares in the place of percentages.
    """
    missing = [name for name in COLUMNS if name not in raw.columns]
    if missing:
        raise problems.MISSING_COLUMNS.error(
            Place(raw.file), missing=missing, expected=list(COLUMNS)
        )
    reader = _Reader(raw.file)
    columns = [raw.columns[name] for name in COLUMNS]
    read = [
        reader.row(
            int(line), {column.name: column.levels[column.index[i]].strip() for column in columns}
        )
        for i, line in enumerate(raw.lines)
    ]
    reader.stop()
    if not read:
        raise problems.NO_CELLS.error(Place(raw.file))
    if all(row.percent <= 1 for row in read) and any(row.decimals for row in read):
        raise problems.SHARES.error(Place(raw.file, column="percent"))
    tables = tuple(_table(reader, group) for group in _printings(read))
    reader.stop()
    return PublishedVolume(raw.file, tables)


def _printings(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Part the rows where the next printing of a table begins."""
    group: list[_Row] = []
    cells: set[Cell] = set()
    for row in rows:
        cell = (row.code, row.column)
        if group and (row.key != group[0].key or cell in cells):
            yield group
            group, cells = [], set()
        group.append(row)
        cells.add(cell)
    yield group


def _table(reader: _Reader, rows: Sequence[_Row]) -> PublishedTable:
    first = rows[0]
    number, question, banner = first.key
    columns: dict[str, PrintedColumn] = {}
    for row in rows:
        column = columns.setdefault(
            row.column,
            PrintedColumn(
                row.column, row.column_label or row.column, row.base, row.marked, row.line
            ),
        )
        for name, got, before in (("base", row.base, column.base), ("kind", row.kind, first.kind)):
            if got != before:
                reader.wrong(
                    problems.UNSTEADY, row.line, name, table=number, column=row.column,
                    got=got, before=before, line=column.line,
                )  # fmt: skip
    answers: dict[str, str] = {}
    for row in rows:
        answers.setdefault(row.code, row.label or row.code)
    percent = {(row.code, row.column): row.percent for row in rows}
    if TOTAL not in columns:
        reader.wrong(problems.NO_TOTAL, first.line, "column", table=number)
    lacking = [(a, c) for a in answers for c in columns if (a, c) not in percent]
    if lacking:
        code, lacks = lacking[0]
        reader.wrong(
            problems.LACKING, first.line, "", table=number, count=len(lacking), code=code,
            column=lacks,
        )  # fmt: skip
    half = Fraction(1, 2 * 10 ** max(row.decimals for row in rows))
    return PublishedTable(number, question, first.kind, banner, columns, answers, percent, half)


def read_published(path: Path) -> PublishedVolume:
    """Read a published volume from a CSV file.

    Parameters
    ----------
    path : Path
        The file: UTF-8 or Windows-1251, commas or semicolons, decimal points or commas.

    Returns
    -------
    PublishedVolume
        The volume.

    Raises
    ------
    UserError
        If the file cannot be read as CSV, or as `parse_published` says.
    """
    return parse_published(read_csv(path))
