"""Editions of a real study: where they stand, what their files hold, what stops them."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from tyndau.base.errors import UserError
from tyndau.base.frames import Frame
from tyndau.disclosure import Hidden, hide
from tyndau.reporting import published
from tyndau.reporting.build import BuildResult, build
from tyndau.reporting.model import HIDDEN
from tyndau.reporting.web import read_web
from tyndau.waves import freeze, read_wave

WAVE = "2023"
KEPT = (
    "city",
    "age",
    "income",
    "employment",
    "education",
    "q7_heard",
    "q10_participate",
    "q22_part",
)


@pytest.fixture(scope="module")
def study(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the study of public councils with three questions, without prose, with both editions.

    Records are asked for by age and city.
    """
    folder = tmp_path_factory.mktemp("editions") / "public-councils-2023"
    source = repository / "studies" / "public-councils-2023"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("results", "text"))
    frame = read_wave(folder, WAVE).frames["residents"]
    columns = {name: column for name, column in frame.columns.items() if name in KEPT}
    shutil.rmtree(folder / "waves")
    freeze(folder, WAVE, {"residents": Frame(frame.keys, columns)}, provenance={})
    book = load_workbook(folder / "study.xlsx")
    book["study"].append(["release_keys", "city employment"])
    book.save(folder / "study.xlsx")
    return folder


@pytest.fixture(scope="module")
def master(study: Path) -> BuildResult:
    """Build the master."""
    return build(study, only=["tables"], languages=["ru"])


@pytest.fixture(scope="module")
def public(study: Path, master: BuildResult) -> BuildResult:
    """Build the public edition."""
    return build(study, only=["tables"], languages=["ru"], edition="public")


def cells(path: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """Read the cells of a CSV file by question, answer, banner and column."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["question"], row["code"], row["banner"], row["column"]): row
            for row in csv.DictReader(stream)
        }


def test_an_edition_stands_beside_the_master_and_says_its_name(
    study: Path, master: BuildResult, public: BuildResult
) -> None:
    assert master.folder == study / "results" / WAVE / "r1"
    assert public.folder == study / "results" / WAVE / "public" / "r1"
    names = {path.name for path in public.files if path.parent == public.folder}
    assert names >= {"tables-public-ru.xlsx", "tables-public.csv"}
    assert (master.folder / "tables-ru.xlsx").is_file()
    assert not build(study, only=["tables"], languages=["ru"]).built
    assert not build(study, only=["tables"], languages=["ru"], edition="public").built
    book = load_workbook(public.folder / "tables-public-ru.xlsx")
    texts = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line]
    data = [text for text in texts if isinstance(text, str) and " 2023, " in text]
    # In Russian, or in English where the words are not translated yet.
    assert any(text.endswith(("для публикации", "public edition")) for text in data)
    steps = json.loads((public.folder / "steps.json").read_text(encoding="utf-8"))
    assert steps["inputs"]["edition"] == "public"


def test_nothing_hidden_stands_in_any_file(master: BuildResult, public: BuildResult) -> None:
    before, after = cells(master.folder / "tables.csv"), cells(public.folder / "tables-public.csv")
    few = {
        place
        for place, row in before.items()
        if row["percent"]
        and place[1] != "mean"
        and 0 < round(float(row["percent"]) * int(row["base"]) / 100) < 10
    }
    low = {place for place, row in before.items() if 0 < int(row["base"]) < 30}
    assert few and low
    for place in few | low:
        row = after.get(place)
        if row and float(before[place]["percent"] or 0):
            assert row["percent"] == row["letters"] == row["versus_rest"] == ""
    for row in after.values():
        assert row["se"] == row["low"] == row["high"] == ""
        decimals = 2 if row["code"] == "mean" else 0
        value = float(row["percent"] or 0)
        assert round(value, decimals) == value or value == 0.25
    book = load_workbook(public.folder / "tables-public-ru.xlsx")
    values = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line]
    shares = [value for value in values if isinstance(value, float) and 0 < value < 1]
    assert shares
    assert all(round(value * 100, 6) in (*range(100), 0.25) for value in shares)
    assert HIDDEN in values


def test_the_account_stays_with_the_master(master: BuildResult, public: BuildResult) -> None:
    assert public.account == master.folder / "disclosure-public.json"
    assert public.account is not None
    told = json.loads(public.account.read_text(encoding="utf-8"))["populations"]["residents"]
    assert told["passed"] and told["hidden"] == len(told["cells"])
    assert told["recovered_by_subtraction"] == told["recovered_by_programme"] == 0
    assert {cell["reason"] for cell in told["cells"]} >= {"people", "base", "complement"}
    assert all(cell["low"] <= cell["value"] <= cell["high"] for cell in told["cells"])
    assert not any("disclosure" in path.name for path in public.files)


def test_pages_show_the_sign_and_what_it_means(public: BuildResult) -> None:
    volume = read_web(public.folder / "web" / "residents")
    assert volume is not None
    shown = [
        cell
        for question in volume.questions
        for table in question.tables
        for row in table.rows
        for cell in row.cells
    ]
    assert any(cell.hidden for cell in shown)
    assert all(cell.value is None and not cell.letters for cell in shown if cell.hidden)
    assert any(fact.name.say("ru") == HIDDEN for fact in volume.reading)  # type: ignore[union-attr]


def test_the_public_edition_hides_at_least_what_the_customer_s_does(
    study: Path, public: BuildResult
) -> None:
    restricted = build(study, only=["tables"], languages=["ru"], edition="restricted")
    assert restricted.folder.parent.name == "restricted"
    narrow = cells(restricted.folder / "tables-restricted.csv")
    wide = cells(public.folder / "tables-public.csv")
    for place, row in narrow.items():
        if not row["percent"]:
            assert place not in wide or not wide[place]["percent"]
    assert not any("microdata" in path.name for path in restricted.files)


def test_records_are_k_anonymous_and_keep_apart_what_banners_keep_apart(
    public: BuildResult,
) -> None:
    with (public.folder / "microdata-public.csv").open(encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    told = json.loads((public.folder / "microdata-public-report.json").read_text(encoding="utf-8"))
    assert told["traits"] == ["city"]
    # By city tables are broken down too: the records tell what these hide.
    assert [problem.kind.code for problem in public.problems] == ["report.records-tell"]
    assert told["left_out"]["employment"] == "with city"
    assert told["left_out"]["q7_heard"] == "with city"
    assert not {"age", "income", "education", "employment", "q7_heard"} & set(records[0])
    _, counts = np.unique([record["city"] for record in records], return_counts=True)
    assert counts.min() >= 5 and counts.min() == told["k"]


def test_a_number_of_the_text_that_is_hidden_stops_the_build(study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(study, folder, ignore=shutil.ignore_patterns("results"))
    master = build(folder, only=["tables"], languages=["ru"])
    counted = cells(master.folder / "tables.csv")
    place, row = next(
        (place, row)
        for place, row in counted.items()
        if place[3] != "total" and 0 < float(row["percent"] or 0) * int(row["base"]) / 100 < 9.5
    )
    question, answer, banner, column = place
    share = round(float(row["percent"]))
    text = folder / "text" / "ru" / "10-results.md"
    text.parent.mkdir(parents=True)
    reference = f"{question}.{answer} @ {banner}={column}"
    text.write_text(f"# Итоги\n\nТак думают {{{{{share} % | {reference}}}}}.\n", encoding="utf-8")
    assert build(folder, only=["report"], languages=["ru"]).built
    with pytest.raises(UserError) as caught:
        build(folder, only=["report"], languages=["ru"], edition="public")
    (problem,) = caught.value.problems
    assert problem.kind.code == "report.hidden-cell"
    assert (problem.place.file, problem.place.row) == ("text/ru/10-results.md", 3)
    assert not (folder / "results" / WAVE / "public" / "r1").exists()


def test_an_edition_that_would_tell_what_it_hides_is_not_published(
    study: Path, public: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the search forgot what it hides for other cells' sake: the audit stops the build."""

    def forgetful(*arguments: Any, **named: Any) -> Hidden:
        found = hide(*arguments, **named)
        needed = np.zeros_like(found.suppression.hidden)
        needed[[cell for cell, why in found.reasons.items() if why == "people"]] = True
        less = replace(found.suppression, hidden=found.suppression.hidden & needed)
        return replace(found, suppression=less)

    before = {path: path.read_bytes() for path in public.folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(published, "hide", forgetful)
    with pytest.raises(UserError) as caught:
        build(study, only=["tables"], languages=["ru", "kk"], edition="public")
    (problem,) = caught.value.problems
    assert problem.kind.code == "report.audit-failed"
    assert problem.values["count"] > 0 and len(problem.values["cells"]) == 3
    after = {path: path.read_bytes() for path in public.folder.rglob("*") if path.is_file()}
    assert after == before
