"""The questionnaire of residents of Taraz: what an interviewer and a respondent can rely on.

The limits come from the specification and the mission: fifteen minutes in either language, six
directions with several items each, nothing sensitive that must be answered, no place for a contact.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.frames import Column, Frame
from tyndau.questionnaire import Form, Question, asked, form_variables, interview_length, load_form
from tyndau.questionnaire.expression import parse
from tyndau.questionnaire.lint import lint

MINUTES = 15
MODULES = ("safety", "accord", "society")
DIRECTIONS = ("social", "youth", "security", "order", "political", "accord")
VOLUNTARY = ("corruption_own", "crime_victim", "protest_self", "ethnicity")
CHAPTERS = (
    "problems_part", "bodies", "public_services", "safety", "ethnic_religious", "youth",
    "trust_protest", "labour", "information", "respondent",
)  # fmt: skip
LET_IN: dict[str, str | float] = {
    "consent": "yes", "interviewed_before": "no", "lives_here": "yes", "age": 40.0,
    "territory": "kemel",
}  # fmt: skip

pytestmark = pytest.mark.requirement("C4")


@pytest.fixture(scope="module")
def form(repository: Path) -> Form:
    path = repository / "studies" / "taraz-2026" / "forms" / "residents.xlsx"
    return load_form(path)


def with_module(form: Form, module: str) -> Form:
    """Return the form as a respondent meets it whom chance gave this module."""
    fixed = parse(f"'{module}'")
    questions = tuple(
        replace(question, calculation=fixed) if question.name == "module" else question
        for question in form.questions
    )
    return replace(form, questions=questions)


def asked_of(form: Form, answers: dict[str, str | float]) -> set[str]:
    """Return what one respondent is asked."""
    columns = {}
    for variable in form_variables(form):
        if variable.name not in answers:
            continue
        answer = answers[variable.name]
        if variable.kind == "single":
            values = np.array([variable.codes.index(str(answer))], np.int32)
        elif variable.kind == "multiple":
            values = np.array([[code in str(answer).split() for code in variable.codes]])
        else:
            values = np.array([answer], np.float64 if variable.kind == "number" else object)
        columns[variable.name] = Column(variable, values, np.ones(1, np.bool_))
    masks = asked(form, Frame(np.array(["1"], object), columns))
    return {name for name, mask in masks.items() if mask is not None and mask[0]}


def spoken(form: Form) -> list[Question]:
    return [one for one in form.questions if one.kind not in ("calculate", "hidden")]


def codes(question: Question) -> list[str]:
    return [choice.category.code for choice in question.choices]


@pytest.mark.requirement("T1")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_route_takes_more_than_fifteen_minutes(form: Form, language: str) -> None:
    by_module = [interview_length(with_module(form, one), language).longest for one in MODULES]
    # Two modules never meet on one route: the longest of all is that of one module.
    assert interview_length(form, language).longest == pytest.approx(max(by_module))
    assert max(by_module) <= MINUTES


def test_nothing_is_untranslated_and_nobody_would_remark_on_it(form: Form) -> None:
    assert sorted(form.languages) == ["kk", "ru"]
    assert [found.kind.code for found in lint(form) if found.kind.severity != "hint"] == []
    for question in spoken(form):
        assert question.label.kk and question.label.ru, question.name
        assert bool(question.hint.kk) == bool(question.hint.ru), question.name


def test_purpose_contact_and_consent_come_before_everything_else(form: Form) -> None:
    names = [question.name for question in spoken(form)]
    assert names[:4] == ["intro", "contact", "consent", "interview_language"]
    declined = asked_of(form, {**LET_IN, "consent": "no"})
    assert declined & {"age", "territory", "problems", "sex"} == set()


@pytest.mark.parametrize(
    ("question", "answer"),
    [("consent", "no"), ("interviewed_before", "yes"), ("lives_here", "no"), ("age", 17.0)],
)
def test_the_screening_ends_the_interview(form: Form, question: str, answer: str) -> None:
    assert "problems" in asked_of(form, LET_IN)
    met = asked_of(form, {**LET_IN, question: answer})
    assert "problems" not in met
    assert "point" in met  # A refusal is counted at its point.


def test_each_respondent_meets_the_core_and_exactly_one_module(form: Form) -> None:
    met = {
        one: asked_of(with_module(form, one), {**LET_IN, "employment": "full_time"})
        for one in MODULES
    }
    core = set.intersection(*met.values())
    own = {one: met[one] - core for one in MODULES}
    assert all(len(questions) >= 6 for questions in own.values())
    assert sum(map(len, own.values())) == len(set.union(*own.values()))
    assert {"threats", "corruption_where"} <= own["safety"]
    assert {"ethnic_causes", "youth_needs"} <= own["accord"]
    assert {"trust_media", "wage_delay", "info_sources"} <= own["society"]
    # What territories and indices stand on is asked of everybody.
    needed = {"problems", "problem_main", "place_change", "protest_expected", "situation"}
    needed |= {"trust_akimat", "services", "corruption_risk", "ethnic_relations"}
    answered = asked_of(form, {**LET_IN, "problems": "roads water"})
    assert needed <= answered
    assert {one.name for one in form.questions if one.name.startswith("effect_")} <= answered


def test_chance_gives_the_three_modules_alike_and_reads_options_in_a_stored_order(
    form: Form,
) -> None:
    draw, module, seed = (form[name].calculation for name in ("module_draw", "module", "shuffle"))
    assert draw is not None and draw.source.replace(" ", "") == "once(random())"
    # A fraction as seed is cut to 0 on the phone, and everybody would see the same order.
    assert seed is not None and seed.source.replace(" ", "") == "once(int(random()*1000000))"
    assert module is not None
    assert [one for one in MODULES if f"'{one}'" in module.source] == list(MODULES)
    assert "0.333333" in module.source and "0.666667" in module.source
    long = [one for one in form.questions if one.kind == "multiple"]
    assert len(long) >= 8
    assert all(one.parameters.get("seed") == "${shuffle}" for one in long)


@pytest.mark.requirement("T6")
def test_each_direction_is_judged_by_at_least_three_items(form: Form) -> None:
    for direction in DIRECTIONS:
        items = [
            question
            for question in form.questions
            if question.name == f"effect_{direction}"
            or question.name.startswith(f"effect_{direction}_")
        ]
        assert len(items) >= 3, direction
        assert all(codes(one) == ["1", "2", "3", "4", "5", "dont_know"] for one in items)


@pytest.mark.parametrize("name", VOLUNTARY)
def test_what_is_sensitive_need_not_be_answered_and_says_so_aloud(form: Form, name: str) -> None:
    question = form[name]
    assert not question.required
    assert question.label.kk.startswith("Жауап бермесеңіз де болады")
    assert question.label.ru.startswith("Можно не отвечать")
    assert "refused" in [choice.category.meaning for choice in question.choices]


def test_nobody_is_asked_for_faith_name_or_telephone(form: Form) -> None:
    # A call-back is agreed to or not; the number stands on a sheet of its own.
    assert codes(form["callback"]) == ["yes", "no"]
    typed = {one.name for one in form.questions if one.kind == "text"}
    others = {name for name in typed if name.endswith("_other")}
    assert typed - others == {"problem_words", "point"}
    assert not {"religion", "faith", "name", "phone", "address"} & {
        one.name for one in spoken(form)
    }


@pytest.mark.requirement("C2", "T5")
def test_where_somebody_lives_is_kept_apart_from_the_point(form: Form) -> None:
    assert len(codes(form["territory"])) >= 12
    assert form["point"].groups != form["territory"].groups


@pytest.mark.requirement("T23")
def test_a_service_is_judged_by_those_who_used_it(form: Form) -> None:
    offered = [code for code in codes(form["services"]) if code not in ("none", "dont_know")]
    met = asked_of(form, {**LET_IN, "services": "clinic egov"})
    assert {code for code in offered if f"satisfied_{code}" in met} == {"clinic", "egov"}
    assert all(codes(form[f"satisfied_{code}"])[:5] == list("12345") for code in offered)


def test_the_report_has_a_titled_chapter_for_each_theme(form: Form) -> None:
    order = list(dict.fromkeys(one.groups[0] for one in spoken(form) if one.groups))
    assert [name for name in order if name in CHAPTERS] == list(CHAPTERS)
    assert all(form.groups[name].kk and form.groups[name].ru for name in CHAPTERS)
