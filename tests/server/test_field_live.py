"""The field's page while a phone works: Chromium twice against the real server and its worker."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, Playwright, expect

from tests.form.phone import CHROMIUM, Phone, profile
from tests.form.robot import answer
from tyndau.study import load_study
from tyndau_server.control.models import Alert, Contact, Question
from tyndau_server.control.work import bring_up_to_date
from tyndau_server.people.models import Membership, Role
from tyndau_server.people.tokens import issue_token

from .conftest import REAL, NewPerson, Own, SignIn
from .drawn import drawn, interviewer
from .live import Server
from .made_field import WHOLE, filled, in_the_field, send
from .served_form import Served

PATH = f"ru/studies/{REAL}/field/today/"
WIDTH = 390
# The page asks every ten seconds, and the worker counts before.
SOON = 40_000
ASKED, ANSWERED = "Общежитие – это жилище?", "Да, каждая комната отдельно"


@dataclass(frozen=True)
class Field:
    """A field with a server, an interviewer's phone and a supervisor's session."""

    server: Server
    secret: str
    session: str


@pytest.fixture
def field(own: Own, real: Path, person: NewPerson, sign_in: SignIn) -> Iterator[Field]:
    """Serve a study in which one interview was made and two interviewers made no break."""
    folder = drawn(own(real))
    form = in_the_field(folder)
    members = [interviewer(REAL, f"i{number:02}", territories=["centre"]) for number in (1, 2)]
    send(REAL, filled({**WHOLE, "point": "1"}, instance="uuid:0", form=form), by=members[1])
    _without_break(members)
    bring_up_to_date(load_study(folder), "residents", timezone.now())
    running = Server({"TYNDAU_STUDIES": str(folder)}).start()
    # A session holds for the key of the server, which has it once it has started.
    with override_settings(SECRET_KEY=settings.SECRET.read_text("ascii")):
        looking = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
    session = looking.cookies["sessionid"].value
    yield Field(running, issue_token(members[0], "a phone"), session)
    running.kill()


def _without_break(members: list[Membership]) -> None:
    begin = timezone.now().replace(hour=4, minute=0) - timedelta(days=1)
    for member in members:
        for number in range(17):
            moment = begin + timedelta(minutes=10 * number)
            Contact.objects.create(
                study=REAL, population="residents", uid=f"{member.code} {number}", point="1",
                membership=member, moment=moment, received=moment, outcome="refused",
            )  # fmt: skip


@pytest.fixture
def page(playwright: Playwright, field: Field) -> Iterator[Page]:
    """Return the supervisor's page; nothing may complain on it."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    opened = browser.new_page(viewport={"width": WIDTH, "height": 844})
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    cookie = {"name": "sessionid", "value": field.session, "url": field.server.address}
    opened.context.add_cookies([cookie])
    opened.goto(f"{field.server.address}{PATH}")
    yield opened
    browser.close()
    assert complaints == []


def made(page: Page, count: int) -> None:
    """Wait until the page says how many interviews were made."""
    figure = page.locator("dl.figures div", has_text="проведено").locator("dd")
    expect(figure).to_have_text(f"{count} / 22", timeout=SOON)


def nothing_is_cut(page: Page, name: str) -> None:
    """Look at a page of a phone's width in both schemes."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
        cut = page.evaluate(
            """() => [...document.querySelectorAll("main *")].filter(one =>
                one.checkVisibility() && !one.closest(".scroll, svg, .aloud, .tabs")
                && one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML)"""
        )
        assert cut == [], scheme
        if folder := os.environ.get("TYNDAU_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)


def test_what_a_phone_sends_and_asks_shows_by_itself_and_is_answered(
    playwright: Playwright, field: Field, page: Page, tmp_path: Path
) -> None:
    """An interview, a question and its answer go between two browsers; the page is loaded once."""
    made(page, 1)
    page.evaluate("window.same = true")
    with profile(playwright, tmp_path / "profile") as context:
        phone = Phone(context.pages[0], Served(field.server, f"k/{field.secret}/")).open().enter()
        phone.begin().next().choose("yes").next().write("34").next().choose("yes").next()
        assert answer(phone) == ""
        made(page, 2)
        phone.page.locator(".field button").last.click()
        phone.page.locator("textarea").fill(ASKED)
        phone.page.locator("button.wide").click()
        line = page.locator("li", has_text=ASKED)
        expect(line).to_be_visible(timeout=SOON)
        assert page.evaluate("window.same"), "nobody loaded the page again"
        nothing_is_cut(page, "live-field")
        line.get_by_role("link").press("Enter")
        page.locator("#answer").fill(ANSWERED)
        nothing_is_cut(page, "live-question")
        page.get_by_role("button", name="Отправить ответ").press("Enter")
        page.wait_for_url(f"**/{PATH}")
        expect(page.locator("li", has_text=ASKED)).to_have_count(0)
        phone.page.reload()
        phone.enter()
        expect(phone.page.locator(".answer strong")).to_have_text(ANSWERED)
        nothing_is_cut(phone.page, "live-phone")
    assert Question.objects.get().answer == ANSWERED


def test_alerts_that_were_unfolded_stay_so_and_are_settled_by_keyboard(
    field: Field, page: Page
) -> None:
    """What is new elsewhere on the page folds nothing under the reader's hand."""
    del field
    group = page.locator("section", has=page.locator("#rule-on_end")).last
    group.locator("summary").press("Enter")
    settle = group.get_by_role("link", name="Разобрать вместе: 2")
    expect(settle).to_be_visible()
    nothing_is_cut(page, "live-unfolded")
    now = timezone.now()
    Question.objects.create(
        study=REAL, membership=Membership.objects.get(code="i01"), uid="q", text=ASKED,
        moment=now, received=now,
    )  # fmt: skip
    expect(page.locator("li", has_text=ASKED)).to_be_visible(timeout=SOON)
    expect(settle).to_be_visible()
    settle.press("Enter")
    page.locator("#note").fill("Оба предупреждены")
    nothing_is_cut(page, "live-together")
    page.get_by_role("button", name="Отметить как разобранное").press("Enter")
    page.wait_for_url(f"**/{PATH}")
    expect(page.locator("#rule-on_end")).to_have_count(0)
    notes = Alert.objects.filter(rule="on_end").values_list("note", flat=True)
    assert list(notes) == ["Оба предупреждены"] * 2
