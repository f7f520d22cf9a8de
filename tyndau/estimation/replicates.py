"""Weights by which an estimate is made again and again.

In: weights of each replicate, however they were made. Out: `Replicates`, which turns what each
gave into rows whose squares add up to a variance. Factors by cluster are made in
`tyndau.weighting`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """Weights by which an estimate is made again and again, to see how far it moves.

    Attributes
    ----------
    weights : ndarray of float, shape (n, R)
        Final weights of each replicate.
    scale : float
        What the sum of squares is multiplied by.
    rscales : ndarray of float, shape (R,)
        What each replicate's square is multiplied by.

    Notes
    -----
    R ``survey::svrepdesign(combined.weights = TRUE, mse = FALSE)``: distances are taken from the
    replicates' own mean.
    """

    weights: Floats
    scale: float
    rscales: Floats

    def __post_init__(self) -> None:
        """Refuse weights that are not those of the scales.

        Raises
        ------
        ValueError
            If there are other replicates than scales, or a weight is no number.
        """
        if self.weights.ndim != 2 or self.weights.shape[1] != len(self.rscales):
            raise ValueError(
                f"weights of shape {self.weights.shape}, scales of {len(self.rscales)} replicates"
            )
        if not np.isfinite(self.weights).all():
            raise ValueError("a weight of a replicate is not a number")

    def spread(self, values: Floats) -> Floats:
        """Return rows whose squares and products add up to a variance.

        Parameters
        ----------
        values : ndarray of float, shape (R, ...)
            What each replicate gave; NaN where a domain is empty in it, which is left out.

        Returns
        -------
        ndarray of float, shape (R, ...)
            Distances from the mean of the replicates, scaled; NaN where none gave anything.

        Notes
        -----
        R ``survey::svrVar(mse = FALSE)``.
        """
        more = (1,) * (values.ndim - 1)
        factors = np.sqrt(self.scale * self.rscales).reshape(-1, *more)
        given = ~np.isnan(values)
        counted = given & (factors > 0)
        count = counted.sum(axis=0)
        mean = np.where(counted, values, 0.0).sum(axis=0) / np.maximum(count, 1)
        answer: Floats = np.where(given, values - mean, 0.0) * factors
        return np.where(count > 0, answer, np.nan)
