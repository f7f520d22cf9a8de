"""Confidence intervals: of Korn and Graubard, Wilson, logit for proportions, Student's t for
means.

In: estimates, their variances, bases and degrees of freedom, as arrays of one shape. Out: lower
and upper limits, NaN where the degrees of freedom are under 1 or the base is empty.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, stdtrit

Floats = NDArray[np.float64]

# No sample has an effective size beyond this: such a variance is zero but for rounding.
_BOUNDLESS = 1e20

# Degrees of freedom below this are looked up: a study's points and interviews, as a rule.
_TABLED = 4096


def t_quantile(degrees: Floats, level: float) -> Floats:
    """Return the two-sided quantile of Student's t.

    Parameters
    ----------
    degrees : ndarray of float
        Degrees of freedom.
    level : float
        Confidence level, such as 0.95.

    Returns
    -------
    ndarray of float
        The quantile at (1 + level) / 2; NaN where there is less than one degree of freedom.

    Notes
    -----
    R ``qt((1 + level) / 2, degrees)``.
    """
    degrees = np.asarray(degrees, dtype=np.float64)
    whole = np.where((degrees >= 1) & (degrees < _TABLED), degrees, 0).astype(np.intp)
    answer: Floats = _quantiles(level)[whole]
    beyond = (degrees >= 1) & (whole != degrees)
    if beyond.any():
        distinct, position = np.unique(degrees[beyond], return_inverse=True)
        answer[beyond] = stdtrit(distinct, (1 + level) / 2)[position]
    return answer


@cache
def _quantiles(level: float) -> Floats:
    """Return the quantiles at 0, 1, 2 ... degrees of freedom, which tables ask for all the time."""
    degrees = np.arange(_TABLED, dtype=np.float64)
    degrees[0] = np.nan
    answer: Floats = stdtrit(degrees, (1 + level) / 2)
    return answer


def t_interval(
    value: Floats, se: Floats, *, degrees: Floats, level: float
) -> tuple[Floats, Floats]:
    """Return the t interval of means.

    Parameters
    ----------
    value, se : ndarray of float
        Means and their standard errors.
    degrees : ndarray of float
        Degrees of freedom of each mean's domain.
    level : float
        Confidence level.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits.

    Notes
    -----
    R ``confint(svymean(...), df = degf(design))``.
    """
    half = t_quantile(degrees, level) * se
    return value - half, value + half


def korn_graubard(
    proportion: Floats,
    variance: Floats,
    *,
    base: Floats,
    effective_base: Floats,
    degrees: Floats,
    level: float,
) -> tuple[Floats, Floats]:
    """Return the Korn-Graubard interval of proportions.

    Clopper-Pearson limits at the effective size p(1 - p)/v, scaled by the ratio of the t quantiles
    on base - 1 and on the design's degrees of freedom.

    Parameters
    ----------
    proportion, variance : ndarray of float
        Proportions 0 to 1 and their design-based variances.
    base : ndarray of float
        Unweighted bases.
    effective_base : ndarray of float
        Kish's effective bases; they stand in for the effective size where the variance is zero (p
        is 0 or 1, or the same in all clusters) and tells nothing of the error.
    degrees : ndarray of float
        Degrees of freedom of each proportion's domain.
    level : float
        Confidence level.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits, 0 to 1.

    Notes
    -----
    R ``survey::svyciprop(method = "beta")`` of version 4.1, which does not cut the effective size
    off at the base. Where the variance is zero that function gives NaN or, where rounding leaves
    a variance of about 1e-30, an interval without width.

    References
    ----------
    Korn, Graubard (1998), Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data. Survey Methodology 24, 193-201.
    """
    known = variance > proportion * (1 - proportion) / _BOUNDLESS
    spread = np.where(known, variance, 1.0)
    size = np.where(known, proportion * (1 - proportion) / spread, effective_base)
    size = size * (t_quantile(base - 1, level) / t_quantile(degrees, level)) ** 2
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        low = betaincinv(size * proportion, size * (1 - proportion) + 1, tail)
        high = betaincinv(size * proportion + 1, size * (1 - proportion), 1 - tail)
    low = np.where(~np.isnan(size) & (proportion <= 0), 0.0, low)
    high = np.where(~np.isnan(size) & (proportion >= 1), 1.0, high)
    return low, high


def logit_interval(
    proportion: Floats, variance: Floats, *, degrees: Floats, level: float
) -> tuple[Floats, Floats]:
    """Return the interval of proportions that is a t interval on the scale of log odds.

    Parameters
    ----------
    proportion, variance : ndarray of float
        Proportions 0 to 1 and their design-based variances.
    degrees : ndarray of float
        Degrees of freedom of each proportion's domain.
    level : float
        Confidence level.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits, 0 to 1; NaN for a proportion of 0 or 1, whose log odds have no
        limits.

    Notes
    -----
    R ``survey::svyciprop(method = "xlogit")``; ``"logit"`` gives the same, by iteration.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.log(proportion / (1 - proportion))
        half = t_quantile(degrees, level) * np.sqrt(variance) / (proportion * (1 - proportion))
        low, high = 1 / (1 + np.exp(half - odds)), 1 / (1 + np.exp(-half - odds))
    inside = (proportion > 0) & (proportion < 1)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def wilson(
    proportion: Floats,
    variance: Floats,
    *,
    base: Floats,
    effective_base: Floats,
    degrees: Floats,
    level: float,
) -> tuple[Floats, Floats]:
    """Return Wilson's interval of proportions at the effective size.

    Parameters
    ----------
    proportion, variance : ndarray of float
        Proportions 0 to 1 and their design-based variances.
    base, effective_base : ndarray of float
        As in `korn_graubard`; the effective size is the same but for its correction.
    degrees : ndarray of float
        Degrees of freedom of each proportion's domain.
    level : float
        Confidence level.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits, 0 to 1.

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical inference. JASA 22,
    209-212, formula of the score interval with n = p(1 - p)/v and Student's t in place of z;
    Dean and Pagano (2015), Evaluating confidence interval methods for binomial proportions in
    clustered surveys. Journal of Survey Statistics and Methodology 3, 484-503.
    """
    known = variance > proportion * (1 - proportion) / _BOUNDLESS
    spread = np.where(known, variance, 1.0)
    size = np.where(known, proportion * (1 - proportion) / spread, effective_base)
    size = np.where(base > 0, size, np.nan)
    square = t_quantile(degrees, level) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (proportion + square / (2 * size)) / (1 + square / size)
        inner = proportion * (1 - proportion) / size + square / (4 * size**2)
        half = np.sqrt(square * inner) / (1 + square / size)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
