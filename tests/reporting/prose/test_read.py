"""Prose: numbers bound to cells, stale ones refused with their place, Markdown as blocks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.reporting.model import Grid, Heading, Listing, Paragraph, Quote, Span
from tyndau.reporting.prose import Cells, Insert, prose_warnings, read_prose
from tyndau.tabulation.table import Table


@pytest.fixture
def cells(table: Callable[..., Table]) -> Cells:
    """Return cells of one question by five cities: yes 49.5, no 38.4, don't know 12.1."""
    made = table()
    percent = made.percent.copy()
    percent[:, 0] = (49.52, 38.36, 12.12)
    percent[0, 2] = 7.4
    return Cells({"residents": [replace(made, percent=percent)]})


def _write(folder: Path, text: str, name: str = "10-heard.md", language: str = "ru") -> Path:
    path = folder / "text" / language / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return folder


def _problems(folder: Path, cells: Cells) -> list[tuple[str, str, int]]:
    with pytest.raises(UserError) as caught:
        read_prose(folder, "ru", cells)
    return [(one.kind.code, one.place.file, one.place.row) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{{50 % | q1_heard.yes}}", "50 %"),
        ("{{49,5 %|q1_heard.yes}}", "49,5 %"),
        ("{{ 88 % | residents/q1_heard.yes+no }}", "88 %"),
        ("{{7 % | q1_heard.yes @ city=c1}}", "7 %"),
        ("{{671 | q1_heard.base}}", "671"),
        ("{{50 %-ы | q1_heard.yes}}", "50 %-ы"),
    ],
)
def test_a_number_that_is_its_cells_is_printed_as_written(
    tmp_path: Path, cells: Cells, written: str, printed: str
) -> None:
    prose = read_prose(_write(tmp_path, f"# Глава\n\nЗнают {written} жителей.\n"), "ru", cells)
    assert prose.chapters[0].blocks[1] == Paragraph(f"Знают {printed} жителей.")
    assert not list(prose_warnings(tmp_path, ["ru"]))


def test_a_stale_number_stops_with_file_line_and_present_value(
    tmp_path: Path, cells: Cells
) -> None:
    _write(tmp_path, "# Глава\n\nЗнают\n{{51 % | q1_heard.yes}}, нет {{38,3 % | q1_heard.no}}.\n")
    with pytest.raises(UserError) as caught:
        read_prose(tmp_path, "ru", cells)
    first, second = caught.value.problems
    assert (first.place.file, first.place.row) == ("text/ru/10-heard.md", 4)
    assert "51 %" in first.what("en") and "holds 50" in first.what("en")
    assert "holds 38,4" in second.what("en")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{{50 % | q9.yes}}", "report.unknown-reference"),
        ("{{50 % | q1_heard.maybe}}", "report.unknown-reference"),
        ("{{50 % | q1_heard.yes @ age=c1}}", "report.unknown-reference"),
        ("{{50 % | q1_heard.yes @ city=c9}}", "report.unknown-reference"),
        ("{{50 % | ngo/q1_heard.yes}}", "report.unknown-reference"),
        ("{{50 % q1_heard.yes}}", "report.reference-form"),
        ("{{50 % | heard}}", "report.reference-form"),
        ("{{половина | q1_heard.yes}}", "report.reference-number"),
        ("{{2 из 5 | q1_heard.yes}}", "report.reference-number"),
        ("Смотри {{ question q1_heard }}", "report.reference-form"),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(
    tmp_path: Path, cells: Cells, written: str, code: str
) -> None:
    _write(tmp_path, f"# Глава\n\n{written}\n")
    assert _problems(tmp_path, cells) == [(code, "text/ru/10-heard.md", 3)]


def test_one_question_of_two_populations_must_say_whose(
    tmp_path: Path, cells: Cells, table: Callable[..., Table]
) -> None:
    both = Cells({**cells.tables, "ngo": [table(people=49)]})
    _write(tmp_path, "# Глава\n\n{{50 % | q1_heard.yes}}\n")
    assert _problems(tmp_path, both) == [("report.unknown-reference", "text/ru/10-heard.md", 3)]


def test_a_figure_of_others_is_listed_with_its_source(tmp_path: Path, cells: Cells) -> None:
    _write(tmp_path, "# Глава\n\nУ НПО {{59 % | source: отчёт 2023 года, с. 12}}.\n")
    (chapter,) = read_prose(tmp_path, "ru", cells).chapters
    assert chapter.blocks[1] == Paragraph("У НПО 59 %.")
    assert [(one.text, one.source) for one in chapter.figures] == [
        ("59 %", "отчёт 2023 года, с. 12")
    ]


def test_an_unbound_percentage_is_warned_of(tmp_path: Path, cells: Cells) -> None:
    _write(tmp_path, "# Глава\n\nЗнают {{50 % | q1_heard.yes}}, раньше 40 %.\n")
    assert read_prose(tmp_path, "ru", cells).chapters
    (warning,) = prose_warnings(tmp_path, ["kk", "ru"])
    assert (warning.kind.code, warning.place.row) == ("report.unbound-number", 3)
    assert "40 %" in warning.what("en")


def test_markdown_becomes_blocks(tmp_path: Path, cells: Cells) -> None:
    text = (
        "\ufeff# Глава\n\nОдин **два** *три* [четыре](https://example.org/).\nДальше.\n\n"
        "## Раздел\n\n- раз\n- **два**\n\n1. первый\n\n> Не хватает разъяснения.\n> — эксперт\n\n"
        "| Сокращение | Значение |\n|---|---|\n| ОС | совет |\n\n{{ question q1_heard }}\n\n"
        "{{ table q1_heard by city }}\n"
    )
    (chapter,) = read_prose(_write(tmp_path, text), "ru", cells).chapters
    title, running, section, bullets, numbers, quote, grid, question, placed = chapter.blocks
    assert (title, section) == (Heading("Глава"), Heading("Раздел", 2))
    assert isinstance(running, Paragraph) and isinstance(running.text, tuple)
    assert Span("два", bold=True) in running.text and Span("три", italic=True) in running.text
    assert Span("четыре", link="https://example.org/") in running.text
    assert isinstance(bullets, Listing) and bullets.items[0] == "раз" and not bullets.numbered
    assert numbers == Listing(("первый",), numbered=True)
    assert quote == Quote("Не хватает разъяснения.", "эксперт")
    assert grid == Grid(("Сокращение", "Значение"), (("ОС", "совет"),))
    assert isinstance(question, Insert) and question.question == "q1_heard"
    assert isinstance(placed, Insert) and (placed.what, placed.banner) == ("table", "city")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "report.text-title", 0),
        ("Без заглавия.\n", "report.text-title", 1),
        ("## Раздел\n", "report.text-title", 1),
        ("# Глава\n\n# Вторая\n", "report.text-title", 3),
        ("# Глава\n\n##\n\nТекст.\n", "report.text-title", 3),
        ("# Глава\n\n### Слишком глубоко\n", "report.text-level", 3),
        ("# Глава\n\n![картина](a.png)\n", "report.text-element", 0),
        ("# Глава\n\n```\nкод\n```\n", "report.text-element", 3),
    ],
)
def test_what_a_report_cannot_hold_is_named(
    tmp_path: Path, cells: Cells, text: str, code: str, line: int
) -> None:
    _write(tmp_path, text)
    assert _problems(tmp_path, cells) == [(code, "text/ru/10-heard.md", line)]


def test_a_text_in_windows_1251_is_refused_by_name(tmp_path: Path, cells: Cells) -> None:
    _write(tmp_path, "")
    (tmp_path / "text/ru/10-heard.md").write_bytes("# Глава\n".encode("cp1251"))
    assert _problems(tmp_path, cells) == [("report.text-encoding", "text/ru/10-heard.md", 0)]


def test_chapters_stand_in_the_order_of_their_files(tmp_path: Path, cells: Cells) -> None:
    for name in ("20-later.md", "00-summary.md", "10-first.md"):
        _write(tmp_path, f"# {name}\n", name)
    prose = read_prose(tmp_path, "ru", cells)
    assert [chapter.name for chapter in prose.analysis] == ["first", "later"]
    summary = prose.named("summary")
    assert summary is not None and summary.file == "text/ru/00-summary.md"
    assert read_prose(tmp_path, "kk", cells).chapters == ()


def test_a_chapter_in_one_language_only_is_warned_of(tmp_path: Path) -> None:
    _write(tmp_path, "# Бірінші\n", "10-a.md", "kk")
    assert not list(prose_warnings(tmp_path, ["kk", "ru"]))
    _write(tmp_path, "# Первая\n", "10-a.md")
    _write(tmp_path, "# Вторая\n", "20-b.md")
    (warning,) = prose_warnings(tmp_path, ["kk", "ru"])
    assert (warning.kind.code, warning.place.file) == (
        "report.text-one-language", "text/ru/20-b.md",
    )  # fmt: skip
