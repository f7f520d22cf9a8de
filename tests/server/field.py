"""A study in the field for tests: a questionnaire and interviewers with phones.

In: a database. Out: rows as the server itself makes them, and phones within the process.
"""

from collections.abc import Mapping

from django.test import Client

from tyndau_server.fieldwork.instruments import agree, issue, open_field, set_pilot
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.people.tokens import issue_token

from .interviews import small_form
from .openrosa_client import Answer, Phone, Transport

STUDY = "field-study"


def interviewer(
    code: str = "i07",
    *,
    study: str = STUDY,
    forms: tuple[str, ...] = (),
    language: str = "ru",
) -> str:
    """Make an interviewer with a phone; return the phone's secret."""
    person = Person.objects.create(name=f"Interviewer {code}", language=language)
    membership = Membership.objects.create(
        person=person, study=study, role=Role.INTERVIEWER, code=code, forms=list(forms)
    )
    return issue_token(membership, "a phone")


def asked(
    xform: bytes | None = None,
    *,
    study: str = STUDY,
    population: str = "residents",
    files: Mapping[str, bytes] | None = None,
) -> Instrument:
    """Bring a questionnaire into the field."""
    content = small_form() if xform is None else xform
    draft = issue(study, population, xform=content, files=files or {}, by=None)
    return open_field(agree(draft, by=None), by=None)


def in_pilot(xform: bytes | None = None, *, study: str = STUDY) -> Instrument:
    """Bring a questionnaire into a pilot."""
    content = small_form() if xform is None else xform
    draft = issue(study, "residents", xform=content, files={}, by=None)
    return set_pilot(draft, True, by=None)


def within(client: Client) -> Transport:
    """Return what sends requests to the server's code within this process."""

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        given = client.generic(
            method,
            path,
            body,
            content_type=headers.get("Content-Type", ""),
            headers={name: text for name, text in headers.items() if name != "Content-Type"},
        )
        content = b"".join(given) if given.streaming else given.content  # type: ignore[attr-defined]
        named = {name.lower(): text for name, text in given.headers.items()}
        return Answer(given.status_code, named, content)

    return send


def phone_within(secret: str) -> Phone:
    """Return a phone whose requests stay within this process."""
    return Phone(f"http://testserver/k/{secret}", within(Client()))
