"""The native chart of a table: bars of the total column, in rows kept free for it.

In: where a table's labels and total stand. Out: a chart that Excel draws from those cells, placed
in empty rows below the table, each bar's room high enough for its label.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from tyndau.base.languages import N_, Message
from tyndau.reporting.model import CrossTable
from tyndau.reporting.text_size import CELL_PADDING, lines, width
from tyndau.reporting.workbook.sheet import Sheet, points
from tyndau.reporting.workbook.styles import ACCENT, FONT, INK

_TITLE = N_("{column}, % of the base (table {number})")
_DESCRIPTION = N_("Bars: {title}")

# Pixels: width, title and margins, a line of a label, the room of a bar, the tallest that a page
# holds; below the last, labels run into each other.
_WIDTH = 960
_AROUND = 46
_LINE = 12
_SLOT = 20
_TALLEST = 720
_TIGHTEST = 13
_SIZE = 8.5
# The share of the width that labels may take, and where there are too many for a page.
_LABELS = (0.5, 0.68)


@dataclass(frozen=True, slots=True)
class _Size:
    """Pixels of a chart, and the share of its width that labels take."""

    wide: float
    tall: float
    labels: float


def write_chart(book: Workbook, sheet: Sheet, table: CrossTable, rows: range) -> None:
    """Draw a table's total column below the table.

    Parameters
    ----------
    book : Workbook
        The workbook.
    sheet : Sheet
        The sheet, at the row where the chart may begin.
    table : CrossTable
        The table; one with more answers than a page has room for gets no chart.
    rows : range
        Rows of the sheet in which its percentages stand.
    """
    labels = [sheet.say(row.label) for row in table.rows if row.kind == "percent"]
    if len(labels) * _TIGHTEST > _TALLEST:
        return
    size = _measure(labels, min(_WIDTH, sheet.width))
    chart = _draw(book, sheet, table, rows, size)
    sheet.block()
    description = sheet.say(Message(_DESCRIPTION, {"title": table.title}))
    options = {"object_position": 2, "description": description}
    sheet.worksheet.insert_chart(sheet.row, 0, chart, options)
    left = points(size.tall) + 12
    while left > 0:
        sheet.need(20)
        sheet.next()
        left -= 20


def _measure(labels: Sequence[str], wide: float) -> _Size:
    longest = max(width(label, _SIZE) for label in labels) + CELL_PADDING
    for most in _LABELS:
        share = min(longest / wide, most)
        deepest = max(lines(label, wide * share, _SIZE) for label in labels)
        tall = _AROUND + max(_SLOT, deepest * _LINE + 6) * len(labels)
        if tall <= _TALLEST:
            break
    return _Size(wide, min(tall, _TALLEST), share)


def _draw(book: Workbook, sheet: Sheet, table: CrossTable, rows: range, size: _Size) -> Chart:
    chart = book.add_chart({"type": "bar"})
    font = {"name": FONT, "size": _SIZE, "color": INK, "bold": False}
    name = sheet.worksheet.get_name()
    title = sheet.say(Message(_TITLE, {"column": table.columns[0].label, "number": table.number}))
    if sheet.banner:
        title = f"{sheet.banner} · {title}"
    percent = sheet.styles.number("percent", 0)
    chart.add_series(
        {
            "name": title,
            "categories": [name, rows[0], 0, rows[-1], 0],
            "values": [name, rows[0], 1, rows[-1], 1],
            "fill": {"color": ACCENT},
            "gap": 40,
            "data_labels": {"value": True, "position": "outside_end", "num_format": percent,
                            "font": font},
        }
    )  # fmt: skip
    heading = font | {"size": 10, "bold": True}
    # Placed by hand: where programs place it themselves, it slides into the bars of a tall chart.
    corner = {"x": 0.01, "y": 6 / size.tall}
    chart.set_title({"name": title, "name_font": heading, "overlay": False, "layout": corner})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none",
                      "interval_unit": 1, "line": {"color": INK, "width": 0.75}})  # fmt: skip
    most = max(row.cells[0].value or 0.0 for row in table.rows if row.kind == "percent")
    # Room for the number at the end of the longest bar.
    chart.set_x_axis({"min": 0, "max": max(most * 1.15, 1) / 100, "visible": False,
                      "major_gridlines": {"visible": False}})  # fmt: skip
    top = 34 / size.tall
    bars = {"x": size.labels + 0.02, "y": top, "width": 0.94 - size.labels, "height": 0.97 - top}
    chart.set_plotarea({"layout": bars})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": round(size.wide), "height": round(size.tall)})
    return chart
