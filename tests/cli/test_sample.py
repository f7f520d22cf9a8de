"""``tyndau sample``: the plan of a sample and its documents, whole or not at all."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from .conftest import Tyndau

STUDIES = Path(__file__).parents[2] / "studies"

pytestmark = pytest.mark.requirement("C2", "C3")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return a copy of the made-up city, with the few interviewers that write few files."""
    folder = tmp_path / "city"
    shutil.copytree(STUDIES / "demo-city", folder)
    change(folder, "interviewers", 6)
    return folder


def change(folder: Path, key: str, value: object) -> None:
    """Write a value of the sheet ``sampling``."""
    book = load_workbook(folder / "study.xlsx")
    sheet = book["sampling"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == key)
    row[2].value = value  # type: ignore[assignment]
    book.save(folder / "study.xlsx")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_it_works(tyndau: Tyndau, city: Path) -> None:
    change(city, "interviewers", 20)
    outcome = tyndau("sample", city)
    assert outcome.code == 0
    assert "2,500 interviews at 166 points in 16 territories, 20 interviewers" in outcome.out
    assert "and 80 sheets of interviewers" in outcome.out
    assert "study.sample" not in outcome.out, "nothing to warn of"
    names = {path.name for path in (city / "sample").iterdir()}
    stems = (f"{one}-{at}" for one in ("sample", "interviewer-20") for at in ("kk", "ru"))
    assert {f"{stem}.{suffix}" for stem in stems for suffix in ("docx", "pdf")} <= names
    record = json.loads((city / "sample" / "sample.json").read_text("utf-8"))
    with (city / "sample" / "points-SIMULATED.csv").open(encoding="utf-8-sig") as stream:
        points = list(csv.DictReader(stream))
    with (city / "sample" / "quotas-SIMULATED.csv").open(encoding="utf-8-sig") as stream:
        quotas = list(csv.DictReader(stream))
    assert sum(int(row["interviews"]) for row in points) == 2500
    assert sum(int(row["interviews"]) for row in quotas) == 2500
    chances = [p["probability"] for place in record["territories"] for p in place["points"]]
    assert [float(row["probability"]) for row in points] == chances
    assert not [name for name in names if name.startswith(".")]
    assert not (city / ".lock").exists()


def test_the_same_study_gives_the_same_bytes(tyndau: Tyndau, city: Path) -> None:
    tyndau("sample", city)
    first = contents(city / "sample")
    assert "Nothing changed" in tyndau("sample", city).out
    shutil.rmtree(city / "sample")
    tyndau("sample", city)
    assert contents(city / "sample") == first


def test_a_change_makes_it_anew_and_keeps_what_others_put_there(tyndau: Tyndau, city: Path) -> None:
    tyndau("sample", city, "--lang", "kk")
    (city / "sample" / "names.txt").write_text("1: ...", "utf-8")
    change(city, "seed", 5)
    outcome = tyndau("sample", city, "--lang", "ru", "--json")
    assert outcome.json["made"]
    names = {path.name for path in (city / "sample").iterdir()}
    assert {"names.txt", "sample-kk.pdf", "sample-ru.pdf"} <= names


def test_what_cannot_be_leaves_what_stood_there(tyndau: Tyndau, city: Path) -> None:
    tyndau("sample", city, "--lang", "ru")
    first = contents(city / "sample")
    change(city, "interviewers", 3)
    outcome = tyndau("sample", city, "--lang", "ru")
    assert outcome.code == 3
    assert "study.sample-few-interviewers" in outcome.err
    assert contents(city / "sample") == first


@pytest.mark.requirement("T1")
def test_of_taraz_it_says_what_is_missing_and_writes_nothing(
    tyndau: Tyndau, tmp_path: Path
) -> None:
    folder = tmp_path / "taraz"
    shutil.copytree(STUDIES / "taraz-2026", folder)
    outcome = tyndau("sample", folder, "--json")
    assert outcome.code == 3
    what = {problem["code"] for problem in outcome.json["problems"]}
    assert what == {"study.sample-missing", "study.sample-no-people"}
    said = " ".join(problem["what"] for problem in outcome.json["problems"])
    for key in ("design_effect", "allocation", "selection", "interviewers", "seed", "shaikoryk"):
        assert key in said
    assert '"interviews"' not in said
    assert not (folder / "sample").exists()


def test_a_language_that_there_is_not_is_refused(tyndau: Tyndau, city: Path) -> None:
    outcome = tyndau("sample", city, "--lang", "de")
    assert outcome.code == 2
    assert not (city / "sample").exists()
