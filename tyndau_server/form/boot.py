"""What the browser form is told when it opens: the contract of ``client/boot.ts``.

In: a phone or a link, and how addresses under its secret are made. Out: JSON.
"""

import base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.utils import timezone

from tyndau.base.languages import INTERFACE_LANGUAGES, N_, Message
from tyndau.questionnaire import interview_length
from tyndau.study import Study
from tyndau_server.control.own import progress_of
from tyndau_server.control.points import points_of
from tyndau_server.fieldwork.links import instrument_of
from tyndau_server.fieldwork.models import Instrument, Link
from tyndau_server.fieldwork.offered import files_of, instruments_of
from tyndau_server.fieldwork.phone import Phone
from tyndau_server.form.confided import confided_to
from tyndau_server.form.envelope import point_of
from tyndau_server.form.key import key_id, server_key
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

VERSION = 1
_USED = N_("This link has been used: your answers arrived. Thank you!")
_OVER = N_("The survey is over. Thank you for your interest.")
Address = Callable[..., str]


def boot_of_phone(phone: Phone, address: Address, *, fresh: bool = False) -> dict[str, Any]:
    """Tell an interviewer's browser what it needs.

    Parameters
    ----------
    phone : Phone
        Whose; one that holds no more gets no questionnaires, and may still send.
    address : callable
        Of a route and its parts: the address under the phone's secret.
    fresh : bool, optional
        Whether its service worker keeps nothing of this; only then it holds what is for the
        interviewer alone, and that sealed.

    Returns
    -------
    dict
        As JSON holds.

    Raises
    ------
    OSError
        If the server's key can be neither read nor written.
    """
    membership = phone.membership
    name = " ".join(part for part in (membership.code, membership.person.name) if part)
    offered = list(instruments_of(phone))
    return {
        "holder": {"id": holder_of(membership), "name": name},
        "mode": "interviewer",
        "language": phone.language,
        "forms": [offer_of(one, phone, address) for one in offered],
        "submit": address("form-sealed"),
        "reports": address("form-reports"),
        "sent": address("form-sent"),
        "field": points_of(membership, [one.population for one in offered]),
        **({"progress": progress_of(membership)} if phone.holds else {}),
        **({"confided": confided_to(phone)} if fresh and phone.holds else {}),
        **_every(),
    }


def offer_of(instrument: Instrument, phone: Phone, address: Address) -> dict[str, Any]:
    """Offer a version of a questionnaire to a phone.

    Parameters
    ----------
    instrument : Instrument
        Which.
    phone : Phone
        Whose.
    address : callable
        Of a route and its parts: the address under the phone's secret.

    Returns
    -------
    dict
        As ``FormOffer`` of ``client/boot.ts``.
    """
    # A file that changes for this interviewer has another address, so that phones fetch it.
    media = {
        of.media.name: address("openrosa-media", number=instrument.pk, media=of.media.pk)
        + f"?md5={of.md5}"
        for of in files_of(phone, instrument)
    }
    xform = address("openrosa-form", number=instrument.pk)
    return _offer(instrument, phone.language, xform, media)


def boot_of_link(link: Link, language: str, address: Address) -> dict[str, Any]:
    """Tell a resident's browser what it needs.

    Parameters
    ----------
    link : Link
        By which the resident came; one that is over gets no questionnaire, and says why.
    language : str
        ``kk``, ``ru`` or ``en``.
    address : callable
        Of a route and its parts: the address under the link's secret.

    Returns
    -------
    dict
        As JSON holds.

    Raises
    ------
    OSError
        If the server's key can be neither read nor written.
    """
    one = instrument_of(link)
    forms = []
    if one is not None:
        media = {
            of.name: address("link-media", number=one.pk, media=of.pk) for of in one.media.all()
        }
        forms.append(_offer(one, language, address("link-form", number=one.pk), media))
    over = _USED if link.used else _OVER
    return {
        "holder": {"id": f"link/{link.pk}", "name": ""},
        "mode": "respondent",
        "language": language,
        "forms": forms,
        "over": {} if forms else {code: Message(over).say(code) for code in INTERFACE_LANGUAGES},
        "about": _about(link, one),
        "submit": address("link-sealed"),
        "unfinished": address("link-unfinished", number="-").removesuffix("-"),
        **_every(),
    }


def _about(link: Link, instrument: Instrument | None) -> dict[str, dict[str, str]]:
    """Return what is asked and who asks it, by language; a study that cannot be read tells none."""
    folder = served().get(link.study)
    study = describe(folder).study if folder else None
    return {
        code: {
            "title": _title(instrument, code) if instrument else "",
            "asker": study.contractor.say(code) if study else "",
        }
        for code in INTERFACE_LANGUAGES
    }


def _every() -> dict[str, Any]:
    return {"version": VERSION, "key": key_said(), "now": timezone.now().isoformat()}


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


def _offer(
    instrument: Instrument, language: str, xform: str, media: Mapping[str, str]
) -> dict[str, Any]:
    spoken = (instrument.study, instrument.population, instrument.version, language)
    study = study_of(instrument.study)
    return {
        "id": instrument.form_id,
        "version": instrument.version,
        "population": instrument.population,
        "title": _title(instrument, language),
        "sha256": instrument.sha256,
        "xform": xform,
        "media": media,
        "minutes": _minutes(*spoken),
        "pilot": instrument.pilot,
        "recording": study is not None and study.recording,
    }


def _title(instrument: Instrument, language: str) -> str:
    return instrument.title.get(language) or instrument.title["ru"] or instrument.form_id


def study_of(slug: str) -> Study | None:
    """Return what the folder of a study says now.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    Study or None
        None where it is not served, or has errors.
    """
    folder = served().get(slug)
    return describe(folder).study if folder else None


@lru_cache(maxsize=256)
def _minutes(study: str, population: str, version: str, language: str) -> int:
    """Return how long the longest route takes, by the study's own form; 0 where it is another."""
    read = study_of(study)
    form = read.forms.get(population) if read else None
    if form is None or form.version != version:
        return 0
    spoken = language if language in form.languages else form.languages[0]
    return round(interview_length(form, spoken).longest)
