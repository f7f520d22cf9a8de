"""Every route as every role, in the own study, in another's and in none, against the matrix."""

from pathlib import Path
from typing import cast

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tyndau_server.people.matrix import MATRIX
from tyndau_server.people.models import Person, Role

from .conftest import BUILT, FICTIONAL, NewPerson, Serve, SignIn
from .routes import EXAMPLES, Route, instrument, routes

OWN, OTHER = BUILT, FICTIONAL
ROUTES = list(routes())
METHODS = ("get", "post")
ADMINISTRATOR = "administrator"


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {route.name for route in ROUTES} == set(MATRIX)


def test_every_route_that_needs_one_has_an_example_and_no_other_has() -> None:
    assert {route.name for route in ROUTES if route.needs_example} == set(EXAMPLES)


def test_a_route_of_a_study_is_one_by_its_address_too() -> None:
    by_address = {route.name for route in ROUTES if "slug" in route.needs}
    assert by_address == {name for name, row in MATRIX.items() if row.scope == "study"}


@pytest.fixture
def world(serve: Serve, built: Path, fictional: Path, person: NewPerson) -> None:
    """Serve two studies; in the other one somebody is at work, too."""
    serve(built, fictional)
    person(Role.SOCIOLOGIST, OTHER)
    instrument(OWN)


def _visit(browser: Client, method: str, address: str) -> HttpResponse:
    """Ask for an address and undo what comes of it, so that the next visit finds the same world."""
    cookies = dict(browser.cookies)
    with transaction.atomic():
        answer = getattr(browser, method)(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        answer.close()
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return cast(HttpResponse, answer)


def _outcome(answer: HttpResponse) -> str:
    """Say what the gate did: let in, refused, denied that it is there, or led to the door."""
    if answer.status_code == 302 and "/sign-in" in answer["Location"]:
        return "door"
    return {403: "refused", 404: "nothing"}.get(answer.status_code, "in")


def _expected(route: Route, role: str, slug: str) -> str:
    row = MATRIX[route.name]
    if row.scope in ("everybody", "token", "person"):
        return "in"
    if role == ADMINISTRATOR and (row.administrator or row.scope == "administrator"):
        return "in"
    if row.scope == "administrator":
        return "refused"
    if role == ADMINISTRATOR or slug != OWN:
        return "nothing"
    return "in" if role in row.roles else "refused"


def _slugs(route: Route, role: str) -> tuple[str, ...]:
    if "slug" not in route.needs:
        return (OWN,)
    # What an administrator finds in a study that is not served says the view.
    return (OWN, OTHER) if role == ADMINISTRATOR else (OWN, OTHER, "nowhere")


# What answers so although the gate let it in.
NOT_THE_GATE = {
    ("demo", "post"),  # there only where one machine is served
    ("papers-file", "get"),  # there only once they were made
    ("sign-out", "post"),  # leads to the door on purpose
}


@pytest.mark.parametrize("role", [*Role, ADMINISTRATOR])
@pytest.mark.usefixtures("world")
def test_a_role_gets_what_the_matrix_says(role: str, person: NewPerson, sign_in: SignIn) -> None:
    if role == ADMINISTRATOR:
        who = Person.objects.create(name="A", email="a@tyndau.example", administrator=True)
    else:
        who = person(role, OWN, code="i01" if role == Role.INTERVIEWER else "")
    browser = sign_in(who)
    wrong = []
    for route in ROUTES:
        for slug in _slugs(route, role):
            parts = route.parts(slug)
            for method in METHODS:
                if (route.name, method) in NOT_THE_GATE:
                    continue
                found = _outcome(_visit(browser, method, route.address(slug, parts)))
                expected = _expected(route, role, slug)
                there = not route.needs_example or EXAMPLES[route.name].there
                if found == "nothing" and expected == "in" and not there:
                    continue
                if found != expected:
                    wrong.append(f"{method} {route.name} in {slug}: {found}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("world")
def test_who_is_nothing_anywhere_gets_into_no_study(sign_in: SignIn) -> None:
    browser = sign_in(Person.objects.create(name="Nobody", email="nobody@tyndau.example"))
    for route in ROUTES:
        if MATRIX[route.name].scope in ("study", "administrator"):
            address = route.address(OWN, route.parts(OWN))
            expected = "nothing" if MATRIX[route.name].scope == "study" else "refused"
            for method in METHODS:
                assert _outcome(_visit(browser, method, address)) == expected, (route, method)


@pytest.mark.usefixtures("world")
def test_who_is_not_signed_in_is_led_to_the_door(sign_in: SignIn) -> None:
    browser = sign_in()
    for route in ROUTES:
        if MATRIX[route.name].scope not in ("everybody", "token"):
            address = route.address(OWN, route.parts(OWN))
            assert _outcome(_visit(browser, "get", address)) == "door", route
            assert _outcome(_visit(browser, "post", address)) == "refused", route


@pytest.mark.usefixtures("world")
def test_what_belongs_to_another_study_is_not_there_in_the_own_one(
    person: NewPerson, sign_in: SignIn
) -> None:
    everybody = [sign_in(person(role, OWN)) for role in (Role.HEAD, Role.SOCIOLOGIST)]
    everybody.append(
        sign_in(Person.objects.create(name="A", email="a@tyndau.example", administrator=True))
    )
    for route in ROUTES:
        if route.needs_example and EXAMPLES[route.name].of_study:
            parts = route.parts(OTHER)
            for browser in everybody:
                for method in METHODS:
                    answer = _visit(browser, method, route.address(OWN, parts))
                    unseen = _outcome(answer) in ("nothing", "refused")
                    assert unseen or answer.status_code == 405, (route, answer.status_code)
            # The same under its own study is there.
            assert _visit(
                sign_in(person(Role.HEAD, OTHER)), "post", route.address(OTHER, parts)
            ).status_code not in (404, 500), route


@pytest.mark.usefixtures("world")
def test_a_part_that_ended_opens_nothing_any_more(person: NewPerson, sign_in: SignIn) -> None:
    who = person(Role.SOCIOLOGIST, OWN)
    browser = sign_in(who)
    assert browser.get(f"/ru/studies/{OWN}/").status_code == 200
    who.memberships.update(ended="2026-11-28T00:00:00Z")
    assert browser.get(f"/ru/studies/{OWN}/").status_code == 404


@pytest.mark.usefixtures("world")
def test_who_is_refused_is_led_back_to_the_study(person: NewPerson, sign_in: SignIn) -> None:
    browser = sign_in(person(Role.READER, OWN))
    refused = browser.get(f"/en/studies/{OWN}/team/")
    assert refused.status_code == 403
    text = refused.content.decode()
    assert f'<a class="button" href="/en/studies/{OWN}/">To the study</a>' in text
    assert browser.get(f"/en/studies/{OWN}/").status_code == 200
