"""The volume for pages: what was built can be read again, in every language, unrounded."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.base.languages import Text, say
from tyndau.reporting.model import Document
from tyndau.reporting.volume import build_volume
from tyndau.reporting.web import TABLES, read_web
from tyndau.reporting.web.write import write_web
from tyndau.study.model import Study
from tyndau.tabulation import Table


@pytest.fixture
def document(module_study: Study, module_volume: list[Table]) -> Document:
    return build_volume(
        module_study, "residents", module_volume, wave="2026-q4", revision=1, rows=671
    )


def test_every_table_comes_back_as_it_was(document: Document, tmp_path: Path) -> None:
    written = write_web(document, tmp_path / "web", {}, {})
    assert written[0] == tmp_path / "web" / TABLES
    volume = read_web(tmp_path / "web")
    assert volume is not None
    sections = [section for section in document.sections if section.tables]
    assert [question.key for question in volume.questions] == [one.key for one in sections]
    for section, question in zip(sections, volume.questions, strict=True):
        for table, read in zip(section.tables, question.tables, strict=True):
            assert [row.cells for row in read.rows] == [row.cells for row in table.rows]
            assert [(row.kind, row.decimals) for row in read.rows] == [
                (row.kind, row.decimals) for row in table.rows
            ]
            for language in ("kk", "ru"):
                for one, other in (
                    (read.title, table.title), (read.base, table.base), (read.by, table.by),
                    (read.notes, table.notes),
                    ([c.label for c in read.columns], [c.label for c in table.columns]),
                    ([c.group for c in read.columns], [c.group for c in table.columns]),
                    ([r.label for r in read.rows], [r.label for r in table.rows]),
                ):  # fmt: skip
                    assert say(one, language) == say(other, language)
            assert [(c.letter, c.mark) for c in read.columns] == [
                (c.letter, c.mark) for c in table.columns
            ]


def test_notes_reading_and_chapters_are_there(document: Document, tmp_path: Path) -> None:
    chapters = {"q1_heard": Text("Хабардарлық", "Осведомлённость")}
    write_web(document, tmp_path, {}, chapters)
    volume = read_web(tmp_path)
    assert volume is not None
    heard, bodies = volume.questions[:2]
    assert say(heard.chapter, "kk") == "Хабардарлық"
    assert say(bodies.chapter, "ru") == ""
    assert "несколько вариантов" in say(bodies.notes, "ru")
    assert any(say(fact.name, "ru") == "▲ ▼" for fact in volume.reading)
    assert say(volume.footer, "kk") == "2026-q4 толқыны, 1-редакция"


def test_a_simulated_volume_says_so(module_study: Study, tmp_path: Path) -> None:
    study = replace(module_study, fictional=True)
    write_web(build_volume(study, "residents", [], wave="w", revision=1, rows=0), tmp_path, {}, {})
    volume = read_web(tmp_path)
    assert volume is not None
    assert say(volume.banner, "ru") == "СМОДЕЛИРОВАННЫЕ ДАННЫЕ"


def test_the_same_volume_gives_the_same_bytes(document: Document, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_web(document, tmp_path / name, {}, {})
    one, two = ((tmp_path / name / TABLES).read_bytes() for name in ("one", "two"))
    assert one == two
    assert [path.name for path in (tmp_path / "one").iterdir()] == [TABLES]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"format": 1}', b"\xff", b'{"format": 1'])
def test_what_this_version_does_not_read_is_treated_as_absent(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / TABLES).write_bytes(content)
    assert read_web(tmp_path) is None


def test_nothing_there(tmp_path: Path) -> None:
    assert read_web(tmp_path / "nowhere") is None


def test_a_place_that_cannot_be_written_is_a_users_error(
    document: Document, tmp_path: Path
) -> None:
    (tmp_path / "web").write_text("a file")
    with pytest.raises(UserError) as caught:
        write_web(document, tmp_path / "web", {}, {})
    assert caught.value.problems[0].kind.code == "report.not-written"


def test_the_file_is_json_that_others_can_read(document: Document, tmp_path: Path) -> None:
    write_web(document, tmp_path, {}, {})
    plain = json.loads((tmp_path / TABLES).read_text("utf-8"))
    assert plain["format"] == 2
    assert plain["questions"][0]["tables"][0]["title"]["kk"] == "Сіз кеңес туралы естідіңіз бе?"
