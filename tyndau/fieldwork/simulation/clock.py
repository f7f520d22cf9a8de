"""When interviews begin and end: by day, by interviewer, one after another.

In: who asked whom, how long each interview takes by the timing model, the dates of the fieldwork.
Out: start and end as ISO texts with the offset of the study's zone. An interviewer gets faster over
the first interviews; who is declared too fast takes a third of the time that the questions need.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

# Where a workbook gives no dates.
_FIRST_DAY, _DAYS = date(2026, 10, 1), 21
_A_DAY = 8
_OPENING = 10 * 3600
_WORKING = 8 * 3600
# The learning curve ends after about as many interviews (shared notes on quality in the field).
_LEARNT, _SLOWER = 20, 0.25
_TOO_FAST = 0.33
_APPROACH = 40.0


def fieldwork_days(start: date | None, end: date | None) -> list[date]:
    """Return the days on which interviews are made.

    Parameters
    ----------
    start, end : date or None
        Of the workbook.

    Returns
    -------
    list of date
        Each day between them; three weeks where a date is missing.
    """
    first = start or (end - timedelta(_DAYS - 1) if end else _FIRST_DAY)
    last = end or first + timedelta(_DAYS - 1)
    return [first + timedelta(day) for day in range((last - first).days + 1)]


def set_clock(
    order: NDArray[np.intp],
    interviewer: NDArray[np.intp],
    seconds: NDArray[np.float64],
    too_fast: NDArray[np.bool_],
    days: list[date],
    zone: str,
    rng: np.random.Generator,
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Give each interview its beginning and end.

    Parameters
    ----------
    order : ndarray of int, shape (n,)
        The interviews in the order in which each interviewer makes them.
    interviewer : ndarray of int, shape (n,)
        Who makes each.
    seconds : ndarray of float, shape (n,)
        What the questions take by the timing model.
    too_fast : ndarray of bool, shape (n,)
        Whose interviewer does not read them out.
    days : list of date
        Days of the fieldwork.
    zone : str
        IANA name of the time zone.
    rng : numpy.random.Generator
        Chance.

    Returns
    -------
    start, end : ndarray of str, shape (n,)
        ISO 8601 with offset.
    """
    n = len(order)
    local = ZoneInfo(zone)
    lasts = (seconds + _APPROACH) * rng.lognormal(0.0, 0.18, n)
    lasts = np.where(too_fast, lasts * _TOO_FAST, lasts)
    start = np.empty(n, dtype=object)
    end = np.empty(n, dtype=object)
    for one in np.unique(interviewer):
        own = order[interviewer[order] == one]
        used = min(len(days), max(1, -(-len(own) // _A_DAY)))
        chosen = np.sort(rng.choice(len(days), size=used, replace=False))
        curve = 1 + _SLOWER * np.exp(-np.arange(len(own)) / (_LEARNT / 3))
        took = lasts[own] * np.where(too_fast[own], 1.0, curve)
        for count, part in enumerate(np.array_split(np.arange(len(own)), used)):
            gap = np.clip((_WORKING - took[part].sum()) / max(len(part), 1), 60, 1500)
            clock = _OPENING + rng.uniform(0, 3600)
            day = days[chosen[count]]
            for at in part:
                begun = datetime(day.year, day.month, day.day, tzinfo=local)
                begun += timedelta(seconds=round(clock))
                ended = begun + timedelta(seconds=max(round(took[at]), 5))
                start[own[at]], end[own[at]] = begun.isoformat(), ended.isoformat()
                clock += took[at] + gap * rng.uniform(0.5, 1.0)
    return start, end
