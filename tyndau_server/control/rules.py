"""The rules of the field, asked of all work that was noted.

In: facts of interviews, contacts, assignments, last contacts of phones. Out: `Found`, in the words
of `tyndau.fieldwork.control`. Interviewers stand there by their codes. Called by the worker alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta, tzinfo

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from tyndau.fieldwork.control.alerts import alerts, darkness
from tyndau.fieldwork.control.rulebook import field_rules
from tyndau.fieldwork.control.work import Work
from tyndau_server.control.alerts import Found
from tyndau_server.control.facts import Population
from tyndau_server.control.models import Assignment, Contact
from tyndau_server.control.settling import Row, utc
from tyndau_server.people.models import Membership, Token


def rules_found(population: Population, rows: Sequence[Row]) -> Iterator[Found]:
    """Find which rules of the field were not kept.

    Parameters
    ----------
    population : Population
        Whose field.
    rows : sequence of Row
        Its interviews.

    Yields
    ------
    Found
        One a rule, day and interviewer or point.
    """
    codes = {
        pk: code or str(pk)
        for pk, code in Membership.objects.filter(study=population.slug).values_list("pk", "code")
    }
    numbers = {code: pk for pk, code in codes.items()}
    work = _work(population, rows, codes)
    rules = field_rules(population.study, population.name)
    for one in alerts(
        work,
        rules,
        darkness(population.study, rules),
        expected=_expected(population, codes),
        heard=_heard(population, codes),
    ):
        member = numbers.get(one.interviewers[0], 0) if len(one.interviewers) == 1 else 0
        yield Found(
            one.rule, one.key, member, one.point, one.day,
            {**one.facts, "interviewers": list(one.interviewers)}, one.sentence, one.step,
        )  # fmt: skip


def _work(population: Population, rows: Sequence[Row], codes: Mapping[int, str]) -> Work:
    """Gather interviews whose times are known, and contacts."""
    timed = [row for row in rows if row.ended and row.membership in codes]
    contacts = [
        one
        for one in Contact.objects.filter(study=population.slug, population=population.name)
        .annotate(moment_as=Cast("moment", TextField()))
        .values_list("membership", "point", "moment_as")
        if one[0] in codes
    ]
    who = [*(codes[row.membership] for row in timed), *(codes[one[0]] for one in contacts)]
    where = [*(row.point for row in timed), *(one[1] for one in contacts)]
    moments = [utc(one[2]) for one in contacts]
    made = np.zeros(len(who), dtype=np.bool_)
    made[: len(timed)] = [row.counts for row in timed]
    return Work(
        np.array(who, dtype=str),
        np.array(where, dtype=str),
        _local([*(row.moment for row in timed), *moments], population.zone),
        _local([*(row.ended for row in timed), *moments], population.zone),
        made,
    )


def _local(written: Sequence[str], zone: tzinfo) -> NDArray[np.datetime64]:
    """Bring moments in UTC to the study's clock, whose offset is asked once a day."""
    moments = np.array(written, dtype="datetime64[s]")
    days, at = np.unique(moments.astype("datetime64[D]"), return_inverse=True)
    offsets = [
        zone.utcoffset(datetime.combine(day, time(12))) or timedelta() for day in days.tolist()
    ]
    shift = np.array([int(one.total_seconds()) for one in offsets], dtype="timedelta64[s]")
    found: NDArray[np.datetime64] = moments + shift[at] if len(moments) else moments
    return found


def _expected(population: Population, codes: Mapping[int, str]) -> dict[str, list[str]]:
    of = {"study": population.slug, "population": population.name}
    expected: dict[str, list[str]] = defaultdict(list)
    for member, point in Assignment.objects.filter(**of, ended=None).values_list(
        "membership", "point"
    ):
        if codes.get(member, "") not in expected[point]:
            expected[point].append(codes.get(member, ""))
    return expected


def _heard(population: Population, codes: Mapping[int, str]) -> dict[str, np.datetime64]:
    """Return when each interviewer's phones were last heard of, by the study's clock."""
    heard: dict[str, np.datetime64] = {}
    tokens = Token.objects.filter(membership__in=list(codes), revoked=None)
    for token in tokens.select_related("report"):
        report = getattr(token, "report", None)
        moments = [one for one in (token.used, report.moment if report else None) if one]
        if moments:
            local = max(moments).astimezone(population.zone).replace(tzinfo=None)
            code = codes[token.membership_id]
            # Of several phones the one that was silent longest may still hold something.
            heard[code] = min(heard.get(code, np.datetime64(local)), np.datetime64(local))
    return heard
