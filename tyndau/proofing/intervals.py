"""What a rounded figure allows: exact intervals of percentages and of people.

In: printed figures as fractions with half a unit of their last digit. Out: closed intervals, in
exact arithmetic, so that no slip is found or missed by floating point. A half may have been
rounded either way, hence closed at both ends. Nothing here knows tables or words.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Misprint = Literal["", "lost", "added", "swapped", "changed"]

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of numbers.

    Attributes
    ----------
    low, high : Fraction
        Its ends, ``low <= high``.
    """

    low: Fraction
    high: Fraction

    def __contains__(self, value: object) -> bool:
        """Return whether a number lies in it."""
        return isinstance(value, (int, Fraction)) and self.low <= value <= self.high

    def __add__(self, other: "Interval") -> "Interval":
        """Return the interval of the sums."""
        return Interval(self.low + other.low, self.high + other.high)

    def meet(self, other: "Interval") -> "Interval | None":
        """Return what two intervals have in common.

        Parameters
        ----------
        other : Interval
            Another interval.

        Returns
        -------
        Interval or None
            The common part; None where they lie apart.
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def gap(self, other: "Interval") -> Fraction:
        """Return how far apart two intervals lie.

        Parameters
        ----------
        other : Interval
            Another interval.

        Returns
        -------
        Fraction
            The distance, 0 where they meet.
        """
        return max(self.low - other.high, other.low - self.high, Fraction(0))


NOTHING = Interval(Fraction(0), Fraction(0))
PERCENTAGES = Interval(Fraction(0), HUNDRED)


def share(percent: Fraction, half: Fraction) -> Interval:
    """Return the exact percentages that are printed as a figure.

    Parameters
    ----------
    percent : Fraction
        The printed figure, 0 to 100.
    half : Fraction
        Half a unit of its last digit: 1/2 for whole percents.

    Returns
    -------
    Interval
        Percentages from 0 to 100.
    """
    return Interval(max(percent - half, Fraction(0)), min(percent + half, HUNDRED))


def people(size: Fraction, percent: Fraction, half: Fraction) -> Interval:
    """Return how many people of a base a printed figure allows.

    Parameters
    ----------
    size : Fraction
        The base; weighted where the figure is.
    percent, half : Fraction
        As in `share`.

    Returns
    -------
    Interval
        Numbers from 0 to ``size``, not necessarily whole.
    """
    allowed = share(percent, half)
    return Interval(allowed.low * size / HUNDRED, allowed.high * size / HUNDRED)


def whole_people(base: int, percent: Fraction, half: Fraction) -> Interval | None:
    """Return the whole counts out of a base that are printed as a figure.

    Parameters
    ----------
    base : int
        The base, unweighted.
    percent, half : Fraction
        As in `share`.

    Returns
    -------
    Interval or None
        From the least count to the largest; None where no whole count gives the figure, such as
        3 % of 20 people.
    """
    allowed = people(Fraction(base), percent, half)
    low, high = math.ceil(allowed.low), math.floor(allowed.high)
    return Interval(Fraction(low), Fraction(high)) if low <= high else None


def misprint(printed: str, meant: str) -> Misprint:
    """Say how one figure can have become the other by a slip of one digit.

    Parameters
    ----------
    printed, meant : str
        The figures as digits.

    Returns
    -------
    {"", "lost", "added", "swapped", "changed"}
        ``lost``: a digit of ``meant`` was left out (6 for 66); ``added``: one too many;
        ``swapped``: two neighbours changed places; ``changed``: one digit is another; empty where
        more than one digit differs or none does.
    """
    if printed == meant:
        return ""
    if printed in _with_one_left_out(meant):
        return "lost"
    if meant in _with_one_left_out(printed):
        return "added"
    if len(printed) != len(meant):
        return ""
    differing = [i for i, pair in enumerate(zip(printed, meant, strict=True)) if len({*pair}) > 1]
    if len(differing) == 1:
        return "changed"
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        first, second = differing
        if printed[first] == meant[second] and printed[second] == meant[first]:
            return "swapped"
    return ""


def _with_one_left_out(digits: str) -> set[str]:
    return {digits[:i] + digits[i + 1 :] for i in range(len(digits))}
