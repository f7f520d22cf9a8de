"""Diagnostics: what weights cost and whether they do what they should.

In: weights, margins. Out: `Diagnostics` (Kish's effect, effective size, extremes) and `MarginRow`s
(each category before, after, target; small ones with a merge suggested). Nothing is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tyndau.weighting.adjustment import checked_weights
from tyndau.weighting.margins import Margin
from tyndau.weighting.merging import SMALL_BELOW, Policy, suggest_merges

# The share of all weight that the heaviest rows carry is told of this part of the rows.
TOP = 0.05


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What a set of weights costs; over rows whose weight is above 0.

    Attributes
    ----------
    n : int
        Rows with a weight above 0.
    total : float
        Sum of the weights.
    mean, minimum, maximum : float
        Of the weights.
    ratio : float
        The largest by the smallest.
    kish : float
        Kish's design effect of unequal weights, 1 + cv^2, 1 or more.
    effective : float
        Effective size: n by Kish's effect.
    top_share : float
        Share of the total, 0 to 1, that the heaviest 5 % of the rows carry.
    """

    n: int
    total: float
    mean: float
    minimum: float
    maximum: float
    ratio: float
    kish: float
    effective: float
    top_share: float


@dataclass(frozen=True, slots=True)
class MarginRow:
    """One category of one margin.

    Attributes
    ----------
    margin, category : str
        Its names.
    rows : int
        Rows of the sample.
    before, after : float
        Sum of weights before and after.
    target : float or None
        What is known of the population; None where the category is left free.
    small : bool
        Whether it has too few rows to be trusted.
    merge : str
        The category to merge it with, where it is small; empty where none is suggested.
    """

    margin: str
    category: str
    rows: int
    before: float
    after: float
    target: float | None
    small: bool
    merge: str


def diagnose(weights: ArrayLike) -> Diagnostics:
    """Say what weights cost.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        0 or more.

    Returns
    -------
    Diagnostics
        Kish's effect, effective size, extremes.

    Raises
    ------
    UserError
        If weights are missing or negative, or all are 0.

    References
    ----------
    Kish, L. (1965). *Survey Sampling*, section 11.7; Kish, L. (1992). Weighting for unequal P_i.
    *Journal of Official Statistics* 8, 183-200.
    """
    weight = checked_weights(weights)
    used = np.sort(weight[weight > 0])
    total, count = float(used.sum()), len(used)
    kish = count * float((used**2).sum()) / total**2
    top = used[count - max(1, round(count * TOP)) :]
    least, most = float(used[0]), float(used[-1])
    return Diagnostics(
        count, total, total / count, least, most, most / least, kish, count / kish,
        float(top.sum()) / total,
    )  # fmt: skip


def compare_margins(
    margins: Sequence[Margin],
    before: ArrayLike,
    after: ArrayLike,
    *,
    small_below: int = SMALL_BELOW,
    merge_by: Policy = "neighbour",
) -> tuple[MarginRow, ...]:
    """Set each category before, after and target beside each other.

    Parameters
    ----------
    margins : sequence of Margin
        The margins; categories without target and without rows are left out.
    before, after : array_like of float, shape (n,)
        Weights before and after.
    small_below : int, default 30
        A category of fewer rows is small.
    merge_by : {"neighbour", "similar"}
        How the category to merge it with is chosen, see `tyndau.weighting.merging`.

    Returns
    -------
    tuple of MarginRow
        In the order of margins and codes.
    """
    first, last = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    found = []
    for margin in margins:
        inside = margin.codes >= 0
        codes, size = margin.codes[inside], len(margin.totals)
        rows = np.bincount(codes, minlength=size)
        was = np.bincount(codes, first[inside], minlength=size)
        now = np.bincount(codes, last[inside], minlength=size)
        shown = np.flatnonzero(margin.known | (rows > 0))
        merges = {
            int(shown[one.category]): int(shown[one.into])
            for one in suggest_merges(
                rows[shown], below=small_below, by=merge_by, blocks=margin.blocks[shown]
            )
            if one.into >= 0
        }
        for one in shown:
            target = float(margin.totals[one])
            into = merges.get(int(one), -1)
            found.append(
                MarginRow(
                    margin.name,
                    margin.categories[one],
                    int(rows[one]),
                    float(was[one]),
                    float(now[one]),
                    None if np.isnan(target) else target,
                    bool(rows[one] < small_below),
                    margin.categories[into] if into >= 0 else "",
                )
            )
    return tuple(found)
