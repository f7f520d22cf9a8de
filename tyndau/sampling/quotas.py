"""Quota cells: how many interviews with whom in each territory, in whole numbers that add up.

In: interviews by territory, dated figures of the population by variable. Out: `Quotas`, a cell for
each combination of categories in each territory, consistent with all sums, and what is wrong with
the figures. Whether quotas are met is the business of fieldwork.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Problem
from tyndau.base.frames import Variable
from tyndau.sampling import problems
from tyndau.sampling.rounding import controlled_rounding
from tyndau.study.plan import Margin

# Figures of one day that differ by more are of different people; of different days they may drift.
_SAME_DAY, _OTHER_DAY = 0.001, 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Quotas:
    """Quota cells by territory. T territories, V variables with C1 ... CV categories.

    Attributes
    ----------
    variables : tuple of str
        The variables that the cells cross; empty where there are no quotas.
    codes : tuple of tuple of str
        The categories of each.
    counts : ndarray of int, shape (T, C1, ..., CV)
        Interviews.
    expected : ndarray of float, shape (T, C1, ..., CV)
        The same before rounding.
    off : int
        How many sums could not be kept, see `tyndau.sampling.rounding.Rounded`.
    """

    variables: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    counts: NDArray[np.int64]
    expected: NDArray[np.float64]
    off: int


def quota_cells(
    interviews: Sequence[int],
    territories: Sequence[str],
    variables: Sequence[Variable],
    margins: Sequence[Margin],
) -> Quotas:
    """Return the quota cells of all territories.

    Parameters
    ----------
    interviews : sequence of int
        By territory.
    territories : sequence of str
        Their codes.
    variables : sequence of Variable
        What the cells cross; may be none.
    margins : sequence of Margin
        Figures of the population, without fault by `check_margins`.

    Returns
    -------
    Quotas
        The shares of a territory are its own where it has figures, else those of the whole;
        variables count as independent within a territory, since the figures do not cross them.
    """
    codes = tuple(_codes(variable) for variable in variables)
    expected = np.array(
        [
            count * reduce(np.multiply.outer, _all_shares(variables, place, margins), np.array(1.0))
            for count, place in zip(interviews, territories, strict=True)
        ]
    )
    rounded = controlled_rounding(expected)
    names = tuple(one.name for one in variables)
    return Quotas(names, codes, rounded.counts, expected, rounded.off)


def _codes(variable: Variable) -> tuple[str, ...]:
    return tuple(one.code for one in variable.categories if not one.meaning)


def _figures(name: str, place: str, margins: Iterable[Margin]) -> dict[str, Margin]:
    return {one.code: one for one in margins if one.variable == name and one.territory == place}


def _all_shares(
    variables: Sequence[Variable], place: str, margins: Sequence[Margin]
) -> list[NDArray[np.float64]]:
    """Return the shares of each variable's categories in a territory."""
    shares = []
    for one in variables:
        found = _figures(one.name, place, margins) or _figures(one.name, "", margins)
        people = np.array([float(found[code].people) for code in _codes(one)])
        shares.append(people / people.sum())
    return shares


def people_by_territory(territories: Sequence[str], margins: Sequence[Margin]) -> dict[str, int]:
    """Return how many people live in each territory, as far as the figures say.

    Parameters
    ----------
    territories : sequence of str
        Codes.
    margins : sequence of Margin
        Of one population.

    Returns
    -------
    dict of str to int
        From a variable whose categories are territories, else the sum of a variable counted there;
        a territory without people is left out.
    """
    known = set(territories)
    found = {one.code: one.people for one in margins if one.code in known and not one.territory}
    for place in territories:
        of_place = [one for one in margins if one.territory == place]
        if place not in found and of_place:
            first = of_place[0].variable
            found[place] = sum(one.people for one in of_place if one.variable == first)
    return {place: people for place, people in found.items() if people > 0}


def check_margins(
    variables: Sequence[Variable],
    margins: Sequence[Margin],
    people: Mapping[str, int],
) -> list[Problem]:
    """Find what is wrong with the figures that quotas come from.

    Parameters
    ----------
    variables : sequence of Variable
        What quotas cross.
    margins : sequence of Margin
        Of one population.
    people : dict of str to int
        People by territory.

    Returns
    -------
    list of Problem
        Errors: categories without a figure, variables whose sums disagree. Warnings: figures of
        different days, categories that nobody has.
    """
    found: list[Problem] = []
    names = {one.name for one in variables}
    for one in variables:
        found += _gaps(one, margins, people)
    if any(problem.kind.severity == "error" for problem in found):
        return found
    territorial = {one.variable for one in margins if one.code in people and not one.territory}
    for place in ("", *people):
        sums = {
            name: list(_figures(name, place, margins).values())
            for name in (*sorted(names), *sorted(territorial - names))
            if _figures(name, place, margins)
        }
        found += _disagreeing(sums, place, people.get(place))
    used = [one for one in margins if one.variable in names | territorial]
    days = sorted({one.day.isoformat() for one in used if one.day})
    if len(days) > 1:
        found.append(problems.DATES_DIFFER.at(problems.POPULATION, dates=days))
    return found


def _gaps(
    variable: Variable, margins: Sequence[Margin], people: Mapping[str, int]
) -> list[Problem]:
    """Find categories without a figure and, of the whole, those that nobody has."""
    found: list[Problem] = []
    for place in ("", *people):
        figures = _figures(variable.name, place, margins)
        if place and not figures:
            continue
        lacking = [code for code in _codes(variable) if code not in figures]
        if not place and lacking and all(_figures(variable.name, one, margins) for one in people):
            continue  # each territory has its own
        if lacking:
            name = f"{variable.name} ({place})" if place else variable.name
            values = {"variable": name, "codes": lacking}
            found.append(problems.MARGIN_GAP.at(problems.POPULATION, **values))
        for one in figures.values() if not place else ():
            if not one.people:
                said = {"variable": one.variable, "code": one.code}
                found.append(problems.NOBODY.at(problems.POPULATION, **said))
    return found


def _disagreeing(
    sums: Mapping[str, Sequence[Margin]], place: str, people: int | None
) -> list[Problem]:
    """Find pairs of variables whose figures add up to different people."""
    totals = {name: sum(one.people for one in figures) for name, figures in sums.items()}
    days = {name: _days(figures) for name, figures in sums.items()}
    if people is not None and place:
        totals["territory"], days["territory"] = people, "–"
    found = []
    for first, second in combinations(totals, 2):
        same = days[first] == days[second]
        near = _SAME_DAY if same else _OTHER_DAY
        if abs(totals[first] - totals[second]) > near * max(totals[first], totals[second]):
            found.append(
                problems.MARGINS_DISAGREE.at(
                    problems.POPULATION,
                    first=first,
                    first_date=days[first],
                    first_people=totals[first],
                    second=second,
                    second_date=days[second],
                    second_people=totals[second],
                    territory=place or "–",
                )
            )
    return found


def _days(figures: Iterable[Margin]) -> str:
    return ", ".join(sorted({one.day.isoformat() if one.day else "–" for one in figures}))


def own_quotas(cells: NDArray[np.int64], interviews: NDArray[np.int64]) -> NDArray[np.int64]:
    """Share quota cells out among the interviewers of each territory.

    Parameters
    ----------
    cells : ndarray of int, shape (T, C1, ..., CV)
        Interviews by territory and cell.
    interviews : ndarray of int, shape (I, T)
        Interviews by interviewer and territory, with the same sum in each territory.

    Returns
    -------
    ndarray of int, shape (I, T, C1, ..., CV)
        Each interviewer's cells add up to the interviews there, and all interviewers' to the cells
        of the territory: nobody is sent for the women or for the young alone.
    """
    own = np.zeros((len(interviews), *cells.shape), dtype=np.int64)
    for place, here in enumerate(cells):
        staff = np.flatnonzero(interviews[:, place])
        counts = interviews[staff, place]
        expected = np.multiply.outer(counts, here.ravel()) / max(here.sum(), 1)
        parts = controlled_rounding(expected).counts
        own[staff, place] = parts.reshape(len(staff), *here.shape)
    return own
