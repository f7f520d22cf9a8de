"""Answers that are numbers, such that the question's constraint accepts them.

In: an item, the people, its constraint. Out: numbers. What is drawn first is skewed and rounded as
people round; what the constraint refuses is drawn anew between the numbers that stand in the
constraint itself.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Column
from tyndau.fieldwork.simulation.items import Item
from tyndau.fieldwork.simulation.people import People
from tyndau.questionnaire.expression import Expression
from tyndau.questionnaire.syntax import Constant, walk
from tyndau.questionnaire.values import number

_TRIES = 40
_USUAL, _SPREAD = 3.0, 0.8


def draw_numbers(
    item: Item,
    people: People,
    accepted: Callable[[Column], NDArray[np.bool_]],
    constraint: Expression | None,
    first: NDArray[np.float64] | None,
) -> NDArray[np.float64]:
    """Draw numbers that the constraint accepts.

    Parameters
    ----------
    item : Item
        The question.
    people : People
        Everybody.
    accepted : callable
        Says of a column of answers which ones the constraint accepts.
    constraint : Expression or None
        The constraint.
    first : ndarray of float, optional
        What is known of the respondent, such as the age.

    Returns
    -------
    ndarray of float, shape (n,)
        NaN where nothing was found that the constraint accepts.
    """
    n, rng = len(people), people.rng
    whole = np.ones(n, np.bool_)
    low, high = _range(item, constraint)
    values = np.round(rng.lognormal(np.log(_USUAL), _SPREAD, n)) if first is None else first.copy()
    if item.question.parameters.get("start"):
        values = _between(low, high, item, people)
    for _ in range(_TRIES):
        refused = ~accepted(Column(item.variable, values, whole))
        if not refused.any():
            return values
        values = np.where(refused, _between(low, high, item, people), values)
    refused = ~accepted(Column(item.variable, values, whole))
    values[refused] = np.nan
    return values


def _range(item: Item, constraint: Expression | None) -> tuple[float, float]:
    """Return between which numbers to look: those of the constraint, or of a slider."""
    given = [number(item.question.parameters.get(key, "")) for key in ("start", "end")]
    if not np.isnan(given).any():
        return min(given), max(given)
    nodes = walk(constraint.tree) if constraint else iter(())
    found = [
        value if isinstance(value, float | int) else number(value)
        for value in (node.value for node in nodes if isinstance(node, Constant))
    ]
    found = [float(value) for value in found if not np.isnan(value)]
    if not found:
        return 0.0, 100.0
    return (min(found), max(found)) if len(found) > 1 else (min(0.0, found[0]), found[0] + 50.0)


def _between(low: float, high: float, item: Item, people: People) -> NDArray[np.float64]:
    step = number(item.question.parameters.get("step", "1")) or 1.0
    drawn = low + people.rng.random(len(people)) * (high - low)
    return np.asarray(low + np.round((drawn - low) / step) * step)
