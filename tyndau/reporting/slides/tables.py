"""Plain tables on slides.

In: rows of texts, widths, a box. Out: a table that PowerPoint edits. Heights are measured, so that
rows are divided among slides before they run over the edge.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Emu, Pt

from tyndau.reporting.slides.charts import Box
from tyndau.reporting.text_size import LINE_SPACING, PIXELS_PER_POINT, lines

_EMU_PER_POINT = 12700
_ACCENT, _RULE, _TEXT = "1F5A8A", "9AA5AE", "222222"
# Points: the text, and a cell's edges at both sides, above and below together.
_CELL = 11.0
_CELL_SIDES = 14.4
_CELL_AIR = 8.0


def divided(
    rows: Sequence[Sequence[str]], widths: Sequence[float], room: float, heads: Sequence[str]
) -> Iterator[list[Sequence[str]]]:
    """Divide rows among slides by their heights.

    Parameters
    ----------
    rows : sequence of sequence of str
        The cells, as many a row as there are widths.
    widths : sequence of float
        Of the columns, in EMU.
    room : float
        Height of a slide's table, in EMU.
    heads : sequence of str
        What stands above the columns of each table; may be empty.

    Yields
    ------
    list of sequence of str
        The rows of a slide; one at least.
    """
    head = _row_height(heads, widths) if heads else 0.0
    page: list[Sequence[str]] = []
    used = head
    for row in rows:
        tall = _row_height(row, widths)
        if page and used + tall > room:
            yield page
            page, used = [], head
        page.append(row)
        used += tall
    if page:
        yield page


def add_table(
    slide: Slide,
    box: Box,
    widths: Sequence[float],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    """Put a table on a slide.

    Parameters
    ----------
    slide : Slide
        Where.
    box : tuple of int
        Left, top, width and height in EMU.
    widths : sequence of float
        Of the columns, in EMU.
    heads : sequence of str
        What stands above the columns; may be empty.
    rows : sequence of sequence of str
        The cells.
    """
    left, top, width, _ = box
    all_rows = [list(heads), *rows] if heads else list(rows)
    high = [_row_height(row, widths) for row in all_rows]
    whole = sum(high)
    frame = slide.shapes.add_table(
        len(all_rows), len(widths), Emu(left), Emu(top), Emu(width), Emu(int(whole))
    )
    table = frame.table
    table.first_row = bool(heads)
    table.horz_banding = False
    properties = table._tbl.tblPr
    for style in list(properties):
        properties.remove(style)
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Emu(int(wide))
    for at, (row, tall) in enumerate(zip(all_rows, high, strict=True)):
        table.rows[at].height = Emu(int(tall))
        for place, text in enumerate(row):
            _set_cell(table.cell(at, place), text, head=bool(heads) and at == 0)


def _row_height(row: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row in EMU."""
    count = max(
        lines(text, (wide / _EMU_PER_POINT - _CELL_SIDES) * PIXELS_PER_POINT, _CELL)
        for text, wide in zip(row, widths, strict=True)
    )
    return (count * _CELL * LINE_SPACING + _CELL_AIR) * _EMU_PER_POINT


def _set_cell(cell: Any, text: str, *, head: bool) -> None:
    cell.margin_top = cell.margin_bottom = Pt(_CELL_AIR / 2)
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(_CELL), head
    properties = cell._tc.get_or_add_tcPr()
    colour, width = (_ACCENT, 12700) if head else (_RULE, 6350)
    for side in ("lnL", "lnR", "lnT"):
        properties.append(parse_xml(f'<a:{side} {nsdecls("a")} w="0"><a:noFill/></a:{side}>'))
    properties.append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill><a:srgbClr val="{colour}"/>'
            "</a:solidFill></a:lnB>"
        )
    )
    properties.append(parse_xml(f"<a:noFill {nsdecls('a')}/>"))
    run.font.color.rgb = RGBColor.from_string(_ACCENT if head else _TEXT)
