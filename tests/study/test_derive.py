"""Derived variables over the rows of a wave."""

from pathlib import Path

import numpy as np
import pytest

from tyndau.base.frames import NO_CATEGORY, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.study import Study, derive, load_study

NAN = float("nan")


def frame_of(study: Study, **answers: list[object]) -> Frame:
    """Make a frame; None stands for "not asked"."""
    variables = {variable.name: variable for variable in study.variables("residents")}
    columns = {}
    for name, given in answers.items():
        variable = variables.get(name) or Variable(name, "number", Text())
        asked = np.array([value is not None for value in given])
        if variable.kind == "number":
            values = np.array([NAN if value is None else value for value in given], dtype=float)
        elif variable.kind == "single":
            codes = [variable.codes.index(v) if v in variable.codes else NO_CATEGORY for v in given]
            values = np.array(codes, dtype=np.int32)
        else:
            values = np.array(
                [[code in str(value).split() for code in variable.codes] for value in given]
            )
        columns[name] = Column(variable, values, asked)
    keys = np.array([f"k{index}" for index in range(len(given))])
    return Frame(keys, columns)


@pytest.fixture
def loaded(study, sheets) -> Study:
    sheets["derived"] += [
        [
            "first",
            "residents",
            "Бірінші",
            "Первый",
            "a",
            "а",
            "а",
            "selected(${sources}, 'people')",
        ],
        ["first", "residents", None, None, "b", "б", "б", "${useful} = 'yes'"],
        ["first", "residents", None, None, "c", "в", "в", "${useful} = '' and ${years} < 40"],
        ["young", "residents", "Жас", "Молодой", "yes", "Иә", "Да", "${age} = '18-29'"],
        ["young", "residents", None, None, "no", "Жоқ", "Нет", "${age} != ''"],
    ]
    sheets["derived"].insert(1, sheets["derived"].pop())
    sheets["derived"].insert(1, sheets["derived"].pop())
    return load_study(study())


def codes(column: Column) -> list[str]:
    return [column.variable.codes[value] if value != NO_CATEGORY else "" for value in column.values]


def test_categories_follow_the_conditions(loaded: Study) -> None:
    frame = derive(loaded, "residents", frame_of(loaded, years=[18, 29, 30, NAN, None]))
    assert codes(frame["age"]) == ["18-29", "18-29", "30+", "", ""]
    assert frame["age"].asked.tolist() == [True, True, True, False, False]
    assert frame["age"].values.dtype == np.int32


def test_the_first_category_that_holds_is_taken(loaded: Study) -> None:
    frame = frame_of(
        loaded,
        years=[50, 50, 30, 50],
        useful=["yes", "yes", None, "dont_know"],
        sources=["people internet", "internet", "internet", "internet"],
    )
    assert codes(derive(loaded, "residents", frame)["first"]) == ["a", "b", "c", ""]


def test_a_variable_defined_before_its_source_is_computed_after_it(loaded: Study) -> None:
    assert [one.name for one in loaded.derived] == ["young", "age", "first"]
    frame = derive(loaded, "residents", frame_of(loaded, years=[20, 40, NAN]))
    assert codes(frame["young"]) == ["yes", "no", ""]
    assert list(frame.columns) == ["years", "young", "age"]


def test_what_cannot_be_computed_is_absent_or_kept_as_given(loaded: Study) -> None:
    bare = frame_of(loaded, useful=["yes", "no"])
    assert list(derive(loaded, "residents", bare).columns) == ["useful"]
    given = frame_of(loaded, age=["30+", "18-29"], useful=["yes", "no"])
    frame = derive(loaded, "residents", given)
    assert list(frame.columns) == ["useful", "young", "age"]
    assert frame["age"] is given["age"]
    assert codes(frame["young"]) == ["no", "yes"]


def test_what_can_be_computed_replaces_what_was_given(loaded: Study) -> None:
    frame = frame_of(loaded, age=["30+", "30+"], years=[20, 50])
    assert codes(derive(loaded, "residents", frame)["age"]) == ["18-29", "30+"]


def test_other_columns_and_rows_stay_as_they_are(loaded: Study) -> None:
    before = frame_of(loaded, weight=[1.5, 0.5], years=[20, 50])
    after = derive(loaded, "residents", before)
    assert after["weight"] is before["weight"]
    assert after.keys is before.keys
    assert list(before.columns) == ["weight", "years"]


def test_a_frame_without_rows(loaded: Study) -> None:
    assert len(derive(loaded, "residents", frame_of(loaded, years=[]))["age"].values) == 0


def test_variables_of_another_population_are_left_alone(study, sheets, form) -> None:
    folder: Path = study(residents=form, ngo=form)
    loaded = load_study(folder)
    frame = frame_of(loaded, years=[20])
    assert list(derive(loaded, "ngo", frame).columns) == ["years"]
