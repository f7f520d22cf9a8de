"""At the point: whom to address, what came of it, told once and sealed; questions and progress."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau.fieldwork.openrosa import read_instance, read_xform
from tyndau.sampling.routes import route_rules

from .conftest import made
from .phone import Phone, kill, profile
from .serving import Field, Form

Serve = Callable[..., Field]
Take = Callable[..., Phone]

pytestmark = pytest.mark.requirement("C2", "C3")

NAME = "Рынок «Ауыл Береке», вход со стороны остановки"
HERE = (42.9, 71.366)


@pytest.fixture(scope="module")
def form() -> Form:
    return made(
        """
        | survey |                    |                 |               |               |
        |        | type               | name            | label::kk     | label::ru     |
        |        | text               | said            | Не айтасыз?   | Что скажете?  |
        |        | select_one points  | point           | Нүкте         | Точка         |
        |        | integer            | refusals_before | Бас тартқандар | Отказов до   |
        | choices |            |      |             |            |
        |         | list_name  | name | label::kk   | label::ru  |
        |         | points     | n1   | Базар       | Рынок      |
        |         | points     | n2   | Саябақ      | Парк       |
        | settings |         |         |                  |  |
        |          | form_id | version | default_language |  |
        |          | short   | 1       | ru               |  |
        """,
        title="Қысқа",
    )


def point(code: str = "n1", **said: Any) -> dict[str, Any]:
    """Say of a point what the boot says."""
    return {
        "code": code, "name": {"kk": f"Базар {code}", "ru": NAME}, "kind": "street", "step": 3,
        "territory": {"kk": "Орталық", "ru": "Центр"}, "start": 2, "side": "left", "planned": 12,
        "substitute": "", "place": None, "shifts": [], **said,
    }  # fmt: skip


def at(*points: dict[str, Any]) -> dict[str, Any]:
    """Say of the field what the boot says."""
    kinds = {one["kind"] for one in points}
    return {
        "rules": {
            kind: {
                code: [rule.say(code) for rule in route_rules(kind)] for code in INTERFACE_LANGUAGES
            }
            for kind in kinds
        },
        "plans": [
            {"population": "short", "question": "point", "assigned": True, "points": list(points)}
        ],
    }


@pytest.fixture
def field(serve: Serve, form: Form) -> Field:
    made_field = serve(form)
    made_field.field = at(point())
    return made_field


def stand(phone: Phone, name: str = NAME) -> Phone:
    """Go to a point for the first time."""
    phone.page.locator("button.here").click()
    phone.page.locator(".home li button", has_text=name).first.click()
    phone.page.locator(".counter").wait_for()
    return phone


def tap(phone: Phone, times: int = 1) -> Phone:
    for _time in range(times):
        phone.page.locator(".pass").click()
    return phone


def outcome(phone: Phone, name: str) -> Phone:
    phone.page.locator(".outcomes button", has_text=name).click()
    return phone


def whom(phone: Phone) -> str:
    return phone.page.locator(".whom").inner_text()


def interview(phone: Phone, words: str = "жақсы") -> Phone:
    """Answer an interview that began at the point, to its end."""
    outcome(phone, "Интервью").page.locator(".asking h1").wait_for()
    phone.write(words).next().next().next()
    phone.page.locator(".end .wide").click()
    phone.page.locator(".counter").wait_for()
    return phone


def test_it_works(field: Field, take: Take, form: Form) -> None:
    phone = stand(take(field).enter())
    assert whom(phone) == "Обратитесь к человеку № 2"
    expect(phone.page.locator(".rules li")).to_have_count(len(route_rules("street")))
    tap(phone, 2)
    assert whom(phone) == "Обратитесь к этому человеку"
    outcome(phone, "Отказ")
    assert whom(phone) == "Обратитесь к следующему человеку", "without counting"
    outcome(phone, "Не подходит")
    interview(phone)
    assert whom(phone) == "Обратитесь к человеку № 3", "after an interview the count begins anew"
    expect(phone.page.locator(".today")).to_contain_text("интервью 1 · отказ 1 · не подходит 1")
    told = field.wait_told(3)
    assert [(one["outcome"], one["passed"]) for one in told] == [
        ("refused", 2), ("not_eligible", 1), ("interview", 1)
    ]  # fmt: skip
    assert {(one["population"], one["point"]) for one in told} == {("short", "n1")}
    field.wait(1)
    [(instance, arrived)] = field.arrived.items()
    assert told[-1]["interview"] == instance
    values = read_instance(arrived.xml).values(read_xform(form.xml, "form.xml"))
    assert (values["point"], values["refusals_before"]) == ("n1", "1")


def test_what_is_answered_beforehand_is_shown_and_can_be_changed(
    field: Field, take: Take, form: Form
) -> None:
    phone = tap(stand(take(field).enter()), 2)
    outcome(phone, "Интервью").write("жақсы").next()
    assert phone.page.locator(".option input:checked").get_attribute("value") == "n1"
    phone.choose("n2").next().next().page.locator(".end .wide").click()
    field.wait(1)
    [arrived] = field.arrived.values()
    assert read_instance(arrived.xml).values(read_xform(form.xml, "form.xml"))["point"] == "n2"


def test_nothing_is_lost_or_told_twice_when_the_browser_dies_offline(
    field: Field, playwright: Playwright, tmp_path: Path
) -> None:
    with profile(playwright, tmp_path) as context:
        phone = Phone(context.pages[0], field).open().enter()
        field.stop()
        tap(stand(phone), 2)
        outcome(phone, "Отказ").saved()
        kill(tmp_path)
    with profile(playwright, tmp_path) as context:
        phone = Phone(context.pages[0], field).open().enter()
        expect(phone.page.locator("button.here")).to_contain_text(NAME)
        phone.page.locator("button.here").click()
        assert whom(phone) == "Обратитесь к следующему человеку"
        interview(phone)
        tap(phone).saved()
        kill(tmp_path)
    with profile(playwright, tmp_path) as context:
        phone = Phone(context.pages[0], field).open().enter()
        expect(phone.page.locator(".untold")).to_contain_text("2")
        phone.page.locator("button.here").click()
        expect(phone.page.locator(".pass strong")).to_have_text("1 из 3")
        field.start()
        tap(phone, 2)
        outcome(phone, "Языковой барьер")
        told = field.wait_told(3)
        phone.page.go_back()
        expect(phone.page.locator(".untold")).to_have_count(0)
    assert [one["outcome"] for one in told] == ["refused", "interview", "language"]
    assert told[-1]["passed"] == 3
    assert len({one["uid"] for one in field.told}) == 3


def test_a_lost_receipt_makes_no_second_contact(field: Field, take: Take) -> None:
    phone = tap(stand(take(field).enter()), 2)
    field.lose_told = 1
    outcome(phone, "Отказ").saved()
    field.wait_told(1)
    outcome(phone, "Отказ").saved()
    assert len(field.wait_told(2)) == 2


def test_a_slip_of_the_thumb_is_taken_back(field: Field, take: Take) -> None:
    phone = tap(stand(take(field).enter()), 2)
    undo = phone.page.locator(".below button").first
    undo.click()
    expect(phone.page.locator(".pass strong")).to_have_text("1 из 2")
    expect(undo).to_be_disabled()
    outcome(tap(phone), "Отказ").saved()
    field.wait_told(1)
    undo.click()
    assert whom(phone) == "Обратитесь к этому человеку"
    expect(phone.page.locator(".today")).not_to_contain_text("отказ")
    field.wait_told(0)
    outcome(phone, "Прервано")
    [told] = field.wait_told(1)
    assert (told["outcome"], told["passed"]) == ("interrupted", 2)


def test_where_it_came_to_no_interview_the_next_one_is_addressed(field: Field, take: Take) -> None:
    phone = interview(tap(stand(take(field).enter()), 2))
    phone.page.locator(".below button").last.click()
    assert whom(phone) == "Обратитесь к следующему человеку"
    outcome(phone, "Отказ")
    assert [one["outcome"] for one in field.wait_told(2)] == ["interview", "refused"]


def test_a_dwelling_has_doors_and_nobody_at_home(serve: Serve, take: Take, form: Form) -> None:
    field = serve(form)
    field.field = at(point(kind="dwelling", step=5, start=1, side="right"))
    phone = stand(take(field).enter())
    assert whom(phone) == "Позвоните в дверь № 1"
    said = "каждая 5-я дверь, начать с № 1, поворот направо"
    expect(phone.page.locator(".route")).to_have_text(said)
    expect(phone.page.locator(".rules li")).to_have_count(len(route_rules("dwelling")))
    outcome(tap(phone), "Никого нет дома")
    assert whom(phone) == "Позвоните в следующую дверь"
    assert field.wait_told(1)[0]["outcome"] == "not_home"


def test_addresses_of_a_list_are_unfolded_without_a_network_and_kept_by_nobody(
    serve: Serve, take: Take, form: Form
) -> None:
    field = serve(form)
    streets = [
        {"name": {"kk": "Абай көшесі: 1–45", "ru": "улица Абая: 1–45"}, "doors": ["3", "8"]},
        {"name": {"kk": "Төле би көшесі", "ru": "улица Толе би"}, "doors": []},
        {"name": {"kk": "Момышұлы көшесі: 12", "ru": "улица Момышулы: 12"}, "doors": ["12-4"]},
    ]
    field.field = at(point(kind="dwelling", step=5, start=3, side="right", streets=streets))
    rules = [rule.say("ru") for rule in route_rules("dwelling", listed=True)]
    field.field["rules"]["listed"] = {"ru": rules, "kk": rules}
    phone = take(field).enter()
    field.stop()
    page = stand(phone).page
    expect(page.locator(".route")).to_have_text("по списку адресов")
    expect(page.locator(".of-rules li").first).to_have_text(rules[0])
    unfolded = page.locator(".of-streets")
    expect(unfolded.locator(".doors").first).to_be_hidden()
    unfolded.locator("summary").click()
    expect(unfolded.locator("summary")).to_have_text("Улицы и адреса: 3")
    expect(unfolded.locator(".rules > li")).to_have_text(
        ["улица Абая: 1–4538", "улица Толе би", "улица Момышулы: 1212-4"]
    )
    assert whom(phone) == "Позвоните в дверь по адресу из списка", "no door is counted"
    outcome(phone, "Никого нет дома")
    expect(unfolded.locator(".doors").first).to_be_visible()
    assert whom(phone) == "Позвоните в следующую дверь"
    field.start()
    interview(phone)
    assert whom(phone) == "Позвоните в дверь по адресу из списка"
    told = field.wait_told(2)
    assert [one["outcome"] for one in told] == ["not_home", "interview"]
    assert "улица" not in str(field.told)
    assert {"address", "street", "door"}.isdisjoint({key for one in field.told for key in one})
    field.wait(1)
    [arrived] = field.arrived.values()
    assert "Абая" not in arrived.xml.decode()


def test_a_point_whose_streets_have_no_houses_is_counted_as_before(
    serve: Serve, take: Take, form: Form
) -> None:
    field = serve(form, language="kk")
    street = {"name": {"kk": "Абай көшесі", "ru": "улица Абая"}, "doors": []}
    field.field = at(point(kind="dwelling", step=5, start=2, side="left", streets=[street]))
    phone = stand(take(field).enter(), "Базар n1")
    expect(phone.page.locator(".of-streets summary")).to_have_text("Көшелер")
    expect(phone.page.locator(".of-streets .rules > li")).to_have_text("Абай көшесі")
    expect(phone.page.locator(".pass")).to_be_visible()


@pytest.mark.parametrize(
    ("place", "band"),
    [((42.9007, 71.366), "0-100"), ((42.9, 71.3705), "100-500"), ((42.907, 71.366), "500-1000"),
     ((42.9, 71.4), "1000+")],
)  # fmt: skip
def test_of_the_position_only_a_band_is_told(
    serve: Serve, take: Take, form: Form, place: tuple[float, float], band: str
) -> None:
    field = serve(form)
    field.field = at(point(place=place))
    interview(tap(stand(take(field).enter()), 2))
    with field.arrival:
        assert field.arrival.wait_for(
            lambda: any(one["band"] for one in field.contacts().values()), 30
        )
    [contact] = field.contacts().values()
    assert contact["band"] == band
    assert set(contact) == {
        "kind", "uid", "population", "point", "moment", "clock", "outcome", "passed", "interview",
        "band",
    }  # fmt: skip


def test_without_a_position_the_interview_goes_on(serve: Serve, take: Take, form: Form) -> None:
    field = serve(form)
    field.field = at(point(place=HERE))
    phone = take(field).enter()
    phone.page.context.clear_permissions()
    interview(tap(stand(phone), 2))
    assert field.wait_told(1)[0]["band"] == ""


def test_a_point_is_found_in_all_of_the_plan(serve: Serve, take: Take, form: Form) -> None:
    field = serve(form)
    spare = point("s1", name={"kk": "Саябақ", "ru": "Парк Победы"}, substitute="n3")
    field.field = at(*(point(f"n{number}") for number in range(12)), spare)
    phone = take(field).enter()
    phone.page.locator("button.here").click()
    rows = phone.page.locator(".home li button")
    for words in ("парк", "s1 центр победы"):
        phone.page.locator("input[type=search]").fill(words)
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("запасная для n3")


def test_a_question_is_asked_offline_and_its_answer_shown_until_it_was_read(
    field: Field, take: Take
) -> None:
    phone = take(field).enter()
    field.stop()
    phone.page.locator(".field button").last.click()
    phone.page.locator("textarea").fill("Рынок закрыт, куда идти?")
    phone.page.locator("button.wide").click()
    expect(phone.page.locator(".asked")).to_contain_text("Ответа ещё нет")
    phone.page.reload()
    field.start()
    phone.enter()
    with field.arrival:
        assert field.arrival.wait_for(lambda: len(field.told) == 1, 90)
    [question] = field.told
    assert question["text"] == "Рынок закрыт, куда идти?"
    field.answers = [{"uid": question["uid"], "text": question["text"], "answer": "К запасной."}]
    phone.page.reload()
    phone.enter()
    expect(phone.page.locator(".answer")).to_contain_text("К запасной.")
    phone.page.locator(".answer button").click()
    expect(phone.page.locator(".answer")).to_have_count(0)
    phone.page.reload()
    phone.enter()
    expect(phone.page.locator(".field")).to_be_visible()
    expect(phone.page.locator(".answer")).to_have_count(0)


def test_progress_is_there_without_a_network(field: Field, take: Take) -> None:
    label = {"kk": "Әйел, 18–29", "ru": "Женщина, 18–29", "en": "Female, 18–29"}
    field.progress = {
        "planned": 40, "made": 17, "accepted": 12, "returned": 1, "rejected": 2,
        "asOf": "2026-11-28T05:00:00Z",
        "days": [{"day": "2026-11-27", "made": 9, "accepted": 8, "returned": 1, "rejected": 0}],
        "needed": [{"label": label, "left": 3, "open": 5}],
    }  # fmt: skip
    phone = take(field).enter()
    phone.page.locator(".field button").first.wait_for()
    field.stop()
    phone.page.reload()
    phone.enter().page.locator(".field button").first.click()
    expect(phone.page.locator(".counts")).to_contain_text("40")
    day = phone.page.locator(".days li")
    expect(day).to_have_text("27.119Принято: 8 · Возвращено: 1")
    expect(phone.page.locator(".needed").last).to_contain_text("Женщина, 18–29")
    expect(phone.page.locator(".muted").first).to_contain_text("28.11 10:00")


def test_the_plan_tells_where_to_be_and_when(serve: Serve, take: Take, form: Form) -> None:
    """By day and hour, with a point as often as one goes there; only one's own points are named."""
    shift = {"day": "2026-11-29", "begins": "14:00", "ends": "16:00", "interviews": 4}
    early = {"day": "2026-11-29", "begins": "09:00", "ends": "11:00", "interviews": 2}
    whenever = {"day": "", "begins": "", "ends": "", "interviews": 1}
    field = serve(form)
    other = point("n2", name={"kk": "Мектеп", "ru": "Школа"}, shifts=[early])
    field.field = at(point(shifts=[whenever, shift]), other)
    of_others = {"population": "ngo", "assigned": False, "points": [point("n3", shifts=[early])]}
    field.field["plans"].append({"question": "point", **of_others})
    phone = take(field).enter()
    phone.page.locator(".field button").first.click()
    rows = phone.page.locator(".needed li")
    expect(rows).to_have_text(
        [
            re.compile(r"29\.11 09:00–11:00 · интервью по плану: 2.*Школа"),
            re.compile(r"29\.11 14:00–16:00.*Рынок"),
            re.compile(r"интервью по плану: 1.*Рынок"),
        ]
    )


def test_where_one_counts_interviews_begin_at_the_point(
    serve: Serve, take: Take, form: Form
) -> None:
    """The questionnaire stays on the first screen, but does not look like the thing to press."""
    field = serve(form)
    phone = take(field).enter()
    questionnaire = phone.page.locator(".home li button.big")
    # Of one that is in the page: the list is drawn anew while it is filled.
    colour = phone.page.wait_for_function("""() => {
        const one = document.querySelector(".home li button.big")
        return one === null ? "" : getComputedStyle(one).backgroundColor
    }""").json_value()
    field.field = at(point())
    phone.page.reload()
    phone.enter()
    expect(phone.page.locator("button.here")).to_have_css("background-color", colour)
    expect(questionnaire).not_to_have_css("background-color", colour)


def test_what_is_owed_is_shown_with_a_network_and_never_kept(
    field: Field, take: Take, tmp_path: Path
) -> None:
    field.progress = {
        "planned": 40, "made": 17, "accepted": 12, "returned": 1, "needed": [],
        "asOf": "2026-11-28T05:00:00Z",
    }  # fmt: skip
    field.pay = {
        "accepted": 12, "rate": "1050.50", "earned": "12606.00", "owed": "12206.00",
        "cuts": [{"amount": "400.00", "reason": "Телефон утерян"}], "asOf": "2026-11-28T05:00:00Z",
    }  # fmt: skip
    phone = take(field).enter()
    phone.page.locator(".field button").first.click()
    pay = phone.page.locator(".pay")
    for said in ("12", "1\u00a0050,50", "12\u00a0606", "Телефон утерян", "−400", "12\u00a0206"):
        expect(pay).to_contain_text(said)
    field.stop()
    phone.page.reload()
    phone.enter().page.locator(".field button").first.click()
    expect(phone.page.locator(".counts")).to_contain_text("40")
    expect(phone.page.locator(".pay")).to_have_count(0)


def test_what_is_new_shows_though_the_network_goes_once_the_phone_told_its_key(
    field: Field, take: Take, short: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    boot = field.boot

    def told_once(who: str, *, fresh: bool = False) -> dict[str, object]:
        if field.phone_key:
            raise OSError
        return boot(who, fresh=fresh)

    monkeypatch.setattr(field, "boot", told_once)
    phone = take(field)
    phone.page.locator("form.door").wait_for()
    field.forms.append(replace(short, id="new", title="Новая анкета"))
    phone.enter()
    expect(phone.page.locator(".home")).to_contain_text("Новая анкета")
    assert field.phone_key


def test_an_interviewer_is_told_which_rules_of_work_were_not_kept(field: Field, take: Take) -> None:
    field.warnings = [{"kk": "i07 21:40-қа дейін жұмыс істеді", "ru": "i07: работа до 21:40"}]
    phone = take(field).enter()
    expect(phone.page.locator(".warned li")).to_have_text(["i07: работа до 21:40"])
    # What is about people is not kept where no PIN guards it.
    field.stop()
    phone.page.reload()
    phone.enter()
    expect(phone.page.locator(".field")).to_be_visible()
    expect(phone.page.locator(".warned")).to_have_count(0)


def test_what_is_for_the_interviewer_alone_opens_in_no_other_browser(
    field: Field, take: Take, playwright: Playwright, tmp_path: Path
) -> None:
    """Whoever else opens the address, with a PIN of their own, is told why and sees nothing."""
    field.warnings = [{"kk": "i07 21:40-қа дейін жұмыс істеді", "ru": "i07: работа до 21:40"}]
    phone = take(field).enter()
    expect(phone.page.locator(".warned li")).to_have_count(1)
    with profile(playwright, tmp_path) as context:
        other = Phone(context.pages[0], field).open().enter()
        expect(other.page.locator(".alert", has_text="в другом браузере")).to_be_visible()
        expect(other.page.locator(".warned")).to_have_count(0)
    phone.page.reload()
    expect(phone.enter().page.locator(".warned li")).to_have_count(1)
    expect(phone.page.locator(".alert", has_text="в другом браузере")).to_have_count(0)


def test_a_phone_tells_how_it_is_without_its_pin(field: Field, take: Take) -> None:
    take(field)
    with field.arrival:
        assert field.arrival.wait_for(lambda: field.states, 30)
    [state] = field.states
    assert (state["unsent"], state["drafts"]) == (0, 0)
    assert "now" in state
    assert "kept" in state


def test_nothing_of_it_is_readable_after_lock(
    field: Field, playwright: Playwright, tmp_path: Path
) -> None:
    question = "Рынок закрыт, куда идти?"
    with profile(playwright, tmp_path) as context:
        phone = Phone(context.pages[0], field).open().enter()
        field.stop()
        outcome(tap(stand(phone), 2), "Не подходит").saved()
        phone.page.go_back()
        phone.page.locator(".field button").last.click()
        phone.page.locator("textarea").fill(question)
        phone.page.locator("button.wide").click()
        expect(phone.page.locator(".asked")).to_have_count(1)
        phone.lock()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            # The script itself knows the codes of outcomes.
            hidden = [question, "not_eligible"] if "IndexedDB" in str(path) else [question]
            coded = [words.encode(how) for words in hidden for how in ("utf-8", "utf-16-le")]
            assert not any(one in content for one in coded), path


def test_the_database_of_an_earlier_version_keeps_what_it_has(
    field: Field, playwright: Playwright, tmp_path: Path
) -> None:
    """A phone that had the form before has no stores for counts; its drafts must live on."""
    with profile(playwright, tmp_path) as context:
        phone = Phone(context.pages[0], field).open().enter().begin()
        phone.write("жақсы").next().saved()
        phone.page.goto(f"{field.address}/static/tyndau/mark.svg")
        phone.page.evaluate(_BACK)
        phone = phone.open().enter()
        assert phone.page.locator(".entry-row").count() == 1
        outcome(tap(stand(phone), 2), "Отказ").saved()
        assert len(field.wait_told(1)) == 1


# Makes of the database what version 1 was.
_BACK = """async () => {
    const open = (version, upgrade) => new Promise((done, failed) => {
        const asked = indexedDB.open("tyndau-form", version);
        asked.onupgradeneeded = () => upgrade(asked.result);
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
    });
    const keys = { vaults: "owner", forms: "sha256", drafts: "id", files: "id", queue: "instance" };
    const now = await open(undefined, () => undefined);
    const held = {};
    for (const name of Object.keys(keys)) {
        held[name] = await new Promise((done) => {
            const asked = now.transaction(name).objectStore(name).getAll();
            asked.onsuccess = () => done(asked.result);
        });
    }
    now.close();
    await new Promise((done, failed) => {
        const asked = indexedDB.deleteDatabase("tyndau-form");
        asked.onsuccess = done;
        asked.onerror = failed;
    });
    const before = await open(1, (database) => {
        for (const [name, keyPath] of Object.entries(keys)) {
            database.createObjectStore(name, { keyPath });
        }
    });
    for (const [name, values] of Object.entries(held)) {
        for (const value of values) {
            before.transaction(name, "readwrite").objectStore(name).put(value);
        }
    }
    before.close();
}"""
