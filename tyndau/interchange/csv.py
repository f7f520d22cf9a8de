"""Reading CSV, whatever Excel in Kazakhstan writes.

In: the bytes of a file. Out: `RawTable` with the line of every row. Encoding and delimiter are
found out; rows that do not fit the header, quotation marks that do not close, names that are
missing or stand twice are errors with their line. No value is interpreted here.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from tyndau.base.errors import Place, Problem, UserError, refusal
from tyndau.base.languages import N_, Message
from tyndau.interchange import problems
from tyndau.interchange.content import wrong_type
from tyndau.interchange.encoding import decode, lost_letters
from tyndau.interchange.findings import Findings
from tyndau.interchange.table import ColumnBuilder, RawColumn, RawTable

_DELIMITERS = ";\t,|"
_PROBED = 200  # lines that tell the delimiter
_CHUNK = 20_000  # rows held as Python strings at a time

_OPEN_QUOTE = N_("a quotation mark is opened and never closed")
_AFTER_QUOTE = N_("a cell goes on after its closing quotation mark")
_SHORT = N_("it has {got} cells of {expected}")


def read_csv(path: Path, *, shown: str = "") -> RawTable:
    """Read a CSV file.

    Parameters
    ----------
    path : Path
        The file.
    shown : str, optional
        The path to show in errors; ``path`` by default.

    Returns
    -------
    RawTable
        Its rows as texts.

    Raises
    ------
    UserError
        If it is not CSV, is cut, or its rows do not fit its header; with file and line.
    """
    shown = shown or str(path)
    try:
        data = path.read_bytes()
    except OSError as fault:
        reason = refusal(fault)
        raise problems.CANNOT_READ.error(Place(file=shown), reason=reason) from fault
    return parse_csv(data, shown)


def parse_csv(data: bytes, file: str) -> RawTable:
    """Read the bytes of a CSV file.

    Parameters
    ----------
    data : bytes
        The file.
    file : str
        The path to show in errors.

    Returns
    -------
    RawTable
        Its rows as texts.

    Raises
    ------
    UserError
        As `read_csv`.
    """
    other = wrong_type(data, "csv")
    if other:
        raise problems.WRONG_TYPE.error(Place(file=file), **other)
    text, encoding = decode(data, file)
    if not text.strip():
        raise problems.EMPTY.error(Place(file=file))
    delimiter, skipped = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    parser = _Parser(reader, file, skipped)
    parser.read()
    return RawTable(
        file,
        "csv",
        np.array(parser.lines, dtype=np.int64),
        parser.columns(),
        (*parser.warnings(), *lost_letters(text, file)),
        {"encoding": encoding, "delimiter": delimiter},
        hashlib.sha256(data).hexdigest(),
    )


def _delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter, and how many lines before the header are not data."""
    head = text[:4].lower()
    if head == "sep=" and len(text) > 5 and text[5] in "\r\n":
        return text[4], 1  # what Excel itself obeys
    lines = list(islice(io.StringIO(text, newline=""), _PROBED))
    return max(_DELIMITERS, key=lambda delimiter: _fitness(lines, delimiter)), 0


def _fitness(lines: list[str], delimiter: str) -> tuple[bool, float, int]:
    """Return how well a delimiter explains the lines: splits the header, fits the rows, width."""
    widths = [len(record) for record in csv.reader(lines, delimiter=delimiter) if record]
    if not widths:
        return False, 0.0, 0
    rows = widths[1:] or widths
    share = sum(width == widths[0] for width in rows) / len(rows)
    return widths[0] > 1, share, widths[0]


class _Parser:
    """Reads records into columns and remembers what is wrong with them."""

    def __init__(self, reader: "Iterator[list[str]]", file: str, skipped: int) -> None:
        self.lines: list[int] = []
        self._reader = reader
        self._file = file
        self._skipped = skipped
        self._findings = Findings()
        self._names: list[str] = []
        self._levels: list[ColumnBuilder] = []
        self._blank = 0
        self._first_blank = 0
        self._short: tuple[int, int] | None = None

    def read(self) -> None:
        """Read all records; raise what is wrong with them."""
        records = self._records()
        header = next(islice(records, self._skipped, None), None)
        if header is None:
            raise problems.EMPTY.error(Place(file=self._file))
        self._names = [name.strip() for name in header[1]]
        self._levels = [ColumnBuilder() for _ in self._names]
        rows: list[list[str]] = []
        for line, record in records:
            self._take(line, record, rows)
            if len(rows) == _CHUNK:
                self._store(rows)
        self._store(rows)
        if self._short:
            line, got = self._short
            values: dict[str, object] = {"got": got, "expected": len(self._names)}
            place = Place(file=self._file, row=line)
            self._findings.add(problems.TRUNCATED, place, reason=Message(_SHORT, values))
        self._check_names()
        self._findings.stop_on_errors()
        if not self.lines:
            raise problems.NO_ROWS.error(Place(file=self._file))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Go through the records with the line on which each begins; empty lines are none."""
        line = 1
        try:
            for record in self._reader:
                if record:
                    yield line, record
                line = self._reader.line_num + 1  # type: ignore[attr-defined]
        except csv.Error as fault:
            raise self._broken(line, str(fault)) from None

    def _broken(self, line: int, said: str) -> UserError:
        place = Place(file=self._file, row=line)
        if "unexpected end of data" in said:
            return problems.TRUNCATED.error(place, reason=Message(_OPEN_QUOTE))
        reason = _OPEN_QUOTE if "field larger" in said else _AFTER_QUOTE
        return problems.QUOTES.error(place, reason=Message(reason))

    def _take(self, line: int, record: list[str], rows: list[list[str]]) -> None:
        width = len(self._names)
        if self._short:  # not the last row after all
            self._add_ragged(*self._short)
            self._short = None
        if len(record) == width and record[0].strip():
            rows.append(record)
            self.lines.append(line)
            return
        if len(record) > width and not any(cell.strip() for cell in record[width:]):
            del record[width:]
        if not any(cell.strip() for cell in record):
            self._blank += 1
            self._first_blank = self._first_blank or line
        elif len(record) < width:
            self._short = (line, len(record))  # cut off, if nothing follows
        elif len(record) > width:
            self._add_ragged(line, len(record))
        else:
            rows.append(record)
            self.lines.append(line)

    def _add_ragged(self, line: int, got: int) -> None:
        place = Place(file=self._file, row=line)
        self._findings.add(problems.RAGGED, place, got=got, expected=len(self._names))

    def _store(self, rows: list[list[str]]) -> None:
        for levels, values in zip(self._levels, zip(*rows, strict=True), strict=False):
            levels.extend(values)
        rows.clear()

    def _check_names(self) -> None:
        seen: dict[str, int] = {}
        line = self._skipped + 1
        for number, name in enumerate(self._names, start=1):
            if not name and not self._levels[number - 1].blank:
                self._findings.add(
                    problems.HEADER_EMPTY, Place(file=self._file, row=line), number=number
                )
            elif name in seen:
                place = Place(file=self._file, row=line, column=name)
                self._findings.add(problems.HEADER_TWICE, place, first=seen[name], second=number)
            elif name:
                seen[name] = number

    def columns(self) -> dict[str, RawColumn]:
        """Return the columns that have a name."""
        pairs = zip(self._names, self._levels, strict=True)
        return {name: levels.column(name) for name, levels in pairs if name}

    def warnings(self) -> tuple[Problem, ...]:
        """Return what was passed over."""
        if not self._blank:
            return ()
        place = Place(file=self._file, row=self._first_blank)
        return (problems.BLANK_ROWS.at(place, count=self._blank),)
