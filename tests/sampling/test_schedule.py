"""The calendar of visits: nobody in two places at once, pairs together, days and hours spread."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyndau.sampling import plan_sample
from tyndau.sampling.interviewers import Assignment, assign
from tyndau.sampling.schedule import Schedule, Visit, days_worked, schedule_visits
from tyndau.study.model import Study

pytestmark = pytest.mark.requirement("C2", "C3")

START = date(2026, 10, 1)


def made(
    points: list[int], staff: int, *, days: int | None = 21, dated: bool = True, seed: int = 1
) -> tuple[Assignment, Schedule]:
    """Make the calendar of so many points a territory."""
    places = [f"t{at}" for at, count in enumerate(points) for _ in range(count)]
    counts = [14 + at % 3 for at in range(len(places))]
    sent = assign(places, counts, staff, seed=seed)
    end = START + timedelta(days=days - 1) if days else None
    start = START if dated else None
    schedule = schedule_visits(places, sent.pairs, counts, start=start, end=end, a_day=9, seed=seed)
    return sent, schedule


def diaries(sent: Assignment, schedule: Schedule) -> dict[tuple[int, int], list[Visit]]:
    """Return what each interviewer does on each day."""
    days = defaultdict(list)
    for pair, visits in zip(sent.pairs, schedule.visits, strict=True):
        for visit in visits:
            for who in pair:
                days[int(who), visit.day].append(visit)
    return days


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(4, 8), min_size=2, max_size=5), st.integers(0, 99), st.integers(1, 30))
def test_every_calendar_can_be_kept(points: list[int], seed: int, days: int) -> None:
    """Also where fieldwork is too short: visits then stand after its end."""
    sent, schedule = made(points, 5, seed=seed, days=days)
    weeks = defaultdict(set)
    for (who, day), visits in diaries(sent, schedule).items():
        hours = sorted((visit.start, visit.end) for visit in visits)
        assert sum(end - start for start, end in hours) <= 8
        assert all(after[0] > before[1] for before, after in pairwise(hours))
        assert len(visits) == 1 or sum(visit.interviews for visit in visits) <= 2 * 9
        assert hours[0][0] >= 8 and hours[-1][1] <= 20
        weeks[who, (START.weekday() + day - 1) // 7].add(day)
    assert max(map(len, weeks.values())) <= 6, "a day of rest a week"
    for at, visits in enumerate(schedule.visits):
        assert len({visit.day for visit in visits}) == 3
        assert sum(visit.interviews for visit in visits) == sent.interviews[at].sum()
        for visit in visits:
            assert visit.date == START + timedelta(days=visit.day - 1)
            assert visit.weekday == visit.date.weekday()
    assert schedule.lacking_days == max(schedule.days - days, 0)


def test_where_there_is_room_each_point_has_day_evening_and_weekend() -> None:
    sent, schedule = made([8, 8, 8], 12, days=28)
    for visits in schedule.visits:
        assert sum(visit.weekday >= 5 for visit in visits) == 1
        assert sum(visit.start >= 17 for visit in visits) == 1
    first = Counter((v.weekday, v.start) for visits in schedule.visits[:8] for v in visits)
    assert max(first.values()) <= 3, "hours and weekdays spread over the points of a territory"
    places = defaultdict(set)
    for at, visits in enumerate(schedule.visits):
        for visit in visits:
            for who in sent.pairs[at]:
                places[int(who), visit.day].add(at // 8)
    assert np.mean([len(there) > 1 for there in places.values()]) < 0.1


def test_days_worked_and_trips_are_those_of_the_calendar() -> None:
    """The second interviewer goes to both territories on day 2: one day, two trips."""

    def on(day: int, start: int) -> Visit:
        return Visit(day, None, day - 1, start, start + 2, 4)

    visits = ((on(1, 9), on(2, 9)), (on(2, 15),))
    pairs, places = np.array([[0, 1], [1, 2]]), np.array([0, 1])
    days, trips = days_worked(Schedule(visits, 2, 5, 3), pairs, places, 2)
    assert days.tolist() == [2, 2, 1]
    assert trips.tolist() == [4, 2]


def test_without_dates_days_are_numbers_and_the_end_is_open() -> None:
    _, schedule = made([4, 4], 5, days=None, dated=False)
    visits = [visit for of in schedule.visits for visit in of]
    assert {visit.date for visit in visits} == {None}
    assert all(visit.weekday == (visit.day - 1) % 7 for visit in visits)
    assert schedule.there is None
    assert schedule.lacking_days == schedule.lacking_interviewers == 0


def test_too_few_days_are_counted_in_days_and_in_people() -> None:
    _, schedule = made([6, 6, 6], 6, days=5)
    assert schedule.days > 5
    assert schedule.lacking_days == schedule.days - 5
    assert schedule.lacking_interviewers == -(-6 * schedule.days // 5) - 6


def test_the_same_seed_gives_the_same_calendar() -> None:
    first, again, other = (made([6, 6], 6, seed=seed)[1] for seed in (3, 3, 4))
    assert first == again != other


def test_the_made_up_city_is_visited_within_its_three_weeks(city: Study) -> None:
    plan, _ = plan_sample(city)
    assert plan.schedule.there == 21
    assert plan.schedule.days <= 21
    days = diaries(plan.assignment, plan.schedule)
    assert all(len({visit.start for visit in visits}) == len(visits) for visits in days.values())
