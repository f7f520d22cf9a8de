"""The sheet of population figures: read with their source, their names checked."""

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


HEAD = ["population", "territory", "variable", "code", "people", "source_kk", "source_ru", "date"]
ROW = [
    "residents",
    None,
    "sex",
    "female",
    1200,
    "Статистика бюросы",
    "Бюро статистики",
    "2026-01-01",
]


def test_figures_are_read_with_source_and_day(sheets: Sheets, study: Write) -> None:
    sheets["population"] = [HEAD, ROW, ["residents", "north", *ROW[2:4], 300, *ROW[5:]]]
    folder = study()
    assert told(folder) == []
    whole, part = load_study(folder).margins
    assert (whole.territory, whole.people, part.territory, part.people) == ("", 1200, "north", 300)
    assert whole.source == Text("Статистика бюросы", "Бюро статистики")
    assert whole.day == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (0, "people", "study.no-population"),
        (1, "nowhere", "study.no-territory"),
        (2, "sexx", "study.no-variable"),
        (3, "femal", "study.no-code"),
        (4, "many", "study.wrong-value"),
        (6, None, "study.untranslated"),
    ],
)
def test_each_name_must_be_known(
    column: int, value: object, code: str, sheets: Sheets, study: Write
) -> None:
    row = list(ROW)
    row[column] = value
    sheets["population"] = [HEAD, row]
    only(study(), code)


def test_a_figure_without_source_or_for_the_second_time_is_an_error(
    sheets: Sheets, study: Write
) -> None:
    sheets["population"] = [HEAD, ROW, ROW]
    assert "row 2" in only(study(), "study.twice")
    sheets["population"] = [HEAD, [*ROW[:5], None, None, ROW[7]]]
    only(study(), "study.empty-cell")
