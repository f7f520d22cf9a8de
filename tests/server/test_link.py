"""``/LANGUAGE/links/SECRET``: one-time links for roles, passwords and phones."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from tyndau.base.errors import UserError
from tyndau_server.audit import log
from tyndau_server.audit.models import Entry
from tyndau_server.people import invitations
from tyndau_server.people.members import Decider
from tyndau_server.people.models import Invitation, Membership, Person, Role

from .conftest import BUILT, REAL, NewPerson, Serve, SignIn

PASSWORD = "үш сөз бірге айтылмайды"
NEW = {"with": "new", "name": "Әсел Қ.", "email": "asel@tyndau.example"}
NEW_PASSWORD = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def head(person: NewPerson, serve: Serve, built: Path, real: Path) -> Decider:
    """Return the head of a study, who decides."""
    serve(built, real)
    who = person(Role.HEAD, BUILT)
    return Decider(who, BUILT, who.memberships.get())


@pytest.fixture
def secret(head: Decider) -> str:
    """Return the secret of a link for a supervisor."""
    return invitations.invite(
        head, study=BUILT, role=Role.SUPERVISOR, name="Әсел", email="asel@tyndau.example",
        territories=["old"],
    )  # fmt: skip


def _at(secret: str) -> str:
    return f"/kk/links/{secret}"


def test_it_works(secret: str) -> None:
    browser = Client()
    page = browser.get(_at(secret)).content.decode()
    assert 'value="Әсел"' in page
    answer = browser.post(_at(secret), {**NEW, **NEW_PASSWORD})
    assert answer["Location"] == f"/kk/studies/{BUILT}/"
    assert browser.get(answer["Location"]).status_code == 200
    person = Person.objects.get(email="asel@tyndau.example")
    assert person.check_password(PASSWORD)
    assert person.language == "kk"
    membership = person.memberships.get()
    assert (membership.study, membership.role) == (BUILT, Role.SUPERVISOR)
    assert membership.territories == ["old"]
    assert [entry.action for entry in Entry.objects.order_by("number")] == [
        "link.made.join", "link.used.join",
    ]  # fmt: skip


def test_looking_at_a_link_does_not_use_it(secret: str) -> None:
    for _ in range(3):
        assert Client().get(_at(secret)).status_code == 200
        assert Client().head(_at(secret)).status_code == 200
    assert Client().post(_at(secret), {**NEW, **NEW_PASSWORD}).status_code == 302


def test_it_is_worth_no_more_than_who_made_it(head: Decider, secret: str) -> None:
    Membership.objects.filter(person=head.person).update(ended=timezone.now())
    assert Client().get(_at(secret)).status_code == 410
    assert Client().post(_at(secret), {**NEW, **NEW_PASSWORD}).status_code == 410
    assert not Person.objects.filter(email=NEW["email"]).exists()


def test_it_works_once(secret: str) -> None:
    Client().post(_at(secret), {**NEW, **NEW_PASSWORD})
    other = {**NEW, "email": "other@tyndau.example", **NEW_PASSWORD}
    answer = Client().post(_at(secret), other)
    assert answer.status_code == 410
    assert "server.link-used" not in answer.content.decode()
    assert Client().get(_at(secret)).status_code == 410
    assert Person.objects.filter(email="other@tyndau.example").count() == 0


def test_two_who_use_it_at_once_are_one(secret: str) -> None:
    first, second = invitations.find(secret), invitations.find(secret)
    given = {"name": "A", "password": PASSWORD, "language": "kk"}
    invitations.join_anew(first, email="a@tyndau.example", **given)
    with pytest.raises(UserError, match=r"server\.link-used"):
        invitations.join_anew(second, email="b@tyndau.example", **given)
    assert not Person.objects.filter(email="b@tyndau.example").exists()


def test_a_link_that_is_too_old_says_so_and_no_more(secret: str) -> None:
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    answer = Client().get(_at(secret))
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "Әсел" not in page
    assert BUILT not in page
    assert Client().post(_at(secret), {**NEW, **NEW_PASSWORD}).status_code == 410


@pytest.mark.parametrize("wrong", ["x", "a" * 24, "%00", "ә" * 30, "a" * 5000])
def test_a_link_that_leads_nowhere_says_so(head: Decider, wrong: str) -> None:
    answer = Client().get(_at(wrong))
    assert answer.status_code == 410
    assert answer["Referrer-Policy"] == "strict-origin"


def test_a_link_that_was_taken_back_says_so(secret: str, head: Decider) -> None:
    invitations.revoke(Invitation.objects.get(), head.person)
    invitations.revoke(Invitation.objects.get(), head.person)
    assert Client().get(_at(secret)).status_code == 410
    assert Entry.objects.filter(action="link.revoked").count() == 1


def test_neither_referrer_nor_cache_gets_to_know_it(secret: str) -> None:
    for answer in (
        Client().get(_at(secret)), Client().post(_at(secret), {}),
        Client().post(_at(secret), {**NEW, **NEW_PASSWORD}), Client().get(_at(secret)),
    ):  # fmt: skip
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["Cache-Control"] == "no-store"


def test_the_secret_is_kept_nowhere(secret: str) -> None:
    kept = str(list(Invitation.objects.values())) + str(list(Entry.objects.values()))
    assert secret not in kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"password": "short", "again": "short"}, "asel@tyndau.example"),
        ({"password": PASSWORD, "again": PASSWORD + "x"}, "asel@tyndau.example"),
        ({"password": "password1234", "again": "password1234"}, "asel@tyndau.example"),
        ({"password": "asel@tyndau.example", "again": "asel@tyndau.example"}, "asel@"),
        ({"password": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"}, "asel@tyndau.example"),
        ({**NEW_PASSWORD, "name": " "}, "asel@tyndau.example"),
        ({**NEW_PASSWORD, "email": "no address"}, "no address"),
        ({**NEW_PASSWORD, "email": "a\0@b.kz"}, "Әсел"),
    ],
)
def test_what_is_typed_wrong_is_said_and_the_rest_is_kept(
    secret: str, typed: dict[str, str], kept: str
) -> None:
    answer = Client().post(_at(secret), {**NEW, **typed})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert kept in page
    assert PASSWORD not in page
    assert not Person.objects.filter(memberships__role=Role.SUPERVISOR).exists()
    assert Client().get(_at(secret)).status_code == 200, "it was not used"


class TestAccountThatExists:
    """Somebody who works in another study already."""

    @pytest.fixture
    def colleague(self, person: NewPerson) -> Person:
        """Return somebody with a password, a reader elsewhere."""
        who = person(Role.READER, REAL)
        who.set_password(PASSWORD)
        who.save()
        return who

    def test_it_joins_signed_in(self, secret: str, colleague: Person, sign_in: SignIn) -> None:
        browser = sign_in(colleague)
        assert colleague.name in browser.get(_at(secret)).content.decode()
        key = browser.session.session_key
        assert browser.post(_at(secret), {"with": "session"}).status_code == 302
        assert browser.session.session_key != key
        assert colleague.memberships.get(study=BUILT).role == Role.SUPERVISOR
        assert colleague.memberships.get(study=REAL).role == Role.READER

    def test_it_joins_by_its_password(self, secret: str, colleague: Person) -> None:
        browser = Client()
        typed = {"with": "account", "email": colleague.email, "password": PASSWORD}
        assert browser.post(_at(secret), typed).status_code == 302
        assert browser.get(f"/kk/studies/{BUILT}/").status_code == 200

    def test_a_wrong_password_joins_nothing(self, secret: str, colleague: Person) -> None:
        typed = {"with": "account", "email": colleague.email, "password": "wrong"}
        answer = Client().post(_at(secret), typed)
        assert answer.status_code == 400
        assert "<details" in answer.content.decode()
        assert not colleague.memberships.filter(study=BUILT).exists()

    def test_its_address_makes_no_second_account(self, secret: str, colleague: Person) -> None:
        typed = {**NEW, **NEW_PASSWORD, "email": colleague.email}
        assert Client().post(_at(secret), typed).status_code == 400
        assert Client().get(_at(secret)).status_code == 200

    def test_who_is_in_the_study_stays_what_they_are(
        self, secret: str, person: NewPerson, sign_in: SignIn
    ) -> None:
        who = person(Role.READER, BUILT)
        answer = sign_in(who).post(_at(secret), {"with": "session"})
        assert answer.status_code == 400
        assert who.memberships.get().role == Role.READER

    def test_who_made_the_link_cannot_use_it(
        self, secret: str, head: Decider, sign_in: SignIn
    ) -> None:
        assert sign_in(head.person).post(_at(secret), {"with": "session"}).status_code == 400


def test_an_administrator_comes_by_a_link() -> None:
    secret = invitations.invite_administrator(None, name="Ә", email="a@b.kz")
    browser = Client()
    browser.post(_at(secret), {**NEW, **NEW_PASSWORD})
    assert Person.objects.get().administrator
    assert browser.get("/kk/persons/")["Location"].startswith("/kk/second-factor")


class TestRenewal:
    """New passwords and new phones."""

    @pytest.fixture
    def sociologist(self, head: Decider, person: NewPerson) -> Person:
        """Return a sociologist of the head's study."""
        who = person(Role.SOCIOLOGIST, BUILT)
        who.set_password("the old one is forgotten")
        who.save()
        return who

    def test_a_password_is_renewed(
        self, head: Decider, sociologist: Person, sign_in: SignIn
    ) -> None:
        elsewhere = sign_in(sociologist)
        secret = invitations.renew(head.person, head.membership, sociologist, "password")
        browser = Client()
        assert browser.get(_at(secret)).status_code == 200
        assert browser.post(_at(secret), NEW_PASSWORD).status_code == 302
        sociologist.refresh_from_db()
        assert sociologist.check_password(PASSWORD)
        assert elsewhere.get("/kk/")["Location"].startswith("/kk/sign-in"), "all sessions end"
        # A link for a password does not replace the second factor.
        assert browser.get("/kk/")["Location"].startswith("/kk/second-factor?")
        assert browser.post(_at(secret), NEW_PASSWORD).status_code == 410

    def test_a_phone_is_renewed_by_who_knows_the_password(
        self, head: Decider, sociologist: Person, sign_in: SignIn
    ) -> None:
        elsewhere = sign_in(sociologist)
        secret = invitations.renew(head.person, head.membership, sociologist, "device")
        typed = {"email": sociologist.email, "password": "wrong"}
        assert Client().post(_at(secret), typed).status_code == 400
        assert TOTPDevice.objects.count() == 1
        browser = Client()
        typed["password"] = "the old one is forgotten"
        assert browser.post(_at(secret), typed)["Location"] == "/kk/second-factor/new"
        assert browser.get("/kk/second-factor/new").status_code == 200
        assert TOTPDevice.objects.filter(confirmed=True).count() == 0
        assert elsewhere.get("/kk/")["Location"].startswith("/kk/sign-in")

    def test_the_password_of_another_renews_no_phone(
        self, head: Decider, sociologist: Person, person: NewPerson
    ) -> None:
        other = person(Role.READER, BUILT)
        other.set_password(PASSWORD)
        other.save()
        secret = invitations.renew(head.person, head.membership, sociologist, "device")
        typed = {"email": other.email, "password": PASSWORD}
        assert Client().post(_at(secret), typed).status_code == 400

    def test_a_head_renews_only_who_works_in_the_own_studies(
        self, head: Decider, sociologist: Person, person: NewPerson
    ) -> None:
        def refused(who: Person) -> bool:
            try:
                invitations.renew(head.person, head.membership, who, "password")
            except UserError:
                return True
            return False

        assert not refused(sociologist)
        Membership.objects.create(person=sociologist, study=REAL, role=Role.READER)
        assert refused(sociologist), "works elsewhere, too"
        administrator = Person.objects.create(name="A", email="a@b.kz", administrator=True)
        Membership.objects.create(person=administrator, study=BUILT, role=Role.READER)
        assert refused(administrator)
        assert refused(head.person)

    def test_who_was_shut_out_comes_in_by_no_link(self, head: Decider, sociologist: Person) -> None:
        secret = invitations.renew(head.person, head.membership, sociologist, "password")
        Person.objects.filter(pk=sociologist.pk).update(is_active=False)
        assert Client().post(_at(secret), NEW_PASSWORD).status_code == 410


def test_the_log_of_it_all_is_whole(secret: str) -> None:
    Client().post(_at(secret), {**NEW, **NEW_PASSWORD})
    assert log.verify().faults == ()


def test_secrets_are_long_and_never_the_same(head: Decider) -> None:
    made = {
        invitations.invite(head, study=BUILT, role=Role.READER, name="A", email="a@b.kz")
        for _ in range(20)
    }
    assert len(made) == 20
    assert all(re.fullmatch(r"[\w-]{24}", secret) for secret in made)
