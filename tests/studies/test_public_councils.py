"""The real study of 2023: its questionnaires ask what the report's annex says, of whom it says.

The annex fixes routing and screening (671 residents in five cities, 357 asked for the result of
their appeal, 208 who know of the council asked about it); the codebook fixes names and codes.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.frames import NO_CATEGORY, Category, Column, Frame, Variable
from tyndau.questionnaire import Form, asked, load_form
from tyndau.study import Study, check_study, load_study
from tyndau.waves import Wave, read_wave

pytestmark = pytest.mark.requirement("C4")

ELIGIBLE = {"age_group": "31-40", "city": "semey"}
ANNEX_ADDS = {
    "city": {"other"},
    "q12_result": {"dont_know"},
    "q18_members": {"other"},
    "q24_should": {"dont_know"},
}


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    return repository / "studies" / "public-councils-2023"


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return load_study(folder)


@pytest.fixture(scope="module")
def residents(folder: Path) -> Form:
    return load_form(folder / "forms" / "residents.xlsx")


@pytest.fixture(scope="module")
def ngo(folder: Path) -> Form:
    return load_form(folder / "forms" / "ngo.xlsx")


@pytest.fixture(scope="module")
def wave(folder: Path) -> Wave:
    return read_wave(folder, "2023")


@pytest.fixture(scope="module")
def codebook(oracles: Path) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = defaultdict(list)
    with (oracles / "public-councils-2023" / "codebook.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            codes[line["variable"]].append(line["code"])
    return codes


@pytest.fixture(scope="module")
def microdata(oracles: Path) -> list[dict[str, str]]:
    with (oracles / "public-councils-2023" / "microdata.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def interview(form: Form, **answers: str) -> Frame:
    """One interview in which only these questions have been answered."""
    columns = {}
    for name, answer in answers.items():
        question = form[name]
        categories = tuple(choice.category for choice in question.choices)
        given = [category.code in answer.split() for category in categories]
        assert sum(given) == len(answer.split()), f"{name} has no code {answer}"
        if question.kind == "single":
            values = np.array([given.index(True) if answer else NO_CATEGORY], dtype=np.int32)
        else:
            values = np.array([given])
        variable = Variable(name, question.kind, question.label, categories)
        columns[name] = Column(variable, values, np.array([True]))
    return Frame(np.array(["1"]), columns)


def is_asked(form: Form, name: str, **answers: str) -> bool:
    """Whether somebody who gave these answers is asked the question."""
    rows = asked(form, interview(form, **answers))[name]
    assert rows is not None, f"these answers do not determine who is asked {name}"
    return bool(rows[0])


MAIN_PART = ("q7_heard", "q8_words", "q11_done", "q15_tasks", "q22_part", "sex", "thanks")


@pytest.mark.parametrize("name", MAIN_PART)
@pytest.mark.parametrize("age", ["18-20", "71+"])
def test_an_adult_of_the_five_cities_is_interviewed(residents: Form, name: str, age: str) -> None:
    assert is_asked(residents, name, age_group=age, city="almaty")
    assert not is_asked(residents, "screened_out", age_group=age, city="almaty")


@pytest.mark.parametrize("name", MAIN_PART)
@pytest.mark.parametrize(
    "answers", [{"age_group": "under_18", "city": ""}, {"age_group": "41-50", "city": "other"}]
)
def test_screening_ends_the_interview(residents: Form, name: str, answers: dict[str, str]) -> None:
    assert not is_asked(residents, name, **answers)
    assert is_asked(residents, "screened_out", **answers)


def test_screening_comes_before_the_main_part_and_stops_at_a_minor(residents: Form) -> None:
    names = [question.name for question in residents.questions]
    assert names[:5] == ["intro", "consent", "age_group", "city", "eligible"]
    assert not is_asked(residents, "city", age_group="under_18")
    assert is_asked(residents, "city", age_group="18-20")


@pytest.mark.parametrize(
    ("done", "expected"),
    [("nothing", False), ("eotinish", True), ("visit councils", True), ("other", True)],
)
def test_only_those_who_did_something_are_asked_for_its_result(
    residents: Form, done: str, expected: bool
) -> None:
    assert is_asked(residents, "q12_result", **ELIGIBLE, q11_done=done) is expected


@pytest.mark.parametrize("population", ["residents", "ngo"])
@pytest.mark.parametrize(
    ("aware", "knows"), [("yes_contact", True), ("yes", True), ("no", False), ("unsure", False)]
)
def test_only_those_who_know_of_the_council_are_asked_about_it(
    study: Study, population: str, aware: str, knows: bool
) -> None:
    form = study.forms[population]
    answers = {"city": "semey", "q16_aware": aware}
    if population == "residents":
        answers |= ELIGIBLE
    about_council = ["q17_social", "q18_members"] + ["membership"] * (population == "ngo")
    for name in about_council:
        assert is_asked(form, name, **answers) is knows
    assert is_asked(form, "note_city_council", **answers) is not knows
    assert is_asked(form, "q19_effective", **answers)


@pytest.mark.parametrize(("knows", "expected"), [("yes", True), ("no", False)])
def test_cities_are_named_by_those_who_know_of_other_councils(
    residents: Form, knows: str, expected: bool
) -> None:
    assert is_asked(residents, "q26_which", **ELIGIBLE, q25_other_cities=knows) is expected


@pytest.mark.parametrize("population", ["residents", "ngo"])
def test_whoever_says_other_is_asked_what(study: Study, population: str) -> None:
    form = study.forms[population]
    screening = ELIGIBLE if population == "residents" else {}
    followed = {
        "q9_other": "q9_elements", "q10_other": "q10_participate", "q11_other": "q11_done",
        "q15_other": "q15_tasks", "q18_other": "q18_members", "q23_other": "q23_can",
        "q24_other": "q24_should", "q26_other": "q26_which", "org_fields_other": "org_fields",
    }  # fmt: skip
    present = {text: about for text, about in followed.items() if text in form}
    assert len(present) == (8 if population == "residents" else 5)
    for text, about in present.items():
        first = form[about].choices[0].category.code
        assert not is_asked(form, text, **screening, **{about: first})
        assert is_asked(form, text, **screening, **{about: "other"})


@pytest.mark.parametrize("population", ["residents", "ngo"])
def test_an_exclusive_answer_cannot_stand_beside_others(study: Study, population: str) -> None:
    for question in study.forms[population].questions:
        for choice in question.choices if question.kind == "multiple" else ():
            if choice.category.exclusive:
                code = choice.category.code
                alone = f"not(selected(., '{code}') and count-selected(.) > 1)"
                assert question.constraint == alone, question.name


def test_closed_questions_need_an_answer_but_ethnicity_is_voluntary(study: Study) -> None:
    for form in study.forms.values():
        closed = [question for question in form.questions if question.choices]
        voluntary = {question.name for question in closed if not question.required}
        assert voluntary == ({"ethnicity"} if form.population == "residents" else set())


@pytest.mark.parametrize("population", ["residents", "ngo"])
def test_everything_is_said_in_both_languages(study: Study, population: str) -> None:
    form = study.forms[population]
    assert set(form.languages) == {"kk", "ru"}
    for question in form.questions:
        hinted = bool(question.hint.kk or question.hint.ru)
        assert question.kind == "calculate" or not question.label.missing, question.name
        assert not hinted or not question.hint.missing, question.name
        for choice in question.choices:
            assert not choice.category.label.missing, (question.name, choice.category.code)


def test_questions_put_to_both_populations_have_the_same_answers(
    residents: Form, ngo: Form
) -> None:
    shared = [
        question.name
        for question in ngo.questions
        if question.choices and question.name in residents
    ]
    assert len(shared) == 13
    for name in shared:
        assert _codes(ngo, name) == _codes(residents, name), name


def _codes(form: Form, name: str) -> list[str]:
    return [choice.category.code for choice in form[name].choices]


def test_the_study_has_no_errors(folder: Path) -> None:
    study, problems = check_study(folder)
    errors = [problem.what("en") for problem in problems if problem.kind.severity == "error"]
    assert errors == []
    assert study is not None
    assert study.inference == "model"
    assert not study.inference_words.missing
    assert [banner.name for banner in study.banners] == [
        "city", "age", "income", "employment", "education",
    ]  # fmt: skip


def test_scales_run_from_the_worst_to_the_best(study: Study) -> None:
    variables = {variable.name: variable for variable in study.variables("residents")}
    for name in ("q13_more", "q14_listen", "q19_effective", "q21_interested"):
        assert [category.score for category in variables[name].categories] == [1, 2, 3, 4, 5]


def test_age_and_income_are_joined_as_the_report_prints_them(study: Study) -> None:
    derived = {part.name: part for part in study.derived}
    form = study.forms["residents"]
    for name, source, code, expected in [
        ("age", "age_group", "61-70", "61+"),
        ("age", "age_group", "71+", "61+"),
        ("age", "age_group", "18-20", "18-20"),
        ("income", "income_group", "400-500k", "gt400k"),
        ("income", "income_group", "gt500k", "gt400k"),
        ("income", "income_group", "refused", "refused"),
    ]:
        frame = interview(form, **{source: code})
        holding = [
            part.category.code
            for part in derived[name].categories
            if part.condition.holds(frame)[0]
        ]
        assert holding == [expected], (name, code)


def test_codes_are_those_of_the_codebook(study: Study, codebook: dict[str, list[str]]) -> None:
    variables = {variable.name: variable for variable in study.variables("residents")}
    for name, codes in codebook.items():
        expected = set(codes) | ANNEX_ADDS.get(name, set())
        assert set(variables[name].codes) == expected, name


def test_the_wave_holds_the_published_bases(wave: Wave) -> None:
    frame = wave.frames["residents"]
    assert len(frame) == 671
    bases = {name: int(frame[name].asked.sum()) for name in frame.columns}
    assert bases["q11_done"] == bases["q16_aware"] == bases["q24_should"] == 671
    assert bases["q12_result"] == 357
    assert bases["q17_social"] == bases["q18_members"] == 208


def test_the_wave_holds_the_microdata(wave: Wave, microdata: list[dict[str, str]]) -> None:
    frame = wave.frames["residents"]
    row_of = {str(key): row for row, key in enumerate(frame.keys)}
    for line in microdata:
        row = row_of[line["id"]]
        for name in line.keys() - {"id"}:
            assert _answer(frame[name], row) == set(line[name].split()), (name, row)


def _answer(column: Column, row: int) -> set[str]:
    categories: tuple[Category, ...] = column.variable.categories
    if column.variable.kind == "single":
        index = column.values[row]
        return set() if index == NO_CATEGORY else {categories[index].code}
    return {
        category.code for category, on in zip(categories, column.values[row], strict=True) if on
    }
