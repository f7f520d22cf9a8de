"""The rows of a table: which answers and means a question has, as ratios of its slots.

In: a variable and how many people left it empty. Out: heads of rows, and the `Measures` by which
`tyndau.estimation` makes a percentage or a mean of the slots that an engine counted. A net of a
single response is the sum of its answers; one of a multiple response holds whoever gave any of its
answers, once, so that it is counted in a slot of its own (`with_nets`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Category, Column, Variable
from tyndau.base.languages import Text
from tyndau.estimation.ratios import Floats, Measures
from tyndau.tabulation.statistics import ONE, SQUARE, VALUE, Statistics
from tyndau.tabulation.table import RowHead

_NO_ANSWER = Text(kk="Жауап жоқ", ru="Нет ответа")
_MEAN_SCORE = Text(kk="Орташа балл", ru="Средний балл")
_MEAN = Text(kk="Орташа мән", ru="Среднее")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """R rows of a table over B bases.

    Attributes
    ----------
    heads : tuple of RowHead
        Answers, those who gave none where there are any, nets, a mean.
    measures : Measures
        How each row is made of slots.
    scale, origin : ndarray of float, shape (R,)
        A row's value is scale times the ratio plus origin: 100 and 0 for percentages.
    exclusive : bool
        Whether a person gives one answer at most.
    """

    heads: tuple[RowHead, ...]
    measures: Measures
    scale: Floats
    origin: Floats
    exclusive: bool

    @property
    def gate(self) -> NDArray[np.intp]:
        """Rows by which columns are compared as a whole: all answers, or the mean of a number."""
        kinds = [head.kind for head in self.heads]
        answers = ("answer", "no_answer") if "answer" in kinds else ("mean",)
        return np.array([row for row, kind in enumerate(kinds) if kind in answers], dtype=np.intp)

    @property
    def shares(self) -> NDArray[np.bool_]:
        """Which rows are percentages and no means; bool, shape (R,)."""
        return np.array([head.is_share for head in self.heads], dtype=bool)


def rows_of(variable: Variable, statistics: Statistics) -> Rows:
    """Lay out the rows of a question.

    Parameters
    ----------
    variable : Variable
        The question.
    statistics : Statistics
        Its sums.

    Returns
    -------
    Rows
        Heads and measures; the row ``no_answer`` only where somebody in the total gave none.
    """
    slots = statistics.counts.shape[1]
    empty = slots - 2
    heads = [RowHead(category.code, category.label, "answer") for category in variable.categories]
    taken = [[number] for number in range(len(heads))]
    if statistics.counts[0, empty] > 0:
        heads.append(RowHead("no_answer", _NO_ANSWER, "no_answer"))
        taken.append([empty])
    heads += [RowHead(net.code, net.label, "net") for net in variable.nets]
    taken += _net_slots(variable)
    y = np.zeros((slots, len(taken)))
    for row, some in enumerate(taken):
        y[some, row] = 1.0
    squared = crossed = y
    x = np.eye(slots)[:, [slots - 1]]
    base_of = np.zeros(len(taken), dtype=np.intp)
    scale = np.full(len(taken), 100.0)
    origin = np.zeros(len(taken))
    mean = _mean(variable, slots)
    if mean is not None:
        number = variable.kind == "number"
        heads.append(RowHead("mean", _MEAN if number else _MEAN_SCORE, "mean"))
        y, squared, crossed = (
            np.column_stack([there, added])
            for there, added in zip((y, squared, crossed), mean[:3], strict=True)
        )
        x = np.column_stack([x, mean[3]])
        base_of = np.append(base_of, 1)
        scale = np.append(scale, 1.0)
        origin = np.append(origin, statistics.origin)
    measures = Measures(y, squared, crossed, x, base_of)
    return Rows(tuple(heads), measures, scale, origin, variable.kind != "multiple")


def with_nets(column: Column) -> Column:
    """Add the nets of a multiple response to its answers, so that an engine counts them.

    Parameters
    ----------
    column : Column
        A question.

    Returns
    -------
    Column
        The same column where nothing has to be counted beside its answers.
    """
    variable = column.variable
    if variable.kind != "multiple" or not variable.nets:
        return column
    nets = [column.values[:, _places(variable, net.codes)].any(axis=1) for net in variable.nets]
    added = tuple(Category(net.code, net.label) for net in variable.nets)
    extended = replace(variable, categories=(*variable.categories, *added))
    return Column(extended, np.column_stack([column.values, *nets]), column.asked)


def _net_slots(variable: Variable) -> list[list[int]]:
    """Return the slots that each net is the sum of."""
    if variable.kind == "multiple":
        first = len(variable.categories)
        return [[first + number] for number in range(len(variable.nets))]
    return [_places(variable, net.codes) for net in variable.nets]


def _places(variable: Variable, codes: Sequence[str]) -> list[int]:
    return [variable.codes.index(code) for code in codes]


def _mean(variable: Variable, slots: int) -> tuple[Floats, Floats, Floats, Floats] | None:
    """Return y, its square, its product with the denominator, and the denominator, by slot."""
    value, square, one = np.zeros((3, slots))
    if variable.kind == "number":
        value[VALUE] = square[SQUARE] = one[ONE] = 1.0
        return value, square, value, one
    if variable.kind != "single" or not variable.is_scale:
        return None
    for number, category in enumerate(variable.categories):
        if category.score is not None:
            value[number], square[number] = category.score, category.score**2
            one[number] = 1.0
    return value, square, value, one
