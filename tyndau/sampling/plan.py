"""The plan of a sample: everything that is decided before the first interview.

In: a study. Out: `SamplePlan`, of plain values, and warnings. It only joins the parts of this room:
size, allocation, points, routes, quotas, interviewers, calendar, cost. The same study gives the
same plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from tyndau.base.errors import Problem
from tyndau.sampling import problems
from tyndau.sampling.allocation import Allocation, AllocationMethod, allocate
from tyndau.sampling.allows import Allows, choice_of
from tyndau.sampling.cost import Cost, cost_of
from tyndau.sampling.interviewers import Assignment, assign
from tyndau.sampling.model import PointPlan, SamplePlan, Substitute, TerritoryPlan
from tyndau.sampling.needs import Needs, read_needs
from tyndau.sampling.quotas import own_quotas, quota_cells
from tyndau.sampling.routes import Route, plan_routes
from tyndau.sampling.schedule import Schedule, days_worked, schedule_visits
from tyndau.sampling.selection import (
    LEAST_INTERVIEWS,
    LEAST_POINTS,
    MOST_AT_POINT,
    SelectionMethod,
    draw_points,
    interviews_at,
    seeds,
    wanted_points,
)
from tyndau.sampling.size import Size, cluster_effect, half_width_of, share_variance, size_for
from tyndau.sampling.warnings import warnings_of
from tyndau.study.model import Study, Territory
from tyndau.study.plan import Point, Sampling

# Size and allocation settle in two rounds; rounding may go on for another or two.
_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The points of a territory before anybody is sent there."""

    points: list[Point]
    interviews: list[int]
    probability: list[float]
    certain: list[bool]
    routes: list[Route]
    substitutes: tuple[Substitute, ...]


def plan_sample(study: Study) -> tuple[SamplePlan, tuple[Problem, ...]]:
    """Plan the sample of a study.

    Parameters
    ----------
    study : Study
        Its workbook says what is wanted.

    Returns
    -------
    plan : SamplePlan
        The plan.
    warnings : tuple of Problem
        What does not stop it, but should be known: territories below the thresholds of a direct
        estimate among them.

    Raises
    ------
    UserError
        With everything that is missing, or with what cannot be had.
    """
    needs = read_needs(study)
    sampling = needs.sampling
    effect = _cluster_effect(sampling)
    size, allocation = _shared_out(needs, effect)
    chance = seeds(needs.seed, [one.code for one in needs.territories])
    chosen = [
        _choose(needs, place.code, int(count), chance[place.code])
        for place, count in zip(needs.territories, allocation.counts, strict=True)
    ]
    places = [point.territory for one in chosen for point in one.points]
    takes = [count for one in chosen for count in one.interviews]
    assignment = assign(places, takes, needs.interviewers, seed=needs.seed)
    schedule = schedule_visits(
        places, assignment.pairs, takes, seed=needs.seed,
        start=study.start, end=study.end, a_day=sampling.interviews_a_day,
    )  # fmt: skip
    counts = [int(count) for count in allocation.counts]
    codes = [one.code for one in needs.territories]
    territories = _territories(needs, allocation, effect, chosen, assignment, schedule)
    whole = effect * allocation.weight_effect
    quotas = quota_cells(counts, codes, needs.variables, needs.margins)
    plan = SamplePlan(
        population=needs.population,
        sampling=sampling,
        size=size,
        allocation=allocation,
        cluster_effect=effect,
        half_width=_points_of(needs, "", allocation.n, whole, sum(needs.people.values())),
        territories=territories,
        quotas=quotas,
        assignment=assignment,
        schedule=schedule,
        own_quotas=own_quotas(quotas.counts, assignment.by_territory),
        cost=_cost(needs, places, assignment, schedule, sum(counts)),
        allows=_allows(sampling, territories, allocation.n, whole),
    )
    return plan, (*needs.warnings, *warnings_of(study, plan))


def _cost(
    needs: Needs, places: list[str], assignment: Assignment, schedule: Schedule, interviews: int
) -> Cost:
    """Compute the cost by the days of the calendar."""
    codes = [one.code for one in needs.territories]
    at = np.array([codes.index(place) for place in places])
    days, trips = days_worked(schedule, assignment.pairs, at, len(codes))
    return cost_of(interviews, days, trips, needs.territories, needs.sampling)


def _cluster_effect(sampling: Sampling) -> float:
    if sampling.design_effect is not None:
        return sampling.design_effect
    assert sampling.correlation is not None
    return cluster_effect(sampling.correlation, sampling.at_point)


def _share(sampling: Sampling, code: str) -> float:
    return sampling.shares.get(code, sampling.share) / 100


def _points_of(needs: Needs, code: str, n: int, effect: float, people: int) -> float:
    """Return the half-width that n interviews give, in percentage points."""
    return 100 * half_width_of(
        n,
        share_variance(_share(needs.sampling, code)),
        confidence=needs.sampling.confidence / 100,
        design_effect=effect,
        population=people,
    )


def _size(needs: Needs, code: str, half_width: float, effect: float, people: int) -> Size:
    return size_for(
        half_width / 100,
        share_variance(_share(needs.sampling, code)),
        confidence=needs.sampling.confidence / 100,
        design_effect=effect,
        population=people,
        response=(needs.sampling.response or 100) / 100,
    )


def _shared_out(needs: Needs, effect: float) -> tuple[Size | None, Allocation]:
    """Return what the precision needs and how interviews are shared out.

    Where the number of interviews is to follow from the precision, disproportion is paid for with
    more interviews: the allocation's design effect depends on shares alone, so that a second round
    settles it.
    """
    sampling, people = needs.sampling, needs.people
    everybody = sum(people.values())
    if sampling.interviews is not None:
        allocation = _allocate(needs, sampling.interviews, effect)
        if sampling.precision is None:
            return None, allocation
        whole = effect * allocation.weight_effect
        return _size(needs, "", sampling.precision, whole, everybody), allocation
    assert sampling.precision is not None
    size = _size(needs, "", sampling.precision, effect, everybody)
    allocation = _allocate(needs, size.n, effect)
    for _ in range(_ROUNDS):
        whole = effect * allocation.weight_effect
        size = _size(needs, "", sampling.precision, whole, everybody)
        if size.n == allocation.n:
            break
        allocation = _allocate(needs, size.n, effect)
    return size, allocation


def _allocate(needs: Needs, n: int, effect: float) -> Allocation:
    sampling = needs.sampling
    least = []
    for place in needs.territories:
        people = needs.people[place.code]
        wanted = 0
        if sampling.precision_territory is not None:
            wanted = _size(needs, place.code, sampling.precision_territory, effect, people).n
        least.append(max(sampling.minimum, wanted))
    return allocate(
        n,
        [needs.people[place.code] for place in needs.territories],
        method=cast(AllocationMethod, sampling.allocation),
        power=sampling.power,
        deviation=[
            share_variance(_share(sampling, place.code)) ** 0.5 for place in needs.territories
        ],
        raised=[_raise(sampling, place) for place in needs.territories],
        minimum=least,
    )


def _raise(sampling: Sampling, place: Territory) -> float:
    """Return the greatest raise of a territory's kinds: a remote annexed one is raised once."""
    kinds = (
        (place.newly_annexed, sampling.raise_newly_annexed),
        (place.remote, sampling.raise_remote),
        (place.new_microdistrict, sampling.raise_new_microdistrict),
    )
    return max((factor for so, factor in kinds if so), default=1.0)


def _choose(needs: Needs, code: str, interviews: int, seed: int) -> _Chosen:
    """Draw a territory's points, share its interviews out among them, plan their routes."""
    frame, method = needs.frame[code], needs.sampling.selection
    if len(frame) * MOST_AT_POINT < interviews:
        values = {"territory": code, "interviews": interviews, "points": len(frame)}
        raise problems.SMALL_FRAME.error(problems.POINTS, **values)
    named = method == "all"
    count = len(frame)
    if not named:
        count = wanted_points(interviews, needs.sampling.at_point, len(frame))
    sizes = [point.size for point in frame]
    drawn = draw_points(sizes, count, method=cast(SelectionMethod, method), seed=seed)
    points = [frame[at] for at in drawn.index]
    counts = [int(one) for one in interviews_at(count, interviews, seed=seed)]
    if named and sum(point.interviews for point in points) == interviews:
        counts = [point.interviews for point in points]
    spare = needs.substitutes[code]
    routes = plan_routes([*points, *spare], seed=seed)
    return _Chosen(
        points,
        counts,
        [float(one) for one in drawn.probability],
        [bool(one) for one in drawn.certain],
        routes[:count],
        tuple(map(Substitute, spare, routes[count:])),
    )


def _territories(
    needs: Needs,
    allocation: Allocation,
    effect: float,
    chosen: Sequence[_Chosen],
    assignment: Assignment,
    schedule: Schedule,
) -> tuple[TerritoryPlan, ...]:
    plans = []
    first = 0
    for at, (place, one) in enumerate(zip(needs.territories, chosen, strict=True)):
        seats = range(first, first + len(one.points))
        first += len(one.points)
        points = tuple(
            PointPlan(
                point=one.points[here],
                interviews=one.interviews[here],
                probability=one.probability[here],
                certain=one.certain[here],
                route=one.routes[here],
                visits=schedule.visits[seat],
                interviewers=tuple(int(who) + 1 for who in assignment.pairs[seat]),
                shares=tuple(int(share) for share in assignment.interviews[seat]),
            )
            for here, seat in enumerate(seats)
        )
        people, n = needs.people[place.code], int(allocation.counts[at])
        plans.append(
            TerritoryPlan(
                territory=place,
                people=people,
                interviews=n,
                proportional=float(allocation.proportional[at]),
                effective=n / effect,
                half_width=_points_of(needs, place.code, n, effect, people),
                points=points,
                substitutes=one.substitutes,
                direct=n >= LEAST_INTERVIEWS and len(points) >= LEAST_POINTS,
            )
        )
    return tuple(plans)


def _allows(
    sampling: Sampling, territories: Sequence[TerritoryPlan], n: int, effect: float
) -> Allows:
    points = [one.point for place in territories for one in place.points]
    choice = choice_of(sampling.selection, points, sampling.quotas)
    return Allows(
        inference="design" if choice == "design" else "model",
        choice=choice,
        interviews=n,
        points=len(points),
        territories=len(territories),
        direct=tuple(place.territory.code for place in territories if place.direct),
        design_effect=effect,
        effective=n / effect,
    )
