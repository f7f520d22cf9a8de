"""The raw table: what a file of answers holds, before anybody knows what it means.

In: nothing; the readers of formats make it. Out: `RawTable`, columns of texts, each different text
held once, so that whatever is decided of a value is decided once and not in every row.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column of a file.

    Attributes
    ----------
    name : str
        As in the file.
    levels : tuple of str
        The different values as texts, as written in the file.
    index : ndarray of int, shape (n,)
        Which of them each row has.
    label : str
        What the file calls the column; .sav only.
    labels : dict of str to str
        What the file calls values; .sav only.
    missing : frozenset of str
        Values that the file declares missing; .sav only.
    """

    name: str
    levels: tuple[str, ...]
    index: NDArray[np.int32]
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


class ColumnBuilder:
    """Grows a column by chunks, holding each different text once."""

    def __init__(self) -> None:
        self._known: defaultdict[str, int] = defaultdict(count().__next__)
        self._parts: list[NDArray[np.int32]] = []

    def extend(self, values: Sequence[str]) -> None:
        """Take further rows.

        Parameters
        ----------
        values : sequence of str
            Their texts.
        """
        codes = map(self._known.__getitem__, values)
        self._parts.append(np.fromiter(codes, dtype=np.int32, count=len(values)))

    def column(self, name: str) -> RawColumn:
        """Return the column as it has grown.

        Parameters
        ----------
        name : str
            What to call it.

        Returns
        -------
        RawColumn
            All rows so far.
        """
        index = np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.int32)
        return RawColumn(name, tuple(self._known), index)

    @property
    def blank(self) -> bool:
        """Whether no row holds anything."""
        return not any(text.strip() for text in self._known)


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file of answers.

    Attributes
    ----------
    file : str
        The path to show in errors.
    format : {"csv", "sav", "submissions"}
        Which reader made it.
    lines : ndarray of int, shape (n,)
        Line of the file where each row begins, from 1; elsewhere the number of the case.
    columns : dict of str to RawColumn
        By name, in the order of the file.
    warnings : tuple of Problem
        What the reader noticed and could pass over.
    traits : dict of str to str
        How it was read: encoding, delimiter.
    sha256 : str
        Of the bytes that were read.
    lacking : dict of str to ndarray of bool, shape (n,)
        By column, the rows whose version of the form does not have the question: it was not asked
        there, whatever the routing says.
    """

    file: str
    format: Literal["csv", "sav", "submissions"]
    lines: NDArray[np.int64]
    columns: Mapping[str, RawColumn]
    warnings: tuple[Problem, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""
    lacking: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def place(self, row: int, column: str = "") -> Place:
        """Return where a cell stands.

        Parameters
        ----------
        row : int
            Row of the table, from 0.
        column : str, optional
            Name of the column.

        Returns
        -------
        Place
            File, line and column.
        """
        return Place(file=self.file, row=int(self.lines[row]), column=column)
