"""The sheet of quotas: read, their names checked, their sums held against each other."""

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


pytestmark = pytest.mark.requirement("C2")

HEAD = ["population", "territory", "variable", "code", "target"]
WHOLE = [
    ["residents", None, "sex", "female", 60],
    ["residents", None, "sex", "male", 40],
    ["residents", None, "age", "18-29", 30],
    ["residents", None, "age", "30+", 70],
]


def test_quotas_that_add_up_are_read(sheets: Sheets, study: Write) -> None:
    parts = [["residents", place, "sex", "male", 50] for place in ("north", "far")]
    sheets["quotas"] = [HEAD, *WHOLE, *parts]
    folder = study()
    assert told(folder) == []
    quotas = load_study(folder).quotas
    assert [quota.target for quota in quotas] == [60, 40, 30, 70, 50, 50]
    assert (quotas[2].variable, quotas[2].code, quotas[4].territory) == ("age", "18-29", "north")


def test_variables_must_divide_the_same_interviews(sheets: Sheets, study: Write) -> None:
    sheets["quotas"] = [HEAD, *WHOLE[:3], ["residents", None, "age", "30+", 71]]
    assert "sex 100, age 101" in only(study(), "study.quota-sum")


def test_territories_together_must_give_the_whole(sheets: Sheets, study: Write) -> None:
    sheets["quotas"] = [HEAD, *WHOLE, ["residents", "north", "sex", "male", 99]]
    assert "add up to 99, those of the whole to 100" in only(study(), "study.quota-total")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (0, "people", "study.no-population"),
        (1, "nowhere", "study.no-territory"),
        (2, "sexx", "study.no-variable"),
        (3, "femal", "study.no-code"),
        (4, 0, "study.wrong-value"),
    ],
)
def test_each_name_must_be_known_and_nothing_is_said_of_sums_then(
    column: int, value: object, code: str, sheets: Sheets, study: Write
) -> None:
    row = list(WHOLE[0])
    row[column] = value
    sheets["quotas"] = [HEAD, row, *WHOLE[1:]]
    only(study(), code)


def test_the_same_quota_twice_is_an_error_in_the_whole_too(sheets: Sheets, study: Write) -> None:
    sheets["quotas"] = [HEAD, WHOLE[0], WHOLE[0]]
    assert "residents / sex / female" in only(study(), "study.twice")
