"""Who calls: the phone whose token stands in an address.

In: a secret. Out: `Phone`, also of a token that holds no more: what it sends is kept in quarantine,
since an interview that was done does not vanish because a phone was lost. Unknown secrets are
nobody's, and nothing of them is kept.
"""

import logging
from dataclasses import dataclass

from django.db import DatabaseError

from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.refusals import REVOKED, Refusal
from tyndau_server.people.models import Membership, Token
from tyndau_server.people.tokens import digest, seen

_NEEDED = (
    "used", "revoked", "membership__study", "membership__code", "membership__forms",
    "membership__ended", "membership__person__language", "membership__person__is_active",
)  # fmt: skip

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone of an interviewer.

    Attributes
    ----------
    token : Token
        With its membership and person.
    holds : bool
        Whether it may still get questionnaires and send interviews.
    own : str
        In which the phone itself asks to be answered.
    """

    token: Token
    holds: bool
    own: str

    @property
    def membership(self) -> Membership:
        """What its interviewer is in which study."""
        return self.token.membership

    def barred(self, instance: str) -> Refusal | None:
        """Say why an interview that it sends is not taken.

        Parameters
        ----------
        instance : str
            Its number.

        Returns
        -------
        Refusal or None
            None where the phone holds, or somebody took the interview in out of quarantine: then
            it hears the receipt, and lets its copy go.
        """
        if self.holds:
            return None
        here = Submission.objects.filter(study=self.membership.study, instance_id=instance)
        return None if here.filter(membership=self.membership).exists() else REVOKED

    @property
    def language(self) -> str:
        """In which the interviewer is told what became of an interview: as chosen, else its own."""
        return self.token.membership.person.language or self.own


def phone_of(secret: str, own: str) -> Phone | None:
    """Find the phone of a secret.

    Parameters
    ----------
    secret : str
        As it stands in an address.
    own : str
        The language in which the phone asks to be answered.

    Returns
    -------
    Phone or None
        None where there never was such a token.
    """
    token = (
        Token.objects.select_related("membership__person")
        .only(*_NEEDED)
        .filter(digest=digest(secret))
        .first()
    )
    if token is None:
        return None
    membership = token.membership
    holds = token.revoked is None and membership.ended is None and membership.person.is_active
    return Phone(token, holds, own)


def note(phone: Phone) -> None:
    """Write down that a phone was here; nothing depends on it.

    Parameters
    ----------
    phone : Phone
        Which.
    """
    try:
        seen(phone.token)
    except DatabaseError:
        logger.warning("%s was here, which could not be written down", phone.token, exc_info=True)
