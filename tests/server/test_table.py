"""``.../tables/POPULATION/``: the list of questions, and one question by one banner."""

import re
from pathlib import Path

import pytest
from django.test import Client

from .conftest import Serve

TABLES = "/ru/studies/built-city/tables/residents/"


def _text(page: str) -> str:
    """Return what a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&nbsp;", " ").split())


@pytest.fixture
def _served(serve: Serve, built: Path) -> None:
    serve(built)


pytestmark = pytest.mark.usefixtures("_served")


def test_it_works(client: Client) -> None:
    page = client.get(TABLES, {"question": "q1_heard", "banner": "1"}).content.decode()
    said = _text(page)
    assert "Слышали ли вы о совете? База: все респонденты. N = 1 671" in said
    assert "Таблица 1. Разрез: Город" in said
    assert "База, N 1 671 1 100 71 21" in said.replace("\u00a0", " ")
    assert "49 % 62 % ▲ BC" in said.replace("\u00a0", " ")
    assert "– 0 % 100 %" in said.replace("\u00a0", " ")
    assert "Метод: проверки по модели." in said


def test_questions_are_listed_by_chapter(client: Client) -> None:
    page = client.get(TABLES).content.decode()
    assert '<h2 lang="ru">Работа совета</h2>' in page
    assert page.index("question=q1_heard") < page.index("question=q2_works")
    assert "Малая" not in page


@pytest.mark.parametrize(
    ("words", "found"),
    [("СОВЕТЕ", ["q1_heard"]), ("тиімді", ["q2_works"]), ("q2", ["q2_works"]),
     ("да", ["q1_heard", "q2_works"]), ("нет такого", [])],
)  # fmt: skip
def test_questions_are_found_by_words_in_either_language(
    client: Client, words: str, found: list[str]
) -> None:
    page = client.get(TABLES, {"search": words}).content.decode()
    assert re.findall(r"question=(\w+)", page) == found
    assert f"Найдено вопросов: {len(found)}" in page


def test_what_was_searched_for_is_text_and_no_markup(client: Client) -> None:
    page = client.get(TABLES, {"search": '"><b>bold'}).content.decode()
    assert "<b>" not in page


def test_the_first_banner_is_shown_where_none_is_chosen(client: Client) -> None:
    page = client.get(TABLES, {"question": "q2_works"}).content.decode()
    assert "Таблица 3. Разрез: Пол" in _text(page)
    assert '<option value="2" selected>Пол</option>' in page


def test_a_question_without_the_banner_says_so(client: Client) -> None:
    page = client.get(TABLES, {"question": "q2_works", "banner": "1"}).content.decode()
    assert "В этом разрезе вопрос не представлен" in page
    assert "Таблица 3. Разрез: Пол" in _text(page)


def test_the_table_is_told_to_who_does_not_see_it(client: Client) -> None:
    page = client.get(TABLES, {"question": "q1_heard", "banner": "1"}).content.decode()
    said = _text(page)
    assert "выше, чем среди остальных, выше, чем в столбцах B, C" in said
    assert "ниже, чем среди остальных" in said
    assert "(малая база)" in said
    assert "(база слишком мала для проверки)" in said
    assert "нет базы" in said
    assert 'role="region" aria-labelledby="caption" tabindex="0"' in page
    assert page.count('scope="row"') == 3


def test_one_walks_from_question_to_question(client: Client) -> None:
    first = client.get(TABLES, {"question": "q1_heard", "banner": "2"}).content.decode()
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert "?question=q2_works&amp;banner=2" in first
    assert 'rel="prev"' in client.get(TABLES, {"question": "q2_works"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"question": "q9"},
        {"question": "../q1_heard"},
        {"question": "q1_heard", "banner": "0"},
        {"question": "q1_heard", "banner": "3"},
        {"question": "q1_heard", "banner": "-1"},
        {"question": "q1_heard", "banner": "x"},
        {"question": "q1_heard", "banner": "²"},
        {"question": "q1_heard", "banner": "9" * 5000},
        {"question": "q1\x00"},
    ],
)
def test_an_unknown_question_or_banner_is_no_page(client: Client, query: dict[str, str]) -> None:
    answer = client.get(TABLES, query)
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.content.decode()


@pytest.mark.parametrize("path", ["/ru/studies/built-city/tables/ngo/",
                                  "/ru/studies/nowhere/tables/residents/",
                                  "/ru/studies/built-city/tables/..%2Fresidents/"])  # fmt: skip
def test_an_unknown_population_or_study_is_no_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
