"""Taking an interview in: the one action by which submissions come into being.

In: what a phone sent. Out: a row and its files, committed and flushed; or `Refused`, after all that
came was put into quarantine. Files are kept before the transaction, which stays short. The same
interview may arrive any number of times at once: there is one row. `Withdrawn` is raised of what a
respondent withdrew: the phone hears success. Anything else raised promises nothing.

Who counts something with every interview (quotas) appends a function to `COUNTERS`.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from secrets import choice, token_hex
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from tyndau.fieldwork.openrosa import Instance, Unreadable, XForm, read_instance
from tyndau_server.audit import log
from tyndau_server.fieldwork import blobs, quarantine
from tyndau_server.fieldwork.attach import attach, carry
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.forms import xform_of
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.parts import Parts, digest_of, read_parts
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.refusals import (
    CONFLICT,
    DECIDED,
    FAULT,
    NOT_AGREED,
    NOT_CURRENT,
    NOT_THEIRS,
    TOO_LARGE,
    TRUNCATED,
    UNKNOWN_FORM,
    UNREADABLE,
    Refusal,
    Refused,
)
from tyndau_server.fieldwork.tombstones import Withdrawn, is_named, is_withdrawn
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Person

logger = logging.getLogger(__name__)
_IN_THE_FIELD = frozenset({Instrument.State.FIELD, Instrument.State.CLOSED})
_KEY_BYTES = 8


class SettledMeanwhile(Exception):  # noqa: N818 - said of a row, it reads as a sentence
    """What lies in quarantine was settled by somebody else."""


# Called with each version of an interview, inside its transaction; never for pilot interviews.
COUNTERS: list[Callable[[Submission], None]] = []


Barred = Callable[[str], Refusal | None]


def not_barred(instance: str) -> Refusal | None:
    """Let everybody send everything.

    Parameters
    ----------
    instance : str
        Number of an interview.

    Returns
    -------
    None
        Always.
    """
    del instance
    return None


@dataclass(frozen=True, slots=True)
class _Incoming:
    """All that is known before the transaction; what it may replace, and what stays as it is."""

    parts: Parts
    files: Mapping[str, blobs.Blob]
    sender: Sender
    instrument: Instrument
    pilot: bool
    instance: Instance
    xform: XForm
    may_replace: Callable[[Submission], bool]
    stay: frozenset[str] = frozenset()


def receive(
    body: Body,
    sender: Sender,
    *,
    barred: Barred = not_barred,
    stay: frozenset[str] = frozenset(),
) -> Submission:
    """Take in what a phone sent.

    Parameters
    ----------
    body : Body
        As it came.
    sender : Sender
        Who sent it.
    barred : callable, optional
        Says of the number of an interview why its sender may not send it; None where they may.
    stay : frozenset of str, optional
        States in which an interview is not replaced by a correction.

    Returns
    -------
    Submission
        The interview, committed; the same one however often it arrives.

    Raises
    ------
    Withdrawn
        If the respondent withdrew it: nothing of it is kept, and who sent it hears that it arrived.
    Refused
        If it is not taken; then it is in quarantine.
    OSError, DatabaseError
        If it can neither be taken nor be kept now.
    """
    parts: Parts | None = None
    instance: Instance | None = None
    try:
        if body.truncated:
            raise Refused(TRUNCATED, f"{body.size} of {body.announced} bytes")
        parts = read_parts(body)
        instance = _let_in(parts, sender.study)
        if reason := barred(instance.instance_id):
            raise Refused(reason)
        return _take(parts, instance, sender, stay)
    except Withdrawn:
        raise
    except Refused as caught:
        refused = caught
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception as fault:
        logger.exception("an interview could not be taken in; it is kept in quarantine")
        refused = Refused(FAULT, repr(fault))
    digest = parts.digest if parts else digest_of(body)
    instance_id = instance.instance_id if instance else ""
    quarantine.put(body, digest, sender, refused, instance_id=instance_id)
    raise refused


def again(
    quarantined: Quarantined,
    *,
    by: Person | None,
    may_replace: Callable[[Submission], bool] = lambda _: False,
) -> Submission:
    """Take in what lies in quarantine, after its reason was removed.

    Parameters
    ----------
    quarantined : Quarantined
        Which.
    by : Person or None
        Who asks for it.
    may_replace : callable, optional
        Whether the person may have an interview of another interviewer replaced by a correction.

    Returns
    -------
    Submission
        The interview; the row in quarantine is settled as ``taken``.

    Raises
    ------
    Withdrawn
        If the respondent withdrew the interview.
    Refused
        If it is still not taken; the row says why.
    SettledMeanwhile
        If it is settled.
    OSError, DatabaseError
        If it cannot be read or written now.
    """
    if quarantined.settled is not None:
        raise SettledMeanwhile
    if not quarantined.size:
        raise Refused(TOO_LARGE, quarantined.detail)
    sender = Sender(
        quarantined.study, quarantined.membership, quarantined.token, quarantined.device_id
    )
    stream = blobs.open_blob(quarantined.body_sha256)
    row = Quarantined.objects.filter(pk=quarantined.pk)
    try:
        with Body(stream, quarantined.size, None, quarantined.content_type) as body:
            parts = read_parts(body)
            incoming = _incoming(parts, _let_in(parts, sender.study), sender, may_replace)
            submission = _take_again(incoming, row, by)
            _still(incoming)
    except Refused as refused:
        row.filter(settled=None).update(**quarantine.why(refused))
        raise
    return submission


def _take_again(incoming: _Incoming, row: QuerySet[Quarantined], by: Person | None) -> Submission:
    settled = _taken(by)
    with writing():
        # In the order in which phones write: first the interview, then the quarantine.
        submission = _tried(incoming, settled)
        row.filter(settled=None).update(**settled)
        if not row.filter(settled=settled["settled"], outcome="taken").exists():
            raise SettledMeanwhile
        log.write(
            "quarantine.taken", actor=by, study=submission.study, subject=submission.instance_id
        )
    return submission


def _taken(by: Person | None = None) -> dict[str, Any]:
    return {"settled": timezone.now(), "settled_by": by, "outcome": "taken"}


def _let_in(parts: Parts, study: str) -> Instance:
    """Read an interview, unless it was withdrawn."""
    try:
        instance = read_instance(parts.xml)
    except Unreadable as error:
        raise Refused(UNREADABLE, f"{error.reason}: {error.detail}") from error
    if is_withdrawn(study, instance):
        raise Withdrawn(instance.instance_id, parts)
    return instance


def _take(parts: Parts, instance: Instance, sender: Sender, stay: frozenset[str]) -> Submission:
    incoming = replace(_incoming(parts, instance, sender), stay=stay)
    submission = _tried(incoming)
    _still(incoming)
    return submission


def _still(incoming: _Incoming) -> None:
    """See that no file went because it belonged to a withdrawn interview too."""
    for name, blob in incoming.files.items():
        blobs.still(incoming.parts.files[name].stream, blob)


def _incoming(
    parts: Parts,
    instance: Instance,
    sender: Sender,
    may_replace: Callable[[Submission], bool] = lambda _: False,
) -> _Incoming:
    """Find out all that can be found out before the transaction, and keep the files."""
    instrument = (
        Instrument.objects.only("form_id", "population", "state", "piloted", "sha256")
        .filter(study=sender.study, form_id=instance.form_id, version=instance.version)
        .first()
    )
    elsewhere = instrument is not None and sender.population not in ("", instrument.population)
    if instrument is None or elsewhere:
        raise Refused(UNKNOWN_FORM, f"form {instance.form_id!r} version {instance.version!r}")
    # A pilot that is over may have left test interviews on phones.
    pilot = instrument.piloted
    if instrument.state not in _IN_THE_FIELD and not pilot:
        raise Refused(NOT_AGREED, f"it is {instrument.state}")
    return _Incoming(
        parts=parts,
        files={name: blobs.keep(file.stream) for name, file in parts.files.items()},
        sender=sender,
        instrument=instrument,
        pilot=pilot,
        instance=instance,
        xform=xform_of(instrument.pk, instrument.sha256),
        may_replace=may_replace,
    )


def _tried(incoming: _Incoming, settled: Mapping[str, Any] | None = None) -> Submission:
    """Write; what collided with the same from elsewhere finds it there the second time."""
    try:
        return _write(incoming, settled)
    except IntegrityError:
        return _write(incoming, settled)
    except Refused as refused:
        if is_withdrawn(incoming.sender.study, incoming.instance):  # at this very moment
            for blob in incoming.files.values():
                blobs.erase(blob.sha256, is_named)
            raise Withdrawn(incoming.instance.instance_id, incoming.parts) from refused
        # The same edit that came by another connection has just replaced the version.
        if refused.refusal is not NOT_CURRENT or not _arrived(incoming):
            raise
        return _write(incoming, settled)


def _arrived(incoming: _Incoming) -> bool:
    return Submission.objects.filter(
        study=incoming.sender.study, instance_id=incoming.instance.instance_id
    ).exists()


def _write(incoming: _Incoming, settled: Mapping[str, Any] | None = None) -> Submission:
    study, instance = incoming.sender.study, incoming.instance
    with writing():
        here = Submission.objects.select_for_update().only("sha256", "awaited", "complete")
        submission = here.filter(study=study, instance_id=instance.instance_id).first()
        if submission is None:
            submission = _insert(incoming)
        elif submission.sha256 != incoming.parts.sha256:
            raise Refused(CONFLICT, f"{instance.instance_id} is here with other answers")
        elif incoming.files:
            attach(submission, incoming.parts.files, incoming.files)
        # A phone that sends again what was refused before settles it.
        Quarantined.objects.filter(study=study, digest=incoming.parts.digest, settled=None).update(
            **(settled or _taken())
        )
    return submission


def _insert(incoming: _Incoming) -> Submission:
    """Write the first row of an interview, or the row of an edit."""
    instance, sender = incoming.instance, incoming.sender
    before = _replaced(incoming) if instance.deprecated_id else None
    awaited = list(instance.attachments(incoming.xform))
    submission = Submission.objects.create(
        study=sender.study,
        instrument=incoming.instrument,
        interview=before.interview if before else instance.instance_id,
        instance_id=instance.instance_id,
        deprecated_id=instance.deprecated_id,
        key=before.key if before else _new_key(),
        xml=incoming.parts.xml,
        sha256=incoming.parts.sha256,
        pilot=incoming.pilot or bool(before and before.pilot),
        # A correction by somebody else stays the interview of who made it.
        membership=before.membership if before else sender.membership,
        token=sender.token,
        device_id=sender.device_id,
        ahead=sender.ahead,
        received=timezone.now(),
        awaited=awaited,
        complete=not awaited,
    )
    if before:
        carry(before, submission)
    if awaited or incoming.files:
        attach(submission, incoming.parts.files, incoming.files)
    if not submission.pilot:
        _count(submission)
    return submission


def _new_key() -> str:
    """Draw the key of a row: a letter first, since a table program takes digits for a number."""
    return choice("abcdf") + token_hex(_KEY_BYTES)[1:]


def _replaced(incoming: _Incoming) -> Submission:
    """Return the version that an edit replaces, which from now on is not the current one."""
    deprecated = incoming.instance.deprecated_id
    before = (
        Submission.objects.select_for_update()
        .defer("xml")
        .filter(study=incoming.sender.study, instance_id=deprecated, current=True)
        .first()
    )
    if before is None or before.instrument.form_id != incoming.instrument.form_id:
        raise Refused(NOT_CURRENT, f"{deprecated} is not the current version of an interview")
    sender = incoming.sender.membership
    own = before.membership_id == (sender.pk if sender else None)
    if not own and not incoming.may_replace(before):
        raise Refused(NOT_THEIRS, f"{deprecated} came from another interviewer")
    if before.state in incoming.stay:
        raise Refused(DECIDED, f"{deprecated} is {before.state}")
    if incoming.pilot and not before.pilot:
        raise Refused(NOT_CURRENT, f"{deprecated} is no test interview, and the version is a pilot")
    Submission.objects.filter(pk=before.pk).update(current=False)
    return before


def _count(submission: Submission) -> None:
    """Let counters count; one that fails is told, and the interview stays."""
    for counter in COUNTERS:
        try:
            with transaction.atomic():
                counter(submission)
        except Exception:
            logger.exception("an interview was taken in and not counted: %s", submission)
