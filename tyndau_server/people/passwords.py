"""Passwords: how they are kept, and which are good enough.

In: what somebody chose. Out: the password, or a `UserError`. A password is kept as a digest of
Argon2id; nobody, not even an administrator, can read it.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from tyndau_server.people import problems

SHORTEST, LONGEST = 10, 200


class Argon2(Argon2PasswordHasher):
    """Argon2id that twenty can use at once on a small machine: 19 MiB for each.

    References
    ----------
    OWASP Password Storage Cheat Sheet, 2025: m=19456 (19 MiB), t=2, p=1.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def good_password(typed: str, again: str, *known: str) -> str:
    """Return a password that is good enough.

    Parameters
    ----------
    typed, again : str
        As it was typed twice.
    *known : str
        What others know of the person: name, address; the password must not hold them.

    Returns
    -------
    str
        The password.

    Raises
    ------
    UserError
        If it is too short, too long, well known, or not the same twice.
    """
    if not SHORTEST <= len(typed) <= LONGEST:
        raise problems.PASSWORD_LENGTH.error(least=SHORTEST, most=LONGEST)
    if typed != again:
        raise problems.PASSWORD_TWICE.error()
    said = typed.lower()
    parts = {part for one in known for part in (one.lower(), one.lower().partition("@")[0])}
    if any(len(part) > 3 and part in said and len(said) - len(part) < 5 for part in parts):
        raise problems.PASSWORD_KNOWN.error()
    try:
        CommonPasswordValidator().validate(typed)
    except ValidationError as error:
        raise problems.PASSWORD_KNOWN.error() from error
    if len(set(typed)) < 4:
        raise problems.PASSWORD_KNOWN.error()
    return typed
