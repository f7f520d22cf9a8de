"""Revisions: whole or not at all, never rewritten, in one line of parents."""

import json
import re
from datetime import UTC, datetime
from importlib import import_module
from threading import Barrier, Thread

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.waves import FormRecord, freeze, list_revisions, list_waves, new_keys, read_wave

SOURCE = {"file": "data.csv", "sha256": "0" * 64}


def code(caught) -> str:
    """Return the code of the first problem of a caught error."""
    return caught.value.problems[0].kind.code


def test_a_frozen_wave_is_read_back(tmp_path, residents):
    form = FormRecord("residents", "1", "ab" * 32)
    freeze(
        tmp_path,
        "2026-q4",
        {"residents": residents},
        provenance=SOURCE,
        forms={"residents": form},
        created=datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
    )
    wave = read_wave(tmp_path, "2026-q4")
    assert (wave.name, wave.revision, wave.id) == ("2026-q4", 1, "2026-q4/r1")
    assert wave.frames["residents"]["words"].values[0] == "Әңгіме, ұят"
    assert wave.manifest.created == "2026-11-01T09:30:00+00:00"
    assert wave.manifest.populations["residents"].rows == 4
    assert wave.manifest.populations["residents"].form == form
    assert wave.manifest.provenance == SOURCE
    assert wave.manifest.parent is None
    assert set(wave.manifest.software) == {"tyndau", "pyarrow"}
    names = sorted(path.name for path in (tmp_path / "waves/2026-q4/r1").iterdir())
    assert names == ["manifest.json", "residents.codebook.json", "residents.parquet"]


def test_the_same_freeze_gives_the_same_files(tmp_path, residents):
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    for study in ("one", "two"):
        freeze(tmp_path / study, "w", {"residents": residents}, provenance=SOURCE, created=moment)
    for name in ("manifest.json", "residents.codebook.json", "residents.parquet"):
        first, second = (tmp_path / s / "waves/w/r1" / name for s in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()


def test_a_new_revision_names_its_parent_and_leaves_it_alone(tmp_path, residents):
    freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE)
    before = (tmp_path / "waves/w/r1/manifest.json").read_bytes()
    wave = freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE, parent="r1")
    assert (wave.revision, wave.manifest.parent) == (2, "r1")
    assert (tmp_path / "waves/w/r1/manifest.json").read_bytes() == before
    assert read_wave(tmp_path, "w").revision == 2
    assert read_wave(tmp_path, "w", 1).revision == 1


def test_a_wave_that_exists_is_not_frozen_over(tmp_path, residents):
    freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE)
    with pytest.raises(UserError) as caught:
        freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE)
    assert code(caught) == "wave.exists"
    assert caught.value.exit_code == 6


def test_a_parent_that_is_not_the_latest_is_refused(tmp_path, residents):
    freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE)
    freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE, parent="r1")
    with pytest.raises(UserError) as caught:
        freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE, parent="r1")
    assert code(caught) == "wave.stale-parent"
    with pytest.raises(UserError) as caught:
        freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE, parent="r7")
    assert code(caught) == "wave.unknown-revision"
    assert "r1, r2" in caught.value.problems[0].what("en")


@pytest.mark.parametrize("target", ["rows_of", "write_manifest", "_put"])
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_stop_in_the_middle_leaves_nothing(tmp_path, residents, monkeypatch, target, fault):
    def stop(*_):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(import_module("tyndau.waves.freeze"), target, stop)
        with pytest.raises((UserError, KeyboardInterrupt)) as caught:
            freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE)
    if isinstance(fault, OSError):
        assert code(caught) == "wave.cannot-write"
        assert "no space is left" in caught.value.problems[0].what("en")
    assert list_waves(tmp_path) == []
    assert list((tmp_path / "waves").iterdir()) == []
    assert freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE).revision == 1


def test_a_killed_freeze_is_no_revision(tmp_path, residents):
    """A kill leaves the folder beside; it is neither read nor in the way, and is cleared next."""
    left = tmp_path / "waves/w/.r1-0badcafe"
    left.mkdir(parents=True)
    (left / "residents.parquet").write_bytes(b"PAR1")
    assert list_waves(tmp_path) == []
    assert freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE).revision == 1
    assert [path.name for path in (tmp_path / "waves/w").iterdir()] == ["r1"]


def test_two_freezes_at_once_make_one_whole_revision(tmp_path):
    rows = 2000
    variable = Variable("n", "number", Text())
    barrier = Barrier(4)
    outcomes: list[object] = []

    def run(number: int) -> None:
        column = Column(variable, np.full(rows, float(number)), np.ones(rows, dtype=bool))
        frame = Frame(new_keys(rows), {"n": column})
        barrier.wait()
        try:
            freeze(tmp_path, "w", {"p": frame}, provenance={"number": number})
            outcomes.append(number)
        except UserError as error:
            outcomes.append(error.problems[0].kind.code)

    threads = [Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert len(won) == 1 and outcomes.count("wave.exists") == 3
    wave = read_wave(tmp_path, "w")
    assert wave.manifest.provenance == {"number": won[0]}
    assert set(wave.frames["p"]["n"].values) == {float(won[0])}
    assert [path.name for path in (tmp_path / "waves/w").iterdir()] == ["r1"]
    assert list_revisions(tmp_path, "w") == [1]


@pytest.mark.parametrize(
    "name", ["", "a b", "../x", "a/b", "a\\b", "CON", "lpt1", "-a", "a.b", "a:b", "x" * 65, "q?"]
)
def test_names_that_a_folder_cannot_have(tmp_path, residents, name):
    with pytest.raises(UserError) as caught:
        freeze(tmp_path, name, {"residents": residents}, provenance=SOURCE)
    assert code(caught) == "wave.name"
    assert list(tmp_path.iterdir()) == []


def test_kazakh_names_and_names_that_differ_in_case(tmp_path, residents):
    wave = freeze(tmp_path, "2026-Күз", {"residents": residents}, provenance=SOURCE)
    assert read_wave(tmp_path, "2026-Күз").id == wave.id
    with pytest.raises(UserError) as caught:
        freeze(tmp_path, "2026-күз", {"residents": residents}, provenance=SOURCE)
    assert code(caught) == "wave.name-twin"


def test_keys_are_random_and_unique():
    keys = new_keys(5000)
    assert len(set(keys)) == 5000
    assert all(re.fullmatch("[0-9a-f]{16}", key) for key in keys[:50])
    assert not set(keys) & set(new_keys(5000))


def test_the_manifest_is_json_with_a_checksum_a_file(tmp_path, residents):
    freeze(tmp_path, "w", {"residents": residents}, provenance=SOURCE)
    written = json.loads((tmp_path / "waves/w/r1/manifest.json").read_text("utf-8"))
    assert set(written["files"]) == {"residents.parquet", "residents.codebook.json"}
    size = (tmp_path / "waves/w/r1/residents.parquet").stat().st_size
    assert written["files"]["residents.parquet"]["bytes"] == size
