"""The native chart of a table: bars of the total column, in rows kept free for it.

In: where a table's labels and total stand. Out: a chart that Excel draws from those cells, placed
in empty rows below the table, each bar's room high enough for its label.
"""

from xlsxwriter.workbook import Workbook

from tyndau.base.languages import N_, Message
from tyndau.reporting.model import CrossTable
from tyndau.reporting.workbook.sheet import PAGE_WIDTH, Sheet, points
from tyndau.reporting.workbook.styles import ACCENT, FONT, INK
from tyndau.reporting.workbook.text_size import CELL_PADDING, lines, width

_TITLE = N_("{column}, % of the base (table {number})")
_DESCRIPTION = N_("Bars: {title}")

# Pixels; the share of the width that labels may take.
_WIDTH = 960
_AROUND = 46
_LINE = 12
_SLOT = 20
_TALLEST = 620
_LABELS = 0.5
_SIZE = 8.5


def write_chart(book: Workbook, sheet: Sheet, table: CrossTable, rows: range) -> None:
    """Draw a table's total column below the table.

    Parameters
    ----------
    book : Workbook
        The workbook.
    sheet : Sheet
        The sheet, at the row where the chart may begin.
    table : CrossTable
        The table.
    rows : range
        Rows of the sheet in which its percentages stand.
    """
    wide = min(_WIDTH, sheet.width, PAGE_WIDTH)
    labels = [sheet.say(row.label) for row in table.rows if row.kind == "percent"]
    longest = max(width(label, _SIZE) for label in labels) + CELL_PADDING
    share = min(longest / wide, _LABELS)
    most = max(lines(label, wide * share, _SIZE) for label in labels)
    slot = max(_SLOT, most * _LINE + 6)
    tall = min(_AROUND + slot * len(labels), _TALLEST)
    values = [row.cells[0].value or 0.0 for row in table.rows if row.kind == "percent"]
    chart = book.add_chart({"type": "bar"})
    font = {"name": FONT, "size": _SIZE, "color": INK, "bold": False}
    name = sheet.worksheet.get_name()
    title = sheet.say(Message(_TITLE, {"column": table.columns[0].label, "number": table.number}))
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
    chart.set_title(
        {"name": title, "name_font": font | {"size": 10, "bold": True}, "overlay": False}
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none",
                      "line": {"color": INK, "width": 0.75}})  # fmt: skip
    chart.set_x_axis(
        {"min": 0, "max": max(max(values) * 1.15, 1) / 100, "visible": False,
         "major_gridlines": {"visible": False}}
    )  # fmt: skip
    top = 32 / tall
    chart.set_plotarea(
        {"layout": {"x": share + 0.02, "y": top, "width": 0.94 - share, "height": 0.97 - top}}
    )
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": round(wide), "height": round(tall)})
    sheet.block()
    sheet.worksheet.insert_chart(
        sheet.row,
        0,
        chart,
        {
            "object_position": 2,
            "description": sheet.say(Message(_DESCRIPTION, {"title": table.title})),
        },
    )
    left = points(tall) + 12
    while left > 0:
        sheet.need(20)
        sheet.next()
        left -= 20
