"""``.../team/tokens/NUMBER/``: a lost phone shut out, and the interviewer given another one."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tyndau_server.audit.models import Entry
from tyndau_server.control.models import Assignment, Report
from tyndau_server.fieldwork.phone import phone_of
from tyndau_server.people.models import Membership, Role, Token
from tyndau_server.people.tokens import issue_token

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import drawn, interviewer

TEAM = f"/en/studies/{REAL}/team/"
FIELD = f"/en/studies/{REAL}/field/"


@pytest.fixture
def folder(own: Own, real: Path, serve: Serve) -> Path:
    """Return a study with points, served."""
    folder = drawn(own(real))
    serve(folder)
    return folder


@pytest.fixture
def member(folder: Path) -> Membership:
    """Return an interviewer of the north."""
    del folder
    return interviewer(REAL, "i01", territories=["north"])


@pytest.fixture
def lost(member: Membership) -> Token:
    """Return the phone of the interviewer, on which four interviews wait."""
    issue_token(member, "own phone")
    token = Token.objects.get()
    Report.objects.create(token=token, moment=timezone.now(), unsent=4, drafts=1)
    return token


@pytest.fixture
def supervisor(person: NewPerson, sign_in: SignIn) -> Client:
    """Return the browser of a supervisor of the north."""
    return sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))


def _of(token: Token) -> str:
    return f"{TEAM}tokens/{token.pk}/"


def test_it_works(supervisor: Client, lost: Token) -> None:
    """From the list of phones to the page that says what happens, and from there to it."""
    assert f'href="{_of(lost)}"' in supervisor.get(f"{FIELD}today/?by=phone").content.decode()
    page = supervisor.get(_of(lost)).content.decode()
    assert "own phone" in page and "<dd>4</dd>" in page and "<dd>1</dd>" in page
    assert "they wait in quarantine" in page and "if it does not, they are lost" in page
    answer = supervisor.post(f"{_of(lost)}revoke")
    assert (answer.status_code, answer["Location"]) == (302, _of(lost))
    lost.refresh_from_db()
    assert lost.revoked
    entry = Entry.objects.get(action="token.revoked")
    assert (entry.actor_name.split()[0], entry.subject) == ("supervisor", "i01")
    page = supervisor.get(_of(lost)).content.decode()
    assert "shut out" in page and "Shut the phone out" not in page
    assert "own phone" not in supervisor.get(f"{FIELD}today/?by=phone").content.decode()


def test_the_interviewer_goes_on_with_another_phone(
    supervisor: Client, member: Membership, lost: Token
) -> None:
    supervisor.post(f"{_of(lost)}revoke")
    address = re.findall(r'action="([^"]*/token)"', supervisor.get(_of(lost)).content.decode())
    assert address == [f"{TEAM}{member.pk}/token"]
    assert "Pay is shown on a phone with a code of the office" in (
        supervisor.get(_of(lost)).content.decode()
    )
    page = supervisor.post(address[0], {"label": "spare"})
    assert page["Cache-Control"] == "no-store"
    (secret,) = re.findall(r"/k/([\w-]{24})<", page.content.decode())
    found = phone_of(secret, "en")
    assert found is not None and found.holds
    assert (found.membership, found.token.label) == (member, "spare")
    issued = Entry.objects.filter(action="token.issued").latest("number")
    assert issued.actor_name.startswith("supervisor")
    # It leads back to where the supervisor may go.
    assert f'href="{FIELD}today/?by=phone"' in page.content.decode()
    assert TEAM + '"' not in page.content.decode()
    assert supervisor.get(TEAM).status_code == 403


def test_phones_of_others_are_not_there(
    lost: Token, member: Membership, person: NewPerson, sign_in: SignIn
) -> None:
    other = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
    assert other.get(_of(lost)).status_code == 404
    assert other.post(f"{_of(lost)}revoke").status_code == 404
    assert other.post(f"{TEAM}{member.pk}/token", {"label": "mine"}).status_code == 404
    lost.refresh_from_db()
    assert lost.revoked is None
    assert Token.objects.count() == 1


def test_of_whom_the_plan_sent_there_as_long_as_it_is_so(
    lost: Token, member: Membership, supervisor: Client
) -> None:
    Membership.objects.filter(pk=member.pk).update(territories=[])
    assert supervisor.get(_of(lost)).status_code == 404
    sent = Assignment.objects.create(
        study=REAL, population="residents", membership=member, point="3", interviews=5
    )
    assert supervisor.get(_of(lost)).status_code == 200
    # A code opens what the interviewer is told of work elsewhere, so that a guest gets none here.
    assert supervisor.post(f"{TEAM}{member.pk}/token", {}).status_code == 404
    assert Token.objects.count() == 1
    issue_token(member, "second")
    second = Token.objects.latest("pk")
    assert supervisor.post(f"{_of(second)}revoke").status_code == 302
    page = supervisor.get(_of(second)).content.decode()
    assert "own territory makes a new code" in page and f"{member.pk}/token" not in page
    Assignment.objects.filter(pk=sent.pk).update(ended=timezone.now())
    assert supervisor.post(f"{_of(lost)}revoke").status_code == 404
    assert supervisor.post(f"{TEAM}{member.pk}/token", {}).status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD, Role.SOCIOLOGIST])
def test_the_office_does_it_on_the_same_page(
    lost: Token, member: Membership, person: NewPerson, sign_in: SignIn, role: str
) -> None:
    office = sign_in(person(role, REAL))
    page = office.get(f"{TEAM}{member.pk}/").content.decode()
    assert f'href="{_of(lost)}"' in page and "Pay is shown" not in page
    assert f'href="{TEAM}{member.pk}/"' in office.get(_of(lost)).content.decode()
    assert office.post(f"{_of(lost)}revoke").status_code == 302
    assert Entry.objects.filter(action="token.revoked").count() == 1
