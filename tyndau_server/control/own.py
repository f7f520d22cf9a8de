"""What an interviewer may know of the own work: made, accepted, what came back and why, owed.

In: a membership. Out: plain values for the phone, or a page. It names no answer of anybody and
nothing of other interviewers.
"""

from collections import Counter
from typing import Any

from tyndau.base.errors import UserError
from tyndau_server.control.models import Made
from tyndau_server.control.owed import cuts_of, rate_of, register_of
from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

State = Submission.State
_MOST = 50
_TOLD = {State.RETURNED: "returned", State.REJECTED: "rejected"}


def own_of(membership: Membership) -> dict[str, Any]:
    """Tell an interviewer of the own work.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.

    Returns
    -------
    dict
        ``made``, ``accepted``, ``waiting``, ``returned``, ``rejected``: how many; ``back``: what
        came back, the newest first, each with ``day``, ``point``, ``state`` and ``reason``;
        ``pay``: ``rate``, ``earned``, ``cuts`` with ``amount`` and ``reason``, ``owed``, or None
        where no rate is named.
    """
    made = Made.objects.filter(
        study=membership.study, membership=membership, outcome="complete", submission__current=True
    )
    states = Counter(made.values_list("submission__state", flat=True))
    back = (
        made.filter(submission__state__in=list(_TOLD))
        .order_by("-day", "-pk")
        .values_list("day", "point", "submission__state", "submission__reason")[:_MOST]
    )
    return {
        "made": sum(states.values()) - states[State.REJECTED],
        "accepted": states[State.ACCEPTED],
        "waiting": states[State.RECEIVED],
        "returned": states[State.RETURNED],
        "rejected": states[State.REJECTED],
        "back": [
            {
                "day": day.isoformat() if day else "", "point": point,
                "state": _TOLD[State(state)], "reason": reason,
            }
            for day, point, state, reason in back
        ],
        "pay": _pay(membership),
    }  # fmt: skip


def _pay(membership: Membership) -> dict[str, Any] | None:
    folder = served().get(membership.study)
    study = describe(folder).study if folder else None
    rate = rate_of(study)
    if rate is None:
        return None
    try:
        line = next(iter(register_of(membership.study, study, only=membership)), None)
    except UserError:
        # Interviews that were rejected after a cut: the office sees it on its page.
        return None
    cuts = cuts_of(membership.study).filter(membership=membership, revoked=None)
    return {
        "rate": str(rate),
        "earned": str(line.earned) if line else "0.00",
        "cuts": [{"amount": str(one.amount), "reason": one.reason} for one in cuts],
        "owed": str(line.owed) if line else "0.00",
    }
