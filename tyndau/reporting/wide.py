"""Cutting a table that is too wide for a page into tables that are not.

In: a cross table and how many columns a page holds. Out: tables with the same rows, each with the
total; columns that are compared with each other are kept together where they fit.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from tyndau.reporting.model import CrossTable


def parts(table: CrossTable, most: int) -> list[CrossTable]:
    """Cut a table into parts.

    Parameters
    ----------
    table : CrossTable
        The table; its first column is the total.
    most : int
        Columns that a page holds, the total among them; 2 or more.

    Returns
    -------
    list of CrossTable
        The table itself where it fits; notes stand under the last part only.
    """
    if len(table.columns) <= most:
        return [table]
    others = range(1, len(table.columns))
    heads = table.columns
    groups = [
        list(group)
        for _, group in groupby(others, key=lambda at: (heads[at].group, heads[at].within))
    ]
    pages: list[list[int]] = []
    for group in groups:
        if pages and len(pages[-1]) + len(group) < most:
            pages[-1].extend(group)
        else:
            pages.extend(_even(group, most - 1))
    return [_part(table, page, last=at == len(pages) - 1) for at, page in enumerate(pages)]


def _even(columns: Sequence[int], most: int) -> list[list[int]]:
    """Divide columns into pages of about the same number."""
    count = -(-len(columns) // most)
    size, more = divmod(len(columns), count)
    pages, start = [], 0
    for page in range(count):
        end = start + size + (page < more)
        pages.append(list(columns[start:end]))
        start = end
    return pages


def _part(table: CrossTable, page: Sequence[int], *, last: bool) -> CrossTable:
    kept = [0, *page]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows),
        notes=table.notes if last else (),
    )
