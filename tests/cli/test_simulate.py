"""``tyndau simulate``: on a fictional study, on a copy, and never on a real place."""

import json
import shutil
from pathlib import Path

import pytest

from tyndau.study import load_study
from tyndau.waves import list_waves, read_wave

from .conftest import STUDY, Tyndau


@pytest.fixture
def copy(tmp_path: Path, tyndau: Tyndau) -> Path:
    folder = tmp_path / "made-up"
    done = tyndau("simulate", STUDY, "--interviews", 60, "--seed", 4, "--to", folder)
    assert done.code == 0, done.err
    return folder


def test_a_real_place_is_refused_with_one_error(tmp_path: Path, tyndau: Tyndau) -> None:
    folder = tmp_path / "real"
    shutil.copytree(STUDY, folder, ignore=shutil.ignore_patterns("waves", "results"))
    refused = tyndau("simulate", folder, "--interviews", 10, "--seed", 1)
    assert refused.code == 9
    assert refused.err.count("Error ") == 1
    assert "fieldwork.real-place" in refused.err
    assert "--to" in refused.err
    assert not list_waves(folder)


def test_a_copy_holds_the_interviews_and_their_record(copy: Path) -> None:
    study = load_study(copy)
    assert study.fictional
    wave = read_wave(copy, "simulated")
    assert set(wave.frames) == {"residents", "ngo"}
    record = json.loads((copy / "waves" / "simulated" / "simulation.json").read_text("utf-8"))
    assert record["seed"] == 4
    assert record["wave"] == "simulated"
    assert record["populations"]["residents"]["interviews"] == 60
    assert record["intraclass_correlation"]["point"] > 0
    assert record["assumptions"]["refusals"] > 0


def test_the_same_interviews_are_not_made_twice(copy: Path, tyndau: Tyndau) -> None:
    again = tyndau("simulate", copy, "--interviews", 60, "--seed", 4, "--json")
    assert again.json["simulated"] is False
    assert again.json["revision"] == 1
    record = copy / "waves" / "simulated" / "simulation.json"
    written = record.read_bytes()
    record.unlink()
    tyndau("simulate", copy, "--interviews", 60, "--seed", 4)
    assert record.read_bytes() == written


def test_another_seed_makes_the_next_revision(copy: Path, tyndau: Tyndau) -> None:
    other = tyndau("simulate", copy, "--interviews", 60, "--seed", 5, "--json")
    assert (other.json["simulated"], other.json["revision"]) == (True, 2)
    assert read_wave(copy, "simulated").manifest.parent == "r1"


def test_real_interviews_are_not_followed_by_simulated_ones(copy: Path, tyndau: Tyndau) -> None:
    answers = copy / "ngo.csv"
    answers.write_text("city\n", "utf-8")
    form = load_study(copy).forms["ngo"]
    code = form["city"].choices[0].category.code
    answers.write_text(f"city\n{code}\n", "utf-8")
    assert tyndau("import", copy, answers, "--wave", "w", "--population", "ngo").code == 0
    refused = tyndau("simulate", copy, "--interviews", 10, "--seed", 1, "--wave", "w")
    assert refused.code == 9
    assert "fieldwork.taken" in refused.err


def test_everything_built_says_simulated(copy: Path, tyndau: Tyndau) -> None:
    built = tyndau("build", copy, "--lang", "ru", "--json").json
    names = [Path(path).name for path in built["files"]]
    assert "tables-residents-SIMULATED.csv" in names
    assert "tables-residents-ru.xlsx" in names
