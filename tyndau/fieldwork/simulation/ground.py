"""Where interviews are made and by whom: territories, points, interviewers, one slot an interview.

In: the territories of a study, how many interviews, assumptions, chance. Out: `Ground`. Territories
get interviews by the square root of their size, so that small ones can be told apart; a point holds
about as many interviews as the assumptions say, two interviewers work at each, and each works in
several territories, so that what is theirs can be told from what is the place's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tyndau.base.languages import Text
from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.study.model import Territory
from tyndau.study.plan import Point

# The ways of working badly, in the order in which they are given out.
WAYS = ("straight_lining", "too_fast", "copying", "one_point")
# A direct estimate of a territory needs as many (DESIGN.md).
_LEAST_POINTS = 8
_LEAST_AT_POINT = 5
_AT_A_POINT = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of a simulation.

    Attributes
    ----------
    territories : tuple of Territory
        Where people live; one without a code where the study has none.
    sizes : ndarray of float
        Share of the city's people by territory.
    point_territory : ndarray of int, shape (points,)
        In which territory each point lies.
    interviewers : int
        How many there are.
    bad : dict of int to str
        Interviewers who work badly, and in which of `WAYS`.
    points : tuple of str
        Codes of the points.
    slot_point, slot_interviewer : ndarray of int, shape (interviews,)
        Where and by whom each interview is to be made.
    """

    territories: tuple[Territory, ...]
    sizes: NDArray[np.float64]
    point_territory: NDArray[np.intp]
    interviewers: int
    bad: dict[int, str]
    points: tuple[str, ...]
    slot_point: NDArray[np.intp]
    slot_interviewer: NDArray[np.intp]

    @property
    def weights(self) -> NDArray[np.float64]:
        """Weight of an interview by the territory of its point: people over interviews; mean 1."""
        counts = np.bincount(self.point_territory[self.slot_point], minlength=len(self.territories))
        return np.asarray(self.sizes * counts.sum() / np.maximum(counts, 1))

    def way(self, interviewer: NDArray[np.intp], way: str) -> NDArray[np.bool_]:
        """Tell whose interviewer works badly in a way.

        Parameters
        ----------
        interviewer : ndarray of int, shape (n,)
            The interviewers.
        way : str
            One of `WAYS`.

        Returns
        -------
        ndarray of bool, shape (n,)
            True where it is so.
        """
        those = [number for number, works in self.bad.items() if works == way]
        return np.isin(interviewer, those)


def lay_ground(
    territories: Sequence[Territory],
    interviews: int,
    assumptions: Assumptions,
    rng: np.random.Generator,
    *,
    planned: Sequence[Point] = (),
    people: Mapping[str, int] = MappingProxyType({}),
) -> Ground:
    """Lay out territories, points and interviewers.

    Parameters
    ----------
    territories : sequence of Territory
        Where respondents may live; may be empty.
    interviews : int
        How many interviews, 1 or more.
    assumptions : Assumptions
        Interviews at a point and by an interviewer.
    rng : numpy.random.Generator
        Chance.
    planned : sequence of Point, optional
        The points of the workbook; interviews are shared out as they plan. Substitutes and
        candidates without interviews are left out. Without any, points are made up.
    people : mapping of str to int, optional
        People by territory, where the workbook gives them; else sizes are made up.

    Returns
    -------
    Ground
        With a slot for each interview.
    """
    places = tuple(territories) or (Territory("", Text()),)
    sizes = _sizes(places, people, rng)
    at = {place.code: number for number, place in enumerate(places)}
    real = [one for one in planned if one.territory in at and not one.substitute_for]
    real = [one for one in real if one.interviews]
    point_territory, codes, counts = _made_up(places, sizes, interviews, assumptions)
    if real:
        point_territory, codes = [at[one.territory] for one in real], [one.code for one in real]
        counts = _shared_out(np.array([float(one.interviews) for one in real]), interviews)
    slot_point = np.repeat(np.arange(len(counts)), counts)
    staff = max(min(interviews, 4), round(interviews / assumptions.per_interviewer))
    points_at = slot_point.astype(np.intp)
    interviewers = _interviewers(points_at, len(point_territory), staff, rng)
    bad = _bad(staff, assumptions, rng)
    for one, way in bad.items():
        own = np.flatnonzero(interviewers == one)
        if way == "one_point" and len(own):
            points_at[own] = points_at[own[0]]
    return Ground(
        territories=places,
        sizes=sizes,
        point_territory=np.array(point_territory, dtype=np.intp),
        interviewers=staff,
        bad=bad,
        points=tuple(codes),
        slot_point=points_at,
        slot_interviewer=interviewers,
    )


def _sizes(
    places: Sequence[Territory], people: Mapping[str, int], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return each territory's share of the people."""
    sizes = rng.lognormal(0.0, 0.6, len(places))
    sizes *= [0.5 if place.remote or place.newly_annexed else 1.0 for place in places]
    known = np.array([float(people.get(place.code, 0)) for place in places])
    sizes = known if (known > 0).all() else sizes
    return np.asarray(sizes / sizes.sum())


def _made_up(
    places: Sequence[Territory],
    sizes: NDArray[np.float64],
    interviews: int,
    assumptions: Assumptions,
) -> tuple[list[int], list[str], NDArray[np.int64]]:
    """Make up points: their territories, codes and numbers of interviews."""
    point_territory: list[int] = []
    codes: list[str] = []
    counts: list[int] = []
    for place, count in enumerate(_shared_out(np.sqrt(sizes), interviews)):
        points = _points(int(count), assumptions.per_point)
        point_territory += [place] * points
        codes += [f"{places[place].code or 'point'}-{number + 1:02}" for number in range(points)]
        counts += list(map(int, _shared_out(np.ones(points), int(count)))) if points else []
    return point_territory, codes, np.array(counts, dtype=np.int64)


def _points(count: int, usual: int) -> int:
    if not count:
        return 0
    most = max(count // _LEAST_AT_POINT, 1)
    return min(max(round(count / usual), _LEAST_POINTS), most)


def _bad(staff: int, assumptions: Assumptions, rng: np.random.Generator) -> dict[int, str]:
    number = staff // assumptions.bad_per_interviewers
    chosen = sorted(int(one) for one in rng.choice(staff, size=number, replace=False))
    return {one: WAYS[at % len(WAYS)] for at, one in enumerate(chosen)}


def _shared_out(shares: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Share a number out in whole parts, the largest remainders first."""
    exact = shares / shares.sum() * total
    parts = np.floor(exact).astype(np.int64)
    rest = np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]
    parts[rest] += 1
    return np.asarray(parts)


def _interviewers(
    slot_point: NDArray[np.intp], points: int, staff: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """Send two interviewers to each point, everybody to as many and in changing pairs."""
    turns = np.concatenate(
        [rng.permutation(staff) for _ in range(_AT_A_POINT * points // staff + 2)]
    )
    pairs = turns[: _AT_A_POINT * points].reshape(points, _AT_A_POINT)
    seat = np.zeros(len(slot_point), dtype=np.intp)
    for point in range(points):
        at = np.flatnonzero(slot_point == point)
        seat[at] = np.arange(len(at)) % _AT_A_POINT
    return np.asarray(pairs[slot_point, seat], dtype=np.intp)
