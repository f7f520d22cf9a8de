"""The report as PDF: readable by everybody, the same each time, nothing over the margin."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tyndau.base.languages import Text, say
from tyndau.reporting.model import Chart, CrossTable, Document, Heading, Paragraph, Section
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.typefaces import MISSING

from .made_up_report import ANSWERS, SCALE, made_up_report
from .paper import Word, latin_words, pages_of, structure_of, words_of

CONTENTS = {"kk": "Мазмұны", "ru": "Содержание"}
SIMULATED = {"kk": "МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "ru": "СМОДЕЛИРОВАННЫЕ ДАННЫЕ"}
# Two centimetres, less the width of a line.
MARGIN = 2 / 2.54 * 72 - 1


@pytest.fixture(scope="module", params=["kk", "ru"])
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Document, Path]:
    path = tmp_path_factory.mktemp(request.param) / "report.pdf"
    document = made_up_report(banner=True)
    write_pdf(document, request.param, path)
    return request.param, document, path


def _squeezed(text: str) -> str:
    """Return a text without what setting it changes: spaces, line ends and their hyphens."""
    return re.sub(r"[\s\xad\u2010-]", "", text)


def test_the_file_says_that_it_keeps_and_that_everybody_can_read_it(
    made: tuple[str, Document, Path],
) -> None:
    content = made[2].read_bytes()
    for said in (b"pdfuaid:part>1", b"pdfaid:part>2", b"pdfaid:conformance>A"):
        assert said in content
    assert f"<rdf:li>{made[0]}</rdf:li>".encode() in content


def test_everything_stands_in_it_in_the_language_of_the_reader(
    made: tuple[str, Document, Path],
) -> None:
    language, document, path = made
    pages = pages_of(path)
    said = _squeezed("".join(pages))
    blocks = [block for section in document.sections for block in section.blocks]
    texts = [document.title, document.subtitle, *ANSWERS, *SCALE]
    texts += [block.text for block in blocks if isinstance(block, Heading)]
    texts += [block.base for block in blocks if isinstance(block, Chart | CrossTable)]
    texts += [row.label for block in blocks if isinstance(block, CrossTable) for row in block.rows]
    # Wide tables and labels of charts break lines between other columns: words are looked for.
    for text in texts:
        for word in say(text, language).split():
            assert _squeezed(word) in said, f"{word!r} of {say(text, language)!r}"
    assert CONTENTS[language] in "".join(pages[:3])
    assert not latin_words("\n".join(pages))


def test_every_page_and_picture_says_that_data_are_simulated(
    made: tuple[str, Document, Path],
) -> None:
    language, document, path = made
    pages = pages_of(path)
    assert len(pages) > 6
    assert [SIMULATED[language] in page for page in pages] == [True] * len(pages)
    charts = sum(isinstance(one, Chart) for part in document.sections for one in part.blocks)
    assert "".join(pages).count(SIMULATED[language]) >= len(pages) + charts


def test_nothing_stands_over_the_margin(made: tuple[str, Document, Path]) -> None:
    words, (width, height) = words_of(made[2])
    assert len(words) > 500
    over = [
        word
        for word in words
        if not (word.left > MARGIN and word.right < width - MARGIN and word.bottom < height)
    ]
    assert not over


def test_no_word_stands_upon_another(made: tuple[str, Document, Path]) -> None:
    words, _ = words_of(made[2])
    upon = [
        (one.text, other.text)
        for page in {word.page for word in words}
        for one, other in _pairs([word for word in words if word.page == page])
        if _upon(one, other)
    ]
    assert not upon


def _pairs(words: list[Word]) -> list[tuple[Word, Word]]:
    return [(one, other) for at, one in enumerate(words) for other in words[at + 1 :]]


def _upon(one: Word, other: Word) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 1 and down > min(one.bottom - one.top, other.bottom - other.top) / 2


def test_a_screen_reader_finds_headings_tables_and_words_for_pictures(
    made: tuple[str, Document, Path],
) -> None:
    _, document, path = made
    tags = structure_of(path)
    blocks = [block for section in document.sections for block in section.blocks]
    for level in (1, 2):
        assert len(re.findall(rf"^ *H{level}\b", tags, re.MULTILINE)) >= sum(
            isinstance(block, Heading) and block.level == level for block in blocks
        )
    assert "TH" in tags
    assert "Figure" in tags


def test_the_same_document_gives_the_same_bytes(made: tuple[str, Document, Path]) -> None:
    language, document, path = made
    again = path.with_name("again.pdf")
    write_pdf(document, language, again)
    assert again.read_bytes() == path.read_bytes()


def test_what_no_font_has_is_marked_and_nothing_else_is_lost(tmp_path: Path) -> None:
    written = "Ямы на дорогах \U0001fae0, жуть 坑 − всё"
    paragraph = Paragraph(Text("Жолдағы шұңқырлар \U0001fae0 坑", written))
    chart = next(
        block
        for section in made_up_report().sections
        for block in section.blocks
        if isinstance(block, Chart)
    )
    odd = replace(chart, categories=(Text("坑", "яма 坑"), *chart.categories[1:]))
    section = Section("one", "1", "Раздел", (Heading("Раздел"), paragraph, odd))
    path = tmp_path / "report.pdf"
    write_pdf(replace(made_up_report(), sections=(section,)), "ru", path)
    said = " ".join("".join(pages_of(path)).split())
    assert f"Ямы на дорогах {MISSING}, жуть {MISSING} − всё" in said
    assert f"яма {MISSING}" in said
