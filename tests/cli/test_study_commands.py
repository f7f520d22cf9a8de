"""The commands that work on a study, one after the other as a sociologist runs them."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tyndau.base.errors import EXIT_CODES

from .conftest import STUDY, Tyndau

RUSSIAN = "label::Русский (ru)"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A copy of the real study without its wave, so that it can be written into."""
    folder = tmp_path / "councils"
    shutil.copytree(STUDY, folder, ignore=shutil.ignore_patterns("waves", "results"))
    return folder


@pytest.mark.requirement("C4")
def test_a_new_study_is_in_order(tyndau: Tyndau, tmp_path: Path) -> None:
    folder = tmp_path / "my city"

    assert tyndau("new", folder).code == 0
    outcome = tyndau("check", folder)
    assert outcome.code == 0
    assert "Errors: 0." in outcome.out
    assert "in Kazakh" in outcome.out
    assert "in Russian" in outcome.out
    # What the template leaves open is told and no error.
    assert "[Название заказчика]" in outcome.out


def test_a_file_in_place_of_a_study_names_the_folder(tyndau: Tyndau, study: Path) -> None:
    for command in ("check", "build"):
        outcome = tyndau(command, study / "study.xlsx")
        assert outcome.code == EXIT_CODES["study"]
        assert f'Name the folder of the study: "{study}".' in outcome.err
        assert "tyndau new" not in outcome.err


def test_check_prints_problems_and_the_length_of_interviews(tyndau: Tyndau) -> None:
    outcome = tyndau("check", STUDY, "--json").json

    errors = [p for p in outcome["problems"] if p["severity"] == "error"]
    residents = outcome["length"]["residents"]["ru"]
    assert errors == []
    assert residents["shortest_minutes"] < residents["shortest_complete_minutes"]
    assert residents["shortest_complete_minutes"] < residents["longest_minutes"] < 30


def test_check_of_a_broken_study_shows_its_errors_and_exits_with_1(
    tyndau: Tyndau, study: Path
) -> None:
    (study / "forms" / "residents.xlsx").write_bytes(b"")

    outcome = tyndau("check", study)
    assert outcome.code == 1
    assert "residents.xlsx" in outcome.out
    assert "Traceback" not in outcome.out + outcome.err


@pytest.mark.oracle
@pytest.mark.requirement("C8")
def test_import_freezes_and_build_makes_the_volume_once(
    tyndau: Tyndau, study: Path, oracles: Path
) -> None:
    data = oracles / "public-councils-2023" / "microdata.csv"
    arguments = ("--wave", "2023", "--population", "residents", "--key", "id")

    frozen = tyndau("import", study, data, *arguments, "--json")
    assert frozen.code == 0
    assert (frozen.json["revision"], frozen.json["rows"]) == (1, 671)

    again = tyndau("import", study, data, *arguments)
    assert again.code == EXIT_CODES["wave"]
    assert "--revise" in again.err

    built = tyndau("build", study, "--lang", "ru", "--only", "tables", "--json").json
    assert built["built"] is True
    # 12 questions by 5 banners, 4 by the three that were published, 5 traits for all together.
    assert built["tables"] == 12 * 5 + 4 * 3 + 5
    names = [Path(path).name for path in built["files"]]
    assert [name for name in names if not name.endswith(".svg")] == [
        "tables-ru.xlsx",
        "tables.csv",
        "tables.json",
    ]
    assert (
        tyndau("build", study, "--lang", "ru", "--only", "tables", "--json").json["built"] is False
    )


def test_build_warns_that_the_wave_keeps_its_wording(tyndau: Tyndau, tmp_path: Path) -> None:
    folder, answers = tmp_path / "town", tmp_path / "answers.csv"
    assert tyndau("new", folder).code == 0
    answers.write_text(
        "consent,lives,age,territory,employment,sex,point\n"
        "yes,yes,40,centre,works,male,1\nyes,yes,20,north,works,male,2\n"
    )
    assert tyndau("import", folder, answers, "--wave", "w").code == 0
    book = load_workbook(folder / "forms" / "residents.xlsx")
    for row in book["survey"].iter_rows():
        for cell in row:
            if row[1].value == "sex" and str(book["survey"].cell(1, cell.column).value) == RUSSIAN:
                cell.value = "Новая подпись"
    book.save(folder / "forms" / "residents.xlsx")
    for built in (True, False):
        outcome = tyndau("build", folder, "--json").json
        assert outcome["built"] is built
        assert [problem["code"] for problem in outcome["problems"]] == ["report.wording-changed"]
    outcome = tyndau("build", folder)
    assert outcome.code == 0
    assert "report.wording-changed" in outcome.out
    assert "--population residents --revise" in outcome.out.replace("\n", " ")


def test_import_asks_which_population_where_there_are_several(
    tyndau: Tyndau, study: Path, tmp_path: Path
) -> None:
    outcome = tyndau("import", study, tmp_path / "x.csv", "--wave", "w")

    assert outcome.code == EXIT_CODES["usage"]
    assert "residents" in outcome.err
    assert "ngo" in outcome.err


def test_build_without_a_wave_says_what_comes_first(tyndau: Tyndau, study: Path) -> None:
    outcome = tyndau("build", study)

    assert outcome.code == EXIT_CODES["wave"]
    assert "tyndau import" in outcome.err


def test_build_refuses_a_language_that_studies_do_not_have(tyndau: Tyndau, study: Path) -> None:
    outcome = tyndau("build", study, "--lang", "ru,en")

    assert outcome.code == EXIT_CODES["usage"]
    assert '"en"' in outcome.err


@pytest.mark.oracle
def test_proof_names_the_slips_and_exits_with_1(tyndau: Tyndau, oracles: Path) -> None:
    published = oracles / "public-councils-2023" / "published-tables.csv"

    outcome = tyndau("proof", STUDY, "--published", published)
    assert outcome.code == 1
    assert '"18-20": the base 79 is printed, 19 is likely' in outcome.out
    as_json = tyndau("proof", STUDY, "--published", published, "--json").json
    assert as_json["agreeing"] == 2405
