"""``tyndau papers``: interviewers from the workbook or from a file, whole or not at all."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from .conftest import Tyndau

STUDIES = Path(__file__).parents[2] / "studies"
PAPERS = ("letters", "identity", "slips", "cards-residents", "safety")

pytestmark = pytest.mark.requirement("C3")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return a copy of the study of Taraz, whose sample cannot be planned yet."""
    folder = tmp_path / "city"
    shutil.copytree(STUDIES / "taraz-2026", folder)
    return folder


def listed(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_text(text, encoding)
    return path


def team(city: Path, *rows: tuple[object, ...]) -> None:
    """Give the workbook a sheet of interviewers."""
    book = load_workbook(city / "study.xlsx")
    sheet = book.create_sheet("team")
    for row in (("code", "name", "photo", "number"), *rows):
        sheet.append(row)
    book.save(city / "study.xlsx")


def test_it_works(tyndau: Tyndau, city: Path) -> None:
    team(city, ("i01", "Құдайбергенова Нұрсәуле", "photos/i01.jpg", None), ("i02", "Ли Ян"))
    (city / "photos").mkdir()
    Image.new("RGB", (300, 400), "grey").save(city / "photos" / "i01.jpg")
    outcome = tyndau("papers", city)
    assert outcome.code == 0
    assert "The papers of 2 interviewers" in outcome.out
    assert "report.no-point-plans" in outcome.err + outcome.out
    wanted = {f"{paper}-{at}.pdf" for paper in PAPERS for at in ("kk", "ru")} | {"badges.pdf"}
    assert {path.name for path in (city / "papers").iterdir()} == wanted | {"steps.json"}
    again = tyndau("papers", city, "--json").json
    assert not again["made"]
    assert again["interviewers"] == 2


def test_a_file_of_excel_names_the_interviewers(tyndau: Tyndau, city: Path, tmp_path: Path) -> None:
    path = listed(tmp_path, "code;name;phone\ni01;Иванова Анна;8701\ni02;Ли Ян;8702\n", "cp1251")
    folder = tmp_path / "out"
    outcome = tyndau(
        "papers", city, "--interviewers", path, "--to", folder, "--lang", "ru", "--json"
    )
    assert outcome.json["interviewers"] == 2
    wanted = {f"{paper}-ru.pdf" for paper in PAPERS} | {"badges.pdf", "steps.json"}
    assert {one.name for one in folder.iterdir()} == wanted
    assert not (city / "papers").exists()


def test_without_names_papers_that_name_nobody_are_made(tyndau: Tyndau, city: Path) -> None:
    outcome = tyndau("papers", city, "--lang", "kk", "--json")
    wanted = {f"{paper}-kk.pdf" for paper in PAPERS if paper != "letters"} | {"steps.json"}
    assert {one.name for one in (city / "papers").iterdir()} == wanted
    assert outcome.json["problems"] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name;photo\nЛи Ян;\n", "report.no-interviewers"),
        ("code;name\ni01;Ли Ян\ni01;Ким\n", "report.interviewer-row"),
        ("code;name\ni01;\n", "report.interviewer-row"),
        ("code;name;number\ni01;Ли Ян;first\n", "report.interviewer-row"),
        ("code;name;photo\ni01;Ли Ян;none.jpg\n", "report.no-photo"),
        ("code;name;photo\ni01;Ли Ян;list.csv\n", "report.bad-photo"),
    ],
)
def test_a_list_that_is_wrong_is_refused(
    tyndau: Tyndau, city: Path, tmp_path: Path, text: str, code: str
) -> None:
    outcome = tyndau("papers", city, "--interviewers", listed(tmp_path, text))
    assert outcome.code == 8
    assert code in outcome.err
    assert not (city / "papers").exists()


def test_the_workbook_names_no_files_outside_its_folder(
    tyndau: Tyndau, city: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 400), "grey").save(tmp_path / "other.jpg")
    team(city, ("i01", "Ли Ян", "../other.jpg", None))
    outcome = tyndau("papers", city)
    assert outcome.code == 8
    assert "report.no-photo" in outcome.err
    assert "not in the folder of the study" in outcome.err


def test_a_language_that_there_is_not_is_refused(tyndau: Tyndau, city: Path) -> None:
    assert tyndau("papers", city, "--lang", "de").code == 2
