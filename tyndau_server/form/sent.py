"""What an interviewer sent and may correct: told to the phone that made it, sealed to its key.

In: a phone. Out: the list of such interviews, and one of them with its files. Whoever holds the
phone and knows its address reads nothing of it without the PIN, not even why an interview was
returned. It goes back only where every version of it came with the same key, so that nobody gets at
files by sending a version of their own.
"""

import base64
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.offered import instruments_of
from tyndau_server.fieldwork.phone import Phone
from tyndau_server.form.boot import Address, offer_of, study_of
from tyndau_server.form.envelope import XML, seal_text
from tyndau_server.form.models import Reply

REASON = "reason"
# A phone shows no more, and nobody corrects so many.
_MOST = 50


def sent_list(phone: Phone, address: Address) -> dict[str, Any]:
    """List the interviews that a phone's interviewer may correct.

    Parameters
    ----------
    phone : Phone
        Whose.
    address : callable
        Of a route and its parts: the address under the phone's secret.

    Returns
    -------
    dict
        As ``Listed`` of ``client/keep/returned.ts``; reasons are sealed.
    """
    offers: dict[int, dict[str, Any]] = {}
    found = []
    for reply in _correctable(phone):
        one, point = reply.submission, bytes(reply.point)
        if one.instrument_id not in offers:
            offers[one.instrument_id] = offer_of(one.instrument, phone, address)
        found.append(
            {
                "instance": one.instance_id,
                "returned": one.state == Submission.State.RETURNED,
                "received": one.received.isoformat(),
                "form": offers[one.instrument_id],
                "address": address("form-sent-one", number=one.pk),
                "to": base64.b64encode(point).decode("ascii"),
                "sealed": seal_text(point, one.instance_id, {REASON: one.reason.encode()}),
            }
        )
    return {"version": 1, "interviews": found}


def sent_one(phone: Phone, number: int) -> dict[str, Any]:
    """Return an interview with its files, sealed to the phone that made it.

    Parameters
    ----------
    phone : Phone
        Whose.
    number : int
        Of the submission.

    Returns
    -------
    dict
        As ``Fetched`` of ``client/keep/returned.ts``.

    Raises
    ------
    Http404
        If it is not, or no longer, one that may be corrected.
    OSError
        If a file cannot be read.
    """
    reply = next((one for one in _correctable(phone) if one.submission_id == number), None)
    if reply is None:
        raise Http404(number)
    one = Submission.objects.get(pk=number)
    files = list(one.attachments.order_by("pk"))
    contents = {XML: bytes(one.xml), **{file.name: _bytes(file.sha256) for file in files}}
    return {
        "version": 1,
        "instance": one.instance_id,
        "types": {file.name: file.type for file in files},
        "sealed": seal_text(bytes(reply.point), one.instance_id, contents),
    }


def forget(study: str, ids: Collection[str]) -> None:
    """Erase to which key a withdrawn interview went back: it would tell whose phone made it.

    Parameters
    ----------
    study : str
        The study's slug.
    ids : collection of str
        Numbers of all its versions.
    """
    Reply.objects.filter(submission__study=study, submission__instance_id__in=ids).delete()


def _correctable(phone: Phone) -> QuerySet[Reply]:
    """Return the replies of interviews that may be corrected, the newest first."""
    membership = phone.membership
    study = study_of(membership.study)
    since = timezone.now() - timedelta(hours=study.correct_hours if study else 0)
    # The time runs from the first version's arrival: a correction does not begin it anew.
    early = Submission.objects.filter(
        study=membership.study, interview=OuterRef("submission__interview"), received__lte=since
    )
    # One that came with another key, or with none, as an earlier or a later version of it.
    others = Submission.objects.filter(
        study=membership.study, interview=OuterRef("submission__interview")
    ).exclude(reply__point=OuterRef("point"))
    own = (
        Reply.objects.filter(
            Q(submission__state=Submission.State.RETURNED)
            | Q(~Exists(early), submission__state=Submission.State.RECEIVED),
            ~Exists(others),
            submission__study=membership.study,
            submission__membership=membership,
            submission__current=True,
            submission__complete=True,
            submission__instrument__in=[one.pk for one in instruments_of(phone)],
        )
        .select_related("submission__instrument")
        .defer("submission__xml", "submission__instrument__xform")
        .order_by("-submission__received", "-pk")
    )
    return own[:_MOST]


def _bytes(sha256: str) -> bytes:
    with open_blob(sha256) as stream:
        return stream.read()
