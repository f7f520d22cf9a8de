"""Pages in Chromium: on a phone and on a desk, in Kazakh and in Russian.

Each page has no violation that axe finds, does not scroll sideways, breaks no rule of the content
policy, and works by keyboard. The pages are served as ``tyndau serve`` serves them.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

TYNDAU = Path(sys.executable).with_name("tyndau")
CHROMIUM = shutil.which("chromium")
WIDTHS = (390, 1440)
PATHS = {
    "studies": "/",
    "study": "/studies/made-up-city/",
    "real": "/studies/my-city/",
    "broken": "/studies/broken-city/",
    "questions": "/studies/made-up-city/tables/residents/?search=а",
    "table": "/studies/made-up-city/tables/residents/?question=q1_heard&banner=1",
    "missing": "/studies/nowhere/",
}

pytestmark = pytest.mark.document


@pytest.fixture(scope="module")
def address(
    real: Path, fictional: Path, broken: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve three studies; the worker is kept from work by a wave that it cannot read."""
    folder = tmp_path_factory.mktemp("browser")
    made_up = Path(shutil.copytree(fictional, folder / fictional.name))
    (made_up / "waves" / "2026" / "r1").mkdir(parents=True)
    environment = {**os.environ, "TYNDAU_DATA": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [TYNDAU, "serve", "--port", "0", "--lang", "en", made_up, real, broken],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    found = re.search(r"http://\S+[^/\s]", server.stdout.readline())
    assert found
    yield found[0]
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is not installed: run make debian-packages"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    # That a page is not there is said on purpose.
    assert [text for text in complaints if "404 (Not Found)" not in text] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", PATHS)
def test_a_page_is_accessible_and_fits(
    page: Page, address: str, name: str, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/{language}{PATHS[name]}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


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


def test_a_wide_table_scrolls_by_keyboard_within_its_region(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{address}/ru{PATHS['table']}")
    region = page.get_by_role("region", name="Таблица 1")
    region.focus()
    page.keyboard.press("ArrowRight")
    assert comes_true(page, "document.querySelector('.scroll').scrollLeft > 0")
    answer = page.get_by_role("rowheader").first.bounding_box()
    assert answer is not None
    assert answer["x"] >= 0, "the answers stay in sight"


def test_a_table_is_chosen_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/ru{PATHS['study']}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.get_by_label("Вопрос").select_option("q2_works")
    page.get_by_role("button", name="Показать таблицу").press("Enter")
    page.wait_for_url("**/tables/residents/?question=q2_works&banner=1")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Насколько эффективно")


def test_that_it_is_simulated_stays_in_sight(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{address}/ru{PATHS['table']}")
    page.keyboard.press("End")
    assert comes_true(page, "window.scrollY > 0")
    banner = page.get_by_text("СМОДЕЛИРОВАННЫЕ ДАННЫЕ")
    box = banner.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 500


def test_pages_work_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/ru{PATHS['study']}")
    page.get_by_role("button", name="Показать таблицу").click()
    assert page.get_by_role("table").is_visible()
    context.close()


def test_the_printed_table_holds_every_column(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/ru{PATHS['table']}")
    page.pdf(path=tmp_path / "table.pdf", format="A4")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "table.pdf", "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for words in ("СМОДЕЛИРОВАННЫЕ", "Жупарлы", "Желкенди", "Показать таблицу"):
        assert (words in text) == (words != "Показать таблицу")
