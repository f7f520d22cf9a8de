"""Comparisons before anything is decided: statistics, degrees of freedom, which may be tested.

In: nothing; the methods of this room make them. Out: `Compared`, and `Tests`, what each promises.
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
        """Compare each column with all others in the base of the table.

        Returns
        -------
        Compared
            Of shape (C, R).
        """

    def pairs(self, span: slice) -> Compared:
        """Compare columns with each other.

        Parameters
        ----------
        span : slice
            c columns.

        Returns
        -------
        Compared
            Of shape (R, c, c): ``[r, a, b]`` is column a less column b.
        """
