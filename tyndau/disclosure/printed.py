"""What a reader sees of a number: between which values the truth lies, as it is printed.

In: a true value in people and how it is printed. Out: the least and the greatest value that print
the same. The digits are those of every file of an edition: whole percentages, means with two
decimals, weighted bases without any. The same numbers are rounded here, so that nothing is printed
otherwise than it was audited.
"""

import math

import numpy as np

from tyndau.disclosure.relations import Floats

Shown = tuple[float, float]

MEAN_DECIMALS = 2
_HALF = 0.5
# Stands for a percentage that is printed as 0 though somebody gave the answer; a true 0 is a dash.
TRACE = 0.25


def rounded_shares(percent: Floats) -> Floats:
    """Round percentages as they are printed.

    Parameters
    ----------
    percent : ndarray of float
        0 to 100; NaN stays.

    Returns
    -------
    ndarray of float
        Whole percentages; `TRACE` where somebody is there and less than half a percent.
    """
    whole = np.round(percent)
    return np.where((whole == 0) & (percent > 0), TRACE, whole)


def shown_base(value: float, unit: float, *, exact: bool) -> Shown:
    """Return what a reader knows of a base that is shown.

    Parameters
    ----------
    value : float
        The base, in people or in their weights.
    unit : float
        How much of it one printed unit is; 0 where people are counted.
    exact : bool
        Whether it is printed unrounded.

    Returns
    -------
    low, high : float
        Equal where it is known exactly.
    """
    if exact or not unit:
        return value, value
    printed = round(value / unit)
    return (printed - _HALF) * unit, (printed + _HALF) * unit


def shown_share(
    value: float, percent: float, base: Shown, *, people: bool, exact: bool, decimals: int = 0
) -> Shown:
    """Return what a reader knows of a cell by its percentage and its base.

    Parameters
    ----------
    value : float
        The cell, in people or in their weights.
    percent : float
        Its percentage, unrounded; NaN where there is no base.
    base : (float, float)
        What is known of the base.
    people : bool
        Whether cells count people, so that only whole numbers are possible.
    exact : bool
        Whether the percentage is printed unrounded.
    decimals : int, default 0
        Digits that are printed.

    Returns
    -------
    low, high : float
        Equal where the cell is known exactly; always around the truth.
    """
    if exact or not percent > 0:
        return value, value
    half = _HALF / 10**decimals
    printed = round(percent, decimals)
    low, high = max(printed - half, 0) / 100 * base[0], min(printed + half, 100) / 100 * base[1]
    if people:
        low, high = max(math.ceil(low - 1e-9), 1), math.floor(high + 1e-9)
    return low, high


def shown_mean(missed: float, base: float, *, exact: bool) -> Shown:
    """Return what a reader knows of a sum by its mean.

    Parameters
    ----------
    missed : float
        The sum.
    base : float
        Of how many, in the unit of the sum.
    exact : bool
        Whether the mean is printed unrounded.

    Returns
    -------
    low, high : float
        Around the truth.
    """
    half = 0.0 if exact else _HALF / 10**MEAN_DECIMALS * base
    return missed - half, missed + half


def shown_deviation(deviation: float, people: int, *, exact: bool) -> Shown:
    """Return between which values the mean squared distance from the printed mean lies.

    Parameters
    ----------
    deviation : float
        The standard deviation, unrounded.
    people : int
        How many it is of.
    exact : bool
        Whether mean and deviation are printed unrounded.

    Returns
    -------
    low, high : float
        In squares of the score.
    """
    share = (people - 1) / people if people else 1.0
    if exact:
        return deviation**2 * share, deviation**2 * share
    half = _HALF / 10**MEAN_DECIMALS
    printed = round(deviation, MEAN_DECIMALS)
    # The printed mean is not quite the mean, which makes distances from it larger.
    return max(printed - half, 0) ** 2 * share, (printed + half) ** 2 * share + half**2
