"""One maker at a time; what the killed ones left is known from what the living ones make."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from tyndau.base import folders

MAKER = """
import sys
from pathlib import Path
from tyndau.base import folders
target = Path(sys.argv[1])
with folders.one_at_a_time(target.parent):
    folders.beside(target).mkdir()
    print("made", flush=True)
    sys.stdin.read()
"""


def test_a_killed_maker_holds_nobody_up_and_a_living_one_does(tmp_path: Path) -> None:
    target = tmp_path / "wave" / "r1"
    maker = subprocess.Popen(
        [sys.executable, "-c", MAKER, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert maker.stdin is not None and maker.stdout is not None
    assert maker.stdout.readline().strip() == b"made"
    waited = 0

    def waiting() -> None:
        nonlocal waited
        waited += 1
        if waited == 2:
            maker.kill()
            maker.wait()

    with folders.one_at_a_time(target.parent, waiting) as alone:
        assert alone
        assert waited >= 2
        begun, replaced = folders.left_over(target.parent)
        assert len(begun) == 1 and not replaced
    maker.stdin.close()
    maker.stdout.close()
    assert [path for path in target.parent.iterdir() if path not in begun] == []


def test_makers_come_one_after_the_other(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []
    start = Event()

    def make(number: int) -> None:
        start.wait()
        for _ in range(20):
            with folders.one_at_a_time(tmp_path / "wave"):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    makers = [Thread(target=make, args=(number,)) for number in range(3)]
    for maker in makers:
        maker.start()
    start.set()
    for maker in makers:
        maker.join()
    assert len(most) == 60 and set(most) == {1}
    assert list((tmp_path / "wave").iterdir()) == []


@pytest.mark.parametrize("name", [".r1-0badcafe.txt", ".git", ".r1-notes", "r2", ".town-0badcafe"])
def test_what_others_made_is_not_left_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / ".r1-0badcafe").write_text("a file of theirs")
    assert folders.left_over(tmp_path) == ([], {})
