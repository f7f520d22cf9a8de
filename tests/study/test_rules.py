"""The sheet of quality rules: declared with what they look at and from where on they strike."""

from collections.abc import Callable
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


HEAD = ["rule", "kind", "population", "questions", "threshold", "name_kk", "name_ru"]
ROW = ["alike", "same_answers", "residents", "useful, sources", "0,9", "Бірдей жауап", "Одинаково"]


def test_rules_are_read(sheets: Sheets, study: Write) -> None:
    sheets["rules"] = [HEAD, ROW, ["short", "minutes", "residents", None, 5, "Қысқа", "Короткое"]]
    folder = study()
    assert told(folder) == []
    alike, short = load_study(folder).rules
    assert (alike.kind, alike.questions, alike.threshold) == (
        "same_answers",
        ("useful", "sources"),
        0.9,
    )
    assert (short.questions, short.threshold, short.name) == ((), 5.0, Text("Қысқа", "Короткое"))


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (1, "astrology", "study.not-allowed"),
        (2, "people", "study.no-population"),
        (3, "useful sourcess", "study.no-variable"),
        (4, "often", "study.wrong-value"),
        (5, None, "study.untranslated"),
    ],
)
def test_each_cell_is_checked(
    column: int, value: object, code: str, sheets: Sheets, study: Write
) -> None:
    row = list(ROW)
    row[column] = value
    sheets["rules"] = [HEAD, row]
    only(study(), code)
