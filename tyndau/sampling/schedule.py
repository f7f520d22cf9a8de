"""When each point is visited: a calendar that two interviewers of a point can keep together.

In: the territory, pair and interviews of each point, first and last day of fieldwork. Out:
`Schedule`: visits by day and hour. Nobody has two visits at one time, more than eight hours a day
or more than six days a week. Visits that find no place in time stand on days after the last one,
so that a reader sees how many days are lacking.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tyndau.sampling.allocation import whole_parts

# An interviewer works two hours on end, then rests a quarter of an hour, at most eight hours a day
# (report on public councils, 2023). Beginnings lie three hours apart: an hour for rest and way. The
# two rounds of hours take turns from day to day, so that a point is seen at different hours.
HOURS_ON_END = 2
_HOURS = ((9, 12, 15, 18), (8, 11, 14, 17))
_EVENING_FROM, _EARLY_UNTIL = 17, 10
# A day of rest a week: Labour Code of Kazakhstan, article 84.
_WEEK, _DAYS_A_WEEK, _SATURDAY = 7, 6, 5
# By day and in the evening of two weekdays, and at the weekend, so that those who work and those
# who do not are met: the same report has Thursday at noon, after 18:00, and Sunday by day. Weekends
# and evenings are scarce and chosen first.
_ROLES = ("weekend", "evening", "day")
# What a place in the calendar costs. Two territories on one day are worst: it takes time and money.
_OTHER_TERRITORY, _OTHER_ROLE, _SAME_WEEKDAY, _NEW_DAY, _TAKEN = 60.0, 25.0, 5.0, 3.0, 1.0
_SWEEPS, _TRIES = 4, 8


@dataclass(frozen=True, slots=True)
class Visit:
    """When the two interviewers of a point come to it.

    Attributes
    ----------
    day : int
        Day of fieldwork, from 1.
    date : date or None
        The same in the calendar; None where the study has no first day.
    weekday : int
        0 for Monday to 6 for Sunday; without a date, day 1 is a Monday.
    start, end : int
        Full hours of the day.
    interviews : int
        How many are to be made then, by both together.
    """

    day: int
    date: date | None
    weekday: int
    start: int
    end: int
    interviews: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """When points are visited. K points.

    Attributes
    ----------
    visits : tuple of tuple of Visit, length K
        Of each point, in the order of time.
    days : int
        The last day that is needed.
    there : int or None
        Days that fieldwork has; None where its end is open.
    interviewers : int
        How many there are.
    """

    visits: tuple[tuple[Visit, ...], ...]
    days: int
    there: int | None
    interviewers: int

    @property
    def lacking_days(self) -> int:
        """How many days more are needed; 0 where all visits are made in time."""
        return 0 if self.there is None else max(self.days - self.there, 0)

    @property
    def lacking_interviewers(self) -> int:
        """About how many interviewers more would do as well: work by people and days."""
        if self.there is None or not self.lacking_days:
            return 0
        return -(-self.interviewers * self.days // self.there) - self.interviewers


@dataclass(slots=True)
class _Task:
    """A visit that looks for its day and hour."""

    point: int
    role: str
    interviews: int
    territory: str
    pair: tuple[int, int]
    day: int = 0
    hour: int = 0


@dataclass(slots=True)
class _Diary:
    """Who is where on which day: what is taken, and what a further visit would cost."""

    first_weekday: int
    most: int
    days: dict[tuple[int, int], list[_Task]] = field(default_factory=lambda: defaultdict(list))
    weeks: Counter[tuple[int, int]] = field(default_factory=Counter)
    points: dict[int, list[_Task]] = field(default_factory=lambda: defaultdict(list))
    taken: Counter[tuple[str, int, int]] = field(default_factory=Counter)

    def weekday(self, day: int) -> int:
        return (self.first_weekday + day - 1) % _WEEK

    def week(self, day: int) -> int:
        return (self.first_weekday + day - 1) // _WEEK

    def put(self, task: _Task, day: int, hour: int) -> None:
        task.day, task.hour = day, hour
        self._change(task, 1)

    def take(self, task: _Task) -> None:
        self._change(task, -1)

    def _change(self, task: _Task, by: int) -> None:
        for who in task.pair:
            there = self.days[who, task.day]
            before = bool(there)
            there.append(task) if by > 0 else there.remove(task)
            self.weeks[who, self.week(task.day)] += int(bool(there)) - int(before)
        of_point = self.points[task.point]
        of_point.append(task) if by > 0 else of_point.remove(task)
        self.taken[task.territory, self.weekday(task.day), task.hour] += by

    def cost(self, task: _Task, day: int, hour: int) -> float | None:
        """Return what a place costs; None where it is impossible."""
        if any(other.day == day for other in self.points[task.point]):
            return None
        weekday, cost = self.weekday(day), 0.0
        for who in task.pair:
            there = self.days[who, day]
            if not there:
                if self.weeks[who, self.week(day)] >= _DAYS_A_WEEK:
                    return None
                cost += _NEW_DAY
                continue
            load = task.interviews + sum(other.interviews for other in there)
            if load > self.most or any(other.hour == hour for other in there):
                return None
            cost += _OTHER_TERRITORY * all(one.territory != task.territory for one in there)
        weekend, evening = weekday >= _SATURDAY, hour >= _EVENING_FROM
        cost += _OTHER_ROLE * (weekend != (task.role == "weekend"))
        cost += _OTHER_ROLE * (evening != (task.role == "evening"))
        cost += _SAME_WEEKDAY * (weekend and hour < _EARLY_UNTIL)
        for other in self.points[task.point]:
            cost += _SAME_WEEKDAY * (self.weekday(other.day) == weekday)
            cost += _SAME_WEEKDAY * (other.hour == hour)
        return cost + _TAKEN * self.taken[task.territory, weekday, hour]


def days_worked(
    schedule: Schedule, pairs: NDArray[np.int64], places: NDArray[np.int64], territories: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the days of a calendar.

    Parameters
    ----------
    schedule : Schedule
        The calendar of K points.
    pairs : ndarray of int, shape (K, 2)
        The interviewers of each point, from 0.
    places : ndarray of int, shape (K,)
        Number of each point's territory, from 0.
    territories : int
        How many there are, T.

    Returns
    -------
    days : ndarray of int, shape (I,)
        Days on which each interviewer works.
    trips : ndarray of int, shape (T,)
        Days of interviewers in each territory: one who goes to two on a day counts in both.
    """
    there = {
        (int(who), place, visit.day)
        for pair, place, visits in zip(pairs, places.tolist(), schedule.visits, strict=True)
        for who in pair
        for visit in visits
    }
    days = Counter(who for who, _ in {(who, day) for who, _, day in there})
    trips = Counter(place for _, place, _ in there)
    return (
        np.array([days[who] for who in range(schedule.interviewers)], dtype=np.int64),
        np.array([trips[place] for place in range(territories)], dtype=np.int64),
    )


def schedule_visits(
    territories: Sequence[str],
    pairs: NDArray[np.int64],
    interviews: Sequence[int],
    *,
    start: date | None,
    end: date | None,
    a_day: int | None,
    seed: int,
) -> Schedule:
    """Give each point its visits, so that interviewers can keep them.

    Parameters
    ----------
    territories : sequence of str, length K
        Territory of each point.
    pairs : ndarray of int, shape (K, 2)
        The interviewers of each point, from 0.
    interviews : sequence of int, length K
        Interviews of each point.
    start, end : date or None
        First and last day of fieldwork.
    a_day : int or None
        Interviews that an interviewer makes a day at most; None where it is not known.
    seed : int
        Decides between days that are alike.

    Returns
    -------
    Schedule
        Three visits a point on three days, where there is room one by day, one in the evening and
        one at the weekend. The two of a point come together; a day is spent in one territory where
        that can be had; hours and weekdays spread over the points of a territory.

    Notes
    -----
    Each visit takes the cheapest place that is free, weekends and evenings first; then each is
    taken out and put back where it is cheapest now, four times over. Where something finds no
    place in time, all begins anew with other chance, eight times at most.
    """
    first = start.weekday() if start else 0
    there = (end - start).days + 1 if start and end else None
    # Without an end there are as many weeks as whoever has most points needs evenings.
    busiest = int(np.bincount(np.asarray(pairs).ravel()).max())
    window = there or _WEEK * -(-busiest // _SATURDAY)
    most = 2 * a_day if a_day else sum(interviews)
    chance = np.random.default_rng(seed)
    tries = []
    for _ in range(_TRIES):
        tasks = _tasks(territories, pairs, interviews)
        noise = chance.random((len(territories), _WEEK))
        tries.append(_settled(tasks, _Diary(first, most), window, noise))
        if max(task.day for task in tasks) <= window:
            break
    best = min(tries, key=lambda tasks: max(task.day for task in tasks))
    visits: list[list[Visit]] = [[] for _ in territories]
    for task in sorted(best, key=lambda task: task.day):
        visits[task.point].append(_visit(task, first, start))
    last = max(task.day for task in best)
    return Schedule(tuple(map(tuple, visits)), last, there, int(np.max(pairs)) + 1)


def _settled(
    tasks: list[_Task], diary: _Diary, window: int, chance: NDArray[np.float64]
) -> list[_Task]:
    """Find a place for each task, then a better one while places are left."""
    for task in tasks:
        diary.put(task, *_cheapest(diary, task, window, chance[task.point]))
    for _ in range(_SWEEPS):
        for task in tasks:
            diary.take(task)
            diary.put(task, *_cheapest(diary, task, window, chance[task.point]))
    return tasks


def _tasks(
    territories: Sequence[str], pairs: NDArray[np.int64], interviews: Sequence[int]
) -> list[_Task]:
    tasks = []
    for point, (place, pair, count) in enumerate(zip(territories, pairs, interviews, strict=True)):
        parts = whole_parts(np.full(len(_ROLES), count / len(_ROLES)), count)
        one, other = (int(who) for who in pair)
        tasks += [
            _Task(point, role, int(part), place, (one, other))
            for role, part in zip(_ROLES, parts, strict=True)
        ]
    return sorted(tasks, key=lambda task: _ROLES.index(task.role))


def _cheapest(
    diary: _Diary, task: _Task, window: int, chance: NDArray[np.float64]
) -> tuple[int, int]:
    """Return day and hour that cost least; after the window the first that are free."""

    def places(day: int) -> Iterator[tuple[float, int, int]]:
        for hour in _HOURS[day % 2]:
            cost = diary.cost(task, day, hour)
            if cost is not None:
                yield cost + float(chance[day % _WEEK]), day, hour

    best = min((place for day in range(1, window + 1) for place in places(day)), default=None)
    day = window
    while best is None:
        day += 1
        best = min(places(day), default=None)
    return best[1:]


def _visit(task: _Task, first_weekday: int, start: date | None) -> Visit:
    return Visit(
        day=task.day,
        date=start + timedelta(days=task.day - 1) if start else None,
        weekday=(first_weekday + task.day - 1) % _WEEK,
        start=task.hour,
        end=task.hour + HOURS_ON_END,
        interviews=task.interviews,
    )
