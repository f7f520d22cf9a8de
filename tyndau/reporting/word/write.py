"""Writing a document as a Word file.

In: a `Document`, a language, a path, a template. Out: the file, whole or not at all; the same
document and template give the same bytes. Contents, captions and page numbers are Word's own
fields, filled already. A new kind of block is a line of `_BLOCKS`.
"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from babel.dates import format_skeleton
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tyndau.base.languages import N_, Message, Sayable, say
from tyndau.reporting import printed
from tyndau.reporting.charts import alt_text, chart_png
from tyndau.reporting.files import put_file
from tyndau.reporting.model import (
    Chart,
    CrossTable,
    Document,
    Facts,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Running,
    spans,
)
from tyndau.reporting.package import repacked
from tyndau.reporting.wide import parts
from tyndau.reporting.word import markup, styles
from tyndau.reporting.word.frame import describe, surround, text_width
from tyndau.reporting.word.pages import heading_pages
from tyndau.reporting.word.tables import Tables
from tyndau.reporting.word.template import open_template

# Twips that a column of a cross table needs, and the share of the page that its columns have.
_COLUMN = 800
_COLUMNS_SHARE = 0.7
_TWIPS_PER_PIXEL = 15
# Twips of the tallest chart: it stays on one page with its caption and notes.
_TALLEST = 10800
_FACT_SHARES = (0.32, 0.68)
# Rows of a plain table on a sheet that stay on one page.
_WHOLE_GRID = 12

_CONTENTS = N_("Contents")
# What Word counts captions by, and offers for lists of tables and charts.
_TABLE = N_("Table")
_CHART = N_("Chart")


def write_word(
    document: Document, language: str, path: Path, *, template: Path | None = None
) -> None:
    """Write a document for Word.

    Parameters
    ----------
    document : Document
        What to write.
    language : str
        ``kk`` or ``ru``.
    path : Path
        The file, ending in ``.docx``; one that stands there is replaced.
    template : Path, optional
        A Word file whose styles, page, headers and footers are taken; that of Tyndau by default.

    Raises
    ------
    UserError
        If the template cannot be read or lacks a style, or if the file cannot be written.
    """
    writing = _Writing(document, language, open_template(template))
    made = io.BytesIO()
    writing.fill().save(made)
    put_file(path, repacked(made.getvalue(), document.dated))


class _Writing:
    """A document on its way into a Word file."""

    def __init__(self, document: Document, language: str, word: DocxDocument) -> None:
        self.document = document
        self.language = language
        self.word = word
        self.styles = {name: word.styles[name].style_id for name in styles.NAMES}
        self.width = text_width(word)
        self.tables = Tables(language, self.styles, self.width)
        self.end = word.element.body.find(qn("w:sectPr"))
        self.headings: list[tuple[int, str]] = []
        self.charts = 0

    def fill(self) -> DocxDocument:
        describe(self.word, self.document, self.language)
        whole = self.document.layout == "report"
        if whole:
            self.cover()
        contents = self.end.getprevious()
        for section in self.document.sections:
            for block in section.blocks:
                _BLOCKS[type(block)](self, block)
        for xml in reversed(self.contents() if whole else []):
            contents.addnext(_parsed(xml))
        surround(self.word, self.document, self.language, self.styles)
        if whole:
            self.number_contents()
        return self.word

    def cover(self) -> None:
        document = self.document
        self.put(styles.SUBTITLE, markup.run(self.say(document.subtitle)))
        self.put(styles.TITLE, markup.run(document.title.say(self.language)))
        if document.cover:
            self.facts(Facts(document.cover))
        dated = ""
        if document.dated:
            dated = format_skeleton("yMMMM", document.dated, locale=self.language)
        self.put(styles.FACT, markup.run(dated))

    def contents(self) -> list[str]:
        """Return the contents: a field that Word can renew, filled with all entries."""
        shown = [(at, level, text) for at, (level, text) in enumerate(self.headings) if level < 3]
        if not shown:
            return []
        head = markup.run(Message(_CONTENTS).say(self.language))
        lines = [markup.paragraph(self.styles[styles.CONTENTS_HEAD], head)]
        tab = f'<w:tab w:val="right" w:leader="dot" w:pos="{self.width}"/>'
        for at, level, text in shown:
            page = markup.field(f"PAGEREF _Toc{at} \\h", markup.run("1"))
            entry = (
                f'<w:hyperlink w:anchor="_Toc{at}" w:history="1">{markup.run(text)}'
                f"<w:r><w:tab/></w:r>{page}</w:hyperlink>"
            )
            if at == shown[0][0]:
                entry = markup.begin_field('TOC \\o "1-2" \\h \\z \\u') + entry
            if at == shown[-1][0]:
                entry += markup.END_FIELD
            style = self.styles[styles.CONTENTS[level - 1]]
            lines.append(markup.paragraph(style, entry, f"<w:tabs>{tab}</w:tabs>"))
        return lines

    def number_contents(self) -> None:
        """Fill in the pages of the contents, and let Word count them when it opens the file."""
        pages = heading_pages(self.word)
        for entry in self.word.element.body.iter(qn("w:hyperlink")):
            if entry.get(qn("w:anchor")) in pages:
                number = entry.findall(f".//{qn('w:t')}")[-1]
                number.text = str(pages[entry.get(qn("w:anchor"))])
        settings = self.word.settings.element
        if settings.find(qn("w:updateFields")) is None:
            settings.insert(0, parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))

    def put(self, style: str, content: str, properties: str = "") -> None:
        self.add(markup.paragraph(self.styles[style], content, properties))

    def add(self, xml: str) -> None:
        self.end.addprevious(_parsed(xml))

    def heading(self, block: Heading) -> None:
        text = self.say(block.text)
        at = len(self.headings)
        self.headings.append((block.level, text))
        marked = markup.bookmark(at, f"_Toc{at}", markup.run(text))
        self.put(styles.HEADINGS[block.level - 1], marked)

    def paragraph(self, block: Paragraph) -> None:
        style = {"body": styles.BODY, "note": styles.NOTE, "lead": styles.LEAD}[block.style]
        self.put(style, self.running(block.text))

    def listing(self, block: Listing) -> None:
        style = styles.NUMBER if block.numbered else styles.BULLET
        properties = self.restarted() if block.numbered else ""
        for item in block.items:
            self.put(style, self.running(item), properties)

    def restarted(self) -> str:
        """Return the properties of a list that is counted from 1 again."""
        own = self.word.styles[styles.NUMBER].element.find(f".//{qn('w:numId')}")
        if own is None:
            return ""
        numbering = self.word.part.numbering_part.element
        number = numbering.num_having_numId(int(own.get(qn("w:val"))))
        again = numbering.add_num(number.abstractNumId.val)
        again.add_lvlOverride(0).add_startOverride(1)
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{again.numId}"/></w:numPr>'

    def quote(self, block: Quote) -> None:
        words = markup.run(f"«{self.say(block.text)}»")
        self.put(styles.QUOTE, f"{words}<w:r><w:br/></w:r>{markup.run('— ' + self.say(block.by))}")

    def facts(self, block: Facts) -> None:
        rows = [(self.say(fact.name), self.say(fact.value)) for fact in block.facts]
        self.add(self.tables.grid(rows, _FACT_SHARES, style=styles.FACT, heads=False))
        self.put(styles.NOTE, "")

    def grid(self, block: Grid) -> None:
        rows = [[self.say(cell) for cell in row] for row in (block.heads, *block.rows)]
        # What is taken along and looked up on a page stays on it.
        whole = self.document.layout == "sheet" and len(rows) <= _WHOLE_GRID
        widths = block.widths or (1.0,) * len(block.heads)
        self.add(self.tables.grid(rows, widths, whole=whole))
        self.put(styles.NOTE, "")

    def chart(self, block: Chart) -> None:
        caption = printed.chart_caption(block, self.language)
        self.caption(caption, block.number, _CHART)
        png = chart_png(
            block,
            self.language,
            width=self.width // _TWIPS_PER_PIXEL,
            banner=self.document.banner,
        )
        relation, image = self.word.part.get_or_add_image(io.BytesIO(png))
        wide, high = self.width, self.width * image.px_height // image.px_width
        if high > _TALLEST:
            wide, high = wide * _TALLEST // high, _TALLEST
        self.charts += 1
        picture = markup.picture(
            relation,
            self.charts,
            (wide, high),
            caption.partition(".")[0],
            alt_text(block, self.language),
        )
        self.put(styles.CHART, picture)
        self.notes((block.base, *block.notes))

    def table(self, block: CrossTable) -> None:
        most = max(int(self.width * _COLUMNS_SHARE) // _COLUMN, 2)
        for at, part in enumerate(parts(block, most)):
            if at:
                continued = printed.continued_caption(part, self.language)
                self.put(styles.CAPTION, markup.run(continued))
            else:
                caption = printed.table_caption(block, self.language)
                self.caption(caption, block.number, _TABLE)
                by = markup.run(printed.by_line(block, self.language))
                self.put(styles.NOTE, by, "<w:keepNext/>")
            self.add(self.tables.cross(part))
        self.notes(block.notes)

    def caption(self, caption: str, number: int, label: str) -> None:
        """Put a caption whose number Word counts."""
        before, shown, after = caption.partition(str(number))
        counted = markup.field(
            f"SEQ {Message(label).say(self.language)} \\* ARABIC", markup.run(shown)
        )
        self.put(styles.CAPTION, markup.run(before) + counted + markup.run(after))

    def notes(self, notes: tuple[Sayable, ...]) -> None:
        """Put what stands under a table or a chart, a line each; at least an empty one."""
        for at, note in enumerate(notes or ("",), start=1):
            keep = "<w:keepNext/>" if at < len(notes) else ""
            self.put(styles.NOTE, markup.run(self.say(note)), keep)

    def running(self, text: Running) -> str:
        found = ""
        for span in spans(text):
            look = ("<w:b/><w:bCs/>" if span.bold else "") + (
                "<w:i/><w:iCs/>" if span.italic else ""
            )
            if span.link:
                target = self.word.part.relate_to(
                    span.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                style = f'<w:rStyle w:val="{self.styles[styles.LINK]}"/>'
                said = markup.run(self.say(span.text), style + look)
                found += f'<w:hyperlink r:id="{target}" w:history="1">{said}</w:hyperlink>'
            else:
                found += markup.run(self.say(span.text), look)
        return found

    def say(self, text: Sayable) -> str:
        return say(text, self.language)


def _parsed(xml: str) -> Any:
    """Parse a table, or a paragraph, which gets its namespaces here."""
    return parse_xml(xml.replace("<w:p>", f"<w:p {markup.NAMESPACES}>", 1))


_BLOCKS: Mapping[type, Callable[[_Writing, Any], None]] = {
    Heading: _Writing.heading,
    Paragraph: _Writing.paragraph,
    Listing: _Writing.listing,
    Quote: _Writing.quote,
    Facts: _Writing.facts,
    Grid: _Writing.grid,
    Chart: _Writing.chart,
    CrossTable: _Writing.table,
}
