"""The walk through a questionnaire: every question in order, asked of whom its route leads to.

In: a form, the people of one round. Out: their answers, who was asked what, and how long each
interview took by the timing model. Calculates are computed on the way, those by chance too, as the
phone would; a later condition sees nothing of what was not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place
from tyndau.base.frames import NO_CATEGORY, Column
from tyndau.fieldwork import problems
from tyndau.fieldwork.simulation.answering import Answering
from tyndau.fieldwork.simulation.chance import Chance
from tyndau.fieldwork.simulation.items import Item
from tyndau.fieldwork.simulation.people import People
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.routing import ELIGIBLE, LET_IN, in_order
from tyndau.questionnaire.timing import question_seconds
from tyndau.questionnaire.values import Strings, Value, constant, to_booleans, to_strings, value_of

_EMPTY = {"single": NO_CATEGORY, "multiple": False, "number": np.nan, "text": ""}


@dataclass(slots=True)
class Walked:
    """What came of a round.

    Attributes
    ----------
    columns : dict of str to Column
        Answers by question.
    let_in : ndarray of bool, shape (n,)
        Whom the screening let in; everybody where there is none.
    seconds : ndarray of float, shape (n,)
        How long the interview takes by the timing model.
    """

    let_in: NDArray[np.bool_]
    seconds: NDArray[np.float64]
    columns: dict[str, Column] = field(default_factory=dict)


def walk_form(
    form: Form, items: Mapping[str, Item], people: People, answering: Answering, today: str
) -> Walked:
    """Ask everybody the whole questionnaire.

    Parameters
    ----------
    form : Form
        The questionnaire.
    items : mapping of str to Item
        Its questions that are columns of a wave.
    people : People
        Everybody.
    answering : Answering
        Draws answers.
    today : str
        The date on the phone, as ISO.

    Returns
    -------
    Walked
        Answers of everybody.

    Raises
    ------
    UserError
        ``fieldwork.route`` if a route depends on what a simulation does not have.
    """
    rows = len(people)
    chance = Chance(people.rng, rows, today)
    scope: dict[str, Value] = {}
    result = Walked(np.ones(rows, np.bool_), np.zeros(rows))
    ordered = [question for question in in_order(form) if not question.repeated]
    # The language changes somewhere on the way.
    turn = people.rng.uniform(0.2, 0.8, rows) * len(ordered)
    for count, question in enumerate(ordered):
        asked = _asked(form, question, scope, chance)
        kazakh = people.kazakh ^ (people.switching & (count > turn))
        result.seconds += asked * np.where(
            kazakh, question_seconds(question, "kk"), question_seconds(question, "ru")
        )
        item = items.get(question.name)
        if item is not None:
            values = answering.answer(item, people, scope, chance, kazakh).copy()
            values[~asked] = _EMPTY[item.variable.kind]
            column = Column(item.variable, values, asked)
            result.columns[question.name] = column
            scope[question.name] = value_of(column)
            continue
        value = _other(question, scope, chance, asked)
        if value is not None:
            scope[question.name] = value
    if ELIGIBLE in scope:
        verdict = to_strings(scope[ELIGIBLE])
        levels = np.array([level == LET_IN for level in verdict.levels], np.bool_)
        result.let_in = levels[verdict.index]
    return result


def _asked(
    form: Form, question: Question, scope: Mapping[str, Value], chance: Chance
) -> NDArray[np.bool_]:
    if question.route is None:
        return np.ones(chance.rows, np.bool_)
    value = chance.compute(question.route, scope)
    if value is None:
        place = Place(file=form.path, sheet="survey", row=question.row)
        source = question.route.source
        raise problems.ROUTE.error(place, question=question.name, condition=source)
    return to_booleans(value)


def _other(
    question: Question, scope: Mapping[str, Value], chance: Chance, asked: NDArray[np.bool_]
) -> Value | None:
    """Return what later conditions see of a question that is no column; None if it is not known."""
    if question.calculation is None:
        said = "OK" if question.kind == "acknowledge" else ""
        return Strings((said, ""), np.where(asked, 0, 1)) if said else constant("", chance.rows)
    value = chance.compute(question.calculation, scope)
    if value is None:
        return None
    strings = to_strings(value)
    return Strings((*strings.levels, ""), np.where(asked, strings.index, len(strings.levels)))
