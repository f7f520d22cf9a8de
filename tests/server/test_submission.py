"""One interview: answers as read, files, versions, history, its XML to the byte."""

from datetime import UTC
from pathlib import Path

import pytest
from django.test import Client

from tyndau_server.fieldwork.decide import decide
from tyndau_server.fieldwork.models import Attachment, Submission
from tyndau_server.people.models import Person, Role

from .conftest import REAL, NewPerson, Serve, SignIn
from .made_field import SCREENED_OUT, WHOLE, filled, in_the_field, interviews, send, upload

FIELD = f"/ru/studies/{REAL}/field/"
# One red pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "000003010100c9fe92ef0000000049454e44ae426082"
)
AUDIT = (
    b"event,node,start,end\n"
    b"form start,,1777900000000,\n"
    b"question,/data/consent,1777900000000,1777900005000\n"
    b"question,/data/age,1777900005000,1777900035000\n"
    b"question,/data/consent,1777900035000,1777900040000\n"
    b"form exit,,1777900041000,\n"
)
HOUSEHOLD = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Household</h:title><model>
<instance><data id="household" version="1"><hello/><person><name/><age/></person><photo/><voice/>
<meta><instanceID/></meta></data></instance>
<bind nodeset="/data/hello" type="string" readonly="true()"/>
<bind nodeset="/data/person/name" type="string"/><bind nodeset="/data/person/age" type="int"/>
<bind nodeset="/data/photo" type="binary"/><bind nodeset="/data/voice" type="binary"/>
</model></h:head><h:body><input ref="/data/hello"><label>READ THIS ALOUD</label></input>
<group ref="/data/person"><label>People at home</label><repeat nodeset="/data/person">
<input ref="/data/person/name"><label>What are they called</label></input>
<input ref="/data/person/age"><label>How old</label></input></repeat></group>
<upload ref="/data/photo" mediatype="image/*"><label>Front door</label></upload>
<upload ref="/data/voice" mediatype="audio/*"><label>Voice</label></upload></h:body></h:html>"""


@pytest.fixture(autouse=True)
def _served(serve: Serve, real: Path) -> None:
    serve(real)


def _page(client: Client, submission: Submission, language: str = "ru") -> str:
    answer = client.get(f"/{language}/studies/{REAL}/field/{submission.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("ru", "Какие проблемы вашего города вас беспокоят?", "Рост цен"),
        ("kk", "Қалаңыздағы қандай мәселелер сізді алаңдатады?", "Бағаның өсуі"),
    ],
)
def test_it_works(client: Client, real: Path, language: str, question: str, answer: str) -> None:
    """Question and answers stand in the language of the page, with codes beside."""
    form = in_the_field(real)
    made = send(REAL, filled(WHOLE, instance="uuid:1", form=form))
    text = _page(client, made, language)
    assert answer in text
    assert "<code>prices</code>" in text
    assert "<code>problems</code>" in text
    if language == "kk":
        assert question in text


def test_not_asked_and_no_answer_are_kept_apart(client: Client, real: Path) -> None:
    """A question passed by is not one that somebody left without an answer."""
    form = in_the_field(real)
    # Some phones write what was not asked as an empty element: the routing knows better.
    silent = {**WHOLE, "problems": "other roads", "problems_other": "", "appeal_handled": ""}
    made = send(REAL, filled(silent, instance="uuid:1", form=form))
    text = _page(client, made, "en")
    # Asked what other problem, no answer; of the appeal nobody asked who made none.
    after = text[text.index("<code>problems_other</code>") :]
    assert after.index("no answer") < after.index("</dd>")
    after = text[text.index("<code>appeal_handled</code>") :]
    assert after.index("not asked") < after.index("</dd>")
    out = _page(client, send(REAL, filled(SCREENED_OUT, instance="uuid:2", form=form)), "en")
    assert out.count("not asked") >= 9
    assert "no answer" not in out


def test_an_answer_that_the_questionnaire_does_not_have_is_marked(
    client: Client, real: Path
) -> None:
    form = in_the_field(real)
    strange = {**WHOLE, "problems": "prices martian"}
    text = _page(client, send(REAL, filled(strange, instance="uuid:1", form=form)), "en")
    assert "Some answers are not in the questionnaire" in text
    assert "Questions: problems." in text
    after = text[text.index("martian") :]
    assert after.index("no such answer in the questionnaire") < after.index("</dd>")
    assert text.count("no such answer in the questionnaire") == 1
    known = _page(client, send(REAL, filled(WHOLE, instance="uuid:2", form=form)), "en")
    assert "not in the questionnaire" not in known
    listed = client.get(f"/en/studies/{REAL}/field/").content.decode()
    assert listed.count("unknown answers: 1") == 1


def test_a_repeat_is_a_table_and_notes_are_left_out(client: Client) -> None:
    upload(REAL, "household", HOUSEHOLD)
    xml = (
        b'<data id="household" version="1"><person><name>Aigul</name><age>30</age></person>'
        b"<person><name>Marat &lt;b&gt;</name><age/></person><photo>p.png</photo>"
        b"<voice>v.m4a</voice><meta><instanceID>uuid:h</instanceID></meta></data>"
    )
    made = send(REAL, xml, files={"p.png": PNG})
    text = _page(client, made, "en")
    assert "People at home" in text
    assert "Aigul" in text
    assert "Marat &lt;b&gt;" in text
    assert "READ THIS ALOUD" not in text
    # The picture is shown; the recording that did not come is named.
    picture = Attachment.objects.get(name="p.png")
    assert f'<img class="shot" src="/en/studies/{REAL}/field/{made.pk}/files/{picture.pk}"' in text
    assert "v.m4a" in text
    assert "the phone has not sent it yet" in text


def test_the_log_of_the_phone_is_told(client: Client, real: Path) -> None:
    form = in_the_field(real)
    xml = filled(WHOLE, instance="uuid:1", form=form, files=("audit.csv",))
    text = _page(client, send(REAL, xml, files={"audit.csv": AUDIT}), "en")
    assert "How it was made: minutes 1, questions 2, steps back 1" in text
    assert '<td class="number">30</td>' in text


def test_an_edit_shows_what_it_changed(client: Client, real: Path) -> None:
    form = in_the_field(real)
    first = send(REAL, filled(WHOLE, instance="uuid:1", form=form))
    changed = {**WHOLE, "sex": "male", "age": "35"}
    edit = filled(changed, instance="uuid:2", form=form, deprecated="uuid:1")
    second = send(REAL, edit)
    text = _page(client, second)
    assert "Женский</del>" in text
    assert "Мужской</ins>" in text
    assert text.count("</ins>") == 2
    assert "This version was replaced" in _page(client, first, "en")


def test_the_xml_comes_back_to_the_byte(client: Client, real: Path) -> None:
    form = in_the_field(real)
    xml = filled({**WHOLE, "problems_other": "су – вода ғқңөұүһі"}, instance="uuid:1", form=form)
    made = send(REAL, xml)
    answer = client.get(f"{FIELD}{made.pk}/xml")
    assert answer.content == xml
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_before_and_after_follow_the_filtered_list(client: Client, real: Path) -> None:
    form = in_the_field(real)
    oldest, middle, newest = interviews(REAL, form, 3)
    # What came in one moment has an order all the same.
    Submission.objects.update(received=middle.received)
    text = client.get(f"{FIELD}{middle.pk}/").content.decode()
    assert f'rel="prev" href="{FIELD}{newest.pk}/"' in text
    assert f'rel="next" href="{FIELD}{oldest.pk}/"' in text
    Submission.objects.filter(pk=oldest.pk).update(state="rejected")
    text = client.get(f"{FIELD}{middle.pk}/?state=received").content.decode()
    assert f'rel="prev" href="{FIELD}{newest.pk}/?state=received"' in text
    assert 'rel="next"' not in text


def test_history_stays_with_the_interview_through_edits(
    client: Client, real: Path, person: NewPerson
) -> None:
    form = in_the_field(real)
    first = send(REAL, filled(WHOLE, instance="uuid:1", form=form))
    by = person(Role.SUPERVISOR, REAL)
    decide(
        {first.pk: "received"}, "returned", by=by, among=Submission.objects.all(),
        zone=UTC, reason="Возраст не сходится",
    )  # fmt: skip
    edit = send(REAL, filled(WHOLE, instance="uuid:2", form=form, deprecated="uuid:1"))
    text = _page(client, edit)
    assert "Возраст не сходится" in text
    assert by.name in text


def test_a_form_of_others_is_shown_by_its_own_words(client: Client) -> None:
    upload(REAL, "household", HOUSEHOLD)
    xml = b'<data id="household" version="1"><meta><instanceID>uuid:e</instanceID></meta></data>'
    text = _page(client, send(REAL, xml), "en")
    assert "No round was made." in text
    assert "Front door" in text


class TestAttachment:
    """A file of an interview."""

    def _sent(self, name: str, content: bytes) -> Attachment:
        upload(REAL, "household", HOUSEHOLD)
        xml = (
            f'<data id="household" version="1"><photo>{name}</photo>'
            "<meta><instanceID>uuid:h</instanceID></meta></data>"
        ).encode()
        return send(REAL, xml, files={name: content}).attachments.get()

    def test_it_works(self, client: Client) -> None:
        file = self._sent("p.png", PNG)
        answer = client.get(f"{FIELD}{file.submission_id}/files/{file.pk}")
        assert b"".join(answer) == PNG
        assert answer["Content-Type"] == "image/png"
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_what_may_run_is_only_downloaded(self, client: Client) -> None:
        file = self._sent("../../x.html", b"<script>alert(1)</script>")
        answer = client.get(f"{FIELD}{file.submission_id}/files/{file.pk}")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"] == 'attachment; filename="x.html"'
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer) == b"<script>alert(1)</script>"

    @pytest.mark.parametrize(
        ("wanted", "status", "content"),
        [
            ("bytes=0-3", 206, PNG[:4]),
            ("bytes=60-", 206, PNG[60:]),
            ("bytes=60-99999", 206, PNG[60:]),
            ("bytes=99999-", 416, b""),
            ("bytes=x", 200, PNG),
        ],
    )
    def test_a_player_may_seek(
        self, client: Client, wanted: str, status: int, content: bytes
    ) -> None:
        file = self._sent("p.png", PNG)
        answer = client.get(
            f"{FIELD}{file.submission_id}/files/{file.pk}", headers={"Range": wanted}
        )
        assert answer.status_code == status
        assert b"".join(answer) == content

    def test_a_file_of_another_interview_is_not_here(self, client: Client) -> None:
        file = self._sent("p.png", PNG)
        assert client.get(f"{FIELD}{file.submission_id + 1}/files/{file.pk}").status_code == 404
        assert client.get(f"{FIELD}{file.submission_id}/files/{file.pk + 1}").status_code == 404


def test_a_number_that_is_none(client: Client) -> None:
    assert client.get(f"{FIELD}99999/").status_code == 404
    assert client.get(f"{FIELD}99999999999999999999999/").status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD, Role.CUSTOMER, Role.INTERVIEWER, Role.MODERATOR])
def test_nobody_else_sees_an_interview(
    person: NewPerson, sign_in: SignIn, real: Path, role: str
) -> None:
    made = interviews(REAL, in_the_field(real), 1)[0]
    browser = sign_in(person(role, REAL))
    for address in ("/", "/xml", "/files/1"):
        answer = browser.get(f"{FIELD}{made.pk}{address}")
        assert answer.status_code in (302, 403)
        assert made.instance_id not in answer.content.decode()


def test_the_server_s_administrator_sees_no_interview(sign_in: SignIn, real: Path) -> None:
    made = interviews(REAL, in_the_field(real), 1)[0]
    keeper = Person.objects.create(name="Keeper", email="k@tyndau.example", administrator=True)
    assert sign_in(keeper).get(f"{FIELD}{made.pk}/").status_code in (302, 403, 404)
