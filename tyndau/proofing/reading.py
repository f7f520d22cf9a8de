"""What checks read and what they say: tables with the bases that hold, and signals.

In: nothing; `tyndau.proofing.bases` makes readings, the checks make signals. A signal accuses no
cell: it names the cells that could settle it and the figures that would. It is *firm* when rounding
cannot explain it; counted in whole people, one person more or less may, and such a signal never
makes a slip by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tyndau.base.languages import Message, Number
from tyndau.proofing.intervals import Interval, people, whole_people
from tyndau.proofing.published import PublishedTable

Source = Literal["total", "sum", "mentions", "people", "banners", "wave"]
Spot = tuple[int, str, str]

# How far from the printed base another base is looked for from which a column's figures can come.
_BASE_SEARCH = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A column whose figures cannot come from its base.

    Attributes
    ----------
    codes : tuple of str
        The answers whose figures no whole number of people gives.
    fits : int or None
        The nearest base from which all figures of the column can come; None where there is none
        near.
    """

    codes: tuple[str, ...]
    fits: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A published table with the bases that hold for it.

    Attributes
    ----------
    index : int
        Its place in the volume.
    table : PublishedTable
        As printed.
    base : dict of str to int
        Bases by column, mended where the print is wrong.
    size : dict of str to Fraction
        What percentages of columns are weighed by when they are added: the bases, or the weighted
        bases of a weighted volume; empty where they are not known.
    whole : bool
        Whether percentages are of whole people (the volume is not weighted).
    misfits : dict of str to Misfit
        By column; such columns are not counted in whole people.
    partial : frozenset of str
        Columns whose printed answers are not all that were given, so that they may add to less
        than 100.
    """

    index: int
    table: PublishedTable
    base: Mapping[str, int]
    size: Mapping[str, Fraction]
    whole: bool
    misfits: Mapping[str, Misfit]
    partial: frozenset[str]

    def spot(self, code: str, column: str) -> Spot:
        """Return the name of a cell in the volume.

        Parameters
        ----------
        code, column : str
            Answer and column.

        Returns
        -------
        tuple of (int, str, str)
            Index of the table, answer, column.
        """
        return self.index, code, column

    def people(self, code: str, column: str, *, whole: bool = False) -> Interval:
        """Return how many people a cell stands for.

        Parameters
        ----------
        code, column : str
            Answer and column.
        whole : bool, default False
            Whether to count whole people only, where the column's figures allow it.

        Returns
        -------
        Interval
            From the least to the most.
        """
        percent, half = self.table.percent[code, column], self.table.half
        exact = people(self.size[column], percent, half)
        if whole and column not in self.misfits:
            return whole_people(self.base[column], percent, half) or exact
        return exact


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """A contradiction, with what would settle it.

    Attributes
    ----------
    source : {"total", "sum", "mentions", "people", "banners", "wave"}
        Columns against the total; a column against 100; a column of a multiple response against
        its neighbours; a figure against its base; a total against other banners; against the wave.
    table : int
        Index of the table.
    code, column : str
        The row or the column that contradicts; both for one cell.
    settles : dict of Spot to Interval
        The figures which, printed in that cell alone, would end the contradiction.
    gap : Fraction
        How many people it is about.
    firm : bool
        Whether rounding cannot explain it.
    message : Message
        The contradiction in words.
    """

    source: Source
    table: int
    code: str
    column: str
    settles: Mapping[Spot, Interval]
    gap: Fraction
    firm: bool
    message: Message


def misfits(table: PublishedTable, base: Mapping[str, int]) -> dict[str, Misfit]:
    """Find the columns in which more than one figure cannot come from the base.

    Parameters
    ----------
    table : PublishedTable
        The table.
    base : dict of str to int
        Its bases.

    Returns
    -------
    dict of str to Misfit
        By column.
    """
    found = {}
    for column, size in base.items():
        figures = {code: table.percent[code, column] for code in table.answers}
        codes = [c for c, p in figures.items() if whole_people(size, p, table.half) is None]
        if len(codes) > 1:
            reach = int(size * _BASE_SEARCH)
            near = sorted(
                range(max(1, size - reach), size + reach + 1), key=lambda b: abs(b - size)
            )
            fits = (b for b in near if fit(b, table, column))
            found[column] = Misfit(tuple(codes), next(fits, None))
    return found


def fit(base: int, table: PublishedTable, column: str) -> bool:
    """Return whether all figures of a column can come from a base of whole people.

    Parameters
    ----------
    base : int
        The base to try.
    table : PublishedTable
        The table.
    column : str
        Its column.

    Returns
    -------
    bool
        True if each figure is a whole count out of the base.
    """
    return all(
        whole_people(base, table.percent[code, column], table.half) is not None
        for code in table.answers
    )


def figure(value: Fraction) -> str:
    """Write an exact figure as digits to compare, with the decimals that it has, at most three.

    Parameters
    ----------
    value : Fraction
        The figure.

    Returns
    -------
    str
        Such as ``17`` or ``2.5``.
    """
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


def written(value: Fraction) -> Number:
    """Return an exact figure to be said in a sentence, with the decimals that it has.

    Parameters
    ----------
    value : Fraction
        The figure.

    Returns
    -------
    Number
        The figure with at most three decimals.
    """
    return Number(float(value), len(figure(value).partition(".")[2]))
