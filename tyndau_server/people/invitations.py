"""One-time links: made, taken back, opened, used.

In: who invites whom; or the secret of a link. Out: links, which are shown once, and what comes of
them: an account, a role, a new password, a new phone. Opening a link changes nothing, since
messengers open links to show what is behind them; only sending its form does.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.people import problems, rank, second_factor, session
from tyndau_server.people.members import Decider
from tyndau_server.people.models import Invitation, Membership, Person, Role
from tyndau_server.people.tokens import digest, new_secret

LASTS = timedelta(days=7)
Kind = Invitation.Kind


def invite(
    decider: Decider | None,
    *,
    study: str,
    role: str,
    name: str,
    email: str,
    territories: Iterable[str] = (),
) -> str:
    """Invite somebody into a study.

    Parameters
    ----------
    decider : Decider or None
        Who invites; None for the command line.
    study, role : str
        What the person becomes where.
    name, email : str
        Of whom it is meant for.
    territories : iterable of str, default ()
        Of a supervisor; empty for all.

    Returns
    -------
    str
        The link's secret, which nobody can read again.

    Raises
    ------
    UserError
        If the role is not theirs to give; interviewers are not invited but added.
    """
    if role == Role.INTERVIEWER:
        raise problems.NOT_YOURS.error()
    if decider:
        decider.require(role)
    return _make(
        decider.person if decider else None,
        name=name, email=email, study=study, role=role, territories=list(territories),
    )  # fmt: skip


def invite_administrator(by: Person | None, *, name: str, email: str) -> str:
    """Invite an administrator of the server.

    Parameters
    ----------
    by : Person or None
        An administrator; None for the command line.
    name, email : str
        Of whom it is meant for.

    Returns
    -------
    str
        The link's secret.

    Raises
    ------
    UserError
        If the person is no administrator.
    """
    if by and not by.administrator:
        raise problems.NOT_YOURS.error()
    return _make(by, name=name, email=email, administrator=True)


def renew(by: Person, membership: Membership | None, person: Person, kind: str) -> str:
    """Make a link by which a person sets a new password or a new phone.

    Parameters
    ----------
    by : Person
        Who makes it.
    membership : Membership or None
        What they are in the study on whose page they do.
    person : Person
        Whose account it is.
    kind : {"password", "device"}
        What is renewed.

    Returns
    -------
    str
        The link's secret.

    Raises
    ------
    UserError
        If it is not theirs to decide.
    """
    if kind not in (Kind.PASSWORD, Kind.DEVICE) or not rank.may_renew(by, membership, person):
        raise problems.NOT_YOURS.error()
    return _make(
        by,
        kind=kind, name=person.name, email=person.email or "", person=person,
        of=membership.study if membership else "",
    )  # fmt: skip


def _make(by: Person | None, *, of: str = "", **fields: object) -> str:
    secret = new_secret()
    with transaction.atomic():
        made = Invitation.objects.create(
            digest=digest(secret), made_by=by, expires=timezone.now() + LASTS, **fields
        )
        _write(f"link.made.{made.kind}", made, by, study=made.study or of)
    return secret


def waiting(study: str) -> QuerySet[Invitation]:
    """Return the links into a study that can still be used, the newest first.

    Parameters
    ----------
    study : str
        The study's slug; empty for those of administrators.

    Returns
    -------
    QuerySet of Invitation
        The links.
    """
    return Invitation.objects.filter(
        study=study, kind=Kind.JOIN, used=None, revoked=None, expires__gt=timezone.now()
    ).order_by("-pk")


def revoke(invitation: Invitation, by: Person) -> None:
    """Take a link back; a second time changes nothing.

    Parameters
    ----------
    invitation : Invitation
        The link.
    by : Person
        Who does.
    """
    with transaction.atomic():
        unused = Invitation.objects.filter(pk=invitation.pk, used=None, revoked=None)
        if unused.update(revoked=timezone.now()):
            _write("link.revoked", invitation, by)


def find(secret: str) -> Invitation:
    """Find what a link stands for, while it can be used.

    Parameters
    ----------
    secret : str
        As it stands in the address.

    Returns
    -------
    Invitation
        The link.

    Raises
    ------
    UserError
        If it is unknown, used, taken back or too old: nothing else is said of it.
    """
    found = Invitation.objects.select_related("person").filter(digest=digest(secret)).first()
    if found is None or (found.person and not found.person.is_active):
        raise problems.LINK_UNKNOWN.error()
    _require_open(found)
    return found


def _require_open(found: Invitation) -> None:
    if found.used:
        raise problems.LINK_USED.error()
    # A link is worth no more than the power of who made it is now.
    if found.revoked or not _still_given(found):
        raise problems.LINK_REVOKED.error()
    if found.expires <= timezone.now():
        raise problems.LINK_EXPIRED.error(days=LASTS.days)


def _still_given(found: Invitation) -> bool:
    """Tell whether who made a link could make it today."""
    by = found.made_by
    if by is None:
        return True
    parts = Membership.objects.filter(person=by, ended=None)
    if not by.is_active or found.administrator:
        return by.is_active and by.administrator
    if found.person is not None:
        headed = parts.filter(role=Role.HEAD).first()
        return rank.may_renew(by, headed, found.person)
    return Role(found.role) in rank.givable(by, parts.filter(study=found.study).first())


def _take(invitation: Invitation) -> None:
    """Use a link, inside the caller's transaction, whoever else tries the same."""
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _require_open(held)
    held.used = timezone.now()
    held.save(update_fields=["used"])


def join_anew(
    invitation: Invitation, *, name: str, email: str, password: str, language: str
) -> Person:
    """Make an account by a link, and give it what the link promises.

    Parameters
    ----------
    invitation : Invitation
        The link.
    name, email, password : str
        Of the account.
    language : str
        In which the person reads: ``kk``, ``ru`` or ``en``.

    Returns
    -------
    Person
        The account.

    Raises
    ------
    UserError
        If the link was used meanwhile, or there is an account of the address.
    """
    try:
        with transaction.atomic():
            person = Person(name=name, email=email, language=language)
            person.set_password(password)
            person.save()
            _give(invitation, person)
    except IntegrityError as error:
        raise problems.EMAIL_TAKEN.error() from error
    return person


def join(invitation: Invitation, person: Person) -> None:
    """Give an account that exists what a link promises.

    Parameters
    ----------
    invitation : Invitation
        The link.
    person : Person
        Who is signed in.

    Raises
    ------
    UserError
        If the person made the link, has a part in the study already, or the link was used.
    """
    if invitation.made_by_id == person.pk:
        raise problems.LINK_OWN.error()
    try:
        with transaction.atomic():
            _give(invitation, person)
    except IntegrityError as error:
        raise problems.MEMBER_ALREADY.error() from error


def _give(invitation: Invitation, person: Person) -> None:
    _take(invitation)
    if invitation.administrator:
        Person.objects.filter(pk=person.pk).update(administrator=True)
    if invitation.study:
        Membership.objects.create(
            person=person,
            study=invitation.study,
            role=invitation.role,
            territories=invitation.territories,
        )
    _write("link.used.join", invitation, person)


def set_password(invitation: Invitation, password: str) -> Person:
    """Give a person a new password by a link; all sessions end.

    Parameters
    ----------
    invitation : Invitation
        The link.
    password : str
        The new one.

    Returns
    -------
    Person
        Whose it is.

    Raises
    ------
    UserError
        If the link was used meanwhile.
    """
    person = _person_of(invitation)
    with transaction.atomic():
        _take(invitation)
        person.set_password(password)
        person.save(update_fields=["password"])
        session.end_all(person)
        _write("link.used.password", invitation, person)
    return person


def take_device_away(invitation: Invitation) -> Person:
    """Take a person's lost phone away by a link, so that the next sign-in asks for another.

    Parameters
    ----------
    invitation : Invitation
        The link.

    Returns
    -------
    Person
        Whose it was; all sessions end.

    Raises
    ------
    UserError
        If the link was used meanwhile.
    """
    person = _person_of(invitation)
    with transaction.atomic():
        _take(invitation)
        second_factor.take_away(person)
        session.end_all(person)
        _write("link.used.device", invitation, person)
    return person


def _person_of(invitation: Invitation) -> Person:
    if invitation.person is None:
        raise problems.LINK_UNKNOWN.error()
    return invitation.person


def _write(
    action: str, invitation: Invitation, by: Person | None, *, study: str | None = None
) -> None:
    details: dict[str, object] = {"link": invitation.pk}
    if invitation.role:
        details |= {"role": invitation.role, "territories": _list(invitation.territories)}
    if invitation.administrator:
        details["administrator"] = True
    log.write(
        action,
        actor=by,
        study=invitation.study if study is None else study,
        subject=invitation.name,
        details=details,
    )


def _list(values: Sequence[str]) -> list[str]:
    return list(values)
