"""Who was asked each question, from the routing and the answers.

In: a form and a frame with answers. Out: a mask for each question, or None where the frame does not
determine it. Calculates are computed on the way. The calculate `ELIGIBLE` says whom the screening
lets in; a frame without the screening questions holds only people who were let in.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Frame
from tyndau.questionnaire.evaluation import evaluate
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.functions import NotComputableError
from tyndau.questionnaire.values import (
    Strings,
    Value,
    constant,
    to_booleans,
    to_strings,
    value_of,
)

ELIGIBLE = "eligible"
LET_IN = "yes"


def asked(form: Form, frame: Frame) -> dict[str, NDArray[np.bool_] | None]:
    """Tell who was asked each question.

    An answer given by somebody who was not asked counts as no answer in later conditions, as it
    would on the phone; finding such answers is left to the caller.

    Parameters
    ----------
    form : Form
        The questionnaire.
    frame : Frame
        Answers; columns may be missing, and their ``asked`` is not looked at.

    Returns
    -------
    dict of str to (ndarray of bool, shape (n,)) or None
        For every question of the form; None where the routing depends on variables that the
        frame does not have, on chance or on the clock, or where the question is repeated.
    """
    result, _ = _followed(form, frame)
    return {question.name: result[question.name] for question in form.questions}


def calculated(form: Form, frame: Frame) -> dict[str, tuple[str, ...]]:
    """Compute the calculates of a form.

    Parameters
    ----------
    form : Form
        The questionnaire.
    frame : Frame
        Answers; a column of a calculate's name stands for what was computed elsewhere.

    Returns
    -------
    dict of str to tuple of str
        A text for each row by name; those that the frame does not determine are left out.
    """
    _, scope = _followed(form, frame)
    found = {}
    for question in form.questions:
        if question.calculation is not None and question.name in scope:
            texts = to_strings(scope[question.name])
            found[question.name] = tuple(texts.levels[at] for at in texts.index)
    return found


def interviewed(form: Form, frame: Frame) -> NDArray[np.bool_]:
    """Tell whom the screening let in: the respondents, whom bases speak of.

    Parameters
    ----------
    form : Form
        The questionnaire.
    frame : Frame
        Answers, those of people who were screened out among them.

    Returns
    -------
    ndarray of bool, shape (n,)
        Everybody, where the form has no calculate `ELIGIBLE` or the frame does not determine it.
    """
    _, scope = _followed(form, frame)
    if ELIGIBLE not in scope:
        return np.ones(len(frame), np.bool_)
    verdict = to_strings(scope[ELIGIBLE])
    return np.array([level == LET_IN for level in verdict.levels], np.bool_)[verdict.index]


def _followed(
    form: Form, frame: Frame
) -> tuple[dict[str, NDArray[np.bool_] | None], dict[str, Value]]:
    """Follow the routing; return who was asked, and the values that conditions see."""
    rows = len(frame)
    scope: dict[str, Value] = {}
    result: dict[str, NDArray[np.bool_] | None] = {}
    for question in in_order(form):
        mask = _mask(question, scope, rows)
        value = _value(question, frame, mask, scope, rows)
        if value is None and question.name == ELIGIBLE:
            value = constant(LET_IN, rows)
        if value is not None:
            scope[question.name] = value
        result[question.name] = mask
    return result, scope


def in_order(form: Form) -> list[Question]:
    """Order the questions so that each stands after those that it depends on.

    Parameters
    ----------
    form : Form
        A form without circles.

    Returns
    -------
    list of Question
        In the order of asking otherwise.
    """
    questions = {question.name: question for question in form.questions}
    ordered: dict[str, Question] = {}
    # Iterative depth-first search: chains of conditions may be longer than the stack is deep.
    for start in form.questions:
        stack = [start]
        while stack:
            question = stack[-1]
            needed = [
                questions[name]
                for name in sorted(_needed(question))
                if name in questions and name not in ordered and questions[name] not in stack
            ]
            if question.name in ordered or not needed:
                ordered[stack.pop().name] = question
            else:
                stack.append(needed[0])
    return list(ordered.values())


def _needed(question: Question) -> frozenset[str]:
    names: frozenset[str] = frozenset()
    for expression in (question.route, question.calculation):
        if expression is not None:
            names |= expression.names
    return names


def _mask(question: Question, scope: Mapping[str, Value], rows: int) -> NDArray[np.bool_] | None:
    if question.repeated:
        return None
    if question.route is None:
        return np.ones(rows, np.bool_)
    try:
        return to_booleans(evaluate(question.route.tree, scope, rows))
    except NotComputableError:
        return None


def _value(
    question: Question,
    frame: Frame,
    mask: NDArray[np.bool_] | None,
    scope: Mapping[str, Value],
    rows: int,
) -> Value | None:
    """Return what later conditions see of a question; None where it is not known."""
    if question.repeated:
        return None
    if question.name in frame:
        everybody = np.ones(rows, np.bool_)
        return value_of(frame[question.name], everybody if mask is None else mask)
    if question.calculation is None or mask is None:
        return None
    try:
        value = to_strings(evaluate(question.calculation.tree, scope, rows))
    except NotComputableError:
        return None
    # Outside its route a calculate is empty.
    return Strings((*value.levels, ""), np.where(mask, value.index, len(value.levels)))
