"""Where the columns of a sheet's stacked tables stand and how wide they are.

In: the tables of one sheet and a language. Out: a `Layout`: which columns of each table stand side
by side (a banner too wide for a legible page is continued in a second panel below) and the width of
each column of the sheet, which all tables share. It measures texts and writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tyndau.base.languages import say
from tyndau.reporting.model import CrossColumn, CrossTable
from tyndau.reporting.text_size import CELL_PADDING, longest_word, width
from tyndau.reporting.workbook.sheet import FILLER, PAGE_WIDTH, SMALLEST_SCALE
from tyndau.reporting.workbook.styles import HEAD, LABEL, SIGN

# Pixels, least and most: labels of answers (and most where a page has room to spare); the column of
# the total; a value; its signs; both together.
_LABELS = (190, 330, 480)
_TOTAL = (64, 120)
_VALUE = 48
_SIGNS = (26, 64)
_COLUMN = (72, 120)
# What a column of a narrow table gets of the room to spare, at most.
_MORE = 44
# At this scale two tables of usual size stand on a page and 9 points are still read with ease.
_USUAL_SCALE = 0.84
_USUAL, _WIDEST = PAGE_WIDTH / _USUAL_SCALE, PAGE_WIDTH / SMALLEST_SCALE
_ARROWS = {"higher": "▲", "lower": "▼", "": ""}


@dataclass(frozen=True, slots=True)
class Panel:
    """The columns of a table that stand side by side.

    Attributes
    ----------
    columns : tuple of int
        Indices into the table's columns; the total comes first in every panel.
    """

    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a sheet.

    Attributes
    ----------
    widths : list of int
        Pixels, the labels first, then the total, then each banner column's value and signs.
    panels : dict of int to tuple of Panel
        By the table's number.
    signs : bool
        Whether each banner column has a column of signs beside it.
    total : bool
        Whether the first column is a total, which has no signs.
    """

    widths: list[int]
    panels: dict[int, tuple[Panel, ...]]
    signs: bool
    total: bool

    def at(self, position: int) -> int:
        """Return the sheet's column of a value.

        Parameters
        ----------
        position : int
            Position in the panel; 0 is the total.

        Returns
        -------
        int
            Column of the sheet, from 0.
        """
        if not self.signs:
            return position + 1
        return max(position * 2, 1) if self.total else position * 2 + 1

    def last(self, column: int) -> int:
        """Return the sheet's last column of what belongs to a value: its signs, if it has any.

        Parameters
        ----------
        column : int
            The sheet's column of the value.

        Returns
        -------
        int
            Column of the sheet, from 0.
        """
        signed = self.signs and not (self.total and column == 1)
        return column + 1 if signed else column


def lay_out(tables: Sequence[CrossTable], language: str) -> Layout:
    """Choose panels and widths for the tables of a sheet.

    Parameters
    ----------
    tables : sequence of CrossTable
        All tables that stand under each other.
    language : str
        Language of the labels.

    Returns
    -------
    Layout
        At least as wide as a page, so that texts across it have room.
    """
    signs = any(table.tested for table in tables)
    # Tables of a sheet are of one kind: all of them have a total, or none has.
    with_total = not any(table.columns[0].group for table in tables)
    labels = [say(row.label, language) for table in tables for row in table.rows]
    wanted = max((width(text, LABEL.size) for text in labels), default=0)
    label = _between(wanted, _LABELS[:2])
    totals = [longest_word(head(table.columns[0], language), HEAD.size) for table in tables]
    total = _between(max(totals, default=0) * 1.1, _TOTAL)
    panels = {}
    shared: list[tuple[int, int]] = []
    for table in tables:
        needed = [_pair(table, index, signs, language) for index in range(len(table.columns))]
        panels[table.number] = _panels(table, needed, _WIDEST - label - total)
        for panel in panels[table.number]:
            for position, index in enumerate(panel.columns[1:]):
                value, sign = needed[index]
                if position == len(shared):
                    shared.append((0, 0))
                shared[position] = max(shared[position][0], value), max(shared[position][1], sign)
    spare = max(_USUAL - label - total - sum(map(sum, shared)), 0)
    widths = [_between(wanted, (label, min(label + spare, _LABELS[2]))), total]
    if signs and not with_total:
        widths.append(_SIGNS[1])
    wider = round(min((spare + label - widths[0]) / max(len(shared), 1), _MORE))
    for value, sign in shared:
        # Half on either side keeps a value and its signs in the middle under their head.
        half = wider // 2
        widths += [value + half, sign + half] if signs else [value + wider]
    while sum(widths) < _USUAL - FILLER:
        widths.append(FILLER)
    return Layout(widths, panels, signs, with_total)


def head(column: CrossColumn, language: str) -> str:
    """Say what stands above a column, its mark included.

    Parameters
    ----------
    column : CrossColumn
        The column.
    language : str
        Language of the label.

    Returns
    -------
    str
        Label and mark, not to be parted at a line's end.
    """
    label = say(column.label, language)
    return f"{label}\u00a0{column.mark}" if column.mark else label


def sign(table: CrossTable, row: int, column: int) -> str:
    """Say how a cell differs: an arrow against the rest, letters against its neighbours.

    Parameters
    ----------
    table : CrossTable
        The table.
    row, column : int
        Indices of the cell.

    Returns
    -------
    str
        Such as ``▲ AC``; empty where it differs from nothing.
    """
    cell = table.rows[row].cells[column]
    return " ".join(part for part in (_ARROWS[cell.versus_rest], cell.letters) if part)


def _pair(table: CrossTable, column: int, signs: bool, language: str) -> tuple[int, int]:
    marks = max(
        (width(sign(table, row, column), SIGN.size) for row in range(len(table.rows))), default=0.0
    )
    beside = _between(marks + 2, _SIGNS) if signs else 0
    word = longest_word(head(table.columns[column], language), HEAD.size, bold=HEAD.bold)
    together = _between(word + CELL_PADDING, _COLUMN)
    return max(_VALUE, together - beside), beside


def _panels(table: CrossTable, needed: Sequence[tuple[int, int]], room: float) -> tuple[Panel, ...]:
    panels: list[list[int]] = [[]]
    used = 0
    columns = list(enumerate(table.columns))[1:]
    for _, group in groupby(columns, key=lambda pair: (pair[1].group, pair[1].within)):
        indices = [index for index, _ in group]
        whole = sum(sum(needed[index]) for index in indices)
        if used and used + whole > room:
            panels.append([])
            used = 0
        for index in indices:
            if used and used + sum(needed[index]) > room:
                panels.append([])
                used = 0
            panels[-1].append(index)
            used += sum(needed[index])
    return tuple(Panel((0, *panel)) for panel in panels)


def _between(pixels: float, limits: tuple[float, float]) -> int:
    # A pixel more than measured, lest rounding break a line that fits.
    return round(min(max(pixels + CELL_PADDING + 1, limits[0]), limits[1]))
