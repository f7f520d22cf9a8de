"""``/LANGUAGE/studies/SLUG/``: what a study is, how far it is, what there is of it."""

from pathlib import Path

import pytest
from django.test import Client

from tyndau.base.languages import N_
from tyndau_server.jobs import queue

from .conftest import Own, Serve


def _page(client: Client, folder: Path, language: str = "ru") -> str:
    answer = client.get(f"/{language}/studies/{folder.name}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(client: Client, serve: Serve, built: Path) -> None:
    serve(built)
    page = _page(client, built)
    assert "Мнение жителей о жизни в городе" in page
    assert "11 мая 2026" in page
    assert "[Название заказчика]" in page
    assert "Том таблиц. Жители" in page
    assert "Том таблиц (Excel), на русском" in page
    assert "tables-ru.xlsx, 12 КБ" in page
    assert "report-ru.docx, 2,4 МБ" in page
    assert "Слышали ли вы о совете?" in page
    assert '<optgroup label="Работа совета">' in page
    assert "СМОДЕЛИРОВАННЫЕ" not in page


def test_a_study_that_is_not_served(client: Client, serve: Serve, built: Path, real: Path) -> None:
    serve(built)
    assert client.get(f"/ru/studies/{real.name}/").status_code == 404
    assert client.get("/ru/studies/..%2Fbuilt-city/").status_code == 404


def test_each_language_has_its_texts(client: Client, serve: Serve, built: Path) -> None:
    serve(built)
    kazakh = _page(client, built, "kk")
    assert "Тұрғындардың қаладағы өмір туралы пікірі" in kazakh
    assert "Жүктеп алуға арналған файлдар" in kazakh
    english = _page(client, built, "en")
    assert "Files to download" in english
    assert '<h1 lang="ru">Мнение жителей о жизни в городе</h1>' in english


def test_languages_are_switched_on_the_spot(client: Client, serve: Serve, built: Path) -> None:
    serve(built)
    address = "/studies/built-city/tables/residents/?question=q1_heard&banner=2"
    page = client.get(f"/kk{address}").content.decode()
    assert f'href="/ru{address.replace("&", "&amp;")}"' in page


def test_a_fictional_study_says_that_it_is_simulated(
    client: Client, serve: Serve, fictional: Path
) -> None:
    serve(fictional)
    assert "СМОДЕЛИРОВАННЫЕ ДАННЫЕ" in _page(client, fictional)
    assert "SIMULATED DATA" in _page(client, fictional, "en")


def test_simulated_results_are_marked_even_where_the_workbook_is_broken(
    client: Client, serve: Serve, own: Own, fictional: Path, broken: Path
) -> None:
    fictional = own(fictional)
    (fictional / "study.xlsx").write_bytes((broken / "study.xlsx").read_bytes())
    serve(fictional)
    page = _page(client, fictional)
    assert "Требует исправления" in page
    assert "СМОДЕЛИРОВАННЫЕ ДАННЫЕ" in page


def test_errors_of_the_workbook_come_with_place_and_remedy(
    client: Client, serve: Serve, broken: Path
) -> None:
    serve(broken)
    page = _page(client, broken)
    assert "study.xlsx" in page
    assert "certainty" in page
    assert "Что делать" in page
    assert "Собрать заново" not in page


def test_a_corrected_workbook_is_read_again(
    client: Client, serve: Serve, own: Own, broken: Path, real: Path
) -> None:
    broken = own(broken)
    serve(broken)
    assert "Требует исправления" in _page(client, broken)
    (broken / "study.xlsx").write_bytes((real / "study.xlsx").read_bytes())
    assert "Готово к полевым работам" in _page(client, broken)


def test_work_is_shown_as_it_goes(client: Client, serve: Serve, fictional: Path) -> None:
    serve(fictional)
    queue.enqueue(fictional.name, "build")
    assert "Ждёт очереди" in _page(client, fictional)
    job = queue.take([fictional.name])
    assert job is not None
    queue.tell(job, 3, 4, N_("Finished"))
    page = _page(client, fictional)
    assert "Собирается" in page
    assert 'value="75"' in page
    assert '<meta http-equiv="refresh"' in page
    queue.finish(job)
    page = _page(client, fictional)
    assert "Результаты готовы" in page
    assert '<meta http-equiv="refresh"' not in page


@pytest.mark.parametrize("text", ["", "{}", '{"format": 99}', '{"format": 1, "outputs": {}}'])
def test_results_that_this_version_does_not_read_show_nothing(
    client: Client, serve: Serve, own: Own, built: Path, text: str
) -> None:
    built = own(built)
    serve(built)
    (built / "results" / "2026" / "r1" / "steps.json").write_text(text)
    page = _page(client, built)
    assert "Показать таблицу" not in page
    assert "tables-ru.xlsx" not in page
