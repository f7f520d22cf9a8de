"""Findings that are declared before the data are looked at, and how differences are tested."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tyndau.base.errors import Problem
from tyndau.base.languages import Text
from tyndau.study import check_study, load_study
from tyndau.study.model import Comparing

Sheets = dict[str, list[list[object]]]
Write = Callable[..., Path]

HEAD = [
    "finding", "population", "question", "answer", "variable", "code", "against", "claim",
    "statement_kk", "statement_ru",
]  # fmt: skip
ROW = [
    "K1", "residents", "useful", "yes", "sex", "female", None, "higher", "Әйелдер көбірек сенеді",
    "Женщины доверяют чаще",
]  # fmt: skip


def told(folder: Path) -> list[Problem]:
    return [problem for problem in check_study(folder)[1] if problem.kind.severity != "hint"]


def test_findings_are_read(sheets: Sheets, study: Write) -> None:
    sheets["study"].append(["least_difference", 5, None, None])
    same = ["K2", *ROW[1:6], "male", "same", *ROW[8:]]
    sheets["key_findings"] = [HEAD, ROW, same, ["K3", *ROW[1:3], "mean", *ROW[4:]]]
    folder = study()
    assert told(folder) == []
    first, second, third = load_study(folder).key_findings
    assert (first.code, first.question, first.answer) == ("K1", "useful", "yes")
    assert (first.variable, first.column, first.against) == ("sex", "female", "")
    assert first.statement == Text("Әйелдер көбірек сенеді", "Женщины доверяют чаще")
    assert (second.against, second.claim, third.answer) == ("male", "same", "mean")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (1, "nobody", "study.no-population"),
        (2, "usefull", "study.no-variable"),
        (3, "perhaps", "study.key-finding-place"),
        (5, "x", "study.no-code"),
        (6, "female", "study.key-finding-self"),
        (6, "x", "study.no-code"),
        (7, "greater", "study.not-allowed"),
        (7, "same", "study.key-finding-same"),
        (8, None, "study.untranslated"),
    ],
)
def test_each_cell_is_checked(
    column: int, value: object, code: str, sheets: Sheets, study: Write
) -> None:
    row = list(ROW)
    row[column] = value
    sheets["key_findings"] = [HEAD, row]
    assert code in [problem.kind.code for problem in told(study())]


def test_that_means_are_the_same_cannot_be_claimed(sheets: Sheets, study: Write) -> None:
    sheets["study"].append(["least_difference", 5, None, None])
    sheets["key_findings"] = [HEAD, [*ROW[:3], "mean", *ROW[4:7], "same", *ROW[8:]]]
    assert [problem.kind.code for problem in told(study())] == ["study.key-finding-mean"]


def test_how_differences_are_tested_is_a_setting(sheets: Sheets, study: Write) -> None:
    assert load_study(study()).comparing == Comparing()
    for key, value in (
        ("tests", "quantum"), ("level", 99), ("second_level", "95"), ("least_difference", "2,5"),
    ):  # fmt: skip
        sheets["study"].append([key, value, None, None])
    assert load_study(study()).comparing == Comparing("quantum", 0.99, 0.95, 2.5)


@pytest.mark.parametrize(
    ("key", "value"),
    [("level", 0.95), ("level", 100), ("second_level", 97), ("least_difference", -1)],
)
def test_levels_lie_in_their_range(key: str, value: float, sheets: Sheets, study: Write) -> None:
    sheets["study"].append([key, value, None, None])
    (problem,) = told(study())
    assert problem.kind.code == "study.level-range"
    assert f"{value:g}" in problem.what("en")
