"""Work beside each other: all is done, and an error of a task is raised to the caller."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from docx.oxml import parse_xml

from tyndau.base.errors import UserError
from tyndau.reporting.word.template import open_template
from tyndau.reporting.workers import perform


def test_all_tasks_are_done_each_in_its_order(tmp_path: Path) -> None:
    tasks = [
        [partial((tmp_path / f"{task}-{call}").write_text, str(call)) for call in range(2)]
        for task in range(5)
    ]
    assert sorted(perform(tasks)) == [0, 1, 2, 3, 4]
    assert len(list(tmp_path.iterdir())) == 10


def test_an_error_of_a_task_is_raised_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        list(perform([[partial(open_template, tmp_path / "есеп.docx")]]))
    assert caught.value.problems[0].kind.code == "report.bad-template"
    assert caught.value.problems[0].place.file == str(tmp_path / "есеп.docx")


def test_a_process_that_dies_is_told_and_not_waited_for() -> None:
    with pytest.raises(RuntimeError, match="ended before its task"):
        list(perform([[partial(os._exit, 3)]]))


def test_nothing_waits_for_processes_that_died() -> None:
    tasks = [[partial(os._exit, 3)], *([partial(int, "1")] for _ in range(8))]
    with pytest.raises(RuntimeError, match="ended before its task"):
        list(perform(tasks))


def test_an_error_that_does_not_travel_is_told_in_words() -> None:
    # That of the XML parser holds a log that cannot be pickled.
    with pytest.raises(RuntimeError, match="XMLSyntaxError"):
        list(perform([[partial(parse_xml, "<w:p")]]))


def test_files_of_the_folder_are_not_taken_for_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "queue.py").write_text("raise SystemExit(5)\n")
    monkeypatch.chdir(tmp_path)
    assert list(perform([[partial(int, "1")]])) == [0]


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
