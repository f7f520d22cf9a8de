"""The folder of guides: a guide is there in both languages or is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tyndau.base.errors import Problem
from tyndau.study import check_study, load_study

Sheets = dict[str, list[list[object]]]
Write = Callable[..., Path]


def told(folder: Path) -> list[Problem]:
    """Return errors and warnings."""
    return [problem for problem in check_study(folder)[1] if problem.kind.severity != "hint"]


def only(folder: Path, code: str) -> str:
    """Return the words of the one problem there is."""
    problems = told(folder)
    assert [problem.kind.code for problem in problems] == [code]
    return f"{problems[0].what('en')} {problems[0].remedy('en')}"


pytestmark = pytest.mark.requirement("T3", "C6")


def test_a_guide_needs_both_languages(study: Write) -> None:
    folder = study()
    assert load_study(folder).guides == ()
    (folder / "guides").mkdir()
    for name in ("expert.kk.md", "expert.ru.md", "group.ru.md", "notes.txt"):
        (folder / "guides" / name).write_text("# Гид", "utf-8")
    words = only(folder, "study.guide-pair")
    assert "group.kk.md" in words
    assert "expert" not in words
    assert load_study(folder).guides == ("expert", "group")
