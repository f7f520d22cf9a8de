"""What weights were brought to: the totals that the sample agrees with since, and by which
measure.

In: nothing; the ways of calibrating in this room make it. Out: `Calibration`. An estimate's
variance after calibration is that of its residuals from the calibration's variables (Deville and
Särndal 1992, formula 3.4), which is all that `tyndau.estimation` needs to know of how the weights
came about.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Weights that were brought to known totals, over all n rows.

    Rows whose calibration variables are the same share a *cell*: q cells, k variables. For a row
    with influence w u on an estimate, the residual that enters the variance is
    ``w u - v x'(X'MX)^-1 X'M(w u / v)``, v the calibrated weight and M the metric.

    Attributes
    ----------
    weights : ndarray of float, shape (n,)
        The calibrated weights v, before any later trimming.
    metric : ndarray of float, shape (n,)
        By what rows count in the regression: the weights before calibration, or ones after raking,
        as R ``rake`` has it.
    cell : ndarray of int, shape (n,)
        Which row of ``auxiliary`` holds each row's values, 0 to q - 1.
    auxiliary : ndarray of float, shape (q, k)
        Values of the calibration variables; columns may depend on each other.

    References
    ----------
    Deville, J.-C., Särndal, C.-E. (1992). Calibration estimators in survey sampling. *JASA* 87,
    376-382.
    """

    weights: NDArray[np.float64]
    metric: NDArray[np.float64]
    cell: NDArray[np.intp]
    auxiliary: NDArray[np.float64]
