"""What of the whole a person may see: which studies.

In: a person. Out: slugs. The matrix says which routes are open; whose interviews one sees behind
them says `tyndau_server.fieldwork.seen`.
"""

from collections.abc import Container, Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from tyndau_server.people.models import Membership, Person


class _Every:
    """Contains everything."""

    def __contains__(self, slug: object) -> bool:
        return True


def slugs_of(person: AbstractBaseUser | AnonymousUser) -> Container[str]:
    """Return the studies in which a person has a part.

    Parameters
    ----------
    person : Person
        Who is signed in.

    Returns
    -------
    container of str
        Slugs; an administrator has a part in all.
    """
    if not isinstance(person, Person):
        return frozenset()
    if person.administrator:
        return _Every()
    return frozenset(
        Membership.objects.filter(person=person, ended=None).values_list("study", flat=True)
    )


def memberships_of(person: AbstractBaseUser | AnonymousUser) -> Mapping[str, Membership]:
    """Return what a person is in which studies.

    Parameters
    ----------
    person : Person
        Who is signed in.

    Returns
    -------
    mapping of str to Membership
        By slug.
    """
    if not isinstance(person, Person):
        return {}
    return {one.study: one for one in Membership.objects.filter(person=person, ended=None)}
