"""What an interviewer may know of the own work: what was decided of each day's, what is owed.

In: a membership. Out: plain values for the phone. It names no answer of anybody and nothing of
other interviewers. Why an interview came back is not told here: that goes sealed, with the
interview itself (`tyndau_server.form.sent`).
"""

from collections import Counter
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from tyndau.base.errors import UserError
from tyndau_server.control.models import Alert, Made
from tyndau_server.control.owed import cuts_of, rate_of, register_of
from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

_DECIDED = (Submission.State.ACCEPTED, Submission.State.RETURNED, Submission.State.REJECTED)
_MOST_DAYS = 100
_MOST_WARNINGS, _WARNED_FOR = 5, timedelta(days=3)


def days_of(membership: Membership) -> list[dict[str, Any]]:
    """Tell an interviewer what became of the finished interviews of each day.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.

    Returns
    -------
    list of dict
        The latest day first: ``day``, and how many were ``made``, ``accepted``, ``returned`` and
        ``rejected``; those made hold all of them.
    """
    rows = (
        Made.objects.filter(
            study=membership.study, membership=membership, outcome="complete",
            submission__current=True,
        )
        .exclude(day=None)
        .values_list("day", "submission__state")
        .order_by("-day")
        .annotate(Count("pk"))
    )  # fmt: skip
    days: dict[str, Counter[str]] = {}
    for day, state, count in rows:
        days.setdefault(day.isoformat(), Counter()).update({state: count})
    return [
        {"day": day, "made": sum(states.values()), **{str(one): states[one] for one in _DECIDED}}
        for day, states in list(days.items())[:_MOST_DAYS]
    ]


def warnings_of(membership: Membership) -> list[dict[str, str]]:
    """Tell an interviewer which rules of work were not kept, as far as nobody looked yet.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.

    Returns
    -------
    list of dict of str to str
        The sentence of each alert by language, the newest first; of the last three days, at most
        five. What the supervisor is to do is not told here.
    """
    since = timezone.now() - _WARNED_FOR
    found = Alert.objects.filter(
        Q(membership=membership) | Q(membership=None),
        study=membership.study, settled=None, gone=None, raised__gte=since,
    )  # fmt: skip
    own = (
        one.facts["said"]
        for one in found.order_by("-raised", "-pk")
        # Whom a rule of work speaks of stands in its facts; other alerts are the supervisor's.
        if membership.code in one.facts.get("interviewers", ()) and one.facts.get("said")
    )
    return list(islice(own, _MOST_WARNINGS))


def pay_of(membership: Membership) -> dict[str, Any] | None:
    """Tell an interviewer what is owed.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.

    Returns
    -------
    dict or None
        ``accepted``, ``rate``, ``earned``, ``cuts`` with ``amount`` and ``reason``, ``owed`` and
        ``asOf``, sums as text; None where no rate is named or the office has to look at the cuts
        first.
    """
    folder = served().get(membership.study)
    study = describe(folder).study if folder else None
    rate = rate_of(study)
    if rate is None:
        return None
    try:
        owed = next(iter(register_of(membership.study, study, only=membership)), None)
    except UserError:
        # Interviews that were rejected after a cut: the office sees it on its page.
        return None
    line = owed.line if owed else None
    cuts = cuts_of(membership.study).filter(membership=membership, revoked=None)
    return {
        "accepted": line.accepted if line else 0,
        "rate": str(rate),
        "earned": str(line.earned) if line else "0.00",
        "cuts": [{"amount": str(one.amount), "reason": one.reason} for one in cuts],
        "owed": str(line.owed) if line else "0.00",
        "asOf": timezone.now().isoformat(),
    }
