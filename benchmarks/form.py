"""Prints how large the browser form is, and how long a slow phone's user waits for it.

In: the built client (``make bench`` builds it). Out: what a phone fetches, compressed by gzip as
whitenoise serves it; then, in Chromium slowed down four times, how long the page takes to its
door, a questionnaire to its first question, and the next questions, each beside its bound. The
exit code is 1 where a bound is passed. Measured beside it in the same browser: @getodk/web-forms
0.22 takes 1.22 MB and 17 to 22 s for 180 questions, enketo-core 9.0.1 446 KB and 11 s.
"""

import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.form.conftest import made
from tests.form.phone import Phone, profile, screened
from tests.form.serving import Field, Form
from tyndau.questionnaire import load_form

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "tyndau_server" / "form" / "static" / "form"
SLOWER = 4
# Some seconds on the networks of remote settlements, in bytes.
SCRIPT = 320_000
# In milliseconds.
FIRST, FIRST_OF_MANY, NEXT = 2500, 4000, 100
STEPS = 12
# How long from a press to the frame after what it brings, measured in the page.
TIMED = """press => new Promise(done => {
    const begun = performance.now();
    const before = document.querySelector("h1")?.id;
    document.querySelector(press).click();
    const look = () => {
        const shown = document.querySelector(".asking h1");
        if (shown && shown.id !== before) {
            requestAnimationFrame(() => done(performance.now() - begun));
        } else {
            requestAnimationFrame(look);
        }
    };
    look();
})"""


def main() -> int:
    """Print all; return 1 where a bound is passed."""
    kept = [_sizes()]
    with sync_playwright() as playwright:
        for form, first in ((_residents(), FIRST), (_long(), FIRST_OF_MANY)):
            with tempfile.TemporaryDirectory(
                prefix="tyndau-", ignore_cleanup_errors=True
            ) as folder:
                field = Field(form).start()
                with profile(playwright, Path(folder)) as context:
                    kept.append(_times(context.pages[0], field, first))
                field.stop()
    return int(not all(kept))


def _sizes() -> bool:
    packed = {}
    for name in ("form.js", "worker.js", "form.css"):
        content = (BUILT / name).read_bytes()
        packed[name] = len(gzip.compress(content, 9))
        print(f"{name:<12}{len(content) / 1000:>8.1f} KB{packed[name] / 1000:>8.1f} KB compressed")
    print(f"The script may take {SCRIPT / 1000:.0f} KB.")
    return packed["form.js"] <= SCRIPT


def _times(page: Page, field: Field, bound: int) -> bool:
    phone = Phone(page, field).open().enter().begin().saved().lock()  # now all is kept on the phone
    cdp = page.context.new_cdp_session(page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.reload()
    page.locator("form.door").wait_for()
    door = page.evaluate("performance.now()")
    phone.enter()
    first = page.evaluate(TIMED, ".home li > button.big:not(.quiet)")
    waited = []
    if "consent" in field.forms[0].xml.decode():
        screened(phone)  # whoever is no respondent is not asked more
    for _step in range(STEPS):
        if page.locator(".block .option:not(.apart)").count():
            page.locator(".block .option:not(.apart)").first.click()
        elif page.locator(".written :is(input, textarea)").count():
            phone.write("34")
        phone.saved()
        waited.append(page.evaluate(TIMED, ".foot .next"))
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    print(
        f"{field.forms[0].title}, processor {SLOWER} times slower: to the door {door:.0f} ms, "
        f"then to the first question {first:.0f} ms (bound of both {bound}), to the next "
        f"{statistics.median(waited):.0f} ms, at most {max(waited):.0f} (bound {NEXT})"
    )
    return door + first <= bound and max(waited) <= NEXT


def _residents() -> Form:
    form = load_form(ROOT / "studies" / "taraz-2026" / "forms" / "residents.xlsx")
    return Form(form.id, form.xform, title="Taraz, residents")


def _long() -> Form:
    questions = "\n".join(
        f"| | select_one l | q{at} | Сұрақ {at}: не ойлайсыз? | Вопрос {at}: что думаете? "
        f"| {'${q0} != 5' if at % 3 == 2 else ''} |"
        for at in range(180)
    )
    choices = "\n".join(f"| | l | a{code} | Жауап {code} | Ответ {code} |" for code in range(7))
    return made(
        f"| survey |\n| | type | name | label::kk | label::ru | relevant |\n{questions}\n"
        f"| choices |\n| | list_name | name | label::kk | label::ru |\n{choices}\n"
        "| settings |\n| | form_id | default_language |\n| | long | kk |",
        title="180 questions",
    )


if __name__ == "__main__":
    sys.exit(main())
