"""Work beside each other: all is done, and an error of a task is raised to the caller."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tyndau.base.errors import Place, UserError
from tyndau.reporting.problems import BAD_TEMPLATE
from tyndau.reporting.workers import perform


def refuse(place: str) -> None:
    raise BAD_TEMPLATE.error(Place(file=place))


def test_all_tasks_are_done_each_in_its_order(tmp_path: Path) -> None:
    tasks = [
        [partial((tmp_path / f"{task}-{call}").write_text, str(call)) for call in range(2)]
        for task in range(5)
    ]
    assert sorted(perform(tasks)) == [0, 1, 2, 3, 4]
    assert len(list(tmp_path.iterdir())) == 10


def test_an_error_of_a_task_is_raised_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        list(perform([[partial(refuse, "слайды.pptx")]]))
    assert caught.value.problems[0].kind.code == "report.bad-template"
    assert caught.value.problems[0].place.file == "слайды.pptx"


def test_a_process_that_dies_is_told_and_not_waited_for() -> None:
    with pytest.raises(RuntimeError, match="ended before its task"):
        list(perform([[partial(os._exit, 3)]]))


def test_what_a_task_prints_does_not_disturb(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(perform([[partial(print, "сөз")], [partial(print, "слово")]]))
    assert "сөз" in capfd.readouterr().err


def test_a_script_without_a_main_guard_can_build(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from functools import partial\n"
        "from tyndau.reporting.workers import perform\n"
        "print('once')\n"
        "print(list(perform([[partial(print, 1)]])))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.splitlines() == ["once", "[0]"]
