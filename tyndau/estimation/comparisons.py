"""Tests of a difference between two domains.

In: differences, their variances (covariance included) and degrees of freedom. Out: which of them
are significant, and their sign. No correction for the number of tests is made here.
"""

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation.intervals import Floats, t_quantile

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
        Sum of w^2 over the people in both, by the product of the two sums of weights.

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
    variance = pooled * (1 - pooled) * (1 / effective[0] + 1 / effective[1] - 2 * overlap)
    return np.where(expected < FEW_EXPECTED, np.maximum(variance, 0), 0)


def significant(
    first: Floats, second: Floats, variance: Floats, *, degrees: Floats, level: float
) -> NDArray[np.int8]:
    """Test differences two-sided by Student's t.

    Parameters
    ----------
    first, second : ndarray of float
        The two estimates.
    variance : ndarray of float
        Variance of ``first - second``.
    degrees : ndarray of float
        Degrees of freedom of the two domains together.
    level : float
        A difference is significant at 1 - level.

    Returns
    -------
    ndarray of int8
        1 where the first is significantly higher, -1 where lower, 0 where no difference was found
        or none could be tested.

    Notes
    -----
    R ``svycontrast`` on ``svyby(..., covmat = TRUE)``, with ``pt`` on ``degf`` of both domains.
    A share of 0 in one domain and 1 in the other has no variance and counts as different.
    """
    difference = first - second
    real = np.abs(difference) > _ROUNDING * (np.abs(first) + np.abs(second))
    bound = t_quantile(degrees, level) * np.sqrt(np.maximum(variance, 0))
    beyond = real & (np.abs(difference) > bound)
    return np.where(beyond, np.sign(difference), 0).astype(np.int8)
