"""Tests of a difference between two domains.

In: differences, their variances (covariance included) and degrees of freedom. Out: which of them
are significant, and their sign. No correction for the number of tests is made here.
"""

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation.intervals import Floats, t_quantile

# Differences smaller than this share of the values compared are rounding, not differences.
_ROUNDING = 1e-9


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
