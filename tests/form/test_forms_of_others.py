"""Forms of other projects go to their end in the browser form: here a part, in `make soak` all.

The oracle is the set of forms itself, from the test suites of pyxform, JavaRosa, ODK Collect, ODK
Web Forms and Enketo; the table of docs/forms-of-others.md names those that do not, and why.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from .others import NEEDS, ending_of, xforms
from .phone import CHROMIUM

# Every so manieth form is tried; all of them take six minutes.
STEP = 12
ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def named(repository: Path) -> set[str]:
    """Return the forms that the document names as not answered."""
    text = (repository / "docs" / "forms-of-others.md").read_text(encoding="utf-8")
    return {*ROW.findall(text.partition("## In the browser form")[2])}


def test_a_part_of_them_goes_to_the_end(
    playwright: Playwright, oracles: Path, named: set[str]
) -> None:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    tried = [
        (name, xform)
        for name, xform in xforms(oracles / "forms")
        if isinstance(xform, bytes) and not NEEDS.search(xform) and name not in named
    ][::STEP]
    stuck = {name: why for name, xform in tried if (why := ending_of(browser, xform))}
    browser.close()
    assert len(tried) >= 15
    assert stuck == {}
