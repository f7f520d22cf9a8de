"""Who may decide of whom: which roles one may give, take and renew.

In: who decides, as what; about whom. Out: whether. Nobody decides of themselves, so that nobody
rises by their own hand; a study keeps a head and the server an administrator.
"""

from tyndau_server.people import problems
from tyndau_server.people.models import Membership, Person, Role

FIELD_STAFF = (Role.SUPERVISOR, Role.INTERVIEWER, Role.MODERATOR)


def givable(by: Person, membership: Membership | None) -> tuple[Role, ...]:
    """Return the roles that a person may give in a study.

    Parameters
    ----------
    by : Person
        Who decides.
    membership : Membership or None
        What the person is in the study.

    Returns
    -------
    tuple of Role
        All for an administrator and a head, those of the field for a sociologist, else none.
    """
    if by.administrator or (membership and membership.role == Role.HEAD):
        return tuple(Role)
    if membership and membership.role == Role.SOCIOLOGIST:
        return FIELD_STAFF
    return ()


def may_decide_of(by: Person, membership: Membership | None, other: Membership) -> bool:
    """Tell whether a person may change or end what another one is in a study.

    Parameters
    ----------
    by : Person
        Who decides.
    membership : Membership or None
        What the person is in the study.
    other : Membership
        What is decided of.

    Returns
    -------
    bool
        Never of oneself.
    """
    return other.person_id != by.pk and Role(other.role) in givable(by, membership)


def may_renew(by: Person, membership: Membership | None, person: Person) -> bool:
    """Tell whether a person may make a link for a new password or phone of another one.

    Parameters
    ----------
    by : Person
        Who decides.
    membership : Membership or None
        What the person is in the study in question.
    person : Person
        Whose account it is.

    Returns
    -------
    bool
        An administrator may for everybody else. A head may for who works in the head's studies
        alone: whoever makes such a link could come in as that person.
    """
    if person.pk == by.pk or person.email is None or not person.is_active:
        return False
    if by.administrator:
        return True
    if person.administrator or not (membership and membership.role == Role.HEAD):
        return False
    headed = Membership.objects.filter(person=by, role=Role.HEAD, ended=None).values("study")
    return not (
        Membership.objects.filter(person=person, ended=None).exclude(study__in=headed).exists()
    )


def keep_a_head(other: Membership) -> None:
    """Refuse to lose the last head of a study, inside the caller's transaction.

    Parameters
    ----------
    other : Membership
        Which is about to end or to change its role.

    Raises
    ------
    UserError
        If no other head is left.
    """
    if other.role == Role.HEAD:
        heads = Membership.objects.select_for_update().filter(
            study=other.study, role=Role.HEAD, ended=None, person__is_active=True
        )
        if not any(one.pk != other.pk for one in heads.order_by("pk")):
            raise problems.LAST_HEAD.error()


def keep_an_administrator(person: Person) -> None:
    """Refuse to lose the last administrator, inside the caller's transaction.

    Parameters
    ----------
    person : Person
        Who is about to be none any more.

    Raises
    ------
    UserError
        If no other administrator is left.
    """
    if person.administrator:
        all_ = Person.objects.select_for_update().filter(administrator=True, is_active=True)
        if not any(one.pk != person.pk for one in all_.order_by("pk")):
            raise problems.LAST_ADMINISTRATOR.error()
