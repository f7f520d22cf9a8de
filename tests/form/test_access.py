"""Everybody can use it: axe finds nothing, all fits a narrow phone, a thumb and a keyboard suffice.

Every kind of question is looked at in Kazakh and in Russian, light, dark and for the sun.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .every_kind import every_kind
from .phone import SCREEN, Phone
from .robot import Robot
from .serving import Field

Serve = Callable[..., Field]
Take = Callable[..., Phone]
# What can be pressed is at least so high and wide, in pixels.
THUMB = 44


def pages(phone: Phone) -> Iterator[str]:
    """Go through all pages of an interview, answering each after it was looked at."""
    robot = Robot(phone, set())
    while not phone.page.locator(".end").count():
        yield phone.node or "rounds"
        robot.page()
    yield "end"


def light(page: Page, scheme: str) -> None:
    """Show a page in a scheme; the one for the sun is the form's own."""
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    contrast = "high" if scheme == "sun" else ""
    page.evaluate(f"document.documentElement.dataset.contrast = '{contrast}'")


def picture(page: Page, name: str) -> None:
    """Keep a picture in the folder that TYNDAU_PICTURES names, for those who want to look."""
    folder = os.environ.get("TYNDAU_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"form-{name}.png")


def examine(page: Page, name: str) -> list[str]:
    """Return what is wrong with a page."""
    found = Axe().run(page)
    wrong = [found.generate_report()] if found.violations_count else []
    if page.evaluate("document.documentElement.scrollWidth") > SCREEN["viewport"]["width"]:
        wrong.append("wider than the phone")
    wrong += page.evaluate(
        f"""() => [...document.querySelectorAll("button, .option, summary, :not(.option) > input")]
        .filter(one => one.checkVisibility())
        .filter(one => one.getBoundingClientRect().height < {THUMB})
        .map(one => one.outerHTML.slice(0, 120))"""
    )
    picture(page, name)
    return [f"{name}: {one}" for one in wrong]


@pytest.mark.parametrize(
    ("language", "schemes"), [("kk", ("light", "dark", "sun")), ("ru", ("light",))]
)
def test_every_kind_of_question(
    serve: Serve, take: Take, language: str, schemes: tuple[str, ...]
) -> None:
    phone = take(serve(every_kind())).enter().begin().speak(language)
    wrong = []
    for node in pages(phone):
        for scheme in schemes:
            light(phone.page, scheme)
            name = node.strip("/").replace("/", "-")
            wrong += examine(phone.page, f"{name}-{language}-{scheme}")
    assert wrong == []


def test_the_screens_around_it(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind()))
    phone.page.locator("form.door").wait_for()
    wrong = examine(phone.page, "door")
    phone.enter().begin().next().saved()
    phone.page.locator(".bar .icon-only").first.click()
    wrong += examine(phone.page, "overview")
    phone.page.keyboard.press("Escape")
    phone.back().back()
    phone.page.locator(".home").wait_for()
    wrong += examine(phone.page, "home")
    assert wrong == []


def test_an_interview_by_keyboard_alone(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind())).enter().begin()
    keys = phone.page.keyboard

    def press(name: str, *wanted: str) -> None:
        """Come to an element by Tab and press keys there."""
        for _step in range(40):
            keys.press("Tab")
            if phone.page.evaluate(f"document.activeElement.matches({name!r})"):
                break
        for key in wanted:
            keys.press(key)

    press(".next", "Enter")
    assert phone.node == "/data/told"
    press(".option input", "Space")
    press(".next", "Enter")
    press(".option input", "Space", "ArrowDown")
    press(".next", "Enter")
    assert phone.node == "/data/media"
    phone.back()
    chosen = phone.page.locator(".option input:checked")
    assert chosen.get_attribute("value") == "no"


def test_the_card_shows_answers_alone(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind())).enter().begin().next()
    phone.page.locator(".option input").check(force=True)
    phone.next().choose("yes").next()
    phone.page.get_by_role("button", name="Картаны көрсету").click()
    shown = phone.page.locator(".card-shown li")
    assert shown.all_inner_texts() == [
        "Теледидардан", "Интернеттен, әлеуметтік желіден", "Таныстардан", "Басқа"
    ]  # fmt: skip
    phone.page.get_by_role("button", name="Картаны жабу").click()
    expect(shown).to_have_count(0)


def test_a_number_that_is_none_is_said_and_kept(serve: Serve, take: Take) -> None:
    phone = take(serve(every_kind())).enter().begin()
    phone.page.locator(".bar .icon-only").first.click()
    phone.page.locator(".sheet input").fill("Жасыңыз")
    phone.page.locator(".sheet .entry").first.click()
    phone.write("жиырма").next()
    field = phone.page.locator(".written input")
    expect(field).to_have_value("жиырма")
    expect(phone.page.locator(".written .error")).to_have_text("Бүтін санды цифрмен жазыңыз.")
    phone.write("7").next()
    expect(phone.page.locator(".block > .error")).to_have_text(
        "Жасты 10 мен 110 аралығында жазыңыз."
    )
    phone.write("34").next()
    assert phone.node == "/data/hectares"
