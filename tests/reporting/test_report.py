"""What stands in a report and on slides, and in which order."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tyndau.base.errors import Place, UserError
from tyndau.base.languages import Text, say
from tyndau.reporting.beside import populations_beside
from tyndau.reporting.model import (
    Block,
    Chart,
    CrossTable,
    Document,
    Grid,
    Heading,
    Listing,
    Paragraph,
)
from tyndau.reporting.prose import Cells, Prose, prose_warnings, read_prose
from tyndau.reporting.prose.read import Chapter
from tyndau.reporting.prose.references import Insert
from tyndau.reporting.report import Material, build_deck, build_report, gather

from .reported import Reported

NO_PROSE = Prose()


def _materials(reported: Reported) -> list[Material]:
    names = sorted(reported.rows, key=lambda name: -reported.rows[name])
    tables = {
        name: [
            table
            for question, some in reported.questions.items()
            if question.startswith(f"{name}/")
            for table in some
        ]
        for name in names
    }
    beside = {
        one.table.question.name: one.table
        for one in populations_beside(reported.study, tables, names)
    }
    return [
        gather(reported.study, name, tables[name], reported.rows[name], beside) for name in names
    ]


@pytest.fixture(scope="module")
def materials(demo_city: Reported) -> list[Material]:
    return _materials(demo_city)


@pytest.fixture(scope="module")
def document(demo_city: Reported, materials: list[Material]) -> Document:
    return build_report(demo_city.study, materials, NO_PROSE, wave="simulated", revision=1)


@pytest.fixture(scope="module")
def deck(demo_city: Reported, materials: list[Material]) -> Document:
    return build_deck(demo_city.study, materials, NO_PROSE, wave="simulated", revision=1)


def _blocks(document: Document) -> Iterator[Block]:
    for section in document.sections:
        yield from section.blocks


def test_without_prose_a_report_says_everything_itself(
    document: Document, materials: list[Material]
) -> None:
    keys = [section.key for section in document.sections]
    assert keys[:3] == ["abstract", "methodology", "summary"]
    assert keys[-3:] == ["profile", "tables", "questionnaires"]
    chapters = [
        section.title
        for section in document.sections
        if section.key.startswith("residents-") and section.key[10:].isdigit()
    ]
    assert chapters == [
        part.title for part in materials[0].parts if not part.profile and part.title.ru
    ]
    drawn = {id(item.chart.title) for item in materials[0].items.values() if item.chart}
    shown = {id(block.title) for block in _blocks(document) if isinstance(block, Chart)}
    profile = {
        id(item.chart.title)
        for part in materials[0].parts
        if part.profile
        for item in part.items
        if item.chart
    }
    assert drawn - profile <= shown


def test_a_summary_says_whole_sentences(document: Document) -> None:
    (summary,) = [section for section in document.sections if section.key == "summary"]
    points = [
        item for block in summary.blocks if isinstance(block, Listing) for item in block.items
    ]
    assert len(points) > 20
    for point in points:
        assert isinstance(point, tuple)
        question, _, result = point
        for language in ("kk", "ru"):
            assert say(question.text, language)[-1] in "?!.…:"
            assert say(result.text, language)[-1] == "."


def test_levels_of_headings_are_never_skipped_and_none_stands_alone(document: Document) -> None:
    blocks = list(_blocks(document))
    assert isinstance(blocks[-1], Paragraph | Listing)
    level = 0
    for before, block in pairwise(blocks):
        if isinstance(block, Heading):
            assert block.level <= level + 1
            level = block.level
        if isinstance(before, Heading) and isinstance(block, Heading):
            assert block.level == before.level + 1, say(before.text, "ru")


def test_charts_and_tables_are_numbered_as_they_stand(document: Document, deck: Document) -> None:
    for one in (document, deck):
        charts = [block.number for block in _blocks(one) if isinstance(block, Chart)]
        assert charts == list(range(1, len(charts) + 1))
    tables = [block.number for block in _blocks(document) if isinstance(block, CrossTable)]
    assert tables == list(range(1, len(tables) + 1))
    assert len(tables) > 50


def test_what_is_not_documented_is_listed_as_missing(demo_city: Reported) -> None:
    silent = replace(demo_city.study, method_words={}, mode=Text(), start=None, end=None)
    made = build_report(silent, _materials(demo_city)[:1], NO_PROSE, wave="w", revision=1)
    (items,) = [
        block
        for section in made.sections
        if section.key == "methodology"
        for block in section.blocks
        if isinstance(block, Grid)
    ]
    said = {say(row[0], "ru"): say(row[1], "ru") for row in items.rows}
    missing = {name for name, words in said.items() if words.startswith("Отсутствует")}
    assert len(said) == 16
    assert len(missing) == 9
    assert "Сроки полевых работ" in missing
    assert "Взвешивание" not in missing


def test_the_limits_of_the_sample_are_said_once_a_chapter(document: Document) -> None:
    for section in document.sections:
        if not section.key.startswith("residents-"):
            continue
        notes = [
            block
            for block in section.blocks
            if isinstance(block, Paragraph) and "выборка не случайная" in say_all(block)
        ]
        assert len(notes) == 1


def say_all(block: Paragraph) -> str:
    return "" if isinstance(block.text, tuple) else say(block.text, "ru")


# How the note under a chart of populations may begin: what differs, that nothing does, who is few.
COMPARED = (
    "Significantly more often: ",
    "No significant difference was found between the populations.",
    "Not tested, with fewer than 30 respondents: ",
)


def test_populations_stand_side_by_side_where_both_were_asked(
    document: Document, deck: Document, materials: list[Material]
) -> None:
    for one in (document, deck):
        compared = [
            block for block in _blocks(one) if isinstance(block, Chart) and block.kind == "grouped"
        ]
        names = [say(block.title, "ru") for block in compared]
        assert len(names) == len(set(names)) > 5
        for block in compared:
            assert [say(series.label, "ru") for series in block.series] == [
                "Самалжал, 2026: жители",
                "Самалжал, 2026: неправительственные организации",
            ]
            assert say(block.notes[-1], "en").startswith(COMPARED)


def test_every_slide_states_something_and_shows_its_chart(
    deck: Document, materials: list[Material]
) -> None:
    headlines = {
        item.headline.text.ru
        for material in materials
        for item in material.items.values()
        if item.headline
    }
    stated = 0
    for section in deck.sections:
        charts = [block for block in section.blocks if isinstance(block, Chart)]
        assert len(charts) <= 1
        head = section.blocks[0]
        assert isinstance(head, Heading)
        stated += bool(charts) and say(head.text, "ru") in headlines
        for block in section.blocks:
            if isinstance(block, Listing) and charts:
                assert len(block.items) <= 3
    assert stated > 60
    assert say(deck.banner, "ru") == "СМОДЕЛИРОВАННЫЕ ДАННЫЕ"


def test_prose_is_set_as_written_and_takes_what_it_asks_for(
    councils: Reported, repository: Path
) -> None:
    tables = [table for tables in councils.questions.values() for table in tables]
    prose = read_prose(councils.study.folder, "ru", Cells({"residents": tables}))
    made = build_report(councils.study, _materials(councils), prose, wave="w", revision=1)
    (chapter,) = [section for section in made.sections if section.key == "evaluation"]
    kinds = [type(block).__name__ for block in chapter.blocks]
    assert kinds[:3] == ["Heading", "Paragraph", "Heading"]
    assert kinds.count("Chart") == 3
    last = [say_all(block) for block in chapter.blocks if isinstance(block, Paragraph)]
    assert any(text.startswith("Из другого источника (отчёт фонда") for text in last)
    # What chapters took does not stand in the annex again.
    numbers = [block.title for block in _blocks(made) if isinstance(block, CrossTable)]
    assert len(numbers) == len(tables)
    assert not list(prose_warnings(councils.study.folder, ["kk", "ru"]))


def test_slides_lose_nothing_that_stands_below_a_heading(councils: Reported) -> None:
    blocks = (
        Heading("Итоги"), Heading("Первое", 2), Paragraph("Абзац."),
        Heading("Второе", 2), Paragraph("Вводное."), Listing(("Пункт",)),
        Grid(("Что", "Кто"), (("Открыть", "Акимат"),)),
    )  # fmt: skip
    prose = Prose((Chapter("summary", "text/ru/summary.md", blocks),))
    made = build_deck(councils.study, _materials(councils), prose, wave="w", revision=1)
    (summary,) = [section for section in made.sections if section.key == "summary"]
    assert [type(block).__name__ for block in summary.blocks] == [
        "Heading", "Heading", "Paragraph", "Heading", "Listing", "Grid",
    ]  # fmt: skip


def test_a_mark_that_leads_nowhere_is_refused_with_what_there_is(councils: Reported) -> None:
    place = Place(file="text/ru/10-awareness.md", row=12)
    wrong = Insert("table", "", "q9_elements", "region", place)
    chapter = Chapter("awareness", place.file, (Heading("Глава"), wrong))
    with pytest.raises(UserError) as caught:
        build_report(councils.study, _materials(councils), Prose((chapter,)), wave="w", revision=1)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert "city" in problem.what("ru") + problem.remedy("ru")
