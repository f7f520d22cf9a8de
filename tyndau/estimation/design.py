"""The design of a sample: weights, strata, clusters by stage, finite populations, what was
adjusted.

In: what `tyndau.estimation.designing` read of the data. Out: `Design`, from which every estimator
of this room takes its variances: by linearised influences or by replicate weights. All rows
belong to it, those too that a table leaves out, since a domain's error counts the clusters in
which nobody belonged to it. With no clusters each row is its own.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation import problems
from tyndau.estimation.calibrated import Residuals
from tyndau.estimation.replicates import Replicates
from tyndau.estimation.stages import Stage
from tyndau.weighting.calibration import Calibration
from tyndau.weighting.replicates import ReplicateFactors

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

_NAMED = 10  # strata named in one message


@dataclass(frozen=True, eq=False)
class Design:
    """The design of a sample of n rows; made by `make_design`.

    Attributes
    ----------
    weights : ndarray of float, shape (n,)
        0 or more; all 1 where the sample is not weighted.
    stages : tuple of Stage
        The first stage, and later ones where finite populations of all before them are known.
    weighted, stratified, clustered : bool
        What was given.
    stratum_names, cluster_names : tuple of str
        The identifiers of the first stage as they stood in the data, by number; cluster names are
        empty where rows are the clusters.
    calibrations : tuple of Calibration
        Known totals that the weights were brought to, in the order in which that was done.
    replicates : Replicates or None
        Where they are there, every variance comes from them.
    """

    weights: Floats
    stages: tuple[Stage, ...]
    weighted: bool
    stratified: bool
    clustered: bool
    stratum_names: tuple[str, ...]
    cluster_names: tuple[str, ...]
    calibrations: tuple[Calibration, ...] = ()
    replicates: Replicates | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.weights)

    def calibrated(self, *calibrations: Calibration, weights: Floats | None = None) -> "Design":
        """Return the design with weights that were brought to known totals.

        Parameters
        ----------
        *calibrations : Calibration
            What was done, in that order, after what was done before.
        weights : ndarray of float, shape (n,), optional
            Final weights, where they were trimmed afterwards; those of the last calibration by
            default.

        Returns
        -------
        Design
            Its variances are those of the residuals.

        Raises
        ------
        ValueError
            If a calibration is of another number of rows, or there are replicates, which must be
            calibrated themselves.

        Notes
        -----
        R ``survey::postStratify``, ``rake``, ``calibrate`` and, with weights, ``trimWeights``.
        """
        if self.replicates is not None:
            raise ValueError("replicate weights are calibrated one by one")
        if any(len(one.weights) != len(self) for one in calibrations):
            raise ValueError(f"a calibration has other rows than the design, which has {len(self)}")
        final = calibrations[-1].weights if weights is None else weights
        return replace(
            self, weights=final, weighted=True, calibrations=(*self.calibrations, *calibrations)
        )

    def weighted_by(self, weights: Floats) -> "Design":
        """Return the design with other weights.

        Parameters
        ----------
        weights : ndarray of float, shape (n,)
            0 or more.

        Returns
        -------
        Design
            Weighted by them.
        """
        return replace(self, weights=weights, weighted=True)

    def resampled(self, made: ReplicateFactors) -> "Design":
        """Return the design with replicates made of its weights and its first-stage clusters.

        Parameters
        ----------
        made : ReplicateFactors
            Factors of its G clusters, as `tyndau.weighting.jackknife` or ``bootstrap`` makes them
            of ``first.stratum``.

        Returns
        -------
        Design
            Its variances are those of the replicates.

        Raises
        ------
        ValueError
            If the factors are of another number of clusters, or a bootstrap is to stand for a
            sample of a finite population, of which it knows nothing.

        Notes
        -----
        R ``survey::as.svrepdesign``; of a finite population a jackknife counts the first stage.
        """
        given, own = made.factors.shape[1], len(self.first.stratum)
        if given != own:
            raise ValueError(f"factors of {given} clusters, a design of {own}")
        rscales = made.rscales
        if self.first.size is not None:
            if not made.kind.startswith("JK"):
                raise ValueError("a bootstrap knows no finite population: take a jackknife")
            rscales = rscales * (1 - self.first.fraction)[self.first.stratum]
        weights = self.weights[:, None] * made.factors[:, self.first.cluster].T
        return self.replicated(Replicates(weights, made.scale, rscales))

    def replicated(self, replicates: Replicates) -> "Design":
        """Return the design with replicate weights, which take the place of linearisation.

        Parameters
        ----------
        replicates : Replicates
            Weights of n rows.

        Returns
        -------
        Design
            Its variances are those of the replicates.

        Raises
        ------
        ValueError
            If the replicates are of another number of rows.

        Notes
        -----
        R ``survey::svrepdesign``; make the factors with `tyndau.weighting`.
        """
        if len(replicates.weights) != len(self):
            raise ValueError(
                f"replicates of {len(replicates.weights)} rows, a design of {len(self)}"
            )
        return replace(self, replicates=replicates, calibrations=())

    @property
    def first(self) -> Stage:
        """The first stage."""
        return self.stages[0]

    @property
    def stratum(self) -> Integers:
        """Number of each row's stratum at the first stage; int, shape (n,)."""
        return self.first.stratum[self.first.cluster]

    @property
    def strata_count(self) -> int:
        """Number of strata at the first stage, H; 1 where there are none."""
        return len(self.first.units)

    @property
    def summed(self) -> Literal["clusters", "strata", "replicates"]:
        """By what a table keeps sums.

        By clusters of the last stage; by strata, with sums of squares, where rows are the clusters
        of a single stage; or by replicates.
        """
        if self.replicates is not None:
            return "replicates"
        return "clusters" if self.clustered or len(self.stages) > 1 else "strata"

    @cached_property
    def cell(self) -> Integers:
        """What each row's sums are kept by: its cluster of the last stage, or its stratum.

        Where there are replicates it is the cluster of the first stage, for degrees of freedom.
        """
        return self.stratum if self.summed == "strata" else self._last.cluster

    @cached_property
    def cell_count(self) -> int:
        """Number of values of `cell`."""
        return self.strata_count if self.summed == "strata" else len(self._last.stratum)

    @property
    def _last(self) -> Stage:
        return self.stages[0 if self.replicates is not None else -1]

    @cached_property
    def crossed(self) -> tuple["Design", ...]:
        """For each calibration a design whose clusters are its cells, to count rows by them."""
        none = np.zeros(1, dtype=np.intp)
        designs = []
        for one in self.calibrations:
            size = len(one.auxiliary)
            cells = np.zeros(size, dtype=np.intp)
            stage = Stage(one.cell, cells, np.array([size]), None, none, "remove")
            designs.append(Design(self.weights, (stage,), True, False, True, ("",), ()))
        return tuple(designs)

    @cached_property
    def first_of_cell(self) -> Integers:
        """Number of the first-stage cluster that each cell lies in; int, shape (cells,)."""
        within = np.arange(len(self.stages[-1].stratum))
        for stage in self.stages[:0:-1]:
            within = stage.parent[stage.stratum[within]]
        return within

    @cached_property
    def residuals(self) -> Residuals:
        """What calibration takes from influences; by cell of the design."""
        scale = self.first.scale if self.summed == "strata" else None
        return Residuals(self.calibrations, self.weights, self.cell, self.cell_count, scale)

    def spread(self, sums: Floats) -> Floats:
        """Return rows whose squares and products add up to variances and covariances.

        Parameters
        ----------
        sums : ndarray of float, shape (G, ...)
            Influences (or their residuals) summed by cluster of the last stage.

        Returns
        -------
        ndarray of float, shape (rows, ...)
            Over all stages.

        Notes
        -----
        R ``survey:::multistage``.
        """
        if len(self.stages) == 1:
            return self.first.spread(sums)
        by_stage = [sums]
        for stage in self.stages[:0:-1]:
            inner = by_stage[0]
            outer = np.zeros((int(stage.parent.max()) + 1, *inner.shape[1:]))
            np.add.at(outer, stage.parent[stage.stratum], inner)
            by_stage.insert(0, outer)
        carried = np.ones(self.strata_count)
        rows = []
        for number, stage in enumerate(self.stages):
            rows.append(stage.spread(by_stage[number], carried))
            if number + 1 < len(self.stages):
                drawn = (carried * stage.fraction)[stage.stratum]
                carried = drawn[self.stages[number + 1].parent]
        return np.concatenate(rows)

    def require_errors(self) -> None:
        """Check that a standard error can be computed in every stratum.

        Raises
        ------
        UserError
            ``table.single-cluster`` or ``table.one-cluster``, unless a policy for lonely strata
            was named.

        Notes
        -----
        R ``options(survey.lonely.psu = "fail")``, its default.
        """
        if self.replicates is not None:
            return
        for number, stage in enumerate(self.stages):
            if stage.lonely == "fail" and len(stage.lone):
                self._refuse(number, stage)

    def _refuse(self, number: int, stage: Stage) -> None:
        if number:
            within = stage.parent[stage.lone]
            for before in self.stages[number - 1 : 0 : -1]:
                within = before.parent[before.stratum[within]]
            names = [self.cluster_names[one] for one in np.unique(within)]
            raise problems.SINGLE_WITHIN.error(stage=number + 1, clusters=_few(names))
        if self.stratified:
            names = [self.stratum_names[one] for one in stage.lone]
            raise problems.SINGLE_CLUSTER.error(strata=_few(names))
        if self.clustered:
            raise problems.ONE_CLUSTER.error(cluster=self.cluster_names[0])

    def degrees(self, domain: NDArray[np.bool_] | None = None) -> int:
        """Return the degrees of freedom of a domain.

        Parameters
        ----------
        domain : ndarray of bool, shape (n,), optional
            Its rows; all by default.

        Returns
        -------
        int
            Clusters less strata of the first stage among rows with a weight above 0; with
            replicates, the rank of their weights less 1.

        Notes
        -----
        R ``survey::degf`` of the design or of its subset.
        """
        inside = self.weights > 0 if domain is None else domain & (self.weights > 0)
        if self.replicates is not None:
            return _rank(self.replicates.weights[inside]) - 1
        clusters = np.flatnonzero(np.bincount(self.first.cluster[inside]))
        return len(clusters) - len(np.unique(self.first.stratum[clusters]))

    def covariance(self, influences: Floats, replicated: Floats | None = None) -> Floats:
        """Return the covariance of estimates from their influences.

        Parameters
        ----------
        influences : ndarray of float, shape (n, p)
            Weighted influences w u of each row on p estimates.
        replicated : ndarray of float, shape (R, p), optional
            What each replicate gave, where the design has replicates.

        Returns
        -------
        ndarray of float, shape (p, p)
            The covariance matrix.

        Notes
        -----
        R ``survey::svyrecvar``; with replicates ``survey::svrVar``.

        References
        ----------
        Binder (1983), On the variances of asymptotically normal estimators from complex surveys.
        International Statistical Review 51, 279-292.
        """
        if self.replicates is not None and replicated is not None:
            rows = self.replicates.spread(replicated)
        else:
            if self.calibrations:
                influences = self.residuals.of_rows(influences)
            last = self.stages[-1]
            sums = np.empty((len(last.stratum), influences.shape[1]))
            for number, column in enumerate(influences.T):
                sums[:, number] = np.bincount(last.cluster, column, len(last.stratum))
            rows = self.spread(sums)
        return np.asarray(rows.T @ rows, dtype=np.float64)


def _few(names: list[str]) -> list[str]:
    return names[:_NAMED] + (["..."] if len(names) > _NAMED else [])


def _rank(weights: Floats) -> int:
    """Return the rank of replicate weights, as R ``qr(..., tol = 1e-5)`` finds it."""
    if not weights.size:
        return 0
    return int(np.linalg.matrix_rank(np.unique(weights, axis=0), rtol=1e-5))
