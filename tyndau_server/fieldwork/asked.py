"""Whether somebody was asked a question, by the routing of the study's own form.

In: a typed form and the answers of one interview. Out: yes, no or not known, by question. Phones
leave out what was not asked; a form of others is judged by that alone.
"""

from collections.abc import Mapping

import numpy as np

from tyndau.base.frames import NO_CATEGORY, Column, Frame, Variable
from tyndau.questionnaire.bases import form_variables
from tyndau.questionnaire.form import Form
from tyndau.questionnaire.routing import asked as routed

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
    columns = {
        variable.name: _column(variable, answers.get(variable.name, ""))
        for variable in form_variables(form)
    }
    masks = routed(form, Frame(np.array(["1"]), columns))
    return {name: None if mask is None else bool(mask[0]) for name, mask in masks.items()}


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
