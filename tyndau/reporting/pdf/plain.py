"""A document as plain data in one language, for the template that sets it.

In: a document and a language. Out: what JSON holds, with every text said and every value as it is
printed; pictures of charts by name. A new kind of block is a line of `_BLOCKS` and a function of
the template.
"""

from collections.abc import Callable, Mapping
from typing import Any

from babel.dates import format_date

from tyndau.base.grammar.syllables import soft_hyphens
from tyndau.base.languages import N_, Message, Sayable, say
from tyndau.reporting import printed
from tyndau.reporting.charts import alt_text, chart_svg
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
from tyndau.reporting.package import UNDATED
from tyndau.reporting.wide import parts

# Columns of a table that fit on a page, the total among them; pixels of a chart's width, the same
# as on a page of Word, so that each is drawn once for both.
MOST_COLUMNS = 9
WIDTH = 642

_CONTENTS = N_("Contents")
_PAGE = N_("Page {page}")


def plain(document: Document, language: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Turn a document into plain data.

    Parameters
    ----------
    document : Document
        What is set.
    language : str
        ``kk`` or ``ru``.

    Returns
    -------
    tuple of (dict, dict of str to str)
        What JSON holds, and the charts as SVG by name of file.
    """
    setting = _Plain(document, language)
    data = setting.data()
    return data, setting.pictures


class _Plain:
    """A document on its way into plain data."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language
        self.pictures: dict[str, str] = {}

    def data(self) -> dict[str, Any]:
        document, language = self.document, self.language
        dated = document.dated or UNDATED
        blocks = [block for section in document.sections for block in section.blocks]
        return {
            "language": language,
            "layout": document.layout,
            "title": document.title.say(language),
            "subtitle": say(document.subtitle, language),
            "author": say(document.author, language),
            "date": [dated.year, dated.month, dated.day],
            "dated": format_date(dated, "LLLL yyyy", locale=language) if document.dated else "",
            "footer": say(document.footer, language),
            "page": Message(_PAGE, {"page": "#"}).say(language).partition("#")[::2],
            "banner": say(document.banner, language),
            "contents": Message(_CONTENTS).say(language),
            "cover": [
                [say(fact.name, language), say(fact.value, language)] for fact in document.cover
            ],
            "blocks": [_BLOCKS[type(block)](self, block) for block in blocks],
        }

    def heading(self, block: Heading) -> dict[str, Any]:
        return {"kind": "heading", "level": block.level, "text": self.say(block.text)}

    def paragraph(self, block: Paragraph) -> dict[str, Any]:
        return {"kind": "paragraph", "style": block.style, "spans": self.running(block.text)}

    def listing(self, block: Listing) -> dict[str, Any]:
        items = [self.running(item) for item in block.items]
        return {"kind": "list", "numbered": block.numbered, "items": items}

    def quote(self, block: Quote) -> dict[str, Any]:
        return {"kind": "quote", "text": self.say(block.text), "by": self.say(block.by)}

    def facts(self, block: Facts) -> dict[str, Any]:
        facts = [[self.say(fact.name), self.say(fact.value)] for fact in block.facts]
        return {"kind": "facts", "facts": facts}

    def grid(self, block: Grid) -> dict[str, Any]:
        return {
            "kind": "grid",
            "heads": [self.say(head) for head in block.heads],
            "rows": [[self.say(cell) for cell in row] for row in block.rows],
            "widths": list(block.widths) or [1.0] * len(block.heads),
        }

    def chart(self, block: Chart) -> dict[str, Any]:
        name = f"chart-{len(self.pictures) + 1}.svg"
        self.pictures[name] = chart_svg(
            block, self.language, width=WIDTH, banner=self.document.banner
        )
        return {
            "kind": "chart",
            "caption": printed.chart_caption(block, self.language),
            "file": name,
            "words": alt_text(block, self.language),
            "base": self.say(block.base),
            "notes": " ".join(self.say(note) for note in block.notes),
        }

    def table(self, block: CrossTable) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": printed.table_caption(block, self.language),
            "continued": printed.continued_caption(block, self.language),
            "by": printed.by_line(block, self.language),
            "corner": printed.corner(self.language),
            "parts": [self.part(part) for part in parts(block, MOST_COLUMNS)],
            "notes": " ".join(self.say(note) for note in block.notes),
        }

    def part(self, table: CrossTable) -> dict[str, Any]:
        columns = table.columns
        upper = printed.upper_heads(columns[1:], self.language)
        return {
            "upper": [
                [{"text": one.text, "columns": one.columns, "rows": one.rows} for one in row]
                for row in upper
            ],
            "heads": [soft_hyphens(printed.head(one, self.language)) for one in columns],
            "letters": [one.letter for one in columns] if any(c.letter for c in columns) else [],
            "rows": [
                {
                    "label": self.say(row.label),
                    "kind": row.kind,
                    "cells": [
                        [
                            printed.value(cell, row, self.language),
                            printed.arrow(cell),
                            printed.letters(cell),
                        ]
                        for cell in row.cells
                    ],
                }
                for row in table.rows
            ],
        }

    def running(self, text: Running) -> list[dict[str, Any]]:
        return [
            {
                "text": self.say(span.text),
                "bold": span.bold,
                "italic": span.italic,
                "link": span.link,
            }
            for span in spans(text)
        ]

    def say(self, text: Sayable) -> str:
        return say(text, self.language)


_BLOCKS: Mapping[type, Callable[[_Plain, Any], dict[str, Any]]] = {
    Heading: _Plain.heading,
    Paragraph: _Plain.paragraph,
    Listing: _Plain.listing,
    Quote: _Plain.quote,
    Facts: _Plain.facts,
    Grid: _Plain.grid,
    Chart: _Plain.chart,
    CrossTable: _Plain.table,
}
