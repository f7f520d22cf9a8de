"""What ratios are made of, and what every kind of them promises.

In: sums that an engine counted. Out: `Moments`, `Measures`, and `Ratios`, the promise that
`tyndau.estimation.ratios` keeps in a way of its own for each kind of design.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

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
class Explained:
    """What calibration takes from sums of products, where rows are the clusters.

    Scaled sums of products of two slots' residuals are those of the slots, plus the slopes of one
    times the products of the other, both ways round, over m calibration variables.

    Attributes
    ----------
    slopes, products : ndarray of float, shape (m, C, S)
        As `tyndau.estimation.calibrated` makes them.
    """

    slopes: Floats
    products: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over rows by cell, column and slot; C columns, S slots.

    Attributes
    ----------
    sums : ndarray of float, shape (cells, C, S)
        Sum of w u; cells are the design's clusters, its strata where rows are the clusters, or the
        final weights and each replicate, in that order.
    squares : ndarray of float, shape (cells, C, S), or None
        Sum of w^2 u by stratum where rows are the clusters; else None.
    present : ndarray of float, shape (cells, C, S), or None
        Rows with w > 0, of slots that hold 0 and 1, by stratum where rows are the clusters; else
        None.
    shared : mapping of int to Shared
        By the first of a run of columns that overlap, where rows are the clusters.
    residuals : ndarray of float, shape (cells, C, S), or None
        The sums with what calibration explains taken from them; None where it explains nothing.
    by_cluster : ndarray of float, shape (G, C, S), or None
        Sum of w u by first-stage cluster, where cells are replicates; else None.
    explained : Explained or None
        What calibration explains, where rows are the clusters; else None.
    """

    sums: Floats
    squares: Floats | None = None
    present: Floats | None = None
    shared: Mapping[int, Shared] = field(default_factory=dict)
    residuals: Floats | None = None
    by_cluster: Floats | None = None
    explained: Explained | None = None

    @property
    def total(self) -> Floats:
        """Sums of w u over all rows; float, shape (C, S)."""
        answer: Floats = self.sums.sum(axis=0) if self.by_cluster is None else self.sums[0]
        return answer

    def rest(self) -> "Moments":
        """Return the moments of each column's complement within column 0, the total.

        Returns
        -------
        Moments
            The same shapes; column 0 is empty.
        """
        return Moments(
            _rest(self.sums),
            None if self.squares is None else _rest(self.squares),
            None if self.present is None else _rest(self.present),
            residuals=None if self.residuals is None else _rest(self.residuals),
            by_cluster=None if self.by_cluster is None else _rest(self.by_cluster),
            explained=self.explained
            and Explained(_rest(self.explained.slopes), _rest(self.explained.products)),
        )


def _rest(sums: Floats) -> Floats:
    return sums[:, :1] - sums


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
    below : ndarray of float, shape (C, R)
        Their denominators; NaN where they are empty.
    """

    def __init__(self, moments: Moments, measures: Measures) -> None:
        self._moments = moments
        self._measures = measures
        total = moments.total
        # Complements come by subtraction: what is left of an empty one is rounding.
        below = total @ measures.x
        self.below: Floats = np.where(below > 0, below, np.nan)[:, measures.base_of]
        self.value: Floats = (total @ measures.y) / self.below

    def _influences(self, sums: Floats) -> Floats:
        """Return influences on the ratios from sums (or their spread); float, (cells, C, R)."""
        answer: Floats = sums @ self._measures.y
        # Denominators are spread over ratios before the product: spreading it costs ten times that.
        answer -= self.value * (sums @ self._measures.x[:, self._measures.base_of])
        answer /= self.below
        return answer

    @abstractmethod
    def rest(self) -> "Ratios":
        """Return the ratios of each column's complement within column 0, the total.

        Returns
        -------
        Ratios
            The same ratios; those of column 0 are NaN.
        """

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

    def own_variance(self) -> Floats:
        """Return variances in which each column stands on its own clusters.

        A domain counts in its stratum by n/(n - 1) of all n clusters. Where it is made of m whole
        ones, m/(m - 1) of its own tells its error without a bias, and a test may not stand on less.

        Returns
        -------
        ndarray of float, shape (C, R)
            Variances, as `variance` where rows or replicates give them.
        """
        return self.variance()

    def apart(self, one: NDArray[np.intp], two: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Tell which pairs of columns are made of different whole clusters.

        Parameters
        ----------
        one, two : ndarray of int, shape (pairs,)
            The columns of each pair.

        Returns
        -------
        ndarray of bool, shape (pairs, B)
            False everywhere where it is not known.
        """
        return np.zeros((max(len(one), len(two)), self._measures.x.shape[1]), dtype=bool)

    def apart_from(self, rest: "Ratios") -> NDArray[np.bool_]:
        """Tell which columns share no cluster with their complement.

        Parameters
        ----------
        rest : Ratios
            As `rest` gives it.

        Returns
        -------
        ndarray of bool, shape (C, B)
            False everywhere where it is not known.
        """
        del rest
        return np.zeros((len(self.value), self._measures.x.shape[1]), dtype=bool)

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
    def association(
        self, columns: NDArray[np.intp], ratios: NDArray[np.intp], weights: Floats, *, apart: bool
    ) -> tuple[float, Floats, float] | None:
        """Return what a test of columns against what they have in common stands on.

        Parameters
        ----------
        columns : ndarray of int, shape (c,)
            Which columns.
        ratios : ndarray of int, shape (r,)
            Which ratios.
        weights : ndarray of float, shape (c, r)
            By what the square of each ratio's distance from the mean of the columns counts.
        apart : bool
            Whether each row gives a value above 0 to one of the ratios and one of the columns only.

        Returns
        -------
        tuple, or None
            Weighted sum of squared distances; trace of the distances' weighted covariance, by
            column; sum of that matrix's squares. None where the sums kept do not tell.
        """


def from_common(values: Floats, share: Floats, *, axis: int) -> Floats:
    """Return distances from the mean of the columns.

    Parameters
    ----------
    values : ndarray of float
        Values of c columns along an axis.
    share : ndarray of float, shape (c, ...)
        Share of each column, adding up to 1; its axes follow the one of the columns.
    axis : int
        The axis of the columns.

    Returns
    -------
    ndarray of float
        The values less their weighted mean.

    Notes
    -----
    R ``sweep(values, axis, apply(values, axis, weighted.mean, share))``.
    """
    answer: Floats = values - (values * share).sum(axis=axis, keepdims=True)
    return answer
