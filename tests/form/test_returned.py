"""Interviews that were returned: read on the phone that made them alone, corrected, sent anew."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tyndau.fieldwork.openrosa import read_instance, read_xform
from tyndau.fieldwork.paradata import read_audit

from .phone import Phone
from .robot import FILES
from .serving import Field, Form

Serve = Callable[..., Field]
Take = Callable[..., Phone]
REASON = "Возраст не сходится с годом рождения"
SAID = "құпия жауап"


@pytest.fixture
def sent(serve: Serve, take: Take, short: Form) -> tuple[Field, Phone, str]:
    """Send an interview with a photo, which is returned."""
    field = serve(short)
    phone = take(field).enter().begin().write(SAID).next()
    phone.page.locator("input[type=file]").set_input_files(FILES["image"])
    phone.page.locator(".held img").wait_for()
    phone.next().finish()
    field.wait(1)
    [instance] = field.arrived
    field.returned = {instance: REASON}
    return field, phone, instance


def again(phone: Phone) -> Phone:
    phone.page.reload()
    return phone.enter()


def test_it_works(sent: tuple[Field, Phone, str], short: Form) -> None:
    field, phone, first = sent
    again(phone)
    entry = phone.page.locator(".returned-entry")
    expect(entry).to_contain_text(REASON)
    entry.get_by_role("button").click()
    phone.page.locator(".asking").wait_for()
    assert phone.node == "/data/said"
    why = phone.page.locator(".why")
    expect(why).to_contain_text(REASON)
    expect(phone.page.locator(".written :is(input, textarea)").last).to_have_value(SAID)
    # A draft like any other, which is not offered a second time.
    phone.write("басқа").saved().lock().enter()
    expect(phone.page.locator(".entry-row")).to_have_count(1)
    expect(phone.page.locator(".entry-row")).to_contain_text(REASON)
    expect(entry).to_have_count(0)
    phone.go_on().next()
    expect(why).to_contain_text(REASON)
    expect(phone.page.locator(".held img")).to_be_visible()
    phone.next()
    assert phone.page.locator(".slip").count() == 0, "the respondent has a code"
    phone.finish()
    field.wait(2)
    expect(phone.page.locator(".queue:not(.waits)")).to_be_visible()
    expect(entry).to_have_count(0)
    second = field.arrived[next(name for name in field.arrived if name != first)]
    read = read_instance(second.xml)
    assert read.deprecated_id == first
    values = read.values(read_xform(short.xml, "form.xml"))
    assert values["said"] == "басқа"
    assert str(values["yard"]) in second.files
    log = [event.event for event in read_audit(second.files["audit.csv"])]
    assert log.count("form start") == 1, "its log goes on"
    assert log.count("form resume") == 2


def test_without_the_pin_nothing_of_it_is_read(sent: tuple[Field, Phone, str]) -> None:
    field, phone, first = sent
    for content in (field.listed("aigul"), field.given_back(first)):
        assert SAID not in str(content)
        assert REASON not in str(content)
    phone.page.reload()
    phone.page.locator("form.door").wait_for()
    assert REASON not in phone.page.content()


def test_another_phone_is_not_offered_it(sent: tuple[Field, Phone, str]) -> None:
    field, phone, _first = sent
    Phone(phone.page, field, "daniyar").open().enter("909013")
    expect(phone.page.locator(".home h2").first).to_be_visible()
    expect(phone.page.locator(".returned-entry")).to_have_count(0)


def test_without_a_network_it_says_that_one_is_needed(sent: tuple[Field, Phone, str]) -> None:
    field, phone, _first = sent
    press = again(phone).page.locator(".returned-entry button")
    press.wait_for()
    field.stop()
    press.click()
    expect(phone.page.locator(".alert.error")).to_contain_text("нужна сеть")
    field.start()
    phone.page.locator(".returned-entry button").click()
    phone.page.locator(".asking").wait_for()


def test_what_was_decided_meanwhile_is_told(sent: tuple[Field, Phone, str]) -> None:
    field, phone, _first = sent
    press = again(phone).page.locator(".returned-entry button")
    press.wait_for()
    field.returned = {}
    press.click()
    expect(phone.page.locator(".alert.error")).to_contain_text("Исправить нельзя")
    expect(phone.page.locator(".returned-entry")).to_have_count(0)


def test_a_vault_of_earlier_gets_a_key_when_it_opens(serve: Serve, take: Take, short: Form) -> None:
    field = serve(short)
    phone = take(field).enter()
    phone.page.evaluate(
        """async () => {
          const db = await new Promise((done) => {
            const asked = indexedDB.open("tyndau-form");
            asked.onsuccess = () => done(asked.result);
          });
          const store = db.transaction("vaults", "readwrite").objectStore("vaults");
          const vault = await new Promise((done) => {
            const asked = store.get("aigul");
            asked.onsuccess = () => done(asked.result);
          });
          delete vault.reply;
          store.put(vault);
          db.close();
        }"""
    )
    again(phone).begin().write(SAID).next().next().finish()
    field.wait(1)
    [arrived] = field.arrived.values()
    assert len(arrived.envelope.reply_point) == 65
