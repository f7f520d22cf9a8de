"""How tables and charts read on paper: captions, heads, values, signs of a difference.

In: blocks of the report model and a language. Out: strings for writers that set text, Word, PDF and
slides alike. A workbook keeps numbers as numbers and does not need it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tyndau.base.languages import N_, Message, number, say
from tyndau.reporting.model import HIDDEN, Chart, CrossCell, CrossColumn, CrossRow, CrossTable

_TABLE = N_("Table {number}. {title}")
_CONTINUED = N_("Table {number}, continued")
_CHART = N_("Chart {number}. {title}")
_BY = N_("By: {by}")
_PERCENT_OF_COLUMN = N_("% of the column")
# A head of more characters loses what explains it in brackets; the questionnaire has it in full.
_LONG = 24
_EXPLANATION = re.compile(r"\s+\([^()]*\)$")
_MANY_LETTERS, _RUN = 6, 3
_ARROWS = {"higher": "▲", "lower": "▼", "": ""}


def table_caption(table: CrossTable, language: str) -> str:
    """Say the number and title of a table.

    Parameters
    ----------
    table : CrossTable
        The table.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        What stands above it.
    """
    return Message(_TABLE, {"number": table.number, "title": table.title}).say(language)


def continued_caption(table: CrossTable, language: str) -> str:
    """Say which table a further part belongs to.

    Parameters
    ----------
    table : CrossTable
        The table.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        What stands above the part.
    """
    return Message(_CONTINUED, {"number": table.number}).say(language)


def chart_caption(chart: Chart, language: str) -> str:
    """Say the number and title of a chart.

    Parameters
    ----------
    chart : Chart
        The chart.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        What stands above it.
    """
    return Message(_CHART, {"number": chart.number, "title": chart.title}).say(language)


def by_line(table: CrossTable, language: str) -> str:
    """Say by whom a table is broken down, and who was asked.

    Parameters
    ----------
    table : CrossTable
        The table.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        What stands between caption and table.
    """
    by = Message(_BY, {"by": table.by}).say(language)
    return f"{by}. {say(table.base, language)}"


def corner(language: str) -> str:
    """Say what the values of a table are, for its upper left corner.

    Parameters
    ----------
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        That they are percentages of their column.
    """
    return Message(_PERCENT_OF_COLUMN).say(language)


def head(column: CrossColumn, language: str) -> str:
    """Say what stands above a column, its mark included, without a long explanation in brackets.

    Parameters
    ----------
    column : CrossColumn
        The column.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        Label and mark; in a narrow column the mark may stand on a line of its own.
    """
    label = say(column.label, language)
    if len(label) > _LONG:
        label = _EXPLANATION.sub("", label)
    return f"{label} {column.mark}" if column.mark else label


@dataclass(frozen=True, slots=True)
class UpperHead:
    """A head above the heads of columns.

    Attributes
    ----------
    text : str
        What it says.
    columns : int
        Over how many columns it stands.
    rows : int
        Over how many rows of heads it goes down; 0 where one from a row above goes on here.
    """

    text: str
    columns: int
    rows: int


def upper_heads(columns: Sequence[CrossColumn], language: str) -> list[list[UpperHead]]:
    """Say what stands above the heads of columns: groups, and what nested columns are nested in.

    Parameters
    ----------
    columns : sequence of CrossColumn
        The columns, without a total that stands beside all groups.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    list of list of UpperHead
        Rows from the top; each covers all columns. One row where nothing is nested.
    """
    paths = [
        (
            say(one.group, language) if one.group else "",
            *(say(part, language) for part in one.within),
        )
        for one in columns
    ]
    depth = max(map(len, paths), default=1)
    rows = []
    for level in range(depth):
        row = []
        for path, same in groupby(paths, key=lambda one: one[: level + 1]):
            alike = list(same)
            if len(path) <= level:
                row.append(UpperHead("", len(alike), 0))
            else:
                ends = len(alike[0]) == level + 1
                row.append(UpperHead(path[level], len(alike), depth - level if ends else 1))
        rows.append(row)
    return rows


def value(cell: CrossCell, row: CrossRow, language: str) -> str:
    """Write the value of a cell.

    Parameters
    ----------
    cell : CrossCell
        The cell.
    row : CrossRow
        Its row, which says what it is and how many decimals are shown.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        A dash where nobody gave the answer; a sign where it is hidden; empty where there is no
        base.
    """
    if cell.hidden:
        return HIDDEN
    if cell.value is None:
        return ""
    if row.is_share and cell.value == 0:
        return "–"
    return number(cell.value, language, decimals=row.decimals).replace("-", "\u2212")


def letters(cell: CrossCell) -> str:
    """Write the letters of the columns that a cell is higher than, shortened.

    Parameters
    ----------
    cell : CrossCell
        The cell.

    Returns
    -------
    str
        Such as ``BD``; more than six letters with three and more in a row joined, ``A–EG``.
    """
    said = cell.letters
    if len(said) <= _MANY_LETTERS or list(said) != sorted(set(said)):
        return said
    runs: list[str] = []
    for letter in said:
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1] += letter
        else:
            runs.append(letter)
    return "".join(run if len(run) < _RUN else f"{run[0]}–{run[-1]}" for run in runs)


def arrow(cell: CrossCell) -> str:
    """Return the sign by which a cell differs from the rest.

    Parameters
    ----------
    cell : CrossCell
        The cell.

    Returns
    -------
    str
        ``▲``, ``▼`` or nothing.
    """
    return _ARROWS[cell.versus_rest]
