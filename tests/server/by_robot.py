"""Interviews that robots answer through the form of the real server, and what came of them.

In: a server, a questionnaire in its field, a phone's secret. Out: what each robot said, and how the
interviews on the server differ from that. Half of them are begun in Kazakh and half in Russian,
every fourth changes the language as it goes, every seventh declines, and the second half is made
while the server is away.
"""

import random
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Playwright, expect

from tests.form.phone import Phone, profile
from tests.form.resident import WILLING, Resident, Said, differences
from tyndau.fieldwork.paradata import read_audit

from .live import Server
from .served_form import Served

LANGUAGES = ("kk", "ru")
# How long an old phone may take to send what it kept without a network.
SENDING = 60_000


def answered(
    playwright: Playwright, server: Server, secret: str, folder: Path, count: int
) -> list[dict[str, Said]]:
    """Let robots answer so many interviews; return what they said, once all is sent."""
    said = []
    with profile(playwright, folder) as context:
        phone = Phone(context.pages[0], Served(server, f"k/{secret}/")).open().enter()
        for number in range(count):
            if number == count // 2:
                _sent(phone)
                server.stop()
            said.append(_interview(phone, number))
        server.start()
        phone.page.locator(".queue .row button").first.click()
        _sent(phone)
    return said


def _sent(phone: Phone) -> None:
    expect(phone.page.locator(".queue:not(.waits)")).to_be_visible(timeout=SENDING)


def _interview(phone: Phone, number: int) -> dict[str, Said]:
    phone.begin().speak(LANGUAGES[number % 2])
    fixed = {"consent": "no"} if number % 7 == 6 else WILLING
    changing = LANGUAGES if number % 4 == 3 else ()
    robot = Resident(phone, set(), random.Random(number), fixed, changing)
    robot.run()
    return robot.said


def wrong_of(said: Sequence[dict[str, Said]], xform: bytes) -> list[str]:
    """Say what is not on the server as it was said: in the order of answering, each once."""
    from tyndau_server.fieldwork.blobs import open_blob
    from tyndau_server.fieldwork.models import Submission

    rows = list(Submission.objects.order_by("pk"))
    if len(rows) != len(said) or len({row.instance_id for row in rows}) != len(said):
        return [f"{len(rows)} interviews arrived, {len(said)} were answered"]
    wrong = []
    for number, (row, words) in enumerate(zip(rows, said, strict=True)):
        found = differences(words, bytes(row.xml), xform)
        with open_blob(row.attachments.get(name="audit.csv").sha256) as stream:
            audit = read_audit(stream.read())
        begun = audit.languages()[0][1] if audit.languages() else ""
        if number % 2 and "(ru)" not in begun:
            found.append(f"it was asked in {begun or 'Kazakh'}")
        if not row.complete or audit.damaged:
            found.append("its files are not whole")
        wrong += [f"interview {number}: {one}" for one in found]
    return wrong
