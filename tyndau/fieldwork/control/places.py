"""Rules of a point: empty for hours, one alone, too many interviews, not spread over time.

In: `Work`, the rules, who is expected where, when each phone was last heard of. Out: alerts, at
most one a rule, point and day (``at_point``: a point and interviewer; ``hours``, ``weekdays``: a
point). What may still lie on a phone that was not heard of since is waited for: no alert says that
nobody was there while somebody's interviews are on their way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from tyndau.base.languages import N_, Message
from tyndau.fieldwork.control.hours import clock
from tyndau.fieldwork.control.rulebook import Alert, FieldRules
from tyndau.fieldwork.control.work import Stay, Work, moment, stays

# Who is expected at each point, and when each interviewer's phone was last in contact.
Expected = Mapping[str, Sequence[str]]
Heard = Mapping[str, np.datetime64]
Span = tuple[np.datetime64, np.datetime64]

# Where the day is parted: before noon, afternoon, evening after work.
_PARTS = (12, 17)


def _minutes(span: Span) -> float:
    return float((span[1] - span[0]) / np.timedelta64(60, "s"))


def _without(whole: Span, taken: Iterable[Span]) -> list[Span]:
    """Return what of a span is not taken by others."""
    left, reached = [], whole[0]
    for start, end in sorted(taken):
        if start > reached:
            left.append((reached, min(start, whole[1])))
        reached = max(reached, end)
        if reached >= whole[1]:
            return left
    return [*left, (reached, whole[1])]


def _together(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _waits(names: Iterable[str], until: np.datetime64, heard: Heard | None) -> bool:
    """Say whether somebody's phone was not heard of since; False where contacts are not told."""
    return heard is not None and any(name not in heard or heard[name] < until for name in names)


def empty_points(
    work: Work, rules: FieldRules, expected: Expected, heard: Heard | None = None
) -> Iterator[Alert]:
    """Find points where nobody was interviewed for hours though somebody was there.

    Parameters
    ----------
    work : Work
        Interviews and contacts.
    rules : FieldRules
        Limits.
    expected : dict of str to sequence of str
        Interviewers by point.
    heard : dict of str to datetime64, optional
        Last contact of each interviewer's phone, local time; not looked at where left out.

    Yields
    ------
    Alert
        ``empty_point``, with the longest such time of the day.
    """
    made: dict[tuple[str, date], list[Span]] = {}
    for point, done in work.where(work.interviews).by_point():
        for start, end in zip(done.starts, done.ends, strict=True):
            made.setdefault((point, moment(start).date()), []).append((start, end))
    for (point, day), there in stays(work).items():
        names = sorted({one.interviewer for one in there})
        spells = [
            spell
            for span in _together((one.start, one.end) for one in there)
            for spell in _without(span, made.get((point, day), ()))
        ]
        longest = max(spells, key=_minutes, default=None)
        if longest is None or _minutes(longest) < 60 * rules.empty_hours:
            continue
        if _waits({*names, *expected.get(point, ())}, longest[1], heard):
            continue
        values = {"point": point, "start": clock(longest[0]), "end": clock(longest[1])}
        yield Alert(
            key=f"empty_point:{point}:{day.isoformat()}",
            rule="empty_point",
            interviewers=tuple(names),
            point=point,
            day=day,
            facts={**values, "minutes": round(_minutes(longest))},
            sentence=Message(N_("No interview at point {point} from {start} to {end}."), values),
            step=Message(N_("Send them to an approved substitute point, or back at another hour.")),
        )


def alone(
    work: Work, rules: FieldRules, expected: Expected, heard: Heard | None = None
) -> Iterator[Alert]:
    """Find interviewers who were at a point without another.

    Parameters
    ----------
    work : Work
        Interviews and contacts.
    rules : FieldRules
        Limits; nothing is found where one interviewer works at a point.
    expected : dict of str to sequence of str
        Interviewers by point; a point with one only is left out, of others it is expected that
        as many work there as the rules say.
    heard : dict of str to datetime64, optional
        Last contact of each interviewer's phone, local time; not looked at where left out.

    Yields
    ------
    Alert
        ``alone``, with the longest such time of the day.
    """
    for (point, day), there in stays(work).items() if rules.together > 1 else ():
        others = expected.get(point, ())
        if len(others) == 1:
            continue
        for name in sorted({one.interviewer for one in there}):
            spell = _longest_alone(there, name)
            if _minutes(spell) <= rules.alone_minutes:
                continue
            if _waits((one for one in others if one != name), spell[1], heard):
                continue
            values = {"interviewer": name, "point": point, "start": clock(spell[0]),
                      "end": clock(spell[1])}  # fmt: skip
            yield Alert(
                key=f"alone:{name}:{point}:{day.isoformat()}",
                rule="alone",
                interviewers=(name,),
                point=point,
                day=day,
                facts={**values, "minutes": round(_minutes(spell))},
                sentence=Message(
                    N_("{interviewer} was alone at point {point} from {start} to {end}."), values
                ),
                step=Message(N_("Ask where the second interviewer is; nobody works alone.")),
            )


def _longest_alone(there: Sequence[Stay], name: str) -> Span:
    """Return the longest time for which nobody else was at the point."""
    others = [(one.start, one.end) for one in there if one.interviewer != name]
    own = [(one.start, one.end) for one in there if one.interviewer == name]
    spells = [spell for span in own for spell in _without(span, others)]
    return max(spells, key=_minutes, default=(own[0][0], own[0][0]))


def crowded(work: Work, rules: FieldRules) -> Iterator[Alert]:
    """Find interviewers who made too many interviews at one point.

    Parameters
    ----------
    work : Work
        Interviews and contacts.
    rules : FieldRules
        Limits.

    Yields
    ------
    Alert
        ``at_point``.
    """
    for point, done in work.where(work.interviews).by_point():
        names, counts = np.unique(done.interviewers, return_counts=True)
        for name, count in zip(names.tolist(), counts.tolist(), strict=True):
            if count <= rules.at_point:
                continue
            last = moment(done.starts[done.interviewers == name].max()).date()
            values = {"interviewer": name, "point": point, "count": count, "limit": rules.at_point}
            yield Alert(
                key=f"at_point:{name}:{point}",
                rule="at_point",
                interviewers=(name,),
                point=point,
                day=last,
                facts=values,
                sentence=Message(
                    N_("{interviewer}: {count} interviews at point {point}; the limit is {limit}."),
                    values,
                ),
                step=Message(N_("Let this interviewer go on at another point.")),
            )


def not_spread(work: Work, rules: FieldRules) -> Iterator[Alert]:
    """Find points whose interviews were all made in one part of the day, or on one weekday.

    Parameters
    ----------
    work : Work
        Interviews and contacts.
    rules : FieldRules
        From how many interviews on it is looked at.

    Yields
    ------
    Alert
        ``hours`` and ``weekdays``. Parts of the day end at noon and at five in the afternoon.
    """
    for point, done in work.where(work.interviews).by_point():
        if len(done.starts) < rules.spread_from:
            continue
        times = [moment(one) for one in done.starts]
        values: dict[str, str | int | float] = {"point": point, "count": len(times)}
        people = tuple(sorted(set(done.interviewers.tolist())))
        if len({sum(one.hour >= part for part in _PARTS) for one in times}) == 1:
            first, last = min(one.time() for one in times), max(one.time() for one in times)
            hours = {**values, "start": f"{first:%H:%M}", "end": f"{last:%H:%M}"}
            yield Alert(
                key=f"hours:{point}",
                rule="hours",
                interviewers=people,
                point=point,
                day=times[-1].date(),
                facts=hours,
                sentence=Message(
                    N_("All interviews at point {point} began between {start} and {end}: {count}."),
                    hours,
                ),
                step=Message(N_("Plan the next visit for another part of the day.")),
            )
        if len({one.weekday() for one in times}) == 1:
            yield Alert(
                key=f"weekdays:{point}",
                rule="weekdays",
                interviewers=people,
                point=point,
                day=times[-1].date(),
                facts={**values, "weekday": times[-1].weekday()},
                sentence=Message(
                    N_("All interviews at point {point} were made on one weekday: {count}."), values
                ),
                step=Message(N_("Plan the next visit for another day of the week.")),
            )
