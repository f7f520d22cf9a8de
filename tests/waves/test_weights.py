"""Weights of a revision: frozen with it, read back whole, and refused where they are damaged."""

import hashlib
import json

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.waves import WeightsRecord, freeze, read_wave, read_weights, write_weights
from tyndau.waves.damage import DamagedError

from .test_freeze import SOURCE, code


def record(*, calibrated: bool = True) -> WeightsRecord:
    """Return weights of three of the four residents."""
    weights = np.array([1.25, 0.1, 2.0])
    return WeightsRecord(
        np.array(["a1", "b2", "d4"]),
        weights,
        np.ones(3),
        weights * 1.1 if calibrated else None,
        np.ones(3) if calibrated else None,
        np.array([1, 0, 1]) if calibrated else None,
        np.array([[1.0, 0.0], [0.0, 1.0]]) if calibrated else None,
        {"steps": [{"step": "rake"}], "note": "Салмақ"},
    )


@pytest.mark.parametrize("calibrated", [True, False])
def test_weights_come_back_as_they_were(tmp_path, residents, calibrated) -> None:
    kept = record(calibrated=calibrated)
    freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE, weights={"residents": kept})
    wave = read_wave(tmp_path, "w")
    back = wave.weights["residents"]
    for name in ("keys", "weights", "base", "calibrated", "metric", "cell", "auxiliary"):
        wanted = getattr(kept, name)
        if wanted is None:
            assert getattr(back, name) is None
        else:
            np.testing.assert_array_equal(getattr(back, name), wanted)
    assert back.log == kept.log
    assert {"residents.weights.parquet", "residents.weights.json"} <= wave.manifest.files.keys()


def test_a_revision_without_weights_has_none(tmp_path, residents) -> None:
    freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE)
    assert read_wave(tmp_path, "w").weights == {}


def test_weights_of_rows_that_are_not_there_are_a_fault(tmp_path, residents) -> None:
    with pytest.raises(ValueError, match="rows that the revision has not"):
        freeze(
            tmp_path,
            "w",
            {"residents": residents.where(np.array([True, True, False, False]))},
            provenance=SOURCE,
            weights={"residents": record()},
        )
    assert list(tmp_path.iterdir()) == []


def test_changed_weights_are_noticed(tmp_path, residents) -> None:
    freeze(
        tmp_path, "w", {"residents": residents}, provenance=SOURCE, weights={"residents": record()}
    )
    path = tmp_path / "waves/w/r1/residents.weights.json"
    path.write_text(path.read_text("utf-8").replace("rake", "trim"), "utf-8")
    with pytest.raises(UserError) as caught:
        read_wave(tmp_path, "w")
    assert code(caught) == "wave.file-changed"


def test_files_that_hold_no_weights_are_refused() -> None:
    files = write_weights(record())
    table, log = files[".weights.parquet"], files[".weights.json"]
    for bad in ((b"PAR1", log), (table, b"{}"), (table, b"\xff")):
        with pytest.raises(DamagedError):
            read_weights(*bad)
    negative = record(calibrated=False)
    negative.weights[0] = -1
    with pytest.raises(DamagedError, match="0 or more"):
        read_weights(*write_weights(negative).values())


def test_the_same_weights_give_the_same_bytes() -> None:
    digests = {
        hashlib.sha256(content).hexdigest()
        for _ in range(2)
        for content in write_weights(record()).values()
    }
    assert len(digests) == 2
    assert json.loads(write_weights(record())[".weights.json"])["auxiliary"] == [[1, 0], [0, 1]]
