"""What is known of withdrawn interviews, so that none comes back.

In: an interview that arrives, or its number. Out: whether its respondent withdrew it. Known are the
digests of the numbers of its versions alone; a correction of one of them is known from the first
time that it arrives.
"""

from collections.abc import Collection, Iterable
from hashlib import sha256

from tyndau.fieldwork.openrosa import Instance
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.models import (
    Attachment,
    Media,
    Quarantined,
    Submission,
    Tombstone,
    Withdrawal,
)
from tyndau_server.fieldwork.parts import Parts

_CHUNK = 1 << 20


class Withdrawn(Exception):  # noqa: N818 - said of an interview, it reads as a sentence
    """The respondent withdrew what arrives: nothing of it is kept, and the phone may let it go.

    Parameters
    ----------
    instance_id : str
        Of what arrived.
    parts : Parts
        What arrived.
    """

    def __init__(self, instance_id: str, parts: Parts) -> None:
        super().__init__(instance_id)
        self.instance_id = instance_id
        self.parts = parts


def lay(withdrawal: Withdrawal, ids: Iterable[str]) -> None:
    """Remember versions of a withdrawn interview.

    Parameters
    ----------
    withdrawal : Withdrawal
        Of which interview.
    ids : iterable of str
        Their instanceIDs.
    """
    Tombstone.objects.bulk_create(
        (
            Tombstone(withdrawal=withdrawal, study=withdrawal.study, digest=_digest(one))
            for one in sorted(set(ids))
        ),
        ignore_conflicts=True,
    )


def is_withdrawn_id(study: str, instance_id: str) -> bool:
    """Tell whether a number is that of a withdrawn interview.

    Parameters
    ----------
    study : str
        The study's slug.
    instance_id : str
        The number of a version.

    Returns
    -------
    bool
        Whether it is.
    """
    return Tombstone.objects.filter(study=study, digest=_digest(instance_id)).exists()


def is_withdrawn(study: str, instance: Instance) -> bool:
    """Tell whether what arrives was withdrawn, or corrects what was.

    Parameters
    ----------
    study : str
        The study's slug.
    instance : Instance
        What arrives.

    Returns
    -------
    bool
        Whether it was. A correction has a tombstone of its own from now on.
    """
    own = _digest(instance.instance_id)
    named = {own, _digest(instance.deprecated_id)} if instance.deprecated_id else {own}
    found = {
        one.digest: one
        for one in Tombstone.objects.filter(study=study, digest__in=named).select_related(
            "withdrawal"
        )
    }
    if found and own not in found:
        lay(next(iter(found.values())).withdrawal, [instance.instance_id])
    return bool(found)


def speaks_of_withdrawn(study: str, body: Body) -> bool:
    """Tell whether what cannot be read is of a withdrawn interview: cut off on its way, say.

    Parameters
    ----------
    study : str
        The study's slug.
    body : Body
        As it came.

    Returns
    -------
    bool
        Whether the number of one stands in its bytes.
    """
    versions = Submission.objects.filter(study=study, state=Submission.State.WITHDRAWN)
    ids = {
        *Withdrawal.objects.filter(study=study).values_list("interview", flat=True),
        *versions.values_list("instance_id", flat=True),
    }
    return bool(ids) and holds(body, ids)


def holds(body: Body, ids: Collection[str]) -> bool:
    """Tell whether any of some numbers stands in the bytes of a body.

    Parameters
    ----------
    body : Body
        As it came.
    ids : collection of str
        At least one number.

    Returns
    -------
    bool
        Whether one does.
    """
    wanted = [one.encode("utf-8", "replace") for one in ids]
    longest = max(map(len, wanted))
    body.stream.seek(0)
    before = b""
    while chunk := body.stream.read(_CHUNK):
        held = before + chunk
        if any(one in held for one in wanted):
            return True
        before = held[-longest:]
    return False


def is_named(sha256: str) -> bool:
    """Tell whether any row names bytes in the blobs.

    Parameters
    ----------
    sha256 : str
        Their digest.

    Returns
    -------
    bool
        Whether they are needed.
    """
    return (
        Attachment.objects.filter(sha256=sha256).exists()
        or Media.objects.filter(sha256=sha256).exists()
        or Quarantined.objects.filter(body_sha256=sha256).exists()
    )


def _digest(instance_id: str) -> str:
    return sha256(instance_id.encode("utf-8", "replace")).hexdigest()
