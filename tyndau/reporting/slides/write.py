"""Writing a document as slides.

In: a `Document`, a language, a path, a template. Out: a .pptx file, whole or not at all; the same
document and template give the same bytes. A heading with nothing but notes below it is a divider;
every other one begins a slide, and what does not fit on it goes on under the same head.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.dates import format_skeleton
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from tyndau.base.languages import Sayable, say
from tyndau.reporting.files import put_file
from tyndau.reporting.model import (
    Block,
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
from tyndau.reporting.package import LONGEST_PROPERTY, UNDATED, repacked
from tyndau.reporting.slides import places
from tyndau.reporting.slides import template as layouts
from tyndau.reporting.slides.charts import Box, add_chart, rows_that_fit
from tyndau.reporting.slides.tables import add_table, divided
from tyndau.reporting.text_size import LINE_SPACING, PIXELS_PER_POINT, lines

_EMU_PER_POINT = 12700
_LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU"}
# Sizes that text is tried in, the largest first, by the place that it stands in.
_HEAD_SIZES, _DIVIDER_SIZES = (24, 22, 20, 18, 16), (32, 28, 24)
_BODY_SIZES, _SIDE_SIZES, _NOTE_SIZES = (18, 16, 14), (14, 13, 12, 11), (10, 9, 8)
_QUESTION_SIZES = (13, 12, 11, 10)
# What follows a paragraph, in its own size.
_AFTER = 0.5


def write_slides(
    document: Document, language: str, path: Path, *, template: Path | None = None
) -> None:
    """Write a document as slides.

    Parameters
    ----------
    document : Document
        What to write; cross tables stand in reports and workbooks, not on slides.
    language : str
        ``kk`` or ``ru``.
    path : Path
        The file, ending in ``.pptx``; one that stands there is replaced.
    template : Path, optional
        A PowerPoint file whose master and layouts are taken; that of Tyndau by default.

    Raises
    ------
    UserError
        If the template cannot be read or lacks a layout, or if the file cannot be written.
    """
    writing = _Writing(document, language, layouts.open_template(template))
    made = io.BytesIO()
    writing.fill().save(made)
    put_file(path, repacked(made.getvalue(), document.dated))


@dataclass(slots=True)
class _Topic:
    """A heading with what stands below it."""

    heading: Heading
    charts: list[Chart] = field(default_factory=list)
    tables: list[Facts | Grid] = field(default_factory=list)
    texts: list[Paragraph | Listing | Quote] = field(default_factory=list)

    @property
    def divides(self) -> bool:
        """Whether it only says what follows: a head of a part, with notes at most."""
        notes = all(isinstance(one, Paragraph) and one.style == "note" for one in self.texts)
        return not self.charts and not self.tables and notes


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph on a slide, and how it is set."""

    text: Running
    bullet: str = ""
    bold: bool = False


class _Writing:
    """A document on its way onto slides."""

    def __init__(self, document: Document, language: str, show: Presentation) -> None:
        self.document = document
        self.language = language
        self.show = show
        self.layouts = {layout.name: layout for layout in show.slide_layouts}
        self.banner = self.say(document.banner)

    def fill(self) -> Presentation:
        self.describe()
        self.cover()
        for topic in _topics(self.document):
            head = topic.heading
            if topic.divides:
                slide = self.slide(layouts.DIVIDER, head, _DIVIDER_SIZES)
                self.put(slide, layouts.BODY, list(_lines(topic.texts)), _SIDE_SIZES)
                continue
            for chart in topic.charts:
                self.chart(head, chart, topic.texts)
            for table in topic.tables:
                self.table(head, table)
            if topic.texts and not topic.charts:
                self.text(head, topic.texts)
        self.tag_language()
        return self.show

    def describe(self) -> None:
        about = self.show.core_properties
        about.title = self.document.title.say(self.language)[:LONGEST_PROPERTY]
        about.subject = self.say(self.document.subtitle)[:LONGEST_PROPERTY]
        about.author = about.last_modified_by = self.say(self.document.author)[:LONGEST_PROPERTY]
        about.comments = about.keywords = about.category = about.content_status = ""
        about.language, about.revision = _LANGUAGES[self.language], 1
        day = self.document.dated or UNDATED
        about.created = about.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)

    def cover(self) -> None:
        document = self.document
        slide = self.slide(layouts.TITLE, Heading(document.title), (36, 32, 28, 24))
        self.put(slide, layouts.BODY, [_Line(document.subtitle)], (16, 14))
        facts = [_Line(f"{self.say(one.name)}: {self.say(one.value)}") for one in document.cover]
        if document.dated:
            facts.append(_Line(format_skeleton("yMMMM", document.dated, locale=self.language)))
        self.put(slide, layouts.NOTE, facts, _SIDE_SIZES)

    def slide(self, layout: str, head: Heading, sizes: Sequence[int] = _HEAD_SIZES) -> Slide:
        """Add a slide with its head, banner, footer and number."""
        slide = self.show.slides.add_slide(self.layouts[layout])
        for shape in slide.placeholders:
            shape.name = places.place(self.layouts[layout], shape.placeholder_format.idx).name
        self.put(slide, layouts.HEAD, [_Line(head.text, bold=True)], sizes)
        self.put(slide, layouts.BANNER, [_Line(self.banner)] if self.banner else [], (12,))
        if layout != layouts.TITLE:
            title = self.document.title.say(self.language)
            footer = f"{title} · {self.say(self.document.footer)}"
            for index in (layouts.FOOTER, layouts.NUMBER):
                places.copy_place(slide, self.layouts[layout], index, footer)
        return slide

    def chart(self, head: Heading, chart: Chart, texts: Sequence[Block]) -> None:
        """Set a chart with what is said of it; on several slides where it is too long for one."""
        said = list(_lines(texts))
        wide = not said or chart.kind == "panels"
        layout = layouts.WIDE if wide else layouts.CHART
        box = places.box(places.place(self.layouts[layout], layouts.OBJECT))
        for start, end in pairwise(self.edges(chart, box)):
            slide = self.slide(layout, head)
            places.remove(slide, layouts.OBJECT)
            part = _cut(chart, start, end)
            add_chart(slide, box, part, self.language, self.banner)
            question = [] if self.say(chart.title) == self.say(head.text) else [_Line(chart.title)]
            self.put(slide, layouts.QUESTION, question, _QUESTION_SIZES)
            notes = [_Line(note) for note in (chart.base, *chart.notes)]
            self.put(slide, layouts.NOTE, notes, _NOTE_SIZES, after=0)
            if not wide:
                self.put(slide, layouts.SIDE, said, _SIDE_SIZES)
                said = []
        if wide and said:
            self.text(head, texts)

    def edges(self, chart: Chart, box: Box) -> list[int]:
        """Divide the categories of a chart evenly among as many slides as they need."""
        count = len(chart.categories)
        slides = -(-count // rows_that_fit(chart, box, self.language))
        while True:
            edges = [count * at // slides for at in range(slides + 1)]
            if slides >= count or all(
                rows_that_fit(_cut(chart, start, end), box, self.language) == end - start
                for start, end in pairwise(edges)
            ):
                return edges
            slides += 1

    def text(self, head: Heading, texts: Sequence[Block]) -> None:
        """Set running text, on as many slides as it needs."""
        place = places.place(self.layouts[layouts.TEXT], layouts.BODY)
        waiting = list(_lines(texts))
        while waiting:
            count = len(waiting)
            while count > 1 and self.fitting(waiting[:count], place, _BODY_SIZES) is None:
                count -= 1
            slide = self.slide(layouts.TEXT, head)
            self.put(slide, layouts.BODY, waiting[:count], _BODY_SIZES)
            waiting = waiting[count:]

    def table(self, head: Heading, block: Facts | Grid) -> None:
        """Set a list of facts or a plain table, on as many slides as it needs."""
        heads: tuple[Sayable, ...] = ()
        shares: Sequence[float] = (0.3, 0.7)
        if isinstance(block, Grid):
            heads = block.heads
            rows = [[self.say(cell) for cell in row] for row in block.rows]
            shares = block.widths or [1 / len(heads)] * len(heads)
        else:
            rows = [[self.say(one.name), self.say(one.value)] for one in block.facts]
        box = places.box(places.place(self.layouts[layouts.WIDE], layouts.OBJECT))
        note = places.box(places.place(self.layouts[layouts.WIDE], layouts.NOTE))
        box = (*box[:3], note[1] + note[3] - box[1])
        widths = [box[2] * share for share in shares]
        for part in divided(rows, widths, box[3], [self.say(one) for one in heads]):
            slide = self.slide(layouts.WIDE, head)
            for index in (layouts.QUESTION, layouts.OBJECT, layouts.NOTE):
                places.remove(slide, index)
            add_table(slide, box, widths, [self.say(one) for one in heads], part)

    def put(
        self,
        slide: Slide,
        index: int,
        content: Sequence[_Line],
        sizes: Sequence[int],
        after: float = _AFTER,
    ) -> None:
        """Set paragraphs into a place, in the largest size that fits; an empty place goes."""
        shown = [line for line in content if self.plain(line)]
        if not shown:
            places.remove(slide, index)
            return
        place = places.place(slide, index)
        size = self.fitting(shown, place, sizes, after) or sizes[-1]
        frame = place.text_frame
        first = 1
        for at, line in enumerate(shown):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            if at + 1 < len(shown):
                paragraph.space_after = Pt(round(size * after))
            for span in spans(line.text):
                text = self.say(span.text)
                run = paragraph.add_run()
                run.text = text
                run.font.size = Pt(size)
                if span.bold or line.bold:
                    run.font.bold = True
                if span.italic:
                    run.font.italic = True
                if span.link:
                    run.hyperlink.address = span.link
            if line.bullet:
                if at == 0 or line.bullet == "1." or not shown[at - 1].bullet:
                    first = int(line.bullet.rstrip(".")) if line.bullet != "•" else 1
                places.set_bullet(paragraph, line.bullet, size, first)

    def fitting(
        self, content: Sequence[_Line], place: Any, sizes: Sequence[int], after: float = _AFTER
    ) -> int | None:
        """Return the largest size in which paragraphs fit into a place."""
        _, _, width, height = (one / _EMU_PER_POINT for one in places.box(place))
        for size in sizes:
            tall = 0.0
            for line in content:
                across = (width - (size * 1.2 if line.bullet else 0)) * PIXELS_PER_POINT
                count = lines(self.plain(line), across, size, bold=line.bold)
                tall += count * size * LINE_SPACING + size * after
            if tall - size * after <= height:
                return size
        return None

    def plain(self, line: _Line) -> str:
        return "".join(self.say(span.text) for span in spans(line.text))

    def tag_language(self) -> None:
        """Say of every text in which language it is, for spelling and for screen readers."""
        code = _LANGUAGES[self.language]
        for slide in self.show.slides:
            for run in slide._element.iter(qn("a:r"), qn("a:fld")):
                properties = run.find(qn("a:rPr"))
                if properties is None:
                    properties = parse_xml(f"<a:rPr {nsdecls('a')}/>")
                    run.insert(0, properties)
                properties.set("lang", code)
            for end in slide._element.iter(qn("a:endParaRPr")):
                end.set("lang", code)

    def say(self, text: Sayable) -> str:
        return say(text, self.language)


def _topics(document: Document) -> Iterator[_Topic]:
    """Gather what stands below each heading; cross tables are left out."""
    topic: _Topic | None = None
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                if topic:
                    yield topic
                topic = _Topic(block)
            elif topic is None or isinstance(block, CrossTable):
                continue
            elif isinstance(block, Chart):
                topic.charts.append(block)
            elif isinstance(block, Facts | Grid):
                topic.tables.append(block)
            else:
                topic.texts.append(block)
    if topic:
        yield topic


def _lines(texts: Iterable[Block]) -> Iterator[_Line]:
    for block in texts:
        if isinstance(block, Listing):
            for at, item in enumerate(block.items, start=1):
                yield _Line(item, f"{at}." if block.numbered else "•")
        elif isinstance(block, Quote):
            yield _Line(block.text)
            yield _Line(block.by)
        elif isinstance(block, Paragraph):
            yield _Line(block.text, bold=block.style == "lead")


def _cut(chart: Chart, start: int, end: int) -> Chart:
    """Return a chart with some of its categories."""
    return replace(
        chart,
        categories=chart.categories[start:end],
        series=tuple(replace(one, values=one.values[start:end]) for one in chart.series),
        aside=frozenset(at - start for at in chart.aside if start <= at < end),
    )
