"""A robot that answers any form to its end by the controls of the interface.

In: a phone in an interview. Out: how it ended. It answers what it sees by what the control takes;
where the form is not content it tries other answers, as somebody would who does not know what is
wanted.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Error, Locator

from .phone import Phone

NUMBERS: Final = ("1", "20", "2", "0", "5", "100", "12", "2000", "7", "50", "1000000", "-1")
DECIMALS: Final = ("1.5", "20", "0.5", "100", "2000", "-1")
TEXTS: Final = (
    "жауап",
    "a",
    "abc",
    "a@b.kz",
    "12345",
    "87011234567",
    "7",
    "1",
    "A1",
    "Yes",
    "2020-01-01",
)
DATES: Final = {
    "date": ("2020-02-03", "2030-02-03", "1990-01-01"), "month": ("2020-02", "2030-02"),
    "time": ("10:30", "23:00"), "datetime-local": ("2020-02-03T10:30", "2030-02-03T10:30"),
}  # fmt: skip
PLACES: Final = ("42.90 71.36", "42.91 71.37", "42.92 71.36")
# Forms of others ask for places in the countries of their authors.
ELSEWHERE: Final = ("-1.29 36.82", "51.5 -0.12", "48.85 2.35", "37.77 -122.42", "0.35 32.58")
PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FILES: Final = {
    "image": {"name": "a.png", "mimeType": "image/png", "buffer": PIXEL},
    "audio": {"name": "a.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3"},
    "video": {"name": "a.mp4", "mimeType": "video/mp4", "buffer": b"mp4"},
    "": {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"},
}
# A form in which one has gone round so often does not end.
MOST_PAGES: Final = 600
MOST_TRIES: Final = 12


class StuckError(Exception):
    """The robot does not know how to go on; the text says where and why."""


@dataclass
class Robot:
    """Answers one interview."""

    phone: Phone
    # The repeats to which a round was added already.
    added: set[str]

    def run(self) -> None:
        """Answer to the end and finish."""
        for _page in range(MOST_PAGES):
            if self.phone.page.locator(".end").count():
                if self.at_end():
                    return
            else:
                self.page()
        raise StuckError("it does not end")

    def at_end(self) -> bool:
        """Finish, or answer what is still wanted; return whether the interview ended."""
        wrong = self.phone.page.locator(".end li button")
        if not wrong.count():
            self.phone.finish()
            return True
        wrong.first.click()
        self.page()
        return False

    def page(self) -> None:
        """Answer what is on the screen and go on."""
        page = self.phone.page
        rounds = page.locator(".rounds")
        if rounds.count():
            name = page.locator(".rounds > p, .section").first.inner_text()
            if not rounds.locator("li").count() and name not in self.added:
                self.added.add(name)
                rounds.locator("button").last.click()
                return
            self.phone.next()
            return
        recording = page.locator('.recording button[value="yes"]')
        if recording.count():
            recording.click()
            return
        before = self._where()
        for attempt in range(MOST_TRIES):
            for name in self._blocks(attempt):
                block = page.locator(f'.page .block[data-node="{name}"]')
                if block.is_visible():
                    self._answer(block, attempt)
            self.noted()
            self.phone.next()
            if self._where() != before or not page.locator(".block.wrong").count():
                return
        said = page.locator(".block .error:visible").first
        raise StuckError(f"{before}: {said.inner_text() if said.count() else 'does not go on'}")

    def noted(self) -> None:
        """Be called when a page is answered; a robot that must remember what it said does so."""

    def _blocks(self, attempt: int) -> list[str]:
        """Return the questions to answer: at first all, then those that are wrong."""
        wrong = ".wrong" if attempt else ""
        found = self.phone.page.locator(f".page .block[data-node]{wrong}")
        names: list[str] = found.evaluate_all("all => all.map(one => one.dataset.node)")
        return names

    def _where(self) -> str:
        page = self.phone.page
        return f"{page.locator('.count').inner_text()} {self.phone.node}"

    def _answer(self, block: Locator, attempt: int) -> None:
        """Answer a block by the control that it has; a note has none."""
        kinds = {
            ":scope > .select .option input": self._select,
            ":scope > .select .option.rank": self._rank,
            ":scope > .options .option input": self._tick,
            ":scope > .written :is(input, textarea)": self._write,
            ":scope > .steps": self._step,
            ":scope > .slider input": self._slide,
            ":scope > .geo": self._place,
            ":scope > .upload": self._upload,
        }
        for place, answer in kinds.items():
            found = block.locator(place)
            if found.count() and found.first.is_enabled():
                answer(found, attempt)
                return

    def _select(self, options: Locator, attempt: int) -> None:
        if attempt == 0 and any(option.is_checked() for option in options.all()):
            return
        at = attempt % options.count()
        if options.first.get_attribute("type") == "checkbox":
            # Several where several may be; another choice each time that it was not right.
            wanted = range(options.count()) if attempt % 2 else (at,)
            for number, option in enumerate(options.all()):
                if option.is_checked() != (number in wanted):
                    option.click(force=True)
        elif not options.nth(at).is_checked():
            options.nth(at).click(force=True)

    def _rank(self, options: Locator, attempt: int) -> None:
        for option in options.all():
            if option.get_attribute("aria-pressed") == "false":
                option.click()

    def _tick(self, box: Locator, attempt: int) -> None:
        box.first.check(force=True)

    def _write(self, place: Locator, attempt: int) -> None:
        if not place.first.is_editable() or (attempt == 0 and place.first.input_value()):
            return
        kind = place.first.get_attribute("type") or ""
        mode = place.first.get_attribute("inputmode") or ""
        if kind in DATES:
            texts: Iterable[str] = DATES[kind]
        elif place.first.get_attribute("maxlength"):
            texts = ("2020", "1990", "2030")
        else:
            texts = NUMBERS if mode == "numeric" else DECIMALS if mode == "decimal" else TEXTS
        choices = [*texts]
        place.first.fill(choices[attempt % len(choices)])
        place.first.dispatch_event("change")

    def _step(self, steps: Locator, attempt: int) -> None:
        buttons = steps.locator("button")
        button = buttons.nth(attempt % buttons.count())
        if button.is_enabled() and button.get_attribute("aria-pressed") == "false":
            button.click()

    def _slide(self, slider: Locator, attempt: int) -> None:
        slider.focus()
        slider.press("ArrowRight" if attempt % 2 == 0 else "End")

    def _place(self, geo: Locator, attempt: int) -> None:
        if (attempt == 0 and geo.locator(".point").count()) or not geo.locator(
            "summary"
        ).is_visible():
            return
        if not geo.locator("details input").is_visible():
            geo.locator("summary").click()
        if attempt:
            geo.locator("button").last.click()
        places = (ELSEWHERE[attempt % len(ELSEWHERE)],) if attempt else PLACES
        for place in places:
            geo.locator("details input").fill(place)
            geo.locator("details input").dispatch_event("change")

    def _upload(self, upload: Locator, attempt: int) -> None:
        tools = upload.locator(".tools")
        if upload.locator(".held > *").count() or not tools.is_visible():
            return
        canvas = upload.locator("canvas")
        if canvas.count():
            box = canvas.bounding_box()
            assert box is not None
            mouse = self.phone.page.mouse
            mouse.move(box["x"] + 20, box["y"] + 20)
            mouse.down()
            mouse.move(box["x"] + 90, box["y"] + 60)
            mouse.up()
            upload.locator(".drawing button").first.click()
        else:
            chooser = upload.locator("input[type=file]")
            kind = (chooser.get_attribute("accept") or "").partition("/")[0]
            chooser.set_input_files(FILES.get(kind, FILES[""]))
        upload.locator(".held > *").first.wait_for()


def answer(phone: Phone) -> str:
    """Answer the interview that is open; return why not, empty where it went to its end."""
    try:
        Robot(phone, set()).run()
    except StuckError as stuck:
        return str(stuck)
    except Error as fault:
        return f"{phone.node}: {fault.message.splitlines()[0]}"
    return ""
