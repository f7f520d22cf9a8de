"""The second factor: codes of an app on one's phone, and codes on paper for when it is lost.

In: a person and a code. Out: a device that accepted it. Who sees answers or decides of rights needs
one before any page of a study opens. Codes on paper are kept as keyed digests and work once; a code
of the app works once too; after a wrong one the wait doubles each time.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_otp import DEVICE_ID_SESSION_KEY, verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tyndau_server.audit import log
from tyndau_server.people.models import Membership, Person, Role

NEEDED = frozenset({Role.HEAD, Role.SOCIOLOGIST, Role.CUSTOMER})
CODES = 10
# No letter that reads like another; 50 bits a code.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10
_NAME = "app"


def needed(person: Person, memberships: Iterable[Membership]) -> bool:
    """Tell whether a person has to have a second factor.

    Parameters
    ----------
    person : Person
        Who.
    memberships : iterable of Membership
        What the person is, anywhere.

    Returns
    -------
    bool
        True for an administrator, a head, a sociologist, a customer.
    """
    return person.administrator or any(one.role in NEEDED for one in memberships)


def verified(request: HttpRequest, person: Person) -> bool:
    """Tell whether a session has shown its second factor.

    Parameters
    ----------
    request : HttpRequest
        Of the session.
    person : Person
        Whose it is.

    Returns
    -------
    bool
        False also after the device was taken away.
    """
    shown = request.session.get(DEVICE_ID_SESSION_KEY)
    device = Device.from_persistent_id(shown) if shown else None
    return device is not None and device.user_id == person.pk and device.confirmed


def device_of(person: Person) -> TOTPDevice | None:
    """Return the app of a person.

    Parameters
    ----------
    person : Person
        Who.

    Returns
    -------
    TOTPDevice or None
        None where there is none yet.
    """
    return TOTPDevice.objects.filter(user=person, confirmed=True).first()


def codes_left(person: Person) -> int:
    """Count the codes on paper that were not used.

    Parameters
    ----------
    person : Person
        Whose.

    Returns
    -------
    int
        From 0 to `CODES`.
    """
    device = StaticDevice.objects.filter(user=person).first()
    return device.token_set.count() if device else 0


def device_to_confirm(person: Person) -> TOTPDevice:
    """Return the app that a person is about to set up, the same until it is confirmed.

    Parameters
    ----------
    person : Person
        Who.

    Returns
    -------
    TOTPDevice
        With a key of its own.
    """
    waiting = TOTPDevice.objects.filter(user=person, confirmed=False).first()
    return waiting or TOTPDevice.objects.create(user=person, confirmed=False, name=_NAME)


def check(request: HttpRequest, person: Person, code: str) -> bool:
    """Take a code; a right one opens the session, under a new key.

    Parameters
    ----------
    request : HttpRequest
        Of the session.
    person : Person
        Whose it is.
    code : str
        Six digits of the app, or a code on paper.

    Returns
    -------
    bool
        Whether it was right.
    """
    typed = "".join(code.split()).replace("-", "").lower()
    device: Device | None
    if typed.isascii() and typed.isdigit():
        device, kept = device_of(person), typed
    else:
        device, kept = StaticDevice.objects.filter(user=person).first(), _digest(typed)
    if device is None or verify_token(person, device.persistent_id, kept) is None:
        return False
    _open(request, device)
    if isinstance(device, StaticDevice):
        log.write("second-factor.paper", actor=person, subject=person.name)
    return True


def waits_until(person: Person) -> datetime | None:
    """Return until when no code is looked at, after wrong ones.

    Parameters
    ----------
    person : Person
        Who.

    Returns
    -------
    datetime or None
        The later of app and paper; None where both are open.
    """
    devices = (*TOTPDevice.objects.filter(user=person), *StaticDevice.objects.filter(user=person))
    refused = [info for allowed, info in (one.verify_is_allowed() for one in devices) if info]
    return max((info["locked_until"] for info in refused), default=None)


def confirm(request: HttpRequest, person: Person, code: str) -> tuple[str, ...]:
    """Set the app up, once it shows the right code.

    Parameters
    ----------
    request : HttpRequest
        Of the session, which is open from then on, under a new key.
    person : Person
        Who.
    code : str
        Six digits.

    Returns
    -------
    tuple of str
        The codes on paper, which nobody can read again; empty where the code was wrong.
    """
    typed = "".join(code.split())
    device = device_to_confirm(person)
    if not (typed.isascii() and verify_token(person, device.persistent_id, typed)):
        return ()
    with transaction.atomic():
        TOTPDevice.objects.filter(user=person).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        codes = _new_codes(person)
        log.write("second-factor.set", actor=person, subject=person.name)
    _open(request, device)
    return codes


def renew_codes(person: Person) -> tuple[str, ...]:
    """Make new codes on paper; the old ones work no more.

    Parameters
    ----------
    person : Person
        Who.

    Returns
    -------
    tuple of str
        The codes.
    """
    with transaction.atomic():
        codes = _new_codes(person)
        log.write("second-factor.paper-renewed", actor=person, subject=person.name)
    return codes


def take_away(person: Person) -> None:
    """Take app and codes of a person away, inside the caller's transaction.

    Parameters
    ----------
    person : Person
        Whose.
    """
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()


def _new_codes(person: Person) -> tuple[str, ...]:
    device, _ = StaticDevice.objects.get_or_create(user=person, name="paper")
    device.token_set.all().delete()
    codes = tuple("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(CODES))
    for code in codes:
        device.token_set.create(token=_digest(code))
    half = _LENGTH // 2
    return tuple(f"{code[:half]}-{code[half:]}" for code in codes)


def _digest(code: str) -> str:
    """Return what is kept of a code on paper; the table holds sixteen characters."""
    return salted_hmac("tyndau.second-factor", code).hexdigest()[:16]


def _open(request: HttpRequest, device: Device) -> None:
    request.session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    request.session.cycle_key()
