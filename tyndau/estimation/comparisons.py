"""Tests of a difference between two domains, and corrections for their number.

In: differences, their variances (covariance included) and degrees of freedom. Out: statistics, p
values, and which of a family of tests hold. What belongs to one family is decided elsewhere.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from tyndau.estimation.intervals import Floats

# Differences smaller than this share of the values compared are rounding, not differences.
_ROUNDING = 1e-9

# With ten people expected, a test on the linearised variance alone finds a difference in 6 % of
# comparisons without one, with five in 8 %, with two in 22 % (docs/methods.md).
FEW_EXPECTED = 10


def null_variance(
    first: Floats,
    second: Floats,
    *,
    weights: tuple[Floats, Floats],
    effective: tuple[Floats, Floats],
    overlap: Floats | float = 0.0,
) -> Floats:
    """Return the variance of a difference of two shares where it is known better than estimated.

    The linearised variance of a rare answer in a small column is itself badly estimated, and 0
    where nobody, or everybody, gave the answer: a test that stands on it alone finds differences
    where there are none: in 22 % of comparisons of 30 people with 600 for an answer of 5 %. Where
    fewer than `FEW_EXPECTED` people can be expected on either side, a test may not stand on less
    than the variance that there would be without a difference.

    Parameters
    ----------
    first, second : ndarray of float
        The two shares, 0 to 1.
    weights : tuple of ndarray of float
        Sums of weights of their two bases.
    effective : tuple of ndarray of float
        Their effective bases.
    overlap : ndarray of float, optional
        Sum of w^2 over the people in both, by the product of the two sums of weights; infinite
        where it is not known, so that nothing is.

    Returns
    -------
    ndarray of float
        p (1 - p) (1/e + 1/e' - 2 overlap) with p the share in both together, or 0 where so many
        are expected that the linearised variance can be trusted.

    References
    ----------
    W. G. Cochran (1954), Biometrics 10, 417-451, on small expectations. The statistic is that of
    the chi-square test of a two-by-two table (R ``prop.test``, no continuity correction) with
    effective bases in place of counts.
    """
    pooled: Floats = (first * weights[0] + second * weights[1]) / (weights[0] + weights[1])
    expected = np.minimum(*effective) * np.minimum(pooled, 1 - pooled)
    shared = np.where(np.isfinite(overlap), overlap, 0.0)
    variance = pooled * (1 - pooled) * (1 / effective[0] + 1 / effective[1] - 2 * shared)
    known = (expected < FEW_EXPECTED) & np.isfinite(overlap)
    return np.where(known, np.maximum(variance, 0), 0)


def t_statistic(first: Floats, second: Floats, variance: Floats) -> Floats:
    """Return Student's t of differences.

    Parameters
    ----------
    first, second : ndarray of float
        The two estimates.
    variance : ndarray of float
        Variance of ``first - second``.

    Returns
    -------
    ndarray of float
        The difference by its standard error; 0 where there is none but for rounding, infinite
        where a difference has no variance, as between a share of 0 and one of 1.

    Notes
    -----
    R ``svycontrast`` on ``svyby(..., covmat = TRUE)``.
    """
    difference = first - second
    real = np.abs(difference) > _ROUNDING * (np.abs(first) + np.abs(second))
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = difference / np.sqrt(np.maximum(variance, 0))
    return np.where(real, statistic, 0.0)


def p_values(statistic: Floats, degrees: Floats) -> Floats:
    """Return two-sided p values of Student's t.

    Parameters
    ----------
    statistic : ndarray of float
        The statistics.
    degrees : ndarray of float
        Their degrees of freedom, 1 or more.

    Returns
    -------
    ndarray of float
        Probabilities of a statistic as far from 0 without a difference.

    Notes
    -----
    R ``2 * pt(-abs(statistic), degrees)``.
    """
    answer: Floats = 2 * stdtr(degrees, -np.abs(statistic))
    return answer


def benjamini_hochberg(p: Floats, *, level: float, tests: int | None = None) -> NDArray[np.bool_]:
    """Tell which tests of a family hold, so that few of those that do are false.

    Parameters
    ----------
    p : ndarray of float, shape (k,)
        p values.
    level : float
        At most this share of the tests that hold is expected to be false.
    tests : int, optional
        Size of the family where values above ``level``, which never hold, were left out.

    Returns
    -------
    ndarray of bool, shape (k,)
        True where a test holds.

    Notes
    -----
    R ``p.adjust(p, "BH") <= level``.

    References
    ----------
    Benjamini and Hochberg (1995), Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57, 289-300.
    """
    size = len(p) if tests is None else tests
    ordered = np.sort(p)
    held = np.flatnonzero(ordered <= level * np.arange(1, len(p) + 1) / size)
    return p <= ordered[held[-1]] if len(held) else np.zeros(len(p), dtype=bool)


def holm(p: Floats) -> Floats:
    """Return p values corrected so that one false test in the whole family is unlikely.

    Parameters
    ----------
    p : ndarray of float, shape (k,)
        p values; NaN is no test.

    Returns
    -------
    ndarray of float, shape (k,)
        Corrected p values; NaN stays.

    Notes
    -----
    R ``p.adjust(p, "holm")``.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure. Scandinavian Journal of
    Statistics 6, 65-70.
    """
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    corrected = np.full(len(p), np.nan)
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1.0)
    return corrected


def equivalence(difference: Floats, variance: Floats, *, degrees: Floats, bound: float) -> Floats:
    """Test the claim that two domains do not differ by as much as a bound.

    That no difference was found does not say that there is none; this test does.

    Parameters
    ----------
    difference : ndarray of float
        The differences.
    variance : ndarray of float
        Their variances.
    degrees : ndarray of float
        Degrees of freedom of the two domains together.
    bound : float
        The least difference worth naming, above 0, in units of the difference.

    Returns
    -------
    ndarray of float
        p values; a small one says that the difference is smaller than the bound, either way.

    Raises
    ------
    ValueError
        If the bound is not above 0.

    References
    ----------
    Schuirmann (1987), A comparison of the two one-sided tests procedure and the power approach for
    assessing the equivalence of average bioavailability. Journal of Pharmacokinetics and
    Biopharmaceutics 15, 657-680.
    """
    if not bound > 0:
        raise ValueError(f"a difference worth naming is above 0, not {bound}")
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.sqrt(np.maximum(variance, 0))
        nearest = (bound - np.abs(difference)) / se
    answer: Floats = np.where(np.isnan(difference), np.nan, stdtr(degrees, -nearest))
    return answer
