"""Erasing withdrawn rows: from every revision, to the last file, whenever it is killed."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.waves import digest_of_key, erase, freeze, frozen_in, list_revisions, read_wave

from .test_freeze import SOURCE, code
from .test_weights import record

WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def study(tmp_path, residents) -> Path:
    """A study of two waves; the first with weights in its second revision and two populations."""
    experts = residents.where(np.array([False, False, True, True]))
    experts.keys[:] = ["e1", "e2"]
    both = {"residents": residents, "experts": experts}
    freeze(tmp_path, "2026-q3", both, provenance=SOURCE)
    freeze(
        tmp_path, "2026-q3", both, provenance=SOURCE, parent="r1", weights={"residents": record()}
    )
    freeze(
        tmp_path,
        "2026-q4",
        {"residents": residents.where(np.array([False, True, True, True]))},
        provenance=SOURCE,
    )
    return tmp_path


def everything(study: Path) -> bytes:
    """Return all bytes that lie in the waves of a study."""
    paths = sorted(path for path in (study / "waves").rglob("*") if path.is_file())
    return b"".join(path.read_bytes() for path in paths)


def test_it_works(study) -> None:
    assert frozen_in(study, ["a1"]) == ["2026-q3/r1", "2026-q3/r2"]
    before = read_wave(study, "2026-q3")
    assert erase(study, ["a1"], moment=WHEN) == ["2026-q3/r1", "2026-q3/r2"]
    assert frozen_in(study, ["a1"]) == []
    wave = read_wave(study, "2026-q3")
    assert list(wave.frames["residents"].keys) == ["b2", "c3", "d4"]
    assert list(wave.frames["experts"].keys) == ["e1", "e2"]
    assert wave.manifest.populations["residents"].rows == 3
    assert wave.manifest.populations["experts"].rows == 2
    assert (wave.manifest.created, wave.manifest.parent) == (before.manifest.created, "r1")
    (tombstone,) = wave.manifest.erased
    assert tombstone.moment == "2026-11-20T09:30:00+00:00"
    assert (tombstone.population, tombstone.key_sha256) == ("residents", digest_of_key("a1"))


def test_nothing_of_the_row_is_left_in_any_file(study) -> None:
    """An answer in the person's own words, and the key, stand nowhere any more."""
    import pyarrow.parquet as pq

    erase(study, ["a1"])
    for path in (study / "waves").rglob("*.parquet"):
        rows = pq.read_table(path).to_pylist()
        assert all(row["key"] != "a1" and "Әңгіме" not in str(row) for row in rows)
    assert b'"a1"' not in everything(study)
    assert "Әңгіме".encode() not in everything(study)


def test_the_weights_of_others_stay_as_they_were(study) -> None:
    erase(study, ["b2"])
    kept, weights = record(), read_wave(study, "2026-q3", 2).weights["residents"]
    assert list(weights.keys) == ["a1", "d4"]
    np.testing.assert_array_equal(weights.weights, kept.weights[[0, 2]])
    np.testing.assert_array_equal(weights.calibrated, kept.calibrated[[0, 2]])
    # The cell that only the erased row stood in says nothing of it any more.
    np.testing.assert_array_equal(weights.auxiliary[weights.cell], [[0.0, 1.0], [0.0, 1.0]])
    assert len(weights.auxiliary) == 1
    assert weights.log == kept.log


def test_a_revision_without_the_row_is_not_touched(study) -> None:
    files = {path: path.read_bytes() for path in (study / "waves/2026-q4").rglob("*.*")}
    assert json.loads((study / "waves/2026-q4/r1/manifest.json").read_bytes())["format"] == 1
    erase(study, ["a1"])
    assert {path: path.read_bytes() for path in files} == files
    assert erase(study, ["a1"]) == []
    assert erase(study, ["nobody"]) == []


def test_several_at_once_down_to_none(study) -> None:
    assert erase(study, ["b2", "c3", "d4"]) == ["2026-q3/r1", "2026-q3/r2", "2026-q4/r1"]
    assert len(read_wave(study, "2026-q4").frames["residents"]) == 0
    assert list(read_wave(study, "2026-q3").weights["residents"].keys) == ["a1"]
    assert erase(study, ["a1"]) == ["2026-q3/r1", "2026-q3/r2"]
    assert len(read_wave(study, "2026-q3").manifest.erased) == 4


def test_what_was_erased_does_not_come_back(study, residents) -> None:
    """Somebody read the wave before, and freezes its next revision after."""
    erase(study, ["a1"])
    with pytest.raises(UserError) as caught:
        freeze(study, "2026-q3", {"residents": residents}, provenance=SOURCE, parent="r2")
    assert code(caught) == "wave.erased"
    assert "a1" in caught.value.problems[0].remedy("en")
    assert list_revisions(study, "2026-q3") == [1, 2]
    rest = read_wave(study, "2026-q3").frames
    assert freeze(study, "2026-q3", rest, provenance=SOURCE, parent="r2").revision == 3


def test_a_damaged_revision_is_named_and_the_others_are_done(study) -> None:
    (study / "waves/2026-q3/r1/residents.parquet").write_bytes(b"PAR1")
    with pytest.raises(UserError) as caught:
        erase(study, ["b2"])
    assert code(caught) == "wave.file-changed"
    assert caught.value.problems[0].place.file == "waves/2026-q3/r1/residents.parquet"
    assert "b2" not in read_wave(study, "2026-q3", 2).frames["residents"].keys
    assert "b2" not in read_wave(study, "2026-q4", 1).frames["residents"].keys


KILLED = """
import os, sys
from pathlib import Path
from tyndau.waves import erase
seen, last = 0, int(sys.argv[2])

def die(event, arguments):
    global seen
    writes = event == "open" and "waves" in str(arguments[0]) and str(arguments[1])[:1] in "xw"
    if writes or event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir"):
        if "waves" in str(arguments):
            seen += 1
            if seen == last:
                os._exit(9)

sys.addaudithook(die)
erase(Path(sys.argv[1]), ["b2"])
print(seen)
"""


def test_killed_at_any_step_it_is_whole_and_the_next_call_completes_it(tmp_path, residents) -> None:
    """Before each step that changes the disk the process dies, until it does not."""
    for last in range(1, 1000):
        study = tmp_path / str(last)
        for parent in (None, "r1"):
            freeze(
                study, "w", {"residents": residents}, provenance=SOURCE, parent=parent,
                weights={"residents": record()} if parent else None,
            )  # fmt: skip
        ran = subprocess.run([sys.executable, "-c", KILLED, str(study), str(last)])
        for revision in (1, 2):  # the old or the new, whole
            assert len(read_wave(study, "w", revision).frames["residents"]) in (3, 4)
        assert list_revisions(study, "w") == [1, 2]
        erase(study, ["b2"])
        assert frozen_in(study, ["b2"]) == []
        assert b'"b2"' not in everything(study)
        left = {path.name for path in (study / "waves/w").iterdir()}
        assert left == {"r1", "r2"}
        if ran.returncode == 0:
            break
        assert ran.returncode == 9
    assert last > 15
