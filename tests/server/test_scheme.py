"""``/LANGUAGE/scheme``: light or dark, remembered for a browser."""

import pytest
from django.test import Client


def test_it_works(client: Client) -> None:
    answer = client.post("/ru/scheme", {"scheme": "dark", "back": "/ru/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/ru/?a=1")
    assert '<html lang="ru" data-scheme="dark">' in client.get("/ru/").content.decode()


def test_the_system_decides_again(client: Client) -> None:
    client.post("/ru/scheme", {"scheme": "dark"})
    client.post("/ru/scheme", {"scheme": "system"})
    assert "data-scheme" not in client.get("/ru/").content.decode()


def test_nobody_needs_to_be_signed_in(client: Client) -> None:
    client.logout()
    client.post("/kk/scheme", {"scheme": "light"})
    assert 'data-scheme="light"' in client.get("/kk/sign-in").content.decode()


@pytest.mark.parametrize("scheme", ["", "blue", '"><script>'])
def test_a_scheme_that_is_not_there_is_refused(client: Client, scheme: str) -> None:
    assert client.post("/ru/scheme", {"scheme": scheme}).status_code == 400


def test_a_cookie_that_somebody_wrote_changes_nothing(client: Client) -> None:
    client.cookies["tyndau_scheme"] = '"><script>'
    page = client.get("/ru/").content.decode()
    assert "data-scheme" not in page
    assert "<script>" not in page


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "", "x:y"])
def test_the_way_back_leads_nowhere_else(client: Client, back: str) -> None:
    answer = client.post("/ru/scheme", {"scheme": "dark", "back": back})
    assert answer["Location"] == "/ru/"


def test_looking_changes_nothing(client: Client) -> None:
    assert client.get("/ru/scheme").status_code == 405
