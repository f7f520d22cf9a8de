"""Tests by the design: Student's t with covariances, behind a test of the whole group.

In: a table's ratios, its bases and statistics. Out: comparisons. A difference is tested by
Student's t with the linearised variance, covariance included; where few people are expected to
give an answer, with no less variance than there would be without a difference (`null_variance`).
A comparison has the degrees of freedom of the side that has fewer, and where its sides are
different whole clusters no less variance than their own clusters give: what eight points say of a
new territory is known no better because all the others are compared with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from tyndau.estimation import Ratios, null_variance, t_statistic
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.bases import Bases
from tyndau.tabulation.rows import Rows
from tyndau.tabulation.significance.compared import Compared, pairs_of, upper
from tyndau.tabulation.statistics import Statistics


@dataclass(frozen=True, eq=False)
class DesignTests:
    """The comparisons of one table: C columns, R rows, B denominators.

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
    least : int
        Base below which nothing is tested.
    overlapping : set of int
        First columns of the spans in which a person can stand more than once.
    """

    rows: Rows
    found: Ratios
    statistics: Statistics
    bases: Bases
    least: int
    overlapping: frozenset[int] = frozenset()

    def rest(self) -> Compared:
        """Compare each column with its complement in the total; both together are the total.

        Returns
        -------
        Compared
            Of shape (C, R); the total itself is not tested.
        """
        base_of = self.rows.measures.base_of
        rest = self.found.rest()
        others = self.bases.rest
        tested = self._tested & others.reach(self.least) & (rest.degrees() >= 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            least = null_variance(
                self.found.value,
                rest.value,
                weights=(self.bases.weighted[:, base_of], others.weighted[:, base_of]),
                effective=(self.bases.effective[:, base_of], others.effective[:, base_of]),
            )
        variance = np.maximum(
            self.found.variance_against(rest), np.where(self.rows.shares, least, 0)
        )
        apart = self.found.apart_from(rest)[:, base_of]
        if apart.any():
            own = self.found.own_variance() + rest.own_variance()
            variance = np.where(apart, np.maximum(variance, own), variance)
        return Compared(
            t_statistic(self.found.value, rest.value, variance),
            variance,
            np.minimum(self._degrees, rest.degrees())[:, base_of],
            tested[:, base_of],
        )

    def pairs(self, spans: Sequence[slice]) -> Compared:
        """Compare the columns of each span with each other.

        Parameters
        ----------
        spans : sequence of slice
            Columns that are compared among themselves.

        Returns
        -------
        Compared
            Of shape (R, pairs), in the order of `pairs_of`.
        """
        base_of = self.rows.measures.base_of
        one, two = pairs_of(spans)
        variance, overlap = (
            np.concatenate(
                [of(span)[(slice(None), *upper(span.stop - span.start))] for span in spans], axis=1
            )
            for of in (self._variance, self._overlap)
        )
        value = self.found.value.T
        weight, effective = self.bases.weighted.T[base_of], self.bases.effective.T[base_of]
        with np.errstate(divide="ignore", invalid="ignore"):
            least = null_variance(
                value[:, one],
                value[:, two],
                weights=(weight[:, one], weight[:, two]),
                effective=(effective[:, one], effective[:, two]),
                overlap=overlap[base_of],
            )
        variance = np.maximum(variance, np.where(self.rows.shares[:, None], least, 0))
        apart = self.found.apart(one, two)[:, base_of].T
        if apart.any():
            own = self.found.own_variance().T
            variance = np.where(apart, np.maximum(variance, own[:, one] + own[:, two]), variance)
        return Compared(
            t_statistic(value[:, one], value[:, two], variance),
            variance,
            np.minimum(self._degrees[one], self._degrees[two]).T[base_of],
            (self._tested[one] & self._tested[two]).T[base_of],
        )

    def _variance(self, span: slice) -> Floats:
        """Return the variances of all differences in a span, shape (R, c, c)."""
        covariance = self.found.covariance(span)
        own = np.diagonal(covariance, axis1=1, axis2=2)
        answer: Floats = own[:, :, None] + own[:, None, :] - 2 * covariance
        return answer

    def gate(self, group: Sequence[int], *, apart: bool = True) -> float:
        """Test whether the columns of a group differ at all.

        The second-order Rao-Scott test of the question by the group, written for columns' shares,
        so that it holds for several answers a person and for columns that overlap as well: squares
        of distances from what the columns have in common, by the variance that they would have in a
        simple random sample, against an F distribution by the trace and the squares of their
        covariance. Its degrees of freedom are those of the columns by their parts in the trace.

        Parameters
        ----------
        group : sequence of int
            Its columns.
        apart : bool
            Whether nobody stands in two of them.

        Returns
        -------
        float
            p value; NaN where fewer than two columns can be tested, all gave the same answer, or
            the covariances are not known (rows without clusters that give several answers, or
            stand in several columns, but for one answer or a mean in columns that are not nested).

        References
        ----------
        Rao and Scott (1984), On chi-squared tests for multiway contingency tables with cell
        proportions estimated from survey data. Annals of Statistics 12, 46-60; Thomas and Decady
        (2004), Testing for association using multiple response survey data. International Journal
        of Testing 4, 43-59.
        """
        chosen = self.rows.gate
        if not len(chosen):
            return float("nan")
        base = int(self.rows.measures.base_of[chosen[0]])
        columns = np.asarray(group, dtype=np.intp)
        columns = columns[self._tested[columns, base]]
        if len(columns) < 2:
            return float("nan")
        value = self.found.value[np.ix_(columns, chosen)]
        weight = self.found.below[np.ix_(columns, chosen)]
        common = (value * weight).sum(axis=0) / weight.sum(axis=0)
        spread = self._spread(common, chosen)
        given = spread > 0
        if not given.any():
            return float("nan")
        found = self.found.association(
            columns,
            chosen[given],
            weight[:, given] / spread[given],
            apart=apart and (self.rows.exclusive or given.sum() == 1),
        )
        if found is None or not found[1].sum() > 0:
            return float("nan")
        squares, traces, square = found
        trace = float(traces.sum())
        freedom = trace**2 / square
        # Each column's degrees of freedom by its part in the test (Satterthwaite).
        degrees = trace**2 / float((traces**2 / self._degrees[columns, base]).sum())
        degrees = min(degrees, float(self._degrees[0, base]))
        return float(fdtrc(freedom, freedom * degrees, squares / trace))

    def _spread(self, common: Floats, chosen: NDArray[np.intp]) -> Floats:
        """Return by what a distance counts: p for one answer a person, p(1 - p) for several."""
        if not self.rows.shares[chosen[0]]:
            return np.ones(len(chosen))
        return common if self.rows.exclusive else common * (1 - common)

    @cached_property
    def _degrees(self) -> Floats:
        return self.found.degrees()

    @cached_property
    def _tested(self) -> NDArray[np.bool_]:
        # One cluster tells nothing of its own error: its residuals add to nothing.
        return self.bases.reach(self.least) & (self._degrees >= 1)

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
            # Where nobody is, nothing is shared.
            shares = np.divide(squares, product, out=np.zeros_like(product), where=product > 0)
            return np.asarray(shares, dtype=np.float64)
        return np.full_like(product, np.inf if span.start in self.overlapping else 0.0)
