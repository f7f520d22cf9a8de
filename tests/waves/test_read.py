"""A revision that is not whole is refused, naming the file and what to do."""

import hashlib
import json
from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.base.languages import Message
from tyndau.waves import freeze, read_wave
from tyndau.waves.manifest import _seal

FILES = ["manifest.json", "residents.codebook.json", "residents.parquet"]


@pytest.fixture
def revision(tmp_path, residents) -> Path:
    """The folder of a frozen revision of wave ``w``."""
    freeze(tmp_path, "w", {"residents": residents}, provenance={"file": "d.csv"})
    return tmp_path / "waves/w/r1"


def problem(study: Path):
    """Read the wave and return the one problem that it has."""
    with pytest.raises(UserError) as caught:
        read_wave(study, "w")
    assert len(caught.value.problems) == 1
    (found,) = caught.value.problems
    assert found.remedy("en") and found.what("en")
    return found


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_one_changed_byte_is_noticed(tmp_path, revision, name, where):
    path = revision / name
    content = bytearray(path.read_bytes())
    content[int(len(content) * where)] ^= 1
    path.write_bytes(content)
    found = problem(tmp_path)
    assert found.kind.code == ("wave.manifest" if name == FILES[0] else "wave.file-changed")
    assert found.place.file == f"waves/w/r1/{name}"


@pytest.mark.parametrize("name", FILES)
def test_a_cut_file_is_noticed(tmp_path, revision, name):
    path = revision / name
    path.write_bytes(path.read_bytes()[:-5])
    assert problem(tmp_path).place.file == f"waves/w/r1/{name}"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_noticed(tmp_path, revision, name):
    (revision / name).unlink()
    found = problem(tmp_path)
    assert found.kind.code == "wave.file-missing"
    assert found.place.file.endswith(name)


def test_an_extra_file_is_noticed(tmp_path, revision):
    (revision / "copy of residents.parquet").write_bytes(b"")
    found = problem(tmp_path)
    assert found.kind.code == "wave.file-extra"
    assert found.place.file.endswith("copy of residents.parquet")


def test_what_file_managers_leave_behind_is_no_damage(tmp_path, revision):
    (revision / ".DS_Store").write_bytes(b"")
    (revision / "Thumbs.db").write_bytes(b"")
    assert len(read_wave(tmp_path, "w").frames["residents"]) == 4


def test_all_damage_is_told_at_once(tmp_path, revision):
    (revision / FILES[1]).unlink()
    (revision / FILES[2]).write_bytes(b"PAR1")
    (revision / "extra.txt").write_bytes(b"")
    with pytest.raises(UserError) as caught:
        read_wave(tmp_path, "w")
    assert {p.kind.code for p in caught.value.problems} == {
        "wave.file-missing",
        "wave.file-changed",
        "wave.file-extra",
    }


def test_a_revision_under_another_name_is_refused(tmp_path, revision):
    revision.parent.rename(tmp_path / "waves/v")
    with pytest.raises(UserError) as caught:
        read_wave(tmp_path, "v")
    assert caught.value.problems[0].kind.code == "wave.manifest"


def test_a_newer_format_asks_for_a_newer_program(tmp_path, revision):
    path = revision / "manifest.json"
    written = json.loads(path.read_text("utf-8"))
    del written["seal"]
    written["format"] = 3
    path.write_text(json.dumps({**written, "seal": _seal(written)}), "utf-8")
    found = problem(tmp_path)
    assert found.kind.code == "wave.manifest-format"
    assert "newer version" in found.remedy("en")


def test_an_unknown_wave_names_those_that_exist(tmp_path, revision):
    with pytest.raises(UserError) as caught:
        read_wave(tmp_path, "x")
    assert caught.value.problems[0].kind.code == "wave.unknown"
    assert "study: w." in caught.value.problems[0].what("en")
    with pytest.raises(UserError) as caught:
        read_wave(tmp_path / "elsewhere", "x")
    assert "none yet" in caught.value.problems[0].what("en")


def test_an_unknown_revision_names_those_that_exist(tmp_path, revision):
    with pytest.raises(UserError) as caught:
        read_wave(tmp_path, "w", 4)
    assert "no revision r4. It has: r1" in caught.value.problems[0].what("en")


def reseal(path: Path, without: str = "seal", **changes) -> None:
    """Change a manifest and seal it anew, as a faulty program would."""
    written = {**json.loads(path.read_text("utf-8")), **changes}
    for name in {"seal", without}:
        del written[name]
    path.write_text(json.dumps({**written, "seal": _seal(written)}), "utf-8")


@pytest.mark.parametrize("fault", ["cut", "letters", "no seal", "no part", "another"])
def test_the_reason_of_damage_is_a_message_of_ours(tmp_path, revision, fault):
    """Not what Python says of the file: that is English in every language."""
    path = revision / "manifest.json"
    if fault == "cut":
        path.write_bytes(path.read_bytes()[:-5])
    elif fault == "letters":
        path.write_bytes(b"\xff\xfe")
    elif fault == "no seal":
        path.write_text("{}", "utf-8")
    elif fault == "no part":
        reseal(path, without="created")
    else:
        reseal(path, wave="v")
    found = problem(tmp_path)
    assert found.kind.code == "wave.manifest"
    assert isinstance(found.values["reason"], Message)


@pytest.mark.parametrize("name", FILES[1:])
@pytest.mark.parametrize("content", [b"", b"\xff", b'{"variables": [{}]}', b"PAR1"])
def test_so_is_the_reason_why_content_is_none(tmp_path, revision, name, content):
    (revision / name).write_bytes(content)
    path = revision / "manifest.json"
    files = json.loads(path.read_text("utf-8"))["files"]
    files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    reseal(path, files=files)
    found = problem(tmp_path)
    assert (found.kind.code, found.place.file) == ("wave.content", f"waves/w/r1/{name}")
    assert isinstance(found.values["reason"], Message)
