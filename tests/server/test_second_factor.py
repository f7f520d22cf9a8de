"""``/LANGUAGE/second-factor``: set up at the first sign-in, asked for at every one, replaced."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tyndau_server.audit.models import Entry
from tyndau_server.people import session
from tyndau_server.people.models import Person, Role

from .conftest import BUILT, NewPerson, Serve

SET_UP, ASKED = "/ru/second-factor/new", "/ru/second-factor"
PASSWORD = "a password of one's own"
CODE = re.compile(r"^(?:<pre[^>]*>)?([a-z2-9]{5}-[a-z2-9]{5})$", re.M)
STUDY = f"/ru/studies/{BUILT}/"


@pytest.fixture
def half(person: NewPerson, serve: Serve, built: Path) -> Client:
    """Return a browser of a sociologist who typed the password and nothing else."""
    serve(built)
    who = person(Role.SOCIOLOGIST, BUILT)
    who.set_password(PASSWORD)
    who.save()
    return _half(who)


def _half(who: Person) -> Client:
    browser = Client()
    browser.force_login(who, "django.contrib.auth.backends.ModelBackend")
    state = browser.session
    state[session.CAME] = state[session.SEEN] = int(timezone.now().timestamp())
    state.save()
    return browser


def _code(device: TOTPDevice, *, steps: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = timezone.now().timestamp() + steps * device.step
    return f"{totp.token():06}"


@pytest.fixture
def codes(half: Client) -> list[str]:
    """Set the second factor up and return the codes on paper."""
    half.get(SET_UP)
    device = TOTPDevice.objects.get()
    page = half.post(SET_UP, {"code": _code(device, steps=-1)}).content.decode()
    return CODE.findall(page)


def _again(half: Client) -> Client:
    """Return a new session of the same person, who typed the password only."""
    return _half(Person.objects.get(pk=half.session["_auth_user_id"]))


def test_it_works(half: Client) -> None:
    answer = half.get(STUDY)
    assert answer["Location"].startswith(ASKED), "no page of a study opens before"
    page = half.get(answer["Location"], follow=True).content.decode()
    assert "<svg" in page
    device = TOTPDevice.objects.get()
    key = half.session.session_key
    answer = half.post(SET_UP, {"code": _code(device), "next": STUDY})
    assert len(CODE.findall(answer.content.decode())) == 10
    assert "no-store" in answer["Cache-Control"]
    assert half.session.session_key != key
    assert half.get(STUDY).status_code == 200
    assert Entry.objects.filter(action="second-factor.set").count() == 1


@pytest.mark.parametrize("role", [Role.HEAD, Role.SOCIOLOGIST, Role.CUSTOMER])
def test_who_sees_much_needs_one(role: Role, person: NewPerson, serve: Serve, built: Path) -> None:
    serve(built)
    browser = _half(person(role, BUILT))
    for path in (STUDY, "/ru/", "/ru/account/", f"{STUDY}tables/residents/"):
        assert browser.get(path)["Location"].startswith(ASKED), path
    assert browser.post(f"{STUDY}build").status_code == 403


def test_an_administrator_needs_one() -> None:
    browser = _half(Person.objects.create(name="A", email="a@b.kz", administrator=True))
    assert browser.get("/ru/persons/")["Location"].startswith(ASKED)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.MODERATOR, Role.READER])
def test_others_do_not(role: Role, person: NewPerson, serve: Serve, built: Path) -> None:
    serve(built)
    assert _half(person(role, BUILT)).get(STUDY).status_code == 200


def test_who_set_one_up_of_free_will_is_asked_for_it(
    person: NewPerson, serve: Serve, built: Path
) -> None:
    serve(built)
    who = person(Role.READER, BUILT)
    TOTPDevice.objects.create(user=who, name="app")
    assert _half(who).get(STUDY)["Location"].startswith(ASKED)


def test_the_next_session_is_asked_for_the_next_code(half: Client, codes: list[str]) -> None:
    again = _again(half)
    assert again.get(STUDY)["Location"].startswith(ASKED)
    answer = again.post(ASKED, {"code": _code(TOTPDevice.objects.get()), "next": STUDY})
    assert answer["Location"] == STUDY
    assert again.get(STUDY).status_code == 200


def test_a_code_works_once(half: Client, codes: list[str]) -> None:
    code = _code(TOTPDevice.objects.get())
    assert _again(half).post(ASKED, {"code": code}).status_code == 302
    assert _again(half).post(ASKED, {"code": code}).status_code == 400


def test_a_code_of_the_set_up_does_not_open_the_next_session(half: Client) -> None:
    half.get(SET_UP)
    code = _code(TOTPDevice.objects.get())
    half.post(SET_UP, {"code": code})
    assert _again(half).post(ASKED, {"code": code}).status_code == 400


def test_a_code_on_paper_works_once(half: Client, codes: list[str]) -> None:
    again = _again(half)
    assert again.post(ASKED, {"code": f" {codes[3].upper()} "}).status_code == 302
    assert again.get(STUDY).status_code == 200
    assert Entry.objects.filter(action="second-factor.paper").count() == 1
    assert _again(half).post(ASKED, {"code": codes[3]}).status_code == 400


def test_codes_on_paper_are_not_kept_as_they_are(codes: list[str]) -> None:
    kept = str(list(StaticToken.objects.values()))
    assert len(codes) == 10
    assert not any(code.replace("-", "") in kept for code in codes)


def test_new_codes_on_paper_replace_the_old_ones(half: Client, codes: list[str]) -> None:
    for typed in ({}, {"present": "wrong"}):
        refused = half.post("/ru/account/codes", typed)
        assert refused.status_code == 400
        assert not CODE.findall(refused.content.decode())
    page = half.post("/ru/account/codes", {"present": PASSWORD}).content.decode()
    new = CODE.findall(page)
    assert len(set(new) - set(codes)) == 10
    assert _again(half).post(ASKED, {"code": codes[0]}).status_code == 400
    StaticDevice.objects.update(throttling_failure_count=0)
    assert _again(half).post(ASKED, {"code": new[0]}).status_code == 302


def test_guessing_waits_longer_each_time(half: Client, codes: list[str]) -> None:
    assert _again(half).post(ASKED, {"code": "000000"}).status_code == 400
    TOTPDevice.objects.update(throttling_failure_count=7)
    answer = _again(half).post(ASKED, {"code": _code(TOTPDevice.objects.get())})
    assert answer.status_code == 429
    assert 60 < int(answer["Retry-After"]) <= 64
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=65))
    answer = _again(half).post(ASKED, {"code": _code(TOTPDevice.objects.get())})
    assert answer.status_code == 302


@pytest.mark.parametrize("code", ["", "12345", "١٢٣٤٥٦", "1e5", "-1", "x" * 500, "\0", "'; --"])
def test_whatever_is_no_code_is_wrong(half: Client, codes: list[str], code: str) -> None:
    assert _again(half).post(ASKED, {"code": code}).status_code == 400


def test_who_has_not_shown_the_old_phone_sets_up_no_new_one(half: Client, codes: list[str]) -> None:
    again = _again(half)
    assert again.get(SET_UP)["Location"] == ASKED
    again.post(SET_UP, {"code": "000000"})
    assert TOTPDevice.objects.count() == 1


def test_another_phone_replaces_the_old_one(half: Client, codes: list[str]) -> None:
    old = TOTPDevice.objects.get()
    assert half.get(SET_UP).status_code == 200
    new = TOTPDevice.objects.get(confirmed=False)
    assert new.key != old.key
    assert half.post(SET_UP, {"code": _code(new)}).status_code == 400
    assert TOTPDevice.objects.filter(confirmed=True).get() == old
    half.post(SET_UP, {"code": _code(new), "present": PASSWORD})
    assert TOTPDevice.objects.get() == new
    assert half.get(STUDY).status_code == 200


def test_a_phone_that_is_taken_away_closes_open_sessions(half: Client, codes: list[str]) -> None:
    assert half.get(STUDY).status_code == 200
    TOTPDevice.objects.all().delete()
    assert half.get(STUDY)["Location"].startswith(ASKED)


def test_the_picture_stays_the_same_until_it_is_confirmed(half: Client) -> None:
    def picture() -> Iterator[str]:
        yield from re.findall(r'd="([^"]{100,})"', half.get(SET_UP).content.decode())

    assert list(picture()) == list(picture())
    half.post(SET_UP, {"code": "000000"})
    assert TOTPDevice.objects.count() == 1


def test_the_key_is_in_no_log(half: Client, codes: list[str]) -> None:
    key = TOTPDevice.objects.get().key
    assert key not in str(list(Entry.objects.values()))
