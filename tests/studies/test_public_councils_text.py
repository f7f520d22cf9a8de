"""The prose of the real study: every number from its cell or source, the same in both languages."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest

from tyndau.estimation import frame_design
from tyndau.reporting.prose import Cells, Prose, prose_quotes, prose_warnings, read_prose
from tyndau.reporting.published import publish
from tyndau.reporting.report import build_report, gather
from tyndau.study import load_study, prepare, sample_of
from tyndau.tabulation import Table
from tyndau.waves import read_wave

from ..reporting.reported import councils

REFERENCE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
CHAPTERS = 11


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "studies" / "public-councils-2023"


@pytest.fixture(scope="module")
def tables(repository: Path) -> list[Table]:
    return [table for together in councils(repository).questions.values() for table in together]


@pytest.fixture(scope="module", params=["kk", "ru"])
def prose(request: pytest.FixtureRequest, folder: Path, tables: list[Table]) -> Prose:
    return read_prose(folder, request.param, Cells({"residents": tables}))


def _files(folder: Path, language: str) -> dict[str, str]:
    paths = sorted((folder / "text" / language).glob("*.md"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def _references(text: str) -> list[str]:
    """Return what each number is bound to; a source is only told to be one."""
    bound = [found.partition("|")[2].strip() for found in REFERENCE.findall(text)]
    return sorted("source" if one.startswith("source:") else one for one in bound)


def test_all_numbers_are_those_of_today(prose: Prose) -> None:
    assert len(prose.chapters) == CHAPTERS
    assert sum(len(chapter.inserts) for chapter in prose.chapters) > 20


def test_both_languages_say_the_same_numbers(folder: Path) -> None:
    kazakh, russian = _files(folder, "kk"), _files(folder, "ru")
    assert list(kazakh) == list(russian)
    assert not list(prose_warnings(folder, ["kk", "ru"]))
    for name, text in kazakh.items():
        assert _references(text) == _references(russian[name]), name
        heads = [re.findall(r"^#+ ", one, re.MULTILINE) for one in (text, russian[name])]
        assert heads[0] == heads[1], name


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_percentage_stands_without_its_cell_or_source(folder: Path, language: str) -> None:
    files = _files(folder, language)
    assert sum(len(REFERENCE.findall(text)) for text in files.values()) > 100
    for name, text in files.items():
        bare = re.findall(r"\d[\d.,]*\s*%", REFERENCE.sub("", text))
        assert not bare, f"{name}: {bare}"


def test_prose_can_be_published_as_it_is(folder: Path, tables: Sequence[Table]) -> None:
    """The public edition, which hides cells of fewer than ten people, hides none that it quotes."""
    study = load_study(folder)
    frame = prepare(study, "residents", read_wave(folder, "").frames["residents"])
    sample = sample_of(study.sample, frame, [frame])
    quotes = prose_quotes(folder, ["kk", "ru"], Cells({"residents": tables}))
    quoted = [one for _, one in quotes]
    design = frame_design(frame, sample)
    public = publish(study, "residents", frame, sample, design, tables, "public", quoted)
    assert any(table is not None and table.hidden is not None for table in public.tables)
    for language in ("kk", "ru"):
        read_prose(folder, language, Cells({"residents": tables}, {"residents": public.tables}))


def test_differences_between_groups_that_prose_names_were_tested(
    folder: Path, tables: Sequence[Table]
) -> None:
    """A share of a group that prose contrasts differs from the rest in its table."""
    by_question = {
        name: list(group) for name, group in groupby(tables, key=lambda table: table.question.name)
    }
    found = 0
    for name, text in _files(folder, "ru").items():
        for reference in _references(text):
            match = re.fullmatch(r"(\w+)\.([\w+]+) @ (\w+)=([\w-]+)", reference)
            if not match:
                assert "@" not in reference, f"{name}: {reference}"
                continue
            question, code, variable, column = match.groups()
            table = next(
                table
                for table in by_question[question]
                if table.groups and table.groups[0].name == variable
            )
            row = [head.code or head.kind for head in table.rows].index(code)
            at = [head.code for head in table.columns].index(column)
            assert table.versus_rest[row, at], f"{name}: {reference} does not differ"
            found += 1
    assert found > 10


def test_every_question_of_the_topic_stands_in_a_chapter(
    folder: Path, tables: list[Table], prose: Prose
) -> None:
    study = load_study(folder)
    material = gather(study, "residents", tables, 671, {})
    topic = {
        item.question.name for part in material.parts if not part.profile for item in part.items
    }
    shown = {insert.question for chapter in prose.chapters for insert in chapter.inserts}
    assert shown == topic
    document = build_report(study, [material], prose, wave="2023", revision=1)
    keys = [section.key for section in document.sections]
    assert keys[:4] == ["abstract", "abbreviations", "methodology", "summary"]
    assert keys[-4:] == ["profile", "recommendations", "tables", "questionnaires"]
