"""The sheet of deliverables: what was promised, how much, by when, shown by what."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tyndau.base.errors import Problem
from tyndau.base.languages import Text
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


pytestmark = pytest.mark.requirement("T22", "L22")

HEAD = ["code", "name_kk", "name_ru", "target", "unit_kk", "unit_ru", "due", "evidence"]
ROW = ["T1", "Сауалнама", "Опрос", 2500, "сұхбат", "интервью", "20.06.2026", "interviews"]


def test_deliverables_are_read(sheets: Sheets, study: Write) -> None:
    sheets["deliverables"] = [HEAD, ROW, ["T8", *ROW[1:3], 1, *ROW[4:6], None, "events"]]
    folder = study()
    assert told(folder) == []
    survey, talk = load_study(folder).deliverables
    assert (survey.code, survey.target, survey.evidence) == ("T1", 2500.0, "interviews")
    assert (survey.name, survey.unit) == (Text("Сауалнама", "Опрос"), Text("сұхбат", "интервью"))
    assert (survey.due, talk.due) == (date(2026, 6, 20), None)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (1, None, "study.untranslated"),
        (3, None, "study.empty-cell"),
        (5, None, "study.untranslated"),
        (6, "soon", "study.wrong-value"),
        (7, "hope", "study.not-allowed"),
    ],
)
def test_each_cell_is_checked(
    column: int, value: object, code: str, sheets: Sheets, study: Write
) -> None:
    row = list(ROW)
    row[column] = value
    sheets["deliverables"] = [HEAD, row]
    only(study(), code)
