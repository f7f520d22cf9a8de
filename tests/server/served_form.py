"""The browser form of the real server, for phones of the tests.

In: a running server. Out: an address that a phone opens; Chromium to open it with.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Playwright, sync_playwright

from tests.form.phone import CHROMIUM
from tests.form.serving import STATIC

from .live import Server


class Served:
    """The real server, as a phone of the tests knows one."""

    def __init__(self, server: Server, path: str) -> None:
        self.address = server.address
        self._path = path

    def page(self, _who: str) -> str:
        return f"{self.address}{self._path}"


@contextmanager
def browsers() -> Iterator[Playwright]:
    """Start what drives Chromium, if all that it needs is here."""
    assert CHROMIUM, "Chromium is not installed: run make debian-packages"
    assert (STATIC["form"] / "form.js").is_file(), "the form is not built: make .venv/built-form"
    with sync_playwright() as started:
        yield started
