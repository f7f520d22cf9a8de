"""Each kind of question takes its answer and stores it as the form says."""

import base64
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image
from playwright.sync_api import expect

from tyndau.fieldwork.openrosa import read_instance, read_xform

from .conftest import made
from .phone import Phone
from .robot import FILES
from .serving import Arrived, Field, Form

Serve = Callable[..., Field]
Take = Callable[..., Phone]


def form(*rows: str, choices: str = "", head: str = "type | name | label") -> Form:
    """Make a form of rows of its survey."""
    survey = "\n".join(f"| | {row} |" for row in rows)
    listed = f"| choices |\n| | list_name | name | label |\n{choices}" if choices else ""
    settings = "| settings |\n| | form_id |\n| | f |"
    return made(f"| survey |\n| | {head} |\n{survey}\n{listed}\n{settings}")


def letters(name: str, codes: str) -> str:
    return "\n".join(f"| | {name} | {code} | {code.upper()} |" for code in codes)


def values(field: Field, of: Form) -> dict[str, object]:
    """Return the answers of the one interview that arrived."""
    return dict(read_instance(arrived(field).xml).values(read_xform(of.xml, "f.xml")))


def arrived(field: Field) -> Arrived:
    field.wait(1)
    [one] = field.arrived.values()
    return one


def test_a_list_without_a_seed_keeps_its_order_in_a_draft(serve: Serve, take: Take) -> None:
    of = form(
        "select_one l | q | Q | randomize=true", "text | t | T |",
        choices=letters("l", "abcdefghij"), head="type | name | label | parameters",
    )  # fmt: skip
    phone = take(serve(of)).enter().begin()
    codes = phone.page.locator(".option input").evaluate_all("all => all.map(one => one.value)")
    assert codes != sorted(codes)
    phone.choose(codes[3]).saved().lock().enter().go_on()
    again = phone.page.locator(".option input").evaluate_all("all => all.map(one => one.value)")
    assert again == codes


def test_what_depends_on_an_answer_comes_and_goes_on_one_page(serve: Serve, take: Take) -> None:
    of = form(
        "begin group | g | G | field-list |", "select_one l | q | Q | |",
        "text | why | Why | | ${q} = 'a'", "text | last | Last | |", "end group | | | |",
        choices=letters("l", "ab"), head="type | name | label | appearance | relevant",
    )  # fmt: skip
    field = serve(of)
    phone = take(field).enter().begin()
    shown = phone.page.locator(".block:visible .label")
    assert shown.all_inner_texts() == ["Q", "Last"]
    phone.page.locator(".written textarea").last.fill("kept")
    phone.choose("a")
    expect(shown).to_have_text(["Q", "Why", "Last"])
    expect(phone.page.locator(".written textarea").last).to_have_value("kept")
    phone.page.locator(".written textarea").first.fill("gone")
    phone.choose("b")
    expect(shown).to_have_text(["Q", "Last"])
    phone.next().finish()
    found = values(field, of)
    assert (found["g/q"], found["g/last"]) == ("b", "kept")
    assert not found.get("g/why")


def test_a_grid_is_a_sequence_under_its_question(serve: Serve, take: Take) -> None:
    of = form(
        "begin group | g | How is it? | table-list", "select_one l | x | X |",
        "select_one l | y | Y |", "end group | | |",
        choices=letters("l", "abc"), head="type | name | label | appearance",
    )  # fmt: skip
    field = serve(of)
    phone = take(field).enter().begin()
    assert (phone.page.locator(".stem").inner_text(), phone.question) == ("How is it?", "X")
    phone.choose("a").next()
    assert (phone.page.locator(".stem").inner_text(), phone.question) == ("How is it?", "Y")
    phone.choose("c").next().finish()
    found = values(field, of)
    assert (found["g/x"], found["g/y"]) == ("a", "c")


def test_rounds_are_added_and_taken_away(serve: Serve, take: Take) -> None:
    of = form("begin repeat | child | Child", "text | name | Name", "end repeat | |")
    field = serve(of)
    phone = take(field).enter().begin().write("A").next()
    for name in ("B", "C"):
        phone.page.locator(".rounds > .wide").click()
        phone.write(name).next()
    expect(phone.page.locator(".rounds li")).to_have_count(3)
    phone.page.locator(".rounds li .icon-only").nth(1).click()
    expect(phone.page.locator(".rounds li")).to_have_count(2)
    phone.next().finish()
    xml = arrived(field).xml.decode()
    assert [name for name in "ABC" if f"<name>{name}</name>" in xml] == ["A", "C"]


def test_a_position_is_stored_as_the_form_says(serve: Serve, take: Take) -> None:
    of = form("geopoint | p | P", "geoshape | s | S")
    field = serve(of)
    phone = take(field).enter().begin()
    phone.page.locator(".geo button").first.click()
    expect(phone.page.locator(".point")).to_have_text("42.90000, 71.36600 (±4 м)")
    phone.next().page.locator("summary").click()
    for place in ("42,9 71,36", "42.91 71.37", "42.92 71.36"):
        phone.page.locator("details input").fill(place)
        phone.page.locator("details input").press("Tab")
    phone.next().finish()
    found = values(field, of)
    assert str(found["p"]).startswith("42.9 71.366")
    corners = [one.strip() for one in str(found["s"]).split(";")]
    assert len(corners) == 4
    assert corners[0] == corners[-1]


def test_a_photo_is_made_smaller_and_loses_where_it_was_taken(serve: Serve, take: Take) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Phone of somebody"
    content = io.BytesIO()
    Image.new("RGB", (4000, 3000), "green").save(content, "JPEG", exif=exif)
    of = form(
        "image | p | P |", "image | q | Q | max-pixels=640", head="type | name | label | parameters"
    )
    field = serve(of)
    phone = take(field).enter().begin()
    for _photo in range(2):
        given = {"name": "IMG_20261128.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
        phone.page.locator("input[type=file]").set_input_files(given)
        phone.page.locator(".held img").wait_for()
        phone.next()
    phone.finish()
    found, files = values(field, of), arrived(field).files
    for name, side in (("p", 1600), ("q", 640)):
        picture = Image.open(io.BytesIO(files[str(found[name])]))
        assert max(picture.size) == side
        assert not picture.getexif()
        assert "IMG" not in str(found[name])


def test_sound_is_recorded(serve: Serve, take: Take) -> None:
    of = form("audio | s | S")
    of.recording = True
    field = serve(of)
    phone = take(field).enter().begin()
    phone.page.locator(".recording button[value=yes]").click()
    press = phone.page.locator(".recorder button")
    press.click()
    expect(press).to_have_text("Остановить запись")
    expect(phone.page.locator(".clock")).to_have_text("0:01")
    press.click()
    phone.page.locator(".held audio").wait_for()
    phone.next().finish()
    name = str(values(field, of)["s"])
    assert len(arrived(field).files[name]) > 500


def test_what_is_ranked_is_an_answer_once_all_is(serve: Serve, take: Take) -> None:
    of = form(
        "rank l | r | R | yes", choices=letters("l", "abc"), head="type | name | label | required"
    )
    field = serve(of)
    phone = take(field).enter().begin()
    rows = phone.page.locator(".option.rank")
    rows.nth(2).click()
    phone.next()
    assert phone.page.get_by_role("alert").inner_text() == "Здесь нужен ответ."
    rows.nth(0).click()
    rows.nth(1).click()
    phone.next().finish()
    assert values(field, of)["r"] == "c a b"


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("date", "2026-11-28", "2026-11-28"),
        ("time", "10:30", "10:30:00.000+05:00"),
        ("dateTime", "2026-11-28T10:30", "2026-11-28T10:30:00.000+05:00"),
    ],
)
def test_dates_are_stored_with_their_zone(
    serve: Serve, take: Take, kind: str, given: str, stored: str
) -> None:
    of = form(f"{kind} | q | Q")
    field = serve(of)
    phone = take(field).enter().begin()
    phone.page.locator(".written input").fill(given)
    phone.next().finish()
    assert values(field, of)["q"] == stored


def test_a_label_never_becomes_html(serve: Serve, take: Take) -> None:
    of = form(
        "note | n | **Bold** <img src=x onerror=alert(1)> <script>alert(2)</script>"
        " [t](javascript:alert(3))"
    )
    phone = take(serve(of)).enter().begin()
    heading = phone.page.locator("h1")
    assert heading.locator("strong").inner_text() == "Bold"
    assert heading.locator("img, script, a").count() == 0


def test_a_long_list_is_searched_without_kazakh_letters(serve: Serve, take: Take) -> None:
    names = ["Ақбұлым", "Шайқорық", "Түркісіб", *(f"Ауыл {at}" for at in range(150))]
    choices = "\n".join(f"| | l | v{at} | {name} |" for at, name in enumerate(names))
    field = serve(of := form("select_one l | q | Q", choices=choices))
    phone = take(field).enter().begin()
    assert phone.page.locator(".option").count() == 100
    phone.page.locator(".seek input").fill("турки")
    expect(phone.page.locator(".option")).to_have_text(["Түркісіб"])
    phone.choose("v2").next().finish()
    assert values(field, of)["q"] == "v2"


def test_somebody_who_answers_alone_needs_no_pin_and_comes_back_to_the_question(
    serve: Serve, take: Take
) -> None:
    of = form("text | a | A | Tell us", "text | b | B |", head="type | name | label | hint")
    field = serve(of, mode="respondent")
    phone = take(field).agree()
    expect(phone.page.locator(".hint")).to_have_text("Tell us")
    phone.write("x").next().saved()
    phone.page.reload()
    expect(phone.page.locator("h1")).to_have_text("B")
    phone.write("y").next().finish()
    expect(phone.page.locator("#sent")).to_have_text("Всё отправлено")
    found = values(field, of)
    assert (found["a"], found["b"]) == ("x", "y")


def test_whoever_answers_alone_sends_the_answers(serve: Serve, take: Take) -> None:
    """It is no interview to them, and nobody else sends it."""
    phone = take(serve(form("text | a | A"), mode="respondent")).agree().write("x").next()
    expect(phone.page.locator(".end .wide")).to_have_text("Отправить ответы")


def test_a_title_in_two_languages_is_shown_in_one(serve: Serve, take: Take) -> None:
    of = form("text | a | A")
    titled = [replace(of, id=str(at), title=title) for at, title in enumerate(
        ("Тараз: тұрғындар / Тараз: жители", "Город / область", "Қала / Аула / Двор")
    )]  # fmt: skip
    phone = take(serve(*titled)).enter()
    names = phone.page.locator(".home li strong")
    rest = ["Город / область", "Қала / Аула / Двор"]
    expect(names).to_have_text(["Тараз: жители", *rest])
    phone.speak("kk")
    expect(names).to_have_text(["Тараз: тұрғындар", *rest])


def test_the_field_for_other_comes_into_sight(serve: Serve, take: Take) -> None:
    of = form(
        "select_multiple l | q | Q |", "text | q_other | Which? | selected(${q}, 'other')",
        choices=letters("l", "abcdefghijklmn") + "\n| | l | other | Other |",
        head="type | name | label | relevant",
    )  # fmt: skip
    phone = take(serve(of)).enter().begin().choose("other")
    field = phone.page.locator(".block .block .written input")
    bar = phone.page.locator(".foot").bounding_box()
    assert bar is not None
    phone.page.wait_for_function(
        "([name, top]) => document.querySelector(name).getBoundingClientRect().bottom <= top",
        arg=[".block .block .written input", bar["y"]],
    )
    expect(field).to_be_visible()


def test_none_is_an_answer_like_others_where_one_is_chosen(serve: Serve, take: Take) -> None:
    """In a list of several it stands apart: choosing it clears the rest."""
    choices = "| | l | none | Nobody |\n| | l | few | 1 to 5 |\n| | l | dont_know | ? |"
    of = form("select_one l | q | Q", "select_multiple l | m | M", choices=choices)
    phone = take(serve(of)).enter().begin()
    apart = phone.page.locator(".option.apart input")
    values_apart = "all => all.map(one => one.value)"
    assert apart.evaluate_all(values_apart) == ["dont_know"]
    phone.next()
    assert apart.evaluate_all(values_apart) == ["none", "dont_know"]


def test_a_form_whose_list_is_missing_says_so(serve: Serve, take: Take) -> None:
    of = form("select_one_from_file streets.csv | q | Q")
    phone = take(serve(of)).enter()
    phone.page.locator(".home li > button.big").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("streets.csv")


def test_a_list_from_a_file_narrows_by_an_answer(serve: Serve, take: Take) -> None:
    of = form(
        "select_one d | d | D |", "select_one_from_file s.csv | s | S | d = ${d}",
        choices=letters("d", "ab"), head="type | name | label | choice_filter",
    )  # fmt: skip
    of.media = {"s.csv": b"name,label,d\ns1,First,a\ns2,Second,b\ns3,Third,a\n"}
    field = serve(of)
    phone = take(field).enter().begin().choose("a").next()
    expect(phone.page.locator(".option")).to_have_text(["First", "Third"])
    phone.back().choose("b").next()
    expect(phone.page.locator(".option")).to_have_text(["Second"])
    phone.choose("s2").next().finish()
    assert values(field, of)["s"] == "s2"


def test_pictures_of_answers_come_from_the_form(serve: Serve, take: Take) -> None:
    of = made(
        """
        | survey  |              |      |       |
        |         | type         | name | label |
        |         | select_one l | q    | Q     |
        | choices |              |      |       |         |
        |         | list_name    | name | label | image   |
        |         | l            | a    | A     | a.png   |
        |         | l            | b    | B     | b.png   |
        | settings |             |
        |         | form_id      |
        |         | f            |
        """,
        media={"a.png": FILES["image"]["buffer"], "b.png": base64.b64decode("")},
    )
    phone = take(serve(of)).enter().begin()
    shown = phone.page.locator(".option img").first
    expect(shown).to_have_attribute("alt", "A")
    assert str(shown.get_attribute("src")).startswith("blob:")
