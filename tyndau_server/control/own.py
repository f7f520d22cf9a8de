"""What an interviewer may know of the own work: how far it is, what is wrong, what is owed.

In: a membership. Out: plain values for the boot of the browser form; the phone shows them with the
moment of its last contact. Rows are counted, nothing else is computed: what is left of a share is
as the worker settled it. No answer of anybody and nothing of other interviewers is named. Why an
interview came back is not told here: that goes sealed, with the interview itself
(`tyndau_server.form.sent`).
"""

from collections import Counter
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from tyndau.base.errors import UserError
from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.control.labels import Labels
from tyndau_server.control.models import Alert, Assignment, Counted
from tyndau_server.control.owed import cuts_of, rate_of, register_of
from tyndau_server.control.toward import COMPLETE, counts, finished
from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

_DECIDED = (Submission.State.ACCEPTED, Submission.State.RETURNED, Submission.State.REJECTED)
_MOST_DAYS = 100
_MOST_WARNINGS, _WARNED_FOR = 5, timedelta(days=3)


def progress_of(membership: Membership) -> dict[str, Any]:
    """Tell an interviewer's phone how far its interviewer is.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.

    Returns
    -------
    dict
        ``planned``; ``made``, those that count toward the target (`toward.counts`), and
        ``accepted``, ``returned``, ``rejected``: how many interviews; ``days``: the same of each
        day, the latest first; ``asOf``: when that was counted; ``needed``: cells of the own share
        of which something is left, with their names by language, ``left`` of the own share and
        ``open`` to whoever comes first.
    """
    of = {"study": membership.study, "membership": membership}
    planned = Assignment.objects.filter(**of, ended=None).aggregate(all=Sum("interviews"))
    days = _days(membership)
    told = _numbers(sum(days.values(), Counter()))
    # What has just come counts until the worker read it, so that nobody thinks it was lost.
    unread = Submission.objects.filter(**of, current=True, pilot=False, made=None)
    by_state = unread.values_list("state").order_by().annotate(Count("pk"))
    for name, count in _numbers(Counter(dict(by_state))).items():
        told[name] += count
    return {
        "planned": planned["all"] or 0,
        **told,
        "days": [
            {"day": day.isoformat(), **_numbers(days[day])}
            for day in sorted(filter(None, days), reverse=True)[:_MOST_DAYS]
        ],
        "asOf": timezone.now().isoformat(),
        "needed": _needed(membership),
    }


def _days(membership: Membership) -> dict[date | None, Counter[str]]:
    """Count the finished interviews of each day by what was decided of them."""
    rows = (
        finished(membership.study, membership=membership)
        .values_list("day", "submission__state")
        .order_by()
        .annotate(Count("pk"))
    )
    days: dict[date | None, Counter[str]] = {}
    for day, state, count in rows:
        days.setdefault(day, Counter()).update({state: count})
    return days


def _numbers(states: Counter[str]) -> dict[str, int]:
    """Say how many finished interviews count, and what was decided."""
    made = sum(count for state, count in states.items() if counts(COMPLETE, state))
    return {"made": made, **{str(one): states[one] for one in _DECIDED}}


def _needed(membership: Membership) -> list[dict[str, Any]]:
    """Return what the worker found left of the own share when it settled the quotas last."""
    folder = served().get(membership.study)
    study = describe(folder).study if folder else None
    counted = Counted.objects.filter(study=membership.study, membership=membership)
    needed = []
    for one in counted.order_by("population"):
        labels = Labels(study, one.population)
        for cell, left, open_ in one.figures.get("left", []):
            name = labels.cell(cell)
            label = {code: name.say(code) for code in INTERFACE_LANGUAGES}
            needed.append({"label": label, "left": left, "open": open_})
    return needed


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
