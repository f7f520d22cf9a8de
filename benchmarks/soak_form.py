"""Kill the browser in mid-interview, again and again, and answer every form of others by a robot.

Run ``.venv/bin/python benchmarks/soak_form.py [--kills N] [--forms DIR]``. A phone answers the
questionnaire of Taraz; whenever it has said "saved", its browser may be killed with -9, after a
number of questions drawn at random. Then the interview must go on at the same question, with the
same answers. The forms of others stand where TYNDAU_ORACLES says; at least 80 % of those that have
their files must go to the end. Printed is what was lost or not answered.
"""

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.form.others import endings
from tests.form.phone import CHROMIUM, Phone, kill, profile
from tests.form.robot import Robot
from tests.form.serving import Field, Form
from tyndau.questionnaire import load_form

ROOT = Path(__file__).resolve().parent.parent
KILLS, SEED = 50, 2026
SHARE = 0.8
# Questions between two kills, at most.
STEPS = 6


def main() -> None:
    """Print both; fail if one is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--forms", type=Path, default=_oracles() / "forms")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        kept = _kills(playwright, options.kills)
        answered = _others(playwright, options.forms)
    sys.exit(0 if kept and answered else 1)


def _oracles() -> Path:
    return Path(os.environ.get("TYNDAU_ORACLES", ROOT.parent / "shared" / "data"))


def _kills(playwright: Playwright, kills: int) -> bool:
    form = load_form(ROOT / "studies" / "taraz-2026" / "forms" / "residents.xlsx")
    field = Field(Form(form.id, form.xform)).start()
    chance = random.Random(SEED)
    lost = finished = 0
    with tempfile.TemporaryDirectory(prefix="tyndau-", ignore_cleanup_errors=True) as name:
        folder, before = Path(name), None
        for _kill in range(kills):
            with profile(playwright, folder) as context:
                phone = Phone(context.pages[0], field).open().enter()
                if before is None:
                    phone.begin()
                else:
                    lost += _state(phone.go_on()) != before
                finished += _steps(phone, chance.randint(1, STEPS))
                before = _state(phone.saved()) if phone.page.locator(".asking").count() else None
                kill(folder)
    field.wait(finished)
    field.stop()
    print(f"{kills} kills: {lost} not as it was; {finished} interviews finished and arrived")
    return lost == 0


def _steps(phone: Phone, steps: int) -> int:
    """Answer some questions; return 1 where the interview ended by that."""
    robot = Robot(phone, set())
    for _step in range(steps):
        if phone.page.locator(".end").count():
            return int(robot.at_end())
        robot.page()
    return 0


def _state(phone: Phone) -> tuple[object, ...]:
    """Return the question on the screen with its options in order, and what is answered so far."""
    page = phone.page
    options = page.locator(".option input").evaluate_all(
        "all => all.map(one => [one.value, one.checked])"
    )
    page.locator(".bar .icon-only").first.click()
    answered = page.locator(".sheet .entry .mark").evaluate_all(
        "all => all.map(one => one.classList.contains('done'))"
    )
    page.keyboard.press("Escape")
    return phone.node, phone.question, options, answered


def _others(playwright: Playwright, folder: Path) -> bool:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    found = [one for one in endings(browser, folder) if not one.lacks_files]
    browser.close()
    ended = sum(not one.why for one in found)
    for one in found:
        if one.why:
            print(f"not to the end: {one.name}: {one.why[:160]}")
    share = ended / max(len(found), 1)
    print(
        f"{ended} of {len(found)} forms of others went to the end ({share:.0%}, bound {SHARE:.0%})"
    )
    return share >= SHARE


if __name__ == "__main__":
    main()
