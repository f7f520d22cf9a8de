"""Quota tables of the fictional city, and the cells that interviews fall into."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tyndau.base.frames import NO_CATEGORY, Column, Frame
from tyndau.fieldwork.control.tables import (
    NO_CELL,
    QuotaTable,
    cells_of,
    quota_tables,
    residence,
)
from tyndau.sampling import as_record, plan_sample
from tyndau.study import Study, load_study
from tyndau.study.plan import Quota

CITY = Path(__file__).parents[3] / "studies" / "demo-city"


@pytest.fixture(scope="module")
def study() -> Study:
    return load_study(CITY)


@pytest.fixture(scope="module")
def record(study: Study) -> dict[str, Any]:
    return as_record(plan_sample(study)[0])


def _frame(study: Study, answers: Mapping[str, Sequence[str | None]]) -> Frame:
    """Return a frame of single responses; None is no answer, "" is not asked."""
    columns = {}
    for variable in study.variables("residents"):
        if variable.name in answers:
            given = answers[variable.name]
            values = [variable.codes.index(one) if one else NO_CATEGORY for one in given]
            asked = np.array([one != "" for one in given])
            columns[variable.name] = Column(variable, np.array(values, dtype=np.int32), asked)
    count = len(next(iter(answers.values())))
    return Frame(np.arange(count).astype(str), columns)


def _names(table: QuotaTable, cells: Sequence[int]) -> list[tuple[str, ...] | None]:
    return [None if cell == NO_CELL else table.codes_of(cell) for cell in cells]


def test_the_drawn_plan_comes_first_with_everybodys_part(
    study: Study, record: dict[str, Any]
) -> None:
    drawn, *others = quota_tables(study, "residents", record)
    assert drawn.variables == ("territory", "sex", "age_group")
    assert drawn.targets.sum() == 2500
    assert drawn.shares is not None
    assert drawn.shares.shape == (20, *drawn.targets.shape)
    assert (drawn.shares.sum(axis=0) == drawn.targets).all()
    # What the plan crosses is not counted twice; occupation stands in the sheet alone.
    assert [one.name for one in others] == ["work_status"]


def test_without_a_plan_each_variable_of_the_sheet_is_a_table(study: Study) -> None:
    tables = {one.name: one for one in quota_tables(study, "residents")}
    assert list(tables) == ["sex", "age_group", "work_status", "territory", "territory*sex",
                            "territory*age_group"]  # fmt: skip
    row = next(one for one in study.quotas if one.territory == "center" and one.code == "female")
    table = tables["territory*sex"]
    at = table.codes[0].index("center"), table.codes[1].index("female")
    assert table.targets[at] == row.target


def test_a_plan_of_another_population_is_left_aside(study: Study, record: dict[str, Any]) -> None:
    other = {**record, "population": "ngo"}
    assert quota_tables(study, "residents", other)[0].name == "sex"


def test_where_people_live_is_the_question_whose_answers_are_territories(study: Study) -> None:
    assert residence(study, "residents") == "territory"
    assert residence(study, "satisfaction") == "point_territory"


def test_an_interview_has_the_cell_of_its_answers_or_none(
    study: Study, record: dict[str, Any]
) -> None:
    drawn = quota_tables(study, "residents", record)[0]
    frame = _frame(
        study,
        {
            "territory": ["center", "station", "center", "center", ""],
            "sex": ["female", "male", None, "female", "male"],
            "age_group": ["18-29", "60+", "30-44", "", "60+"],
        },
    )
    assert _names(drawn, cells_of(drawn, frame).tolist()) == [
        ("center", "female", "18-29"), ("station", "male", "60+"), None, None, None,
    ]  # fmt: skip


def test_a_variable_that_nobody_answered_yet_gives_no_cell(study: Study) -> None:
    table = next(one for one in quota_tables(study, "residents") if one.name == "work_status")
    assert cells_of(table, _frame(study, {"sex": ["female"]})).tolist() == [NO_CELL]


def test_a_cell_without_a_target_is_none(study: Study) -> None:
    only = (Quota("residents", "center", "sex", "female", 5),
            Quota("residents", "station", "sex", "male", 5))  # fmt: skip
    (table,) = quota_tables(replace(study, quotas=only), "residents")
    answers = {"territory": ["center", "center"], "sex": ["female", "male"]}
    cells = cells_of(table, _frame(study, answers)).tolist()
    assert _names(table, cells) == [("center", "female"), None]


def test_a_quota_of_a_territory_holds_the_territories_below_it(study: Study) -> None:
    town = next(one for one in study.territories if one.code == "center").parent
    only = (Quota("residents", town, "sex", "female", 5),)
    (table,) = quota_tables(replace(study, quotas=only), "residents")
    frame = _frame(study, {"territory": ["center"], "sex": ["female"]})
    assert _names(table, cells_of(table, frame).tolist()) == [(town, "female")]
