"""What calibration takes from an estimate's influences: all that the known totals explain.

In: the calibrations of a design, in the order in which they were made. Out: `Residuals`, which
turns influences, row by row or summed, into those of the calibrated estimate. Both ways are the
same linear map, so that a table needs no pass over the rows of its own; where each row is a
cluster, sums by variable give the squares and products of residuals too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.weighting.calibration import Calibration

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Residuals:
    """The calibrations of a design over n rows.

    Attributes
    ----------
    calibrations : tuple of Calibration
        In the order in which they were made.
    weights : ndarray of float, shape (n,)
        The final weights, after all of them and any trimming.
    cell : ndarray of int, shape (n,)
        Which cell of the design each row lies in.
    cells : int
        How many there are.
    scale : ndarray of float, shape (cells,), or None
        By what squares of each cell's rows are multiplied, where rows are the clusters and cells
        their strata; else None.
    """

    calibrations: tuple[Calibration, ...]
    weights: Floats
    cell: Integers
    cells: int
    scale: Floats | None = None

    @cached_property
    def variables(self) -> tuple[Floats, ...]:
        """Each calibration's variables by its cells, made so that X'MX is 1; float, shape (q, k).

        Regressions on them are those on the variables given, which may depend on each other; rows
        of weight 0 have no part.
        """
        return tuple(_orthogonal(one) for one in self.calibrations)

    @cached_property
    def factors(self) -> tuple[tuple[Floats, ...], ...]:
        """What a row's value is multiplied by where it enters each regression; shape (n,) each.

        M w / v: with it, sums by cell give X'M(w u / v). Rows of weight 0 have no part. Where rows
        are the clusters a second one gives products of influences and what explains them.
        """
        entering = [_share(self.weights, one) for one in self.calibrations]
        if self.scale is None:
            return tuple((one,) for one in entering)
        scaled = self.scale[self.cell] * self.weights
        pairs = zip(entering, self.calibrations, strict=True)
        return tuple((factor, scaled * one.weights) for factor, one in pairs)

    def of_rows(self, influences: Floats) -> Floats:
        """Return the residuals of influences.

        Parameters
        ----------
        influences : ndarray of float, shape (n, p)
            Weighted influences w u of each row on p estimates.

        Returns
        -------
        ndarray of float, shape (n, p)
            What the known totals do not explain.

        Notes
        -----
        R ``survey::svyrecvar`` before it sums by cluster, for ``postStratify``, ``rake`` and
        ``calibrate``.
        """
        left = influences
        for one, values in zip(self.calibrations, self.variables, strict=True):
            share = _share(np.ones_like(one.weights), one)
            slope = values.T @ _by_cell(one.cell, len(values), share, left)
            left = left - one.weights[:, None] * (values @ slope)[one.cell]
        return left

    def slopes(self, crossed: Sequence[Floats]) -> list[Floats]:
        """Return what each variable explains of an influence.

        Parameters
        ----------
        crossed : sequence of ndarray of float, shape (k, ...)
            For each calibration, sums over rows of its first factor times u times its `variables`.

        Returns
        -------
        list of ndarray of float, shape (k, ...)
            Slopes by calibration.
        """
        slopes: list[Floats] = []
        for number, sums in enumerate(crossed):
            left = sums
            for before, slope in enumerate(slopes):
                left = left - np.tensordot(self._crossings[number][before], slope, 1)
            slopes.append(left)
        return slopes

    def of_sums(self, sums: Floats, slopes: Sequence[Floats]) -> Floats:
        """Return sums of residuals by cell of the design.

        Parameters
        ----------
        sums : ndarray of float, shape (cells, ...)
            Sums of w u by cell of the design.
        slopes : sequence of ndarray of float, shape (k, ...)
            As `slopes` gives them.

        Returns
        -------
        ndarray of float, shape (cells, ...)
            Sums of the residuals.
        """
        left = sums.copy()
        for totals, slope in zip(self._totals, slopes, strict=True):
            left -= np.tensordot(totals, slope, 1)
        return left

    def products(self, slopes: Sequence[Floats], crossed: Sequence[Floats]) -> Floats:
        """Return what slopes are multiplied by in sums of products over rows.

        With residuals e = w u - sum of v x b over the variables, scaled sums over rows of e e' are
        those of w u w u', plus b p' + p b' over the variables, p being what this returns.

        Parameters
        ----------
        slopes : sequence of ndarray of float, shape (k, ...)
            As `slopes` gives them.
        crossed : sequence of ndarray of float, shape (k, ...)
            For each calibration, sums over rows of its second factor times u times its `variables`.

        Returns
        -------
        ndarray of float, shape (all k, ...)
            Of all calibrations' variables, one after the other.
        """
        answer: Floats = np.tensordot(self._squares, np.concatenate(slopes), 1) / 2
        answer -= np.concatenate(crossed)
        return answer

    @cached_property
    def _totals(self) -> tuple[Floats, ...]:
        """Sums of v x by cell of the design, by calibration; float, shape (cells, k)."""
        pairs = zip(self.calibrations, self.variables, strict=True)
        return tuple(
            _by_cell(self.cell, self.cells, one.weights, values, one.cell) for one, values in pairs
        )

    @cached_property
    def _squares(self) -> Floats:
        """Scaled sums over rows of v x v' x' for all pairs of variables of all calibrations."""
        assert self.scale is not None, "rows are the clusters"
        scaled = [self.scale[self.cell] * one.weights for one in self.calibrations]
        numbers = range(len(scaled))
        blocks = [[self._summed(one, scaled[one], two) for two in numbers] for one in numbers]
        return np.block(blocks)

    @cached_property
    def _crossings(self) -> tuple[tuple[Floats, ...], ...]:
        """X'M(v' / v)X', what earlier calibrations take from the regression of each one."""
        shares = [_share(np.ones_like(one.weights), one) for one in self.calibrations]
        return tuple(
            tuple(self._summed(number, share, before) for before in range(number))
            for number, share in enumerate(shares)
        )

    def _summed(self, number: int, factor: Floats, other: int) -> Floats:
        """Return sums over rows of a factor times x v' x' of two calibrations' variables."""
        one, two = self.calibrations[number], self.calibrations[other]
        values = self.variables[other]
        sums = _by_cell(one.cell, len(one.auxiliary), factor * two.weights, values, two.cell)
        answer: Floats = self.variables[number].T @ sums
        return answer


def _orthogonal(one: Calibration) -> Floats:
    """Return combinations of a calibration's variables, by its cells, for which X'MX is 1."""
    metric = np.where(one.weights != 0, one.metric, 0.0)
    mass = np.bincount(one.cell, metric, len(one.auxiliary))
    matrix = one.auxiliary.T @ (mass[:, None] * one.auxiliary)
    # Columns of one size: beside a turnover in tenge a column of ones would be lost.
    size = np.sqrt(np.diagonal(matrix))
    size = np.where(size > 0, size, 1.0)
    values, vectors = np.linalg.eigh(matrix / np.outer(size, size))
    kept = values > len(values) * np.finfo(float).eps * values.max(initial=0.0)
    answer: Floats = one.auxiliary @ (vectors[:, kept] / np.sqrt(values[kept]) / size[:, None])
    return answer


def _share(part: Floats, one: Calibration) -> Floats:
    """Return M part / v, 0 where a row has no weight."""
    none = np.zeros_like(one.weights)
    return np.divide(one.metric * part, one.weights, out=none, where=one.weights != 0)


def _by_cell(
    cell: Integers, cells: int, factor: Floats, values: Floats, at: Integers | None = None
) -> Floats:
    """Return sums over rows, by cell, of a factor times each column; rows have values ``at``."""
    sums = np.empty((cells, values.shape[1]))
    for number, column in enumerate(values.T):
        sums[:, number] = np.bincount(cell, factor * (column if at is None else column[at]), cells)
    return sums
