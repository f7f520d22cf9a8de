"""Rules of a point: empty for hours, one alone, too many interviews, not spread over time.

In: `Work`, the rules, who is expected where, when each phone was last heard of. Out: alerts, at
most one a rule, point and day (``at_point``: a point and interviewer; ``hours``, ``weekdays``: a
point). What may still lie on a phone that was not heard of since is waited for: no alert says that
nobody was there while somebody's interviews are on their way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tyndau.base.languages import N_, Message
from tyndau.fieldwork.control.hours import clock
from tyndau.fieldwork.control.rulebook import Alert, FieldRules
from tyndau.fieldwork.control.spans import Spans, common, longest, unshared
from tyndau.fieldwork.control.work import Stays, Work, moment, stays

# Who is expected at each point, and when each interviewer's phone was last in contact.
Expected = Mapping[str, Sequence[str]]
Heard = Mapping[str, np.datetime64]
Span = tuple[np.datetime64, np.datetime64]

# Where the day is parted: before noon, afternoon, evening after work.
_PARTS = (12, 17)


@dataclass(frozen=True, slots=True, eq=False)
class _There:
    """Stays, and the points and days at which somebody stayed, numbered."""

    stays: Stays
    points: NDArray[np.str_]
    days: NDArray[np.datetime64]

    def numbers(self, points: NDArray[np.str_], days: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Return the numbers of points' days; there must be stays at them."""
        where = np.searchsorted(self.points, points) * len(self.days)
        return np.asarray(where + np.searchsorted(self.days, days), dtype=np.int64)

    def spans(self) -> Spans:
        """Return the stays as spans, grouped by point and day."""
        numbers = self.numbers(self.stays.points, self.stays.days)
        return _spans(numbers, self.stays.starts, self.stays.ends)

    def called(self, number: int) -> tuple[str, date]:
        """Return the point and day of a number."""
        point, day = divmod(number, len(self.days))
        return str(self.points[point]), self.days[day].astype(date)


def _there(work: Work) -> _There:
    found = stays(work)
    return _There(found, np.unique(found.points), np.unique(found.days))


def _spans(
    groups: NDArray[np.int64], starts: NDArray[np.datetime64], ends: NDArray[np.datetime64]
) -> Spans:
    """Return times as spans; what ends before it begins, by a clock set back, has no length."""
    begun, over = (one.astype("datetime64[s]").astype(np.int64) for one in (starts, ends))
    return Spans(groups, begun, np.maximum(begun, over))


def _by_group(groups: NDArray[np.int64], names: NDArray[np.str_]) -> dict[int, list[str]]:
    """Return the names in each group, in their order."""
    found: dict[int, set[str]] = {}
    for group, name in zip(groups.tolist(), names.tolist(), strict=True):
        found.setdefault(group, set()).add(name)
    return {group: sorted(people) for group, people in found.items()}


def _spells(spans: Spans) -> Iterator[tuple[int, Span]]:
    """Go through the longest span of each group."""
    for group, start, end in zip(*(one.tolist() for one in longest(spans)), strict=True):
        yield group, (np.datetime64(start, "s"), np.datetime64(end, "s"))


def _minutes(span: Span) -> float:
    return float((span[1] - span[0]) / np.timedelta64(60, "s"))


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
    there = _there(work)
    spans = there.spans()
    done = work.where(work.interviews & (work.points != ""))
    made = there.numbers(done.points, done.starts.astype("datetime64[D]"))
    interviewed = _spans(made, done.starts, done.ends)
    # Those there are owner 0, whoever they are; interviews are owner 1.
    owners = np.repeat([0, 1], [len(spans.groups), len(made)])
    spells, whose = unshared(spans.followed_by(interviewed), owners)
    empty = (whose == 0) & (spells.ends - spells.starts >= 3600 * rules.empty_hours)
    people = _by_group(spans.groups, there.stays.interviewers)
    for number, spell in _spells(spells.where(empty)):
        point, day = there.called(number)
        names = people[number]
        if _waits({*names, *expected.get(point, ())}, spell[1], heard):
            continue
        values = {"point": point, "start": clock(spell[0]), "end": clock(spell[1])}
        yield Alert(
            key=f"empty_point:{point}:{day.isoformat()}",
            rule="empty_point",
            interviewers=tuple(names),
            point=point,
            day=day,
            facts={**values, "minutes": round(_minutes(spell))},
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
    if rules.together <= 1:
        return
    there = _there(work)
    names, owners = np.unique(there.stays.interviewers, return_inverse=True)
    spans = there.spans()
    spells, whose = unshared(spans, owners)
    own = common(
        spans._replace(groups=spans.groups * len(names) + owners),
        spells._replace(groups=spells.groups * len(names) + whose),
    )
    long = own.where(own.ends - own.starts > 60 * rules.alone_minutes)
    for number, spell in _spells(long):
        point, day = there.called(number // len(names))
        name, others = str(names[number % len(names)]), expected.get(point, ())
        if len(others) == 1:
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
