"""Margins: known totals by category, which rows are in which, and rows gathered into cells.

In: codes of rows and totals. Out: `Margin`, checked; `Cells`, the crossings of several margins that
occur in the sample, with which millions of rows become a few hundred. A margin may be partial:
rows with the code -1 are outside of it, and a category whose total is NaN is left free.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.base.errors import Problem, UserError
from tyndau.weighting import problems
from tyndau.weighting.adjustment import Floats
from tyndau.weighting.merging import suggest_merges

Codes = NDArray[np.integer]

# A table of so many cells is counted directly; a larger one is sorted for the cells that occur.
_TABLE = 1 << 22


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """Known totals of the K categories of one variable; made by `make_margin`.

    Attributes
    ----------
    name : str
        The variable, for messages and logs.
    codes : ndarray of int, shape (n,)
        Each row's category, 0 to K - 1; -1 where it is outside of the margin.
    totals : ndarray of float, shape (K,)
        People in each category; NaN where it is not known.
    categories : tuple of str
        Names of the categories.
    blocks : ndarray of int, shape (K,)
        Categories that may be merged have the same number.
    """

    name: str
    codes: Codes
    totals: Floats
    categories: tuple[str, ...]
    blocks: NDArray[np.intp]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Categories whose total is known; bool, shape (K,)."""
        return ~np.isnan(self.totals)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The crossings of m margins that occur among n rows: q cells.

    Attributes
    ----------
    index : ndarray of int, shape (n,)
        Each row's cell.
    codes : ndarray of int, shape (q, m)
        Each cell's category in each margin; -1 outside.
    """

    index: NDArray[np.intp]
    codes: NDArray[np.intp]


def make_margin(
    name: str,
    codes: ArrayLike,
    totals: ArrayLike,
    *,
    categories: Sequence[str] = (),
    blocks: ArrayLike | None = None,
) -> Margin:
    """Make a margin.

    Parameters
    ----------
    name : str
        The variable.
    codes : array_like of int, shape (n,)
        Each row's category, 0 to K - 1; -1 for rows outside of the margin.
    totals : array_like of float, shape (K,)
        People in each category, 0 or more; NaN where it is not known.
    categories : sequence of str, optional
        Names of the categories; their numbers by default.
    blocks : array_like of int, shape (K,), optional
        Which categories may be merged with each other, for suggestions; all by default.

    Returns
    -------
    Margin
        The margin.

    Raises
    ------
    ValueError
        If codes are no such numbers, or totals are negative or infinite.
    """
    code, total = np.asarray(codes), np.asarray(totals, dtype=np.float64)
    if code.dtype.kind not in "iu" or code.ndim != 1:
        raise ValueError(f"codes of margin {name!r} are {code.dtype}, expected whole numbers")
    if len(code) and (code.min() < -1 or code.max() >= len(total)):
        raise ValueError(f"codes of margin {name!r} are not -1 to {len(total) - 1}")
    if np.isinf(total).any() or (total < 0).any():
        raise ValueError(f"totals of margin {name!r} are not 0 or more")
    names = tuple(categories) or tuple(map(str, range(len(total))))
    block = np.zeros(len(total)) if blocks is None else np.asarray(blocks)
    return Margin(name, code, total, names, block.astype(np.intp))


def collapse(margins: Sequence[Margin]) -> Cells:
    """Gather rows into the crossings of margins.

    Parameters
    ----------
    margins : sequence of Margin
        At least one, over the same rows.

    Returns
    -------
    Cells
        Only crossings that occur.

    Raises
    ------
    ValueError
        If the margins are not over the same rows.
    """
    rows = len(margins[0].codes)
    if any(len(margin.codes) != rows for margin in margins):
        raise ValueError("margins are not over the same rows")
    joint = np.zeros(rows, dtype=np.intp)
    table = np.zeros((1, 0), dtype=np.intp)
    digits: list[tuple[int, int]] = []  # lowest code and number of codes of what joint holds
    span = 1
    for margin in margins:
        lowest = -1 if rows and margin.codes.min() < 0 else 0
        radix = len(margin.totals) - lowest
        if digits and span * radix > _TABLE:
            joint, table = _numbered(joint, span, table, digits)
            digits, span = [], len(table)
        if span > 1:
            joint *= radix
        joint += margin.codes
        if lowest:
            joint -= lowest
        digits.append((lowest, radix))
        span *= radix
    return Cells(*_numbered(joint, span, table, digits))


def _numbered(
    joint: NDArray[np.intp], span: int, table: NDArray[np.intp], digits: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Number the values of ``joint`` that occur, and say of which codes each is made."""
    if span > _TABLE:
        occurring, index = np.unique(joint, return_inverse=True)
    else:
        occurring = np.flatnonzero(np.bincount(joint, minlength=span))
        index = joint
        if len(occurring) < span:
            number = np.zeros(span, dtype=np.intp)
            number[occurring] = np.arange(len(occurring))
            index = number[joint]
    columns = []
    left = occurring
    for lowest, radix in reversed(digits):
        left, digit = np.divmod(left, radix)
        columns.append(digit + lowest)
    codes = np.column_stack([table[left], *reversed(columns)]).astype(np.intp)
    return index, codes


def indicators(cells: Cells, margins: Sequence[Margin]) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Turn margins into the variables of a calibration: 1 in a category of known total, else 0.

    Parameters
    ----------
    cells : Cells
        The crossings of these margins.
    margins : sequence of Margin
        The margins.

    Returns
    -------
    auxiliary : ndarray of float, shape (q, k)
        Values by cell.
    totals : ndarray of float, shape (k,)
        Their totals.
    names : tuple of str
        Their names, such as ``sex = female``.
    """
    blocks, totals, names = [], [], []
    for margin, codes in zip(margins, cells.codes.T, strict=True):
        known = np.flatnonzero(margin.known)
        blocks.append((codes[:, None] == known).astype(np.float64))
        totals.append(margin.totals[known])
        names += [f"{margin.name} = {margin.categories[one]}" for one in known]
    return np.hstack(blocks), np.concatenate(totals), tuple(names)


def require_people(
    margins: Sequence[Margin], cells: Cells, sums: Floats, counts: NDArray[np.intp]
) -> None:
    """See that every category with people in the population has some in the sample, and back.

    Parameters
    ----------
    margins : sequence of Margin
        The margins.
    cells : Cells
        Their crossings.
    sums : ndarray of float, shape (q,)
        Sum of weights of each cell.
    counts : ndarray of int, shape (q,)
        Rows of each cell.

    Raises
    ------
    UserError
        With one problem a margin: ``table.margin-nobody`` or ``table.margin-no-people``.
    """
    found: list[Problem] = []
    for margin, codes in zip(margins, cells.codes.T, strict=True):
        size = len(margin.totals)
        inside = codes >= 0
        held = np.bincount(codes[inside], sums[inside], minlength=size)
        empty = np.flatnonzero((margin.totals > 0) & (held == 0))
        if len(empty):
            rows = np.bincount(codes[inside], counts[inside], minlength=size).astype(int)
            found.append(_nobody(margin, rows, empty))
        extra = np.flatnonzero((margin.totals == 0) & (held > 0))
        if len(extra):
            named_extra = [margin.categories[one] for one in extra]
            found.append(problems.NO_PEOPLE.at(margin=margin.name, categories=named_extra))
    if found:
        raise UserError(*found)


def _nobody(margin: Margin, rows: NDArray[np.intp], empty: NDArray[np.intp]) -> Problem:
    """Say which categories are empty, and with which of those known each may be merged."""
    known = np.flatnonzero(margin.known)
    names = [margin.categories[one] for one in known]
    merges = suggest_merges(rows[known], below=1, blocks=margin.blocks[known])
    wanting = set(empty.tolist())
    return problems.EMPTY_CATEGORY.at(
        margin=margin.name,
        categories=[margin.categories[one] for one in empty],
        merges=[one.words(names) for one in merges if int(known[one.category]) in wanting] or "?",
    )
