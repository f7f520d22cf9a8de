"""From raw columns to the column of a variable.

In: `RawColumn`s and the `Variable` that they hold. Out: a `Column` whose ``asked`` marks the rows
in which something stands; who was asked is decided later. A different text is read once, however
many rows hold it. What cannot be read is added to the findings with its first row, and its rows
are remembered as faulty.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Kind, Place
from tyndau.base.frames import NO_CATEGORY, Column, Variable
from tyndau.base.languages import Text
from tyndau.base.written import as_number, as_yes_no
from tyndau.interchange import problems
from tyndau.interchange.cells import Codes
from tyndau.interchange.findings import Findings
from tyndau.interchange.table import RawColumn, RawTable

_CODES_SHOWN = 12
_PADDED = re.compile(r"0\d")
# From here on neighbouring whole numbers are one floating-point number.
_TOO_LARGE = 2**53

# Reads a level, given its number and its text without outer spaces; None means nothing.
_Read = Callable[[int, str], float | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the columns of one table.

    Attributes
    ----------
    table : RawTable
        The file.
    findings : Findings
        Where faults are collected.
    faulty : ndarray of bool, shape (n,)
        Rows in which a fault was found; filled while reading.
    labels : bool
        Whether labels may stand for codes.
    """

    table: RawTable
    findings: Findings
    faulty: NDArray[np.bool_]
    labels: bool = field(default=True, kw_only=True)

    def single(self, column: RawColumn, variable: Variable) -> Column:
        """Read a single response.

        Parameters
        ----------
        column : RawColumn
            Codes, or labels of codes.
        variable : Variable
            What they mean.

        Returns
        -------
        Column
            The answers.
        """
        codes = Codes(variable, labels=self.labels)
        levels = _Levels(self, column, variable)

        def read(level: int, text: str) -> float | None:
            label = column.labels.get(text, "")
            position = codes.find(text, label)
            called = codes.label(label) if label else NO_CATEGORY
            if called not in (NO_CATEGORY, position):
                code = variable.codes[called]
                levels.fault(level, problems.LABEL_CONTRADICTS, value=text, label=label, code=code)
            elif position == NO_CATEGORY:
                levels.unknown(level, text)
                return None
            return position

        values = np.array(levels.read(read, NO_CATEGORY), dtype=np.int32)[column.index]
        return Column(variable, values, levels.given)

    def number(self, column: RawColumn, variable: Variable) -> Column:
        """Read numbers.

        Parameters
        ----------
        column : RawColumn
            Numbers as people write them.
        variable : Variable
            What they mean.

        Returns
        -------
        Column
            The numbers.
        """
        levels = _Levels(self, column, variable)

        def read(level: int, text: str) -> float | None:
            if text in column.missing:
                return None
            number = as_number(text)
            if number is None:
                levels.fault(level, problems.NOT_A_NUMBER, value=text)
            return number

        values = np.array(levels.read(read, np.nan), dtype=np.float64)[column.index]
        return Column(variable, values, levels.given)

    def text(self, column: RawColumn, variable: Variable) -> Column:
        """Read texts as they are; blank ones are empty.

        Parameters
        ----------
        column : RawColumn
            Any texts.
        variable : Variable
            What they mean.

        Returns
        -------
        Column
            The texts.
        """
        kept = [text if text.strip() else "" for text in column.levels]
        values = np.array(kept, dtype=object)[column.index]
        return Column(variable, values, values != "")

    def multiple(self, column: RawColumn, variable: Variable) -> Column:
        """Read a multiple response that stands in one column.

        Parameters
        ----------
        column : RawColumn
            Codes with spaces or semicolons between them.
        variable : Variable
            What they mean.

        Returns
        -------
        Column
            The answers.
        """
        codes = Codes(variable, labels=self.labels)
        levels = _Levels(self, column, variable)
        chosen = np.zeros((len(column.levels), len(variable.categories)), dtype=np.bool_)

        def read(level: int, text: str) -> float | None:
            positions, unknown = codes.several(text)
            if unknown and text in column.missing:
                return None
            for part in unknown:
                levels.unknown(level, part)
            exclusive = codes.exclusive_beside(positions)
            if exclusive:
                levels.fault(level, problems.EXCLUSIVE, code=exclusive, value=text)
            chosen[level, sorted(positions)] = True
            return 1

        levels.read(read, 0)
        return Column(variable, chosen[column.index], levels.given)

    def split(self, parts: Mapping[str, RawColumn], variable: Variable) -> Column:
        """Read a multiple response that has a column for each answer.

        Parameters
        ----------
        parts : mapping of str to RawColumn
            By code.
        variable : Variable
            What they mean.

        Returns
        -------
        Column
            The answers.
        """
        rows = len(self.table)
        chosen = np.zeros((rows, len(variable.categories)), dtype=np.bool_)
        given = np.zeros(rows, dtype=np.bool_)
        codes = Codes(variable, labels=self.labels)
        for code, column in parts.items():
            position = codes.code(code)
            chosen[:, position], said = self._part(column, codes, position)
            given |= said
        self._check_exclusive(chosen, variable, next(iter(parts.values())).name)
        return Column(variable, chosen, given)

    def _part(
        self, column: RawColumn, codes: Codes, position: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return in which rows one answer was given, and in which the cell says anything."""
        variable = codes.variable
        levels = _Levels(self, column, variable)

        def read(level: int, text: str) -> float | None:
            label = column.labels.get(text, "")
            if codes.find(text, label) == position:
                return 1
            said = as_yes_no(label)
            said = as_yes_no(text) if said is None else said
            if said is None and text not in column.missing:
                code = variable.codes[position]
                levels.fault(level, problems.NOT_YES_NO, value=text, code=code)
            return said

        values = np.array(levels.read(read, 0), dtype=np.bool_)
        return values[column.index], levels.given

    def _check_exclusive(self, chosen: NDArray[np.bool_], variable: Variable, column: str) -> None:
        several = chosen.sum(axis=1) > 1
        for position, category in enumerate(variable.categories):
            rows = np.flatnonzero(several & chosen[:, position])
            if not category.exclusive or not len(rows):
                continue
            self.faulty[rows] = True
            value = " ".join(np.array(variable.codes, dtype=object)[chosen[rows[0]]])
            place = self.table.place(int(rows[0]), column)
            self.findings.add(
                problems.EXCLUSIVE, place, code=category.code, value=value, rows=len(rows)
            )


def open_column(column: RawColumn) -> Column:
    """Read a column that no codebook describes: numbers if all of it are numbers, else texts.

    Parameters
    ----------
    column : RawColumn
        A weight, a stratum, a cluster, an identifier.

    Returns
    -------
    Column
        Empty cells are not asked. ``01`` is no number: it is another code than ``1``; nor is an
        identifier so long that numbers would not tell it from the next.
    """
    texts = [text.strip() for text in column.levels]
    numbers = [as_number(text) if text else np.nan for text in texts]
    if any(
        number is None or abs(number) >= _TOO_LARGE or _PADDED.match(text)
        for number, text in zip(numbers, texts, strict=True)
    ):
        values = np.array(texts, dtype=object)[column.index]
        return Column(Variable(column.name, "text", Text()), values, values != "")
    numeric = np.array(numbers, dtype=np.float64)[column.index]
    return Column(Variable(column.name, "number", Text()), numeric, ~np.isnan(numeric))


class _Levels:
    """Reads one column level by level and collects what cannot be read."""

    def __init__(self, reader: Reader, column: RawColumn, variable: Variable) -> None:
        self._reader = reader
        self._column = column
        self._variable = variable
        self._bad = np.zeros(len(column.levels), dtype=np.bool_)
        self.given = np.zeros(len(column.index), dtype=np.bool_)

    def read(self, read: _Read, nothing: float) -> list[float]:
        """Return what each level means; ``given`` then tells which rows hold something."""
        column = self._column
        values: list[float] = []
        full = np.zeros(len(column.levels), dtype=np.bool_)
        lost = np.zeros(len(column.levels), dtype=np.bool_)
        for level, written in enumerate(column.levels):
            text = written.strip()
            value = read(level, text) if text else None
            values.append(nothing if value is None else value)
            full[level] = value is not None
            lost[level] = value is None and text in column.missing
        self.given = full[column.index]
        self._reader.faulty[self._bad[column.index]] = True
        if lost.any():
            self._tell_lost(lost)
        return values

    def _tell_lost(self, lost: NDArray[np.bool_]) -> None:
        column = self._column
        rows = lost[column.index]
        self._reader.findings.add(
            problems.MISSING_VALUES,
            self._reader.table.place(int(np.argmax(rows)), column.name),
            values=[column.levels[level] for level in np.flatnonzero(lost)],
            variable=self._variable.name,
            rows=int(rows.sum()),
        )

    def fault(self, level: int, kind: Kind, **values: object) -> None:
        """Add a fault of all rows that hold a level, at the first of them."""
        self._bad[level] = True
        place, rows = Place(), 0
        if not self._reader.findings.is_full(kind):  # looking rows up costs a pass over them
            same = self._column.index == level
            place = self._reader.table.place(int(np.argmax(same)), self._column.name)
            rows = int(same.sum())
        self._reader.findings.add(kind, place, rows=rows, **values)

    def unknown(self, level: int, text: str) -> None:
        """Add an unknown code, unless the file itself declares it missing."""
        if text in self._column.missing:
            return
        codes = list(self._variable.codes)
        if len(codes) > _CODES_SHOWN:
            codes = [*codes[:_CODES_SHOWN], "…"]
        self.fault(
            level, problems.UNKNOWN_CODE, value=text, variable=self._variable.name, codes=codes
        )
