"""Comparisons before anything is decided: statistics, degrees of freedom, which may be tested.

In: nothing; the methods of this room make them. Out: `Compared`, and `Tests`, what a method promises.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tyndau.estimation.ratios import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Comparisons of cells, arrays of one shape.

    Attributes
    ----------
    statistic : ndarray of float
        Student's t of the first less the second.
    degrees : ndarray of float
        Degrees of freedom.
    tested : ndarray of bool
        Whether both sides are large enough to be compared.
    """

    statistic: Floats
    degrees: Floats
    tested: NDArray[np.bool_]


class Tests(Protocol):
    """A method of testing one table of C columns and R rows."""

    def rest(self) -> Compared:
        """Compare each column with all others in the base of the table; shape (C, R)."""

    def pairs(self, span: slice) -> Compared:
        """Compare c columns of a group with each other; shape (R, c, c)."""

    def gate(self, span: slice) -> float:
        """Return the p value of the whole group; NaN where there is no such test."""
