"""Comparisons before anything is decided: statistics, degrees of freedom, which may be tested.

In: nothing; the methods of this room make them. Out: `Compared`, and `Tests`, what each promises.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
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
    variance : ndarray of float
        Variance of the first less the second, shares counted from 0 to 1.
    degrees : ndarray of float
        Degrees of freedom.
    tested : ndarray of bool
        Whether both sides are large enough to be compared.
    """

    statistic: Floats
    variance: Floats
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

    def pairs(self, spans: Sequence[slice]) -> Compared:
        """Compare columns with each other.

        Parameters
        ----------
        spans : sequence of slice
            Columns that are compared among themselves.

        Returns
        -------
        Compared
            Of shape (R, pairs), each pair once, in the order of `pairs_of`.
        """


def pairs_of(spans: Sequence[slice]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the columns of all pairs.

    Parameters
    ----------
    spans : sequence of slice
        Columns that are compared among themselves.

    Returns
    -------
    tuple of ndarray of int, shape (pairs,)
        The first and the second column of each pair, span by span.
    """
    pairs = [upper(span.stop - span.start) for span in spans]
    first, second = (
        np.concatenate([span.start + pair[end] for span, pair in zip(spans, pairs, strict=True)])
        for end in (0, 1)
    )
    return first, second


@cache
def upper(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places above the diagonal of a square matrix.

    Parameters
    ----------
    count : int
        Its size.

    Returns
    -------
    tuple of ndarray of int
        Rows and columns.
    """
    one, two = np.triu_indices(count, 1)
    return one, two
