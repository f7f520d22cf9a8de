"""What the sample costs, from the rates of the workbook.

In: interviews, days by the calendar of visits, the rates. Out: `Cost`, item by item. A rate
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
    units : int
        How many interviews or days.
    rate : float or None
        Price of one; None where the workbook does not say.
    """

    name: str
    territory: str
    units: int
    rate: float | None

    @property
    def total(self) -> float | None:
        """Price of all; None where the rate is not known."""
        return None if self.rate is None else self.units * self.rate


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """What the sample costs.

    Attributes
    ----------
    items : tuple of CostItem
        Pay for interviews, for days, transport by territory.
    days : ndarray of int, shape (I,)
        Days that each interviewer works.
    budget : float or None
        What there is.
    interviews : int
        All of them.
    missing : tuple of str
        Keys of the workbook that would be needed for the rest.
    """

    items: tuple[CostItem, ...]
    days: NDArray[np.int64]
    budget: float | None
    interviews: int
    missing: tuple[str, ...]

    @property
    def total(self) -> float | None:
        """The whole; None where an item is not known."""
        sums = [item.total for item in self.items]
        return None if None in sums else float(sum(one for one in sums if one is not None))


def cost_of(
    interviews: int,
    days: NDArray[np.int64],
    trips: NDArray[np.int64],
    territories: Sequence[Territory],
    rates: Sampling,
) -> Cost:
    """Compute the cost.

    Parameters
    ----------
    interviews : int
        All of them.
    days : ndarray of int, shape (I,)
        Days that each interviewer works.
    trips : ndarray of int, shape (T,)
        Days of interviewers in each territory; two territories on one day are two trips.
    territories : sequence of Territory, length T
        The territories; one of several kinds has the dearest transport of them, one of none the
        usual.
    rates : Sampling
        What the workbook says.

    Returns
    -------
    Cost
        Item by item.
    """
    items = [
        CostItem("interviews", "", interviews, rates.rate_interview),
        CostItem("days", "", int(days.sum()), rates.rate_day),
    ]
    missing = [key for key in ("rate_interview", "rate_day") if getattr(rates, key) is None]
    for count, place in zip(trips.tolist(), territories, strict=True):
        rate = _transport(place, rates)
        items.append(CostItem("transport", place.code, count, rate))
        missing += ["transport"] if rate is None else []
    return Cost(tuple(items), days, rates.budget, interviews, tuple(dict.fromkeys(missing)))


def _transport(place: Territory, rates: Sampling) -> float | None:
    """Return the dearest rate of the territory's kinds; the usual one where none has its own."""
    kinds = ("remote", "newly_annexed", "new_microdistrict")
    own = [getattr(rates, f"transport_{kind}") for kind in kinds if getattr(place, kind)]
    return max((rate for rate in own if rate is not None), default=rates.transport)
