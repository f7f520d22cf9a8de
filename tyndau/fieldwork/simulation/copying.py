"""What a declared bad interviewer does who copies: former interviews handed in again.

In: the answers of everybody, whose they are. Out: the answers with some interviews made out of
earlier ones of the same interviewer, a few answers changed. Only answers are changed on which no
route, filter or constraint depends, so that a copy follows the routing as its source does.
"""

import re
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import NO_CATEGORY, Column
from tyndau.fieldwork.simulation.items import Item
from tyndau.questionnaire.form import Form

# Interviews that are really made before the copying begins, and the share of answers changed.
_HONEST, _CHANGED = 6, 0.04
_NAMES = re.compile(r"\$\{([^}]+)\}")


def copy_interviews(
    columns: Mapping[str, Column],
    form: Form,
    items: Mapping[str, Item],
    copiers: Iterable[NDArray[np.intp]],
    rng: np.random.Generator,
) -> None:
    """Replace interviews of copying interviewers by copies, in place.

    Parameters
    ----------
    columns : mapping of str to Column
        Answers of everybody; their arrays are changed.
    form : Form
        The questionnaire.
    items : mapping of str to Item
        Its questions.
    copiers : iterable of ndarray of int
        For each copying interviewer, the rows of the interviews in their order.
    rng : numpy.random.Generator
        Chance.
    """
    kept = {name for name, item in items.items() if item.role in ("point", "interviewer")}
    free = _free(form, items)
    for rows in copiers:
        if len(rows) <= _HONEST:
            continue
        sources = rng.choice(rows[:_HONEST], size=len(rows) - _HONEST)
        copies = rows[_HONEST:]
        for name, column in columns.items():
            if name in kept:
                continue
            column.values[copies] = column.values[sources]
            column.asked[copies] = column.asked[sources]
            if name in free:
                _change(column, copies, items[name], rng)


def _free(form: Form, items: Mapping[str, Item]) -> set[str]:
    """Return single responses on which nothing depends and which depend on nothing but routes."""
    needed: set[str] = set()
    for question in form.questions:
        for expression in (question.route, question.calculation):
            needed |= expression.names if expression else frozenset()
        needed.update(_NAMES.findall(f"{question.constraint} {question.choice_filter}"))
    return {
        name
        for name, item in items.items()
        if item.variable.kind == "single"
        and name not in needed
        and not item.question.constraint
        and not item.question.choice_filter
        and len(item.substantive) > 1
    }


def _change(column: Column, rows: NDArray[np.intp], item: Item, rng: np.random.Generator) -> None:
    given = column.values[rows] != NO_CATEGORY
    changed = rows[given & (rng.random(len(rows)) < _CHANGED)]
    column.values[changed] = rng.choice(item.substantive, size=len(changed))
