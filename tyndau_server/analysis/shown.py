"""Which edition of the results a person is shown.

In: a request. Out: an edition. Whoever stands outside the foundation sees what may be handed to the
customer, never the master, in which small groups are told as they are.
"""

from django.http import HttpRequest

from tyndau.reporting.editions import MASTER, Edition
from tyndau_server.people.models import Membership, Role

OUTSIDE: Edition = "restricted"
_OUTSIDE_ROLES = frozenset({Role.CUSTOMER, Role.READER})


def edition_for(membership: Membership | None) -> Edition:
    """Say which edition somebody is shown.

    Parameters
    ----------
    membership : Membership or None
        What the person is in the study.

    Returns
    -------
    {"master", "restricted"}
        By the role; the master where there is none, since then no page of results opens.
    """
    outside = membership is not None and membership.role in _OUTSIDE_ROLES
    return OUTSIDE if outside else MASTER


def edition_of(request: HttpRequest) -> Edition:
    """Say which edition the person who asks is shown.

    Parameters
    ----------
    request : HttpRequest
        That the gate let in.

    Returns
    -------
    {"master", "restricted"}
        In the study of the address.
    """
    return edition_for(getattr(request, "membership", None))
