"""What calibration takes from an estimate's influences: all that the known totals explain.

In: the calibrations of a design, in the order in which they were made. Out: `Residuals`, which
turns influences, row by row or summed, into those of the calibrated estimate. Both ways are the
same linear map, so that a table needs no pass over the rows of its own.
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
    """

    calibrations: tuple[Calibration, ...]
    weights: Floats
    cell: Integers
    cells: int

    @cached_property
    def _inverse(self) -> tuple[Floats, ...]:
        """The inverse of X'MX by calibration; rows of weight 0 have no part.

        X may hold columns that depend on each other.
        """
        found: list[Floats] = []
        for one in self.calibrations:
            metric = np.where(one.weights != 0, one.metric, 0.0)
            mass = np.bincount(one.cell, metric, len(one.auxiliary))
            matrix = one.auxiliary.T @ (mass[:, None] * one.auxiliary)
            # Columns of one size: beside a turnover in tenge a column of ones would be lost.
            size = np.sqrt(np.diagonal(matrix))
            size = np.where(size > 0, size, 1.0)
            by = np.outer(size, size)
            found.append(np.asarray(np.linalg.pinv(matrix / by, hermitian=True) / by))
        return tuple(found)

    @cached_property
    def factors(self) -> tuple[Floats, ...]:
        """What a row's value is multiplied by where it enters each regression; shape (n,) each.

        M w / v: with it, sums by cell give X'M(w u / v). Rows of weight 0 have no part.
        """
        return tuple(_share(self.weights, one) for one in self.calibrations)

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
        for one, inverse in zip(self.calibrations, self._inverse, strict=True):
            share = _share(np.ones_like(one.weights), one)
            summed = _by_cell(one, share[:, None] * left)
            slope = inverse @ (one.auxiliary.T @ summed)
            left = left - one.weights[:, None] * (one.auxiliary @ slope)[one.cell]
        return left

    def of_sums(self, sums: Floats, crossed: Sequence[Floats]) -> Floats:
        """Return sums of residuals by cell of the design.

        Parameters
        ----------
        sums : ndarray of float, shape (cells, ...)
            Sums of w u by cell of the design.
        crossed : sequence of ndarray of float, shape (q, ...)
            For each calibration, sums of its `factors` times u by cell of the calibration.

        Returns
        -------
        ndarray of float, shape (cells, ...)
            Sums of the residuals.
        """
        width = int(np.prod(sums.shape[1:]))
        left = sums.reshape(len(sums), width).copy()
        slopes: list[Floats] = []
        for number, one in enumerate(self.calibrations):
            right = one.auxiliary.T @ crossed[number].reshape(len(one.auxiliary), width)
            for before, slope in zip(self.calibrations[:number], slopes, strict=True):
                right = right - _crossing(one, before) @ slope
            slopes.append(self._inverse[number] @ right)
            left -= self._totals[number] @ slopes[-1]
        return left.reshape(sums.shape)

    @cached_property
    def _totals(self) -> tuple[Floats, ...]:
        """Sums of v x by cell of the design, by calibration; float, shape (cells, k)."""
        return tuple(
            np.column_stack([
                np.bincount(self.cell, one.weights * values[one.cell], self.cells)
                for values in one.auxiliary.T
            ])
            for one in self.calibrations
        )  # fmt: skip


def _share(part: Floats, one: Calibration) -> Floats:
    """Return M part / v, 0 where a row has no weight."""
    none = np.zeros_like(one.weights)
    return np.divide(one.metric * part, one.weights, out=none, where=one.weights != 0)


def _crossing(one: Calibration, before: Calibration) -> Floats:
    """Return X'M(v' / v)X', what an earlier calibration takes from a later one's regression."""
    values = _share(before.weights, one)[:, None] * before.auxiliary[before.cell]
    answer: Floats = one.auxiliary.T @ _by_cell(one, values)
    return answer


def _by_cell(one: Calibration, values: Floats) -> Floats:
    sums = np.empty((len(one.auxiliary), values.shape[1]))
    for column in range(values.shape[1]):
        sums[:, column] = np.bincount(one.cell, values[:, column], len(one.auxiliary))
    return sums
