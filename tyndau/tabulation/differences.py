"""Which differences between columns are significant.

In: a table's ratios, its bases and statistics. Out: for each cell whether it is higher or lower
than the rest, and than which columns of its group it is higher. A difference is tested by Student's
t with the linearised variance, covariance included; where few people are expected to give an
answer, with no less variance than there would be without a difference (`null_variance`). No
correction for the number of tests is made here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation import Design, Ratios, null_variance, ratios, significant
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.bases import ROUNDING, Bases
from tyndau.tabulation.rows import Rows
from tyndau.tabulation.statistics import Statistics
from tyndau.tabulation.table import Method


@dataclass(frozen=True, eq=False)
class Differences:
    """The differences of one table: C columns, R rows, B denominators.

    Attributes
    ----------
    rows : Rows
        The table's rows.
    found : Ratios
        Their ratios in the columns.
    statistics : Statistics
        The question's sums.
    bases : Bases
        The columns' bases.
    method : Method
        Level and thresholds.
    """

    rows: Rows
    found: Ratios
    statistics: Statistics
    bases: Bases
    method: Method

    def versus_rest(self, design: Design) -> NDArray[np.int8]:
        """Test each column against its complement in the total; both together are the total.

        Parameters
        ----------
        design : Design
            The design of the frame.

        Returns
        -------
        ndarray of int8, shape (C, R)
            1 where the column is higher, -1 where lower, 0 else.
        """
        base_of = self.rows.measures.base_of
        rest = ratios(design, self.statistics.moments.rest(), self.rows.measures)
        others = self.bases.rest
        tested = self._tested & others.reach(self.method.thresholds.hide_below)
        tested &= rest.degrees() >= 1
        with np.errstate(divide="ignore", invalid="ignore"):
            least = null_variance(
                self.found.value,
                rest.value,
                weights=(self.bases.weighted[:, base_of], others.weighted[:, base_of]),
                effective=(self.bases.effective[:, base_of], others.effective[:, base_of]),
            )
        sign = significant(
            self.found.value,
            rest.value,
            np.maximum(self.found.variance_against(rest), np.where(self.rows.shares, least, 0)),
            degrees=np.broadcast_to(self.found.degrees()[0, base_of], self.found.value.shape),
            level=self.method.level,
        )
        return np.where(tested[:, base_of], sign, 0).astype(np.int8)

    def higher_than(self, spans: Sequence[slice]) -> NDArray[np.bool_]:
        """Test the columns of each group against each other.

        Parameters
        ----------
        spans : sequence of slice
            The columns of each group.

        Returns
        -------
        ndarray of bool, shape (R, C, C)
            ``[r, a, b]`` where column a is significantly higher than column b.
        """
        columns, heads = self.found.value.shape
        higher = np.zeros((heads, columns, columns), dtype=bool)
        if spans:
            one, other, sign = self._compared(spans)
            higher[:, one, other] = sign > 0
            higher[:, other, one] = sign < 0
        return higher

    def _compared(
        self, spans: Sequence[slice]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int8]]:
        """Test all pairs of columns within groups at once: their columns, and signs (R, pairs)."""
        base_of = self.rows.measures.base_of
        places = [_pairs(span.stop - span.start) for span in spans]
        one, other = (
            np.concatenate([at[side] + span.start for at, span in zip(places, spans, strict=True)])
            for side in (0, 1)
        )
        variance, degrees, overlap = (
            np.concatenate([of(span)[:, *at] for at, span in zip(places, spans, strict=True)], 1)
            for of in (self._variance, self.found.degrees_of_pairs, self._overlap)
        )
        value = self.found.value.T
        weight, effective = self.bases.weighted.T[base_of], self.bases.effective.T[base_of]
        with np.errstate(divide="ignore", invalid="ignore"):
            least = null_variance(
                value[:, one],
                value[:, other],
                weights=(weight[:, one], weight[:, other]),
                effective=(effective[:, one], effective[:, other]),
                overlap=overlap[base_of],
            )
        sign = significant(
            value[:, one],
            value[:, other],
            np.maximum(variance, np.where(self.rows.shares[:, None], least, 0)),
            degrees=degrees[base_of],
            level=self.method.level,
        )
        tested = (self._tested[one] & self._tested[other]).T[base_of]
        return one, other, np.where(tested, sign, 0)

    def _variance(self, span: slice) -> Floats:
        """Return the variances of all differences in a group, shape (R, c, c)."""
        covariance = self.found.covariance(span)
        own = np.diagonal(covariance, axis1=1, axis2=2)
        answer: Floats = own[:, :, None] + own[:, None, :] - 2 * covariance
        return answer

    @cached_property
    def _tested(self) -> NDArray[np.bool_]:
        # One cluster tells nothing of its own error: its residuals add to nothing.
        enough = self.bases.reach(self.method.thresholds.hide_below)
        return enough & (self.found.degrees() >= 1)

    def _overlap(self, span: slice) -> Floats:
        """Return what the columns of a group share, by denominator, as `null_variance` takes it.

        It is known where rows are the clusters. For columns of clusters that overlap it is not:
        then all is taken as shared, and the linearised variance stands alone.
        """
        weight = self.bases.weighted[span].T
        product = weight[:, :, None] * weight[:, None, :]
        shared = self.statistics.moments.shared.get(span.start)
        if shared is not None:
            squares = np.moveaxis(shared.squares.sum(axis=0) @ self.rows.measures.x, -1, 0)
            return np.asarray(squares / product, dtype=np.float64)
        overlapping = (weight.sum(axis=1) > self.bases.weighted[0] * (1 + ROUNDING)).any()
        return np.full_like(product, np.inf if overlapping else 0.0)


@cache
def _pairs(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all pairs of so many columns."""
    one, other = np.triu_indices(count, 1)
    return one, other
