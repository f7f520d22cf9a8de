"""What is answered is not lost, and nobody reads it: on a phone that dies, is locked, is shared."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from .every_kind import every_kind
from .on_disk import contents
from .phone import PIN, Phone, kill, profile, screened
from .robot import FILES
from .serving import Field, Form

Serve = Callable[..., Field]
Take = Callable[..., Phone]
SAID = "Жарық жоқ, көше қараңғы"
FRAMES = """async () => {
    for (let count = 0; count < 40; count += 1) {
        await new Promise(requestAnimationFrame);
    }
}"""


def _codes(phone: Phone) -> list[str | None]:
    return [one.get_attribute("value") for one in phone.page.locator(".option input").all()]


def _chosen(phone: Phone) -> list[str | None]:
    found = phone.page.locator(".option input:checked")
    return [one.get_attribute("value") for one in found.all()]


@pytest.mark.parametrize("answers", [("roads",), ("water", "jobs"), ("other",)])
def test_a_killed_browser_goes_on_at_the_same_question(
    serve: Serve, playwright: Playwright, residents: Form, tmp_path: Path, answers: tuple[str, ...]
) -> None:
    field = serve(residents)
    with profile(playwright, tmp_path) as context:
        phone = screened(Phone(context.pages[0], field).open().enter().begin())
        phone.choose(*answers).speak("ru").saved()
        node, codes, question = phone.node, _codes(phone), phone.question
        kill(tmp_path)
    with profile(playwright, tmp_path) as context:
        phone = Phone(context.pages[0], field).open().enter().go_on()
        assert (phone.node, phone.question, _codes(phone)) == (node, question, codes)
        assert sorted(map(str, _chosen(phone))) == sorted(answers)
        assert phone.back().page.locator(".option input:checked").get_attribute("value") == "talas"


def test_files_of_a_draft_are_there_again(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind())).enter().begin()
    _go_to(phone, "photo")
    phone.page.locator("input[type=file]").set_input_files(FILES["image"])
    phone.page.locator(".held img").wait_for()
    phone.saved().lock().enter().go_on()
    expect(phone.page.locator(".held img")).to_be_visible()


def _go_to(phone: Phone, name: str) -> None:
    """Go to a question by the overview."""
    phone.page.locator(".bar .icon-only").first.click()
    words = {"photo": "Ауланың суретін түсіріңіз.", "words": "Сізді не алаңдатады?"}[name]
    phone.page.locator(".sheet input").fill(words[:12])
    phone.page.locator(".sheet .entry").first.click()
    expect(phone.page.locator(f'[data-node$="/{name}"]')).to_be_visible()


# Writes so much into the form's database that LevelDB makes tables of what was there before, whose
# blocks it packs by Snappy: letters that repeat then stand nowhere as they are.
FILL = """() => new Promise(done => {
    const asked = indexedDB.open("tyndau-form");
    asked.onsuccess = () => {
        const under = asked.result.transaction("forms", "readwrite", {durability: "strict"});
        for (let at = 0; at < 100; at++) {
            const data = crypto.getRandomValues(new Uint8Array(60000));
            under.objectStore("forms").put({sha256: `full ${at}`, data});
        }
        under.oncomplete = () => done();
    };
})"""
# A question, which is no secret: kept as an answer would be that was not encrypted.
CONTROL = "Ауланың суретін"


@pytest.mark.parametrize("suffix", [".log", ".ldb"])
def test_nothing_is_readable_after_lock(
    serve: Serve, playwright: Playwright, tmp_path: Path, suffix: str
) -> None:
    """Nor in packed databases; that the search finds what is there is shown by a question."""
    field = serve(every_kind())
    with profile(playwright, tmp_path) as context:
        phone = Phone(context.pages[0], field).open().enter().begin()
        _go_to(phone, "words")
        phone.write(SAID).next().saved()
        if suffix == ".ldb":
            phone.page.evaluate(FILL)
        assert SAID not in phone.lock().page.content()
    assert suffix in {path.suffix for path in _holding(tmp_path, CONTROL)}
    for words in (SAID, *SAID.replace(",", "").split()):
        assert _holding(tmp_path, words) == set()


def _holding(folder: Path, words: str) -> set[Path]:
    """Return the files in which words can be read, packed or not."""
    wanted = [words.encode(form) for form in ("utf-8", "utf-16-le")]
    return {path for path, found in contents(folder) if any(one in found for one in wanted)}


def test_a_wrong_pin_opens_nothing(serve: Serve, take: Take, residents: Form) -> None:
    phone = take(serve(residents)).enter().begin().next().saved().lock()
    phone.page.locator("form.door input[type=password]").fill("999999")
    phone.page.locator("form.door button").click()
    expect(phone.page.get_by_role("alert")).to_have_text("PIN-код неверный.")
    phone.enter(PIN)
    expect(phone.page.locator(".entry-row")).to_have_count(1)


def test_two_interviewers_share_a_phone(serve: Serve, take: Take, residents: Form) -> None:
    field = serve(residents)
    phone = take(field).enter().begin().next().saved().lock()
    other = Phone(phone.page, field, "daniyar").open().enter("909013")
    expect(other.page.locator(".who")).to_have_text("Данияр")
    expect(other.page.locator(".entry-row")).to_have_count(0)
    phone.open().enter()
    expect(phone.page.locator(".entry-row")).to_have_count(1)


def test_a_draft_goes_on_in_the_version_in_which_it_began(
    serve: Serve, take: Take, residents: Form
) -> None:
    field = serve(residents)
    phone = screened(take(field).enter().begin()).saved()
    question = phone.question
    changed = residents.xml.replace("алаңдатады".encode(), b"XX")
    field.forms = [Form(residents.id, changed, version="2")]
    phone.lock().enter()
    expect(phone.page.locator(".home")).to_contain_text("версия 2")
    assert phone.go_on().question == question


def test_what_is_being_typed_is_kept_when_the_page_goes(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind())).enter().begin()
    _go_to(phone, "words")
    phone.page.locator(".written textarea").press_sequentially(SAID)
    phone.lock().enter().go_on()
    expect(phone.page.locator(".written textarea")).to_have_value(SAID)


def test_the_way_back_of_the_phone_leads_to_the_question_before(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind())).enter().begin().next()
    assert phone.node == "/data/told"
    phone.page.go_back()
    expect(phone.page.locator('[data-node="/data/intro"]')).to_be_visible()
    phone.page.go_back()
    expect(phone.page.locator(".entry-row")).to_have_count(1)


def test_a_phone_that_lies_about_locks_itself(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind()))
    phone.page.clock.install()
    phone.open().enter().begin().next().saved()
    phone.page.clock.fast_forward("04:30")
    assert phone.node == "/data/told"
    phone.page.clock.fast_forward("01:00")
    expect(phone.page.locator("form.door")).to_be_visible()


def test_the_first_screen_waits_for_the_finger(serve: Serve, take: Take, residents: Form) -> None:
    """What came from the server meanwhile replaces nothing that is being pressed."""
    phone = take(serve(residents)).enter()
    page = phone.page
    page.wait_for_load_state("networkidle")
    button = page.locator(".home li > button.big")
    button.hover()
    page.mouse.down()
    with page.expect_response("**/sent"):  # asked last, before the screen is drawn anew
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.evaluate(FRAMES)  # in which it would have been drawn
    page.mouse.up()
    page.locator(".asking").wait_for()
