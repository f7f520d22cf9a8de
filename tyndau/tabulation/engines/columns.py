"""Where each row stands in a banner.

In: a frame and the banner's variables. Out: `Columns`: the total and the banner's categories in
blocks of columns that share no row, each row's place in every block. It counts nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import NO_CATEGORY, Column, Frame

Places = NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Columns that share no row.

    Attributes
    ----------
    first : int
        The first of them among all columns.
    count : int
        How many they are.
    places : ndarray of int, shape (n,)
        Each row's column, from 0; ``count`` where it stands in none of them.
    """

    first: int
    count: int
    places: Places


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The total, column 0, and the categories of a banner.

    Attributes
    ----------
    count : int
        Number of columns, C.
    blocks : tuple of Block
        All columns in runs; the total alone, a single variable's categories together, each
        category of a multiple alone.
    overlapping : tuple of (int, ndarray of bool)
        Of each multiple variable the first column and who is in which, shape (n, c).
    """

    count: int
    blocks: tuple[Block, ...]
    overlapping: tuple[tuple[int, NDArray[np.bool_]], ...]

    @classmethod
    def of(cls, frame: Frame, banners: Sequence[str]) -> "Columns":
        """Lay out the columns of a banner.

        Parameters
        ----------
        frame : Frame
            The rows.
        banners : sequence of str
            Single or multiple variables whose categories are the columns.

        Returns
        -------
        Columns
            The columns, in the order of the variables.
        """
        # The total is summed from the rows like every column, never from its parts: only then is
        # what a column that holds all of a cluster leaves of it exactly nothing.
        blocks = [Block(0, 1, np.zeros(len(frame), dtype=np.int8))]
        overlapping = []
        count = 1
        for name in banners:
            column = frame[name]
            if column.variable.kind == "single":
                blocks.append(_apart(column, count))
            else:
                members = column.values & column.asked[:, None]
                blocks.extend(_overlapping(members, count))
                overlapping.append((count, members))
            count += len(column.variable.categories)
        return cls(count, tuple(blocks), tuple(overlapping))


def small(largest: int) -> type[Any]:
    """Return the smallest type of integers that holds the numbers of columns or slots.

    Parameters
    ----------
    largest : int
        The largest number to hold.

    Returns
    -------
    type
        A signed type of NumPy.
    """
    return next(kind for kind in (np.int8, np.int16, np.int32) if largest <= np.iinfo(kind).max)


def placed(column: Column, *, empty: Any, outside: Any) -> Places:
    """Number the rows of a single variable by what was answered.

    Parameters
    ----------
    column : Column
        Its answers.
    empty : integer of NumPy
        The number of those who gave no answer; of the type of the result, no category's number.
    outside : integer of NumPy
        The number of those who were not asked; not less than any other.

    Returns
    -------
    ndarray of int, shape (n,)
        The category of each row, or one of these two.
    """
    places: Places = column.values.astype(type(empty))
    # Arithmetic on small integers is several times as fast as choosing by a mask.
    places += (places == NO_CATEGORY) * type(empty)(empty - NO_CATEGORY)
    np.maximum(places, ~column.asked * outside, out=places)
    return places


def _apart(column: Column, first: int) -> Block:
    count = len(column.variable.categories)
    none = small(count + 1)(count)
    return Block(first, count, placed(column, empty=none, outside=none))


def _overlapping(members: NDArray[np.bool_], first: int) -> Iterator[Block]:
    for number in range(members.shape[1]):
        yield Block(first + number, 1, (~members[:, number]).astype(np.int8))
