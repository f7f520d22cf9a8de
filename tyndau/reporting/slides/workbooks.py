"""The workbook behind a chart of a slide: what opens at "Edit data".

In: heads, categories and columns. Out: an .xlsx file. Bars that diverge from a middle stand on a
column that nobody sees; it is a formula here, so that a number that is changed moves the bars.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tyndau.base.languages import N_, Message
from tyndau.reporting.package import UNDATED

_SHEET = N_("Chart data")
# Percentage points between a scale and the answers that stand apart from it.
GAP = 4.0


@dataclass(frozen=True, slots=True)
class Column:
    """A series of a native chart.

    Attributes
    ----------
    name : str
        Its name in the legend and the head of its column; a space for what nobody sees.
    values : tuple of float or None
        One a category.
    colour : str
        Such as ``#1F5A8A``; empty for a spacer.
    side : {"", "negative", "neutral", "positive", "aside", "before", "between"}
        That of the series; ``before`` and ``between`` are the spacers of a diverging chart.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str = ""
    side: str = ""


def sheet_name(language: str) -> str:
    """Return the name of the sheet.

    Parameters
    ----------
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    str
        In the language, without spaces, so that formulas need no quotes.
    """
    return Message(_SHEET).say(language).replace(" ", "_")


def spaced(columns: Sequence[Column]) -> list[Column]:
    """Put spacers between the columns of a diverging chart.

    Parameters
    ----------
    columns : sequence of Column
        Those with a side, in the order of the scale.

    Returns
    -------
    list of Column
        A spacer first, so that the middles of all bars stand below each other; another before the
        answers that stand apart, so that these begin below each other too.
    """
    rows = range(len(columns[0].values))
    left = [_left(columns, row) for row in rows]
    before = [max(left) - one for one in left]
    ends = [
        before[row] + sum(one.values[row] or 0 for one in columns if one.side != "aside")
        for row in rows
    ]
    inner = [one for one in columns if one.side != "aside"]
    aside = [one for one in columns if one.side == "aside"]
    result = [Column(" ", tuple(before), side="before"), *inner]
    if aside:
        between = tuple(max(ends) - end + GAP for end in ends)
        result += [Column(" ", between, side="between"), *aside]
    return result


def _left(columns: Sequence[Column], row: int) -> float:
    """Return how far a bar reaches to the left of its middle."""
    halves = {"negative": 1.0, "neutral": 0.5}
    return sum((one.values[row] or 0) * halves.get(one.side, 0) for one in columns)


def workbook(categories: Sequence[str], columns: Sequence[Column], language: str) -> bytes:
    """Write the workbook of a chart.

    Parameters
    ----------
    categories : sequence of str
        The first column, from the second row on.
    columns : sequence of Column
        The others, in order; those of a diverging chart with its spacers.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    bytes
        An .xlsx file.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"created": datetime(UNDATED.year, UNDATED.month, UNDATED.day)})
    sheet = book.add_worksheet(sheet_name(language))
    sheet.set_column(0, 0, 40)
    last = len(categories)
    help_column = xl_col_to_name(len(columns) + 2)
    end_column = xl_col_to_name(len(columns) + 3)
    for row, category in enumerate(categories, start=1):
        sheet.write_string(row, 0, category)
    for at, column in enumerate(columns, start=1):
        sheet.write_string(0, at, column.name)
        for row, value in enumerate(column.values, start=1):
            if column.side == "before":
                formula = f"=MAX({help_column}$2:{help_column}${last + 1})-{help_column}{row + 1}"
                sheet.write_formula(row, at, formula, None, value)
            elif column.side == "between":
                formula = (
                    f"=MAX({end_column}$2:{end_column}${last + 1})-{end_column}{row + 1}+{GAP:g}"
                )
                sheet.write_formula(row, at, formula, None, value)
            elif value is not None:
                sheet.write_number(row, at, value)
    if any(column.side == "before" for column in columns):
        _write_reach(sheet, columns, len(categories))
        sheet.set_column(len(columns) + 2, len(columns) + 3, None, None, {"hidden": True})
    book.close()
    return made.getvalue()


def _write_reach(
    sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column], rows: int
) -> None:
    """Write how far each bar reaches to the left of its middle, and where it ends."""
    halves = {"negative": "", "neutral": "/2"}
    for row in range(1, rows + 1):
        cells = {at: f"{xl_col_to_name(at)}{row + 1}" for at in range(1, len(columns) + 1)}
        sides = {at: column.side for at, column in enumerate(columns, start=1)}
        left = [cells[at] + halves[side] for at, side in sides.items() if side in halves]
        inner = [cells[at] for at, side in sides.items() if side not in ("between", "aside")]
        value = _left(columns, row - 1)
        end = sum(
            column.values[row - 1] or 0
            for column in columns
            if column.side not in ("between", "aside")
        )
        sheet.write_formula(row, len(columns) + 2, "=" + ("+".join(left) or "0"), None, value)
        sheet.write_formula(row, len(columns) + 3, "=" + "+".join(inner), None, end)
