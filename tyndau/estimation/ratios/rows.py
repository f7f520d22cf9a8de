"""Ratios where each row is a cluster of its own: sums and sums of squares by stratum are enough.

In: sums of w and w^2 by stratum, and what calibration explains by its variables. Out: `RowRatios`.
The sums by cluster would be the data again; columns that share rows need the squares of what they
share.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation.design import Design
from tyndau.estimation.ratios.model import Floats, Measures, Moments, Ratios, Shared, from_common

# What a difference of sums leaves of them where it should leave nothing.
_ROUNDING = 1e-12


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
        self._residuals = self._influences(
            moments.sums if moments.residuals is None else moments.residuals
        )
        self._explained: tuple[Floats, Floats] | None = None
        if moments.explained is not None:
            slopes, products = moments.explained.slopes, moments.explained.products
            self._explained = self._influences(slopes), self._influences(products)
        self._design = design
        self._scale = design.first.scale
        self._centred = design.first.centred / np.maximum(design.first.units, 1)

    def rest(self) -> "RowRatios":
        """Return the ratios of each column's complement within column 0, the total."""
        return RowRatios(self._design, self._moments.rest(), self._measures)

    def variance(self) -> Floats:
        """Return the linearised variances, shape (C, R)."""
        answer = self._scaled(self._own_squares, self._residuals**2)
        if self._explained is None:
            return answer
        slopes, products = self._explained
        return _left(answer, slopes, products)

    def variance_against(self, other: Ratios) -> Floats:
        """Return variances of differences from ratios in other columns that share no row."""
        assert isinstance(other, RowRatios), "both ratios are of one design"
        squares = self._own_squares + other._own_squares
        answer = self._scaled(squares, (self._residuals - other._residuals) ** 2)
        if self._explained is None or other._explained is None:
            return answer
        pairs = zip(self._explained, other._explained, strict=True)
        slopes, products = (one - another for one, another in pairs)
        return _left(answer, slopes, products)

    @cached_property
    def _own_squares(self) -> Floats:
        """Sums of squared influences by stratum, before calibration; float, shape (H, C, R)."""
        y, x, base_of = self._measures.yy, self._measures.x, self._measures.base_of
        squares: Floats = self._squares @ y
        squares -= 2 * self.value * (self._squares @ self._measures.yx)
        squares += self.value**2 * (self._squares @ x)[:, :, base_of]
        squares /= self.below**2
        return squares

    def covariance(self, columns: slice) -> Floats:
        """Return covariances between columns, shape (R, c, c)."""
        sums = self._residuals[:, columns]
        shared = self._moments.shared.get(columns.start)
        products = sums[:, :, None] * sums[:, None, :]
        if shared is None:
            matrix = self._scaled(np.zeros(1), products)
            diagonal = np.arange(matrix.shape[0])
            own = self._own_squares[:, columns]
            matrix[diagonal, diagonal] = self._scaled(own, sums**2)
        else:
            matrix = self._scaled(self._shared_squares(columns, shared), products)
        answer = matrix.transpose(2, 0, 1)
        if self._explained is not None:
            slopes, crossed = (one[:, columns].transpose(2, 1, 0) for one in self._explained)
            taken = slopes @ crossed.transpose(0, 2, 1)
            answer = answer + taken + taken.transpose(0, 2, 1)
        return answer

    def _shared_squares(self, columns: slice, shared: Shared) -> Floats:
        value, below = self.value[columns], self.below[columns]
        crossed = shared.squares @ self._measures.yx
        squares = shared.squares @ self._measures.yy
        squares -= (value[:, None] + value[None, :]) * crossed
        below_shared = (shared.squares @ self._measures.x)[..., self._measures.base_of]
        squares += value[:, None] * value[None, :] * below_shared
        answer: Floats = squares / (below[:, None] * below[None, :])
        return answer

    def _scaled(self, squares: Floats, products_of_sums: Floats) -> Floats:
        more = (1,) * (products_of_sums.ndim - 1)
        scale, centred = (one.reshape(-1, *more) for one in (self._scale, self._centred))
        answer: Floats = (scale * (squares - products_of_sums * centred)).sum(axis=0)
        return answer

    def association(
        self, columns: NDArray[np.intp], ratios: NDArray[np.intp], weights: Floats, *, apart: bool
    ) -> tuple[float, Floats, float] | None:
        """Return what a test of columns against what they have in common stands on."""
        value, below = self.value[np.ix_(columns, ratios)], self.below[np.ix_(columns, ratios)]
        share, root = below / below.sum(axis=0), np.sqrt(weights)
        far = from_common(value, share, axis=0) * root
        size = len(columns) * len(ratios)
        if apart:
            covariance = self._apart(columns, ratios, value, below)
        else:
            found = self._overlapping(columns, ratios)
            if found is None:
                return None
            covariance = found
        # From each ratio the mean of the same ratio over the columns is taken.
        common = np.kron(np.ones((len(columns), len(columns))), np.eye(len(ratios)))
        taken = np.eye(size) - common * share.reshape(-1)
        taken *= root.reshape(-1, 1)
        matrix = taken @ covariance @ taken.T
        traces = np.diagonal(matrix).reshape(weights.shape).sum(axis=1)
        return float(np.vdot(far, far)), traces, float(np.vdot(matrix, matrix))

    def _overlapping(self, columns: NDArray[np.intp], ratios: NDArray[np.intp]) -> Floats | None:
        """Return the covariance of one ratio in a run of columns that overlap; None of others."""
        if len(ratios) > 1:
            return None
        first, last = int(columns[0]), int(columns[-1])
        for start, shared in self._moments.shared.items():
            count = shared.squares.shape[1]
            if start <= first and last < start + count:
                inside = columns - start
                matrix = self.covariance(slice(start, start + count))[ratios[0]]
                return np.asarray(matrix[np.ix_(inside, inside)])
        return None

    def _apart(
        self, columns: NDArray[np.intp], ratios: NDArray[np.intp], value: Floats, below: Floats
    ) -> Floats:
        """Return the covariance of ratios in columns that share no row."""
        size = len(columns) * len(ratios)
        sums = self._residuals[:, columns][:, :, ratios].reshape(-1, size)
        factor = self._scale * self._centred
        covariance = self._within(columns, ratios, value, below) - (sums * factor[:, None]).T @ sums
        if self._explained is not None:
            slopes, products = (
                one[:, columns][:, :, ratios].reshape(-1, size) for one in self._explained
            )
            taken = slopes.T @ products
            covariance += taken + taken.T
        return covariance

    def _within(
        self, columns: NDArray[np.intp], ratios: NDArray[np.intp], value: Floats, below: Floats
    ) -> Floats:
        """Return scaled sums of products of influences row by row, of columns that share none."""
        squares = np.tensordot(self._scale, self._squares, axes=1)[columns]
        crossed = (squares @ self._measures.yx)[:, ratios]
        base = (squares @ self._measures.x)[:, self._measures.base_of[ratios]]
        # Rows give a value above 0 to one ratio: products of two different values are 0.
        products = value[:, :, None] * value[:, None, :] * base[:, :, None]
        products -= value[:, :, None] * crossed[:, None, :]
        products -= crossed[:, :, None] * value[:, None, :]
        diagonal = np.arange(len(ratios))
        products[:, diagonal, diagonal] += (squares @ self._measures.yy)[:, ratios]
        products /= below[:, :, None] * below[:, None, :]
        size = len(columns) * len(ratios)
        answer = np.zeros((len(columns), len(ratios), len(columns), len(ratios)))
        each = np.arange(len(columns))
        answer[each, :, each, :] = products
        return answer.reshape(size, size)

    def degrees(self) -> Floats:
        """Return degrees of freedom of each column's domains, shape (C, B)."""
        present = self._present @ self._measures.x
        answer: Floats = (present - (present > 0)).sum(axis=0)
        return answer


def _left(variance: Floats, slopes: Floats, products: Floats) -> Floats:
    """Return what calibration leaves of variances; what rounding leaves of them is nothing."""
    answer: Floats = variance + 2 * np.einsum("mcr,mcr->cr", slopes, products)
    return np.where(answer <= _ROUNDING * variance, 0.0, answer)
