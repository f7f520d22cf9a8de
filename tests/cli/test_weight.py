"""``tyndau weight``: what weights cost is shown in three languages, and as JSON."""

import shutil
from pathlib import Path

import pytest

from tyndau.cli.main import run
from tyndau.study import load_study
from tyndau.waves import read_wave

from .conftest import Tyndau

DEMO = Path(__file__).parents[2] / "studies" / "demo-city"


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the fictional city with 700 simulated interviews."""
    folder = tmp_path_factory.mktemp("weight") / "demo"
    ignored = shutil.ignore_patterns("waves", "results")
    shutil.copytree(DEMO, folder, ignore=ignored)
    assert run(["simulate", str(folder), "--interviews", "700", "--seed", "3"], language="en") == 0
    return folder


@pytest.fixture
def city(simulated: Path, tmp_path: Path) -> Path:
    """Return a copy that the test may change."""
    return shutil.copytree(simulated, tmp_path / "city")


def test_the_demo_city_is_weighed_and_its_costs_are_shown(city: Path, tyndau: Tyndau) -> None:
    done = tyndau("weight", city, "--wave", "simulated")
    assert done.code == 0, done.err
    for words in ("revision 2", "interviews 700", "Kish", "Population, %", "Respondents"):
        assert words in done.out
    wave = read_wave(city, "simulated")
    assert wave.revision == 2
    assert wave.weights["residents"].weights.sum() == pytest.approx(247_200)
    assert len(wave.frames["residents"]) > len(wave.weights["residents"].keys) == 700
    again = tyndau("weight", city, "--wave", "simulated")
    assert "nothing was done" in again.out
    assert load_study(city).weighting


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_categories_are_named_in_the_language(city: Path, tyndau: Tyndau, language: str) -> None:
    done = tyndau("weight", city, "--wave", "simulated", "--lang", language)
    assert {"kk": "Қала орталығы", "ru": "Центр города"}[language] in done.out


def test_the_log_is_printed_as_json(city: Path, tyndau: Tyndau) -> None:
    said = tyndau("weight", city, "--wave", "simulated", "--population", "residents", "--json").json
    assert (said["wave"], said["revision"], said["made"]) == ("simulated", 2, True)
    log = said["populations"]["residents"]
    assert log["rows"] == 700
    assert log["diagnostics"]["effective"] < 700
    assert {row["margin"] for row in log["margins"]} == {"territory", "sex", "age_group"}


def test_a_population_without_figures_is_one_clear_error(city: Path, tyndau: Tyndau) -> None:
    refused = tyndau("weight", city, "--wave", "simulated", "--population", "ngo")
    assert refused.code == 7
    assert refused.err.count("Error ") == 1
    assert "table.no-margins" in refused.err
    assert read_wave(city, "simulated").revision == 1


def test_simulating_the_same_again_keeps_the_weights(city: Path, tyndau: Tyndau) -> None:
    tyndau("weight", city, "--wave", "simulated")
    same = tyndau("simulate", city, "--interviews", 700, "--seed", 3, "--json").json
    assert (same["simulated"], same["revision"]) == (False, 2)
    assert read_wave(city, "simulated").weights
