"""``.../team/``: who is in a study, invited, added, changed, ended; phones and their codes."""

import base64
import json
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tyndau.study import load_study
from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.phone import phone_of
from tyndau_server.people.models import Invitation, Membership, Person, Role, Token
from tyndau_server.people.tokens import issue_token, seen

from .conftest import BUILT, REAL, NewPerson, Serve, SignIn


def _token_of(secret: str) -> Token | None:
    """Return the token by which a phone may still send."""
    phone = phone_of(secret, "kk")
    return phone.token if phone and phone.holds else None


TEAM = f"/ru/studies/{BUILT}/team/"
INVITE, ADD = f"{TEAM}invite", f"{TEAM}interviewer"
SOMEBODY = {"name": "Қарлығаш Әбдіқадырқызы", "email": "Q@tyndau.example"}
INTERVIEWER = {"name": "Ғалия", "code": "i07"}


@pytest.fixture(autouse=True)
def _served(serve: Serve, built: Path, real: Path) -> None:
    serve(built, real)


@pytest.fixture
def head(person: NewPerson, sign_in: SignIn) -> Client:
    """Return the browser of the head."""
    return sign_in(person(Role.HEAD, BUILT))


def test_moments_are_told_by_the_clock_of_the_study(head: Client) -> None:
    head.post(ADD, INTERVIEWER)
    Token.objects.create(
        membership=Membership.objects.get(code="i07"), digest="0" * 64, label="Honor 8",
        used=datetime(2026, 11, 28, 21, 30, tzinfo=UTC),
    )  # fmt: skip
    assert "29.11.2026, 02:30" in head.get(TEAM).content.decode()


@pytest.fixture
def sociologist(person: NewPerson, sign_in: SignIn) -> Client:
    """Return the browser of the sociologist."""
    return sign_in(person(Role.SOCIOLOGIST, BUILT))


def _of(person: Person) -> str:
    return f"{TEAM}{person.memberships.get().pk}/"


def test_it_works(head: Client) -> None:
    page = head.post(INVITE, {**SOMEBODY, "role": "sociologist"}).content.decode()
    (link,) = set(re.findall(r"http://testserver/kk/links/[\w-]{24}", page))
    assert "Қарлығаш Әбдіқадырқызы" in page
    assert len(set(re.findall(r"http://testserver/ru/links/[\w-]{24}", page))) == 1
    listed = head.get(TEAM).content.decode()
    assert link.rpartition("/")[2] not in listed, "shown once"
    assert "q@tyndau.example" in listed
    assert Client().get(link).status_code == 200


def test_a_link_is_taken_back(head: Client) -> None:
    head.post(INVITE, {**SOMEBODY, "role": "reader"})
    made = Invitation.objects.get()
    head.post(f"{TEAM}links/{made.pk}/revoke")
    assert "q@tyndau.example" not in head.get(TEAM).content.decode()


@pytest.mark.parametrize(
    "typed",
    [{"name": ""}, {"name": "x" * 201}, {"name": "a\u202eb"}, {"email": "x"}, {"role": "king"},
     {"role": ""}, {"role": "interviewer"}],
)  # fmt: skip
def test_what_is_typed_wrong_invites_nobody(head: Client, typed: dict[str, str]) -> None:
    answer = head.post(INVITE, {**SOMEBODY, "role": "reader", **typed})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_supervisor_gets_territories_of_the_study(head: Client, built: Path) -> None:
    page = head.get(INVITE).content.decode()
    codes = re.findall(r'name="territories" value="([^"]+)"', page)
    assert codes
    typed = {**SOMEBODY, "role": "supervisor", "territories": [codes[1], "made-up"]}
    head.post(INVITE, typed)
    assert Invitation.objects.get().territories == [codes[1]]


def test_whoever_gets_a_territory_gets_those_that_lie_in_it(head: Client, built: Path) -> None:
    every = load_study(built).territories
    whole = next(one.code for one in every if any(other.parent == one.code for other in every))
    typed = {**SOMEBODY, "role": "supervisor", "territories": [whole]}
    head.post(INVITE, typed)
    expected = [one.code for one in every if whole in (one.code, one.parent)]
    assert Invitation.objects.get().territories == expected


@pytest.mark.parametrize(
    ("role", "given"),
    [("supervisor", True), ("moderator", True), ("head", False), ("sociologist", False),
     ("customer", False), ("reader", False)],
)  # fmt: skip
def test_a_sociologist_gives_roles_of_the_field_alone(
    sociologist: Client, role: str, given: bool
) -> None:
    answer = sociologist.post(INVITE, {**SOMEBODY, "role": role})
    assert answer.status_code == (200 if given else 400)
    assert Invitation.objects.exists() is given
    assert (f'value="{role}"' in sociologist.get(INVITE).content.decode()) is given


class TestChange:
    """Roles changed and ended."""

    def test_a_role_is_changed(self, head: Client, person: NewPerson) -> None:
        other = person(Role.READER, BUILT)
        head.post(_of(other), {"role": "customer"})
        assert other.memberships.get().role == Role.CUSTOMER
        entry = Entry.objects.get(action="member.changed")
        assert entry.details["before"]["role"] == "reader"
        assert entry.details["after"]["role"] == "customer"

    def test_nothing_changed_is_no_entry(self, head: Client, person: NewPerson) -> None:
        head.post(_of(person(Role.READER, BUILT)), {"role": "reader"})
        assert not Entry.objects.exists()

    def test_nobody_raises_themselves(self, sociologist: Client, person: NewPerson) -> None:
        oneself = Person.objects.get()
        for role in ("head", "supervisor"):
            assert sociologist.post(_of(oneself), {"role": role}).status_code == 400
        assert sociologist.post(f"{_of(oneself)}end").status_code == 400
        other = person(Role.SUPERVISOR, BUILT)
        assert sociologist.post(_of(other), {"role": "head"}).status_code == 400
        assert {str(one.role) for one in Membership.objects.all()} == {"sociologist", "supervisor"}

    def test_a_sociologist_ends_no_head(self, sociologist: Client, person: NewPerson) -> None:
        head = person(Role.HEAD, BUILT)
        assert sociologist.post(f"{_of(head)}end").status_code == 400
        assert sociologist.post(_of(head), {"role": "reader"}).status_code == 400

    def test_the_last_head_stays(self, person: NewPerson, sign_in: SignIn) -> None:
        administrator = sign_in(Person.objects.create(name="A", email="a@b.kz", administrator=True))
        last = person(Role.HEAD, BUILT)
        assert administrator.post(f"{_of(last)}end").status_code == 400
        assert administrator.post(_of(last), {"role": "reader"}).status_code == 400
        person(Role.HEAD, BUILT)
        assert administrator.post(f"{_of(last)}end").status_code == 302

    def test_a_head_who_was_shut_out_does_not_count(
        self, person: NewPerson, sign_in: SignIn
    ) -> None:
        administrator = sign_in(Person.objects.create(name="A", email="a@b.kz", administrator=True))
        left, out = person(Role.HEAD, BUILT), person(Role.HEAD, BUILT)
        Person.objects.filter(pk=out.pk).update(is_active=False)
        assert administrator.post(f"{_of(left)}end").status_code == 400

    def test_an_end_closes_the_study_at_once(
        self, head: Client, person: NewPerson, sign_in: SignIn
    ) -> None:
        other = person(Role.SUPERVISOR, BUILT)
        theirs = sign_in(other)
        assert theirs.get(f"/ru/studies/{BUILT}/").status_code == 200
        address = f"{_of(other)}end"
        head.post(address)
        assert theirs.get(f"/ru/studies/{BUILT}/").status_code == 404
        assert head.post(address).status_code == 404, "a second click finds it ended"
        assert Entry.objects.filter(action="member.ended").count() == 1

    def test_nobody_becomes_an_interviewer_or_stops_being_one(
        self, head: Client, person: NewPerson
    ) -> None:
        reader = person(Role.READER, BUILT)
        interviewer = person(Role.INTERVIEWER, BUILT, code="i01")
        assert head.post(_of(reader), {"role": "interviewer"}).status_code == 400
        typed = {"role": "head", "code": "i01"}
        assert head.post(_of(interviewer), typed).status_code == 400

    def test_a_member_of_another_study_is_not_there(self, head: Client, person: NewPerson) -> None:
        other = person(Role.READER, REAL)
        assert head.get(_of(other)).status_code == 404
        assert head.post(f"{_of(other)}end").status_code == 404


class TestInterviewer:
    """Somebody without e-mail, who comes by a token."""

    def test_it_works(self, sociologist: Client) -> None:
        answer = sociologist.post(ADD, {**INTERVIEWER, "label": "планшет 3"})
        assert answer["Cache-Control"] == "no-store"
        page = answer.content.decode()
        assert "<svg" in page
        (secret,) = re.findall(r"http://testserver/k/([\w-]{24})<", page)
        token = _token_of(secret)
        assert token is not None
        assert token.label == "планшет 3"
        assert (token.membership.code, token.membership.role) == ("i07", "interviewer")
        assert token.membership.person.email is None
        listed = sociologist.get(TEAM).content.decode()
        assert "планшет 3" in listed
        assert secret not in listed + sociologist.get(_of(token.membership.person)).content.decode()

    def test_the_picture_holds_settings_of_collect(
        self, sociologist: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn: list[str] = []

        def draw(text: str) -> str:
            drawn.append(text)
            return "<svg></svg>"

        monkeypatch.setattr("tyndau_server.team.views.token.qr", draw)
        page = sociologist.post(ADD, INTERVIEWER).content.decode()
        settings = json.loads(zlib.decompress(base64.b64decode(drawn[1])))
        (address,) = re.findall(r"http://testserver/k/[\w-]{24}", page)
        assert settings["general"]["server_url"] == address
        assert drawn[0] == f"{address}/", "a camera opens the browser form"
        assert settings["general"]["metadata_username"] == "i07"

    @pytest.mark.parametrize("code", ["", "i 07", "i07/..", "x" * 41, "<b>", "i07\n8"])
    def test_a_code_of_other_signs_is_refused(self, sociologist: Client, code: str) -> None:
        answer = sociologist.post(ADD, {**INTERVIEWER, "code": code})
        assert answer.status_code == 400
        assert "Ғалия" in answer.content.decode(), "the name stays in its field"
        assert not Token.objects.exists()

    def test_a_second_click_adds_nobody_twice(self, sociologist: Client) -> None:
        assert sociologist.post(ADD, INTERVIEWER).status_code == 200
        assert sociologist.post(ADD, INTERVIEWER).status_code == 400
        assert Membership.objects.filter(code="i07").count() == 1
        assert Person.objects.filter(name="Ғалия").count() == 1

    def test_several_phones_are_shut_out_one_by_one(self, sociologist: Client) -> None:
        sociologist.post(ADD, INTERVIEWER)
        member = Membership.objects.get(code="i07")
        page = sociologist.post(f"{TEAM}{member.pk}/token", {"label": "2"}).content.decode()
        (second,) = re.findall(r"/k/([\w-]{24})<", page)
        first = Token.objects.earliest("pk")
        for _ in range(2):
            sociologist.post(f"{TEAM}tokens/{first.pk}/revoke")
        assert Token.objects.get(pk=first.pk).revoked
        assert _token_of(second) is not None
        assert Entry.objects.filter(action="token.revoked").count() == 1

    def test_an_interviewer_who_ended_sends_no_more(self, sociologist: Client) -> None:
        sociologist.post(ADD, INTERVIEWER)
        member = Membership.objects.get(code="i07")
        secret = issue_token(member)
        assert _token_of(secret) is not None
        sociologist.post(f"{TEAM}{member.pk}/end")
        assert _token_of(secret) is None
        assert sociologist.post(ADD, INTERVIEWER).status_code == 200, "the code is free again"

    def test_code_forms_and_territories_are_changed(self, sociologist: Client) -> None:
        sociologist.post(ADD, INTERVIEWER)
        member = Membership.objects.get(code="i07")
        typed = {"code": "i08", "forms": ["residents", "made-up"], "role": "interviewer"}
        assert sociologist.post(f"{TEAM}{member.pk}/", typed).status_code == 302
        member.refresh_from_db()
        assert (member.code, member.forms) == ("i08", ["residents"])

    def test_the_language_of_phones_is_chosen_shown_and_changed(self, sociologist: Client) -> None:
        asked = sociologist.get(ADD).content.decode()
        assert '<option value="ru" lang="ru" selected>' in asked, "that of the page"
        sociologist.post(ADD, {**INTERVIEWER, "language": "ru"})
        member = Membership.objects.get(code="i07")
        assert member.person.language == "ru"
        for page in (TEAM, f"{TEAM}{member.pk}/"):
            assert '<span lang="ru">Русский</span>' in sociologist.get(page).content.decode()
        typed = {"code": "i07", "role": "interviewer", "language": "kk"}
        assert sociologist.post(f"{TEAM}{member.pk}/", typed).status_code == 302
        assert '<span lang="kk">Қазақша</span>' in sociologist.get(TEAM).content.decode()
        sociologist.post(f"{TEAM}{member.pk}/", {**typed, "language": ""})
        member.person.refresh_from_db()
        assert member.person.language == "", "the phone says it"

    def test_no_link_renews_what_is_not_there(self, head: Client) -> None:
        head.post(ADD, INTERVIEWER)
        member = Membership.objects.get(code="i07")
        answer = head.post(f"{TEAM}{member.pk}/link", {"kind": "password"})
        assert answer.status_code == 400


class TestToken:
    """What stands in the address of a phone."""

    def test_it_works(self, person: NewPerson) -> None:
        member = person(Role.INTERVIEWER, BUILT, code="i01").memberships.get()
        secret = issue_token(member, "own")
        found = _token_of(secret)
        assert found is not None
        assert found.membership == member
        assert secret not in str(list(Token.objects.values())) + str(list(Entry.objects.values()))

    @pytest.mark.parametrize("wrong", ["", "x", "\0", "ұ" * 1000, "\ud800"])
    def test_what_is_none_is_none(self, wrong: str) -> None:
        assert _token_of(wrong) is None

    def test_a_phone_is_seen_once_a_minute(self, person: NewPerson) -> None:
        secret = issue_token(person(Role.INTERVIEWER, BUILT, code="i01").memberships.get())
        token = _token_of(secret)
        assert token is not None
        seen(token)
        first = Token.objects.get().used
        assert first is not None
        seen(token)
        assert Token.objects.get().used == first
        Token.objects.update(used=first - timezone.timedelta(minutes=2))
        seen(Token.objects.get())
        assert Token.objects.get().used >= first


def test_long_names_and_those_that_look_like_pages_are_shown_as_they_are(head: Client) -> None:
    name = "<script>alert(1)</script>" + "Ұ" * 175
    head.post(INVITE, {**SOMEBODY, "name": name, "role": "reader"})
    page = head.get(TEAM).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
