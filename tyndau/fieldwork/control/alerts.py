"""All alerts of a field at once.

In: interviews and contacts, the study, its rules, who is expected where, last contacts of phones.
Out: alerts in a fixed order. The same work gives the same alerts with the same keys, so that what a
supervisor has dealt with stays dealt with.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tyndau.fieldwork.control.daylight import sunset
from tyndau.fieldwork.control.hours import Dark, after_dark, long_hours
from tyndau.fieldwork.control.places import (
    Expected,
    Heard,
    alone,
    crowded,
    empty_points,
    not_spread,
)
from tyndau.fieldwork.control.rulebook import RULES, Alert, FieldRules
from tyndau.fieldwork.control.work import Work
from tyndau.study.model import Study


def darkness(study: Study, rules: FieldRules) -> Dark:
    """Say when it gets dark.

    Parameters
    ----------
    study : Study
        The study, with its place if it says one.
    rules : FieldRules
        An hour of the day for studies without a place.

    Returns
    -------
    callable
        Takes a day and returns local time: sunset at the place of the study, else the hour, else
        None.
    """
    zone = ZoneInfo(study.time_zone)

    def dark(day: date) -> datetime | None:
        if study.place is not None:
            down = sunset(day, *study.place)
            return None if down is None else down.astimezone(zone).replace(tzinfo=None)
        if rules.dark_from is None:
            return None
        return datetime.combine(day, time(0)) + timedelta(hours=rules.dark_from)

    return dark


def alerts(
    work: Work,
    rules: FieldRules,
    dark: Dark,
    *,
    expected: Expected | None = None,
    heard: Heard | None = None,
) -> tuple[Alert, ...]:
    """Return what a supervisor should look at.

    Parameters
    ----------
    work : Work
        Interviews and contacts.
    rules : FieldRules
        From `tyndau.fieldwork.control.rulebook.field_rules`.
    dark : callable
        From `darkness`.
    expected : dict of str to sequence of str, optional
        Interviewers by point, those of approved substitutes too.
    heard : dict of str to datetime64, optional
        Last contact of each interviewer's phone, local time. Where it is given, alerts that say
        that somebody was not there wait until the phones concerned have been heard of.

    Returns
    -------
    tuple of Alert
        The latest day first; within a day in the order of the rules, then by key.
    """
    there: Mapping[str, tuple[str, ...]] = {
        point: tuple(names) for point, names in (expected or {}).items()
    }
    found = [
        *long_hours(work, rules),
        *after_dark(work, dark),
        *empty_points(work, rules, there, heard),
        *alone(work, rules, there, heard),
        *crowded(work, rules),
        *not_spread(work, rules),
    ]
    order = {rule: at for at, rule in enumerate(RULES)}
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), order[one.rule], one.key)))
