"""What arrived and could not be taken: kept whole, as it came, for a person to look at.

In: a body, who sent it, why it was refused. Out: a row and the body in the blobs, both flushed. A
phone that tries again with the same content, whatever the boundary between its parts, adds to a
count and no row. Nothing is removed from it but what a respondent withdrew.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from tyndau_server.fieldwork import blobs
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.models import NAME, Quarantined
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.fieldwork.tombstones import speaks_of_withdrawn
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Membership, Token

_DETAIL = 2_000


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent something.

    Attributes
    ----------
    study : str
        The study's slug.
    membership, token : Membership or None, Token or None
        Whose phone it is, and by what it came in.
    device_id : str
        What the phone calls itself.
    population : str
        The one population whose interviews may come this way; empty for all.
    ahead : int or None
        By how many seconds the phone's clock was ahead of the server's; None where it does not say.
    """

    study: str
    membership: Membership | None
    token: Token | None
    device_id: str = ""
    population: str = ""
    ahead: int | None = None


def put(
    body: Body, digest: str, sender: Sender, refused: Refused, *, instance_id: str = ""
) -> None:
    """Keep a body that was refused, unless it is of an interview that was withdrawn.

    Parameters
    ----------
    body : Body
        As it came.
    digest : str
        Of what it holds.
    sender : Sender
        Who sent it.
    refused : Refused
        Why.
    instance_id : str, default ""
        Where it could be read.

    Raises
    ------
    OSError, DatabaseError
        If it cannot be kept now.
    """
    if not instance_id and speaks_of_withdrawn(sender.study, body):
        return  # the phone sends it again, whole, and hears that it may let it go
    for last in (False, True):
        try:
            if not _again(digest, sender, refused):
                _create(body, digest, sender, refused, instance_id)
        except IntegrityError:  # the same arrived at the same moment
            if last:
                raise
        else:
            return


def put_unread(sender: Sender, refused: Refused) -> None:
    """Keep word of a body that was refused before it was read: of its bytes there is nothing.

    Parameters
    ----------
    sender : Sender
        Who sent it.
    refused : Refused
        Why, with its size.

    Raises
    ------
    OSError, DatabaseError
        If it cannot be kept now.
    """
    whose = sender.membership.pk if sender.membership else 0
    said = f"{refused.detail} {whose} {sender.device_id} {timezone.now().date()}"
    # One that was settled says nothing of what comes after it.
    settled = Quarantined.objects.filter(study=sender.study, reason=refused.refusal.code)
    said += f" {settled.exclude(settled=None).count()}"
    digest = sha256(said.encode()).hexdigest()
    with Body(BytesIO(), 0, None, "") as nothing:
        put(nothing, digest, sender, refused)


def why(refused: Refused) -> dict[str, str]:
    """Say why something lies in quarantine, as its row does.

    Parameters
    ----------
    refused : Refused
        Why it was not taken.

    Returns
    -------
    dict of str to str
        Values of the row.
    """
    return {"reason": refused.refusal.code, "detail": _allowed(refused.detail, _DETAIL)}


def _again(digest: str, sender: Sender, refused: Refused) -> bool:
    """Count what is here already; tell whether it is."""
    with writing():
        changed = Quarantined.objects.filter(study=sender.study, digest=digest).update(
            times=F("times") + 1,
            last=timezone.now(),
            **why(refused),
        )
    return changed > 0


def _create(body: Body, digest: str, sender: Sender, refused: Refused, instance_id: str) -> None:
    blob = blobs.keep(body.stream)
    now = timezone.now()
    with writing():
        Quarantined.objects.create(
            study=sender.study,
            membership=sender.membership,
            token=sender.token,
            device_id=sender.device_id,
            **why(refused),
            instance_id=_allowed(instance_id, NAME),
            digest=digest,
            body_sha256=blob.sha256,
            content_type=_allowed(body.content_type, _DETAIL),
            size=blob.size,
            received=now,
            last=now,
        )
    blobs.still(body.stream, blob)


def _allowed(text: str, most: int) -> str:
    """Return a text as both databases keep it."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()[:most]
