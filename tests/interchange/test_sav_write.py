"""A frame as an SPSS file: read by pyreadstat, and by our own reader as it was."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyreadstat
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.interchange import import_frame, parse_csv, read_sav
from tyndau.interchange.sav_names import Names, cut
from tyndau.interchange.sav_write import category_numbers, write_sav
from tyndau.study import Study
from tyndau.study.standards import SampleColumns

ANSWERS = """key,age,city,sources,quality,comment
k1,25,taraz,tap well,1,Әдемі қала: «Ұлы дала» & <жол>
k2,40,shu,well,,
k3,18.5,shu,dont_know,,=1+1
k4,33,,tap,refused,
"""


def frame_of(study: Study) -> Frame:
    study = replace(study, sample=SampleColumns())
    return import_frame(parse_csv(ANSWERS.encode(), "a.csv"), study, "residents", key="key").frame


def read(path: Path):
    return pyreadstat.read_sav(path, output_format="dict", user_missing=True)


@pytest.fixture
def written(study: Study, tmp_path: Path):
    path = tmp_path / "out.sav"
    write_sav(frame_of(study), path, language="kk", title="Су")
    return path


@pytest.mark.requirement("C8")
def test_it_works(written: Path) -> None:
    values, about = read(written)
    assert list(values) == [
        "key", "age", "city", "sources_tap", "sources_well", "sources_dont_know", "quality",
        "comment", "age_group",
    ]  # fmt: skip
    assert list(values["key"]) == ["k1", "k2", "k3", "k4"]
    assert list(values["age"]) == [25, 40, 18.5, 33]
    assert list(values["sources_tap"]) == [1, 0, 0, 1]
    assert list(values["sources_dont_know"]) == [0, 0, 1, 0]
    assert values["comment"][0] == "Әдемі қала: «Ұлы дала» & <жол>"
    assert about.file_encoding == "UTF-8"
    assert about.file_label == "Су"
    labels = about.column_names_to_labels
    assert labels["age"] == "Жасыңыз нешеде?"
    assert labels["sources_tap"] == "Құбыр: Суды қайдан аласыз?"
    assert about.variable_value_labels["sources_tap"] == {0: "жоқ", 1: "иә"}
    assert about.variable_measure["quality"] == "ordinal"  # the study gives it scores
    assert about.variable_measure["city"] == "nominal"
    assert about.variable_measure["age"] == "scale"


def test_labels_are_in_one_language(study: Study, tmp_path: Path) -> None:
    write_sav(frame_of(study), tmp_path / "ru.sav", language="ru")
    _, about = read(tmp_path / "ru.sav")
    assert about.column_names_to_labels["age"] == "Сколько вам лет?"
    assert about.variable_value_labels["city"][2] == "Шу"


def test_refusal_is_a_value_silence_is_missing_and_not_asked_is_nothing(written: Path) -> None:
    values, about = read(written)
    assert list(values["quality"]) == [1, None, None, 99]
    assert about.variable_value_labels["quality"] == {1: "Жаман", 2: "Жақсы", 99: "Жауап бермеді"}
    assert "quality" not in about.missing_ranges
    assert list(values["city"]) == [1, 2, 2, -9]  # the last was asked and said nothing
    assert about.missing_ranges["city"] == [{"lo": -9.0, "hi": -9.0}]
    silent = pyreadstat.read_sav(written, output_format="dict")[0]
    assert list(silent["city"])[3] is None


def number(*values: float) -> Column:
    asked = np.array([True] * (len(values) - 1) + [False])
    return Column(Variable("n", "number", Text("с", "в")), np.array(values), asked)


@pytest.mark.parametrize(("known", "code"), [(3, -9), (-9, -99), (-99, -9)])
def test_silence_has_a_value_that_no_answer_has(known: float, code: float, tmp_path: Path) -> None:
    several = Variable("m", "multiple", Text("с", "в"), single(["a"]).categories)
    chosen = Column(several, np.array([[True], [False], [False]]), np.array([True, True, False]))
    frame = Frame(np.array(["1", "2", "3"]), {"n": number(known, np.nan, np.nan), "m": chosen})
    write_sav(frame, tmp_path / "n.sav", language="kk")
    values, about = read(tmp_path / "n.sav")
    assert list(values["n"]) == [known, code, None]
    assert about.missing_ranges == {"n": [{"lo": code, "hi": code}]}
    assert set(about.variable_value_labels["n"]) == {code}
    assert list(values["m_a"]) == [1, 0, None]


def test_our_own_reader_takes_it_back(study: Study, written: Path) -> None:
    study = replace(study, sample=SampleColumns())
    back = import_frame(read_sav(written), study, "residents", key="key").frame
    frame = frame_of(study)
    assert back.keys.tolist() == frame.keys.tolist()
    assert list(back.columns) == list(frame.columns)
    for column in frame:
        np.testing.assert_array_equal(back[column.variable.name].values, column.values)
        np.testing.assert_array_equal(back[column.variable.name].asked, column.asked)


def single(codes: list[str], *meanings: str) -> Variable:
    known = [*([""] * (len(codes) - len(meanings))), *meanings]
    categories = tuple(
        Category(code, Text(code, code), meaning)  # type: ignore[arg-type]
        for code, meaning in zip(codes, known, strict=True)
    )
    return Variable("q", "single", Text("с", "в"), categories)


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        (single(["1", "2", "5"]), (1, 2, 5)),
        (single(["yes", "no"]), (1, 2)),
        (single(["1", "5", "dont_know", "refused"], "dont_know", "refused"), (1, 5, 98, 99)),
        (single(["98", "99", "dk", "r"], "dont_know", "refused"), (98, 99, 998, 999)),
        (single(["2", "other", "x"]), (2, 3, 4)),
        (single(["01", "1", "+1", "1.0"]), (2, 1, 3, 4)),
        (single(["a", "dk", "dk2"], "dont_know", "dont_know"), (1, 98, 99)),
        (single(["0", "-1"]), (0, 2)),
    ],
)
def test_answers_have_numbers_of_their_own(variable: Variable, expected: tuple[int, ...]) -> None:
    assert category_numbers(variable) == expected


def test_names_are_such_as_spss_takes_and_stand_once() -> None:
    names = Names()
    wanted = ["age", "Age", "household-size", "household.size", "1st", "_hidden", "ALL", "with",
              "a b", "сұрақ", "ұ" * 40, "ұ" * 41, "end.", "", "v"]  # fmt: skip
    taken = [names.take(name) for name in wanted]
    assert taken[:9] == [
        "age", "Age_2", "household_size", "household.size", "v1st", "v_hidden", "ALL_2", "with_2",
        "a_b",
    ]  # fmt: skip
    assert taken[9] == "сұрақ"
    assert all(len(name.encode()) <= 64 for name in taken)
    assert len({name.casefold() for name in taken}) == len(wanted)


def text(name: str, *values: str) -> Column:
    return Column(
        Variable(name, "text", Text(name, name)), np.array(values, dtype=object),
        np.ones(len(values), dtype=np.bool_),
    )  # fmt: skip


def test_odd_names_and_long_texts_are_written(tmp_path: Path) -> None:
    long = "Ұзақ жауап " * 2_000
    columns = [
        text("a-b", long, "", "қ"), text("a_b", "1", "2", "3"), text("TO", "x", "y", "z"),
        text("x" * 70, "ә" * 300, "ә", ""), text("x" * 71, "1", "1", "1"),
    ]  # fmt: skip
    frame = Frame(np.array(["1", "2", "3"]), {column.variable.name: column for column in columns})
    write_sav(frame, tmp_path / "odd.sav", language="ru")
    values, _ = read(tmp_path / "odd.sav")
    assert list(values)[:4] == ["key", "a_b_2", "a_b", "TO_2"]
    assert list(values["a_b_2"]) == [cut(long, 32_767).rstrip(" "), "", "қ"]
    assert list(values["x" * 64]) == ["ә" * 300, "ә", ""]


def test_a_question_keeps_its_name_beside_an_answer_of_the_same(tmp_path: Path) -> None:
    several = Variable("p", "multiple", Text("с", "в"), single(["a", "other"]).categories)
    chosen = Column(several, np.array([[True, False]]), np.array([True]))
    frame = Frame(np.array(["1"]), {"p": chosen, "p_other": text("p_other", "ит")})
    write_sav(frame, tmp_path / "o.sav", language="ru")
    values, _ = read(tmp_path / "o.sav")
    assert list(values) == ["key", "p_a", "p__other", "p_other"]
    assert list(values["p_other"]) == ["ит"]


def test_long_labels_are_cut_between_letters(tmp_path: Path) -> None:
    label = Text(f"a{'ұ' * 300}", "в")
    variable = Variable("q", "single", label, (Category("1", label),))
    column = Column(variable, np.array([0]), np.array([True]))
    write_sav(Frame(np.array(["1"]), {"q": column}), tmp_path / "l.sav", language="kk")
    _, about = read(tmp_path / "l.sav")
    assert about.column_names_to_labels["q"] == f"a{'ұ' * 125}…"
    assert about.variable_value_labels["q"] == {1: f"a{'ұ' * 58}…"}


def test_a_frame_without_rows_is_a_file_without_rows(tmp_path: Path, study: Study) -> None:
    frame = frame_of(study)
    write_sav(frame.where(np.zeros(4, dtype=np.bool_)), tmp_path / "e.sav", language="ru")
    values, about = read(tmp_path / "e.sav")
    assert about.number_rows == 0
    assert "sources_tap" in values
