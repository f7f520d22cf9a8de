"""What the browser form is told when it opens: the contract of ``client/boot.ts``.

In: a phone, and how addresses under its secret are made. Out: JSON.
"""

import base64
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils import timezone

from tyndau.questionnaire import interview_length
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.fieldwork.offered import files_of, instruments_of
from tyndau_server.fieldwork.phone import Phone
from tyndau_server.form.envelope import point_of
from tyndau_server.form.key import key_id, server_key
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

VERSION = 1
Address = Callable[..., str]


def boot_of(phone: Phone, address: Address) -> dict[str, Any]:
    """Tell an interviewer's browser what it needs.

    Parameters
    ----------
    phone : Phone
        Whose; one that holds no more gets no questionnaires, and may still send.
    address : callable
        Of a route and its parts: the address under the phone's secret.

    Returns
    -------
    dict
        As JSON holds.

    Raises
    ------
    OSError
        If the server's key can be neither read nor written.
    """
    return {
        "version": VERSION,
        "holder": {"id": holder_of(phone.membership), "name": _name(phone.membership)},
        "mode": "interviewer",
        "language": phone.language,
        "forms": [_offer(phone, one, address) for one in instruments_of(phone)],
        "submit": address("form-sealed"),
        "key": key_said(),
        "now": timezone.now().isoformat(),
    }


def holder_of(membership: Membership) -> str:
    """Name an interviewer as phones keep drafts apart by.

    Parameters
    ----------
    membership : Membership
        Of the interviewer in the study.

    Returns
    -------
    str
        The same as long as the membership lasts, whatever phones it has.
    """
    return f"{membership.study}/{membership.pk}"


def key_said() -> dict[str, str]:
    """Tell phones to which key they seal.

    Returns
    -------
    dict of str to str
        Its name and its public point, in base64.
    """
    key = server_key()
    return {"id": key_id(key), "point": base64.b64encode(point_of(key)).decode()}


def _name(membership: Membership) -> str:
    return " ".join(part for part in (membership.code, membership.person.name) if part)


def _offer(phone: Phone, instrument: Instrument, address: Address) -> dict[str, Any]:
    language = phone.language
    return {
        "id": instrument.form_id,
        "version": instrument.version,
        "title": instrument.title.get(language) or instrument.title["ru"] or instrument.form_id,
        "sha256": instrument.sha256,
        "xform": address("openrosa-form", number=instrument.pk),
        # A file that changes for this interviewer has another address, so that phones fetch it.
        "media": {
            one.media.name: address("openrosa-media", number=instrument.pk, media=one.media.pk)
            + f"?md5={one.md5}"
            for one in files_of(phone, instrument)
        },
        "minutes": _minutes(instrument.study, instrument.population, instrument.version, language),
        "pilot": instrument.pilot,
    }


@lru_cache(maxsize=256)
def _minutes(study: str, population: str, version: str, language: str) -> int:
    """Return how long the longest route takes, by the study's own form; 0 where it is another."""
    folder = served().get(study)
    read = describe(folder).study if folder else None
    form = read.forms.get(population) if read else None
    if form is None or form.version != version:
        return 0
    spoken = language if language in form.languages else form.languages[0]
    return round(interview_length(form, spoken).longest)
