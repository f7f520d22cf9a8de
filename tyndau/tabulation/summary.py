"""What is added to a finished table: standard deviations, and answers in the order of their shares.

In: a table of ratios. Out: the table with a row more under each mean, or with its rows in another
order. Nothing is estimated or tested here: a standard deviation describes how far answers lie from
their mean and says nothing of the sample's error.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from tyndau.base.frames import MEANINGS
from tyndau.base.languages import Text
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.rows import Rows
from tyndau.tabulation.statistics import Statistics
from tyndau.tabulation.table import RowHead, Table

_DEVIATION = Text(kk="Стандартты ауытқу", ru="Стандартное отклонение")

# Answers that say little or nothing stand at the end, in this order, however many gave them.
_LAST = ("other", "none", "dont_know", "refused")

_BY_CELL = (
    "percent", "se", "low", "high", "degrees", "people", "base", "weighted_base", "effective_base",
    "versus_rest", "higher_than", "weakly",
)  # fmt: skip


def deviations(rows: Rows, statistics: Statistics) -> Floats | None:
    """Compute the standard deviation behind a table's mean.

    Parameters
    ----------
    rows : Rows
        The table's rows.
    statistics : Statistics
        The question's sums.

    Returns
    -------
    ndarray of float, shape (C,), or None
        By column; NaN where fewer than two people have a score; None where there is no mean.

    Notes
    -----
    The root of R ``survey::svyvar`` on ``subset(design, ...)`` of those who have a score: the
    weighted mean of squared distances from the weighted mean, times n/(n - 1), n people
    with a weight, unweighted.
    """
    at = next((row for row, head in enumerate(rows.heads) if head.kind == "mean"), None)
    if at is None:
        return None
    measures = rows.measures
    total = statistics.moments.total
    below = total @ measures.x[:, measures.base_of[at]]
    count = statistics.present @ measures.x[:, measures.base_of[at]]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total @ measures.y[:, at] / below
        variance = (total @ measures.yy[:, at] / below - mean**2) * count / (count - 1)
    enough = (count > 1) & (below > 0)
    found: Floats = np.where(enough, np.sqrt(np.maximum(variance, 0)), np.nan)
    answer: Floats = found * rows.scale[at]
    return answer


def with_deviation(table: Table, values: Floats | None) -> Table:
    """Add the row of standard deviations under that of the mean.

    Parameters
    ----------
    table : Table
        A table whose last row is its mean.
    values : ndarray of float, shape (C,), or None
        As `deviations` gives them.

    Returns
    -------
    Table
        With a row of the kind ``sd``, on the base of the mean; the same table where there is none.
    """
    if values is None:
        return table
    arrays = {name: getattr(table, name) for name in _BY_CELL}
    added = {name: array[-1:].copy() for name, array in arrays.items()}
    added["percent"][0] = values
    for name in ("se", "low", "high"):
        added[name][:] = np.nan
    for name in ("versus_rest", "higher_than", "weakly"):
        added[name][:] = 0
    joined: dict[str, Any] = {
        name: np.concatenate([arrays[name], added[name]]) for name in _BY_CELL
    }
    return replace(table, rows=(*table.rows, RowHead("sd", _DEVIATION, "sd")), **joined)


def by_share(table: Table) -> Table:
    """Order the answers of a table from the most frequent in all on.

    Parameters
    ----------
    table : Table
        A table of a closed question.

    Returns
    -------
    Table
        Answers by their percentage in the total, equal ones in the order of asking; "other", "none
        of these", "don't know" and "refused" after them; whatever is no answer stays at the end.
    """
    meanings = {
        one.code: one.meaning or MEANINGS.get(one.code, "") for one in table.question.categories
    }

    def place(row: int) -> tuple[int, float]:
        head = table.rows[row]
        if head.kind != "answer":
            return len(_LAST) + 1, 0.0
        said = meanings[head.code]
        if said in _LAST:
            return _LAST.index(said) + 1, 0.0
        return 0, -float(np.nan_to_num(table.percent[row, 0]))

    order = sorted(range(len(table.rows)), key=place)
    moved: dict[str, Any] = {name: getattr(table, name)[order] for name in _BY_CELL}
    return replace(table, rows=tuple(table.rows[row] for row in order), **moved)
