"""Sessions: begun at the door, ended after a while, all at once, or as soon as rights change.

In: a request and a person. Out: a session under a new key. A session lasts twelve hours at most,
and two hours without a page.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from tyndau_server.audit import log
from tyndau_server.people.models import Person

IDLE = timedelta(hours=2)
CAME, SEEN, DEMO = "came", "seen", "demo"
_SEEN_ANEW = 60
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, person: Person, *, demo: bool = False) -> None:
    """Begin a session, under a new key.

    Parameters
    ----------
    request : HttpRequest
        Of the visitor.
    person : Person
        Whose session it becomes.
    demo : bool, default False
        Whether the person is a made-up one of the demonstration.
    """
    login(request, person, backend=_BACKEND)
    now = int(timezone.now().timestamp())
    request.session[CAME] = request.session[SEEN] = now
    if demo:
        request.session[DEMO] = True


def lasts(request: HttpRequest) -> bool:
    """Tell whether a session still holds, and note that it was used.

    Parameters
    ----------
    request : HttpRequest
        Of somebody who is signed in.

    Returns
    -------
    bool
        False after the time is over, and for a session of the demonstration outside of it.
    """
    session, now = request.session, int(timezone.now().timestamp())
    came, seen = session.get(CAME, 0), session.get(SEEN, 0)
    over = now - came > settings.SESSION_COOKIE_AGE or now - seen > IDLE.total_seconds()
    if over or (session.get(DEMO) and not settings.TYNDAU_DEMO):
        return False
    if now - seen > _SEEN_ANEW:
        session[SEEN] = now
    return True


def end_others(request: HttpRequest, person: Person) -> None:
    """End all sessions of a person but this one, which gets a new key.

    Parameters
    ----------
    request : HttpRequest
        Of the person.
    person : Person
        Who asks for it.
    """
    with transaction.atomic():
        end_all(person)
        log.write("person.sessions-ended", actor=person, subject=person.name)
    update_session_auth_hash(request, person)


def end_all(person: Person) -> None:
    """End all sessions of a person, inside the caller's transaction.

    Parameters
    ----------
    person : Person
        Whose.
    """
    person.turn += 1
    person.save(update_fields=["turn"])
