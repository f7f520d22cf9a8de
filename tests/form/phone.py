"""A phone in Chromium that fills the browser form in by its own controls.

In: a page of a browser and a server of forms. Out: what a thumb would do: go in, begin, answer what
is on the screen, go on. It reads the page, never the client's memory.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from .serving import Field

CHROMIUM = shutil.which("chromium")
SCREEN = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PIN = "481516"


@contextmanager
def profile(playwright: Playwright, folder: Path) -> Iterator[BrowserContext]:
    """Open a phone whose storage stays in a folder."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--use-fake-device-for-media-stream"],
        permissions=["geolocation", "microphone", "camera"],
        geolocation={"latitude": 42.9, "longitude": 71.366, "accuracy": 4},
        timezone_id="Asia/Almaty",
        **SCREEN,
    )
    yield context
    with suppress(Error):  # of a browser that was killed
        context.close()


def kill(folder: Path) -> None:
    """Kill the browser of a folder as an empty battery does."""
    for process in psutil.process_iter(["cmdline"]):
        if f"--user-data-dir={folder}" in (process.info["cmdline"] or []):
            process.kill()
            process.wait(10)


class Phone:
    """A page that shows the form."""

    def __init__(self, page: Page, field: Field, who: str = "aigul") -> None:
        self.page = page
        self.field = field
        self.who = who

    def open(self) -> "Phone":
        self.page.goto(self.field.page(self.who))
        return self

    def enter(self, pin: str = PIN) -> "Phone":
        """Go through the door, whether it is new or known."""
        self.page.locator("form.door").wait_for()
        for place in self.page.locator("form.door input[type=password]").all():
            place.fill(pin)
        self.page.locator("form.door button").click()
        self.page.locator(".home").wait_for()
        return self

    def agree(self) -> "Phone":
        """Read what a resident is told, and begin."""
        self.page.locator(".welcome").wait_for()
        self.next()
        self.page.locator(".asking").wait_for()
        return self

    def begin(self, at: int = 0) -> "Phone":
        self.page.locator(".home li > button.big:not(.quiet)").nth(at).click()
        self.page.locator(".asking").wait_for()
        return self

    def go_on(self) -> "Phone":
        """Take the newest draft up."""
        self.page.locator(".entry-row button.big").first.click()
        self.page.locator(".asking").wait_for()
        return self

    @property
    def question(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def node(self) -> str:
        """The path of the question on the screen; empty at the end and between rounds."""
        names: list[str] = self.page.locator(".page > .block[data-node]").evaluate_all(
            "all => all.map(one => one.dataset.node)"
        )
        return names[0] if names else ""

    def choose(self, *codes: str) -> "Phone":
        for code in codes:
            self.page.locator(f'.block .option:has(input[value="{code}"])').first.click()
        return self

    def write(self, text: str) -> "Phone":
        self.page.locator(".written :is(input, textarea)").last.fill(text)
        return self

    def next(self) -> "Phone":
        self.page.locator(".foot .next").click()
        return self

    def back(self) -> "Phone":
        self.page.locator(".foot button").first.click()
        return self

    def speak(self, code: str) -> "Phone":
        self.page.locator(f".switch button[lang={code}]").click()
        return self

    def saved(self) -> "Phone":
        """Wait until all is on the disk."""
        expect(self.page.locator(".kept")).to_have_attribute("data-state", "kept")
        return self

    def lock(self) -> "Phone":
        self.page.locator(".bar .icon-only").last.click()
        self.page.locator("form.door").wait_for()
        return self

    def finish(self) -> "Phone":
        self.page.locator(".end .wide").click()
        self.page.locator(".home, .door").first.wait_for()
        return self


def screened(phone: Phone) -> Phone:
    """Come through the screening of the residents' questionnaire of Taraz to what it is about."""
    phone.choose("yes").next().choose("kk").next().choose("no").next()
    return phone.choose("yes").next().write("34").next().choose("talas").next()
