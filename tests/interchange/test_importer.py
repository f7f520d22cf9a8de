"""A file becomes a population: matching, reading, routing, derived variables, every fault told."""

from dataclasses import replace

import polars as pl
import pyreadstat
import pytest

from tyndau.base.errors import UserError
from tyndau.interchange import import_frame, parse_csv, read_sav
from tyndau.questionnaire import read_form
from tyndau.study.standards import SampleColumns

GOOD = """age,city,sources,quality,comment,weight,point
"25",taraz,tap well,1,,"0,5",01
40,shu,well,,Су жоқ,1,1
61,Шу,dont_know,,,"1,5",01
"""


def take(study, text, **options):
    """Import CSV text as residents."""
    return import_frame(parse_csv(text.encode(), "answers.csv"), study, "residents", **options)


def faults(study, text, **options):
    """Import CSV text that has faults and return them."""
    with pytest.raises(UserError) as caught:
        take(study, text, **options)
    return caught.value.problems


def codes(problems):
    """Return the codes of problems."""
    return [problem.kind.code for problem in problems]


def test_a_good_file(study):
    imported = take(study, GOOD)
    frame = imported.frame
    assert imported.problems == ()
    assert list(frame.columns) == [
        "age", "city", "sources", "quality", "comment", "age_group", "weight", "point",
    ]  # fmt: skip
    assert frame["age"].values.tolist() == [25, 40, 61]
    assert frame["city"].values.tolist() == [0, 1, 1]
    assert frame["sources"].values.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
    assert frame["quality"].asked.tolist() == [True, False, False]
    assert frame["quality"].variable.categories[1].score == 2.0
    assert frame["comment"].values.tolist() == ["", "Су жоқ", ""]
    assert frame["comment"].asked.all()
    assert frame["age_group"].values.tolist() == [0, 1, 1]
    assert frame["weight"].values.tolist() == [0.5, 1.0, 1.5]
    assert frame["point"].values.tolist() == ["01", "1", "01"]
    assert len(set(frame.keys)) == 3


@pytest.mark.parametrize("separator", ["/", ".", "_", "__"])
@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("иә", "жоқ"), ("1", ""), ("own", "")]
)
def test_a_multiple_response_in_columns_of_its_own(study, separator, yes, no):
    names = [f"sources{separator}{code}" for code in ("tap", "well", "dont_know")]
    rows = [["tap", "well"], ["well"], ["dont_know"]]
    text = ",".join(["age", "city", *names, "quality"]) + "\n"
    for number, chosen in enumerate(rows):
        cells = [
            (code if yes == "own" else yes) if code in chosen else no
            for code in ("tap", "well", "dont_know")
        ]
        text += ",".join(["30", "shu", *cells, "2" if number == 0 else ""]) + "\n"
    frame = take(study, text).frame
    assert frame["sources"].values.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]
    assert frame["sources"].asked.all()
    assert frame["quality"].asked.tolist() == [True, False, False]


GROUPED = """
| survey |
| | type | name | label::Қазақша (kk) | label::Русский (ru) | calculation |
| | start | start | | | |
| | note | hello | Сәлем! | Здравствуйте! | |
| | calculate | eligible | | | 'yes' |
| | begin_group | main | Негізгі | Основное | |
| | begin_group | water | Су | Вода | |
| | select_multiple water | sources | Су қайдан? | Откуда вода? | |
| | note | pause | Күтіңіз | Подождите | |
| | end_group | | | | |
| | integer | age | Жасыңыз? | Возраст? | |
| | end_group | | | | |

| choices |
| | list_name | name | label::Қазақша (kk) | label::Русский (ru) |
| | water | tap | Құбыр | Водопровод |
| | water | well | Құдық | Колодец |
"""


@pytest.mark.parametrize("separator", ["/", "-"])
def test_the_export_of_a_server_is_taken_as_it_is(study, separator):
    form = read_form(GROUPED, "md", population="residents")
    study = replace(study, forms={"residents": form}, sample=SampleColumns())
    inner = f"main{separator}water{separator}"
    text = (
        f"start,hello,eligible,{inner}sources,{inner}sources/tap,{inner}sources/well,{inner}pause,"
        f"main{separator}age\n"
        "2026-05-12T10:00:00,,yes,tap well,1,1,,40\n2026-05-12T11:00:00,,yes,well,0,1,,25\n"
    )
    frame = take(study, text).frame
    assert frame["sources"].values.tolist() == [[1, 1], [0, 1]]
    assert frame["age"].values.tolist() == [40, 25]
    assert not {"start", "eligible", "pause"} & set(frame.columns)


def test_a_column_that_an_answer_lacks_is_warned_of(study):
    text = "age,city,sources/tap,sources/well,quality\n30,shu,0,1,\n"
    problems = take(study, text).problems
    assert "data.no-category-column" in codes(problems)
    assert any("dont_know" in problem.what("en") for problem in problems)


def test_an_exclusive_answer_beside_others_in_columns_of_their_own(study):
    names = "age,city,sources/tap,sources/well,sources/dont_know,quality\n"
    (found,) = faults(study, names + "30,shu,1,0,0,1\n30,shu,1,0,1,1\n")
    assert (found.kind.code, found.place.row) == ("data.exclusive", 3)
    assert '"dont_know" stands beside other answers ("tap dont_know")' in found.what("en")


def test_a_cell_that_says_neither_yes_nor_no(study):
    names = "age,city,sources/tap,sources/well,sources/dont_know,quality\n"
    (found,) = faults(study, names + "30,shu,0,maybe,0,\n")
    assert (found.kind.code, found.place.column) == ("data.not-yes-no", "sources/well")


def test_both_forms_of_a_multiple_response_must_agree(study):
    names = "age,city,sources,sources/tap,sources/well,sources/dont_know,quality\n"
    assert take(study, names + "30,shu,tap,1,0,0,1\n").frame["sources"].values[0, 0]
    (found,) = faults(study, names + "30,shu,tap,1,0,0,1\n30,shu,well,0,0,0,\n")
    assert (found.kind.code, found.place.row) == ("data.split-contradicts", 3)


def test_all_faults_are_told_at_once_with_their_places(study):
    text = """age,city,sources,quality,wieght
25,osh,tap,1,1
x,shu,tap dont_know,2,1
30,shu,lake,,1
31,shu,well,2,1
32,osh,well,,1
"""
    found = {problem.kind.code: problem for problem in faults(study, text)}
    assert set(found) == {
        "data.column-unknown",
        "data.unknown-code",
        "data.not-a-number",
        "data.exclusive",
        "data.not-asked",
    }
    listed = [
        (problem.kind.code, problem.place.row, problem.place.column)
        for problem in faults(study, text)
    ]
    assert ("data.unknown-code", 2, "city") in listed
    assert ("data.unknown-code", 4, "sources") in listed
    assert ("data.not-a-number", 3, "age") in listed
    assert ("data.exclusive", 3, "sources") in listed
    assert ("data.not-asked", 5, "quality") in listed
    assert ("data.column-unknown", 0, "wieght") in listed
    assert all(problem.place.file == "answers.csv" for problem in faults(study, text))
    assert "weight" in found["data.column-unknown"].what("en")
    assert "--ignore wieght" in found["data.column-unknown"].remedy("en")
    assert '"2"' in found["data.not-asked"].what("en")


def test_unknown_columns_are_one_problem_ready_to_be_passed_over(study):
    names = ["wieght", "sity", "memo", *(f"extra{number}" for number in range(30))]
    text = ",".join(["age", "city", "sources", "quality", *names]) + "\n"
    text += ",".join(["30", "shu", "well", "", *("1" for _ in names)]) + "\n"
    (found,) = faults(study, text)
    assert found.kind.code == "data.column-unknown"
    assert "wieght (perhaps weight)" in found.what("en")
    assert "sity (perhaps city), memo, extra0" in found.what("en")
    assert f"--ignore {','.join(names)};" in found.remedy("en")
    assert take(study, text, ignore=names).frame["city"].values.tolist() == [1]
    (spaced,) = faults(study, "age,city,sources,quality,my memo\n30,shu,well,,x\n")
    assert '--ignore "my memo";' in spaced.remedy("en")


def test_columns_that_servers_add_need_no_option(study):
    added = ["_id", "_uuid", "__version__", "meta/instanceID", "formhub/uuid", "KEY", "_tags"]
    text = ",".join(["age", "city", "sources", "quality", *added]) + "\n"
    text += ",".join(["30", "shu", "well", "", *added]) + "\n"
    frame = take(study, text).frame
    assert not set(added) & set(frame.columns)
    assert take(study, text, key="_uuid").frame.keys.tolist() == ["_uuid"]
    (found,) = faults(study, text.replace("_tags", "_tag"))
    assert found.place.column == "_tag"


def test_a_number_that_was_not_asked_for_is_told_as_the_cell_holds_it(study):
    form = read_form(
        """
| survey |
| | type | name | label::Русский (ru) | relevant |
| | integer | age | Возраст? | |
| | integer | years | Сколько лет здесь? | ${age} > 20 |
""",
        "md",
        population="residents",
    )
    study = replace(study, forms={"residents": form}, sample=SampleColumns(), derived=())
    (found,) = faults(study, "age,years\n18,14\n")
    assert '"14"' in found.what("en")
    (found,) = faults(study, 'age,years\n18,"14,5"\n')
    assert '"14,5"' in found.what("en")


def test_one_fault_is_not_told_again_as_another(study):
    """An unknown source of water would route past ``quality``: that is no second fault."""
    (found,) = faults(study, "age,city,sources,quality\n30,shu,tapp,2\n")
    assert found.kind.code == "data.unknown-code"


def test_twenty_of_a_kind_and_then_a_count(study):
    rows = "".join(f"30,c{number},tap,1\n" for number in range(45))
    problems = faults(study, "age,city,sources,quality\n" + rows)
    assert codes(problems) == ["data.unknown-code"] * 20 + ["data.more"]
    assert "25 more" in problems[-1].what("en")


def test_one_wrong_value_is_told_once_with_the_number_of_rows(study):
    (found,) = faults(study, "age,city,sources,quality\n" + "30,osh,tap,1\n" * 9)
    assert "rows concerned: 9" in found.what("en")


def test_who_was_asked_without_an_answer_is_counted(study):
    text = "age,city,sources,quality,comment\n30,,tap,,\n31,shu,tap,1,\n32,,,,\n"
    imported = take(study, text)
    assert imported.frame["city"].asked.all()
    assert imported.frame["city"].answered.tolist() == [False, True, False]
    (warning,) = imported.problems
    assert warning.kind.code == "data.no-answer"
    assert "city (2), sources (1), quality (1)" in warning.what("en")
    assert "comment" not in warning.what("en")


def test_without_the_source_of_a_route_those_who_answered_were_asked(study):
    imported = take(study, "age,city,quality\n30,shu,1\n31,shu,\n")
    assert imported.frame["quality"].asked.tolist() == [True, False]
    (warning,) = imported.problems
    assert warning.kind.code == "data.no-column"
    assert "sources, comment" in warning.what("en")


def test_ignored_columns_and_keys(study):
    text = "case,age,city,sources,quality,start\nA-1,30,shu,well,,09:00\nA-2,31,shu,well,,09:30\n"
    frame = take(study, text, key="case", ignore=["start"]).frame
    assert frame.keys.tolist() == ["A-1", "A-2"]
    assert "start" not in frame and "case" not in frame


def test_keys_are_unique_and_not_empty(study):
    text = "case,age,city,sources,quality\n1,30,shu,well,\n,30,shu,well,\n1,30,shu,well,\n"
    problems = faults(study, text, key="case")
    assert [(p.kind.code, p.place.row) for p in problems] == [
        ("data.key-empty", 3),
        ("data.key-twice", 4),
    ]
    assert "row 2" in problems[1].what("en")


def test_a_question_cannot_take_the_name_of_the_keys(study):
    form = study.forms["residents"]
    questions = tuple(replace(q, name="key") if q.name == "comment" else q for q in form.questions)
    renamed = replace(study, forms={"residents": replace(form, questions=questions)})
    (found,) = faults(renamed, GOOD.replace("comment", "key"))
    assert found.kind.code == "data.reserved-name"


def test_options_that_name_no_column(study):
    problems = faults(study, GOOD, key="case", ignore=["start"])
    assert codes(problems) == ["data.no-such-column"] * 2
    assert "--key" in problems[0].what("en") and "--ignore" in problems[1].what("en")


def test_names_in_other_letters_are_the_same_names(study):
    assert "city" in take(study, GOOD.replace("city", "City")).frame
    assert codes(faults(study, "city,CITY\nshu,shu\n")) == ["data.column-twice"]


def test_a_derived_variable_without_its_sources_is_taken_as_it_is(study):
    frame = take(study, "age_group,city,sources,quality\nold,shu,well,\n,shu,well,\n").frame
    assert frame["age_group"].values.tolist() == [1, -1]
    assert frame["age_group"].asked.tolist() == [True, False]
    assert list(frame.columns)[-1] == "age_group"


def test_a_derived_variable_that_contradicts_its_sources(study):
    text = "age,age_group,city,sources,quality\n25,young,shu,well,\n"
    assert take(study, text).frame["age_group"].values.tolist() == [0]
    (found,) = faults(study, text + "26,old,shu,well,\n27,old,shu,well,\n")
    assert (found.kind.code, found.place.row, found.place.column) == (
        "data.derived-contradicts",
        3,
        "age_group",
    )
    assert '"old" where the workbook computes "young"' in found.what("en")
    assert "rows concerned: 2" in found.what("en")


def test_a_windows_1251_file_with_semicolons_and_decimal_commas(study):
    text = "age;city;sources;quality;weight\r\n25,0;Шу;tap well;2;0,75\r\n"
    table = parse_csv(text.encode("windows-1251"), "answers.csv")
    frame = import_frame(table, study, "residents").frame
    assert frame["weight"].values.tolist() == [0.75]
    assert frame["age"].values.tolist() == [25.0]
    assert frame["city"].values.tolist() == [1]


def write_sav(path, columns, **options):
    """Write a .sav file and read it back as a raw table."""
    pyreadstat.write_sav(pl.DataFrame(columns), path, **options)
    return read_sav(path)


def test_sav_codes_dichotomies_and_labels(study, tmp_path):
    table = write_sav(
        tmp_path / "a.sav",
        {
            "AGE": [25.0, 40.0],
            "city": [1.0, 2.0],
            "sources_1": [1.0, 2.0],
            "sources_2": [2.0, 1.0],
            "sources_dont_know": [2.0, None],
            "quality": [2.0, None],
        },
        column_labels={"sources_1": "Водопровод", "sources_2": "Құдық"},
        variable_value_labels={
            "city": {1.0: "Тараз", 2.0: "Шу"},
            "sources_1": {1.0: "Да", 2.0: "Нет"},
            "sources_2": {1.0: "Иә", 2.0: "Жоқ"},
            "sources_dont_know": {1.0: "Да", 2.0: "Нет"},
            "quality": {1.0: "Плохое", 2.0: "Хорошее"},
        },
    )
    frame = import_frame(table, study, "residents").frame
    assert frame["age"].values.tolist() == [25, 40]
    assert frame["city"].values.tolist() == [0, 1]
    assert frame["sources"].values.tolist() == [[1, 0, 0], [0, 1, 0]]
    assert frame["quality"].values.tolist() == [1, -1]
    assert frame["quality"].asked.tolist() == [True, False]


def test_a_scale_turned_round_in_the_sav_file_is_noticed(study, tmp_path):
    table = write_sav(
        tmp_path / "a.sav",
        {"quality": [1.0, 2.0]},
        variable_value_labels={"quality": {1.0: "Хорошее", 2.0: "Плохое"}},
    )
    with pytest.raises(UserError) as caught:
        import_frame(table, study, "residents")
    assert codes(caught.value.problems) == ["data.label-contradicts"] * 2


def test_values_declared_missing_are_answers_where_the_form_knows_them(study, tmp_path):
    table = write_sav(
        tmp_path / "a.sav",
        {"city": [1.0, 99.0], "quality": [2.0, 99.0]},
        variable_value_labels={
            "city": {1.0: "Тараз", 99.0: "нет данных"},
            "quality": {99.0: "Отказ"},
        },
        missing_ranges={"city": [99.0], "quality": [99.0]},
    )
    imported = import_frame(table, study, "residents")
    assert imported.frame["quality"].values.tolist() == [1, 2]
    assert imported.frame["city"].values.tolist() == [0, -1]
    warning = next(p for p in imported.problems if p.kind.code == "data.missing-values")
    assert "99" in warning.what("en") and '"city"' in warning.what("en")
