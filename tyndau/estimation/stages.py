"""One stage of a sample: which clusters were drawn from which stratum, out of how many.

In: numbers of clusters and strata over all rows. Out: `Stage`, which turns sums of influences by
cluster into rows whose squares add up to the stage's part of a variance. Clusters of a later
stage are drawn within a cluster of the stage before, so that this cluster is part of their
stratum.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

# What a stratum with one cluster gives, named as R `survey.lonely.psu` has it.
Lonely = Literal["fail", "remove", "certainty", "adjust", "average"]

# A stratum of which less than this part was left out has no sampling error (as R `survey`).
_WHOLE = 1e-7


@dataclass(frozen=True, eq=False)
class Stage:
    """Clusters drawn at one stage; G of them in H strata.

    Attributes
    ----------
    cluster : ndarray of int, shape (n,)
        Number of each row's cluster, 0 to G - 1, in the order of strata.
    stratum : ndarray of int, shape (G,)
        Number of each cluster's stratum, 0 to H - 1, ascending.
    units : ndarray of int, shape (H,)
        Clusters drawn in each stratum.
    size : ndarray of float, shape (H,), or None
        Clusters that each stratum has in all, drawn or not; None where no finite population
        counts, infinite where it is without limit.
    parent : ndarray of int, shape (H,)
        Number of the cluster of the stage before that each stratum lies in; all 0 at the first.
    lonely : {"fail", "remove", "certainty", "adjust", "average"}
        What a stratum of one cluster gives: an error; nothing; nothing; its square around 0, the
        mean of all; the average of the other strata.
    """

    cluster: Integers
    stratum: Integers
    units: Integers
    size: Floats | None
    parent: Integers
    lonely: Lonely = "fail"

    @cached_property
    def fraction(self) -> Floats:
        """Part of each stratum's clusters that was drawn, 0 where no finite population counts."""
        if self.size is None:
            return np.zeros(len(self.units))
        return np.asarray(self.units / self.size, dtype=np.float64)

    @cached_property
    def scale(self) -> Floats:
        """By what the squares of each stratum are multiplied; float, shape (H,)."""
        left = 1 - self.fraction
        left = np.where(left < _WHOLE, 0.0, left)
        several = self.units > 1
        scale = left * np.where(several, self.units / np.maximum(self.units - 1, 1), 1.0)
        alone = ~several & (left > 0)
        if self.lonely == "average":
            count = np.bincount(self.parent)
            good = np.bincount(self.parent, weights=~alone)
            with np.errstate(divide="ignore"):
                more = np.where(good > 0, count / good, np.nan)[self.parent]
            scale = np.where(np.isnan(more), np.nan, np.where(alone, 0.0, scale * more))
        elif self.lonely in ("remove", "certainty"):
            scale = np.where(alone, 0.0, scale)
        elif self.lonely == "fail":
            scale = np.where(alone, np.nan, scale)
        return np.asarray(scale, dtype=np.float64)

    @cached_property
    def centred(self) -> NDArray[np.bool_]:
        """Whether a stratum's sums are taken from their mean; bool, shape (H,)."""
        return (self.units > 1) | (self.lonely != "adjust")

    @cached_property
    def starts(self) -> Integers:
        """First cluster of each stratum; int, shape (H,)."""
        return np.searchsorted(self.stratum, np.arange(len(self.units)))

    @cached_property
    def lone(self) -> Integers:
        """Numbers of the strata that hold one cluster and are not whole."""
        return np.flatnonzero((self.units == 1) & (1 - self.fraction >= _WHOLE))

    def spread(self, sums: Floats, carried: Floats | None = None) -> Floats:
        """Return rows whose squares and products add up to this stage's part of a variance.

        Parameters
        ----------
        sums : ndarray of float, shape (G, ...)
            Influences summed by cluster.
        carried : ndarray of float, shape (H,), optional
            Part of the stages before that was drawn, by stratum; 1 at the first.

        Returns
        -------
        ndarray of float, shape (G, ...)
            Each cluster's distance from the mean of its stratum, scaled.

        References
        ----------
        Cochran (1977), Sampling Techniques, 3rd ed., formula 11.24: the variance of a stage counts
        by the part of the stages before that was drawn.

        Notes
        -----
        R ``survey:::onestrat`` and ``survey:::multistage``.
        """
        more = (1,) * (sums.ndim - 1)
        means = np.add.reduceat(sums, self.starts, axis=0) / self.units.reshape(-1, *more)
        means *= self.centred.reshape(-1, *more)
        scale = self.scale if carried is None else self.scale * carried
        answer: Floats = sums - (means[self.stratum] if len(self.units) > 1 else means)
        factor = np.sqrt(scale)
        answer *= factor[self.stratum].reshape(-1, *more) if len(factor) > 1 else factor[0]
        return answer
