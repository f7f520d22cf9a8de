"""What people type into forms: names and addresses, as they are kept.

In: text of a field. Out: the value, tidied, or a `UserError` that the page shows.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau_server.people import problems

LONGEST_NAME, LONGEST_CODE, LONGEST_EMAIL = 200, 40, 254
_UNSEEN = re.compile("[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CODE = re.compile(r"[\w.-]{1,40}")


def name_of(typed: str) -> str:
    """Return a person's name.

    Parameters
    ----------
    typed : str
        As it was typed.

    Returns
    -------
    str
        The name, with single spaces.

    Raises
    ------
    UserError
        If it is empty or too long, or holds what cannot be shown or turns the line round.
    """
    if _UNSEEN.search(typed):
        raise problems.NAME.error(most=LONGEST_NAME)
    name = " ".join(typed.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise problems.NAME.error(most=LONGEST_NAME)
    return name


def email_of(typed: str) -> str:
    """Return an address of e-mail.

    Parameters
    ----------
    typed : str
        As it was typed.

    Returns
    -------
    str
        The address in small letters, by which an account is found.

    Raises
    ------
    UserError
        If it is none.
    """
    email = typed.strip().lower()
    got = _UNSEEN.sub("", email)[:100]
    if len(email) > LONGEST_EMAIL:
        raise problems.EMAIL.error(got=got)
    try:
        validate_email(email)
    except ValidationError as error:
        raise problems.EMAIL.error(got=got) from error
    return email


def code_of(typed: str) -> str:
    """Return an interviewer's code.

    Parameters
    ----------
    typed : str
        As it was typed.

    Returns
    -------
    str
        The code.

    Raises
    ------
    UserError
        If it holds anything but letters, digits, ``-``, ``_`` and ``.``.
    """
    code = typed.strip()
    if not _CODE.fullmatch(code):
        raise problems.CODE_TAKEN.error(got=_UNSEEN.sub("", code)[:LONGEST_CODE])
    return code


def label_of(typed: str) -> str:
    """Return words for a phone, which may be none.

    Parameters
    ----------
    typed : str
        As it was typed.

    Returns
    -------
    str
        The words.
    """
    return " ".join(_UNSEEN.sub(" ", typed).split())[:LONGEST_NAME]


def language_of_phones(typed: str) -> str:
    """Return in which language an interviewer's phones are answered.

    Parameters
    ----------
    typed : str
        As it was chosen.

    Returns
    -------
    str
        ``kk`` or ``ru``; empty for what a phone itself asks for.
    """
    return typed if typed in CONTENT_LANGUAGES else ""
