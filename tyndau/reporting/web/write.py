"""Writing a volume for pages: ``tables.json`` and the pictures of its charts.

In: a document, a folder, charts and chapters by question. Out: the files, each whole or not at all;
the same volume gives the same bytes. Texts stand in every language of the content, numbers as they
were computed with the digits that readers see. A new part of the volume is a line in `_volume`, in
`_plain_volume` and in `tyndau.reporting.web.read`.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tyndau.base.languages import CONTENT_LANGUAGES, Sayable, Text, say
from tyndau.reporting.charts import alt_text, chart_svg
from tyndau.reporting.files import put_file
from tyndau.reporting.model import (
    Chart,
    CrossCell,
    CrossTable,
    Document,
    Fact,
    Facts,
    Paragraph,
    Section,
    spans,
)
from tyndau.reporting.web.volume import FORMAT, TABLES, Picture, WebQuestion, WebVolume

CHARTS = "charts"

# Pixels in which a chart is laid out: beside the text of a page, and across a phone.
WIDTHS = {"wide": 760, "narrow": 358}


def write_web(
    document: Document,
    path: Path,
    charts: Mapping[str, Chart],
    chapters: Mapping[str, Sayable],
) -> tuple[Path, ...]:
    """Write a volume of one population for pages, in all languages at once.

    Parameters
    ----------
    document : Document
        The volume; sections without tables say how tables are read.
    path : Path
        The folder; made if it is not there.
    charts : mapping of str to Chart
        By key of the section, which is the question's name; a question may have none.
    chapters : mapping of str to (Text, Message or str)
        By key of the section the group of the questionnaire; a question may stand in none.

    Returns
    -------
    tuple of Path
        The files, ``tables.json`` first.

    Raises
    ------
    UserError
        If a file cannot be written.
    """
    drawn = {section.key for section in document.sections if section.tables} & set(charts)
    pictures = {key: _picture(key, charts[key]) for key in sorted(drawn)}
    volume = _volume(document, chapters, pictures)
    files = [path / TABLES]
    put_file(files[0], _json(_plain_volume(volume)).encode())
    for key, picture in pictures.items():
        for language, names in picture.files.items():
            for size, name in names.items():
                svg = chart_svg(charts[key], language, width=WIDTHS[size], banner=document.banner)
                put_file(path / name, svg.encode())
                files.append(path / name)
    return tuple(files)


def _picture(key: str, chart: Chart) -> Picture:
    words = Text(**{language: alt_text(chart, language) for language in CONTENT_LANGUAGES})
    files = {
        language: {size: f"{CHARTS}/{key}-{language}-{size}.svg" for size in WIDTHS}
        for language in CONTENT_LANGUAGES
    }
    return Picture(words, files)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _volume(
    document: Document, chapters: Mapping[str, Sayable], pictures: Mapping[str, Picture]
) -> WebVolume:
    return WebVolume(
        title=document.title,
        subtitle=document.subtitle,
        footer=document.footer,
        banner=document.banner,
        reading=tuple(_reading(document.sections)),
        questions=tuple(
            WebQuestion(
                key=section.key,
                title=section.title,
                chapter=chapters.get(section.key, ""),
                notes=tuple(_notes(section)),
                tables=section.tables,
                picture=pictures.get(section.key),
            )
            for section in document.sections
            if section.tables
        ),
    )


def _reading(sections: Iterable[Section]) -> Iterable[Fact]:
    """Go through the last list of facts of each section without tables: signs explained."""
    for section in sections:
        lists = [block for block in section.blocks if isinstance(block, Facts)]
        if lists and not section.tables:
            yield from lists[-1].facts


def _notes(section: Section) -> Iterable[Sayable]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield from (span.text for span in spans(block.text))


def _plain_volume(volume: WebVolume) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "title": _pair(volume.title),
        "subtitle": _pair(volume.subtitle),
        "footer": _pair(volume.footer),
        "banner": _pair(volume.banner),
        "reading": [[_pair(fact.name), _pair(fact.value)] for fact in volume.reading],
        "questions": [_plain_question(question) for question in volume.questions],
    }


def _plain_question(question: WebQuestion) -> dict[str, Any]:
    picture = question.picture
    return {
        "key": question.key,
        "title": _pair(question.title),
        "chapter": _pair(question.chapter),
        "notes": _pairs(question.notes),
        "tables": [_plain_table(table) for table in question.tables],
        "picture": picture and {"words": _pair(picture.words), "files": picture.files},
    }


def _plain_table(table: CrossTable) -> dict[str, Any]:
    return {
        "number": table.number,
        "title": _pair(table.title),
        "by": _pairs(table.by),
        "base": _pair(table.base),
        "columns": [
            [
                _pair(column.label),
                _pair(column.group),
                column.letter,
                column.mark,
                _pairs(column.within),
            ]
            for column in table.columns
        ],
        "rows": [
            [_pair(row.label), row.kind, row.decimals, [_plain_cell(cell) for cell in row.cells]]
            for row in table.rows
        ],
        "tested": table.tested,
        "notes": _pairs(table.notes),
    }


def _plain_cell(cell: CrossCell) -> Any:
    """Return the number alone where nothing stands beside it, as in most cells."""
    if cell.hidden:
        return [None, "", "", True]
    if not cell.letters and not cell.versus_rest:
        return cell.value
    return [cell.value, cell.letters, cell.versus_rest]


def _pair(text: Sayable) -> Any:
    """Return a text in all languages; once, where it is the same in each."""
    said = {language: say(text, language) for language in CONTENT_LANGUAGES}
    return said["ru"] if len(set(said.values())) == 1 else said


def _pairs(texts: Iterable[Sayable]) -> list[Any]:
    return [_pair(text) for text in texts]
