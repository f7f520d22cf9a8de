"""The rows that tables are made of: respondents, by the workbook as it is now."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tyndau.base.frames import Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.questionnaire import read_form
from tyndau.study import SampleColumns, Study, load_study, prepare, sample_of

SCREENED = """
| survey |
| | type | name | label::ru (ru) | relevant | calculation |
| | integer | years | Сколько вам лет? | | |
| | calculate | eligible | | | if(${years} >= 18, 'yes', 'no') |
| | select_one agree | useful | Полезно ли это? | ${eligible} = 'yes' | |
| choices |
| | list_name | name | label::ru (ru) |
| | agree | yes | Да |
| | agree | no | Нет |
"""


def numbers(name: str, values: Sequence[float]) -> Column:
    given = np.array(values, dtype=float)
    return Column(Variable(name, "number", Text()), given, ~np.isnan(given))


def frame_of(*columns: Column) -> Frame:
    keys = np.array([f"k{row}" for row in range(len(columns[0].values))])
    return Frame(keys, {column.variable.name: column for column in columns})


def test_those_whom_the_screening_turned_away_are_no_respondents(study) -> None:
    loaded = load_study(study())
    form = read_form(SCREENED, "md", population="residents")
    screened = replace(loaded, forms={"residents": form})
    frame = frame_of(numbers("years", [17, 18, np.nan, 40]), numbers("point", [np.nan, 1, 1, 2]))
    found = prepare(screened, "residents", frame)
    assert found.keys.tolist() == ["k1", "k3"]
    assert found["years"].values.tolist() == [18, 40]
    assert found["point"].asked.all()
    assert len(prepare(loaded, "residents", frame)) == 4


def test_derived_variables_and_scores_are_those_of_the_workbook_now(study, sheets) -> None:
    before = load_study(study())
    scored = next(one for one in before.variables("residents") if one.name == "useful")
    assert scored.is_scale
    answers = Column(scored, np.array([0, 1], dtype=np.int32), np.ones(2, dtype=np.bool_))
    frame = frame_of(answers, numbers("years", [20, 50]))
    kept = prepare(before, "residents", frame)
    assert [category.score for category in kept["useful"].variable.categories[:2]] == [1, -0.5]
    sheets["scales"] = sheets["scales"][:1]
    sheets["derived"][1][5:7] = ["жас", "молодые"]
    after: Study = load_study(study())
    now = prepare(after, "residents", frame)
    assert not now["useful"].variable.is_scale
    assert now["age"].variable.categories[0].label == Text("жас", "молодые")
    assert now["useful"].variable.label == scored.label


def test_a_column_that_another_population_has_is_not_missed() -> None:
    wanted = SampleColumns(weight="w", cluster="point")
    one, other = frame_of(numbers("w", [1.0])), frame_of(numbers("years", [20]))
    assert sample_of(wanted, one, [one, other]) == wanted
    assert sample_of(wanted, other, [one, other]) == SampleColumns(cluster="point")
