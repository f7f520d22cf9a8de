"""Pages in Chromium: on a phone and on a desk, in Kazakh and in Russian.

Each page has no violation that axe finds, does not scroll sideways, breaks no rule of the content
policy, and works by keyboard. The pages are served as ``tyndau serve`` serves them.
"""

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

from tyndau.fieldwork.openrosa import withdrawal_code

from .pages import PAGES, Shown, filled

TYNDAU = Path(sys.executable).with_name("tyndau")
CHROMIUM = shutil.which("chromium")
WIDTHS = (390, 1440)
SCHEMES = ("light", "dark")
STUDY = "/studies/made-up-city/"
FIELD = "/studies/my-city/field/"
TABLE = "/studies/made-up-city/tables/residents/?question=q1_heard&banner=1"

pytestmark = pytest.mark.document


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, its data folder, the sessions of those who look at it."""

    address: str
    data: Path
    sessions: Mapping[str, str]


@pytest.fixture(scope="module")
def server(
    real: Path, fictional: Path, broken: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Serve three studies; the worker is kept from work by a wave that it cannot read."""
    folder = tmp_path_factory.mktemp("browser")
    made_up = Path(shutil.copytree(fictional, folder / fictional.name))
    (made_up / "waves" / "2026" / "r1").mkdir(parents=True)
    environment = {**os.environ, "TYNDAU_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    running = subprocess.Popen(
        [TYNDAU, "serve", "--port", "0", "--lang", "en", made_up, real, broken],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    found = re.search(r"http://\S+[^/\s]", running.stdout.readline())
    assert found
    yield Server(found[0], folder / "data", filled(folder / "data", real))
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=30)


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield started
    started.close()


def sign_in(page: Page, server: Server, who: str) -> None:
    """Let a page be that of somebody; of nobody, who is not signed in."""
    page.context.clear_cookies()
    if who:
        cookie = {"name": "sessionid", "value": server.sessions[who], "url": server.address}
        page.context.add_cookies([cookie])


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """Return a page of the sociologist, in which nothing may complain or go elsewhere."""
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    elsewhere: list[str] = []
    opened.on(
        "request",
        lambda asked: None if asked.url.startswith(server.address) else elsewhere.append(asked.url),
    )
    sign_in(opened, server, "sociologist")
    yield opened
    opened.close()
    # That a page is not there, or not for everybody, is said on purpose.
    meant = ("404 (Not Found)", "403 (Forbidden)", "410 (Gone)")
    assert [text for text in complaints if not any(code in text for code in meant)] == []
    assert elsewhere == []


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_is_accessible_and_fits(
    page: Page, server: Server, shown: Shown, language: str
) -> None:
    sign_in(page, server, shown.who)
    page.goto(f"{server.address}/{language}{shown.path}")
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        picture(page, f"{shown.name}-{language}-{width}-{scheme}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") == width, width


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_a_code_names_is_accessible_and_fits(
    page: Page, server: Server, language: str
) -> None:
    """The page on which somebody confirms the erasure."""
    sign_in(page, server, "sociologist")
    page.goto(f"{server.address}/{language}/studies/my-city/field/withdrawals/")
    page.fill("#code", withdrawal_code("uuid:my-city-00050").lower())
    page.press("#code", "Enter")
    page.wait_for_selector("#again-1")
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        picture(page, f"withdraw-{language}-{width}-{scheme}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") == width, width


def picture(page: Page, name: str) -> None:
    """Keep a picture in the folder that TYNDAU_PICTURES names, for those who want to look."""
    folder = os.environ.get("TYNDAU_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def comes_true(page: Page, expression: str) -> bool:
    """Look at each frame whether it is true, for ten seconds at most.

    Playwright's own ``wait_for_function`` looks a second time by ``eval``, which pages forbid.
    """
    return bool(
        page.evaluate(
            f"""() => new Promise(done => {{
                const end = performance.now() + 10000;
                const look = () => {{
                    if ({expression}) done(true);
                    else if (performance.now() > end) done(false);
                    else requestAnimationFrame(look);
                }};
                look();
            }})"""
        )
    )


def test_a_wide_table_scrolls_by_keyboard_within_its_region(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{server.address}/ru{TABLE}")
    region = page.get_by_role("region", name="Таблица 1")
    region.focus()
    page.keyboard.press("ArrowRight")
    assert comes_true(page, "document.querySelector('.scroll').scrollLeft > 0")
    answer = page.get_by_role("rowheader").first.bounding_box()
    assert answer is not None
    assert answer["x"] >= 0, "the answers stay in sight"


def test_a_table_is_chosen_by_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/ru{STUDY}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.get_by_label("Вопрос").select_option("q2_works")
    page.get_by_role("button", name="Показать таблицу").press("Enter")
    page.wait_for_url("**/tables/residents/?question=q2_works&banner=1")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Насколько эффективно")


def test_that_it_is_simulated_stays_in_sight(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{server.address}/ru{TABLE}")
    page.keyboard.press("End")
    assert comes_true(page, "window.scrollY > 0")
    banner = page.get_by_text("СМОДЕЛИРОВАННЫЕ ДАННЫЕ")
    box = banner.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 500


def _job(server: Server, **fields: object) -> None:
    """Change the job that a study's page shows as a worker would: the last to make its results."""
    with contextlib.closing(sqlite3.connect(server.data / "tyndau.sqlite3")) as database, database:
        values = ", ".join(f"{name} = ?" for name in fields)
        made = "study = 'made-up-city' AND kind IN ('simulate', 'build', 'build-outside')"
        last = f"id = (SELECT MAX(id) FROM jobs_job WHERE {made})"
        database.execute(f"UPDATE jobs_job SET {values} WHERE {last}", [*fields.values()])


def test_progress_is_followed_without_loading_the_page(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/ru{STUDY}jobs/")
    again = page.get_by_role("button", name="Повторить").first
    again.wait_for(timeout=120_000)  # the worker has come and failed
    _job(server, state="running", done=1, total=4)
    page.goto(f"{server.address}/ru{STUDY}")
    page.evaluate("window.same = true")
    assert page.get_by_role("progressbar").get_attribute("value") == "25"
    _job(server, done=3)
    page.locator("progress[value='75']").wait_for()
    assert page.evaluate("window.same"), "a part alone was loaded"
    _job(server, state="failed")
    page.get_by_text("Требует исправления").wait_for()
    assert not page.evaluate("window.same"), "what the work led to needs the whole page"


def test_dark_is_chosen_in_the_menu_and_remembered(page: Page, server: Server) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{server.address}/ru{STUDY}")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".menu summary").press("Enter")
    page.get_by_role("button", name="Тёмное").press("Enter")
    page.wait_for_url(f"**/ru{STUDY}")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.goto(f"{server.address}/kk/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_on_a_phone_the_course_unfolds_by_keyboard(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{server.address}/ru{STUDY}")
    tables = page.get_by_role("navigation").get_by_role("link", name="Таблицы")
    assert not tables.is_visible()
    page.locator(".fold-course summary").press("Enter")
    tables.press("Enter")
    page.wait_for_url("**/tables/residents/")
    assert "Таблицы" in page.locator(".fold-course summary").inner_text()


def test_decisions_are_offered_once_a_row_is_ticked(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/ru{FIELD}")
    accept = page.get_by_role("button", name="Принять")
    assert not accept.is_visible()
    assert page.get_by_text("Отметьте интервью").is_visible()
    page.locator("input[name=chosen]").first.press("Space")
    assert accept.is_visible()
    assert not page.get_by_text("Отметьте интервью").is_visible()


def test_on_a_phone_filters_unfold_and_tabs_stay_in_sight(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{server.address}/ru{FIELD}")
    state = page.get_by_label("Состояние").first
    assert not state.is_visible()
    page.get_by_label("Показать фильтры").press("Space")
    assert state.is_visible()
    for tabs in page.locator(".tabs").all():
        assert tabs.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.address}/ru{FIELD}")
    assert state.is_visible()
    assert not page.get_by_label("Показать фильтры").is_visible()


def test_an_interview_is_accepted_at_its_top(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/ru{FIELD}60/")
    accept = page.get_by_role("button", name="Принять").first
    place = accept.bounding_box()
    assert place is not None
    assert place["y"] < 400
    accept.press("Enter")
    page.get_by_text("Принято интервью: 1").wait_for()


def test_letters_are_of_our_own_font(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/kk{STUDY}")
    page.evaluate("document.fonts.ready.then(() => true)")
    for weight in (400, 600):
        assert page.evaluate(f"document.fonts.check('{weight} 16px \"Golos Text\"', 'ӘҒҚҢӨҰҮҺІ')")
    assert page.evaluate("[...document.fonts].every(font => font.status === 'loaded')")


@pytest.mark.parametrize("width", WIDTHS)
def test_whatever_is_pressed_is_large_enough_for_a_thumb(
    page: Page, server: Server, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.address}/ru{STUDY}")
    low = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, select, input, .languages a")]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        .map(one => one.outerHTML)"""
    )
    assert low == []


def test_pages_work_without_a_script(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, server, "sociologist")
    page.goto(f"{server.address}/ru{STUDY}")
    page.get_by_role("button", name="Показать таблицу").click()
    assert page.get_by_role("table").is_visible()
    context.close()


def test_the_printed_table_holds_every_column(page: Page, server: Server, tmp_path: Path) -> None:
    page.goto(f"{server.address}/ru{TABLE}")
    page.pdf(path=tmp_path / "table.pdf", format="A4")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "table.pdf", "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for words in ("СМОДЕЛИРОВАННЫЕ", "Жупарлы", "Желкенди", "Показать таблицу"):
        assert (words in text) == (words != "Показать таблицу")


def test_an_invitation_leads_into_the_study(browser: Browser, server: Server) -> None:
    """What a client of tests does not do: a browser says from which page a form comes."""
    head = browser.new_page()
    head.goto(f"{server.address}/ru/sign-in")
    head.locator("button[name=role][value=head]").click()
    head.goto(f"{server.address}/ru/studies/made-up-city/team/invite")
    head.locator("#email").fill("asel@tyndau.example")
    head.locator("#name").fill("Әсел")
    head.locator("input[name=role][value=supervisor]").check()
    head.locator("form.card button[type=submit]").click()
    link = re.search(r"http://\S+/ru/links/[\w-]{24}", head.content())
    assert link
    head.close()
    context = browser.new_context()
    page = context.new_page()
    page.goto(link[0])
    page.locator("#password").fill("три слова не вместе")
    page.locator("#again").fill("три слова не вместе")
    page.locator("button[name=with][value=new]").click()
    page.wait_for_url("**/ru/studies/made-up-city/")
    context.close()
