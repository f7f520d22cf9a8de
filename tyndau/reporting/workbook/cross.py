"""A cross table in a sheet: caption, base, heads, rows, notes; its parts one under another.

In: a table of the report model, the sheet's layout, a sheet being filled. Out: rows of the sheet.
Every banner column has a column of its own for arrows and letters, so that numbers stay numbers.
"""

from collections.abc import Sequence
from dataclasses import replace

from tyndau.base.languages import N_, Message, Sayable
from tyndau.reporting.model import HIDDEN, CrossRow, CrossTable
from tyndau.reporting.printed import UpperHead, upper_heads
from tyndau.reporting.text_size import height
from tyndau.reporting.workbook.layout import Layout, Panel, head, sign
from tyndau.reporting.workbook.sheet import Sheet
from tyndau.reporting.workbook.styles import (
    ACCENT,
    BASE_LINE,
    CAPTION,
    GREY,
    GROUP,
    HEAD,
    HIGHER,
    LABEL,
    LETTER,
    LOWER,
    NOTE,
    PALE,
    RULE,
    SIGN,
    VALUE,
    Style,
)

_CAPTION = N_("Table {number}. By: {by}")
_CONTINUED = N_("Table {number}, continued. By: {by}")
_LETTERS = N_("Column letters")


def write_cross_table(sheet: Sheet, table: CrossTable, layout: Layout) -> range:
    """Write a table into a sheet.

    Parameters
    ----------
    sheet : Sheet
        The sheet, at the row where the table begins.
    table : CrossTable
        The table.
    layout : Layout
        Of the sheet.

    Returns
    -------
    range
        Rows of the sheet in which the percentages of the first panel stand, for a chart.
    """
    percentages = range(0)
    for count, panel in enumerate(layout.panels[table.number]):
        if count:
            sheet.block()
        template = _CONTINUED if count else _CAPTION
        caption = Message(template, {"number": table.number, "by": table.by})
        _across(sheet, caption, CAPTION)
        _across(sheet, table.base, BASE_LINE)
        _write_heads(sheet, table, panel, layout)
        top = sheet.row
        for index in range(len(table.rows)):
            _write_row(sheet, table, index, panel, layout)
        if not count:
            kinds = [row.kind for row in table.rows]
            shown = [top + index for index, kind in enumerate(kinds) if kind == "percent"]
            percentages = range(shown[0], shown[-1] + 1) if shown else percentages
        if panel is layout.panels[table.number][-1]:
            _across(sheet, " ".join(sheet.say(note) for note in table.notes), NOTE)
        sheet.next()
    return percentages


def _across(sheet: Sheet, text: Sayable, style: Style) -> None:
    sheet.write(0, text, style, last=sheet.last)
    sheet.next()


def _write_heads(sheet: Sheet, table: CrossTable, panel: Panel, layout: Layout) -> None:
    lettered = any(column.letter for column in table.columns)
    heads = replace(HEAD, bottom=RULE if lettered else ACCENT)
    language = sheet.styles.language
    # A total stands beside all groups; where there is none, the first column is one of them.
    first = 0 if table.columns[0].group else 1
    places = [(layout.at(place), index) for place, index in enumerate(panel.columns)][first:]
    upper = upper_heads([table.columns[index] for _, index in places], language)
    # Both go down to the row of labels, which is made high enough for the total's.
    sheet.write(0, "", replace(GROUP, bottom=ACCENT), rows=len(upper) + 1)
    total = head(table.columns[0], language) if first else ""
    if first:
        sheet.write(1, total, replace(heads, top=ACCENT), rows=len(upper) + 1)
    for level, row in enumerate(upper):
        _write_upper(sheet, row, level, places, layout)
    sheet.need(height(total, layout.widths[1], HEAD.size, bold=True))
    for place, (column, index) in enumerate(places):
        style = replace(heads, left=_edge(table, panel, place + first))
        said = head(table.columns[index], language)
        sheet.write(column, said, style, last=layout.last(column))
    sheet.next()
    if not lettered:
        return
    sheet.write(0, Message(_LETTERS), replace(LETTER, align="left"))
    if first:
        sheet.write(1, "", LETTER)
    for place, (column, index) in enumerate(places):
        style = replace(LETTER, left=_edge(table, panel, place + first))
        sheet.write(column, table.columns[index].letter, style, last=layout.last(column))
    sheet.next()


def _write_upper(
    sheet: Sheet,
    heads: Sequence[UpperHead],
    level: int,
    places: Sequence[tuple[int, int]],
    layout: Layout,
) -> None:
    """Write a row of what stands above the heads of columns."""
    at = 0
    for one in heads:
        begin, end = places[at][0], places[at + one.columns - 1][0]
        style = replace(GROUP, left=RULE if level else ACCENT, top=RULE if level else ACCENT)
        if one.rows:
            sheet.write(begin, one.text, style, last=layout.last(end), rows=one.rows)
        at += one.columns
    sheet.need(16)
    sheet.next()


def _write_row(sheet: Sheet, table: CrossTable, index: int, panel: Panel, layout: Layout) -> None:
    row = table.rows[index]
    label, value = _looks(row)
    sheet.write(0, row.label, label)
    for place, column in enumerate(panel.columns):
        cell = row.cells[column]
        at = layout.at(place)
        shown = cell.value
        if shown is not None and row.is_share and not cell.people:
            shown /= 100
        number = sheet.styles.number("base" if cell.people else row.kind, row.decimals)
        style = replace(value, number=number, left=_edge(table, panel, place))
        if cell.versus_rest:
            style = replace(style, bold=True)
        elif table.columns[column].mark == "**" and row.kind != "base":
            style = replace(style, italic=True, color=GREY)
        signed = layout.last(at) > at
        if not signed:
            style = replace(style, align="center")
        if cell.hidden:
            sheet.write(at, HIDDEN, replace(style, color=GREY))
        else:
            sheet.value(at, shown, style)
        if signed:
            color = {"higher": HIGHER, "lower": LOWER, "": style.color}[cell.versus_rest]
            sheet.write(
                at + 1,
                sign(table, index, column),
                replace(SIGN, color=color, fill=value.fill, top=value.top),
            )
    sheet.next()


def _looks(row: CrossRow) -> tuple[Style, Style]:
    if row.kind == "base":
        return replace(LABEL, fill=PALE, color=GREY), replace(VALUE, fill=PALE, color=GREY)
    if row.kind == "mean":
        return replace(LABEL, bold=True, top=GREY), replace(VALUE, top=GREY)
    if row.kind == "net":
        return replace(LABEL, bold=True), VALUE
    if row.kind in ("sd", "index"):
        return replace(LABEL, color=GREY), replace(VALUE, color=GREY)
    return LABEL, VALUE


def _edge(table: CrossTable, panel: Panel, place: int) -> str:
    """Return the colour of the rule at a column's left: where a group begins."""
    if place == 0:
        return RULE
    here, before = (table.columns[panel.columns[at]] for at in (place, place - 1))
    if here.group != before.group:
        return ACCENT
    return GREY if here.within != before.within else ""
