"""Which pages of a study a person may open: the matrix, asked before a link is shown.

In: a request that passed the gate. Out: `Doors`. The gate refuses all the same whoever types an
address; here it is only kept from offering what it would refuse. A route that has no row yet is a
page that is not made yet.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from tyndau_server.people.matrix import MATRIX
from tyndau_server.people.models import Membership, Person


@dataclass(frozen=True, slots=True)
class Doors:
    """What a person may open in a study.

    Attributes
    ----------
    language, slug : str
        Of the addresses.
    role : str
        The person's role in the study; empty for none.
    administrator : bool
        Whether the person looks after the server.
    """

    language: str
    slug: str
    role: str
    administrator: bool

    def may(self, route: str) -> bool:
        """Tell whether a route is there and the person may ask for it.

        Parameters
        ----------
        route : str
            Its name, of a route of a study.

        Returns
        -------
        bool
            False too where nobody made it yet.
        """
        row = MATRIX.get(route)
        if row is None or row.scope != "study":
            return False
        return self.role in row.roles or (row.administrator and self.administrator)

    def address(self, route: str, *parts: str) -> str:
        """Return the address of a route.

        Parameters
        ----------
        route : str
            Its name.
        *parts : str
            What its address holds after the study's slug.

        Returns
        -------
        str
            The address; empty where the person may not, or it is not there.
        """
        if not self.may(route):
            return ""
        return reverse(route, args=[self.language, self.slug, *parts])


def roles_of(route: str) -> Collection[str]:
    """Return the roles that may ask for a route of a study.

    Parameters
    ----------
    route : str
        Its name.

    Returns
    -------
    collection of str
        Empty where it is not there.
    """
    row = MATRIX.get(route)
    return row.roles if row else frozenset()


def doors_of(request: HttpRequest, language: str, slug: str) -> Doors:
    """Tell what the person of a request may open in a study.

    Parameters
    ----------
    request : HttpRequest
        That the gate let into the study.
    language, slug : str
        Of the address.

    Returns
    -------
    Doors
        By role, or as administrator.
    """
    return doors_for(request.user, getattr(request, "membership", None), language, slug)


def doors_for(person: object, membership: Membership | None, language: str, slug: str) -> Doors:
    """Tell what somebody may open in a study.

    Parameters
    ----------
    person : Person or AnonymousUser
        Who.
    membership : Membership or None
        What the person is in the study.
    language, slug : str
        Of the addresses.

    Returns
    -------
    Doors
        By role, or as administrator.
    """
    return Doors(
        language=language,
        slug=slug,
        role=membership.role if membership else "",
        administrator=isinstance(person, Person) and person.administrator,
    )
