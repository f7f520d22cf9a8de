"""``/`` and ``/LANGUAGE/``: the way in, and the studies that are served."""

from pathlib import Path

import pytest
from django.test import Client

from .conftest import Serve


def test_it_works(client: Client, serve: Serve, real: Path, built: Path) -> None:
    serve(built, real)
    page = client.get("/ru/").content.decode()
    assert "Мнение жителей о жизни в городе" in page
    assert page.index("/ru/studies/built-city/") < page.index("/ru/studies/my-city/")
    assert "Результаты готовы" in page
    assert "Готово к полевым работам" in page


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("ru-RU,ru;q=0.9", "ru"), ("en", "en"), ("de, kk;q=0.5", "kk"), ("de", "kk"), ("", "kk")],
)
def test_the_browser_chooses_the_language(client: Client, wanted: str, language: str) -> None:
    answer = client.get("/", headers={"accept-language": wanted})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")


def test_only_a_fictional_study_is_marked(
    client: Client, serve: Serve, built: Path, fictional: Path
) -> None:
    serve(built, fictional)
    page = client.get("/kk/").content.decode()
    assert page.count("МОДЕЛЬДЕНГЕН ДЕРЕКТЕР") == 1


def test_a_study_that_cannot_be_read_is_listed_by_its_name(
    client: Client, serve: Serve, broken: Path
) -> None:
    serve(broken)
    page = client.get("/ru/").content.decode()
    assert "broken-city" in page
    assert "Требует исправления" in page


@pytest.mark.parametrize("path", ["/de/", "/ru/studies/", "/ru/studies/nowhere/", "/admin/"])
def test_what_is_not_there_gets_our_page(client: Client, path: str) -> None:
    answer = client.get(path, headers={"accept-language": "ru"})
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.content.decode()


def test_a_method_that_is_not_offered_is_refused(client: Client) -> None:
    assert client.post("/ru/").status_code == 405


def test_pages_forbid_what_they_do_not_need(client: Client) -> None:
    answer = client.get("/ru/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=")
