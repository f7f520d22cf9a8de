"""Who works where: two interviewers at a point, four at least in a territory, each in several.

In: the territory and the interviews of each point, how many interviewers there are, a seed. Out:
`Assignment`, with a report of whether the interviewer's effect can be told from the territory's.
Names of people are nowhere: interviewers are numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.sampling import problems

# Two at a point, never alone (report on public councils, 2023); interviewer and territory are told
# apart where at least four work in a territory, each in several (notes on statistics).
AT_A_POINT = 2
LEAST_IN_TERRITORY = 4
LEAST_TERRITORIES = 2
# Points at which an interviewer works in a territory, about: fewer mean more travel.
_POINTS_EACH = 3


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Who works at which point. K points, I interviewers.

    Attributes
    ----------
    pairs : ndarray of int, shape (K, 2)
        The interviewers of each point, 0 to I - 1.
    interviews : ndarray of int, shape (K, 2)
        How many each of them makes there.
    territory : ndarray of int, shape (K,)
        The territory of each point, as a number.
    interviewers : int
        I.
    seed : int
        Where chance began.
    """

    pairs: NDArray[np.int64]
    interviews: NDArray[np.int64]
    territory: NDArray[np.int64]
    interviewers: int
    seed: int

    @property
    def by_territory(self) -> NDArray[np.int64]:
        """Interviews by interviewer and territory, shape (I, T)."""
        table = np.zeros((self.interviewers, int(self.territory.max()) + 1), dtype=np.int64)
        for seat in range(AT_A_POINT):
            np.add.at(table, (self.pairs[:, seat], self.territory), self.interviews[:, seat])
        return table

    @property
    def load(self) -> NDArray[np.int64]:
        """Interviews of each interviewer, shape (I,)."""
        return np.asarray(self.by_territory.sum(axis=1))

    @property
    def components(self) -> int:
        """Parts into which interviewers and territories fall that share nobody.

        With one part, effects of interviewers and of territories can be told apart: the two-way
        layout has rank I + T - 1 (Searle 1987, Linear Models for Unbalanced Data, section 5.3).
        """
        return _components(self.by_territory > 0)

    @property
    def identifiable(self) -> bool:
        """Whether interviewer and territory can be told apart."""
        return self.components == 1


def _components(members: NDArray[np.bool_]) -> int:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    rows, columns = np.nonzero(members)
    size = sum(members.shape)
    edges = (np.ones(len(rows)), (rows, columns + members.shape[0]))
    count, _ = connected_components(coo_matrix(edges, (size, size)), directed=False)
    return int(count)


def assign(
    territories: Sequence[str], interviews: Sequence[int], interviewers: int, *, seed: int
) -> Assignment:
    """Send interviewers to points.

    Parameters
    ----------
    territories : sequence of str, length K
        Territory of each point.
    interviews : sequence of int, length K
        Interviews of each point.
    interviewers : int
        How many there are.
    seed : int
        Decides between interviewers who have worked alike.

    Returns
    -------
    Assignment
        Two different interviewers at a point, at least four in a territory, each in two territories
        or more, loads as even as whole points allow, pairs that change.

    Raises
    ------
    UserError
        ``study.sample-few-interviewers``, ``study.sample-many-interviewers``,
        ``study.sample-one-point`` or ``study.sample-one-territory`` where that is impossible.
    """
    codes = list(dict.fromkeys(territories))
    place = np.array([codes.index(one) for one in territories], dtype=np.int64)
    counts = np.asarray(interviews, dtype=np.int64)
    points = np.bincount(place)
    _require(codes, points, interviewers)
    rank = np.random.default_rng(seed).permutation(interviewers)
    in_all = np.zeros(len(codes), dtype=np.int64)
    np.add.at(in_all, place, counts)
    members = _teams(points, in_all, interviewers, rank)
    pairs = _pairs(place, counts, members, rank)
    half = counts // 2
    load = np.zeros(interviewers, dtype=np.int64)
    shares = np.stack([counts - half, half], axis=1)
    for at, pair in enumerate(pairs):
        # Whoever has less so far takes the odd interview.
        if load[pair[0]] > load[pair[1]]:
            shares[at] = shares[at][::-1]
        load[pair] += shares[at]
    return Assignment(pairs, shares, place, interviewers, seed)


def _require(codes: Sequence[str], points: NDArray[np.int64], interviewers: int) -> None:
    if interviewers < LEAST_IN_TERRITORY:
        raise problems.FEW_INTERVIEWERS.error(problems.SHEET, interviewers=interviewers)
    if len(codes) < LEAST_TERRITORIES:
        raise problems.ONE_TERRITORY.error(problems.SHEET)
    for code, count in zip(codes, points, strict=True):
        if AT_A_POINT * count < LEAST_IN_TERRITORY:
            raise problems.ONE_POINT.error(problems.POINTS, territory=code, points=int(count))

    def enough(staff: int) -> bool:
        seats = int(np.minimum(AT_A_POINT * points, staff).sum())
        return seats >= LEAST_TERRITORIES * staff

    if not enough(interviewers):
        most = max(staff for staff in range(LEAST_IN_TERRITORY, interviewers) if enough(staff))
        values = {"interviewers": interviewers, "points": int(points.sum()), "most": most}
        raise problems.MANY_INTERVIEWERS.error(problems.SHEET, **values)


def _teams(
    points: NDArray[np.int64],
    interviews: NDArray[np.int64],
    staff: int,
    rank: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Return who works in which territory, shape (I, T)."""
    seats = np.minimum(AT_A_POINT * points, staff)
    usual = np.round(AT_A_POINT * points / _POINTS_EACH).astype(np.int64)
    sizes = np.clip(usual, LEAST_IN_TERRITORY, seats)
    members = np.zeros((staff, len(points)), dtype=bool)
    load = np.zeros(staff)
    for place in np.argsort(-interviews, kind="stable"):
        # Whoever has least comes first, so that teams overlap in ever other ways.
        chosen = np.lexsort((rank, load))[: sizes[place]]
        members[chosen, place] = True
        load[chosen] += interviews[place] / sizes[place]
    for one in np.lexsort((rank, load)):
        while members[one].sum() < LEAST_TERRITORIES:
            _give_another(members, int(one), seats, interviews)
    _connect(members)
    return members


def _give_another(
    members: NDArray[np.bool_], one: int, seats: NDArray[np.int64], interviews: NDArray[np.int64]
) -> None:
    """Let an interviewer work in one territory more: beside the others, or for one with many."""
    size = members.sum(axis=0)
    order = np.argsort(-interviews / size, kind="stable")
    free = [place for place in order if not members[one, place]]
    for place in free:
        if size[place] < seats[place]:
            members[one, place] = True
            return
    for place in free:
        busy = np.where(members[:, place], members.sum(axis=1), 0)
        if busy.max() > LEAST_TERRITORIES:
            members[int(busy.argmax()), place] = False
            members[one, place] = True
            return
    raise AssertionError("seats were counted before")


def _connect(members: NDArray[np.bool_]) -> None:
    """Exchange interviewers between territories until all hang together."""
    parts = _components(members)
    staff, places = members.shape
    exchanges = (
        (one, here, other, there)
        for one in range(staff)
        for here in range(places)
        for other in range(staff)
        for there in range(places)
    )
    for one, here, other, there in exchanges if parts > 1 else ():
        if members[one, here] and members[other, there]:
            if members[one, there] or members[other, here]:
                continue
            cells = ([one, other, one, other], [here, there, there, here])
            members[cells] = [False, False, True, True]
            now = _components(members)
            if now >= parts:
                members[cells] = [True, True, False, False]
            parts = min(now, parts)
        if parts == 1:
            return


def _pairs(
    place: NDArray[np.int64],
    interviews: NDArray[np.int64],
    members: NDArray[np.bool_],
    rank: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Choose two of the team for each point: those who have been there least, in changing pairs."""
    staff = len(members)
    pairs = np.zeros((len(place), AT_A_POINT), dtype=np.int64)
    load = np.zeros(staff)
    together = np.zeros((staff, staff), dtype=np.int64)
    for territory in range(members.shape[1]):
        team = np.flatnonzero(members[:, territory])
        here = np.zeros(staff, dtype=np.int64)
        for point in np.flatnonzero(place == territory):
            order = np.lexsort((rank[team], load[team], here[team]))
            first = team[order[0]]
            others = team[team != first]
            order = np.lexsort((rank[others], load[others], together[first, others], here[others]))
            pair = np.array([first, others[order[0]]])
            pairs[point] = pair
            here[pair] += 1
            load[pair] += interviews[point] / AT_A_POINT
            together[pair, pair[::-1]] += 1
    _level(pairs, place, interviews, load)
    return pairs


def _level(
    pairs: NDArray[np.int64],
    place: NDArray[np.int64],
    interviews: NDArray[np.int64],
    load: NDArray[np.float64],
) -> None:
    """Give seats of those who have much to those of the same team who have little."""
    moved = True
    while moved:
        moved = False
        for point, seat in np.ndindex(pairs.shape):
            own = pairs[point, seat]
            here = pairs[place == place[point]]
            lighter = [one for one in np.unique(here) if one not in pairs[point]]
            half = interviews[point] / AT_A_POINT
            other = min(lighter, key=lambda one: float(load[one]), default=own)
            # Nobody leaves a territory: teams stay as they are. Each step brings loads nearer.
            if load[own] - load[other] > half and (here == own).sum() > 1:
                pairs[point, seat] = other
                load[own] -= half
                load[other] += half
                moved = True
