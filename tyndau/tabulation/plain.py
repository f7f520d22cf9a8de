"""Tables as plain rows of a CSV file, for machines and for statisticians' own programs.

In: tables. Out: one row a cell, unrounded, in the columns of `COLUMNS`; the total is repeated for
every variable of the banner, so that each banner can be read by itself. Samples side by side have
columns of their own, `SIDE_COLUMNS`. Nothing is hidden here.
"""

import contextlib
import csv
import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tyndau.base.errors import Place, refusal
from tyndau.tabulation import problems
from tyndau.tabulation.side_by_side import SideBySide
from tyndau.tabulation.table import Table

COLUMNS = (
    "question", "code", "banner", "column", "base", "effective_base", "percent", "se", "low",
    "high", "versus_rest", "letters", "method", "kind", "weighted_base", "index", "among",
)  # fmt: skip

SIDE_COLUMNS = (
    "population", "question", "code", "kind", "sample", "base", "people", "weighted_base",
    "effective_base", "percent", "se", "low", "high", "versus_previous", "letters", "method",
)  # fmt: skip

_DIRECTIONS = {1: "higher", -1: "lower", 0: ""}


def table_rows(table: Table) -> Iterator[dict[str, object]]:
    """Lay out the cells of a table as plain rows.

    Parameters
    ----------
    table : Table
        The table.

    Yields
    ------
    dict of str to object
        A row for each answer and column, by banner variable, with the keys of `COLUMNS`: percent 0
        to 100, ``se``, ``low``, ``high`` in percentage points (all four in units of the score or
        number where the kind is ``mean`` or ``sd``), ``index`` 100 where the percentage is that of
        the total, ``among`` the words of a filter; empty strings where there is nothing to say.
    """
    groups = [(number, group.name) for number, group in enumerate(table.groups)] or [(-1, "")]
    index = table.index
    for number, name in groups:
        for row, row_head in enumerate(table.rows):
            for column, head in enumerate(table.columns):
                if column and head.group != number:
                    continue
                yield {
                    "question": table.question.name,
                    "code": row_head.code,
                    "banner": name,
                    "column": head.code,
                    "base": int(table.base[row, column]),
                    "effective_base": float(table.effective_base[row, column]),
                    "percent": _given(table.percent[row, column]),
                    "se": _given(table.se[row, column]),
                    "low": _given(table.low[row, column]),
                    "high": _given(table.high[row, column]),
                    "versus_rest": _DIRECTIONS[int(table.versus_rest[row, column])],
                    "letters": table.letters(row, column),
                    "method": table.method.code,
                    "kind": row_head.kind,
                    "weighted_base": float(table.weighted_base[row, column]),
                    "index": _given(index[row, column]),
                    "among": table.among.ru or table.among.kk,
                }


def write_tables(tables: Iterable[Table], path: Path) -> None:
    """Write tables to a CSV file in UTF-8; the file appears complete or not at all.

    A device or a pipe, such as ``/dev/stdout``, is written into and stays what it is.

    Parameters
    ----------
    tables : iterable of Table
        The tables, in order.
    path : Path
        The file.

    Raises
    ------
    UserError
        ``table.cannot-write`` if the file cannot be made there.
    """
    _put((row for table in tables for row in table_rows(table)), COLUMNS, path)


def side_rows(population: str, table: SideBySide) -> Iterator[dict[str, object]]:
    """Lay out the cells of samples side by side as plain rows.

    Parameters
    ----------
    population : str
        Whose waves they are; empty where the samples are populations.
    table : SideBySide
        A question.

    Yields
    ------
    dict of str to object
        A row for each answer and sample, with the keys of `SIDE_COLUMNS`; ``versus_previous`` is
        ``higher`` or ``lower`` than the sample before where they follow each other in time. Empty
        strings where there is nothing to say, or the edition does not say it.
    """
    for row, row_head in enumerate(table.rows):
        for column, head in enumerate(table.columns):
            yield {
                "population": population,
                "question": table.question.name,
                "code": row_head.code,
                "kind": row_head.kind,
                "sample": head.code,
                "base": int(table.base[row, column]),
                "people": int(table.people[row, column]) if table.hidden is None else "",
                "weighted_base": _given(table.weighted_base[row, column]),
                "effective_base": _given(table.effective_base[row, column]),
                "percent": _given(table.percent[row, column]),
                "se": _given(table.se[row, column]),
                "low": _given(table.low[row, column]),
                "high": _given(table.high[row, column]),
                "versus_previous": _DIRECTIONS[int(table.versus_previous[row, column])],
                "letters": table.letters(row, column),
                "method": table.methods[column].code,
            }


def write_sides(tables: Iterable[tuple[str, SideBySide]], path: Path) -> None:
    """Write samples side by side to a CSV file in UTF-8, complete or not at all.

    Parameters
    ----------
    tables : iterable of (str, SideBySide)
        A population, empty where the samples are populations, and a question.
    path : Path
        The file.

    Raises
    ------
    UserError
        ``table.cannot-write`` if the file cannot be made there.
    """
    rows = (row for population, table in tables for row in side_rows(population, table))
    _put(rows, SIDE_COLUMNS, path)


def _put(rows: Iterable[Mapping[str, object]], columns: Sequence[str], path: Path) -> None:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            _write(rows, columns, path)
        else:
            _write_beside(rows, columns, path)
    except OSError as error:
        raise problems.CANNOT_WRITE.error(Place(file=str(path)), reason=refusal(error)) from error


def _write_beside(rows: Iterable[Mapping[str, object]], columns: Sequence[str], path: Path) -> None:
    partial = path.parent / f".{path.name}.{os.getpid()}"  # "." has a parent, but no name
    try:
        _write(rows, columns, partial)
        partial.replace(path)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def _write(rows: Iterable[Mapping[str, object]], columns: Sequence[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)


def _given(value: float) -> float | str:
    return "" if math.isnan(value) else float(value)
