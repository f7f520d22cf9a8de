"""How interviews are shared out among territories, and what an unequal share costs.

In: how many interviews, how many people live in each territory, what makes it weigh more. Out:
`Allocation`: whole numbers that add up exactly, the shares they come from, and the price of
disproportion as Kish's design effect of the weights. It draws nothing and asks nobody. svy 0.35
(``SampleSize().allocate``) shares out alike where no minimum binds; where one does, it gives the
minimum up.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.sampling import problems

Floats = NDArray[np.float64]
AllocationMethod = Literal["proportional", "equal", "neyman", "power"]

_HALVINGS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """Interviews by territory. T territories.

    Attributes
    ----------
    counts : ndarray of int, shape (T,)
        Interviews; their sum is what was to be shared out.
    exact : ndarray of float, shape (T,)
        The same before rounding.
    proportional : ndarray of float, shape (T,)
        What each would have if all had the same chance.
    people : ndarray of float, shape (T,)
        How many live there.
    method : {"proportional", "equal", "neyman", "power"}
        By what they were shared out.
    power : float
        Exponent of the power allocation.
    raised : ndarray of float, shape (T,)
        By what the shares were multiplied.
    minimum : ndarray of int, shape (T,)
        The least that each was to have.
    """

    counts: NDArray[np.int64]
    exact: Floats
    proportional: Floats
    people: Floats
    method: AllocationMethod
    power: float
    raised: Floats
    minimum: NDArray[np.int64]

    @property
    def n(self) -> int:
        """All interviews."""
        return int(self.counts.sum())

    @property
    def weight_effect(self) -> float:
        """By how much unequal chances raise the variance of a figure of the whole."""
        return weight_effect(self.counts, self.people)

    @property
    def effective(self) -> float:
        """Size of a proportional sample that says as much of the whole, clusters aside."""
        return self.n / self.weight_effect


def weight_effect(counts: ArrayLike, people: ArrayLike) -> float:
    """Return Kish's design effect of the weights that an allocation makes necessary.

    Parameters
    ----------
    counts : array_like of int, shape (T,)
        Interviews by territory; where there are none, its people are left out.
    people : array_like of float, shape (T,)
        People by territory.

    Returns
    -------
    float
        ``1 + cv²`` of the weights ``N_t / n_t``; 1 for a proportional allocation.

    Notes
    -----
    Equals R's ``length(w) * sum(w^2) / sum(w)^2`` over interviews.

    References
    ----------
    Kish, L. (1992). Weighting for unequal P_i. Journal of Official Statistics 8, 183-200,
    formula 2.3.
    """
    n, size = np.asarray(counts, dtype=float), np.asarray(people, dtype=float)
    n, size = n[n > 0], size[n > 0]
    return float(n.sum() * (size**2 / n).sum() / size.sum() ** 2)


def allocate(
    n: int,
    people: ArrayLike,
    *,
    method: AllocationMethod,
    power: float = 0.5,
    deviation: ArrayLike = 1.0,
    raised: ArrayLike = 1.0,
    minimum: ArrayLike = 0,
) -> Allocation:
    """Share interviews out among territories.

    Parameters
    ----------
    n : int
        Interviews in all.
    people : array_like of float, shape (T,)
        People by territory, above 0.
    method : {"proportional", "equal", "neyman", "power"}
        By which measure: people N; alike; people times deviation N S; a power of people N^q.
    power : float, default 0.5
        Exponent q: 1 is proportional, 0 equal.
    deviation : array_like of float, default 1
        Standard deviation of the answer by territory, for Neyman's allocation.
    raised : array_like of float, default 1
        By what each territory's share is multiplied: newly annexed, remote, new.
    minimum : array_like of int, default 0
        The least by territory.

    Returns
    -------
    Allocation
        Nobody has less than the minimum or more than its people; the rest is shared out by the
        measure.

    Raises
    ------
    UserError
        If the minimums exceed ``n``, or ``n`` the people.

    Notes
    -----
    ``clip(c m, minimum, N)`` of the measure m with the c that makes it add up: those above the
    minimum keep their proportions.

    References
    ----------
    Neyman, J. (1934). Journal of the Royal Statistical Society 97, 558-625. Bankier, M. D. (1988).
    Power allocations: determining sample sizes for subnational areas. The American Statistician
    42, 174-177. Cochran (1977), section 5.5.
    """
    size = np.asarray(people, dtype=float)
    factor = np.broadcast_to(np.asarray(raised, dtype=float), size.shape)
    least = np.minimum(np.broadcast_to(np.asarray(minimum, dtype=np.int64), size.shape), size)
    _require(n, size, least)
    measure = _measure(size, method, power, np.asarray(deviation, dtype=float)) * factor
    exact = _bounded(n, measure, least, np.floor(size))
    counts, share = whole_parts(exact, n), n * size / size.sum()
    lower = least.astype(np.int64)
    return Allocation(counts, exact, share, size, method, power, factor.copy(), lower)


def _require(n: int, people: Floats, least: Floats) -> None:
    if least.sum() > n:
        raise problems.MINIMUMS.error(problems.SHEET, interviews=n, sum=int(least.sum()))
    if np.floor(people).sum() < n:
        raise problems.TOO_LARGE.error(problems.SHEET, interviews=n, people=int(people.sum()))


def _measure(people: Floats, method: AllocationMethod, power: float, deviation: Floats) -> Floats:
    measures = {
        "proportional": people,
        "equal": np.ones_like(people),
        "neyman": people * deviation,
        "power": people**power,
    }
    return np.asarray(measures[method])


def _bounded(n: int, measure: Floats, low: Floats, high: Floats) -> Floats:
    """Return shares in proportion to a measure, within bounds, that add up to n."""
    below, above = 0.0, float(np.max(high / measure))
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        if np.clip(middle * measure, low, high).sum() < n:
            below = middle
        else:
            above = middle
    return np.asarray(np.clip(above * measure, low, high))


def whole_parts(exact: ArrayLike, total: int) -> NDArray[np.int64]:
    """Round parts to whole numbers with a given sum, the largest remainders up.

    Parameters
    ----------
    exact : array_like of float, shape (T,)
        Parts, 0 or more, whose sum is about ``total``.
    total : int
        The sum of the result.

    Returns
    -------
    ndarray of int, shape (T,)
        Each at most 1 from its part; of equal remainders the first goes up.

    References
    ----------
    Balinski, M. L., Young, H. P. (1982). Fair Representation. Yale (Hamilton's method).
    """
    # A part that is whole but for the last digit is whole.
    parts = np.round(np.asarray(exact, dtype=float), 9)
    whole = np.floor(parts).astype(np.int64)
    up = np.argsort(whole - parts, kind="stable")[: total - int(whole.sum())]
    whole[up] += 1
    return whole
