"""What the sample costs and how long it takes, from the rates of the workbook.

In: who makes how many interviews in which territory, the rates. Out: `Cost`, item by item. A rate
that is not known makes its item unknown, and the total with it: nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.study.model import Territory
from tyndau.study.plan import Sampling


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item of the cost.

    Attributes
    ----------
    name : {"interviews", "days", "transport"}
        What is paid.
    territory : str
        Where, for transport; empty for the whole.
    units : int or None
        How many interviews or days; None where it is not known.
    rate : float or None
        Price of one; None where the workbook does not say.
    """

    name: str
    territory: str
    units: int | None
    rate: float | None

    @property
    def total(self) -> float | None:
        """Price of all; None where a part is not known."""
        return None if self.units is None or self.rate is None else self.units * self.rate


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """What the sample costs and how long it takes.

    Attributes
    ----------
    items : tuple of CostItem
        Pay for interviews, for days, transport by territory.
    days : ndarray of int, shape (I, T) or None
        Days of each interviewer in each territory; None where it is not known how many interviews
        a day holds.
    budget : float or None
        What there is.
    interviews : int
        All of them.
    missing : tuple of str
        Keys of the workbook that would be needed for the rest.
    """

    items: tuple[CostItem, ...]
    days: NDArray[np.int64] | None
    budget: float | None
    interviews: int
    missing: tuple[str, ...]

    @property
    def total(self) -> float | None:
        """The whole; None where an item is not known."""
        sums = [item.total for item in self.items]
        return None if None in sums else float(sum(one for one in sums if one is not None))

    @property
    def longest(self) -> int | None:
        """Days of the interviewer who has most."""
        return None if self.days is None else int(self.days.sum(axis=1).max())


def cost_of(
    interviews: NDArray[np.int64], territories: Sequence[Territory], rates: Sampling
) -> Cost:
    """Compute cost and days.

    Parameters
    ----------
    interviews : ndarray of int, shape (I, T)
        By interviewer and territory.
    territories : sequence of Territory, length T
        The territories; one of several kinds has the dearest transport of them, one of none the
        usual.
    rates : Sampling
        What the workbook says.

    Returns
    -------
    Cost
        A day of an interviewer is spent in one territory and holds ``interviews_a_day`` at most, so
        that days are rounded up there.
    """
    days = None
    if rates.interviews_a_day:
        days = -(-interviews // rates.interviews_a_day)
    in_all = int(interviews.sum())
    items = [
        CostItem("interviews", "", in_all, rates.rate_interview),
        CostItem("days", "", None if days is None else int(days.sum()), rates.rate_day),
    ]
    missing = [
        key
        for key in ("rate_interview", "rate_day", "interviews_a_day")
        if getattr(rates, key) is None
    ]
    for at, place in enumerate(territories):
        units = None if days is None else int(days[:, at].sum())
        rate = _transport(place, rates)
        items.append(CostItem("transport", place.code, units, rate))
        missing += ["transport"] if rate is None else []
    return Cost(tuple(items), days, rates.budget, in_all, tuple(dict.fromkeys(missing)))


def _transport(place: Territory, rates: Sampling) -> float | None:
    """Return the dearest rate of the territory's kinds; the usual one where none has its own."""
    kinds = ("remote", "newly_annexed", "new_microdistrict")
    own = [getattr(rates, f"transport_{kind}") for kind in kinds if getattr(place, kind)]
    return max((rate for rate in own if rate is not None), default=rates.transport)
