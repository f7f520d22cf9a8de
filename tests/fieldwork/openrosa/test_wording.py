"""What a form says, read from its XForm: words, answers, headings, what is no question."""

from pathlib import Path

import pytest

from tyndau.base.errors import UserError
from tyndau.base.languages import Text, say
from tyndau.fieldwork.openrosa import read_xform
from tyndau.fieldwork.openrosa.wording import Wording, read_wording
from tyndau.questionnaire.load import load_form

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model>'
    '<instance><data id="f" version="1"><hi/><g><one/><many/></g><r><x/></r><ok/><s/><e/>'
    "<meta><instanceID/></meta></data></instance>"
)
TAIL = "</h:html>"


def _read(model: str, body: str) -> Wording:
    return read_wording(f"{HEAD}{model}</model></h:head><h:body>{body}</h:body>{TAIL}".encode())


def test_words_are_a_pair_by_the_languages_of_the_form() -> None:
    wording = _read(
        '<itext><translation lang="Қазақша (kk)"><text id="q"><value>Су</value></text>'
        "</translation>"
        '<translation lang="Русский (ru)"><text id="q"><value>Вода</value>'
        '<value form="image">jr://images/a.png</value></text></translation></itext>',
        '<input ref="/data/g/one"><label ref="jr:itext(\'q\')"/></input>',
    )
    assert wording.items[0].label == Text("Су", "Вода")
    assert wording.items[0].path == "g/one"


def test_a_form_in_other_languages_speaks_its_own() -> None:
    """Neither Kazakh nor Russian: the words of the language that the form begins with."""
    wording = _read(
        '<itext><translation lang="fr"><text id="q"><value>Eau</value></text></translation>'
        '<translation lang="en" default="true()"><text id="q"><value>Water</value></text>'
        "</translation></itext>",
        '<input ref="/data/s"><label ref="jr:itext(\'q\')"/></input>',
    )
    assert wording.items[0].label == "Water"


def test_answers_come_from_the_control_or_from_a_list() -> None:
    wording = _read(
        '<instance id="towns"><root><item><name>t</name><label>Taraz</label></item>'
        "<item><name>s</name><label>Shu</label></item></root></instance>",
        '<select1 ref="/data/g/one"><item><label>Yes</label><value>1</value></item>'
        "<item><label>No</label><value>0</value></item></select1>"
        "<select ref=\"/data/g/many\"><itemset nodeset=\"instance('towns')/root/item[name != '']\">"
        '<value ref="name"/><label ref="label"/></itemset></select>',
    )
    assert wording.items[0].choices == {"1": "Yes", "0": "No"}
    assert wording.items[1].choices == {"t": "Taraz", "s": "Shu"}


def test_groups_have_headings_and_repeats_are_named() -> None:
    wording = _read(
        "",
        '<group ref="/data/g"><label>About you</label><input ref="/data/g/one"/></group>'
        '<group ref="/data/r"><label>Children</label><repeat nodeset="/data/r">'
        '<input ref="/data/r/x"/></repeat></group>',
    )
    one, child = wording.items
    assert (one.groups, one.repeat) == (("g",), "")
    assert child.repeat == "r"
    assert wording.headings == {"g": "About you", "r": "Children"}


def test_a_note_is_no_question_and_a_calculation_that_is_shown_is_none_either() -> None:
    wording = _read(
        '<bind nodeset="/data/hi" readonly="true()"/>'
        '<bind nodeset="/data/s" readonly="true()" calculate="1 + 1"/>',
        '<input ref="/data/hi"><label>Good day</label></input>'
        '<input ref="/data/s"><label>Sum</label></input>',
    )
    assert [item.note for item in wording.items] == [True, False]


def test_times_are_found_by_what_the_phone_writes_there() -> None:
    wording = _read(
        '<bind nodeset="/data/s" jr:preload="timestamp" jr:preloadParams="start"/>'
        '<bind nodeset="/data/e" jr:preload="timestamp" jr:preloadParams="end"/>',
        "",
    )
    assert (wording.start, wording.end) == ("s", "e")


def test_an_answer_that_a_text_repeats_is_marked() -> None:
    wording = _read(
        "", '<input ref="/data/s"><label>Dear <output value="/data/e"/>!</label></input>'
    )
    assert wording.items[0].label == "Dear ${/data/e}!"


def test_relative_and_named_references_are_followed() -> None:
    wording = _read(
        '<bind id="b" nodeset="/data/ok"/>',
        '<group ref="/data/g"><input ref="one"/></group><input bind="b"/>',
    )
    assert [item.path for item in wording.items] == ["g/one", "ok"]


@pytest.mark.parametrize("study", ["demo-city", "taraz-2026", "public-councils-2023"])
def test_the_words_are_those_of_the_workbook(study: str) -> None:
    """Every question of our own forms reads as its XLSForm says it."""
    folder = Path(__file__).parents[3] / "studies" / study / "forms"
    for path in sorted(folder.glob("*.xlsx")):
        form = load_form(path)
        items = {item.path.rpartition("/")[2]: item for item in read_wording(form.xform).items}
        for question in form.questions:
            if question.kind in ("single", "multiple", "number", "text"):
                item = items[question.name]
                if "${" not in question.label.kk:
                    assert say(item.label, "kk").split() == question.label.kk.split()
                assert list(item.choices) == [one.category.code for one in question.choices]


def test_forms_of_others_are_read(oracles: Path) -> None:
    """Whatever form the server takes, its words can be read, and each has a place in it."""
    count = 0
    for path in sorted((oracles / "forms").glob("*.xml")):
        try:
            xform = read_xform(path.read_bytes())
        except UserError:
            continue
        count += 1
        read_wording(path.read_bytes())
        assert xform.id
    assert count > 150
