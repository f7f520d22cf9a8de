"""A resident at the browser form of the real server: what is told first, and going on elsewhere."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Playwright, expect

from tests.form.conftest import made
from tests.form.phone import Phone, profile
from tests.form.robot import FILES
from tyndau_server.fieldwork.links import make_open, make_personal
from tyndau_server.fieldwork.models import Link, Submission
from tyndau_server.form.models import Unfinished

from .field import STUDY, asked
from .live import Server
from .served_form import Served

SECRET = "құпия ойым"
QUESTIONS = """
| survey |                |      |                     |                     |                |
|        | type           | name | label::Қазақша (kk) | label::Русский (ru) | parameters     |
|        | note           | hi   | Сәлем               | Здравствуйте        |                |
{consent}
|        | text           | said | Не айтасыз?         | Что скажете?        |                |
|        | select_one way | way  | Қалай?              | Каким путём?        | randomize=true |
|        | image          | yard | Аула                | Двор                |                |
| choices |               |      |                     |                     |                |
|        | list_name      | name | label::Қазақша (kk) | label::Русский (ru) |                |
|        | yes            | yes  | Иә                  | Да                  |                |
|        | yes            | no   | Жоқ                 | Нет                 |                |
{ways}
| settings |              |      |                     |                     |                |
|        | form_id        | version | default_language |                     |                |
|        | online         | 1    | Қазақша (kk)        |                     |                |
"""
CONSENT = "| | select_one yes | consent | Келісесіз бе? | Согласны? | |"
WAYS = "\n".join(f"| | way | w{at} | Жол {at} | Путь {at} | |" for at in range(9))

Device = Callable[[str], Phone]


def _xform(consent: str = "") -> bytes:
    return made(QUESTIONS.format(consent=consent, ways=WAYS)).xml


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Return a server for all tests of this module: to start one takes longer than most of them."""
    running = Server()
    yield running.start()
    running.kill()


@pytest.fixture
def device(
    playwright: Playwright, server: Server, tmp_path: Path
) -> Iterator[Callable[[str, str], Phone]]:
    """Return a function that opens an address on a device of its own, by name."""
    managers = []
    pages: dict[str, Page] = {}

    def opened(name: str, path: str) -> Phone:
        if name not in pages:
            managers.append(profile(playwright, tmp_path / name))
            pages[name] = managers[-1].__enter__().pages[0]
        served = Served(server, path)
        pages[name].goto("about:blank")
        return Phone(pages[name], served).open()

    yield opened
    for manager in managers:
        manager.__exit__(None, None, None)


@pytest.fixture
def link() -> str:
    asked(_xform(), population="online")
    return f"a/{make_open(STUDY, 'online', by=None).code}/"


def _later(phone: Phone) -> str:
    """Put the interview by; return the part of the address behind #."""
    page = phone.page
    page.locator(".later-on").click()
    address = page.locator(".later textarea").input_value()
    page.locator(".sheet header button").click()
    return address.partition("#")[2]


def _codes(phone: Phone) -> list[str | None]:
    return [one.get_attribute("value") for one in phone.page.locator(".option input").all()]


def _kept(phone: Phone) -> int:
    """Count the drafts on a device."""
    count: int = phone.page.evaluate(
        """() => new Promise(done => {
            const asked = indexedDB.open("tyndau-form");
            asked.onsuccess = () => {
                const store = asked.result.transaction("drafts").objectStore("drafts");
                store.count().onsuccess = (event) => done(event.target.result);
            };
        })"""
    )
    return count


def test_who_does_not_want_to_is_asked_nothing(device: Device, link: str) -> None:
    phone = device("phone", link)
    page = phone.page
    expect(page.locator(".welcome")).to_contain_text("voluntary")
    page.locator(".switch button[lang=kk]").click()
    expect(page.locator(".welcome")).to_contain_text("Қатысу – өз еркіңізде")
    page.locator(".foot .no").click()
    expect(page.locator("h1")).to_have_text("Рақмет")
    assert _kept(phone) == 0
    page.locator(".door button").click()
    phone.agree().saved()
    assert _kept(phone) == 1


def test_the_interview_is_in_the_language_that_was_chosen(device: Device, link: str) -> None:
    phone = device("phone", link)
    phone.page.locator(".switch button[lang=ru]").click()
    assert phone.agree().question == "Здравствуйте"


def test_a_form_that_asks_for_consent_is_not_doubled(device: Device) -> None:
    asked(_xform(CONSENT), population="online")
    phone = device("phone", f"a/{make_open(STUDY, 'online', by=None).code}/")
    expect(phone.page.locator(".welcome")).to_contain_text("anonymous")
    expect(phone.page.locator(".foot button")).to_have_count(1)
    expect(phone.agree().page.locator(".block", has_text="Келісесіз бе?")).to_be_visible()


def test_a_messenger_that_only_its_objects_betray_is_warned_of(device: Device, link: str) -> None:
    """Telegram calls itself Chrome (shalanah/inapp-spy, issue 30)."""
    phone = device("phone", link)
    expect(phone.page.locator(".welcome .muted")).to_contain_text("inside a messenger")
    phone.page.add_init_script("window.TelegramWebview = {}")
    phone.open()
    expect(phone.page.locator(".welcome .alert")).to_contain_text("inside another app")
    expect(phone.page.locator(".welcome .muted")).to_have_count(0)


def test_one_goes_on_on_another_device(device: Device, link: str) -> None:
    """At the same question, with the same order, language, answers and files; once."""
    phone = device("phone", link).agree().speak("ru").next().write(SECRET).next()
    phone.choose("w3").next()
    phone.page.locator("input[type=file]").set_input_files(FILES["image"])
    phone.page.locator(".held img").wait_for()
    phone.back().saved()
    before = (phone.node, phone.question, _codes(phone))
    part = _later(phone)
    row = Unfinished.objects.get()
    assert SECRET.encode() not in bytes(row.content)
    number, _, key = part.partition(".")
    assert key not in str(Unfinished.objects.values())

    other = device("tablet", f"{link}#{part}")
    other.page.locator(".asking").wait_for()
    assert (other.node, other.question, _codes(other)) == before
    assert other.page.locator(".option input:checked").get_attribute("value") == "w3"
    other.next()
    expect(other.page.locator(".held img")).to_be_visible()
    assert not Submission.objects.exists()
    other.next()
    # Asked once more it is the same address, under which what is newer stands.
    assert _later(other) == part
    assert Unfinished.objects.get().digest == row.digest
    assert bytes(Unfinished.objects.get().content) != bytes(row.content)

    other.page.locator(".end .wide").click()
    expect(other.page.locator("#sent")).not_to_be_empty()
    expect(other.page.locator("#sent")).to_have_text("Всё отправлено")
    arrived = Submission.objects.get()
    assert SECRET.encode() in bytes(arrived.xml)
    assert arrived.complete
    assert arrived.attachments.exclude(name="audit.csv").get().size > 0
    phone = device("third", f"{link}#{part}")
    expect(phone.page.get_by_role("alert")).to_contain_text("finished on another device")
    assert not bytes(Unfinished.objects.get().content)
    assert number not in str(Submission.objects.values())


def test_the_device_on_which_it_began_does_not_go_on_with_what_another_finished(
    device: Device, link: str
) -> None:
    """Not even with answers that are newer; until the server says so it keeps them."""
    first = device("phone", link).agree().next().write("a")
    part = _later(first)
    first.write("b").next().saved()
    first = device("phone", link)
    first.page.locator(".asking").wait_for()
    assert first.back().page.locator(".written textarea").input_value() == "b"
    other = device("tablet", f"{link}#{part}")
    other.next().choose("w3").next().next()
    other.page.locator(".end .wide").click()
    expect(other.page.locator("#sent")).not_to_be_empty()
    first = device("phone", link)
    expect(first.page.locator(".door p")).to_contain_text("finished on another device")
    assert _kept(first) == 0
    expect(first.page.locator("button")).to_have_count(0)
    expect(device("phone", link).page.locator(".welcome")).to_be_visible()
    assert Submission.objects.count() == 1


def test_the_device_with_the_newer_answers_keeps_them(device: Device, link: str) -> None:
    phone = device("phone", link).agree().next().write("a")
    part = _later(phone)
    phone.write("b").next().saved()
    phone = device("phone", f"{link}#{part}")
    phone.page.locator(".asking").wait_for()
    assert phone.back().page.locator(".written textarea").input_value() == "b"


def test_after_fourteen_days_one_is_told_and_goes_on_with_what_is_here(
    device: Device, link: str
) -> None:
    phone = device("phone", link).agree().next().write("a")
    part = _later(phone)
    Unfinished.objects.update(saved=timezone.now().date() - timedelta(days=14))
    other = device("tablet", f"{link}#{part}")
    expect(other.page.get_by_role("alert")).to_contain_text("14 days have passed")
    other.page.locator(".door button").click()
    expect(other.page.locator(".welcome")).to_be_visible()
    phone = device("phone", f"{link}#{part}")
    expect(phone.page.get_by_role("alert")).to_contain_text("14 days have passed")
    phone.page.locator(".door button").click()
    assert phone.page.locator(".written textarea").input_value() == "a"


@pytest.mark.parametrize("cut", [1, 30, 60])
def test_an_address_that_was_cut_is_told_from_one_that_is_over(
    device: Device, link: str, cut: int
) -> None:
    part = _later(device("phone", link).agree().next())
    other = device("tablet", f"{link}#{part[:-cut]}")
    expect(other.page.get_by_role("alert")).to_contain_text("not whole")


def test_a_key_of_something_else_opens_nothing(device: Device, link: str) -> None:
    part = _later(device("phone", link).agree().next())
    number, _, key = part.partition(".")
    other = device("tablet", f"{link}#{number}.{key[::-1]}")
    expect(other.page.get_by_role("alert")).to_contain_text("not whole")


def test_without_a_network_it_says_so_and_tries_again(
    device: Device, link: str, server: Server
) -> None:
    phone = device("phone", link).agree().next().write("a").saved()
    server.stop()
    phone.page.locator(".later-on").click()
    expect(phone.page.locator(".later .error")).to_contain_text("Серверге қосылу")
    server.start()
    phone.page.locator(".later button").click()
    part = phone.page.locator(".later textarea").input_value().partition("#")[2]
    other = device("tablet", f"{link}#{part}")
    other.page.locator(".asking").wait_for()
    assert other.page.locator(".written textarea").input_value() == "a"


def test_a_draft_goes_on_elsewhere_in_the_version_in_which_it_began(
    device: Device, link: str
) -> None:
    part = _later(device("phone", link).agree().next())
    asked(
        _xform().replace("Не айтасыз?".encode(), b"NEW").replace(b'version="1"', b'version="2"'),
        population="online",
    )  # fmt: skip
    assert device("new", link).agree().next().question == "NEW"
    other = device("tablet", f"{link}#{part}")
    other.page.locator(".asking").wait_for()
    assert other.question == "Не айтасыз?"


def test_by_a_personal_link_one_interview_comes_from_either_device(
    device: Device,
) -> None:
    asked(_xform(), population="online")
    (secret,) = make_personal(STUDY, "online", 1, by=None)
    part = _later(device("phone", f"a/{secret}/").agree().next())
    assert Link.objects.get().used is None
    other = device("tablet", f"a/{secret}/#{part}")
    other.page.locator(".asking").wait_for()
    other.next().next().next().page.locator(".end .wide").click()
    expect(other.page.locator("#sent")).not_to_be_empty()
    assert Link.objects.get().used is not None
    phone = device("phone", f"a/{secret}/#{part}")
    expect(phone.page.locator(".door p")).to_contain_text("finished on another device")
    third = device("third", f"a/{secret}/#{part}")
    expect(third.page.locator(".home")).to_contain_text("has been used")
    assert Submission.objects.count() == 1
