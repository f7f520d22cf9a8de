"""Rules of an interviewer's day: hours, breaks, darkness.

In: `Work`, the rules, when it gets dark. Out: alerts, at most one a rule, interviewer and day. What
was begun in time may be finished: a rule strikes when something is begun after its limit, so that
the last interview before a break makes no alert.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import numpy as np

from tyndau.base.languages import N_, Message, Number
from tyndau.fieldwork.control.rulebook import Alert, FieldRules
from tyndau.fieldwork.control.work import Work, moment

_HOUR = np.timedelta64(3600, "s")

# When it gets dark on a day, local time; None where this is not known.
Dark = Callable[[date], datetime | None]


def clock(time: np.datetime64 | datetime) -> str:
    """Return the time of the day as people write it.

    Parameters
    ----------
    time : datetime64 or datetime
        Local time.

    Returns
    -------
    str
        Such as ``09:30``.
    """
    found = time if isinstance(time, datetime) else moment(time)
    return found.strftime("%H:%M")


def long_hours(work: Work, rules: FieldRules) -> Iterator[Alert]:
    """Find days with too many hours and hours without a break.

    Parameters
    ----------
    work : Work
        Interviews and contacts.
    rules : FieldRules
        Limits.

    Yields
    ------
    Alert
        ``day_hours`` and ``on_end``. Gaps of a break's length and more are breaks and ways and do
        not count as work; without notes between two interviews a gap looks like a break, so that
        too little is found rather than too much.
    """
    pause = np.timedelta64(round(rules.break_minutes * 60), "s")
    for name, day, done in work.days():
        reached = np.maximum.accumulate(done.ends)
        breaks = np.flatnonzero(done.starts[1:] - reached[:-1] >= pause) + 1
        worked, longest, late = 0.0, (0.0, 0, 0), False
        for part in np.split(np.arange(len(reached)), breaks):
            first, last = part[0], part[-1]
            begun = float((done.starts[last] - done.starts[first]) / _HOUR)
            late |= worked + begun > rules.hours_a_day
            longest = max(longest, (begun, -first, last))
            worked += float((reached[last] - done.starts[first]) / _HOUR)
        if late:
            yield _day_hours(name, day, worked, rules)
        if longest[0] > rules.hours_on_end:
            start, end = done.starts[-longest[1]], reached[longest[2]]
            yield _on_end(name, day, (clock(start), clock(end)), rules)


def _day_hours(name: str, day: date, worked: float, rules: FieldRules) -> Alert:
    hours = round(worked, 1)
    values = {"interviewer": name, "hours": Number(hours, 1), "limit": f"{rules.hours_a_day:g}"}
    return Alert(
        key=f"day_hours:{name}:{day.isoformat()}",
        rule="day_hours",
        interviewers=(name,),
        point="",
        day=day,
        facts={"hours": hours, "limit": rules.hours_a_day},
        sentence=Message(N_("{interviewer} worked {hours} hours; the limit is {limit}."), values),
        step=Message(N_("Call and end the day; plan the rest for another day.")),
    )


def _on_end(name: str, day: date, span: tuple[str, str], rules: FieldRules) -> Alert:
    values = {
        "interviewer": name,
        "start": span[0],
        "end": span[1],
        "minutes": f"{rules.break_minutes:g}",
        "limit": f"{rules.hours_on_end:g}",
    }
    return Alert(
        key=f"on_end:{name}:{day.isoformat()}",
        rule="on_end",
        interviewers=(name,),
        point="",
        day=day,
        facts={"start": span[0], "end": span[1], "limit": rules.hours_on_end},
        sentence=Message(
            N_("{interviewer} worked from {start} to {end} without {minutes} minutes of break."),
            values,
        ),
        step=Message(
            N_("Remind of the break: {minutes} minutes after {limit} hours of work."), values
        ),
    )


def after_dark(work: Work, dark: Dark) -> Iterator[Alert]:
    """Find work that was begun after dark.

    Parameters
    ----------
    work : Work
        Interviews and contacts.
    dark : callable
        Takes a day and returns when it gets dark, local time, or None.

    Yields
    ------
    Alert
        ``after_dark``, with the place of the last work.
    """
    for name, day, done in work.days():
        limit = dark(day)
        if limit is None:
            continue
        late = np.flatnonzero(done.starts > np.datetime64(limit.replace(tzinfo=None), "s"))
        if not len(late):
            continue
        point, end = str(done.points[late[-1]]), clock(done.ends[late].max())
        facts: dict[str, str | int | float] = {"end": end, "dark": clock(limit), "count": len(late)}
        values = {"interviewer": name, "end": end, "dark": clock(limit), "point": point or "–"}
        yield Alert(
            key=f"after_dark:{name}:{day.isoformat()}",
            rule="after_dark",
            interviewers=(name,),
            point=point,
            day=day,
            facts=facts,
            sentence=Message(
                N_("{interviewer} worked until {end} at point {point}; dark since {dark}."), values
            ),
            step=Message(
                N_("Ask whether all is well; let work end before {dark}."), {"dark": clock(limit)}
            ),
        )
