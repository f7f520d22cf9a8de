"""``tyndau print``: questionnaires on paper, whole or not at all."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from .conftest import Tyndau

STUDIES = Path(__file__).parents[2] / "studies"

pytestmark = pytest.mark.requirement("T1", "C4")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return a copy of the made-up city."""
    folder = tmp_path / "city"
    shutil.copytree(STUDIES / "demo-city", folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_it_works(tyndau: Tyndau, city: Path) -> None:
    outcome = tyndau("print", city)
    assert outcome.code == 0
    names = {path.name for path in (city / "paper").iterdir()}
    forms = ("residents", "ngo", "experts", "satisfaction")
    assert names == {f"{form}-{at}.pdf" for form in forms for at in ("kk", "ru")} | {"steps.json"}
    assert "residents-kk.pdf" in outcome.out
    first = contents(city / "paper")
    assert "Nothing changed" in tyndau("print", city).out
    shutil.rmtree(city / "paper")
    tyndau("print", city)
    assert contents(city / "paper") == first, "the same study gives the same bytes"


def test_one_form_in_one_language_is_printed_and_others_stay(tyndau: Tyndau, city: Path) -> None:
    tyndau("print", city, "--form", "ngo", "--lang", "kk")
    assert {path.name for path in (city / "paper").iterdir()} == {"ngo-kk.pdf", "steps.json"}
    (city / "paper" / "sent.txt").write_text("50", "utf-8")
    outcome = tyndau("print", city, "--form", "experts", "--lang", "kk", "--json")
    assert outcome.json["made"]
    names = {path.name for path in (city / "paper").iterdir()}
    assert names == {"ngo-kk.pdf", "experts-kk.pdf", "sent.txt", "steps.json"}


def test_a_changed_form_is_printed_anew(tyndau: Tyndau, city: Path) -> None:
    tyndau("print", city, "--form", "satisfaction", "--lang", "ru")
    first = contents(city / "paper")
    book = load_workbook(city / "forms" / "satisfaction.xlsx")
    heads = [cell.value for cell in book["survey"][1]]
    label = next(at for at, head in enumerate(heads, 1) if str(head).startswith("label::Р"))
    book["survey"].cell(2, label, "Добрый день!")
    book.save(city / "forms" / "satisfaction.xlsx")
    tyndau("print", city, "--form", "satisfaction", "--lang", "ru")
    assert contents(city / "paper")["satisfaction-ru.pdf"] != first["satisfaction-ru.pdf"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--form", "poll"), "report.no-such-form"), (("--lang", "de"), "usage")],
)
def test_what_there_is_not_is_refused(
    tyndau: Tyndau, city: Path, arguments: tuple[str, ...], code: str
) -> None:
    outcome = tyndau("print", city, *arguments)
    assert outcome.code >= 2
    assert code in outcome.err
    assert not (city / "paper").exists()


def test_a_repeat_is_refused_by_its_questions(tyndau: Tyndau, city: Path) -> None:
    book = load_workbook(city / "forms" / "satisfaction.xlsx")
    sheet = book["survey"]
    heads = [cell.value for cell in sheet[1]]
    kind, name = heads.index("type") + 1, heads.index("name") + 1
    labels = [at for at, head in enumerate(heads, 1) if str(head).startswith("label")]
    for row in (("begin_repeat", "people"), ("text", "person"), ("end_repeat", "")):
        at = sheet.max_row + 1
        sheet.cell(at, kind, row[0])
        sheet.cell(at, name, row[1])
        for label in labels:
            sheet.cell(at, label, "Есім / Имя" if row[1] else None)
    book.save(city / "forms" / "satisfaction.xlsx")
    outcome = tyndau("print", city)
    assert "report.not-on-paper" in outcome.err
    assert "person" in outcome.err
    assert tyndau("print", city, "--form", "ngo", "--lang", "ru").code == 0
