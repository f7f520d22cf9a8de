"""What a step of weighting gives: new weights, how it came to them, and what they were brought to.

In: nothing; every way of weighting in this room makes one. Out: `Adjustment`, with the arguments of
the step, so that a log can rebuild it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.weighting import problems
from tyndau.weighting.calibration import Calibration

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Adjustment:
    """Weights after one step, over all n rows.

    Attributes
    ----------
    method : str
        The step: ``base``, ``nonresponse``, ``poststratify``, ``rake``, ``calibrate_linear``,
        ``calibrate_raking``, ``calibrate_logit`` or ``trim``.
    n : int
        Number of rows.
    weights : ndarray of float, shape (n,)
        The weights.
    calibration : Calibration or None
        What they were brought to; None where the step brings them to no totals.
    arguments : mapping of str to object
        The options of the step, as JSON can hold them.
    path : tuple of float
        After each round the largest relative distance from a total; empty where there are none.
    facts : mapping of str to object
        What else happened, as JSON can hold it: weights trimmed, classes merged.
    """

    method: str
    n: int
    weights: Floats
    calibration: Calibration | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[float, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def iterations(self) -> int:
        """Number of rounds."""
        return len(self.path)


def checked_weights(weights: ArrayLike) -> Floats:
    """Check weights before anything is done with them.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        0 or more; a row of weight 0 keeps it.

    Returns
    -------
    ndarray of float, shape (n,)
        The weights.

    Raises
    ------
    UserError
        If one is missing, infinite or negative, or all are 0.
    """
    weight = np.asarray(weights, dtype=np.float64)
    total = float(weight.sum())
    if not np.isfinite(total):
        raise problems.BASE_MISSING.error(count=int((~np.isfinite(weight)).sum()))
    least = float(weight.min(initial=0.0))
    if least < 0:
        raise problems.BASE_NEGATIVE.error(count=int((weight < 0).sum()), value=f"{least:g}")
    if total == 0:
        raise problems.BASE_ZERO.error()
    return weight


def summed(index: NDArray[np.integer], values: Floats, count: int) -> Floats:
    """Sum values by group.

    Parameters
    ----------
    index : ndarray of int, shape (n,)
        Each value's group, 0 to count - 1.
    values : ndarray of float, shape (n,)
        The values.
    count : int
        Number of groups.

    Returns
    -------
    ndarray of float, shape (count,)
        The sums.
    """
    return np.bincount(index, values, minlength=count).astype(np.float64, copy=False)
