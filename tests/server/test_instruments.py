"""Questionnaires: issued as they are, agreed, in the field, closed; the bytes of phones."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tyndau.study import load_study
from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.people.models import Person, Role

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .made_field import in_the_field, interviews

AT = f"/en/studies/{REAL}/field/instruments/"
FORM = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Volunteers</h:title><model>
<instance><data id="volunteers" version="7"><q/><meta><instanceID/></meta></data></instance>
<instance id="list" src="jr://file-csv/streets.csv"/>
<bind nodeset="/data/q" type="string"/></model></h:head>
<h:body><input ref="/data/q"><label>Q</label></input></h:body></h:html>"""


@pytest.fixture(autouse=True)
def _served(serve: Serve, real: Path) -> None:
    serve(real)


def test_it_works(client: Client, real: Path) -> None:
    """A questionnaire goes from the folder to the field and is closed again."""
    assert "Nothing is issued yet" in client.get(AT).content.decode()
    client.post(f"{AT}issue", {"population": "residents"})
    made = Instrument.objects.get()
    assert bytes(made.xform) == load_study(real).forms["residents"].xform
    for do, state in (("agree", "agreed"), ("open", "field"), ("close", "closed")):
        assert client.post(f"{AT}{made.pk}/act", {"do": do}).status_code == 302
        made.refresh_from_db()
        assert made.state == state
    assert Entry.objects.filter(action__startswith="instrument.").count() == 4
    interviews(REAL, made, 1)
    text = client.get(AT).content.decode()
    assert "Closed" in text
    assert made.sha256 in text
    assert made.agreed_sha256 in text


def test_the_bytes_of_phones_come_to_the_byte(client: Client, real: Path) -> None:
    made = in_the_field(real)
    content = client.get(f"{AT}{made.pk}/xform").content
    assert hashlib.sha256(content).hexdigest() == made.sha256


def test_the_pilot_is_let_on_and_off(client: Client) -> None:
    client.post(f"{AT}issue", {"population": "residents"})
    made = Instrument.objects.get()
    for do, pilot in (("pilot-on", True), ("pilot-off", False)):
        client.post(f"{AT}{made.pk}/act", {"do": do})
        made.refresh_from_db()
        assert made.pilot is pilot


def test_before_a_pilot_begins_it_is_said_what_it_costs(client: Client) -> None:
    client.post(f"{AT}issue", {"population": "residents"})
    text = client.get(AT).content.decode()
    before, _, after = text.partition('value="pilot-on"')
    assert after
    assert "never gets to the field" in before[before.rindex("<details") :]


def test_what_shows_that_the_customer_agreed_stands_in_the_log(client: Client) -> None:
    client.post(f"{AT}issue", {"population": "residents"})
    made = Instrument.objects.get()
    assert 'name="proof"' in client.get(AT).content.decode()
    sent = {"do": "agree", "proof": " Н. Өмірбеков,\n14.11.2026,  хат № 12-3/45 "}
    assert client.post(f"{AT}{made.pk}/act", sent).status_code == 302
    entry = Entry.objects.get(action="instrument.agreed")
    assert entry.details["proof"] == "Н. Өмірбеков, 14.11.2026, хат № 12-3/45"
    log = client.get(f"/en/studies/{REAL}/audit/").content.decode()
    assert "Who agreed and when: Н. Өмірбеков, 14.11.2026, хат № 12-3/45" in log


def test_unagreed_nothing_goes_to_the_field(client: Client) -> None:
    client.post(f"{AT}issue", {"population": "residents"})
    made = Instrument.objects.get()
    answer = client.post(f"{AT}{made.pk}/act", {"do": "open"})
    assert answer.status_code == 409
    assert "this cannot be done with it now" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "draft"


def test_issued_twice_it_is_one(client: Client) -> None:
    for _ in range(2):
        assert client.post(f"{AT}issue", {"population": "residents"}).status_code == 302
    assert Instrument.objects.count() == 1


def test_a_changed_form_of_the_same_version_is_told(client: Client, real: Path) -> None:
    form = load_study(real).forms["residents"].xform
    in_the_field(real)
    Instrument.objects.update(xform=form + b" ", sha256="0" * 64)
    assert "name a new version in the form" in client.get(AT).content.decode()
    answer = client.post(f"{AT}issue", {"population": "residents"})
    assert answer.status_code == 409


def test_an_xform_made_elsewhere_comes_with_its_files(client: Client) -> None:
    sent = {
        "population": "volunteers",
        "xform": SimpleUploadedFile("v.xml", FORM),
        "files": [SimpleUploadedFile("streets.csv", b"name,label\n1,Abai\n")],
    }
    assert client.post(f"{AT}upload", sent).status_code == 302
    made = Instrument.objects.get()
    media = made.media.get()
    answer = client.get(f"{AT}{made.pk}/media/{media.pk}")
    assert b"".join(answer) == b"name,label\n1,Abai\n"


def test_a_form_that_encrypts_or_sends_elsewhere_is_told_of(client: Client) -> None:
    sends = b'<submission action="https://elsewhere.example/s" base64RsaPublicKey="A"/></model>'
    form = FORM.replace(b"</model>", sends, 1)
    sent = {
        "population": "volunteers",
        "xform": SimpleUploadedFile("v.xml", form),
        "files": [SimpleUploadedFile("streets.csv", b"name,label\n1,Abai\n")],
    }
    page = client.post(f"{AT}upload", sent, follow=True).content.decode()
    assert "https://elsewhere.example/s" in page
    assert page.count('class="alert warning"') == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"population": "volunteers"}, "No XForm was chosen."),
        ({"population": "v", "xform": SimpleUploadedFile("v.xml", b"<a/>")}, "What to do"),
        ({"population": "v", "xform": SimpleUploadedFile("v.xml", FORM)}, "streets.csv"),
        ({"population": "../v", "xform": SimpleUploadedFile("v.xml", FORM)}, "population"),
        ({"population": "", "xform": SimpleUploadedFile("v.xml", FORM)}, "population"),
    ],
)
def test_what_cannot_be_issued_says_why(
    client: Client, sent: dict[str, object], words: str
) -> None:
    for one in sent.values():
        if isinstance(one, SimpleUploadedFile):
            one.seek(0)
    answer = client.post(f"{AT}upload", sent)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Instrument.objects.exists()


def test_lists_and_pictures_lie_beside_the_form(
    client: Client, serve: Serve, own: Own, real: Path
) -> None:
    """A file that a form of the folder names is issued with it."""
    from tyndau_server.fieldwork.own_forms import with_files

    folder = own(real)
    study = load_study(folder)
    (folder / "forms" / "media").mkdir()
    (folder / "forms" / "media" / "streets.csv").write_bytes(b"name,label\n")
    forms = {"residents": study.forms["residents"]}
    from dataclasses import replace

    forms["residents"] = replace(forms["residents"], xform=FORM)
    assert with_files(replace(study, forms=forms), "residents")[1] == {
        "streets.csv": b"name,label\n"
    }


def test_unknown_questionnaires_and_actions(client: Client, real: Path) -> None:
    assert client.post(f"{AT}issue", {"population": "nobody"}).status_code == 409
    made = in_the_field(real)
    assert client.post(f"{AT}{made.pk}/act", {"do": "burn"}).status_code == 400
    assert client.post(f"{AT}99999/act", {"do": "agree"}).status_code == 404
    assert client.get(f"{AT}99999/xform").status_code == 404
    assert client.get(f"{AT}{made.pk}/media/1").status_code == 404


def test_the_server_s_administrator_may(sign_in: SignIn) -> None:
    keeper = Person.objects.create(name="Keeper", email="k@tyndau.example", administrator=True)
    browser = sign_in(keeper)
    assert browser.get(AT).status_code in (200, 302)


@pytest.mark.parametrize(
    "role", [Role.HEAD, Role.SUPERVISOR, Role.CUSTOMER, Role.INTERVIEWER, Role.READER]
)
def test_others_may_not(person: NewPerson, sign_in: SignIn, real: Path, role: str) -> None:
    made = in_the_field(real)
    browser = sign_in(person(role, REAL))
    assert browser.get(AT).status_code in (302, 403)
    assert browser.post(f"{AT}{made.pk}/act", {"do": "close"}).status_code in (302, 403)
    made.refresh_from_db()
    assert made.state == "field"


def test_an_instrument_of_another_study_is_not_here(client: Client, real: Path) -> None:
    made = in_the_field(real)
    Instrument.objects.update(study="another-city")
    assert client.get(f"{AT}{made.pk}/xform").status_code == 404
    assert client.post(f"{AT}{made.pk}/act", {"do": "close"}).status_code == 404
