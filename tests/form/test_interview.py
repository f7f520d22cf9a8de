"""An interview by the real questionnaire: asked in two languages, finished, sent, and read back."""

from collections.abc import Callable

from tyndau.fieldwork.openrosa import read_instance, read_xform
from tyndau.fieldwork.paradata import read_audit

from .phone import Phone, screened
from .robot import answer
from .serving import Field, Form

Serve = Callable[..., Field]
Take = Callable[..., Phone]


def test_it_works(serve: Serve, take: Take, residents: Form) -> None:
    field = serve(residents)
    phone = screened(take(field).enter().begin())
    assert phone.question == "Өзіңіз тұратын жерде сізді қандай мәселелер көбірек алаңдатады?"
    phone.choose("roads", "other").speak("ru")
    assert phone.question == "Какие проблемы там, где вы живёте, беспокоят вас больше всего?"
    phone.write("шум").back().next()
    assert answer(phone) == ""
    field.wait(1)
    [arrived] = field.arrived.values()
    values = read_instance(arrived.xml).values(read_xform(residents.xml, "form.xml"))
    assert sorted(values["problems_part/problems"].split()) == ["other", "roads"]
    assert values["problems_part/problems_other"] == "шум"
    assert values["screening/age"] == "34"
    assert values["screening/territory"] == "talas"


def test_the_log_of_it_is_read_back(serve: Serve, take: Take, residents: Form) -> None:
    field = serve(residents)
    phone = screened(take(field).enter().begin())
    phone.choose("roads").speak("ru").speak("kk").back().next()
    assert answer(phone) == ""
    field.wait(1)
    [arrived] = field.arrived.values()
    audit = read_audit(arrived.files["audit.csv"])
    assert audit.damaged == 0
    assert [event.event for event in audit][:2] == ["form start", "group questions"]
    assert audit.steps_back == 1
    assert [language for _when, language in audit.languages()] == ["Русский (ru)", "Қазақша (kk)"]
    assert "problems_part/problems" in audit.durations()
    assert audit.minutes > 0


def test_a_required_question_does_not_let_on(serve: Serve, take: Take, residents: Form) -> None:
    phone = take(serve(residents)).enter().begin()
    node = phone.node
    phone.next()
    assert phone.node == node
    assert phone.page.locator(".block.select > .error").inner_text() == "Бұл жерге жауап керек."


def test_an_answer_that_stands_alone_clears_the_rest(
    serve: Serve, take: Take, residents: Form
) -> None:
    phone = screened(take(serve(residents)).enter().begin())
    checked = phone.page.locator(".option input:checked")
    phone.choose("roads", "water")
    assert checked.count() == 2
    phone.choose("dont_know")
    assert [one.get_attribute("value") for one in checked.all()] == ["dont_know"]
    phone.choose("jobs")
    assert [one.get_attribute("value") for one in checked.all()] == ["jobs"]
    codes = [one.get_attribute("value") for one in phone.page.locator(".option input").all()]
    assert codes[-3:] == ["other", "none", "dont_know"], "a shuffled list keeps its end"


def test_a_scale_stands_in_a_row(serve: Serve, take: Take, residents: Form) -> None:
    phone = screened(take(serve(residents)).enter().begin()).choose("none").next()
    phone.choose("same").next().choose("same").next().next()
    assert phone.node.endswith("effect_social")
    steps = phone.page.locator(".step b")
    tops = {box["y"] for step in steps.all() if (box := step.bounding_box()) is not None}
    assert [step.inner_text() for step in steps.all()] == ["1", "2", "3", "4", "5"]
    assert len(tops) == 1
