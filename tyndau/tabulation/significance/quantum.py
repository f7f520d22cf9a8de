"""Tests as old tables had them: effective bases, a pooled share, no clusters, no correction.

In: a table's ratios, its bases and statistics. Out: comparisons, for parity with volumes that a
customer has from elsewhere and for nothing else: the effective base ignores that answers from one
point resemble each other, so that too much comes out significant where clusters matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation import Ratios, t_statistic
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.bases import Bases
from tyndau.tabulation.rows import Rows
from tyndau.tabulation.significance.compared import Compared, pairs_of, upper
from tyndau.tabulation.statistics import Statistics


@dataclass(frozen=True, slots=True, eq=False)
class QuantumTests:
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

    References
    ----------
    Quantum User's Guide, "Special T statistics", T1 (proportions and means) and T2 (columns
    that overlap); with e the effective bases, e0 that of the overlap and p the share in both
    together, t = (p1 - p2) / sqrt(p (1 - p) (1/e1 + 1/e2 - 2 e0/(e1 e2)) (e1 + e2)/(e1 + e2 - 1)).
    """

    rows: Rows
    found: Ratios
    statistics: Statistics
    bases: Bases
    least: int

    def rest(self) -> Compared:
        """Compare each column with all others in the base of the table.

        Returns
        -------
        Compared
            Of shape (C, R).
        """
        base_of = self.rows.measures.base_of
        others = self.bases.rest
        sums = self.statistics.moments.total
        rest = self._values(sums[:1] - sums)
        tested = (self.bases.reach(self.least) & others.reach(self.least))[:, base_of]
        return self._compared(
            self._values(sums), rest,
            (self.bases.weighted[:, base_of], others.weighted[:, base_of]),
            (self.bases.effective[:, base_of], others.effective[:, base_of]), 0.0, tested,
        )  # fmt: skip

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
        one, two = pairs_of(spans)
        mean, square = self._values(self.statistics.moments.total)
        base_of = self.rows.measures.base_of
        weight, effective = self.bases.weighted[:, base_of], self.bases.effective[:, base_of]
        reach = self.bases.reach(self.least)[:, base_of]
        common = np.concatenate([self._common(span) for span in spans])[:, base_of]
        found = self._compared(
            (mean[one], square[one]), (mean[two], square[two]), (weight[one], weight[two]),
            (effective[one], effective[two]), common, reach[one] & reach[two],
        )  # fmt: skip
        return Compared(found.statistic.T, found.variance.T, found.degrees.T, found.tested.T)

    def _common(self, span: slice) -> Floats:
        """Return the effective bases of what each pair shares, shape (pairs, B); 0 if nothing."""
        places = upper(span.stop - span.start)
        bases = self.rows.measures.x
        shared = self.statistics.overlap.get(span.start)
        if shared is None:
            return np.zeros((len(places[0]), bases.shape[1]))
        mass, squares = (sums[places] @ bases for sums in shared)
        none = np.zeros_like(mass)
        common: Floats = np.divide(mass**2, squares, out=none, where=squares > 0)
        return common

    def _values(self, sums: Floats) -> tuple[Floats, Floats]:
        """Return means and mean squares from sums; shares are means of 0 and 1."""
        measures = self.rows.measures
        below = (sums @ measures.x)[:, measures.base_of]
        with np.errstate(divide="ignore", invalid="ignore"):
            return (sums @ measures.y) / below, (sums @ measures.yy) / below

    def _compared(
        self,
        first: tuple[Floats, Floats],
        second: tuple[Floats, Floats],
        weights: tuple[Floats, Floats],
        effective: tuple[Floats, Floats],
        common: Floats | float,
        tested: NDArray[np.bool_],
    ) -> Compared:
        (mean_a, square_a), (mean_b, square_b) = first, second
        e1, e2 = effective
        with np.errstate(divide="ignore", invalid="ignore"):
            pooled = (mean_a * weights[0] + mean_b * weights[1]) / (weights[0] + weights[1])
            size = 1 / e1 + 1 / e2 - 2 * common / (e1 * e2)
            of_shares = pooled * (1 - pooled) * (e1 + e2) / (e1 + e2 - 1)
            within = e1 * (square_a - mean_a**2) + e2 * (square_b - mean_b**2)
            variance = np.where(self.rows.shares, of_shares, within / (e1 + e2 - 2)) * size
            degrees = np.maximum(e1 + e2 - 2 - common, 1.0)
        return Compared(t_statistic(mean_a, mean_b, variance), variance, degrees, tested)
