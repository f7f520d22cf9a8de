"""``/LANGUAGE/persons/``: accounts, for the administrators of the server."""

import re

import pytest
from django.test import Client

from tyndau_server.audit.models import Entry
from tyndau_server.people.models import Invitation, Person, Role

from .conftest import BUILT, NewPerson, SignIn

PERSONS = "/ru/persons/"


@pytest.fixture
def oneself() -> Person:
    """Return an administrator."""
    return Person.objects.create(name="Өмір", email="a@tyndau.example", administrator=True)


@pytest.fixture
def administrator(oneself: Person, sign_in: SignIn) -> Client:
    """Return the browser of an administrator."""
    return sign_in(oneself)


def test_it_works(administrator: Client, person: NewPerson) -> None:
    other = person(Role.HEAD, BUILT)
    page = administrator.get(PERSONS).content.decode()
    assert other.name in page
    assert BUILT in administrator.get(f"{PERSONS}{other.pk}/").content.decode()


def test_an_administrator_is_invited(administrator: Client) -> None:
    page = administrator.post(PERSONS, {"name": "Ә", "email": "b@b.kz"}).content.decode()
    assert re.search(r"http://testserver/kk/links/[\w-]{24}", page)
    made = Invitation.objects.get()
    assert made.administrator
    administrator.post(f"{PERSONS}links/{made.pk}/revoke")
    assert "b@b.kz" not in administrator.get(PERSONS).content.decode()


def test_an_account_is_closed_and_opened(
    administrator: Client, person: NewPerson, sign_in: SignIn
) -> None:
    other = person(Role.READER, BUILT)
    theirs = sign_in(other)
    assert theirs.get("/ru/").status_code == 200
    administrator.post(f"{PERSONS}{other.pk}/active", {"on": "0"})
    assert theirs.get("/ru/").status_code == 302
    administrator.post(f"{PERSONS}{other.pk}/active", {"on": "1"})
    assert theirs.get("/ru/").status_code == 302, "the old session does not come back"
    assert sign_in(Person.objects.get(pk=other.pk)).get("/ru/").status_code == 200
    assert [one.action for one in Entry.objects.order_by("number")] == [
        "person.shut-out", "person.let-in",
    ]  # fmt: skip


def test_nobody_decides_of_themselves(administrator: Client, oneself: Person) -> None:
    for what, on in (("active", "0"), ("administrator", "0")):
        assert administrator.post(f"{PERSONS}{oneself.pk}/{what}", {"on": on}).status_code == 400
    answer = administrator.post(f"{PERSONS}{oneself.pk}/link", {"kind": "password"})
    assert answer.status_code == 400
    assert Person.objects.filter(administrator=True, is_active=True).count() == 1


def test_one_administrator_makes_another_and_takes_it_back(
    administrator: Client, person: NewPerson
) -> None:
    other = person(Role.HEAD, BUILT)
    administrator.post(f"{PERSONS}{other.pk}/administrator", {"on": "1"})
    assert Person.objects.get(pk=other.pk).administrator
    administrator.post(f"{PERSONS}{other.pk}/administrator", {"on": "0"})
    assert not Person.objects.get(pk=other.pk).administrator


def test_an_interviewer_is_made_no_administrator(administrator: Client, person: NewPerson) -> None:
    other = person(Role.INTERVIEWER, BUILT)
    answer = administrator.post(f"{PERSONS}{other.pk}/administrator", {"on": "1"})
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["password", "device"])
def test_a_link_renews_what_was_lost(administrator: Client, person: NewPerson, kind: str) -> None:
    other = person(Role.HEAD, BUILT)
    page = administrator.post(f"{PERSONS}{other.pk}/link", {"kind": kind}).content.decode()
    (link,) = set(re.findall(r"http://testserver/ru/links/[\w-]{24}", page))
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize("kind", ["", "join", "king"])
def test_no_other_link_is_made(administrator: Client, person: NewPerson, kind: str) -> None:
    other = person(Role.HEAD, BUILT)
    assert administrator.post(f"{PERSONS}{other.pk}/link", {"kind": kind}).status_code == 400


def test_who_is_not_there_is_not_there(administrator: Client) -> None:
    assert administrator.get(f"{PERSONS}999999/").status_code == 404
