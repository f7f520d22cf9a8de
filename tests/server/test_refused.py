"""Answers to what cannot be: each in the frame, in the language of its address."""

from pathlib import Path

from django.test import Client, override_settings

from .conftest import FICTIONAL, Serve


def test_it_works(client: Client) -> None:
    answer = client.get("/ru/studies/nowhere/")
    assert answer.status_code == 404
    assert '<header class="top">' in answer.content.decode()


def test_a_method_that_is_not_offered(client: Client) -> None:
    answer = client.put("/ru/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert '<header class="top">' in answer.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_what_is_too_large(client: Client) -> None:
    answer = client.post("/ru/scheme", {"scheme": "dark" * 10})
    assert answer.status_code == 413


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1)
def test_too_many_fields(client: Client) -> None:
    answer = client.post("/ru/scheme", {"scheme": "dark", "back": "/ru/", "more": "1"})
    assert answer.status_code == 413


def test_a_part_of_a_page_never_becomes_the_page_to_sign_in(
    client: Client, serve: Serve, fictional: Path
) -> None:
    serve(fictional)
    client.logout()
    address = f"/ru/studies/{FICTIONAL}/progress?key=waiting"
    assert client.get(address).status_code == 302
    part = client.get(address, headers={"HX-Request": "true"})
    assert part["HX-Redirect"].startswith("/ru/sign-in")
    assert part.content == b""
