"""What is finished arrives once and whole, whatever the network does, and only then goes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tyndau.fieldwork.openrosa import read_instance, read_xform
from tyndau.fieldwork.paradata import read_audit
from tyndau_server.form.envelope import ENVELOPE, XML, open_parts, read_envelope, read_unsent

from .conftest import made
from .every_kind import every_kind
from .phone import Phone
from .robot import FILES, answer
from .serving import Field, Form

Serve = Callable[..., Field]
Take = Callable[..., Phone]
SAID = "құпия жауап"
TWO_FILES = """
| survey |      |      |       |
|        | type | name | label |
|        | file | a    | A     |
|        | file | b    | B     |
"""


def interview(phone: Phone, words: str = SAID, photo: bool = False) -> Phone:
    phone.begin().write(words).next()
    if photo:
        phone.page.locator("input[type=file]").set_input_files(FILES["image"])
        phone.page.locator(".held img").wait_for()
    return phone.next().finish()


def test_it_works(serve: Serve, take: Take, short: Form) -> None:
    field = serve(short)
    phone = interview(take(field).enter(), photo=True)
    field.wait(1)
    [arrived] = field.arrived.values()
    values = read_instance(arrived.xml).values(read_xform(short.xml, "form.xml"))
    assert values["said"] == SAID
    assert {*arrived.files} == {values["yard"], "audit.csv"}
    assert arrived.files[str(values["yard"])].startswith(b"\xff\xd8"), "a photo is made a JPEG"
    expect(phone.page.locator(".queue .state")).to_have_text("Всё отправлено")
    expect(phone.page.locator(".entry-row")).to_have_count(0)


def test_three_interviews_without_a_network_arrive_once(serve: Serve, take: Take) -> None:
    form = every_kind()
    field = serve(form)
    phone = take(field).enter()
    field.stop()
    phone.page.reload()
    phone.enter()
    for language in ("kk", "ru", "kk"):
        phone.begin().speak(language).next().next().next()
        phone.speak({"kk": "ru", "ru": "kk"}[language])
        assert answer(phone) == ""
    expect(phone.page.locator(".queue .state")).to_have_text("Не отправлено: 3")
    field.start()
    phone.page.locator(".queue .row button").first.click()
    field.wait(3)
    expect(phone.page.locator(".queue .state")).to_have_text("Всё отправлено")
    assert len(field.arrived) == 3
    for arrived in field.arrived.values():
        values = read_instance(arrived.xml).values(read_xform(form.xml, "form.xml"))
        assert {str(values["photo"]), str(values["sign"]), "audit.csv"} <= {*arrived.files}
        audit = read_audit(arrived.files["audit.csv"])
        assert audit.damaged == 0
        assert len(audit.languages()) >= 1
        assert {event.user for event in audit} == {"aigul"}
        assert any(event.new_value == "20" or event.new_value == "1" for event in audit)


def test_a_lost_receipt_makes_no_second_interview(serve: Serve, take: Take, short: Form) -> None:
    field = serve(short)
    field.lose_receipts = 1
    phone = interview(take(field).enter())
    expect(phone.page.locator(".queue .state")).to_have_text("Не отправлено: 1")
    phone.page.locator(".queue .row button").first.click()
    expect(phone.page.locator(".queue .state")).to_have_text("Всё отправлено")
    [arrived] = field.arrived.values()
    assert arrived.requests == 2


@pytest.mark.parametrize(
    "wrong", [{"sha256": "0" * 64}, {"instance": "uuid:1"}, {"attachments": []}]
)
def test_a_receipt_for_something_else_lets_nothing_go(
    serve: Serve, take: Take, short: Form, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, object]
) -> None:
    field = serve(short)
    taken = field.take
    monkeypatch.setattr(field, "take", lambda *given: (201, {**taken(*given)[1], **wrong}))
    phone = interview(take(field).enter())
    expect(phone.page.locator(".queue .state")).to_have_text("Не отправлено: 1")
    expect(phone.page.locator(".queue .row button").first).to_have_text("Отправить")
    monkeypatch.undo()
    phone.page.locator(".queue .row button").first.click()
    expect(phone.page.locator(".queue .state")).to_have_text("Всё отправлено")


@pytest.mark.parametrize("status", [409, 403])
def test_one_that_is_refused_stays_and_says_why(
    serve: Serve, take: Take, short: Form, status: int
) -> None:
    field = serve(short)
    field.refuse = status
    phone = interview(take(field).enter())
    expect(phone.page.locator(".queue")).to_contain_text("Анкета закрыта")
    field.refuse = 0
    phone.page.locator(".queue .row button").first.click()
    expect(phone.page.locator(".queue .state")).to_have_text("Всё отправлено")


def _two_that_wait(serve: Serve, take: Take, form: Form) -> tuple[Field, Phone]:
    """Make two interviews without a network, and bring it back."""
    field = serve(form)
    phone = take(field).enter()
    field.stop()
    for _ in range(2):
        interview(phone)
    field.start()
    return field, phone


def test_what_a_phone_that_was_shut_out_keeps_does_not_hold_up_the_rest(
    serve: Serve, take: Take, short: Form
) -> None:
    """Each interview is offered to the server once, so that all of them wait there."""
    field, phone = _two_that_wait(serve, take, short)
    field.refuse = 403
    phone.page.locator(".queue .row button").first.click()
    expect(phone.page.locator(".queue")).to_contain_text("Анкета закрыта")
    expect(phone.page.locator(".queue .state")).to_have_text("Не отправлено: 2")
    assert len(field.turned_away) == 2


def _with_two_large_files(phone: Phone) -> Phone:
    phone.begin()
    for letter in (b"a", b"b"):
        given = {"name": "x.pdf", "mimeType": "application/pdf", "buffer": letter * 2_000_000}
        phone.page.locator("input[type=file]").set_input_files(given)
        phone.page.locator(".held p").wait_for()
        phone.next()
    return phone.finish()


def test_a_phone_that_was_shut_out_sends_all_files_and_hears_later_that_they_were_taken_in(
    serve: Serve, take: Take
) -> None:
    """It asks again once a day, and not before."""
    field = serve(made(TWO_FILES))
    field.refuse = 403
    phone = _with_two_large_files(take(field).enter())
    expect(phone.page.locator(".queue")).to_contain_text("Анкета закрыта")
    files = {name for name in field.turned_away_files if name.endswith(".pdf")}
    assert (len(files), "audit.csv" in field.turned_away_files) == (2, True)
    field.refuse = 0
    phone.open().enter()
    expect(phone.page.locator(".queue .state")).to_have_text("Не отправлено: 1")
    assert not field.arrived
    phone.page.add_init_script("const now = Date.now; Date.now = () => now() + 90_000_000;")
    phone.open()
    field.wait(1)


def test_a_version_that_is_not_agreed_yet_is_tried_again_by_itself(
    serve: Serve, take: Take, short: Form
) -> None:
    """And it holds up nothing that is behind it."""
    field, phone = _two_that_wait(serve, take, short)
    field.refuse, field.code = 403, "not-agreed"
    phone.page.locator(".queue .row button").first.click()
    with field.arrival:
        assert field.arrival.wait_for(lambda: len(field.turned_away) == 2, 30)
    field.refuse = 0
    phone.open()
    field.wait(2)


def test_what_is_unsent_goes_into_a_file_that_the_server_opens(
    serve: Serve, take: Take, short: Form, tmp_path: Path
) -> None:
    field = serve(short)
    phone = take(field).enter()
    field.stop()
    interview(phone)
    with phone.page.expect_download() as waiting:
        phone.page.locator(".queue .row button").last.click()
    unsent = read_unsent(Path(waiting.value.path()).read_bytes())
    assert unsent.holder == phone.who
    [parts] = unsent.interviews
    envelope = read_envelope(parts.pop(ENVELOPE))
    opened = open_parts(field.key, envelope, parts)
    assert SAID.encode() in opened[XML]


def test_what_is_finished_is_sent_before_anybody_unlocks(
    serve: Serve, take: Take, short: Form
) -> None:
    field = serve(short)
    phone = take(field).enter()
    field.stop()
    interview(phone).lock()
    field.start()
    phone.open()
    field.wait(1)
    expect(phone.page.locator("form.door")).to_be_visible()


def test_a_clock_that_is_a_year_off_is_noticed(serve: Serve, take: Take, short: Form) -> None:
    field = serve(short)
    field.clock = timedelta(days=-365)
    phone = take(field).enter()
    expect(phone.page.locator(".alert", has_text="Часы телефона неверны")).to_be_visible()
    interview(phone)
    field.wait(1)
    [arrived] = field.arrived.values()
    assert arrived.envelope.clock == pytest.approx(365 * 86_400, abs=60)


def test_storage_that_was_cleared_is_noticed(serve: Serve, take: Take, short: Form) -> None:
    field = serve(short)
    phone = take(field).enter()
    phone.begin().write("x").saved().lock().enter()
    expect(phone.page.locator(".entry-row")).to_have_count(1)
    phone.page.evaluate("indexedDB.deleteDatabase('tyndau-form')")
    phone.open()
    expect(phone.page.get_by_role("alert").first).to_contain_text("черновиков – 1")


def test_large_files_go_in_requests_of_their_own(serve: Serve, take: Take) -> None:
    field = serve(made(TWO_FILES))
    phone = _with_two_large_files(take(field).enter())
    field.wait(1)
    [arrived] = field.arrived.values()
    assert sorted(len(content) for content in arrived.files.values())[1:] == [2_000_000] * 2
    expect(phone.page.locator(".queue .state")).to_have_text("Всё отправлено")
    assert arrived.requests >= 2


@pytest.mark.parametrize(
    ("browser", "said", "other"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0.0.0", "В Chrome", "В Safari"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0) Safari/604.1", "В Safari", "В Chrome"),
    ],
)
def test_where_storage_may_be_cleared_one_is_told_the_way_to_the_home_screen(
    serve: Serve, take: Take, short: Form, browser: str, said: str, other: str
) -> None:
    phone = take(serve(short))
    phone.page.add_init_script(
        f"""Object.defineProperty(navigator, "userAgent", {{ value: "{browser}" }});
        const no = async () => false;
        StorageManager.prototype.persisted = StorageManager.prototype.persist = no;"""
    )
    phone.page.reload()
    hint = phone.page.locator(".alert.info")
    expect(hint).to_contain_text(said)
    expect(hint).not_to_contain_text(other)
    # From the home screen one has come there already.
    phone.page.add_init_script(
        "window.matchMedia = () => ({ matches: true, addEventListener() {} });"
    )
    phone.page.reload()
    expect(phone.page.locator(".alert", has_text="главный экран")).to_be_visible()
    expect(hint).to_have_count(0)
