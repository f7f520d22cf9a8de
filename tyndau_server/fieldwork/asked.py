"""Whether somebody was asked a question, by the routing of the study's own form.

In: a typed form and the answers of one interview. Out: yes, no or not known, by question. Phones
leave out what was not asked; a form of others is judged by that alone.
"""

from collections.abc import Mapping

import numpy as np

from tyndau.base.frames import NO_CATEGORY, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.questionnaire.bases import form_variables
from tyndau.questionnaire.draws import draws
from tyndau.questionnaire.form import Form
from tyndau.questionnaire.routing import asked as routed
from tyndau.questionnaire.routing import calculated

_ONE = np.ones(1, np.bool_)


def asked(form: Form, answers: Mapping[str, str]) -> dict[str, bool | None]:
    """Tell which questions somebody was asked.

    Parameters
    ----------
    form : Form
        The form by which the interview was made.
    answers : mapping of str to str
        Texts by name of the question, as in the interview's XML; what cannot be an answer counts
        as none.

    Returns
    -------
    dict of str to (bool or None)
        By name; None where the routing depends on what is not known.
    """
    masks = routed(form, _frame(form, answers))
    return {name: None if mask is None else bool(mask[0]) for name, mask in masks.items()}


def computed(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Compute what a phone computes while it asks.

    Parameters
    ----------
    form : Form
        The form by which the interview was made.
    answers : mapping of str to str
        Texts by name of the question.

    Returns
    -------
    dict of str to str
        Texts of the calculates by name, where the answers determine them.
    """
    found = calculated(form, _frame(form, answers))
    return {name: texts[0] for name, texts in found.items()}


def _frame(form: Form, answers: Mapping[str, str]) -> Frame:
    columns = {
        variable.name: _column(variable, answers.get(variable.name, ""))
        for variable in form_variables(form)
    }
    # What chance drew is known from the answers alone.
    columns |= {
        draw.name: _column(Variable(draw.name, "text", Text()), answers[draw.name])
        for draw in draws(form)
        if answers.get(draw.name)
    }
    return Frame(np.array(["1"]), columns)


def _column(variable: Variable, text: str) -> Column:
    codes = text.split()
    if variable.kind == "single":
        place = variable.codes.index(text) if text in variable.codes else NO_CATEGORY
        return Column(variable, np.array([place], np.int16), _ONE)
    if variable.kind == "multiple":
        chosen = np.array([[code in codes for code in variable.codes]], np.bool_)
        return Column(variable, chosen, _ONE)
    if variable.kind == "number":
        return Column(variable, np.array([_number(text)]), _ONE)
    return Column(variable, np.array([text], dtype=object), _ONE)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
