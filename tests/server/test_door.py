"""``/LANGUAGE/sign-in`` and out: sessions, their end, guessing, and where one goes from there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.utils import timezone

from tyndau_server.audit.models import Entry
from tyndau_server.people import session
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.people.passwords import Argon2

from .conftest import BUILT, NewPerson, Serve, SignIn

PASSWORD = "үш сөз бірге айтылмайды"
DOOR = "/ru/sign-in"


@pytest.fixture
def supervisor() -> Person:
    """Return somebody with a password who needs no second factor."""
    made = Person(name="Дана", email="dana@tyndau.example")
    made.set_password(PASSWORD)
    made.save()
    Membership.objects.create(person=made, study=BUILT, role=Role.SUPERVISOR)
    return made


def _come(browser: Client, email: str, password: str, **more: str) -> int:
    return browser.post(DOOR, {"email": email, "password": password, **more}).status_code


def _is_in(browser: Client) -> bool:
    return browser.get("/ru/").status_code == 200


def test_it_works(supervisor: Person, serve: Serve, built: Path) -> None:
    serve(built)
    browser = Client()
    browser.get(DOOR)
    assert _come(browser, " DANA@tyndau.example ", PASSWORD) == 302
    assert BUILT in browser.get("/ru/").content.decode()
    assert browser.post("/ru/sign-out").status_code == 302
    assert not _is_in(browser)
    assert Session.objects.count() == 0


def test_a_session_gets_a_key_of_its_own_at_the_door(supervisor: Person) -> None:
    browser = Client()
    planted = browser.session
    planted["planted"] = True
    planted.save()
    browser.cookies["sessionid"] = planted.session_key
    _come(browser, supervisor.email or "", PASSWORD)
    assert browser.cookies["sessionid"].value != planted.session_key
    assert not Session.objects.filter(pk=planted.session_key).exists()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(supervisor: Person) -> None:
    browser = Client()
    _come(browser, supervisor.email or "", PASSWORD)
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) <= 12 * 60 * 60
    assert browser.get(DOOR).status_code == 302
    assert Client().get(DOOR).cookies["csrftoken"]["samesite"] == "Strict"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("dana@tyndau.example", "something else"), ("nobody@tyndau.example", PASSWORD),
        ("", ""), ("no address", PASSWORD), ("dana@tyndau.example\0", PASSWORD),
        ("dana@tyndau.example", PASSWORD + " "), ("a" * 5000 + "@b.kz", "x" * 100_000),
    ],
)  # fmt: skip
def test_whatever_is_wrong_gets_one_answer(supervisor: Person, email: str, password: str) -> None:
    answer = Client().post(DOOR, {"email": email, "password": password})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert page.count('role="alert"') == 1
    assert not _is_in(Client())


def test_an_unknown_address_takes_as_long_as_a_known_one(
    supervisor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slow part of the answer is one digest of the password, for both."""
    counted: list[str] = []
    encode = Argon2.encode

    def count(hasher: Argon2, password: str, salt: str) -> str:
        counted.append("encode")
        return str(encode(hasher, password, salt))

    monkeypatch.setattr(Argon2, "encode", count)
    _come(Client(), "nobody@tyndau.example", "something else")
    assert counted == ["encode"]


def test_an_account_that_was_closed_opens_nothing(supervisor: Person) -> None:
    browser = Client()
    _come(browser, supervisor.email or "", PASSWORD)
    assert _is_in(browser)
    Person.objects.update(is_active=False)
    assert not _is_in(browser)
    assert _come(Client(), supervisor.email or "", PASSWORD) == 400


def test_guessing_closes_the_way_for_a_while(supervisor: Person) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert _come(Client(), supervisor.email or "", "wrong") == 400
    answer = Client().post(DOOR, {"email": supervisor.email, "password": "wrong"})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    page = answer.content.decode()
    assert "<h1>" in page
    assert "axes" not in page.lower()
    assert _come(Client(), supervisor.email or "", PASSWORD) == 429, "even the right one waits"
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert _come(elsewhere, supervisor.email or "", PASSWORD) == 429, "from elsewhere too"
    past = timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    AccessAttempt.objects.update(attempt_time=past)
    assert _come(Client(), supervisor.email or "", PASSWORD) == 302


def test_guessing_many_addresses_from_one_place_closes_that_place(supervisor: Person) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        _come(Client(), f"somebody{number}@tyndau.example", "wrong")
    assert _come(Client(), supervisor.email or "", PASSWORD) == 429
    assert _come(Client(REMOTE_ADDR="192.0.2.7"), supervisor.email or "", PASSWORD) == 302


def test_an_unknown_address_is_closed_like_a_known_one() -> None:
    answers = {_come(Client(), "nobody@tyndau.example", "wrong") for _ in range(12)}
    assert answers == {400, 429}


def test_guessing_leaves_no_password_behind(
    supervisor: Person, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        _come(Client(), supervisor.email or "", "hunter2-hunter2")
    kept = str(list(AccessAttempt.objects.values())) + caplog.text + str(Entry.objects.values())
    assert "hunter2" not in kept


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        (f"/ru/studies/{BUILT}/", f"/ru/studies/{BUILT}/"),
        ("https://elsewhere.example/", "/ru/"),
        ("//elsewhere.example/", "/ru/"),
        (r"\\elsewhere.example", "/ru/"),
        ("javascript:alert(1)", "/ru/"),
        ("http:///elsewhere.example", "/ru/"),
        ("", "/ru/"),
    ],
)
def test_one_is_led_to_addresses_of_ours_alone(supervisor: Person, asked: str, led: str) -> None:
    browser = Client()
    answer = browser.post(DOOR, {"email": supervisor.email, "password": PASSWORD, "next": asked})
    assert answer["Location"] == led
    assert browser.get(f"{DOOR}?next={quote(asked)}")["Location"] == led


def test_who_asked_for_a_page_comes_to_it(supervisor: Person, serve: Serve, built: Path) -> None:
    serve(built)
    wanted = f"/ru/studies/{BUILT}/?x=1&y=ә"
    answer = Client().get(wanted)
    page = Client().get(answer["Location"]).content.decode()
    assert 'name="next" value="/ru/studies/built-city/?x=1&amp;y=' in page


@pytest.mark.parametrize(
    ("came", "seen", "holds"),
    [(0, 0, True), (11, 1, True), (12.1, 0, False), (3, 2.1, False), (5, 1.9, True)],
)
def test_a_session_ends_after_a_while(
    person: NewPerson, sign_in: SignIn, came: float, seen: float, holds: bool
) -> None:
    browser = sign_in(person(Role.READER, BUILT))
    now = timezone.now().timestamp()
    state = browser.session
    state[session.CAME], state[session.SEEN] = int(now - came * 3600), int(now - seen * 3600)
    state.save()
    assert _is_in(browser) is holds
    assert Session.objects.filter(pk=state.session_key).exists() is holds


def test_use_keeps_a_session_awake(person: NewPerson, sign_in: SignIn) -> None:
    browser = sign_in(person(Role.READER, BUILT))
    state = browser.session
    state[session.SEEN] -= 3600
    state.save()
    assert _is_in(browser)
    assert browser.session[session.SEEN] > state[session.SEEN] + 3500


def test_a_form_that_comes_too_late_says_so(sign_in: SignIn) -> None:
    answer = sign_in().post("/ru/account/sessions")
    assert answer.status_code == 403
    assert "/ru/sign-in" in answer.content.decode()


def test_a_part_of_a_page_that_comes_too_late_leads_the_whole_page(sign_in: SignIn) -> None:
    answer = sign_in().get(f"/kk/studies/{BUILT}/", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/kk/sign-in"


@pytest.fixture
def demo() -> Iterator[None]:
    """Let made-up persons in; asked for before `serve`, which it must outlast."""
    with override_settings(TYNDAU_DEMO=True):
        yield


class TestDemo:
    """One click into a server of one machine."""

    @pytest.mark.parametrize("role", [*Role, "administrator"])
    def test_it_works(self, demo: None, role: str, serve: Serve, built: Path) -> None:
        serve(built)
        browser = Client()
        assert f'value="{role}"' in browser.get("/kk/sign-in").content.decode()
        answer = browser.post("/kk/demo", {"role": role}, follow=True)
        assert answer.status_code == 200
        assert browser.get(f"/kk/studies/{BUILT}/").status_code == 200
        people = Person.objects.count()
        Client().post("/kk/demo", {"role": role})
        assert Person.objects.count() == people, "made once"

    def test_one_comes_to_the_page_that_one_asked_for(
        self, demo: None, serve: Serve, built: Path
    ) -> None:
        serve(built)
        wanted = f"/ru/studies/{BUILT}/tables/residents/"
        browser = Client()
        page = browser.get(wanted, follow=True).content.decode()
        assert "/ru/demo" in page
        answer = browser.post("/ru/demo", {"role": "sociologist", "next": wanted})
        assert answer["Location"] == wanted

    def test_no_other_role_is_made_up(self, demo: None) -> None:
        assert Client().post("/ru/demo", {"role": "king"}).status_code == 404

    def test_elsewhere_it_is_not_there(self) -> None:
        assert "/demo" not in Client().get(DOOR).content.decode()
        assert Client().post("/ru/demo", {"role": "sociologist"}).status_code == 404
        assert not Person.objects.exists()

    def test_its_sessions_hold_nowhere_else(self, serve: Serve, built: Path) -> None:
        serve(built)
        browser = Client()
        with override_settings(TYNDAU_DEMO=True):
            browser.post("/ru/demo", {"role": "sociologist"})
            assert _is_in(browser)
        assert not _is_in(browser)

    def test_its_persons_have_no_password(self) -> None:
        with override_settings(TYNDAU_DEMO=True):
            Client().post("/ru/demo", {"role": "sociologist"})
        for password in ("", "!", "demo"):
            assert _come(Client(), "sociologist@demo.invalid", password) == 400


def test_a_language_chosen_at_the_door_is_kept_behind_it() -> None:
    page = Client().get("/en/", follow=True).content.decode()
    assert 'href="/kk/sign-in?next=%2Fkk%2F"' in page
