"""Every page in Kazakh and in Russian: no English of ours, no English of Django's."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from tyndau.base.languages import N_
from tyndau_server.jobs import queue

from .conftest import Serve

# Words of Latin letters that are right in any language: names, formats, ends of addresses.
NAMES = {
    "Tyndau", "tyndau", "sample", "English", "Eng", "Sociologist", "Excel",
    "CSV", "Word", "PDF", "PowerPoint", "XLSX", "Ctrl", "cookie",
    "N", "A", "B", "C", "BC", "q1_heard", "q2_works", "study.xlsx", "study", "inference",
    "tables-ru.xlsx", "tables-kk.xlsx", "tables.csv", "report-ru.docx", "report-ru.pdf",
    "slides-kk.pptx", "certainty", "design", "model", "none", "broken-city", "B14", "value",
    "study.value-unknown", "simulated",
}  # fmt: skip
SHOWN = ("alt", "aria-label", "title", "placeholder", "label", "value")
WORD = re.compile(r"[A-Za-z][\w.-]*[A-Za-z]|[A-Za-z]")


class _Reader(HTMLParser):
    """Collects what people read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag in ("script", "style", "code")
        skipped = tag in ("option", "input") and dict(attrs).get("type") != "submit"
        self.words += [
            value or "" for name, value in attrs
            if name in SHOWN and not (name == "value" and (skipped or tag == "progress"))
        ]  # fmt: skip

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _english(page: str) -> set[str]:
    reader = _Reader()
    reader.feed(page)
    return {
        word for text in reader.words for word in WORD.findall(text) if word.strip(".") not in NAMES
    }


PATHS = (
    "/", "/studies/built-city/", "/studies/built-city/tables/residents/",
    "/studies/built-city/tables/residents/?search=x",
    "/studies/built-city/tables/residents/?question=q1_heard&banner=1",
    "/studies/built-city/tables/residents/?question=q2_works&banner=1",
    "/studies/made-up-city/", "/studies/broken-city/", "/studies/nowhere/", "/studies/my-city/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("path", PATHS)
def test_no_english_is_shown(
    client: Client, serve: Serve, built: Path, fictional: Path, broken: Path, real: Path,
    path: str, language: str,
) -> None:  # fmt: skip
    serve(built, fictional, broken, real)
    queue.enqueue(fictional.name, "build")
    job = queue.take([fictional.name])
    assert job is not None
    queue.tell(job, 1, 2, N_("Finished"))
    page = client.get(f"/{language}{path}").content.decode()
    english = _english(page.replace("Finished", ""))
    assert not english


def test_the_reader_notices_english() -> None:
    assert _english('<p title="Close">Файл <b>saved</b> study.xlsx</p>') == {"Close", "saved"}


def test_a_form_that_is_refused_and_a_fault_speak_the_language(
    serve: Serve, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(built)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    refused = strict.post("/kk/studies/built-city/build").content.decode()
    assert "Сұрау қабылданбады" in refused
    assert not _english(refused)

    def fail(folder: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tyndau_server.home.views.study.standing_of", fail)
    answer = strict.get("/kk/studies/built-city/")
    assert answer.status_code == 500
    assert "Бағдарлама ақауы" in answer.content.decode()
    assert not _english(answer.content.decode())


def test_a_host_that_is_not_ours_is_refused_in_words(client: Client) -> None:
    answer = client.get("/ru/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "Запрос непонятен" in answer.content.decode()
