"""Simulated data say so: in the words of the language, on every sheet and page of a volume."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tyndau.base.languages import say
from tyndau.reporting.simulated import banner, file_name
from tyndau.reporting.volume import build_volume
from tyndau.reporting.workbook import write_workbook
from tyndau.study.model import Study
from tyndau.tabulation import Table

MakeStudy = Callable[..., Study]

WORDS = {"kk": "МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "ru": "СМОДЕЛИРОВАННЫЕ ДАННЫЕ", "en": "SIMULATED DATA"}


def _written(study: Study, tables: list[Table], language: str, folder: Path) -> Path:
    path = folder / "tables.xlsx"
    document = build_volume(study, "residents", tables, wave="w", revision=1, rows=671)
    write_workbook(document, language, path)
    return path


@pytest.mark.parametrize("language", WORDS)
def test_every_sheet_and_page_of_a_volume_says_simulated(
    tmp_path: Path, study: MakeStudy, volume: list[Table], language: str
) -> None:
    book = load_workbook(_written(study(fictional=True), volume, language, tmp_path))
    words = WORDS[language]
    assert len(book.worksheets) > len({table.question.name for table in volume})
    for sheet in book.worksheets:
        assert sheet["A1"].value == words, sheet.title
        assert words in sheet.oddHeader.left.text, sheet.title
        assert words in sheet.oddFooter.left.text, sheet.title
    tables = book["q1_heard"]
    # What stands above stays in sight and is printed on each page, with the question under it.
    assert tables.print_title_rows == "$1:$2"
    assert tables.freeze_panes == "B4"


def test_every_chart_of_a_volume_says_simulated(
    tmp_path: Path, study: MakeStudy, volume: list[Table]
) -> None:
    path = _written(study(fictional=True), volume, "ru", tmp_path)
    with zipfile.ZipFile(path) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        titles = [archive.read(name).decode() for name in charts]
    assert charts
    assert all(WORDS["ru"] in title for title in titles)


def test_a_real_study_says_nothing_of_it(
    tmp_path: Path, study: MakeStudy, volume: list[Table]
) -> None:
    real = study()
    assert say(banner(real), "ru") == ""
    assert file_name(real, "tables", ".csv") == "tables.csv"
    book = load_workbook(_written(real, volume, "ru", tmp_path))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(WORDS["ru"] in text for text in texts)


def test_a_file_of_cells_says_so_by_its_name(study: MakeStudy) -> None:
    assert file_name(study(fictional=True), "tables-ngo", ".csv") == "tables-ngo-SIMULATED.csv"
