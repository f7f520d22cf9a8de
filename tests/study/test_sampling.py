"""The sheet ``sampling``: read, with every key checked, and candidates among the points."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tyndau.base.errors import Problem
from tyndau.study import check_study, load_study
from tyndau.study.plan import Sampling
from tyndau.study.sheets.sampling_keys import SAMPLING_KEYS

Sheets = dict[str, list[list[object]]]
Write = Callable[..., Path]

pytestmark = pytest.mark.requirement("C2")

HEAD = ["key", "territory", "value"]
POINTS = ["code", "territory", "name_kk", "name_ru", "kind", "interviews", "step", "size"]


def told(folder: Path) -> list[Problem]:
    """Return errors and warnings."""
    return [problem for problem in check_study(folder)[1] if problem.kind.severity != "hint"]


def only(folder: Path, code: str) -> str:
    """Return the words of the one problem there is."""
    problems = told(folder)
    assert [problem.kind.code for problem in problems] == [code]
    return f"{problems[0].what('en')} {problems[0].remedy('en')}"


def test_a_workbook_without_the_sheet_says_nothing(study: Write) -> None:
    assert load_study(study()).sampling is None


def test_what_is_said_is_read_and_the_rest_stays_open(sheets: Sheets, study: Write) -> None:
    sheets["sampling"] = [
        HEAD,
        ["population", None, "residents"],
        ["interviews", None, 600],
        ["correlation", None, "0,05"],
        ["allocation", None, "power"],
        ["share", None, 40],
        ["share", "far", 20],
        ["quotas", None, "sex, age"],
    ]
    folder = study()
    assert told(folder) == []
    assert load_study(folder).sampling == Sampling(
        population="residents",
        interviews=600,
        correlation=0.05,
        allocation="power",
        share=40.0,
        shares={"far": 20.0},
        quotas=("sex", "age"),
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["interviewz", None, 600], "study.unknown-key"),
        (["interviews", None, "many"], "study.wrong-value"),
        (["share", None, 0.05], "study.sampling-range"),
        (["at_point", None, 30], "study.sampling-range"),
        (["raise_remote", None, 0.5], "study.sampling-range"),
        (["allocation", None, "fair"], "study.not-allowed"),
        (["selection", None, "random"], "study.not-allowed"),
        (["population", None, "people"], "study.no-population"),
        (["quotas", None, "sex colour"], "study.no-variable"),
        (["quotas", None, "years"], "study.no-variable"),
        (["share", "nowhere", 40], "study.no-territory"),
        (["minimum", "far", 40], "study.sampling-whole"),
    ],
)
def test_each_key_is_checked(row: list[object], code: str, sheets: Sheets, study: Write) -> None:
    sheets["sampling"] = [HEAD, row]
    only(study(), code)


def test_a_key_stands_once(sheets: Sheets, study: Write) -> None:
    sheets["sampling"] = [HEAD, ["seed", None, 1], ["seed", None, 2]]
    only(study(), "study.twice")


def test_every_key_is_a_field_and_is_described(repository: Path) -> None:
    text = (repository / "docs" / "study-folder.md").read_text(encoding="utf-8")
    names = {key.name for key in SAMPLING_KEYS}
    assert names == set(Sampling.__slots__) - {"shares"}
    values = {value for key in SAMPLING_KEYS for value in key.allowed}
    assert [name for name in sorted(names | values) if f"`{name}`" not in text] == []


def test_a_candidate_has_a_size_and_needs_no_interviews(sheets: Sheets, study: Write) -> None:
    row = ["n1", "north", "Базар", "Рынок", "street", None, 5, 120]
    sheets["points"] = [POINTS, row]
    (point,) = load_study(study()).points
    assert (point.interviews, point.size) == (0, 120.0)
    sheets["points"] = [POINTS, [*row[:7], None]]
    only(study(), "study.point-size")
    sheets["points"] = [POINTS, [*row[:7], 0]]
    only(study(), "study.point-measure")
