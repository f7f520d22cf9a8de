"""Tests as old tables had them: effective bases, a pooled share, no clusters, no correction.

In: a table's ratios, its bases and statistics. Out: comparisons, for parity with volumes that a
customer has from elsewhere and for nothing else: the effective base ignores that answers from one
point resemble each other, so that too much comes out significant where clusters matter.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation import Ratios, t_statistic
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.bases import Bases
from tyndau.tabulation.rows import Rows
from tyndau.tabulation.significance.compared import Compared
from tyndau.tabulation.statistics import Statistics


@dataclass(frozen=True, eq=False)
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

    def pairs(self, span: slice) -> Compared:
        """Compare the columns of a group with each other.

        Parameters
        ----------
        span : slice
            Its c columns.

        Returns
        -------
        Compared
            Of shape (R, c, c): ``[r, a, b]`` is column a less column b.
        """
        base_of = self.rows.measures.base_of
        mean, square = (one[span].T for one in self._own)
        weight = self.bases.weighted[span].T[base_of]
        effective = self.bases.effective[span].T[base_of]
        tested = self.bases.reach(self.least)[span].T[base_of]
        common = self.statistics.overlap.get(span.start, 0.0)

        def each(values: Floats) -> tuple[Floats, Floats]:
            return values[:, :, None], values[:, None, :]

        (mean_a, mean_b), (square_a, square_b) = each(mean), each(square)
        return self._compared(
            (mean_a, square_a), (mean_b, square_b), each(weight), each(effective), common,
            tested[:, :, None] & tested[:, None, :], axis=0,
        )  # fmt: skip

    @cached_property
    def _own(self) -> tuple[Floats, Floats]:
        return self._values(self.statistics.moments.total)

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
        *,
        axis: int = -1,
    ) -> Compared:
        shares = self.rows.shares
        if axis == 0:
            shares = shares[:, None, None]
        (mean_a, square_a), (mean_b, square_b) = first, second
        e1, e2 = effective
        with np.errstate(divide="ignore", invalid="ignore"):
            pooled = (mean_a * weights[0] + mean_b * weights[1]) / (weights[0] + weights[1])
            size = 1 / e1 + 1 / e2 - 2 * common / (e1 * e2)
            of_shares = pooled * (1 - pooled) * (e1 + e2) / (e1 + e2 - 1)
            within = e1 * (square_a - mean_a**2) + e2 * (square_b - mean_b**2)
            variance = np.where(shares, of_shares, within / (e1 + e2 - 2)) * size
            degrees = np.maximum(e1 + e2 - 2 - common, 1.0)
        return Compared(t_statistic(mean_a, mean_b, variance), degrees, tested)
