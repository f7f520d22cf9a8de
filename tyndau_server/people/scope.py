"""What of the whole a person may see: which studies, whose interviews.

In: a person or a membership. Out: what queries are narrowed to. The matrix says which routes are
open; this says how far one sees behind them.
"""

from collections.abc import Container
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from tyndau_server.people.models import Membership, Person, Role


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


@dataclass(frozen=True, slots=True)
class Sight:
    """How far somebody sees among the interviews of a study.

    Attributes
    ----------
    territories : frozenset of str or None
        Codes of the territories; None for all.
    membership : int or None
        The one whose interviews alone are seen; None for everybody's.
    """

    territories: frozenset[str] | None = None
    membership: int | None = None


def sight_of(membership: Membership) -> Sight | None:
    """Return how far a person sees among the interviews of a study.

    Parameters
    ----------
    membership : Membership
        What the person is in it.

    Returns
    -------
    Sight or None
        A sociologist sees all, a supervisor their own territories, or all where none are named, an
        interviewer their own interviews; None for who sees no single interview.
    """
    match membership.role:
        case Role.SOCIOLOGIST:
            return Sight()
        case Role.SUPERVISOR:
            return Sight(territories=frozenset(membership.territories) or None)
        case Role.INTERVIEWER:
            return Sight(membership=membership.pk)
        case _:
            return None
