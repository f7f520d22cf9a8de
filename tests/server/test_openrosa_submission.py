"""HEAD and POST ``/k/TOKEN/submission``: an interview is taken once, or kept in quarantine."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tyndau.cli.sending import DEVICE
from tyndau_server.fieldwork import receive as receiving
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.instruments import agree, close, issue, set_pilot
from tyndau_server.fieldwork.models import Attachment, Instrument, Quarantined, Submission
from tyndau_server.fieldwork.receive import again
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.people.models import Membership, Token

from .conftest import FICTIONAL, REAL, Serve
from .field import STUDY, asked, in_pilot, interviewer, phone_within, within
from .interviews import interview, small_form
from .openrosa_client import Phone, interview_body, multipart

ANSWERS = {"gender": "2", "problem": "су тапшылығы", "photo": "1700000000.jpg"}
PHOTO = b"\xff\xd8 a photograph \x00\xff"


@pytest.fixture
def phone() -> Phone:
    """Return a phone of an interviewer of a study in the field."""
    asked()
    return phone_within(interviewer())


def _sent(phone: Phone, **of_interview: str) -> bytes:
    xml = interview("uuid:1", ANSWERS, **of_interview)
    answer = phone.send(xml, {"1700000000.jpg": PHOTO})
    assert answer.status == 201, answer
    return xml


def _quarantined() -> Quarantined:
    return Quarantined.objects.get()


def _body(row: Quarantined) -> bytes:
    with open_blob(row.body_sha256) as stream:
        return stream.read()


def test_it_works(phone: Phone) -> None:
    assert phone.accepts() == 10_000_000
    xml = interview("uuid:1", ANSWERS, audit=True)
    answer = phone.send(xml, {"1700000000.jpg": PHOTO, "audit.csv": b"event,node\n"})
    assert answer.status == 201
    assert answer.headers["x-openrosa-version"] == "1.0"
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.message
    row = Submission.objects.get()
    assert bytes(row.xml) == xml
    assert (row.study, row.instance_id, row.interview) == (STUDY, "uuid:1", "uuid:1")
    assert (row.state, row.current, row.complete, row.pilot) == ("received", True, True, False)
    assert row.awaited == ["1700000000.jpg", "audit.csv"]
    assert row.device_id == "collect:abc"
    assert row.membership is not None
    assert row.membership.code == "i07"
    assert len(row.key) >= 16
    photo = row.attachments.get(name="1700000000.jpg")
    with open_blob(photo.sha256) as stream:
        assert stream.read() == PHOTO
    assert photo.type == "application/octet-stream"
    assert not Quarantined.objects.exists()
    assert Token.objects.get().used is not None


def test_without_a_token_it_is_404_and_nothing_is_kept(phone: Phone) -> None:
    stranger = phone_within("no-such-secret")
    answer = stranger.post(*interview_body(interview("uuid:1", ANSWERS)))
    assert answer.status == 404
    assert answer.message
    assert not Submission.objects.exists()
    assert not Quarantined.objects.exists()


def test_a_revoked_phone_is_refused_and_its_interview_kept(phone: Phone) -> None:
    Token.objects.update(revoked=timezone.now())
    answer = phone.send(interview("uuid:1", ANSWERS))
    assert answer.status == 403
    assert "Интервью остаётся в телефоне" in answer.message
    row = _quarantined()
    assert (row.reason, row.instance_id, row.study) == ("revoked", "uuid:1", STUDY)
    assert again(row, by=None).instance_id == "uuid:1"
    # Taken in, it is let go by the phone; what nobody took in is not.
    assert phone.send(interview("uuid:1", ANSWERS)).status == 201
    assert phone.send(interview("uuid:2", ANSWERS)).status == 403
    assert Submission.objects.count() == 1


def test_an_interviewer_who_left_is_refused_as_well(phone: Phone) -> None:
    Membership.objects.update(ended=timezone.now())
    assert phone.send(interview("uuid:1", ANSWERS)).status == 403
    assert _quarantined().reason == "revoked"


def test_other_methods_are_not_allowed(phone: Phone) -> None:
    address = phone._base + "/submission"
    assert phone.ask("GET", address).status == 405
    assert phone.ask("PUT", address).status == 405


def test_the_same_again_is_one_row(phone: Phone) -> None:
    for _ in range(3):
        _sent(phone)
    assert Submission.objects.count() == 1
    assert Attachment.objects.count() == 1
    assert not Quarantined.objects.exists()


def test_a_split_interview_is_put_together(phone: Phone) -> None:
    asked(small_form("walk", files=("photo", "sound")))
    xml = interview("uuid:1", {"photo": "a.jpg", "sound": "b.amr"}, form_id="walk")
    first = phone.post(*interview_body(xml, {"a.jpg": PHOTO}, incomplete=True))
    assert first.status == 201
    assert not Submission.objects.get().complete
    assert phone.send(xml, {"a.jpg": PHOTO, "b.amr": b"sound"}, limit=5).status == 201
    row = Submission.objects.get()
    assert row.complete
    assert sorted(row.attachments.values_list("name", flat=True)) == ["a.jpg", "b.amr"]


def test_other_answers_under_the_same_number_are_a_conflict(phone: Phone) -> None:
    xml = _sent(phone)
    body, kind = interview_body(interview("uuid:1", {**ANSWERS, "gender": "1"}))
    answer = phone.post(body, kind)
    assert answer.status == 409
    assert bytes(Submission.objects.get().xml) == xml
    row = _quarantined()
    assert (row.reason, row.instance_id, row.content_type) == ("conflict", "uuid:1", kind)
    assert _body(row) == body


def test_a_phone_that_tries_again_adds_to_a_count(phone: Phone) -> None:
    _sent(phone)
    for _ in range(3):
        assert phone.send(interview("uuid:1", {"gender": "1"})).status == 409
    assert _quarantined().times == 3


def test_another_file_of_the_same_name_is_a_conflict(phone: Phone) -> None:
    xml = _sent(phone)
    answer = phone.send(xml, {"1700000000.jpg": b"another", "new.jpg": b"new"})
    assert answer.status == 409
    assert _quarantined().reason == "file-conflict"
    assert Attachment.objects.get().size == len(PHOTO)


def test_two_files_of_one_name_at_once(phone: Phone) -> None:
    xml = interview("uuid:1", ANSWERS)
    part = ("a.jpg", "a.jpg", "image/jpeg", b"one")
    head = ("xml_submission_file", "x.xml", "text/xml", xml)
    assert phone.post(*multipart([head, part, part], "b1")).status == 201
    other = ("a.jpg", "a.jpg", "image/jpeg", b"two")
    assert phone.post(*multipart([head, part, other], "b2")).status == 409


def test_an_edit_replaces_and_carries_files(phone: Phone) -> None:
    _sent(phone)
    first = Submission.objects.get()
    edit = interview("uuid:2", {**ANSWERS, "gender": "1"}, deprecated="uuid:1")
    assert phone.send(edit).status == 201
    assert phone.send(edit).status == 201
    first.refresh_from_db()
    second = Submission.objects.get(instance_id="uuid:2")
    assert (first.current, second.current) == (False, True)
    assert (second.interview, second.key) == ("uuid:1", first.key)
    assert second.complete
    assert second.attachments.get().carried
    assert phone.send(edit, {"1700000000.jpg": b"taken anew"}).status == 201
    photo = second.attachments.get()
    assert (photo.carried, photo.size) == (False, len(b"taken anew"))
    assert first.attachments.get().size == len(PHOTO)


def test_simulated_interviews_stay_out_of_a_real_study(
    phone: Phone, serve: Serve, real: Path, fictional: Path
) -> None:
    """`tyndau simulate --through` says what it is; the server decides by its own study."""
    serve(real, fictional)
    for slug, status in ((REAL, 403), (FICTIONAL, 201)):
        asked(study=slug)
        secret = interviewer(study=slug)
        sending = Phone(f"http://testserver/k/{secret}", within(Client()), DEVICE)
        assert sending.send(interview("uuid:1", ANSWERS)).status == status
        assert Submission.objects.filter(study=slug).exists() == (status == 201)
    assert not Quarantined.objects.exists()


def test_an_edit_by_another_interviewer_waits_for_somebody_to_look(phone: Phone) -> None:
    _sent(phone)
    other = phone_within(interviewer("i08"))
    edit = interview("uuid:2", {**ANSWERS, "gender": "1"}, deprecated="uuid:1")
    assert other.send(edit).status == 403
    assert Submission.objects.get().instance_id == "uuid:1"
    row = _quarantined()
    assert row.reason == "not-theirs"
    with pytest.raises(Refused, match="not-theirs"):
        again(row, by=None)
    again(row, by=None, may_replace=lambda before: before.instance_id == "uuid:1")
    assert Submission.objects.get(current=True).instance_id == "uuid:2"


@pytest.mark.parametrize("deprecated", ["uuid:1", "uuid:nowhere", "uuid:3"])
def test_an_edit_must_name_the_current_version(phone: Phone, deprecated: str) -> None:
    _sent(phone)
    assert phone.send(interview("uuid:2", ANSWERS, deprecated="uuid:1")).status == 201
    assert phone.send(interview("uuid:3", ANSWERS, deprecated=deprecated)).status == 409
    assert _quarantined().reason == "not-current"
    assert Submission.objects.filter(current=True).get().instance_id == "uuid:2"


def test_an_interview_of_another_study_cannot_be_edited(phone: Phone) -> None:
    _sent(phone)
    asked(study="other-study")
    other = phone_within(interviewer(study="other-study"))
    assert other.send(interview("uuid:2", ANSWERS, deprecated="uuid:1")).status == 409
    assert Submission.objects.get().current
    # The same number in another study is another interview.
    assert other.send(interview("uuid:1", ANSWERS)).status == 201


@pytest.mark.parametrize(("form_id", "version"), [("residents", "2"), ("ngo", "1")])
def test_an_unknown_form_waits_in_quarantine(phone: Phone, form_id: str, version: str) -> None:
    xml = interview("uuid:1", ANSWERS, form_id=form_id, version=version)
    answer = phone.send(xml, {"1700000000.jpg": PHOTO})
    assert answer.status == 404
    row = _quarantined()
    assert (row.reason, row.instance_id) == ("unknown-form", "uuid:1")
    with pytest.raises(Refused):
        again(row, by=None)
    asked(small_form(form_id, version))
    submission = again(row, by=None)
    assert bytes(submission.xml) == xml
    assert submission.attachments.get().size == len(PHOTO)
    assert submission.membership is not None
    row.refresh_from_db()
    assert row.outcome == "taken"
    assert phone.send(xml).status == 201


def test_what_is_sent_again_after_it_was_agreed_settles_itself(phone: Phone) -> None:
    xml = interview("uuid:1", ANSWERS, version="2")
    assert phone.send(xml).status == 404
    asked(small_form(version="2"))
    assert phone.send(xml).status == 201
    assert _quarantined().outcome == "taken"


def test_a_draft_takes_nothing() -> None:
    issue(STUDY, "residents", xform=small_form(), files={}, by=None)
    assert phone_within(interviewer()).send(interview("uuid:1", ANSWERS)).status == 403
    assert _quarantined().reason == "not-agreed"


def test_a_pilot_takes_tests_also_late_ones() -> None:
    instrument = in_pilot()
    phone = phone_within(interviewer())
    assert phone.send(interview("uuid:1", ANSWERS)).status == 201
    agree(set_pilot(instrument, False, by=None), by=None)
    assert phone.send(interview("uuid:1", ANSWERS), {"1700000000.jpg": PHOTO}).status == 201
    assert Submission.objects.get().complete
    assert phone.send(interview("uuid:2", ANSWERS)).status == 201
    # The edit of a test is a test.
    assert phone.send(interview("uuid:3", ANSWERS, deprecated="uuid:1")).status == 201
    assert not Submission.objects.filter(pilot=False).exists()


def test_a_closed_form_takes_late_interviews(phone: Phone) -> None:
    close(Instrument.objects.get(), by=None)
    assert phone.forms() == []
    assert phone.send(interview("uuid:1", ANSWERS)).status == 201


def test_an_interview_of_a_form_of_others_is_taken_all_the_same(phone: Phone) -> None:
    limited = phone_within(interviewer("i08", forms=("ngo",)))
    assert limited.send(interview("uuid:1", ANSWERS)).status == 201


def test_counters_count_data_once_and_never_lose_an_interview(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[tuple[str, str]] = []

    def count(submission: Submission) -> None:
        counted.append((submission.instance_id, submission.deprecated_id))

    def fail(_submission: Submission) -> None:
        Instrument.objects.all().update(version="lost")
        raise RuntimeError("a counter that fails")

    monkeypatch.setattr(receiving, "COUNTERS", [fail, count])
    for _ in range(2):
        _sent(phone)
    assert phone.send(interview("uuid:2", ANSWERS, deprecated="uuid:1")).status == 201
    assert counted == [("uuid:1", ""), ("uuid:2", "uuid:1")]
    assert Instrument.objects.get().version == "1"
    in_pilot(small_form(version="2"))
    assert phone.send(interview("uuid:9", ANSWERS, version="2")).status == 201
    assert len(counted) == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_interviewer_is_told_in_her_language(language: str) -> None:
    phone = phone_within(interviewer(language=language))
    refused = phone.send(interview("uuid:1", ANSWERS)).message
    assert refused
    if language == "en":
        assert refused.endswith("The interview stays on the phone; tell your supervisor.")


@pytest.mark.parametrize(
    ("chosen", "own", "told"),
    [
        ("", "ru-RU,ru;q=0.9", "Интервью получено."),
        ("", "de, ru;q=0.5", "Интервью получено."),
        ("", "", "Сұхбат серверге жетті."),
        ("kk", "ru", "Сұхбат серверге жетті."),
    ],
)
def test_a_phone_says_its_language_where_none_was_chosen(chosen: str, own: str, told: str) -> None:
    asked()
    phone = phone_within(interviewer(language=chosen))
    phone.language = own
    assert phone.send(interview("uuid:1", ANSWERS)).message == told


def test_a_file_that_comes_late_reaches_the_version_that_is_current(phone: Phone) -> None:
    assert phone.send(interview("uuid:1", ANSWERS)).status == 201
    assert phone.send(interview("uuid:2", ANSWERS, deprecated="uuid:1")).status == 201
    assert not Submission.objects.get(instance_id="uuid:2").complete
    assert phone.send(interview("uuid:1", ANSWERS), {"1700000000.jpg": PHOTO}).status == 201
    current = Submission.objects.get(instance_id="uuid:2")
    assert current.complete
    assert [one.name for one in current.attachments.all()] == ["1700000000.jpg"]
