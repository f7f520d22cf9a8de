"""What of the whole a person may see: which studies, whose interviews.

In: a person or a membership. Out: what queries are narrowed to. The matrix says which routes are
open; this says how far one sees behind them.
"""

from collections.abc import Container

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
