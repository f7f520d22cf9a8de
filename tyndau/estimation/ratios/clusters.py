"""Ratios whose variances are sums of squares over rows: clusters of every stage, or replicates.

In: sums by cluster of the last stage, or by replicate. Out: `ClusterRatios`, `ReplicateRatios`.
Each makes rows whose squares and products add up to variances and covariances, of any two
columns, with no formula of their own for overlap.
"""

from abc import abstractmethod
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation.design import Design
from tyndau.estimation.ratios.model import Floats, Measures, Moments, Ratios, from_common


class _SquaredRatios(Ratios):
    """Ratios with rows, shape (rows, C, R), whose products are covariances.

    Parameters
    ----------
    design : Design
        The sample's design.
    moments : Moments
        Sums by cell.
    measures : Measures
        Which ratios.
    """

    def __init__(self, design: Design, moments: Moments, measures: Measures) -> None:
        super().__init__(moments, measures)
        self._design = design
        self._rows = self._spread()

    @abstractmethod
    def _spread(self) -> Floats:
        """Return the rows."""

    @abstractmethod
    def _by_cluster(self) -> NDArray[np.bool_]:
        """Tell which first-stage clusters each column's denominators hold somebody of."""

    def variance(self) -> Floats:
        """Return the linearised variances, shape (C, R)."""
        return _sum_of_squares(self._rows)

    def variance_against(self, other: Ratios) -> Floats:
        """Return variances of differences from ratios in other columns that share no row."""
        assert isinstance(other, _SquaredRatios), "both ratios are of one design"
        return _sum_of_squares(self._rows - other._rows)

    def covariance(self, columns: slice) -> Floats:
        """Return covariances between columns, shape (R, c, c)."""
        by_ratio = self._rows[:, columns].transpose(2, 1, 0)
        answer: Floats = by_ratio @ by_ratio.transpose(0, 2, 1)
        return answer

    def association(
        self, columns: NDArray[np.intp], ratios: NDArray[np.intp], weights: Floats, *, apart: bool
    ) -> tuple[float, Floats, float] | None:
        """Return what a test of columns against what they have in common stands on."""
        del apart  # rows give every covariance
        first, last = int(columns[0]), int(columns[-1]) + 1
        rows = self._rows[:, first:last, : ratios[-1] + 1]
        if rows.shape[1:] != weights.shape:
            rows = rows[:, columns - first][:, :, ratios]
        flat = rows.reshape(len(rows), -1)
        below = self.below[columns[:, None], ratios]
        share, root = below / below.sum(axis=0), np.sqrt(weights)
        far = from_common(self.value[columns[:, None], ratios], share, axis=0) * root
        covariance = (flat.T @ flat).reshape(*weights.shape, *weights.shape)
        covariance = from_common(covariance, share[:, :, None, None], axis=0)
        covariance = from_common(covariance, share, axis=2)
        size = weights.size
        matrix = covariance.reshape(size, size) * root.reshape(-1, 1)
        matrix *= root.reshape(-1)
        traces = np.diagonal(matrix).reshape(weights.shape).sum(axis=1)
        return float(np.vdot(far, far)), traces, float(np.vdot(matrix, matrix))

    def degrees(self) -> Floats:
        """Return degrees of freedom of each column's domains, shape (C, B)."""
        return self._degrees

    @cached_property
    def _present(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """In which clusters and strata a domain has anybody, shapes (G, C, B) and (H, C, B)."""
        clusters = self._by_cluster()
        return clusters, np.logical_or.reduceat(clusters, self._design.first.starts, axis=0)

    @cached_property
    def _degrees(self) -> Floats:
        clusters, strata = self._present
        answer: Floats = clusters.sum(axis=0, dtype=float) - strata.sum(axis=0)
        return answer


class ClusterRatios(_SquaredRatios):
    """Ratios where clusters hold many rows: residuals by cluster give every covariance.

    Parameters
    ----------
    design : Design
        A design with clusters.
    moments : Moments
        Sums by cluster of the last stage.
    measures : Measures
        Which ratios.
    spread : ndarray of float, shape (rows, C, S), optional
        The sums of slots as `Design.spread` gives them, where they are known already.

    References
    ----------
    Wolter (2007), Introduction to Variance Estimation, 2nd ed., chapter 6.
    """

    def __init__(
        self, design: Design, moments: Moments, measures: Measures, spread: Floats | None = None
    ) -> None:
        # Influences are sums of slots, so that slots are spread once, for ratios and complements.
        sums = moments.sums if moments.residuals is None else moments.residuals
        self._of_slots = design.spread(sums) if spread is None else spread
        super().__init__(design, moments, measures)

    def _spread(self) -> Floats:
        return self._influences(self._of_slots)

    def rest(self) -> "ClusterRatios":
        """Return the ratios of each column's complement within column 0, the total."""
        spread = self._of_slots[:, :1] - self._of_slots
        return ClusterRatios(self._design, self._moments.rest(), self._measures, spread)

    def own_variance(self) -> Floats:
        """Return variances in which each column stands on its own clusters."""
        first = self._design.first
        own = np.add.reduceat(self._present[0].astype(float), first.starts, axis=0)
        count = first.units[:, None, None].astype(float)
        whole = (own > 1) & (own < count)
        factor = np.where(whole, own / np.maximum(own - 1, 1) * (count - 1) / count, 1.0)
        rows = self._rows**2
        rows[: len(first.stratum)] *= factor[first.stratum][:, :, self._measures.base_of]
        answer: Floats = rows.sum(axis=0)
        return answer

    def apart(self, one: NDArray[np.intp], two: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Tell which pairs of columns are made of different whole clusters."""
        clusters = self._present[0]
        return np.logical_not((clusters[:, one] & clusters[:, two]).any(axis=0))

    def apart_from(self, rest: Ratios) -> NDArray[np.bool_]:
        """Tell which columns share no cluster with their complement."""
        assert isinstance(rest, ClusterRatios), "both ratios are of one design"
        return np.logical_not((self._present[0] & rest._present[0]).any(axis=0))

    def _by_cluster(self) -> NDArray[np.bool_]:
        present = (self._moments.sums @ self._measures.x) > 0
        if len(self._design.stages) == 1:
            return present
        inside = np.zeros((len(self._design.first.stratum), *present.shape[1:]), dtype=bool)
        np.logical_or.at(inside, self._design.first_of_cell, present)
        return inside


class ReplicateRatios(_SquaredRatios):
    """Ratios made again with the weights of each replicate.

    Parameters
    ----------
    design : Design
        A design with R replicates.
    moments : Moments
        Sums by the final weights and by each replicate's, and by first-stage cluster.
    measures : Measures
        Which ratios.

    Notes
    -----
    R ``survey::svyratio`` of a design with replicate weights. Degrees of freedom are clusters less
    strata of the domain, which the rank of the replicates' weights is too, and less than there are
    replicates.
    """

    def _spread(self) -> Floats:
        replicates = self._design.replicates
        if replicates is None:
            raise ValueError("the design has no replicates")
        sums = self._moments.sums[1:]
        below = (sums @ self._measures.x)[:, :, self._measures.base_of]
        with np.errstate(divide="ignore", invalid="ignore"):
            values = (sums @ self._measures.y) / below
        return replicates.spread(values)

    def rest(self) -> "ReplicateRatios":
        """Return the ratios of each column's complement within column 0, the total."""
        return ReplicateRatios(self._design, self._moments.rest(), self._measures)

    def _by_cluster(self) -> NDArray[np.bool_]:
        if self._moments.by_cluster is None:
            raise ValueError("where cells are replicates the moments hold sums by cluster")
        return (self._moments.by_cluster @ self._measures.x) > 0

    def degrees(self) -> Floats:
        """Return degrees of freedom of each column's domains, shape (C, B)."""
        return np.minimum(super().degrees(), self._most)

    @property
    def _most(self) -> int:
        return len(self._moments.sums) - 2


def _sum_of_squares(values: Floats) -> Floats:
    answer: Floats = np.einsum("gcr,gcr->cr", values, values)
    return answer
