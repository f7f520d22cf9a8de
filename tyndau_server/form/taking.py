"""Sealed interviews taken in: opened, and received like any other.

In: a body as a browser or a phone's file brings it, who sent it. Out: the interview, committed, and
its receipt; or `Refused`. What does not open lies in quarantine as it came; what opens and is not
taken lies there as phones of others send it.
"""

from collections.abc import Callable
from dataclasses import replace
from math import isfinite

from tyndau_server.fieldwork import quarantine
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.decide import DECIDED_STATES
from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.parts import digest_of
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.receive import Barred, not_barred, receive
from tyndau_server.fieldwork.refusals import TRUNCATED, Refused
from tyndau_server.fieldwork.tombstones import Withdrawn
from tyndau_server.form.envelope import Envelope
from tyndau_server.form.key import server_key
from tyndau_server.form.models import Reply
from tyndau_server.form.unsealing import unsealed

_MOST_AHEAD = 10 * 365 * 86_400.0


def take_sealed(
    read: Callable[[], Body], sender: Sender, *, barred: Barred = not_barred
) -> Submission:
    """Open a sealed interview and take it in.

    Parameters
    ----------
    read : callable
        Takes the body in.
    sender : Sender
        Who sent it.
    barred : callable, optional
        As in `tyndau_server.fieldwork.receive.receive`.

    Returns
    -------
    Submission
        The interview, committed.

    Raises
    ------
    Withdrawn
        If the respondent withdrew it: nothing of it is kept.
    Refused
        If it is not taken; then it is in quarantine.
    OSError, DatabaseError
        If it can neither be taken nor be kept now.
    """
    try:
        body = read()
    except Refused as error:
        quarantine.put_unread(sender, error)
        raise
    with body:
        try:
            if body.truncated:
                raise Refused(TRUNCATED, f"{body.size} of {body.announced} bytes")
            opened, envelope = unsealed(body, server_key())
        except Refused as error:
            quarantine.put(body, digest_of(body), sender, error)
            raise
        with opened:
            sent = replace(sender, ahead=_seconds(envelope.clock))
            submission = receive(opened, sent, barred=barred, stay=DECIDED_STATES)
    _keep_reply(submission, envelope, sender)
    return submission


def _seconds(clock: float | None) -> int | None:
    """Return what a phone says of its clock as far as a clock may err: ten years."""
    if clock is None or not isfinite(clock) or abs(clock) > _MOST_AHEAD:
        return None
    return round(clock)


def _keep_reply(submission: Submission, envelope: Envelope, sender: Sender) -> None:
    """Keep to which key the interview may go back: once, by whoever first sent it."""
    point = envelope.reply_point
    own = sender.membership is not None and submission.membership_id == sender.membership.pk
    if point and own:
        Reply.objects.get_or_create(submission=submission, defaults={"point": point})


def receipt(submission: Submission) -> dict[str, object]:
    """Say what the server holds of an interview.

    Parameters
    ----------
    submission : Submission
        It.

    Returns
    -------
    dict
        Its number, the digest of its XML, the names of its files.
    """
    return {
        "instance": submission.instance_id,
        "sha256": submission.sha256,
        "attachments": list(submission.attachments.values_list("name", flat=True)),
    }


def receipt_of_withdrawn(gone: Withdrawn) -> dict[str, object]:
    """Say of an interview that was withdrawn that it arrived, so that the phone lets it go.

    Parameters
    ----------
    gone : Withdrawn
        What arrived.

    Returns
    -------
    dict
        As `receipt`, of what came; nothing of it is kept.
    """
    return {
        "instance": gone.instance_id,
        "sha256": gone.parts.sha256,
        "attachments": list(gone.parts.files),
    }
