"""Kill the browser in mid-interview, again and again, and hold what arrives to what was answered.

Run ``.venv/bin/python benchmarks/soak_form.py [--kills N] [--interviews N] [--forms DIR]``. A phone
answers the questionnaire of Taraz; whenever it has said "saved", its browser may be killed with -9,
after a number of questions drawn at random. Then the interview must go on at the same question,
with the same options, and every answer that was said to be saved must arrive. Robots answer the
questionnaire of the fictional city through the real server; each interview must arrive once, as
they said it. The forms of others stand where TYNDAU_ORACLES says; at least 80 % of those that have
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
from tests.form.resident import WILLING, Resident, Said, differences
from tests.form.serving import Field, Form
from tests.server.live import Server
from tyndau.questionnaire import load_form

ROOT = Path(__file__).resolve().parent.parent
KILLS, INTERVIEWS, SEED = 50, 20, 2026
SHARE = 0.8
# Questions between two kills, at most.
STEPS = 6


def main() -> None:
    """Print all three; fail if one is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--interviews", type=int, default=INTERVIEWS)
    parser.add_argument("--forms", type=Path, default=_oracles() / "forms")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        series = [
            _kills(playwright, options.kills),
            _robots(playwright, options.interviews),
            _others(playwright, options.forms),
        ]
    sys.exit(0 if all(series) else 1)


def _oracles() -> Path:
    return Path(os.environ.get("TYNDAU_ORACLES", ROOT.parent / "shared" / "data"))


def _kills(playwright: Playwright, kills: int) -> bool:
    form = load_form(ROOT / "studies" / "taraz-2026" / "forms" / "residents.xlsx")
    field = Field(Form(form.id, form.xform)).start()
    chance = random.Random(SEED)
    moved, ended, said = 0, [], dict[str, Said]()
    with tempfile.TemporaryDirectory(prefix="tyndau-", ignore_cleanup_errors=True) as name:
        folder, before = Path(name), None
        for _kill in range(kills):
            with profile(playwright, folder) as context:
                phone = Phone(context.pages[0], field).open().enter()
                if before is None:
                    phone.begin()
                else:
                    moved += _state(phone.go_on()) != before
                robot = Resident(phone, set(), chance, WILLING, said=said)
                if _steps(robot, chance.randint(1, STEPS)):
                    ended, said, before = [*ended, said], {}, None
                else:
                    before = _state(phone.saved())
                kill(folder)
        with profile(playwright, folder) as context:
            phone = Phone(context.pages[0], field).open().enter()
            if before is not None:
                moved += _state(phone.go_on()) != before
                Resident(phone, set(), chance, WILLING, said=said).run()
                ended.append(said)
            field.wait(len(ended))
    field.stop()
    arrived = zip(ended, field.arrived.values(), strict=True)
    lost = [one for words, came in arrived for one in differences(words, came.xml, form.xform)]
    print(
        f"{kills} kills: {moved} not at the same question as before; {len(ended)} interviews with "
        f"{sum(map(len, ended))} answers that were said to be saved finished and arrived; "
        f"{len(lost)} answers lost or altered"
    )
    for one in lost:
        print(f"  {one}")
    return not moved and not lost


def _steps(robot: Resident, steps: int) -> bool:
    """Answer some questions; return whether the interview ended by that."""
    for _step in range(steps):
        if robot.phone.page.locator(".end").count():
            return robot.at_end()
        robot.page()
    return False


def _robots(playwright: Playwright, count: int) -> bool:
    import django

    form = load_form(ROOT / "studies" / "demo-city" / "forms" / "residents.xlsx")
    with tempfile.TemporaryDirectory(prefix="tyndau-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tyndau_server.settings",
            "TYNDAU_DATA": str(folder / "data"),
            "DATABASE_URL": "",
            # Playwright keeps a loop of events in this thread, which alone uses the database.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        server = Server(os.environ).start()
        try:
            django.setup()
            from tests.server.by_robot import answered, wrong_of
            from tests.server.field import asked, interviewer

            asked(form.xform)
            said = answered(playwright, server, interviewer(), folder / "profile", count)
            wrong = wrong_of(said, form.xform)
        finally:
            server.kill()
    print(
        f"{count} interviews by robots through the server, {count - count // 2} of them without a "
        f"network: {sum(map(len, said))} answers, {len(wrong)} not as they were said"
    )
    for one in wrong:
        print(f"  {one}")
    return not wrong


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
