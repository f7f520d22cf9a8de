"""What a phone may get: instruments of its study, and their files as its interviewer has them.

In: a phone. Out: instruments in the field or in a pilot, of the populations that the interviewer
asks; the bytes and digest of their files.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5
from typing import BinaryIO

from django.db.models import Q, QuerySet
from django.http import Http404

from tyndau_server.fieldwork import blobs
from tyndau_server.fieldwork.links import asked_by_link
from tyndau_server.fieldwork.lists import rows_for
from tyndau_server.fieldwork.models import Instrument, Media
from tyndau_server.fieldwork.phone import Phone

_LISTS_IN_MEMORY = 256
_LONGEST_LIST = 20_000_000


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as one interviewer gets it.

    Attributes
    ----------
    media : Media
        Which.
    md5 : str
        Of what this interviewer gets.
    narrowed : bool
        Whether rows for others are left out.
    """

    media: Media
    md5: str
    narrowed: bool


def instruments_of(phone: Phone) -> QuerySet[Instrument]:
    """Return what a phone may ask.

    Parameters
    ----------
    phone : Phone
        Which; one that holds no more gets nothing.

    Returns
    -------
    QuerySet of Instrument
        Without the bytes of the forms, in the order in which they were issued.
    """
    if not phone.holds:
        return Instrument.objects.none()
    membership = phone.membership
    asked = Instrument.objects.filter(
        Q(state=Instrument.State.FIELD) | (Q(pilot=True) & ~Q(state=Instrument.State.CLOSED)),
        study=membership.study,
    ).exclude(population__in=asked_by_link(membership.study))
    if membership.forms:
        asked = asked.filter(population__in=membership.forms)
    return asked.defer("xform").order_by("pk")


def instrument_of(phone: Phone, number: int) -> Instrument:
    """Return one of the instruments that a phone may ask.

    Parameters
    ----------
    phone : Phone
        Which.
    number : int
        The instrument's primary key.

    Returns
    -------
    Instrument
        It.

    Raises
    ------
    Http404
        If it is not among them.
    """
    instrument = instruments_of(phone).filter(pk=number).first()
    if instrument is None:
        raise Http404(number)
    return instrument


def files_of(phone: Phone, instrument: Instrument) -> list[Offered]:
    """Return the files of an instrument as an interviewer has them.

    Parameters
    ----------
    phone : Phone
        Whose.
    instrument : Instrument
        Which.

    Returns
    -------
    list of Offered
        By name.
    """
    return [_offered(phone, media) for media in instrument.media.order_by("name")]


def open_file(phone: Phone, media: Media) -> BinaryIO | bytes:
    """Return the bytes of a file as an interviewer has it.

    Parameters
    ----------
    phone : Phone
        Whose.
    media : Media
        Which.

    Returns
    -------
    BinaryIO or bytes
        All of it.
    """
    code = phone.membership.code
    if _offered(phone, media).narrowed:
        return _narrowed(media.sha256, code) or b""
    return blobs.open_blob(media.sha256)


def _offered(phone: Phone, media: Media) -> Offered:
    if not media.name.lower().endswith(".csv") or media.size > _LONGEST_LIST:
        return Offered(media, media.md5, narrowed=False)
    digest = _digest(media.sha256, phone.membership.code)
    return Offered(media, digest or media.md5, narrowed=digest is not None)


def _narrowed(sha256: str, code: str) -> bytes | None:
    """Return a list less the rows of others; None where it is the whole."""
    with blobs.open_blob(sha256) as stream:
        content = stream.read()
    rows = rows_for(content, code)
    return None if rows == content else rows


@lru_cache(maxsize=_LISTS_IN_MEMORY)
def _digest(sha256: str, code: str) -> str | None:
    rows = _narrowed(sha256, code)
    return None if rows is None else md5(rows, usedforsecurity=False).hexdigest()
