"""A questionnaire on its way to phones: issued, agreed, in the field, closed.

In: an XForm and its media; a person's decision. Out: the instrument in its next state, and an entry
in the log of decisions, in one transaction. A version of a form is one thing for ever: the same
bytes again are the same instrument, other bytes under the same version are refused, since phones
and interviews know a questionnaire by its id and version alone.
"""

from collections.abc import Mapping
from hashlib import md5, sha256
from io import BytesIO
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau.fieldwork.openrosa import XForm, read_xform
from tyndau_server.audit import log
from tyndau_server.fieldwork import blobs, problems
from tyndau_server.fieldwork.models import NAME, Instrument, Media
from tyndau_server.people.models import Person

State = Instrument.State
LONGEST_PROOF = 500


def issue(
    slug: str,
    population: str,
    *,
    xform: bytes,
    files: Mapping[str, bytes],
    by: Person | None,
) -> Instrument:
    """Make a version of a questionnaire known to the server, as a draft.

    Parameters
    ----------
    slug, population : str
        The study, and the name of the form in it.
    xform : bytes
        The form, as phones will get it.
    files : mapping of str to bytes
        Its media and lists, by the name that the form gives them.
    by : Person or None
        Who issues it.

    Returns
    -------
    Instrument
        The new one, or the same that was issued before.

    Raises
    ------
    UserError
        If it is no form, lacks a file, or its version is taken by another content.
    """
    form = read_xform(xform, shown=f"{population}.xml")
    _complete(form, files)
    media = {name: blobs.keep(BytesIO(content)) for name, content in files.items()}
    try:
        with transaction.atomic():
            instrument = Instrument.objects.create(
                study=slug,
                population=population,
                form_id=form.id,
                version=form.version,
                title=dict.fromkeys(CONTENT_LANGUAGES, form.title),
                xform=xform,
                sha256=sha256(xform).hexdigest(),
                md5=md5(xform, usedforsecurity=False).hexdigest(),
                made_by=by,
            )
            Media.objects.bulk_create(
                Media(
                    instrument=instrument, name=name,
                    sha256=blob.sha256, md5=blob.md5, size=blob.size,
                )
                for name, blob in media.items()
            )  # fmt: skip
            _write("instrument.issued", instrument, by, sha256=seal(instrument))
    except IntegrityError:
        return _same(slug, population, form, xform, media)
    return instrument


def agree(instrument: Instrument, *, by: Person | None, proof: str = "") -> Instrument:
    """Note that the customer agreed to a questionnaire, exactly as it is.

    Parameters
    ----------
    instrument : Instrument
        A draft, or one that was sent.
    by : Person or None
        Who notes it.
    proof : str, default ""
        By what it can be shown: who agreed and when, the number of a letter. The log keeps it.

    Returns
    -------
    Instrument
        Agreed, with the digest of its form and media.

    Raises
    ------
    UserError
        If it was agreed before.
    """
    with transaction.atomic():
        held = _held(instrument, State.DRAFT, State.SENT)
        held.state, held.agreed, held.agreed_by = State.AGREED, timezone.now(), by
        held.agreed_sha256 = seal(held)
        held.save(update_fields=["state", "agreed", "agreed_by", "agreed_sha256"])
        written = " ".join(proof.split())[:LONGEST_PROOF]
        _write("instrument.agreed", held, by, sha256=held.agreed_sha256, proof=written)
    return held


def set_pilot(instrument: Instrument, pilot: bool, *, by: Person | None) -> Instrument:
    """Let a version that is not in the field yet collect test interviews, or no more.

    Parameters
    ----------
    instrument : Instrument
        A draft, sent or agreed one.
    pilot : bool
        Whether it collects them.
    by : Person or None
        Who decides.

    Returns
    -------
    Instrument
        With the flag.

    Raises
    ------
    UserError
        If it is or was in the field.
    """
    with transaction.atomic():
        held = _held(instrument, State.DRAFT, State.SENT, State.AGREED)
        held.pilot, held.piloted = pilot, held.piloted or pilot
        held.save(update_fields=["pilot", "piloted"])
        _write("instrument.pilot", held, by, pilot=pilot)
    return held


def open_field(instrument: Instrument, *, by: Person | None) -> Instrument:
    """Let an agreed questionnaire be asked.

    A version that was a pilot stays one: a test interview that comes late looks like any other.

    Parameters
    ----------
    instrument : Instrument
        An agreed one, or one that was closed.
    by : Person or None
        Who decides.

    Returns
    -------
    Instrument
        In the field.

    Raises
    ------
    UserError
        If it is not agreed, was a pilot, or its bytes are not those that were agreed.
    """
    with transaction.atomic():
        held = _held(instrument, State.AGREED, State.CLOSED)
        if held.piloted:
            raise problems.WAS_PILOT.error(form=held.form_id, version=held.version)
        if seal(held) != held.agreed_sha256:
            raise problems.NOT_AS_AGREED.error(form=held.form_id, version=held.version)
        held.state = State.FIELD
        held.save(update_fields=["state"])
        _write("instrument.opened", held, by)
    return held


def close(instrument: Instrument, *, by: Person | None) -> Instrument:
    """Let a questionnaire be asked no more; interviews still on phones are taken.

    Parameters
    ----------
    instrument : Instrument
        One in the field.
    by : Person or None
        Who decides.

    Returns
    -------
    Instrument
        Closed.

    Raises
    ------
    UserError
        If it is not in the field.
    """
    with transaction.atomic():
        held = _held(instrument, State.FIELD)
        held.state = State.CLOSED
        held.save(update_fields=["state"])
        _write("instrument.closed", held, by)
    return held


def seal(instrument: Instrument) -> str:
    """Digest a form and its media together, as they are now.

    Parameters
    ----------
    instrument : Instrument
        Which.

    Returns
    -------
    str
        SHA-256, in hexadecimal, of a line a file: digest and name, the form first with no name.
    """
    form = sha256(bytes(instrument.xform)).hexdigest()
    files = [f"{media.sha256} {media.name}\n" for media in instrument.media.order_by("name")]
    return sha256("".join([f"{form} \n", *files]).encode()).hexdigest()


def _complete(form: XForm, files: Mapping[str, bytes]) -> None:
    """Refuse a form without a file that it shows: phones would refuse to open it."""
    missing = [name for name in form.files if name not in files]
    if missing:
        raise problems.NO_MEDIA.error(form=form.id, files=missing)
    odd = [
        name
        for name in files
        if len(name) > NAME or not name.isprintable() or Path(name).name != name
    ]
    if odd:
        raise problems.MEDIA_NAME.error(form=form.id, files=odd)


def _same(
    slug: str, population: str, form: XForm, xform: bytes, media: Mapping[str, blobs.Blob]
) -> Instrument:
    """Return what was issued before, if it is the same to the byte."""
    earlier = Instrument.objects.get(study=slug, form_id=form.id, version=form.version)
    theirs = {one.name: one.sha256 for one in earlier.media.all()}
    ours = {name: blob.sha256 for name, blob in media.items()}
    same = bytes(earlier.xform) == xform and theirs == ours and earlier.population == population
    if not same:
        raise problems.SAME_VERSION.error(form=form.id, version=form.version)
    return earlier


def _held(instrument: Instrument, *states: Instrument.State) -> Instrument:
    """Return an instrument as it is now, held for a change, if it is in one of some states."""
    held = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if held.state not in states:
        raise problems.INSTRUMENT_STATE.error(
            form=held.form_id, version=held.version, state=problems.STATES[held.state]
        )
    return held


def _write(action: str, instrument: Instrument, by: Person | None, **details: object) -> None:
    log.write(
        action,
        actor=by,
        study=instrument.study,
        subject=f"{instrument.form_id} {instrument.version}".strip(),
        details={"population": instrument.population, **details},
    )
