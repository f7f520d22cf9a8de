"""The bases of a table's columns: how many people, how much weight, how much it is worth.

In: a question's statistics and its measures. Out: `Bases`, which says where a base is large
enough. Thresholds are asked of the unweighted and of the effective base (DESIGN.md).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation.ratios import Floats
from tyndau.tabulation.rows import Rows
from tyndau.tabulation.statistics import Statistics

# Effective bases of equal weights come out a rounding below the count.
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Bases:
    """Bases of C columns over B denominators: that of the answers and, if any, of the mean.

    Attributes
    ----------
    counts : ndarray of float, shape (C, B)
        People, unweighted.
    weighted : ndarray of float, shape (C, B)
        Sum of their weights.
    squares : ndarray of float, shape (C, B)
        Sum of their squared weights.
    """

    counts: Floats
    weighted: Floats
    squares: Floats

    @cached_property
    def effective(self) -> Floats:
        """Kish's effective bases, 0 where nobody is; float, shape (C, B)."""
        none = np.zeros_like(self.weighted)
        answer: Floats = np.divide(self.weighted**2, self.squares, out=none, where=self.squares > 0)
        return answer

    @cached_property
    def rest(self) -> "Bases":
        """The bases of each column's complement within column 0, the total."""
        return Bases(
            self.counts[0] - self.counts,
            self.weighted[0] - self.weighted,
            self.squares[0] - self.squares,
        )

    def reach(self, threshold: int) -> NDArray[np.bool_]:
        """Tell where a threshold is reached.

        Parameters
        ----------
        threshold : int
            People, asked of the unweighted and of the effective base.

        Returns
        -------
        ndarray of bool, shape (C, B)
            True where both are at least that.
        """
        return (self.counts >= threshold) & (self.effective >= threshold - ROUNDING)


def bases_of(rows: Rows, statistics: Statistics) -> Bases:
    """Return the bases of a table.

    Parameters
    ----------
    rows : Rows
        Its rows, which say what the denominators are.
    statistics : Statistics
        The question's sums.

    Returns
    -------
    Bases
        By column and denominator.
    """
    x = rows.measures.x
    weighted = statistics.moments.total @ x
    return Bases(statistics.counts @ x, weighted, statistics.squares @ x)
