"""The sheet of weighting steps: read, and each step checked by itself and in its order."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tyndau.base.errors import Problem
from tyndau.base.languages import Text
from tyndau.study import check_study, load_study

Sheets = dict[str, list[list[object]]]
Write = Callable[..., Path]

HEAD = [
    "population", "step", "variables", "lower", "upper", "scale_to", "condition", "note_kk",
    "note_ru",
]  # fmt: skip


def row(step: str, **values: object) -> list[object]:
    """Return a row of the sheet."""
    filled = {"population": "residents", "step": step, **values}
    return [filled.get(column) for column in HEAD]


def told(folder: Path) -> list[Problem]:
    """Return errors and warnings."""
    return [problem for problem in check_study(folder)[1] if problem.kind.severity != "hint"]


def test_steps_are_read_in_their_order_and_may_repeat(sheets: Sheets, study: Write) -> None:
    sheets["weighting"] = [
        HEAD,
        row("base"),
        row("nonresponse", variables="sex", condition="${useful} = ''", lower=20),
        row("rake", variables="sex, age", scale_to="sex"),
        row("trim", lower="0,2", upper=5, note_kk="Шекара", note_ru="Граница"),
        row("rake", variables="sex, age", scale_to="sex"),
    ]
    folder = study()
    assert told(folder) == []
    base, nonresponse, rake, trim, again = load_study(folder).weighting
    assert (base.step, base.variables, base.lower) == ("base", (), None)
    assert nonresponse.condition is not None
    assert nonresponse.condition.source == "${useful} = ''"
    assert (rake.variables, rake.scale_to) == (("sex", "age"), "sex")
    assert (trim.lower, trim.upper, trim.note) == (0.2, 5.0, Text("Шекара", "Граница"))
    assert again == rake


def test_a_study_without_the_sheet_has_no_steps(study: Write) -> None:
    assert load_study(study()).weighting == ()


@pytest.mark.parametrize(
    ("rows", "code", "column"),
    [
        ([row("rake", population="people")], "study.no-population", "population"),
        ([row("rakee")], "study.not-allowed", "step"),
        ([row("rake", variables="sexx")], "study.no-variable", "variables"),
        ([row("rake", scale_to="sexx")], "study.no-variable", "scale_to"),
        ([row("poststratify", variables="sex age")], "study.weighting-variables", "variables"),
        ([row("poststratify")], "study.weighting-variables", "variables"),
        ([row("base", variables="sex age")], "study.weighting-variables", "variables"),
        ([row("trim", variables="sex", upper=3)], "study.weighting-variables", "variables"),
        ([row("rake", lower=0.5)], "study.weighting-column", "lower"),
        ([row("base", condition="${sex} = 'male'")], "study.weighting-column", "condition"),
        ([row("trim", upper=3, scale_to="sex")], "study.weighting-column", "scale_to"),
        ([row("trim")], "study.weighting-bounds", "lower"),
        ([row("trim", lower=1.5)], "study.weighting-bounds", "lower"),
        ([row("calibrate_linear", upper=0.9)], "study.weighting-bounds", "lower"),
        ([row("calibrate_linear", lower=-0.1)], "study.weighting-bounds", "lower"),
        ([row("calibrate_logit", lower=0.4)], "study.weighting-bounds", "lower"),
        ([row("nonresponse", variables="sex")], "study.weighting-condition", "condition"),
        (
            [row("nonresponse", variables="sex", condition="${sexx} = 'male'")],
            "study.no-variable",
            "condition",
        ),
        ([row("rake"), row("base")], "study.weighting-order", "step"),
        ([row("base"), row("base")], "study.weighting-order", "step"),
        (
            [row("rake"), row("nonresponse", variables="sex", condition="${useful} = ''")],
            "study.weighting-order",
            "step",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(
    rows: list[list[object]], code: str, column: str, sheets: Sheets, study: Write
) -> None:
    sheets["weighting"] = [HEAD, *rows]
    (problem,) = told(study())
    assert (problem.kind.code, problem.place.column) == (code, column)
    assert problem.place.sheet == "weighting"
    assert problem.place.row == len(rows) + 1
