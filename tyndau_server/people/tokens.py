"""Tokens of phones: made, found, seen, revoked.

In: an interviewer's membership; or the secret that stands in an address. Out: a secret that is
shown once, and the token that it belongs to. Secrets are kept as digests only. An interviewer may
have several phones; each has a token of its own, revoked one by one.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.people.models import Membership, Person, Token

# 144 bits in 24 letters: short enough to be typed from paper, too long to be guessed.
_BYTES = 18
# A phone that sends a hundred interviews is written down as seen once.
_SEEN_ANEW = timedelta(minutes=1)


def digest(secret: str) -> str:
    """Return what is kept of a secret.

    Parameters
    ----------
    secret : str
        Of a token or of a link; any text, since it comes from an address.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def new_secret() -> str:
    """Draw a secret for an address.

    Returns
    -------
    str
        24 letters, digits, ``-`` and ``_``.
    """
    return secrets.token_urlsafe(_BYTES)


def issue_token(
    membership: Membership,
    label: str = "",
    *,
    by: Person | None = None,
    made_by: Membership | None = None,
) -> str:
    """Make a token for a phone of an interviewer.

    Parameters
    ----------
    membership : Membership
        Of the interviewer.
    label : str, default ""
        Which phone, in words.
    by : Person, optional
        Who makes it.
    made_by : Membership, optional
        What that person is in the study.

    Returns
    -------
    str
        The secret, which nobody can read again.
    """
    secret = new_secret()
    with transaction.atomic():
        token = Token.objects.create(
            digest=digest(secret), membership=membership, label=label, made_by=made_by
        )
        _write("token.issued", token, by)
    return secret


def seen(token: Token) -> None:
    """Write down that a phone was here, once a minute at most.

    Parameters
    ----------
    token : Token
        Of the phone.
    """
    now = timezone.now()
    if token.used is None or token.used < now - _SEEN_ANEW:
        Token.objects.filter(Q(used=None) | Q(used__lt=now - _SEEN_ANEW), pk=token.pk).update(
            used=now
        )


def revoke(token: Token, *, by: Person | None) -> None:
    """Let a phone in no more; a second time changes nothing.

    Parameters
    ----------
    token : Token
        Of the phone.
    by : Person or None
        Who decided so.
    """
    with transaction.atomic():
        if Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now()):
            _write("token.revoked", token, by)


def _write(action: str, token: Token, by: Person | None) -> None:
    membership = token.membership
    log.write(
        action,
        actor=by,
        study=membership.study,
        subject=membership.code or membership.person.name,
        details={"phone": token.label, "token": token.pk},
    )
