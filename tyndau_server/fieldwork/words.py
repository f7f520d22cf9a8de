"""Words of the field: states as people read them, moments in the study's own time.

In: states, moments. Out: messages and texts for pages. Moments are stored in UTC; people count days
by the clock of the study.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tyndau.base.languages import N_, Message

_SUBMISSION: Mapping[str, str] = {
    "received": N_("Not looked at yet"),
    "accepted": N_("Accepted"),
    "returned": N_("Returned"),
    "rejected": N_("Rejected"),
    "withdrawn": N_("Withdrawn"),
}
_INSTRUMENT: Mapping[str, str] = {
    "draft": N_("Draft"),
    "sent": N_("Sent to the customer"),
    "agreed": N_("Agreed"),
    "field": N_("In the field"),
    "closed": N_("Closed"),
}
# How a state looks: classes of the badges of `tyndau_server.look`.
_KINDS: Mapping[str, str] = {
    "received": "info", "accepted": "success", "returned": "warning", "rejected": "error",
    "withdrawn": "",
    "draft": "", "sent": "info", "agreed": "info", "field": "success", "closed": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Badge:
    """A state as a page shows it.

    Attributes
    ----------
    key : str
        The state.
    said : Message
        In words.
    kind : str
        How it looks: ``info``, ``success``, ``warning``, ``error`` or nothing.
    """

    key: str
    said: Message
    kind: str


def submission_badge(state: str) -> Badge:
    """Return how the state of an interview is shown.

    Parameters
    ----------
    state : str
        One of `Submission.State`.

    Returns
    -------
    Badge
        In words and colour.
    """
    return Badge(state, Message(_SUBMISSION[state]), _KINDS[state])


def instrument_badge(state: str) -> Badge:
    """Return how the state of an instrument is shown.

    Parameters
    ----------
    state : str
        One of `Instrument.State`.

    Returns
    -------
    Badge
        In words and colour.
    """
    return Badge(state, Message(_INSTRUMENT[state]), _KINDS[state])


def day_begins(day: date, zone: tzinfo) -> datetime:
    """Return when a day begins by the study's clock.

    Parameters
    ----------
    day : date
        The day.
    zone : tzinfo
        Of the study.

    Returns
    -------
    datetime
        In UTC.
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_ends(day: date, zone: tzinfo) -> datetime:
    """Return when the day after a day begins by the study's clock.

    Parameters
    ----------
    day : date
        The day.
    zone : tzinfo
        Of the study.

    Returns
    -------
    datetime
        In UTC.
    """
    return day_begins(day + timedelta(days=1), zone)
