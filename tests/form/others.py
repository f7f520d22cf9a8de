"""The robot over other projects' forms: which go to their end in the browser form, which do not.

In: a folder of XForms and XLSForms. Out: an ending for each; as a program, with the folder, it
prints those that did not, and the share of those that did. A form whose files (lists of choices)
are not in the folder is counted apart: nobody can answer it.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright
from pyxform.xls2xform import convert

from .phone import CHROMIUM, SCREEN, Phone
from .robot import answer
from .serving import Field, Form

NEEDS = re.compile(rb"jr://file(?:-csv)?/([^\"]+)")
# A step that takes longer, in milliseconds, does not come.
PATIENCE = 5_000


@dataclass(frozen=True)
class Ending:
    """How a form ended: ``""`` at its end, else why not."""

    name: str
    why: str
    lacks_files: bool = False


def xforms(folder: Path) -> Iterator[tuple[str, bytes | str]]:
    """Go through the forms of a folder: name and XForm, or why there is none."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".xml", ".xhtml"):
            yield path.name, path.read_bytes()
        elif path.suffix in (".xls", ".xlsx", ".xlsm"):
            try:
                yield path.name, convert(path).xform.encode()
            except Exception as refused:  # noqa: BLE001 - pyxform raises anything at all
                yield path.name, str(refused).splitlines()[0]


def endings(browser: Browser, folder: Path, wanted: str = "") -> Iterator[Ending]:
    """Answer each form to its end."""
    for name, xform in xforms(folder):
        if wanted not in name:
            continue
        if isinstance(xform, str):
            yield Ending(name, f"not converted: {xform}", lacks_files=True)
        else:
            lacks = bool(NEEDS.search(xform))
            yield Ending(name, ending_of(browser, xform), lacks)


def ending_of(browser: Browser, xform: bytes) -> str:
    """Answer a form; return why it did not end, empty where it did."""
    with ExitStack() as stack:
        field = Field(Form("form", xform, recording=True), mode="respondent", language="en").start()
        stack.callback(field.stop)
        context = browser.new_context(permissions=["geolocation"], **SCREEN)
        stack.callback(context.close)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error).splitlines()[0]))
        try:
            phone = Phone(page, field).open()
            page.locator(".welcome").wait_for()
            phone.next()
            page.locator(".asking, .alert, .home").first.wait_for()
            alert = page.locator(".alert.error")
            if alert.count():
                return " ".join(alert.first.inner_text().split())
            why = answer(phone)
            if not why:
                field.wait(1, 10)
        except (Error, AssertionError) as fault:
            why = str(fault).splitlines()[0]
        return why or "; ".join(errors)


def main(folder: Path, wanted: str = "") -> None:
    """Print how each form ended, then the share of those that can be answered at all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = []
        for ending in endings(browser, folder, wanted):
            found.append(ending)
            if ending.why:
                mark = "no files" if ending.lacks_files else "FAILED"
                print(f"{mark:<9}{ending.name}: {ending.why[:300]}", flush=True)
        asked = [one for one in found if not one.lacks_files]
        ended = sum(not one.why for one in asked)
        print(f"{ended} of {len(asked)} ({ended / max(len(asked), 1):.1%})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
