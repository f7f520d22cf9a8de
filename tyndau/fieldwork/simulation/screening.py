"""Which answers the screening turns away.

In: a form. Out: by question of the screening, the answers with which nobody is let in. It looks at
what the calculate ``eligible`` says of every combination of answers, of a sample of them where they
are too many.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from tyndau.fieldwork.simulation.chance import Chance
from tyndau.questionnaire.form import Form, Question
from tyndau.questionnaire.routing import ELIGIBLE, LET_IN, in_order
from tyndau.questionnaire.values import Strings, Value, to_strings

_MOST = 20_000
# Ages that a screening may ask for: one of each kind is enough.
_NUMBERS = ("10", "16", "17", "18", "25", "40", "70")


def screening_questions(form: Form) -> frozenset[str]:
    """Return what the screening looks at, through calculates.

    Parameters
    ----------
    form : Form
        The form.

    Returns
    -------
    frozenset of str
        Names of questions and calculates; empty where the form has no screening.
    """
    formulas = {question.name: question.calculation for question in form.questions}
    found: set[str] = set()
    waiting = [ELIGIBLE]
    while waiting:
        formula = formulas.get(waiting.pop())
        new = formula.names - found if formula else frozenset()
        found |= new
        waiting.extend(new)
    return frozenset(found)


def turned_away(form: Form, rng: np.random.Generator) -> dict[str, frozenset[str]]:
    """Find the answers with which nobody is let in.

    Parameters
    ----------
    form : Form
        The form.
    rng : numpy.random.Generator
        Chooses combinations where there are too many.

    Returns
    -------
    dict of str to frozenset of str
        Codes by question of the screening; empty sets where no answer alone turns away.
    """
    names = screening_questions(form)
    asked = [one for one in form.questions if one.name in names and _values(one)]
    if not asked:
        return {}
    offered = [_values(question) for question in asked]
    if np.prod([float(len(values)) for values in offered]) <= _MOST:
        combinations = np.array(list(product(*(range(len(values)) for values in offered))))
    else:
        combinations = np.stack(
            [rng.integers(len(values), size=_MOST) for values in offered], axis=1
        )
    scope: dict[str, Value] = {
        question.name: Strings(values, combinations[:, at])
        for at, (question, values) in enumerate(zip(asked, offered, strict=True))
    }
    let_in = _let_in(form, scope, len(combinations), rng)
    return {
        question.name: frozenset(
            code
            for position, code in enumerate(values)
            if not let_in[combinations[:, at] == position].any()
        )
        for at, (question, values) in enumerate(zip(asked, offered, strict=True))
        if question.kind == "single"
    }


def _values(question: Question) -> tuple[str, ...]:
    if question.kind == "single":
        return tuple(dict.fromkeys(choice.category.code for choice in question.choices))
    return _NUMBERS if question.kind == "number" else ()


def _let_in(
    form: Form, scope: dict[str, Value], rows: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    chance = Chance(rng, rows, "2026-01-01")
    for question in in_order(form):
        if question.calculation is not None and question.name not in scope:
            value = chance.compute(question.calculation, scope)
            if value is not None:
                scope[question.name] = value
    if ELIGIBLE not in scope:
        return np.ones(rows, np.bool_)
    verdict = to_strings(scope[ELIGIBLE])
    return np.array([level == LET_IN for level in verdict.levels], np.bool_)[verdict.index]
