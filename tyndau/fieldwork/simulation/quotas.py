"""The workbook's quotas as shares: how many women, which ages, which occupations.

In: a study, a population, its territories. Out: `Quotas`, used when people are drawn. Quotas hold
of those who are interviewed; here they are met on average and not to the last interview, as on
streets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tyndau.fieldwork.simulation.items import bounds
from tyndau.study.model import Study, Territory

# Shares of passers-by by age where no quota says otherwise; street samples find fewer old people.
# The youngest are those whom the screening turns away.
_AGES = ((18, 29, 0.29), (30, 44, 0.34), (45, 59, 0.24), (60, 80, 0.13))
_TOO_YOUNG = (15, 17, 0.03)
_OLDEST = 80
_WOMEN = 0.53


@dataclass(frozen=True, slots=True)
class Quotas:
    """What quotas say of people.

    Attributes
    ----------
    women : ndarray of float, shape (territories,)
        Share of women.
    ages : tuple of tuple of (int, int)
        The youngest and the oldest of each age group, those under age first.
    age_shares : ndarray of float, shape (territories, groups)
        Share of each group.
    shares : dict of (str, str) to float
        Share of an answer to any other question, by question and code.
    """

    women: NDArray[np.float64]
    ages: tuple[tuple[int, int], ...]
    age_shares: NDArray[np.float64]
    shares: dict[tuple[str, str], float] = field(default_factory=dict)


def read_quotas(study: Study, population: str, places: Sequence[Territory]) -> Quotas:
    """Read the quotas of a population.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        Name of one of its forms.
    places : sequence of Territory
        Where respondents may live, in the order of the ground.

    Returns
    -------
    Quotas
        Those of the sheet ``quotas``; of the whole where a territory has none of its own; usual
        shares where the sheet says nothing.
    """
    targets: dict[tuple[str, str], dict[str, int]] = {}
    for quota in study.quotas:
        if quota.population == population:
            targets.setdefault((quota.territory, quota.variable), {})[quota.code] = quota.target
    variables = {variable for _, variable in targets}
    sex = next((one for one in variables if _is_sex(targets, one)), "")
    age = next((one for one in sorted(variables) if _is_age(targets, one)), "")
    groups = _ages(targets, age)
    whole = [_share(targets, "", sex, "female", _WOMEN)]
    women = [_share(targets, place.code, sex, "female", whole[0]) for place in places]
    usual = np.array([part for *_, part in _AGES]) if not age else _spread(targets, "", age, groups)
    by_place = [_spread(targets, place.code, age, groups) for place in places] if age else []
    ages = np.array(by_place if by_place else [usual] * max(len(places), 1), dtype=np.float64)
    ages = np.where(ages.sum(axis=1, keepdims=True) > 0, ages, usual)
    return Quotas(
        women=np.array(women or whole),
        ages=(_TOO_YOUNG[:2], *((low, high) for low, high, _ in groups)),
        age_shares=_with_too_young(ages),
        shares=_shares(targets, variables - {sex, age}),
    )


_Targets = dict[tuple[str, str], dict[str, int]]


def _is_sex(targets: _Targets, variable: str) -> bool:
    return any(
        {"male", "female"} <= set(one) for (_, name), one in targets.items() if name == variable
    )


def _is_age(targets: _Targets, variable: str) -> bool:
    return variable.startswith("age") and all(
        bounds(code) for (_, name), one in targets.items() if name == variable for code in one
    )


def _ages(targets: _Targets, age: str) -> list[tuple[int, int, str]]:
    if not age:
        return [(low, high, "") for low, high, _ in _AGES]
    codes = sorted({code for (_, name), one in targets.items() if name == age for code in one})
    found = [(bounds(code) or (0, 0), code) for code in codes]
    return [(low, min(high, _OLDEST), code) for (low, high), code in sorted(found)]


def _share(targets: _Targets, territory: str, variable: str, code: str, usual: float) -> float:
    found = targets.get((territory, variable), {})
    total = sum(found.values())
    return found.get(code, 0) / total if total else usual


def _spread(
    targets: _Targets, territory: str, variable: str, groups: Sequence[tuple[int, int, str]]
) -> NDArray[np.float64]:
    found = targets.get((territory, variable), {})
    total = sum(found.values())
    return np.array([found.get(code, 0) / total if total else 0.0 for *_, code in groups])


def _with_too_young(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put those under age before the groups, in their share of passers-by."""
    total = shares.sum(axis=1, keepdims=True)
    even = np.full_like(shares, 1 / shares.shape[1])
    whole = np.where(total > 0, shares / np.where(total > 0, total, 1), even)
    young = np.full((len(shares), 1), _TOO_YOUNG[2])
    return np.hstack([young, whole * (1 - _TOO_YOUNG[2])])


def _shares(targets: _Targets, variables: set[str]) -> dict[tuple[str, str], float]:
    """Return the shares of answers to other questions, territories taken together."""
    counts: dict[tuple[str, str], int] = {}
    for (territory, variable), found in targets.items():
        whole = ("", variable) in targets
        if variable in variables and (not territory or not whole):
            for code, target in found.items():
                counts[variable, code] = counts.get((variable, code), 0) + target
    totals: dict[str, int] = {}
    for (variable, _), count in counts.items():
        totals[variable] = totals.get(variable, 0) + count
    return {key: count / totals[key[0]] for key, count in counts.items() if count}
