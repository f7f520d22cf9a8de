"""Weighing a wave: a new revision, its log, what is carried over, and the weights read back."""

import json

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.interchange import import_wave
from tyndau.study import prepare
from tyndau.waves import read_wave
from tyndau.weighting import make_weights, stored_calibration, weigh_wave

from .conftest import Town
from .test_raking import problem


def test_a_new_revision_holds_weights_log_and_the_same_interviews(town: Town) -> None:
    study, frame = town.wave()
    done = weigh_wave(study, "w")
    assert (done.made, done.wave.revision, done.wave.manifest.parent) == (True, 2, "r1")
    before, after = read_wave(study.folder, "w", 1), read_wave(study.folder, "w")
    assert before.weights == {}
    assert after.manifest.provenance == before.manifest.provenance
    assert after.manifest.populations == before.manifest.populations
    np.testing.assert_array_equal(after.frames["residents"].keys, frame.keys)
    first, second = (study.folder / "waves" / "w" / name for name in ("r1", "r2"))
    name = "residents.parquet"
    assert (first / name).read_bytes() == (second / name).read_bytes()
    assert "residents.weights.json" in after.manifest.files
    log = json.loads((second / "residents.weights.json").read_text("utf-8"))
    assert [step["step"] for step in log["steps"]] == ["base", "rake"]
    assert log["steps"][1]["path"][-1] < 1e-9
    figure = log["figures"][0]
    assert (figure["variable"], figure["date"], figure["source"]["ru"]) == (
        "sex", "2026-01-01", "Бюро",
    )  # fmt: skip
    assert {"kish", "effective", "top_share"} <= log["diagnostics"].keys()
    assert log["software"]["tyndau"]


def test_the_same_weights_are_not_frozen_twice_but_others_are(town: Town) -> None:
    study, _ = town.wave()
    weigh_wave(study, "w")
    again = weigh_wave(study, "w")
    assert (again.made, again.wave.revision) == (False, 2)
    town.figures["", "sex"] = {"female": 5300, "male": 4700}
    other = weigh_wave(town.study(), "w")
    assert (other.made, other.wave.revision) == (True, 3)


def test_weights_and_calibration_come_back_in_the_order_of_the_rows(town: Town) -> None:
    study, frame = town.wave()
    made = make_weights(study, "residents", frame)
    wave = weigh_wave(study, "w").wave
    record = wave.weights["residents"]
    rows = prepare(study, "residents", wave.frames["residents"])
    back = stored_calibration(rows, record, population="residents")
    np.testing.assert_array_equal(back.weights, made.weights)
    assert back.calibration is not None and made.calibration is not None
    for name in ("weights", "metric", "cell", "auxiliary"):
        kept = getattr(back.calibration, name)
        np.testing.assert_array_equal(kept, getattr(made.calibration, name))
    turned = stored_calibration(type(rows)(rows.keys[::-1], {}), record, population="residents")
    np.testing.assert_array_equal(turned.weights, made.weights[::-1])
    assert turned.calibration is not None
    np.testing.assert_array_equal(turned.calibration.cell, made.calibration.cell[::-1])


def test_base_weights_alone_carry_no_calibration(town: Town) -> None:
    town.steps = [{"step": "base"}]
    study, _ = town.wave()
    wave = weigh_wave(study, "w").wave
    rows = prepare(study, "residents", wave.frames["residents"])
    back = stored_calibration(rows, wave.weights["residents"], population="residents")
    assert back.calibration is None
    assert back.weights.sum() == pytest.approx(10_000)


def test_weights_of_other_rows_are_refused(town: Town) -> None:
    study, _ = town.wave()
    wave = weigh_wave(study, "w").wave
    record = wave.weights["residents"]
    rows = prepare(study, "residents", wave.frames["residents"])
    for other in (rows.where(np.arange(len(rows)) > 0), wave.frames["residents"]):
        with pytest.raises(UserError) as caught:
            stored_calibration(other, record, population="residents")
        assert problem(caught)[0] == "table.weights-stale"
    strange = type(rows)(np.char.add(rows.keys, "x"), {})
    with pytest.raises(UserError) as caught:
        stored_calibration(strange, record, population="residents")
    assert problem(caught)[0] == "table.weights-stale"


def test_corrected_answers_drop_the_weights_with_a_warning(town: Town) -> None:
    study, _ = town.wave()
    weigh_wave(study, "w")
    file = study.folder / "answers.csv"
    wave, found = import_wave(study, file, wave="w", population="residents", revise=True)
    assert wave.weights == {}
    assert [one.kind.code for one in found][-1] == "wave.weights-dropped"
    assert read_wave(study.folder, "w", 2).weights.keys() == {"residents"}


def test_nothing_is_written_where_weights_cannot_be_made(town: Town) -> None:
    town.figures["", "group"] = {"18-39": 1, "40+": 1}
    study, _ = town.wave()
    with pytest.raises(UserError):
        weigh_wave(study, "w")
    assert read_wave(study.folder, "w").revision == 1


@pytest.mark.parametrize(
    ("wave", "population", "code"),
    [("x", "", "wave.unknown"), ("w", "ngo", "table.no-such-population")],
)
def test_unknown_waves_and_populations_are_refused(town: Town, wave, population, code) -> None:
    study, _ = town.wave()
    with pytest.raises(UserError) as caught:
        weigh_wave(study, wave, population=population)
    assert problem(caught)[0] == code
