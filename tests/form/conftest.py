"""What tests of the browser form share: forms, a server of them, a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tyndau.questionnaire import load_form, read_form

from .phone import Phone, profile
from .serving import Field, Form


@pytest.fixture(scope="session")
def residents(repository: Path) -> Form:
    """The questionnaire of the real study."""
    form = load_form(repository / "studies" / "taraz-2026" / "forms" / "residents.xlsx")
    return Form(form.id, form.xform, title="Тараз, 2026", version="2026-01", minutes=14)


def made(text: str, **given: object) -> Form:
    """Make a form of an XLSForm in Markdown."""
    form = read_form(text, "md")
    return Form(form.id, form.xform, **given)  # type: ignore[arg-type]


@pytest.fixture
def serve() -> Iterator[object]:
    """Return a function that serves forms until the test is over."""
    started: list[Field] = []

    def start(*forms: Form, **given: object) -> Field:
        field = Field(*forms, **given).start()  # type: ignore[arg-type]
        started.append(field)
        return field

    yield start
    for field in started:
        field.stop()


@pytest.fixture
def take(playwright: Playwright, tmp_path: Path) -> Iterator[object]:
    """Return a function that takes a phone into the hand, in which nothing may complain."""
    complaints: list[str] = []
    contexts = []

    def phone(field: Field, who: str = "aigul") -> Phone:
        manager = profile(playwright, tmp_path / "profile")
        context = manager.__enter__()
        contexts.append(manager)
        page = context.pages[0]
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if said.type == "error" else None
        )
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((field.address, "blob:"))
                else complaints.append(asked.url)
            ),
        )
        return Phone(page, field, who).open()

    yield phone
    for manager in contexts:
        manager.__exit__(None, None, None)
    meant = (
        "ERR_CONNECTION_REFUSED",
        "status of 403",
        "status of 409",
        "ERR_CONNECTION_RESET",
        "ERR_FAILED",
        "status of 502",
        "status of 410",
        "resource is missing",
    )
    assert [text for text in complaints if not any(one in text for one in meant)] == []


@pytest.fixture(scope="session")
def short() -> Form:
    """Return a questionnaire of one answer and one picture."""
    return made(
        """
        | survey |           |      |                 |            |
        |        | type      | name | label::kk       | label::ru  |
        |        | text      | said | Не айтасыз?     | Что скажете? |
        |        | image     | yard | Сурет түсіріңіз | Снимите двор |
        | settings |         |      |                 |            |
        |        | form_id   | version | default_language |       |
        |        | short     | 1    | kk              |            |
        """,
        title="Қысқа",
    )
