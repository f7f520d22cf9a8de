"""Versions: nobody's work is lost, whoever comes at the same time and whenever the power fails."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.study import check_study, new_study
from tyndau.study.versions import (
    Version,
    design_files,
    go_back,
    list_versions,
    numbers,
    read_file,
    settle,
    take_over,
    unsettled,
)

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
GUIDE = "guides/expert.kk.md"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    new_study(tmp_path / "my-city")
    return tmp_path / "my-city"


def _take(study: Path, files: Mapping[str, bytes | None], **of: object) -> Version:
    expected = numbers(study)[-1]
    return take_over(study, files, **{"expected": expected, "moment": NOON, "who": "Айгүл", **of})  # type: ignore[arg-type]


def _contents(study: Path) -> dict[str, bytes]:
    return {path: file.read_bytes() for path, file in design_files(study)}


def test_the_folder_as_it_is_becomes_the_first_version(study: Path) -> None:
    before = _contents(study)
    version = settle(study, moment=NOON)
    assert (version.number, version.parent, version.who, version.moment) == (1, 0, "", NOON)
    assert set(version.files) == set(before) >= {"study.xlsx", "forms/residents.xlsx"}
    assert {path: read_file(study, 1, path) for path in before} == before
    assert settle(study, moment=NOON) == version


def test_new_files_make_a_version(study: Path) -> None:
    settle(study, moment=NOON)
    version = _take(study, {GUIDE: b"new", "forms/list.csv": b"name,label\n"}, note="Әріптер")
    assert (version.number, version.parent, version.who, version.note) == (2, 1, "Айгүл", "Әріптер")
    assert (study / GUIDE).read_bytes() == b"new"
    assert list_versions(study)[-1] == version
    assert read_file(study, 2, GUIDE) == b"new"
    assert GUIDE not in list_versions(study)[0].files
    assert not unsettled(study)


def test_a_file_goes(study: Path) -> None:
    settle(study, moment=NOON)
    _take(study, {GUIDE: b"new"})
    version = _take(study, {GUIDE: None})
    assert not (study / GUIDE).exists()
    assert GUIDE not in version.files
    assert read_file(study, 2, GUIDE) == b"new"


def test_what_is_the_same_makes_no_version(study: Path) -> None:
    first = settle(study, moment=NOON)
    same = {path: file.read_bytes() for path, file in design_files(study)}
    assert _take(study, same) == first
    assert _take(study, {"forms/not-there.xlsx": None}) == first
    assert numbers(study) == [1]


def test_going_back_makes_a_new_version(study: Path) -> None:
    settle(study, moment=NOON)
    original = _contents(study)
    _take(study, {GUIDE: b"new", "study.xlsx": b"broken"})
    version = go_back(study, 1, moment=NOON, who="Айгүл")
    assert (version.number, version.parent) == (3, 1)
    assert _contents(study) == original
    assert go_back(study, 3, moment=NOON, who="Айгүл") == version


def test_what_was_changed_by_hand_is_a_version_first(study: Path) -> None:
    settle(study, moment=NOON)
    (study / GUIDE).parent.mkdir(exist_ok=True)
    (study / GUIDE).write_bytes(b"by hand")
    with pytest.raises(UserError) as refused:
        take_over(study, {"study.xlsx": b"x"}, expected=1, moment=NOON, who="Айгүл")
    assert refused.value.problems[0].kind.code == "study.version-moved"
    assert [version.who for version in list_versions(study)] == ["", ""]
    assert read_file(study, 2, GUIDE) == b"by hand"
    assert read_file(study, 2, "study.xlsx") == read_file(study, 1, "study.xlsx")


def test_of_two_who_saw_the_same_version_one_is_refused(study: Path) -> None:
    settle(study, moment=NOON)

    def bring(number: int) -> int | None:
        try:
            content = f"{number}".encode()
            return take_over(study, {GUIDE: content}, expected=1, moment=NOON, who="x").number
        except UserError:
            return None

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(bring, range(8)))
    assert sorted(str(one) for one in outcomes) == ["2", *["None"] * 7]
    assert numbers(study) == [1, 2]
    assert read_file(study, 2, GUIDE) == str(outcomes.index(2)).encode()


def test_a_check_is_not_disturbed_by_versions(study: Path) -> None:
    before = check_study(study)
    settle(study, moment=NOON)
    _take(study, {GUIDE: "нұсқаулық".encode(), GUIDE.replace(".kk", ".ru"): b"x"})
    _take(study, {GUIDE: None, GUIDE.replace(".kk", ".ru"): None})
    assert check_study(study)[1] == before[1]


@pytest.mark.parametrize(
    "path", ["../x", "forms/../../x", "waves/x", "forms/a/b", "/etc/x", "forms/"]
)
def test_nothing_is_written_elsewhere(study: Path, path: str) -> None:
    settle(study, moment=NOON)
    with pytest.raises(ValueError, match="design"):
        _take(study, {path: b"x"})


@pytest.mark.parametrize("record", ["", "{}", '{"format": 9}', "[]", '{"format":1,"files":[1]}'])
def test_a_damaged_version_is_said_to_be(study: Path, record: str) -> None:
    settle(study, moment=NOON)
    _take(study, {GUIDE: b"new"})
    (study / "versions" / "0001" / "version.json").write_text(record)
    with pytest.raises(UserError) as refused:
        list_versions(study)
    assert refused.value.problems[0].kind.code == "study.version-damaged"
    assert _take(study, {GUIDE: b"newer"}).number == 3


def test_a_file_that_is_not_what_was_written_is_not_given_out(study: Path) -> None:
    settle(study, moment=NOON)
    (study / "versions" / "0001" / "study.xlsx").write_bytes(b"other")
    with pytest.raises(UserError) as refused:
        read_file(study, 1, "study.xlsx")
    assert refused.value.problems[0].kind.code == "study.version-damaged"


def _killed(step: int, work: Callable[[], object]) -> bool:
    """Do work in a child that is killed before its n-th change of the disk; False if it ended."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        left = [step]

        def strike(event: str, arguments: tuple[object, ...]) -> None:
            writes = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir") or (
                event == "open" and isinstance(arguments[2], int)
                and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
            )  # fmt: skip
            if writes:
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)

        sys.addaudithook(strike)
        try:
            work()
        except BaseException:  # noqa: BLE001 - told by the exit code
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), code
    return code == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no system calls to strike at")
def test_killed_at_any_step_it_leaves_the_old_or_the_new(study: Path, tmp_path: Path) -> None:
    settle(study, moment=NOON)
    _take(study, {GUIDE: b"old", "guides/group.kk.md": b"goes"})
    old = _contents(study)
    brought = {GUIDE: b"new", "guides/group.kk.md": None, "forms/list.csv": b"comes"}
    new = {path: content for path, content in {**old, **brought}.items() if content is not None}
    steps, seen = 0, set()
    while True:
        steps += 1
        trial = Path(shutil.copytree(study, tmp_path / f"trial-{steps}"))
        if not _killed(steps, lambda trial=trial: _take(trial, brought)):
            break
        known = numbers(trial)
        assert known in ([1, 2], [1, 2, 3])
        wanted = old if known == [1, 2] else new
        for version in list_versions(trial):
            for path in version.files:
                read_file(trial, version.number, path)
        settled = settle(trial, moment=NOON)
        assert settled.number == len(known), "nothing of what was begun is taken for a hand's work"
        assert _contents(trial) == wanted
        assert not unsettled(trial)
        left = {entry.name for entry in (trial / "versions").iterdir()} - {"applied", ".lock"}
        assert left == {f"{number:04d}" for number in known}
        seen.add(len(known))
        shutil.rmtree(trial)
    assert seen == {2, 3} and steps > 12


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no system calls to strike at")
def test_killed_while_the_first_version_is_made(study: Path, tmp_path: Path) -> None:
    before = _contents(study)
    steps = 0
    while True:
        steps += 1
        trial = Path(shutil.copytree(study, tmp_path / f"trial-{steps}"))
        if not _killed(steps, lambda trial=trial: settle(trial, moment=NOON)):
            break
        assert settle(trial, moment=NOON).number == 1
        assert _contents(trial) == before
    assert steps > 5


def test_a_hand_that_writes_while_files_are_brought_is_adopted(study: Path, tmp_path: Path) -> None:
    settle(study, moment=NOON)
    _take(study, {GUIDE: b"one", "guides/expert.ru.md": b"one"})
    _take(study, {GUIDE: b"two", "guides/expert.ru.md": b"two"})
    # As if a process had died before it brought any file, and somebody saved one meanwhile.
    (study / "versions" / "applied").write_text("2")
    (study / GUIDE).write_bytes(b"one")
    (study / "guides" / "expert.ru.md").write_bytes(b"by hand")
    version = settle(study, moment=NOON)
    assert (version.number, version.who) == (4, "")
    assert (study / GUIDE).read_bytes() == b"two"
    assert read_file(study, 4, "guides/expert.ru.md") == b"by hand"


def test_a_full_disk_changes_nothing(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(study, moment=NOON)
    before = _contents(study)
    real = os.fsync

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        _take(study, {GUIDE: b"new"})
    monkeypatch.setattr(os, "fsync", real)
    assert numbers(study) == [1]
    assert _contents(study) == before
    assert _take(study, {GUIDE: b"new"}).number == 2
