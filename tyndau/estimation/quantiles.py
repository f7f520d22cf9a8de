"""Quantiles with Woodruff's intervals.

In: a design and a column of numbers. Out: `Quantiles`. The quantile is read off the weighted
distribution; its limits are the quantiles at the limits of the share of people up to it, so that
they need no density.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.estimation.design import Design
from tyndau.estimation.intervals import t_quantile
from tyndau.estimation.totals import mean

Floats = NDArray[np.float64]

# Weights that add up to a share but for rounding have reached it.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Quantiles:
    """Quantiles of one column.

    Attributes
    ----------
    shares : ndarray of float, shape (k,)
        Which quantiles; 0.5 is the median.
    values : ndarray of float, shape (k,)
        The quantiles; NaN where nobody is in the domain.
    low, high : ndarray of float, shape (k,)
        Confidence limits; NaN where the share's own limit lies outside 0 to 1.
    se : ndarray of float, shape (k,)
        Width of the interval by twice the t quantile.
    degrees : int
        Degrees of freedom of the domain.
    count : int
        Its rows with a value.
    level : float
        Confidence level.
    method : str
        ``Woodruff``.
    """

    shares: Floats
    values: Floats
    low: Floats
    high: Floats
    se: Floats
    degrees: int
    count: int
    level: float
    method: str = "Woodruff"


def quantile(
    design: Design,
    values: ArrayLike,
    shares: float | Sequence[float] = 0.5,
    *,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> Quantiles:
    """Estimate quantiles.

    Parameters
    ----------
    design : Design
        The design of n rows.
    values : array_like of float, shape (n,)
        The numbers; NaN leaves a row out.
    shares : float or sequence of float, default 0.5
        Which quantiles, above 0 and below 1.
    domain : array_like of bool, shape (n,), optional
        Rows that count; all by default.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Quantiles
        The smallest value up to which at least that share of people lies, with its interval.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1.
    UserError
        Where a stratum allows no error.

    Notes
    -----
    R ``survey::svyquantile(interval.type = "mean", qrule = "math")`` of version 4.1, which errs
    where a share is smaller than that of the first row: it returns the second row's value.

    References
    ----------
    Woodruff (1952), Confidence intervals for medians and other position measures. JASA 47, 635-646.
    """
    wanted = np.atleast_1d(shares).astype(np.float64)
    if not ((wanted > 0) & (wanted < 1)).all():
        raise ValueError(f"shares lie between 0 and 1, not {shares}")
    given = np.asarray(values, dtype=np.float64)
    inside = ~np.isnan(given)
    if domain is not None:
        inside &= np.asarray(domain, dtype=bool)
    distribution = _Distribution.of(given[inside], design.weights[inside])
    found = distribution.at(wanted)
    reached = mean(design, (given[:, None] <= found).astype(float), domain=inside)
    degrees = design.degrees(inside)
    quantile_of_t = float(t_quantile(np.array([float(degrees)]), level)[0])
    half = quantile_of_t * reached.se
    low, high = distribution.at(reached.values - half), distribution.at(reached.values + half)
    return Quantiles(
        wanted, found, low, high, (high - low) / (2 * quantile_of_t), degrees, int(inside.sum()),
        level,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Distribution:
    """Values in order, with the share of people up to each."""

    values: Floats
    reached: Floats

    @classmethod
    def of(cls, values: Floats, weights: Floats) -> "_Distribution":
        counted = weights > 0
        values, weights = values[counted], weights[counted]
        order = np.argsort(values, kind="stable")
        mass = np.cumsum(weights[order])
        return cls(values[order], mass / mass[-1] if len(mass) else mass)

    def at(self, shares: Floats) -> Floats:
        """Return the smallest value up to which each share lies; NaN outside 0 to 1."""
        if not len(self.values):
            return np.full(shares.shape, np.nan)
        place = np.searchsorted(self.reached, shares * (1 - _ROUNDING))
        found = self.values[np.minimum(place, len(self.values) - 1)]
        return np.where((shares >= 0) & (shares <= 1), found, np.nan)
