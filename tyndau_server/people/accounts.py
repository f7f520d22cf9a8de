"""Accounts: one's own password, and what administrators decide of others.

In: who decides, of whom. Out: a changed account, with an entry in the log.
"""

from django.contrib.auth import authenticate, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from tyndau_server.audit import log
from tyndau_server.people import problems, rank, session
from tyndau_server.people.models import Person


def confirm(request: HttpRequest, person: Person, present: str) -> None:
    """See that it is the person who sits at a session; who guesses too often waits, as at the door.

    Parameters
    ----------
    request : HttpRequest
        Of the person.
    person : Person
        Who.
    present : str
        The password, as typed.

    Raises
    ------
    UserError
        If it is wrong.
    """
    typed = present[:1000].replace("\0", "")
    if authenticate(request, username=person.email, password=typed) != person:
        raise problems.PASSWORD_WRONG.error()


def change_password(request: HttpRequest, person: Person, *, present: str, new: str) -> None:
    """Change one's own password; all other sessions end, this one gets a new key.

    Parameters
    ----------
    request : HttpRequest
        Of the person.
    person : Person
        Who.
    present, new : str
        The password until now, and the next one.

    Raises
    ------
    UserError
        If the present one is wrong: `confirm`.
    """
    confirm(request, person, present)
    with transaction.atomic():
        person.set_password(new)
        person.save(update_fields=["password"])
        log.write("person.password-changed", actor=person, subject=person.name)
    update_session_auth_hash(request, person)


def set_active(by: Person, person: Person, active: bool) -> None:
    """Let a person come in, or no more; who may not is signed out everywhere at once.

    Parameters
    ----------
    by : Person
        An administrator.
    person : Person
        Who.
    active : bool
        Whether they may.

    Raises
    ------
    UserError
        If it is oneself or the last administrator.
    """
    _require(by, person)
    with transaction.atomic():
        if not active:
            rank.keep_an_administrator(person)
        if Person.objects.filter(pk=person.pk, is_active=not active).update(is_active=active):
            session.end_all(person)
            action = "person.let-in" if active else "person.shut-out"
            log.write(action, actor=by, subject=person.name)


def set_administrator(by: Person, person: Person, administrator: bool) -> None:
    """Make a person an administrator, or none any more.

    Parameters
    ----------
    by : Person
        An administrator.
    person : Person
        Who.
    administrator : bool
        Whether they are to be one.

    Raises
    ------
    UserError
        If it is oneself, somebody without an account, or the last administrator.
    """
    _require(by, person)
    if person.email is None:
        raise problems.NOT_YOURS.error()
    with transaction.atomic():
        if not administrator:
            rank.keep_an_administrator(person)
        others = Person.objects.filter(pk=person.pk, administrator=not administrator)
        if others.update(administrator=administrator):
            action = "person.administrator" if administrator else "person.no-administrator"
            log.write(action, actor=by, subject=person.name)


def _require(by: Person, person: Person) -> None:
    if not by.administrator or by.pk == person.pk:
        raise problems.NOT_YOURS.error()
