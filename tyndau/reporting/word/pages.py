"""On which pages the headings of a file will stand, as near as can be told without Word.

In: a python-docx document with its content. Out: a page for each bookmark. Contents that are filled
already need them: Word counts pages only where its reader lets it, other programs and previews
never do. Lines are counted from measured words in the styles of the template, so that a page may be
one off where a block ends close to the end of a page; Word's own number replaces it then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml.ns import qn

from tyndau.reporting.text_size import CELL_PADDING, PIXELS_PER_POINT, lines

_TWIPS = 20
_EMU = 12700
# Height of a line of Arial in font sizes, and the margin for other fonts that `lines` adds.
_LINE = 1.15
_MARGIN = 1.05
# Points at both sides of a cell together, and of the line under a row.
_CELL_SIDES = 5.0
_RULE = 0.5
# Lines of a paragraph that stay together at either end of a page.
_ORPHANS = 2


@dataclass(frozen=True, slots=True)
class _Look:
    """What decides how high a paragraph is, in points, and what moves with it."""

    style: str = ""
    size: float = 10.0
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    sides: float = 0.0
    keep: bool = False
    new_page: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, or a row of a table: so many lines, in one look."""

    look: _Look
    lines: int
    line: float
    whole: bool
    marks: tuple[str, ...] = ()

    @property
    def least(self) -> float:
        """Height without which it does not begin on a page."""
        whole = self.whole or self.lines < 2 * _ORPHANS
        return (self.lines if whole else _ORPHANS) * self.line


def heading_pages(word: DocxDocument) -> dict[str, int]:
    """Tell on which page each bookmark stands.

    Parameters
    ----------
    word : docx.document.Document
        The file, with all its content.

    Returns
    -------
    dict of str to int
        Page by name of the bookmark, from 1.
    """
    page = word.sections[-1]
    edges = (page.page_width, page.left_margin, page.right_margin)
    across = [edge.pt if edge is not None else 0.0 for edge in edges]
    edges = (page.page_height, page.top_margin, page.bottom_margin)
    down = [edge.pt if edge is not None else 0.0 for edge in edges]
    looks = _Looks(word)
    pieces = [
        piece
        for block in word.element.body
        for piece in _pieces(block, looks, across[0] - across[1] - across[2])
    ]
    return _placed(pieces, down[0] - down[1] - down[2])


def _placed(pieces: Sequence[_Piece], room: float) -> dict[str, int]:
    found: dict[str, int] = {}
    page, used = 1, 0.0
    before = _Look()
    for at, piece in enumerate(pieces):
        look = piece.look
        gap = look.before
        if look.close and look.style == before.style:
            gap = -before.after
        if (look.new_page and at) or (
            used and not before.keep and used + gap + _needed(pieces, at) > room
        ):
            page, used = page + 1, 0.0
        top = max(used + gap, 0.0) if used else 0.0
        if top + piece.least > room:
            page, top = page + 1, 0.0
        found |= dict.fromkeys(piece.marks, page)
        height = piece.lines * piece.line
        if top + height > room and not piece.whole:
            fitting = int((room - top) / piece.line)
            pages, rest = divmod(piece.lines - fitting, max(int(room / piece.line), 1))
            page, top, height = page + 1 + pages, 0.0, rest * piece.line
        used = top + height + look.after
        before = look
    return found


def _needed(pieces: Sequence[_Piece], at: int) -> float:
    """Return the height of a piece and of all that must stay with it, 0 for more than a page."""
    height = pieces[at].least
    while pieces[at].look.keep and at + 1 < len(pieces) and height < 1000:
        height = height - pieces[at].least + pieces[at].lines * pieces[at].line
        height += pieces[at].look.after + pieces[at + 1].look.before + pieces[at + 1].least
        at += 1
    return height


def _pieces(block: Any, looks: "_Looks", width: float) -> Iterator[_Piece]:
    if block.tag == qn("w:p"):
        look = looks.of(block)
        pictures = [int(one.get("cy")) / _EMU for one in block.iter(_EXTENT)]
        marks = tuple(one.get(qn("w:name")) for one in block.iter(qn("w:bookmarkStart")))
        if pictures:
            yield _Piece(look, 1, max(pictures), True)
        else:
            whole = block.find(f".//{qn('w:keepLines')}") is not None or look.keep
            yield _Piece(
                look, _lines(block, look, width), look.size * _LINE * look.line, whole, marks
            )
    elif block.tag == qn("w:tbl"):
        widths = [int(one.get(qn("w:w"))) / _TWIPS for one in block.iter(qn("w:gridCol"))]
        for row in block.iter(qn("w:tr")):
            yield _row(row, looks, widths)


_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def _row(row: Any, looks: "_Looks", widths: Sequence[float]) -> _Piece:
    height, keep, column = 0.0, False, 0
    for cell in row.iter(qn("w:tc")):
        properties = cell.find(qn("w:tcPr"))
        span = properties.find(qn("w:gridSpan"))
        columns = int(span.get(qn("w:val"))) if span is not None else 1
        room = sum(widths[column : column + columns]) - _CELL_SIDES
        column += columns
        content = cell.find(qn("w:p"))
        look = looks.of(content)
        keep = keep or look.keep
        if properties.find(qn("w:vMerge")) is None:
            count = _lines(content, look, room)
            tall = look.before + look.after + count * look.size * _LINE * look.line
            height = max(height, tall)
    return _Piece(_Look("row", keep=keep), 1, height + _RULE, True)


def _lines(paragraph: Any, look: _Look, width: float) -> int:
    text = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
    room = (width - look.sides) * PIXELS_PER_POINT * _MARGIN + CELL_PADDING
    breaks = sum(1 for _ in paragraph.iter(qn("w:br")))
    return lines(text, room, look.size, bold=look.bold) + breaks


class _Looks:
    """The looks of a template's styles, as far as they decide about heights."""

    def __init__(self, word: DocxDocument) -> None:
        styles = word.styles.element
        self.by_id = {one.get(qn("w:styleId")): one for one in styles.iter(qn("w:style"))}
        self.defaults = _changed(_Look(), styles.find(qn("w:docDefaults")))
        self.known: dict[str, _Look] = {}

    def of(self, paragraph: Any) -> _Look:
        """Return the look of a paragraph: that of its style, and whether it is kept itself."""
        properties = paragraph.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        look = self.named(style.get(qn("w:val"))) if style is not None else self.defaults
        if properties is not None and properties.find(qn("w:keepNext")) is not None:
            return replace(look, keep=True)
        return look

    def named(self, style: str) -> _Look:
        if style not in self.known:
            element = self.by_id[style]
            base = element.find(qn("w:basedOn"))
            look = self.named(base.get(qn("w:val"))) if base is not None else self.defaults
            self.known[style] = replace(_changed(look, element), style=style)
        return self.known[style]


def _changed(look: _Look, element: Any) -> _Look:
    """Return a look with what a style says anew."""
    values: dict[str, Any] = {}
    for one in element.iter() if element is not None else ():
        said: Mapping[str, str] = {_local(key): value for key, value in one.attrib.items()}
        name = _local(one.tag)
        if name == "sz":
            values["size"] = int(said["val"]) / 2
        elif name in _FLAGS:
            values[_FLAGS[name]] = said.get("val", "1") not in ("0", "false")
        elif name == "spacing" and not said.keys().isdisjoint(("before", "after", "line")):
            for key in {"before", "after"} & said.keys():
                values[key] = int(said[key]) / _TWIPS
            if "line" in said and said.get("lineRule", "auto") == "auto":
                values["line"] = int(said["line"]) / 240
        elif name == "ind":
            sides = (said.get(side, said.get(other, "0")) for side, other in _SIDES)
            values["sides"] = sum(int(side) for side in sides) / _TWIPS
    return replace(look, **values)


_FLAGS = {
    "b": "bold",
    "keepNext": "keep",
    "pageBreakBefore": "new_page",
    "contextualSpacing": "close",
}
_SIDES = (("left", "start"), ("right", "end"))


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]
