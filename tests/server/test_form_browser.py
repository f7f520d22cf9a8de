"""The browser form against the server itself: a phone in Chromium, from the door to the list.

What the form does is told by ``tests/form``; here that the pages, the seals and the receipts of the
real server fit it.
"""

import shutil
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Playwright, expect

from tests.form.conftest import made
from tests.form.every_kind import every_kind
from tests.form.phone import Phone, kill, profile, screened
from tests.form.robot import answer
from tyndau.fieldwork.paradata import read_audit
from tyndau.questionnaire import load_form
from tyndau_server.control.models import Contact, Question, Report
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.links import make_open
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.receive import again
from tyndau_server.people.models import Token

from .by_robot import answered, wrong_of
from .field import STUDY, asked, interviewer
from .live import Server
from .served_form import Served

STUDIES = Path(__file__).parents[2] / "studies"
RESIDENTS = STUDIES / "taraz-2026" / "forms" / "residents.xlsx"
PLAIN = """
| survey |                  |      |            |             |
|        | type             | name | label::kk  | label::ru   |
|        | note             | hi   | Сәлем      | Здравствуйте |
|        | select_one yes   | ok   | Келісесіз бе? | Согласны? |
|        | text             | said | Не айтасыз? | Что скажете? |
| choices |                 |      |            |             |
|        | list_name        | name | label::kk  | label::ru   |
|        | yes              | yes  | Иә         | Да          |
|        | yes              | no   | Жоқ        | Нет         |
| settings |                |      |            |             |
|        | form_id          | version | default_language |    |
|        | online           | 1    | kk         |             |
"""


def _order(phone: Phone) -> list[str | None]:
    return [one.get_attribute("value") for one in phone.page.locator(".option input").all()]


def test_interviews_outlive_the_network_and_the_phone(
    playwright: Playwright, server: Server, tmp_path: Path
) -> None:
    """Installed, cut off, killed in mid-interview, and back: each arrives once, with its files."""
    asked(every_kind().xml)
    asked(load_form(RESIDENTS).xform)
    served = Served(server, f"k/{interviewer()}/")
    folder = tmp_path / "profile"
    with profile(playwright, folder) as context:
        phone = Phone(context.pages[0], served).open().enter()
        manifest = phone.page.locator("link[rel=manifest]").get_attribute("href")
        assert context.request.get(f"{server.address}{str(manifest).lstrip('/')}").ok
        server.stop()
        phone.page.reload()
        phone.enter()
        for first, then in (("kk", "ru"), ("ru", "kk")):
            phone.begin().speak(first).next().next().next().speak(then)
            assert answer(phone) == ""
        screened(phone.begin(1)).choose("roads").speak("ru")
        before = (phone.saved().node, phone.question, _order(phone))
        kill(folder)
    with profile(playwright, folder) as context:
        phone = Phone(context.pages[0], served).open().enter().go_on()
        assert (phone.node, phone.question, _order(phone)) == before
        phone.next()
        assert answer(phone) == ""
        expect(phone.page.locator(".queue.waits")).to_be_visible()
        assert not Submission.objects.exists()
        server.start()
        assert server.address == served.address
        phone.page.locator(".queue .row button").first.click()
        expect(phone.page.locator(".queue:not(.waits)")).to_be_visible(timeout=30_000)
    rows = list(Submission.objects.all())
    assert len(rows) == len({row.instance_id for row in rows}) == 3
    for row in rows:
        assert row.complete
        files = {one.name: one for one in row.attachments.all()}
        assert "audit.csv" in files
        with open_blob(files["audit.csv"].sha256) as stream:
            assert read_audit(stream.read()).damaged == 0
    assert sum(any(name.endswith(".jpg") for name in one.awaited) for one in rows) == 2
    assert {row.instrument.form_id for row in rows} == {"every_kind", "taraz_2026_residents"}


def test_a_phone_that_was_shut_out_hears_by_itself_that_its_interview_was_taken_in(
    playwright: Playwright, server: Server, tmp_path: Path
) -> None:
    asked(made(PLAIN).xml)
    served = Served(server, f"k/{interviewer()}/")
    with profile(playwright, tmp_path / "profile") as context:
        phone = Phone(context.pages[0], served).open().enter().begin()
        Token.objects.update(revoked=timezone.now())
        phone.next().choose("yes").next().write("құпия").next().finish()
        expect(phone.page.locator(".queue")).to_contain_text("больше не разрешено", timeout=30_000)
        again(Quarantined.objects.get(), by=None)
        phone.page.add_init_script("const now = Date.now; Date.now = () => now() + 90_000_000;")
        phone.open().enter()
        expect(phone.page.locator(".queue .state")).to_have_text("Всё отправлено", timeout=30_000)
    assert Quarantined.objects.get().outcome == "taken"


def test_a_resident_answers_by_an_open_link(
    playwright: Playwright, server: Server, tmp_path: Path
) -> None:
    asked(made(PLAIN).xml, population="online")
    link = make_open(STUDY, "online", by=None)
    served = Served(server, f"a/{link.code}/")
    with profile(playwright, tmp_path / "profile") as context:
        phone = Phone(context.pages[0], served).open().agree()
        phone.next().choose("yes").next().write("құпия").next()
        phone.page.locator(".end .wide").click()
        expect(phone.page.locator("#sent")).not_to_be_empty(timeout=30_000)
    row = Submission.objects.get()
    assert "құпия".encode() in bytes(row.xml)
    assert (row.membership, row.device_id) == (None, "link")
    assert row.instrument == Instrument.objects.get()


def test_what_robots_answer_arrives_as_they_said_it(
    playwright: Playwright, server: Server, tmp_path: Path
) -> None:
    """Four of the twenty interviews that ``make soak`` makes (``benchmarks/soak_form.py``)."""
    xform = load_form(STUDIES / "demo-city" / "forms" / "residents.xlsx").xform
    asked(xform)
    said = answered(playwright, server, interviewer(), tmp_path / "profile", 4)
    assert all(len(one) > 40 for one in said)
    assert wrong_of(said, xform) == []


def test_what_happens_at_a_point_arrives(playwright: Playwright, tmp_path: Path) -> None:
    """Points come from the study; contacts and questions go into the server's own tables."""
    folder = Path(shutil.copytree(RESIDENTS.parents[1], tmp_path / STUDY))
    asked(load_form(RESIDENTS).xform)
    server = Server({"TYNDAU_STUDIES": str(folder)}).start()
    try:
        served = Served(server, f"k/{interviewer()}/")
        with profile(playwright, tmp_path / "profile") as context:
            phone = Phone(context.pages[0], served).open().enter()
            page = phone.page
            page.locator("button.here").click()
            page.locator("input[type=search]").fill("center-01")
            page.locator(".home li button").click()
            for _passer in range(5):
                page.locator(".pass").click()
            for outcome in ("Отказ", "Не подходит"):
                page.locator(".outcomes button", has_text=outcome).click()
            page.go_back()
            page.locator(".field button").last.click()
            page.locator("textarea").fill("Где ближайшее тёплое место?")
            page.locator("button.wide").click()
            expect(page.locator(".asked")).to_have_count(1)
            page.go_back()
            expect(page.locator(".field")).to_be_visible()
            expect(page.locator(".untold")).to_have_count(0, timeout=30_000)
    finally:
        server.kill()
    told = Contact.objects.order_by("moment").values_list("point", "outcome", "passed")
    assert list(told) == [("center-01", "refused", 5), ("center-01", "not_eligible", 1)]
    assert Question.objects.get().text == "Где ближайшее тёплое место?"
    assert Report.objects.get().unsent == 0
