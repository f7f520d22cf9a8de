"""When the field will end: a forecast from its days so far, and how far it can be trusted.

In: interviews of each working day so far, the target, the last day. Out: `Forecast`: how many there
will be on the last day, and when the target will be reached, each with an interval. It says what
happens if the days to come are like those past; it is no margin of error of any result.

Model. Counts of working days are independent, with mean m_w on weekday w and variance f m_w, f at
least 1 (Poisson counts that vary more than by chance: McCullagh and Nelder 1989, section 6.2.3).
Weekdays differ little and are seen seldom, so that their means are drawn together:
m_w = (sum of the counts on w + K m) / (number of such days + K), with m the mean of all days and
K = 5 days. These means use up p days: p is the trace of the matrix that makes them of the counts. f
is the sum of (y - m_w)^2 / m_w, divided by d - p, after d days. The sum of h days to come has mean
M, the sum of their m_w, and variance f M (1 + h / d); its second part is the uncertainty of the
means. The interval is M -+ t(d - p) times the root of it, never below nothing, in whole
interviews. The target is reached no earlier than the upper bound, no later than the lower, says.

Limits. A first slow day, a festival, rain, interviewers who leave: whatever makes the days to come
unlike those past is not in it. With fewer than three days there is no forecast.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

LEAST_DAYS: Final = 3
_POOLED_DAYS: Final = 5.0
# Nobody plans further; a pace that needs longer reaches no end.
_HORIZON: Final = 366


@dataclass(frozen=True, slots=True)
class Forecast:
    """What becomes of the field if the days to come are like those past.

    Attributes
    ----------
    days : int
        Working days so far.
    done : int
        Interviews so far.
    a_day : float
        Their mean by working day.
    dispersion : float
        By how much days vary more than by chance; 1 for not at all.
    level : float
        How often intervals hold what will be, if the model does.
    expected, low, high : int
        Interviews on the last day: expected, and its interval.
    end, earliest, latest : date or None
        When the target will be reached: expected, and its interval; None for not within a year.
    """

    days: int
    done: int
    a_day: float
    dispersion: float
    level: float
    expected: int
    low: int
    high: int
    end: date | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class _Pace:
    """Means by weekday, dispersion, days, and the factor of the interval."""

    means: NDArray[np.float64]
    dispersion: float
    days: int
    factor: float

    def bounds(self, expected: float, ahead: int) -> tuple[float, float]:
        spread = self.factor * sqrt(self.dispersion * expected * (1 + ahead / self.days))
        return max(expected - spread, 0.0), expected + spread


def _pace(counts: Mapping[date, int], level: float) -> _Pace:
    made = np.array([counts[day] for day in counts], dtype=np.float64)
    weekdays = np.array([day.weekday() for day in counts])
    sums = np.bincount(weekdays, made, minlength=7)
    often = np.bincount(weekdays, minlength=7)
    means = (sums + _POOLED_DAYS * made.mean()) / (often + _POOLED_DAYS)
    of_day = means[weekdays]
    used = float(((1 + _POOLED_DAYS / len(made)) / (often[weekdays] + _POOLED_DAYS)).sum())
    freedom = len(made) - used
    squares = float(((made - of_day) ** 2 / of_day).sum()) / freedom
    factor = float(student.ppf(0.5 + level / 2, freedom))
    return _Pace(means, max(squares, 1.0), len(made), factor)


def forecast(
    counts: Mapping[date, int],
    target: int,
    last_day: date,
    *,
    today: date,
    days_off: Collection[int] = (),
    level: float = 0.8,
) -> Forecast | None:
    """Forecast the end of the field.

    Parameters
    ----------
    counts : dict of date to int
        Interviews made, or accepted, on each working day before ``today``; a working day without
        any stands with 0, a day off does not stand.
    target : int
        How many are wanted.
    last_day : date
        The last day of the field.
    today : date
        The first day that is not over; it counts as one to come.
    days_off : collection of int
        Weekdays on which nobody works, 0 for Monday.
    level : float, default 0.8
        Between 0 and 1: how often the intervals should hold.

    Returns
    -------
    Forecast or None
        None with fewer than three working days, or where nothing was made on any of them.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, 2nd edition, section 6.2.3.
    """
    past = {day: count for day, count in counts.items() if day < today}
    done = sum(past.values())
    if len(past) < LEAST_DAYS or not done:
        return None
    pace = _pace(past, level)
    reached: list[date | None] = [today if done >= target else None] * 3
    at_end = (0.0, 0.0, 0.0)
    expected, ahead = 0.0, 0
    for day in (today + timedelta(days=at) for at in range(_HORIZON)):
        if day.weekday() not in days_off:
            expected, ahead = expected + float(pace.means[day.weekday()]), ahead + 1
        low, high = pace.bounds(expected, ahead)
        if day <= last_day:
            at_end = (expected, low, high)
        for which, more in enumerate((expected, high, low)):
            if reached[which] is None and done + more >= target:
                reached[which] = day
        if day >= last_day and None not in reached:
            break
    return Forecast(
        days=len(past),
        done=done,
        a_day=done / len(past),
        dispersion=pace.dispersion,
        level=level,
        expected=done + round(at_end[0]),
        low=done + floor(at_end[1]),
        high=done + ceil(at_end[2]),
        end=reached[0],
        earliest=reached[1],
        latest=reached[2],
    )
