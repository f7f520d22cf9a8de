"""Trimming: weights that are too large or too small are cut, and what is cut goes to the others.

In: weights and bounds. Out: an `Adjustment` whose weights have the same sum. A calibration that
went before stays what it was, as in R; weights that were trimmed no longer reach its totals
exactly, so that the default of a study rakes once more.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.base.errors import UserError
from tyndau.base.languages import Number
from tyndau.weighting import problems
from tyndau.weighting.adjustment import Adjustment, Floats, checked_weights

Redistribution = Literal["equally", "proportionally"]

# Each round of strict trimming leaves a fixed share of the last one's excess.
_MOST_ROUNDS = 10_000


def trim(
    weights: ArrayLike,
    *,
    lower: float = 0.0,
    upper: float = np.inf,
    redistribute: Redistribution = "equally",
    strict: bool = False,
) -> Adjustment:
    """Cut weights at bounds and give what was cut to the others.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        0 or more; rows of weight 0 are left out of it.
    lower, upper : float, optional
        The bounds, in the unit of the weights.
    redistribute : {"equally", "proportionally"}
        Each weight within the bounds gets the same sum, as in R, or the same factor.
    strict : bool, default False
        Whether to go on until no weight is out of bounds: what is given to the others may carry
        some of them out.

    Returns
    -------
    Adjustment
        The weights; ``facts`` say how many were cut, the rounds, and how much went to the others.

    Raises
    ------
    UserError
        If weights are wrong, or none lies within the bounds that could take what was cut.

    Notes
    -----
    R ``survey::trimWeights(upper, lower, strict)`` where no weight is 0.

    References
    ----------
    Potter, F. J. (1990). A study of procedures to identify and trim extreme sampling weights.
    *Proceedings of the Section on Survey Research Methods*, ASA, 225-230.
    """
    weight = checked_weights(weights)
    used = weight > 0
    result = weight.copy()
    result[used], facts = _trimmed(weight[used], (lower, upper), redistribute, strict=strict)
    bounds = {"lower": lower, "upper": upper if np.isfinite(upper) else None}
    arguments = {**bounds, "redistribute": redistribute, "strict": strict}
    return Adjustment("trim", len(weight), result, arguments=arguments, facts=facts)


def _trimmed(
    weights: Floats, bounds: tuple[float, float], redistribute: Redistribution, *, strict: bool
) -> tuple[Floats, dict[str, float]]:
    rounds, first, moved = 0, 0, 0.0
    lower, upper = bounds
    while (outside := (weights < lower) | (weights > upper)).any():
        mean = float(weights.mean())
        hopeless = strict and not lower <= mean <= upper
        if hopeless or outside.all() or rounds == _MOST_ROUNDS:
            raise _impossible(lower, upper, mean)
        if not rounds:
            first = int(outside.sum())
            moved = float(np.abs(weights - np.clip(weights, lower, upper)).sum())
        weights = _redistributed(weights, outside, bounds, redistribute)
        rounds += 1
        if not strict:
            break
    return weights, {"trimmed": first, "moved": moved, "rounds": rounds}


def _impossible(lower: float, upper: float, mean: float) -> UserError:
    highest = Number(upper, 2) if np.isfinite(upper) else "∞"
    return problems.TRIM_IMPOSSIBLE.error(
        lower=Number(lower, 2), upper=highest, mean=Number(mean, 2)
    )


def _redistributed(
    weights: Floats,
    outside: NDArray[np.bool_],
    bounds: tuple[float, float],
    redistribute: Redistribution,
) -> Floats:
    cut = np.clip(weights, *bounds)
    excess = (weights - cut).sum()
    within = ~outside
    if redistribute == "equally":
        cut[within] += excess / within.sum()
    else:
        cut[within] *= 1 + excess / cut[within].sum()
    return cut
