"""WordprocessingML of tables: plain ones, and cross tables with their heads, letters and signs.

In: a table in the model's terms, a language, the width of the page. Out: XML of a table that keeps
within that width, whose heads repeat on each page and whose rows are never cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tyndau.base.grammar.syllables import soft_hyphens
from tyndau.base.languages import say
from tyndau.reporting import printed
from tyndau.reporting.model import CrossRow, CrossTable
from tyndau.reporting.word.markup import NAMESPACES, paragraph, run
from tyndau.reporting.word.styles import CELL, CELL_HEAD, SIGNS, TABLE, VALUE

# A table of more rows may go over the end of a page.
_WHOLE = 16
# Rows at its beginning and its end that stay together then.
_TOGETHER = 2
# A column of values gets no wider: eyes would have too far to go.
_WIDEST = 1500
_PALE = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F5"/>'
_KEEP = "<w:keepNext/>"
_CENTRED = '<w:jc w:val="center"/>'
_BEGINNING, _CONTINUED = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_LOW = '<w:vAlign w:val="bottom"/>'
_MIDDLE = '<w:vAlign w:val="center"/>'


@dataclass(frozen=True, slots=True)
class Tables:
    """Writes the tables of one file.

    Attributes
    ----------
    language : str
        ``kk`` or ``ru``.
    styles : mapping of str to str
        Identifiers of the styles, by name.
    width : int
        Width of the text on a page, in twips.
    """

    language: str
    styles: Mapping[str, str]
    width: int

    def grid(
        self,
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        *,
        style: str = CELL,
        heads: bool = True,
        whole: bool = False,
    ) -> str:
        """Return a plain table of words.

        Parameters
        ----------
        rows : sequence of sequence of str
            The cells.
        shares : sequence of float
            Shares of the width.
        style : str, optional
            Name of the style of its cells.
        heads : bool, default True
            Whether the first row holds heads.
        whole : bool, default False
            Whether all of it stays on one page, as far as a page holds it.

        Returns
        -------
        str
            XML.
        """
        widths = [int(self.width * share / sum(shares)) for share in shares]
        lines = []
        for at, row in enumerate(rows):
            head = heads and not at
            called = self.styles[CELL_HEAD if head else style]
            keep = _KEEP if whole and at < len(rows) - 1 else ""
            cells = "".join(
                _cell(paragraph(called, run(text), keep), width)
                for text, width in zip(row, widths, strict=True)
            )
            lines.append(_row(cells, head=head))
        return self._table(lines, widths)

    def cross(self, table: CrossTable) -> str:
        """Return a cross table.

        Parameters
        ----------
        table : CrossTable
            A table, or a part of one, of no more columns than a page holds; where it has notes,
            its last row stays with them.

        Returns
        -------
        str
            XML.
        """
        count = len(table.columns)
        label = 0.5 if count <= 4 else 0.38 if count <= 6 else 0.3
        one = min(int(self.width * (1 - label)) // count, _WIDEST)
        widths = [self.width - one * count, *[one] * count]
        lines = self._heads(table, widths)
        rows = len(table.rows)
        for at, row in enumerate(table.rows):
            kept = rows <= _WHOLE or at < _TOGETHER or at >= rows - _TOGETHER
            if at == rows - 1:
                kept = bool(table.notes)
            lines.append(self._cross_row(row, widths, _KEEP if kept else ""))
        return self._table(lines, widths)

    def _cross_row(self, row: CrossRow, widths: Sequence[int], keep: str) -> str:
        bold = "<w:b/><w:bCs/>" if row.kind in ("net", "mean") else ""
        look = (_PALE if row.kind == "base" else "") + _MIDDLE
        label = paragraph(self.styles[CELL], run(say(row.label, self.language), bold), keep)
        cells = _cell(label, widths[0], look)
        style, signs = self.styles[VALUE], f'<w:rStyle w:val="{self.styles[SIGNS]}"/>'
        for cell, width in zip(row.cells, widths[1:], strict=True):
            shown = run(printed.value(cell, row, self.language), bold)
            arrow = printed.arrow(cell)
            if arrow:
                shown += run(arrow, f'{signs}<w:sz w:val="14"/><w:szCs w:val="14"/>')
            letters = printed.letters(cell)
            if letters:
                shown += run(
                    letters,
                    f'{signs}<w:sz w:val="18"/><w:szCs w:val="18"/>'
                    '<w:vertAlign w:val="superscript"/>',
                )
            cells += _cell(paragraph(style, shown, keep), width, look)
        return _row(cells)

    def _heads(self, table: CrossTable, widths: Sequence[int]) -> list[str]:
        """Return the rows of heads: groups over columns over letters, as far as there are any."""
        style, one = self.styles[CELL_HEAD], widths[1]
        grouped = any(column.group for column in table.columns)
        tall = _BEGINNING if grouped else ""
        corner = paragraph(self.styles[CELL], run(printed.corner(self.language)), _KEEP)
        heads = [
            paragraph(style, run(soft_hyphens(printed.head(column, self.language))), _CENTRED)
            for column in table.columns
        ]
        upper = _cell(corner, widths[0], tall + _LOW) + _cell(heads[0], one, tall + _LOW)
        lower = "".join(_cell(head, one, _LOW) for head in heads[1:])
        empty = paragraph(style, "")
        if grouped:
            below = _cell(empty, widths[0], _CONTINUED) + _cell(empty, one, _CONTINUED)
            first, *others = self._upper(table, one)
            rows = [upper + first, *(below + other for other in others), below + lower]
        else:
            rows = [upper + lower]
        if any(column.letter for column in table.columns):
            signs = f'<w:rStyle w:val="{self.styles[SIGNS]}"/>'
            rows.append(
                _cell(empty, widths[0])
                + "".join(
                    _cell(paragraph(style, run(column.letter, signs), _CENTRED), one)
                    for column in table.columns
                )
            )
        return [_row(row, head=True) for row in rows]

    def _upper(self, table: CrossTable, one: int) -> list[str]:
        """Return what stands above the heads of columns by row, without the first two cells."""
        style = self.styles[CELL_HEAD]
        rows = []
        for heads in printed.upper_heads(table.columns[1:], self.language):
            row = ""
            for head in heads:
                said = paragraph(style, run(head.text) if head.text else "", _CENTRED)
                span = f'<w:gridSpan w:val="{head.columns}"/>' if head.columns > 1 else ""
                down = "" if head.rows == 1 else _CONTINUED if not head.rows else _BEGINNING
                row += _cell(said, one * head.columns, span + down + _LOW)
            rows.append(row)
        return rows

    def _table(self, rows: Sequence[str], widths: Sequence[int]) -> str:
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl {NAMESPACES}><w:tblPr><w:tblStyle w:val="{self.styles[TABLE]}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )


def _cell(content: str, width: int, properties: str = "") -> str:
    # The order of the format: width, span, merge downwards, shading, vertical alignment.
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{properties}</w:tcPr>{content}</w:tc>"


def _row(cells: str, *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"
