"""What a question is to a simulation: its answers in order, its battery, its topic, its role.

In: questions of a form, the study's scores. Out: `Item` by question. A role (age, sex, place,
language, point) is known by the variable's name or by its codes; everything else is opinion. Which
topics are sensitive stands in ``data/topics.csv``, read here and nowhere else.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from tyndau.base.frames import Category, Variable
from tyndau.questionnaire.form import Form, Question
from tyndau.study.model import Study

Role = Literal[
    "", "age", "age_group", "sex", "place", "language", "point", "interviewer", "consent", "lives"
]

_BOUNDS = re.compile(r"(?P<under>under_?|lt_?)?(?P<low>\d\d)(?:\D+(?P<high>\d\d))?\D*")
_PLACE = re.compile(r"territory|city|district|settlement|region|town|village|residence")
_SEX = {"male", "female"}
_LANGUAGES = {"kk", "ru"}
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of questions.

    Attributes
    ----------
    name : str
        Its name.
    dont_know : float
        Share of "don't know" and refusals.
    yes : float
        Share of "yes" where a question has yes and no.
    good : float
        1 where a high score is a good opinion, -1 where it is a bad one, such as much corruption.
    """

    name: str
    dont_know: float
    yes: float
    good: float = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """A question as a simulation sees it.

    Attributes
    ----------
    question : Question
        The question.
    variable : Variable
        Its column, with scores.
    role : Role
        What of the respondent or the interview it holds; empty for an opinion.
    topic : Topic
        What it is about.
    battery : str
        What its respondents' traits and its effects are shared with.
    substantive : tuple of int
        Positions of the answers with a meaning of their own; those in order from the lowest on.
    aside : tuple of int
        Positions of "don't know" and "refused".
    scored : bool
        Whether the answers are in order: by their scores, or by codes that are numbers.
    """

    question: Question
    variable: Variable
    role: Role
    topic: Topic
    battery: str
    substantive: tuple[int, ...]
    aside: tuple[int, ...]
    scored: bool


@cache
def _topics() -> tuple[tuple[re.Pattern[str], Topic], ...]:
    source = files("tyndau.fieldwork.simulation") / "data" / "topics.csv"
    rows = csv.DictReader(source.read_text("utf-8").splitlines())
    return tuple(
        (
            re.compile(row["pattern"]),
            Topic(row["topic"], float(row["dont_know"]), float(row["yes"]), float(row["good"])),
        )
        for row in rows
    )


def topic_of(question: Question, usual: float) -> Topic:
    """Return what a question is about.

    Parameters
    ----------
    question : Question
        The question.
    usual : float
        Share of "don't know" where no topic is known.

    Returns
    -------
    Topic
        The first of ``data/topics.csv`` that its wording fits; one without a name if none does.
    """
    words = f"{question.label.ru} {question.label.kk} ".casefold()
    for pattern, topic in _topics():
        if pattern.search(words):
            return topic
    return Topic("", usual, 0.4)


def read_items(study: Study, population: str, usual_dont_know: float) -> dict[str, Item]:
    """Read the questions of a population.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        Name of one of its forms.
    usual_dont_know : float
        Share of "don't know" in questions of no known topic.

    Returns
    -------
    dict of str to Item
        By name, for every question that is a column of a wave.
    """
    form = study.forms[population]
    place = place_question(study, form)
    variables = {variable.name: variable for variable in study.variables(population)}
    return {
        question.name: _item(
            question,
            variables[question.name],
            _role(question, study, place),
            topic_of(question, usual_dont_know),
        )
        for question in form.questions
        if question.name in variables
    }


def place_question(study: Study, form: Form) -> str:
    """Return the question that says where a respondent lives.

    Parameters
    ----------
    study : Study
        Its territories.
    form : Form
        The form.

    Returns
    -------
    str
        The one whose answers are the study's territories; where the study has none, the first of
        a name such as ``city``; empty where there is none.
    """
    singles = [question for question in form.questions if question.kind == "single"]
    codes = {territory.code for territory in study.territories}
    for question in singles:
        offered = {choice.category.code for choice in question.choices}
        if len(offered & codes) * 2 > len(offered):
            return question.name
    named = (question.name for question in singles if _PLACE.fullmatch(question.name.casefold()))
    return "" if codes else next(named, "")


def bounds(code: str) -> tuple[int, int] | None:
    """Read an age group from its code.

    Parameters
    ----------
    code : str
        Such as ``18-20``, ``61+``, ``under_18``.

    Returns
    -------
    tuple of (int, int) or None
        The youngest and the oldest; None where it is no age group.
    """
    match = _BOUNDS.fullmatch(code.removeprefix("a").strip("_"))
    if match is None:
        return None
    low = int(match["low"])
    if match["under"]:
        return 0, low - 1
    return low, int(match["high"]) if match["high"] else _OLDEST


def _role(question: Question, study: Study, place: str) -> Role:
    name = question.name.casefold()
    codes = {choice.category.code for choice in question.choices}
    role: Role = ""
    if question.name == study.sample.cluster or name in ("point", "point_id", "point_code"):
        role = "point"
    elif name in ("interviewer", "interviewer_id", "interviewer_code"):
        role = "interviewer"
    elif question.name == place:
        role = "place"
    elif question.kind == "number" and name.split("_")[0] == "age":
        role = "age"
    elif question.kind == "single" and name.startswith("age"):
        role = "age_group" if any(bounds(code) for code in codes) else ""
    elif codes >= _SEX:
        role = "sex"
    elif codes == _LANGUAGES:
        role = "language"
    elif question.kind == "single" and name.startswith("consent"):
        role = "consent"
    return role


def _item(question: Question, variable: Variable, role: Role, topic: Topic) -> Item:
    categories = variable.categories
    aside = tuple(at for at, one in enumerate(categories) if _is_aside(one))
    left = [at for at in range(len(categories)) if at not in aside]
    scored = variable.kind == "single" and any(one.score is not None for one in categories)
    if scored:
        left = [at for at in left if categories[at].score is not None]
        left.sort(key=lambda at: categories[at].score or 0.0)
    elif variable.kind == "single" and left and all(categories[at].code.isdigit() for at in left):
        scored = True
        left.sort(key=lambda at: int(categories[at].code))
    return Item(
        question=question,
        variable=variable,
        role=role,
        topic=topic,
        battery="/".join((*question.groups, question.list_name or question.name)),
        substantive=tuple(left),
        aside=aside,
        scored=scored,
    )


def _is_aside(category: Category) -> bool:
    return category.meaning in ("dont_know", "refused")
