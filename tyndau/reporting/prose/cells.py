"""Cells by name: what a reference in prose points to.

In: the tables of each population. Out: the value that stands in the cell which a reference such as
``q7_heard.no @ city=almaty`` names, unrounded. A name that leads nowhere raises `NoCellError` with
what would lead somewhere; nothing is guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tyndau.disclosure import Quoted
from tyndau.reporting.problems import PARTS
from tyndau.tabulation.table import Table

BASE = "base"

_REFERENCE = re.compile(
    r"(?:(?P<population>[A-Za-z][\w-]*)/)?(?P<question>[A-Za-z_]\w*)\.(?P<answer>[^\s@]+)"
    r"(?:\s*@\s*(?P<variable>[A-Za-z_]\w*(?:\*[A-Za-z_]\w*)*)\s*=\s*(?P<column>\S+))?"
)


class NoCellError(LookupError):
    """A reference that leads to no cell.

    Parameters
    ----------
    part : str, optional
        Which part of the reference is not known; none where it is not formed as a reference.
    name : str, optional
        What was written there.
    known : sequence of str, optional
        What could stand there.

    Attributes
    ----------
    part : str
        English words for the part, marked for translation; empty as above.
    name : str
        What was written there.
    known : tuple of str
        What could stand there.
    """

    def __init__(self, part: str = "", name: str = "", known: Sequence[str] = ()) -> None:
        super().__init__(name)
        self.part = PARTS[part] if part else ""
        self.name = name
        self.known = tuple(known)


class HiddenCellError(LookupError):
    """A reference to a cell that an edition does not show."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of all tables of a wave.

    Attributes
    ----------
    tables : dict of str to sequence of Table
        By population, as they were counted.
    published : dict of str to sequence of (Table or None)
        By population what an edition shows of them, in the same order; empty where that is all.
    """

    tables: Mapping[str, Sequence[Table]]
    published: Mapping[str, Sequence[Table | None]] = field(default_factory=dict)

    def quoted(self, reference: str, decimals: int) -> tuple[str, Quoted] | None:
        """Return which cells a reference quotes.

        Parameters
        ----------
        reference : str
            As `value` takes it.
        decimals : int
            Digits that the text writes.

        Returns
        -------
        tuple of (str, Quoted) or None
            The population and the cells; None where it leads to none, or to a base.
        """
        match = _REFERENCE.fullmatch(reference.strip())
        try:
            found = match and self._column(match)
            if not match or not found or match["answer"] == BASE:
                return None
            table, column = found
            rows = _rows(table, match["answer"])
        except NoCellError:
            return None
        head = table.columns[column]
        place = (table.groups[head.group].name, head.code) if head.group >= 0 else None
        codes = tuple(table.rows[row].code for row in rows)
        population = next(
            name for name, tables in self.tables.items() if any(one is table for one in tables)
        )
        return population, Quoted(table.question.name, codes, place, decimals)

    def value(self, reference: str) -> float:
        """Return what stands in a cell.

        Parameters
        ----------
        reference : str
            ``[POPULATION/]QUESTION.ANSWER[ @ VARIABLE=COLUMN]``; the answer is the code of an
            answer or a net, ``mean``, ``sd``, ``base``, or several answers of a single response
            with ``+`` between them. Nested columns have ``*`` between names and codes. Without a
            column it is the total's. Tables limited to some of those asked are not looked at.

        Returns
        -------
        float
            A percentage 0 to 100, a mean or a number of people; NaN where nobody was asked.

        Raises
        ------
        NoCellError
            If there is no such cell.
        HiddenCellError
            If the edition does not show it.
        """
        match = _REFERENCE.fullmatch(reference.strip())
        if match is None:
            raise NoCellError
        table, column = self._column(match)
        value = _value(table, match["answer"], column)
        if self._hides(table, match["answer"], column):
            raise HiddenCellError
        return value

    def _hides(self, table: Table, answer: str, column: int) -> bool:
        for population, shown in self.published.items():
            for counted, published in zip(self.tables[population], shown, strict=True):
                if counted is table:
                    return _hides(table, published, answer, column)
        return False

    def _column(self, match: re.Match[str]) -> tuple[Table, int]:
        tables = self._of_question(match["population"] or "", match["question"])
        if match["variable"] is None:
            return tables[0], 0
        for table in tables:
            for number, group in enumerate(table.groups):
                if group.name == match["variable"]:
                    codes = [head.code if head.group == number else "" for head in table.columns]
                    if match["column"] in codes:
                        return table, codes.index(match["column"])
                    known = [code for code in codes if code]
                    raise NoCellError("column", match["column"], known)
        known = list(dict.fromkeys(group.name for table in tables for group in table.groups))
        raise NoCellError("variable", match["variable"], known)

    def _of_question(self, population: str, question: str) -> list[Table]:
        """Return a question's tables; without a population, those of the only one that asks it."""
        if population and population not in self.tables:
            raise NoCellError("population", population, tuple(self.tables))
        asked = {
            name: [one for one in tables if one.question.name == question and not one.limited]
            for name, tables in self.tables.items()
            if population in ("", name)
        }
        holding = [name for name, tables in asked.items() if tables]
        if len(holding) == 1:
            return asked[holding[0]]
        if holding:
            raise NoCellError("population", "", [f"{name}/{question}" for name in holding])
        known = {table.question.name: None for name in asked for table in self.tables[name]}
        raise NoCellError("question", question, tuple(known))


def _value(table: Table, answer: str, column: int) -> float:
    if answer == BASE:
        return float(table.columns[column].base)
    return float(np.sum(table.percent[_rows(table, answer), column]))


def _hides(table: Table, published: Table | None, answer: str, column: int) -> bool:
    """Tell whether a published table lacks a cell of the counted one."""
    head = table.columns[column]
    shown = [(one.group, one.code) for one in published.columns] if published else []
    if published is None or (head.group, head.code) not in shown:
        return True
    if answer == BASE or published.hidden is None:
        return False
    place = shown.index((head.group, head.code))
    return bool(published.hidden[_rows(table, answer), place].any())


def _rows(table: Table, answer: str) -> list[int]:
    """Return the rows that a reference names: one, or those of several answers."""
    codes = [row.code for row in table.rows]
    wanted = [answer] if answer in codes else answer.split("+")
    for code in wanted:
        if code not in codes:
            raise NoCellError("answer", code, [*codes, BASE])
    kinds = {row.code: row.kind for row in table.rows}
    several = len(wanted) > 1
    if several and (
        table.question.kind != "single" or any(kinds[one] != "answer" for one in wanted)
    ):
        raise NoCellError("answer", answer, [*codes, BASE])
    return [codes.index(code) for code in wanted]
