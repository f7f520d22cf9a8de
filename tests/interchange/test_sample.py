"""Weight, strata and clusters in a file: whole for every respondent, or an error with its line."""

from dataclasses import replace

import pytest

from tyndau.base.errors import UserError
from tyndau.interchange import import_frame, parse_csv, read_plain
from tyndau.questionnaire import read_form
from tyndau.study.standards import SampleColumns

FORM = """
| survey |
| | type | name | label::Русский (ru) | relevant | calculation | required |
| | select_one yes_no | consent | Вы согласны? | | | yes |
| | calculate | eligible | | | if(${consent} = 'yes', 'yes', 'no') | |
| | begin_group | main | Основное | ${eligible} = 'yes' | | |
| | select_one yes_no | city | Это город? | | | yes |
| | end_group | | | | | |
| choices |
| | list_name | name | label::Русский (ru) |
| | yes_no | yes | Да |
| | yes_no | no | Нет |
"""


@pytest.fixture
def screened(study):
    """Return a study with a screening, whose clusters are points and whose strata a question."""
    return replace(
        study,
        forms={"residents": read_form(FORM, "md", population="residents")},
        sample=SampleColumns("weight", "city", "point"),
        derived=(),
        scales={},
    )


def take(study, *rows, header="consent,main/city,weight,point"):
    """Import rows as residents."""
    text = "\n".join([header, *rows]) + "\n"
    return import_frame(parse_csv(text.encode(), "answers.csv"), study, "residents")


def faults(study, *rows, **options):
    """Import rows that have faults; return code, line, column and words of each."""
    with pytest.raises(UserError) as caught:
        take(study, *rows, **options)
    return [
        (found.kind.code, found.place.row, found.place.column, found.what("en"))
        for found in caught.value.problems
    ]


def test_whole_columns_are_taken(screened):
    frame = take(screened, 'yes,yes,"0,5",01', "yes,no,0,1").frame
    assert frame["weight"].values.tolist() == [0.5, 0.0]
    assert frame["point"].values.tolist() == ["01", "1"]


@pytest.mark.parametrize(
    ("row", "code", "column", "words"),
    [
        ("yes,yes,,1", "data.sample-missing", "weight", "The weight is missing"),
        ("yes,yes,-1,1", "data.weight-negative", "weight", "The weight -1 is negative"),
        ("yes,yes,heavy,1", "data.not-a-number", "weight", '"heavy" is not a number'),
        ("yes,,1,1", "data.sample-missing", "main/city", "The stratum is missing"),
        ("yes,yes,1,", "data.sample-missing", "point", "The cluster is missing"),
    ],
)
def test_a_respondent_without_one_is_an_error_with_its_line(screened, row, code, column, words):
    (found,) = faults(screened, "yes,yes,1,1", row, row)
    assert found[:3] == (code, 3, column)
    assert words in found[3]
    assert "rows concerned: 2" in found[3]


def test_whom_the_screening_turned_away_needs_none(screened):
    frame = take(screened, "yes,yes,1,1", "no,,,", "no,,-5,", "no,,n/a,2").frame
    assert len(frame) == 4
    assert frame["weight"].asked.tolist() == [True, False, True, False]


def test_a_column_that_is_not_there_is_an_error_unless_another_population_may_have_it(screened):
    (found,) = faults(screened, "yes,yes,1", header="consent,city,weight")
    assert found[0] == "data.no-sample-column"
    assert '"point"' in found[3] and "cluster" in found[3]
    both = {**screened.forms, "ngo": screened.forms["residents"]}
    assert (
        "point"
        not in take(replace(screened, forms=both), "yes,yes,1", header="consent,city,weight").frame
    )


def test_plain_files_name_the_line_too(tmp_path):
    data, codebook = tmp_path / "data.csv", tmp_path / "codebook.csv"
    codebook.write_text("variable,kind,code,label_ru\nq,single,a,A\n", "utf-8")
    data.write_text("q,w,point\na,1,1\na,x,1\na,-2,\n", "utf-8")
    with pytest.raises(UserError) as caught:
        read_plain(data, codebook, SampleColumns("w", "", "point"))
    assert [(p.kind.code, p.place.row, p.place.column) for p in caught.value.problems] == [
        ("data.not-a-number", 3, "w"),
        ("data.weight-negative", 4, "w"),
        ("data.sample-missing", 4, "point"),
    ]
