"""Ratios of weighted totals in domains, with their linearised variances and covariances.

A proportion, a mean on scores, a mean of a number, in any domain, are all ratios of sums of w times
u, where u is the row's value in a *slot* (1 where it gave that answer, else 0; or a number).
In: `Moments`, the sums of slots by cluster (by stratum where rows are the clusters) and column,
however an engine came by them, and `Measures`, which says which slots make the ratios. Out:
`Ratios`: values, variances, covariances between columns, degrees of freedom. From residuals
z = w(y - p x) / sum(w x), summed by cluster, v = sum over strata of n/(n - 1) sum (z - mean z)^2;
clusters with nobody in the domain enter as zeros.

Where rows are the clusters the sums by cluster would be the data again, so that sums of squares by
stratum take their place; columns that share rows then need the squares of what they share.

A new estimator is a new `Measures`; a new kind of design is a new subclass of `Ratios`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation.design import Design

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Moments of what columns share, where rows are the clusters and columns may overlap.

    Attributes
    ----------
    squares : ndarray of float, shape (H, c, c, S)
        Sum of w^2 u over the rows in both columns, by stratum.
    present : ndarray of float, shape (H, c, c, S)
        Rows with w > 0 in both columns, by stratum.
    """

    squares: Floats
    present: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over rows by cell, column and slot; C columns, S slots.

    Attributes
    ----------
    sums : ndarray of float, shape (cells, C, S)
        Sum of w u; cells are the design's clusters, or its strata where rows are the clusters.
    squares : ndarray of float, shape (cells, C, S), or None
        Sum of w^2 u by stratum where rows are the clusters; else None.
    present : ndarray of float, shape (cells, C, S), or None
        Rows with w > 0, of slots that hold 0 and 1, by stratum where rows are the clusters; else
        None.
    shared : mapping of int to Shared
        By the first of a run of columns that overlap, where rows are the clusters.
    """

    sums: Floats
    squares: Floats | None = None
    present: Floats | None = None
    shared: Mapping[int, Shared] = field(default_factory=dict)

    def rest(self) -> "Moments":
        """Return the moments of each column's complement within column 0, the total.

        Returns
        -------
        Moments
            The same shapes; column 0 is empty.
        """
        return Moments(
            self.sums[:, :1] - self.sums,
            None if self.squares is None else self.squares[:, :1] - self.squares,
            None if self.present is None else self.present[:, :1] - self.present,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """R ratios y / x as combinations of S slots, over B different denominators.

    Attributes
    ----------
    y : ndarray of float, shape (S, R)
        What is summed above the line.
    yy, yx : ndarray of float, shape (S, R)
        Its square, and its product with the denominator's 0 or 1, as combinations of slots.
    x : ndarray of float, shape (S, B)
        What is summed below the line: 0 or 1 for each row of the frame.
    base_of : ndarray of int, shape (R,)
        Which denominator each ratio has.
    """

    y: Floats
    yy: Floats
    yx: Floats
    x: Floats
    base_of: NDArray[np.intp]


class Ratios(ABC):
    """R ratios in C columns.

    Parameters
    ----------
    moments : Moments
        Sums by cell, column and slot.
    measures : Measures
        Which ratios.

    Attributes
    ----------
    value : ndarray of float, shape (C, R)
        The ratios; NaN where the denominator is empty.
    """

    def __init__(self, moments: Moments, measures: Measures) -> None:
        self._moments = moments
        self._measures = measures
        total = moments.sums.sum(axis=0)
        # Complements come by subtraction: what is left of an empty one is rounding.
        below = total @ measures.x
        self._below = np.where(below > 0, below, np.nan)[:, measures.base_of]
        self.value: Floats = (total @ measures.y) / self._below
        self._residuals = moments.sums @ measures.y
        # Denominators are spread over ratios before the product: spreading it costs ten times that.
        self._residuals -= self.value * (moments.sums @ measures.x[:, measures.base_of])
        self._residuals /= self._below

    @abstractmethod
    def variance(self) -> Floats:
        """Return the linearised variances.

        Returns
        -------
        ndarray of float, shape (C, R)
            Variances; NaN where the denominator is empty.
        """

    @abstractmethod
    def variance_against(self, other: "Ratios") -> Floats:
        """Return variances of differences from ratios in other columns that share no row.

        Parameters
        ----------
        other : Ratios
            The same ratios of the same design; its column c shares no row with column c here.

        Returns
        -------
        ndarray of float, shape (C, R)
            Variance of the difference, covariance within clusters and strata included.
        """

    @abstractmethod
    def covariance(self, columns: slice) -> Floats:
        """Return covariances between columns.

        Parameters
        ----------
        columns : slice
            Which c columns.

        Returns
        -------
        ndarray of float, shape (R, c, c)
            Covariance matrices.
        """

    @abstractmethod
    def degrees(self) -> Floats:
        """Return degrees of freedom of each column's domains.

        Returns
        -------
        ndarray of float, shape (C, B)
            Clusters less strata; 0 where the domain is empty.

        Notes
        -----
        R ``degf(subset(design, ...))``: clusters less strata among rows with a weight above 0.
        """

    @abstractmethod
    def degrees_of_pairs(self, columns: slice) -> Floats:
        """Return degrees of freedom of pairs of columns taken together.

        Parameters
        ----------
        columns : slice
            Which c columns.

        Returns
        -------
        ndarray of float, shape (B, c, c)
            Clusters less strata among rows of either column.
        """


class ClusterRatios(Ratios):
    """Ratios where clusters hold many rows: residuals by cluster give every covariance.

    Parameters
    ----------
    design : Design
        A design with clusters.
    moments : Moments
        Sums by cluster.
    measures : Measures
        Which ratios.

    References
    ----------
    Wolter (2007), Introduction to Variance Estimation, 2nd ed., chapter 6.
    """

    def __init__(self, design: Design, moments: Moments, measures: Measures) -> None:
        super().__init__(moments, measures)
        self._stratum = design.cluster_stratum
        self._starts = np.searchsorted(self._stratum, np.arange(design.strata_count))
        units = design.units[:, None, None]
        # A stratum of one cluster gives no error: NaN, where errors are not asked for.
        with np.errstate(divide="ignore", invalid="ignore"):
            if design.strata_count == 1:
                self._residuals -= self._residuals.mean(axis=0)
                self._residuals *= np.sqrt(units / (units - 1))
            else:
                means = np.add.reduceat(self._residuals, self._starts, axis=0) / units
                self._residuals -= means[self._stratum]
                self._residuals *= np.sqrt(units / (units - 1))[self._stratum]

    def variance(self) -> Floats:
        """Return the linearised variances, shape (C, R)."""
        return _sum_of_squares(self._residuals)

    def variance_against(self, other: Ratios) -> Floats:
        """Return variances of differences from ratios in other columns that share no row."""
        return _sum_of_squares(self._residuals - other._residuals)

    def covariance(self, columns: slice) -> Floats:
        """Return covariances between columns, shape (R, c, c)."""
        by_ratio = self._residuals[:, columns].transpose(2, 1, 0)
        answer: Floats = by_ratio @ by_ratio.transpose(0, 2, 1)
        return answer

    def degrees(self) -> Floats:
        """Return degrees of freedom of each column's domains, shape (C, B)."""
        return self._degrees

    def degrees_of_pairs(self, columns: slice) -> Floats:
        """Return degrees of freedom of pairs of columns taken together, shape (B, c, c)."""
        clusters, strata = self._present
        return _in_either(clusters[:, columns]) - _in_either(strata[:, columns])

    @cached_property
    def _present(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """In which clusters and strata a domain has anybody, shapes (G, C, B) and (H, C, B)."""
        clusters = (self._moments.sums @ self._measures.x) > 0
        return clusters, np.logical_or.reduceat(clusters, self._starts, axis=0)

    @cached_property
    def _degrees(self) -> Floats:
        clusters, strata = self._present
        answer: Floats = clusters.sum(axis=0, dtype=float) - strata.sum(axis=0)
        return answer


class RowRatios(Ratios):
    """Ratios where rows are the clusters: sums and sums of squares by stratum are enough.

    Parameters
    ----------
    design : Design
        A design without clusters.
    moments : Moments
        Sums and squares by stratum.
    measures : Measures
        Which ratios.
    """

    def __init__(self, design: Design, moments: Moments, measures: Measures) -> None:
        super().__init__(moments, measures)
        if moments.squares is None or moments.present is None:
            raise ValueError("where rows are the clusters the moments hold squares and presence")
        self._squares, self._present = moments.squares, moments.present
        self._units = design.units[:, None, None].astype(float)

    def variance(self) -> Floats:
        """Return the linearised variances, shape (C, R)."""
        y, x, base_of = self._measures.yy, self._measures.x, self._measures.base_of
        squares = self._squares @ y
        squares -= 2 * self.value * (self._squares @ self._measures.yx)
        squares += self.value**2 * (self._squares @ x)[:, :, base_of]
        squares /= self._below**2
        return self._scaled(squares, self._residuals**2)

    def variance_against(self, other: Ratios) -> Floats:
        """Return variances of differences from ratios in other columns that share no row."""
        covariance = self._scaled(np.zeros(1), self._residuals * other._residuals)
        return self.variance() + other.variance() - 2 * covariance

    def covariance(self, columns: slice) -> Floats:
        """Return covariances between columns, shape (R, c, c)."""
        sums = self._residuals[:, columns]
        shared = self._moments.shared.get(columns.start)
        products = sums[:, :, None] * sums[:, None, :]
        if shared is None:
            matrix = self._scaled(np.zeros(1), products)
            diagonal = np.arange(matrix.shape[0])
            matrix[diagonal, diagonal] = self.variance()[columns]
        else:
            matrix = self._scaled(self._shared_squares(columns, shared), products)
        return matrix.transpose(2, 0, 1)

    def _shared_squares(self, columns: slice, shared: Shared) -> Floats:
        value, below = self.value[columns], self._below[columns]
        crossed = shared.squares @ self._measures.yx
        squares = shared.squares @ self._measures.yy
        squares -= (value[:, None] + value[None, :]) * crossed
        below_shared = (shared.squares @ self._measures.x)[..., self._measures.base_of]
        squares += value[:, None] * value[None, :] * below_shared
        answer: Floats = squares / (below[:, None] * below[None, :])
        return answer

    def _scaled(self, squares: Floats, products_of_sums: Floats) -> Floats:
        units = self._units.reshape((-1,) + (1,) * (products_of_sums.ndim - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            answer: Floats = (units / (units - 1) * (squares - products_of_sums / units)).sum(
                axis=0
            )
        return answer

    def degrees(self) -> Floats:
        """Return degrees of freedom of each column's domains, shape (C, B)."""
        present = self._present @ self._measures.x
        answer: Floats = (present - (present > 0)).sum(axis=0)
        return answer

    def degrees_of_pairs(self, columns: slice) -> Floats:
        """Return degrees of freedom of pairs of columns taken together, shape (B, c, c)."""
        present = self._present[:, columns] @ self._measures.x
        shared = self._moments.shared.get(columns.start)
        either = present[:, :, None] + present[:, None, :]
        if shared is not None:
            either = either - shared.present @ self._measures.x
        answer: Floats = (either - (either > 0)).sum(axis=0).transpose(2, 0, 1)
        return answer


def ratios(design: Design, moments: Moments, measures: Measures) -> Ratios:
    """Return the ratios of a design.

    Parameters
    ----------
    design : Design
        The sample's design.
    moments : Moments
        Sums by cluster, or by stratum where rows are the clusters.
    measures : Measures
        Which ratios.

    Returns
    -------
    Ratios
        Values, variances, covariances, degrees of freedom.

    Notes
    -----
    R ``survey::svyratio``, and ``svymean`` on ``subset(design, ...)``.

    References
    ----------
    Binder (1983), On the variances of asymptotically normal estimators from complex surveys.
    International Statistical Review 51, 279-292.
    """
    if design.clustered:
        return ClusterRatios(design, moments, measures)
    return RowRatios(design, moments, measures)


def _sum_of_squares(values: Floats) -> Floats:
    answer: Floats = np.einsum("gcr,gcr->cr", values, values)
    return answer


def _in_either(present: NDArray[np.bool_]) -> Floats:
    by_base = present.transpose(2, 1, 0).astype(float)
    both = by_base @ by_base.transpose(0, 2, 1)
    count = by_base.sum(axis=2)
    answer: Floats = count[:, :, None] + count[:, None, :] - both
    return answer
