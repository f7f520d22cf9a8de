"""Volumes of populations and of waves side by side, and what a nested volume looks like."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tyndau.base.errors import UserError
from tyndau.base.frames import Frame
from tyndau.reporting.build import BuildResult, build
from tyndau.reporting.web import read_web
from tyndau.waves import freeze

from .sampled import EARLIER, NOW, SIZES, frames, freeze_all, make_study


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("town") / "town"
    study = make_study(folder, trends=[[NOW, "residents", "life_change", None, "yes"]])
    freeze_all(folder, study)
    return build(folder, only=["tables"])


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def texts(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def place(sheet: Worksheet, text: str) -> tuple[int, int]:
    """Return row and column of the first cell that says a text."""
    return next(
        (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == text
    )


def said(sheet: Worksheet) -> str:
    return "\n".join(str(value) for row in texts(sheet) for value in row if value is not None)


@pytest.mark.requirement("C9")
def test_populations_stand_side_by_side_and_are_tested(built: BuildResult) -> None:
    book = load_workbook(built.folder / "populations-ru.xlsx")
    sheet = book["utilities"]
    top, first = place(sheet, "Мнение жителей")
    heads = [cell.value for cell in sheet[top][first - 1 :] if cell.value]
    assert heads[0] == "Мнение жителей"
    assert [head.endswith("**") for head in heads] == [False, False, True]
    row, _ = place(sheet, "Полностью удовлетворён (удовлетворена)")
    values = [sheet.cell(row, column).value for column in range(first, first + 6)]
    assert 0.15 < values[0] < 0.3  # a share, stored as Excel stores one
    assert "B" in values[1]  # higher than among organisations
    assert values[3] is None or values[3] == ""
    assert values[4] == int(values[4])  # experts: people, no percentage
    assert "%" in sheet.cell(row, first).number_format
    assert "%" not in sheet.cell(row, first + 4).number_format


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A study whose organisations answered by open link."""
    folder = tmp_path_factory.mktemp("apart") / "town"
    study = make_study(folder, without_inference=["ngo"])
    freeze_all(folder, study, [NOW])
    return build(folder, only=["tables", "report"], languages=["ru"])


@pytest.mark.requirement("C1")
def test_a_population_that_chose_itself_has_no_errors_and_no_letters(apart: BuildResult) -> None:
    for population, tested in (("residents", True), ("ngo", False)):
        rows = cells(apart.folder / f"tables-{population}.csv")
        assert any(one["percent"] for one in rows)
        assert any(one["se"] for one in rows) == tested
        assert any(one["letters"] for one in rows) == tested
        book = load_workbook(apart.folder / f"tables-{population}-ru.xlsx")
        assert ("в исследовании модели" in said(book["utilities"])) == tested
        assert ("различия не проверяются" in said(book["utilities"])) == (not tested)
        assert ("открыт для всех желающих" in said(book.worksheets[0])) == (not tested)
        volume = read_web(apart.folder / "web" / population)
        assert volume is not None
        tables = [table for question in volume.questions for table in question.tables]
        assert any(column.letter for table in tables for column in table.columns) == tested
        letters = [cell.letters for table in tables for row in table.rows for cell in row.cells]
        assert any(letters) == tested
        assert {table.tested for table in tables} == {tested}


@pytest.mark.requirement("C1")
def test_it_is_compared_with_no_other_population(apart: BuildResult) -> None:
    rows = cells(apart.folder / "populations.csv")
    assert {one["sample"] for one in rows} == set(SIZES)
    assert not any(one["letters"] for one in rows)
    book = load_workbook(apart.folder / "populations-ru.xlsx")
    sheet = book["utilities"]
    top, first = place(sheet, "Мнение жителей")
    letters = [cell.value for cell in sheet[top + 1][first - 1 :] if cell.value]
    assert "B" not in letters
    assert "пришли в опрос сами: НПО. По ним" in said(sheet)


def test_the_report_says_of_each_population_what_its_sample_allows(apart: BuildResult) -> None:
    report = Document(str(apart.folder / "report-ru.docx"))
    text = "\n".join(
        [one.text for one in report.paragraphs]
        + [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    )
    assert "НПО: Респонденты выбрали себя сами" in text
    assert "Мнение жителей, Сарапшылар / Эксперты: Выборка не случайная" in text
    assert "Не проверялось, так как респонденты пришли в опрос сами: НПО." in text


def test_the_cells_of_populations_agree_with_their_own_tables(built: BuildResult) -> None:
    beside = {
        (one["question"], one["code"], one["sample"]): one
        for one in cells(built.folder / "populations.csv")
    }
    for population, size in SIZES.items():
        for one in cells(built.folder / f"tables-{population}.csv"):
            if one["column"] != "total" or one["among"] or one["question"] != "utilities":
                continue
            other = beside[one["question"], one["code"], population]
            assert other["percent"] == one["percent"]
            assert other["se"] == one["se"]
            assert other["base"] == one["base"]
        assert beside["utilities", "fully", population]["base"] == str(size)


@pytest.mark.requirement("D16")
def test_waves_stand_side_by_side_with_the_change_and_the_break(built: BuildResult) -> None:
    rows = cells(built.folder / "waves.csv")
    assert {one["population"] for one in rows} == {"residents"}
    assert {one["sample"] for one in rows} == {EARLIER, NOW}
    happier = next(
        one for one in rows
        if (one["question"], one["code"], one["sample"]) == ("utilities", "top2", NOW)
    )  # fmt: skip
    assert (happier["versus_previous"], happier["letters"]) == ("higher", "A")
    assert not any(one["letters"] for one in rows if one["question"] == "life_change")
    book = load_workbook(built.folder / "waves-kk.xlsx")
    assert "2026-q4" in said(book["life_change"])
    assert "▲" in said(book["utilities"])


def test_nested_heads_stand_over_each_other(built: BuildResult) -> None:
    sheet = load_workbook(built.folder / "tables-residents-ru.xlsx")["life_change"]
    levels = ("В какой части города вы живёте? × Пол респондента × Возраст", "Центр", "Женский")
    top, left = place(sheet, levels[0])
    assert [sheet.cell(top + at, left).value for at in range(3)] == list(levels)
    spans = {str(one) for one in sheet.merged_cells.ranges}
    over = [one for one in spans if one.startswith(sheet.cell(top + 1, left).coordinate + ":")]
    assert len(over) == 1  # the place spans both sexes
    labels = [cell.value for cell in sheet[top + 3] if cell.value]
    assert labels[0].startswith("18–29")
    letters = [cell.value for cell in sheet[top + 4] if cell.value]
    assert letters[1:9] == list("ABCDABCD")


def test_a_limited_table_says_of_whom_and_stands_last(built: BuildResult) -> None:
    book = load_workbook(built.folder / "tables-residents-ru.xlsx")
    sheet = book["life_change"]
    captions = [
        cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("Таблица")
    ]
    assert "Обращавшиеся в акимат" in captions[-1].value
    base = sheet.cell(captions[-1].row + 1, captions[-1].column).value
    assert "обращавшиеся в акимат" in base
    assert "Обращавшиеся в акимат" in said(book["Содержание"])
    # Nobody asks those who appealed whether they did.
    assert "обращавшиеся" not in said(book["appealed"])
    limited = [one for one in cells(built.folder / "tables-residents.csv") if one["among"]]
    assert {one["base"] for one in limited if one["column"] == "total"}.isdisjoint({"700"})


def test_indices_and_deviations_are_explained_where_they_stand(built: BuildResult) -> None:
    book = load_workbook(built.folder / "tables-residents-ru.xlsx")
    assert "Стандартное отклонение" in said(book["life_change"])
    assert "Стандартное отклонение" in said(book.worksheets[0])
    ngo = load_workbook(built.folder / "tables-ngo-ru.xlsx")
    row, column = place(ngo["utilities"], "Две высшие оценки")
    assert ngo["utilities"].cell(row, column).font.bold


def test_pages_get_nested_heads_and_new_rows(built: BuildResult) -> None:
    volume = read_web(built.folder / "web" / "residents")
    assert volume is not None
    tables = [table for question in volume.questions for table in question.tables]
    nested = [one for table in tables for one in table.columns if len(one.within) == 2]
    assert nested[0].within[0].ru == "Центр"
    kinds = {row.kind for table in tables for row in table.rows}
    assert kinds == {"base", "percent", "net", "mean", "sd", "index"}


@pytest.mark.requirement("D16")
def test_a_renamed_variable_is_followed_into_its_wave(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    study = make_study(folder, trends=[[EARLIER, "residents", "utilities", "q5", None]])
    (_, frame), *_ = frames(study, EARLIER)
    columns = {"q5" if name == "utilities" else name: one for name, one in frame.columns.items()}
    columns["q5"] = replace(columns["q5"], variable=replace(columns["q5"].variable, name="q5"))
    # What bore today's name then was another question.
    columns["sex"], columns["age"] = (
        replace(columns[other], variable=replace(columns[other].variable, name=name))
        for name, other in (("sex", "age"), ("age", "sex"))
    )
    freeze(folder, EARLIER, {"residents": Frame(frame.keys, columns)}, provenance={})
    freeze_all(folder, study, [NOW])
    built = build(folder, only=["tables"], languages=["ru"])
    rows = cells(built.folder / "waves.csv")
    samples = {one["sample"] for one in rows if one["question"] == "utilities"}
    assert samples == {EARLIER, NOW}
    assert {"sex", "age"}.isdisjoint({one["question"] for one in rows})


def test_an_earlier_wave_that_changed_asks_for_a_new_build(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    study = make_study(folder)
    freeze_all(folder, study, [NOW])
    alone = build(folder, only=["tables"], languages=["ru"])
    assert not (alone.folder / "waves.csv").exists()
    assert not build(folder, only=["tables"], languages=["ru"]).built
    freeze_all(folder, study, [EARLIER])
    again = build(folder, only=["tables"], languages=["ru"])
    assert again.built
    assert (again.folder / "waves.csv").exists()
    first = build(folder, wave=EARLIER, only=["tables"], languages=["ru"])
    assert not (first.folder / "waves.csv").exists()


def test_prose_names_nets_deviations_and_nested_columns(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    study = make_study(folder)
    freeze_all(folder, study, [NOW])
    made = build(folder, only=["tables"], languages=["ru"])
    rows = cells(made.folder / "tables-residents.csv")

    def value(code: str, column: str) -> float:
        return next(
            float(one["percent"]) for one in rows
            if (one["question"], one["code"], one["column"], one["among"])
            == ("utilities", code, column, "")
        )  # fmt: skip

    (folder / "text" / "ru").mkdir(parents=True)
    chapter = folder / "text" / "ru" / "10-utilities.md"
    deviation = f"{value('sd', 'total'):.2f}".replace(".", ",")
    chapter.write_text(
        "# Услуги\n\n"
        f"Довольны {{{{{value('top2', 'total'):.0f} % | residents/utilities.top2}}}}, разброс "
        f"{{{{{deviation} | residents/utilities.sd}}}}, у молодых женщин "
        f"{{{{{value('top2', 'female*18_29'):.0f} % | "
        "residents/utilities.top2 @ sex*age_group=female*18_29}}.\n",
        encoding="utf-8",
    )
    build(folder, only=["report"], languages=["ru"])
    chapter.write_text("# Услуги\n\n{{1 % | residents/utilities.top2}}\n", encoding="utf-8")
    with pytest.raises(UserError):
        build(folder, only=["report"], languages=["ru"])
