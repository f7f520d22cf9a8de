"""Consent before everything else, sound only of who agrees, and a code to take answers back."""

import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tyndau.fieldwork.openrosa import read_instance, read_xform
from tyndau.fieldwork.paradata import read_audit

from .conftest import made
from .phone import Phone, screened
from .robot import answer
from .serving import Field, Form

Serve = Callable[..., Field]
Take = Callable[..., Phone]
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HEAD = "| survey | | | | | |\n| | type | name | label | required | relevant |\n"
CHOICES = (
    "| choices | | | |\n| | list_name | name | label |\n| | yn | yes | Да |\n| | yn | no | Нет |\n"
)
LATE = "text | name | Имя | | ;note | hi | Привет | | ;select_one yn | consent | Согласны? | yes | "
SOUND = "text | a | A | | ;audio | s | S | yes | ;text | b | B | | "


def form(rows: str, **given: object) -> Form:
    return made(HEAD + "".join(f"| | {row} |\n" for row in rows.split(";")) + CHOICES, **given)


def code(instance: str) -> str:
    """Compute the code as its specification says it."""
    digest = hashlib.sha256(f"tyndau withdrawal {instance}".encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    letters = "".join(SYMBOLS[number >> 5 * at & 31] for at in range(7, -1, -1))
    return f"{letters[:4]}-{letters[4:]}"


def shown(phone: Phone) -> str:
    expect(phone.page.locator(".slip .code")).to_have_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))
    return phone.page.locator(".slip .code").inner_text()


def test_the_code_of_a_known_interview() -> None:
    """The vector that both sides hold to."""
    assert code("uuid:00000000-0000-4000-8000-000000000000") == "JJHB-HM94"


def test_nothing_but_consent_is_shown_until_it_is_given(
    serve: Serve, take: Take, residents: Form
) -> None:
    field = serve(residents)
    phone = take(field).enter().begin()
    names = phone.page.locator(".page > .block").evaluate_all(
        "all => all.map(one => one.dataset.node.split('/').pop())"
    )
    assert names == ["intro", "contact", "consent"]
    phone.page.locator(".bar .icon-only").first.click()
    expect(phone.page.locator(".sheet .entry")).to_have_count(2)  # consent, and the end
    phone.page.keyboard.press("Escape")
    phone.choose("yes").next()
    assert not phone.node.endswith("consent")
    assert answer(phone) == ""
    field.wait(1)
    [arrived] = field.arrived.values()
    audit = read_audit(arrived.files["audit.csv"])
    [consent] = [one for one in audit if one.path == "consent"]
    others = [one.start for one in audit if one.path.startswith("screening")]
    assert consent.end is not None
    assert consent.end <= min(others)


def test_a_form_that_asks_for_consent_late_asks_it_first(serve: Serve, take: Take) -> None:
    phone = take(serve(form(LATE))).enter().begin()
    assert phone.node == "/data/consent"
    phone.choose("no").next()
    assert phone.node == "/data/name"


@pytest.mark.parametrize(("consent", "is_shown"), [("yes", True), ("no", False)])
def test_who_took_part_gets_a_code(serve: Serve, take: Take, consent: str, is_shown: bool) -> None:
    field = serve(form("select_one yn | consent | Согласны? | yes | "))
    phone = take(field).enter().begin().choose(consent).next()
    said = shown(phone) if is_shown else ""
    assert phone.page.locator(".slip").count() == int(is_shown)
    phone.finish()
    field.wait(1)
    [instance] = field.arrived
    assert instance.startswith("uuid:")
    assert not is_shown or said == code(instance)


def test_who_answers_alone_gets_the_code_at_the_end(serve: Serve, take: Take) -> None:
    field = serve(form("text | a | A | | "), mode="respondent")
    phone = take(field).agree().write("x").next()
    expect(phone.page.locator(".end")).to_be_visible()
    assert phone.page.locator(".slip").count() == 0
    phone.page.locator(".end .wide").click()
    said = shown(phone)
    field.wait(1)
    assert [said] == [code(instance) for instance in field.arrived]


@pytest.mark.parametrize(("allowed", "agreed"), [(False, ""), (True, "no"), (True, "yes")])
def test_sound_is_asked_for_only_where_study_and_respondent_allow_it(
    serve: Serve, take: Take, allowed: bool, agreed: str
) -> None:
    of = form(SOUND, recording=allowed)
    field = serve(of)
    phone = take(field).enter().begin().write("1").next()
    if allowed:
        expect(phone.page.locator(".foot .next")).to_be_hidden()
        phone.saved().lock().enter().go_on()  # asked once, also where it is interrupted
        phone.page.locator(f".recording button[value={agreed}]").click()
    if agreed == "yes":
        assert phone.node == "/data/s"
        sound = {"name": "a.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3"}
        phone.page.locator("input[type=file]").set_input_files(sound)
        phone.page.locator(".held audio").wait_for()
        phone.next()
    assert phone.node == "/data/b"
    phone.write("2").next().finish()
    field.wait(1)
    [arrived] = field.arrived.values()
    values = read_instance(arrived.xml).values(read_xform(of.xml, "form.xml"))
    assert (values["a"], values["b"], bool(values.get("s"))) == ("1", "2", agreed == "yes")
    assert len(arrived.files) == 1 + (agreed == "yes")
    assert read_audit(arrived.files["audit.csv"]).recording == agreed


def test_who_changes_her_mind_leaves_no_sound(serve: Serve, take: Take) -> None:
    field = serve(form(SOUND, recording=True))
    phone = take(field).enter().begin().write("1").next()
    phone.page.locator(".recording button[value=yes]").click()
    sound = {"name": "a.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3"}
    phone.page.locator("input[type=file]").set_input_files(sound)
    phone.page.locator(".held audio").wait_for()
    phone.back().page.locator(".recording button[value=no]").click()
    assert phone.node == "/data/b"
    phone.write("2").next().finish()
    field.wait(1)
    [arrived] = field.arrived.values()
    assert {*arrived.files} == {"audit.csv"}


def test_the_minutes_left_fall_and_follow_the_route(
    serve: Serve, take: Take, residents: Form
) -> None:
    phone = screened(take(serve(residents)).enter().begin())

    def left() -> int:
        said = re.search(r"· (\d+)", phone.page.locator(".count").inner_text())
        return int(said[1]) if said else 0

    before = left()
    assert 8 < before <= 14
    phone.back().back().back().choose("no").next()
    assert left() < before / 2, "who was screened out is soon through"
