"""Raking and post-stratification: weights brought to known totals of categories.

In: weights and margins. Out: an `Adjustment` with its `Calibration`. Rows are gathered into the
cells of the joint margins; the cells are raked and their factors go back to the rows, which gives
the same weights as raking row by row. Margins may be partial, see `tyndau.weighting.margins`.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.base.languages import Number
from tyndau.weighting import problems
from tyndau.weighting.adjustment import Adjustment, Floats, checked_weights, summed
from tyndau.weighting.calibration import Calibration
from tyndau.weighting.margins import Cells, Margin, collapse, indicators, require_people

TOLERANCE = 1e-10
MOST_ITERATIONS = 1000


def post_stratify(weights: ArrayLike, margin: Margin) -> Adjustment:
    """Bring weights to the totals of cells that do not overlap.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        0 or more.
    margin : Margin
        The cells; rows outside, and cells whose total is not known, keep their weights.

    Returns
    -------
    Adjustment
        Weights that sum to the total in every cell.

    Raises
    ------
    UserError
        If weights are wrong, or a cell with people has nobody in the sample.

    Notes
    -----
    R ``survey::postStratify``.

    References
    ----------
    Holt, D., Smith, T. M. F. (1979). Post stratification. *JRSS A* 142, 33-46.
    """
    weight = checked_weights(weights)
    cells = collapse([margin])
    sums = summed(cells.index, weight, len(cells.codes))
    require_people([margin], cells, sums, _counts(cells))
    factors, targets = _factors(margin, cells.codes[:, 0], sums)
    inside = ~np.isnan(targets) & (targets > 0)
    misfit = np.abs(factors[inside] * sums[inside] - targets[inside]) / targets[inside]
    adjusted = weight * factors[cells.index]
    auxiliary, _, _ = indicators(cells, [margin])
    return Adjustment(
        "poststratify",
        len(weight),
        adjusted,
        Calibration(adjusted, weight, cells.index, auxiliary),
        {"margin": margin.name},
        (float(misfit.max(initial=0.0)),),
    )


def rake(
    weights: ArrayLike,
    margins: Sequence[Margin],
    *,
    tolerance: float = TOLERANCE,
    max_iterations: int = MOST_ITERATIONS,
) -> Adjustment:
    """Bring weights to the totals of several margins at once.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        0 or more.
    margins : sequence of Margin
        At least one; partial ones may be among them.
    tolerance : float, default 1e-10
        The largest relative distance from a total at which it ends.
    max_iterations : int, default 1000
        After how many rounds it is given up.

    Returns
    -------
    Adjustment
        Weights that reach every known total, with the distance after each round.

    Raises
    ------
    UserError
        If weights are wrong, a category with people has nobody in the sample, the totals of whole
        margins do not agree, or it does not converge.

    Notes
    -----
    R ``survey::rake``; with partial margins ``survey::calibrate(calfun = "raking")`` on the
    indicators of the categories that are known. As in R the residuals that enter a variance are
    from unweighted means within the margins, so the metric of the calibration is 1.

    References
    ----------
    Deming, W. E., Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table
    when the expected marginal totals are known. *Annals of Mathematical Statistics* 11, 427-444.
    """
    weight = checked_weights(weights)
    cells = collapse(margins)
    sums = summed(cells.index, weight, len(cells.codes))
    require_people(margins, cells, sums, _counts(cells))
    _require_agreement(margins, tolerance)
    raked, path = _raked(sums, cells, margins, tolerance, max_iterations)
    factors = np.divide(raked, sums, out=np.ones_like(sums), where=sums > 0)
    adjusted = factors[cells.index]
    adjusted *= weight
    auxiliary, _, _ = indicators(cells, margins)
    options = {"tolerance": tolerance, "max_iterations": max_iterations}
    return Adjustment(
        "rake", len(weight), adjusted,
        Calibration(adjusted, np.ones(len(weight)), cells.index, auxiliary),
        {"margins": [margin.name for margin in margins], **options},
        tuple(path),
        {"cells": len(cells.codes), "empty_cells": _possible(cells) - len(cells.codes)},
    )  # fmt: skip


def _counts(cells: Cells) -> NDArray[np.intp]:
    return np.bincount(cells.index, minlength=len(cells.codes))


def _possible(cells: Cells) -> int:
    """Return how many crossings the categories that occur could make; many empty ones hinder."""
    return math.prod(len(np.unique(codes)) for codes in cells.codes.T)


def _factors(margin: Margin, codes: NDArray[np.intp], sums: Floats) -> tuple[Floats, Floats]:
    """Return by which each cell is multiplied, and the total of its category (NaN where free)."""
    slots = np.append(margin.totals, np.nan)  # the last is that of cells outside, whose code is -1
    held = summed(codes + 1, sums, len(slots))
    held = np.append(held[1:], held[0])
    free = np.isnan(slots) | (held == 0)
    factor = np.divide(slots, held, out=np.ones_like(slots), where=~free)
    return factor[codes], slots[codes]


def _raked(
    sums: Floats, cells: Cells, margins: Sequence[Margin], tolerance: float, max_iterations: int
) -> tuple[Floats, list[float]]:
    path: list[float] = []
    raked = sums
    while len(path) < max_iterations:
        for margin, codes in zip(margins, cells.codes.T, strict=True):
            raked = raked * _factors(margin, codes, raked)[0]
        misfit, worst = max(
            (
                _misfit(margin, codes, raked)
                for margin, codes in zip(margins, cells.codes.T, strict=True)
            ),
            key=lambda one: one[0],
        )
        path.append(misfit)
        if misfit <= tolerance:
            return raked, path
    margin, category, got = worst
    raise problems.RAKING_DIVERGED.error(
        iterations=len(path),
        margin=margin.name,
        category=margin.categories[category],
        got=Number(got),
        wanted=Number(float(margin.totals[category])),
    )


def _misfit(
    margin: Margin, codes: NDArray[np.intp], sums: Floats
) -> tuple[float, tuple[Margin, int, float]]:
    """Return the largest relative distance from a total, and where it is."""
    inside = codes >= 0
    held = summed(codes[inside], sums[inside], len(margin.totals))
    wanted = np.where(margin.totals > 0, margin.totals, np.nan)
    distance = np.nan_to_num(np.abs(held - wanted) / wanted, nan=0.0)
    worst = int(distance.argmax())
    return float(distance[worst]), (margin, worst, float(held[worst]))


def _require_agreement(margins: Sequence[Margin], tolerance: float) -> None:
    """Refuse whole margins whose sums differ: raking would go round in a circle."""
    whole = [one for one in margins if one.known.all() and not (one.codes.min(initial=0) < 0)]
    for other in whole[1:]:
        first, second = float(whole[0].totals.sum()), float(other.totals.sum())
        if abs(first - second) > tolerance * first:
            raise problems.MARGINS_DISAGREE.error(
                first=whole[0].name, first_people=Number(first), first_date="–",
                second=other.name, second_people=Number(second), second_date="–",
                territory="–",
            )  # fmt: skip
