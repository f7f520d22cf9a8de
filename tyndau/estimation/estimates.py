"""What an estimator returns: values with their covariance, and what else must be said of them.

In: nothing; the estimators of this room make it. Out: `Estimates`, frozen, with standard errors,
intervals and contrasts. A contrast is a set of estimates again, with the covariance that it
follows from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.estimation.intervals import t_quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """k estimates from one design.

    Attributes
    ----------
    values : ndarray of float, shape (k,)
        The estimates; NaN where nobody is in the domain.
    covariance : ndarray of float, shape (k, k)
        Their covariance matrix.
    degrees : ndarray of float, shape (k,)
        Degrees of freedom of each one's domain.
    counts : ndarray of int, shape (k,)
        Rows of each one's domain, unweighted; those with weight 0 included.
    bases : ndarray of float, shape (k,)
        Sum of their weights.
    effective : ndarray of float, shape (k,)
        Kish's effective base, (sum of w)^2 over sum of w^2.
    design_effects : ndarray of float, shape (k,)
        Variance by that of a simple random sample with replacement of as many rows with a weight;
        NaN where there is none.
    labels : tuple of str
        What each is of.
    method : str
        How variances were found: ``linearised`` or ``replicates``.
    """

    values: Floats
    covariance: Floats
    degrees: Floats
    counts: NDArray[np.int64]
    bases: Floats
    effective: Floats
    design_effects: Floats
    labels: tuple[str, ...]
    method: str

    @property
    def se(self) -> Floats:
        """Standard errors; float, shape (k,)."""
        answer: Floats = np.sqrt(np.maximum(np.diagonal(self.covariance), 0))
        return answer

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Return t intervals.

        Parameters
        ----------
        level : float, default 0.95
            Confidence level.

        Returns
        -------
        tuple of ndarray of float, shape (k,)
            Lower and upper limits; NaN where there is less than one degree of freedom.

        Notes
        -----
        R ``confint(..., df = degf(design))``.
        """
        half = t_quantile(self.degrees, level) * self.se
        return self.values - half, self.values + half

    def contrast(self, coefficients: ArrayLike, labels: Sequence[str] = ()) -> "Estimates":
        """Return linear combinations, such as differences, with their covariance.

        Parameters
        ----------
        coefficients : array_like of float, shape (k,) or (c, k)
            One combination, or c of them.
        labels : sequence of str, optional
            What each is called.

        Returns
        -------
        Estimates
            c estimates. Their degrees of freedom, counts and bases are the smallest of those that
            enter; the degrees of a difference of domains are those of both together where
            `difference` makes it.

        Raises
        ------
        ValueError
            If there are not k coefficients.

        Notes
        -----
        R ``survey::svycontrast``.
        """
        by = np.atleast_2d(np.asarray(coefficients, dtype=np.float64))
        if by.shape[1] != len(self.values):
            raise ValueError(f"{by.shape[1]} coefficients for {len(self.values)} estimates")
        enters = by != 0

        def least(values: NDArray[np.float64]) -> Floats:
            return np.asarray(np.where(enters, values, np.inf).min(axis=1))

        # What does not enter may be NaN.
        values = np.where(enters, self.values, 0.0)
        covariance = _without_strangers(by, self.covariance)
        return replace(
            self,
            values=(by * values).sum(axis=1),
            covariance=covariance,
            degrees=least(self.degrees),
            counts=least(self.counts.astype(float)).astype(np.int64),
            bases=least(self.bases),
            effective=least(self.effective),
            design_effects=np.full(len(by), np.nan),
            labels=tuple(labels) or tuple(str(number + 1) for number in range(len(by))),
        )


def _without_strangers(by: Floats, covariance: Floats) -> Floats:
    used = (by != 0).any(axis=0)
    within = covariance[np.ix_(used, used)]
    answer: Floats = by[:, used] @ within @ by[:, used].T
    return answer
