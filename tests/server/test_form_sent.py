"""``/k/TOKEN/sent``: what an interviewer may correct, sealed to the phone that made it."""

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.receive import again
from tyndau_server.form.envelope import new_key, point_of
from tyndau_server.form.models import Reply
from tyndau_server.people.models import Token

from .conftest import REAL, Own, Serve, _set
from .field import asked, interviewer, phone_within
from .interviews import interview
from .sealing import XML, body, sealed

ANSWERS = {"gender": "2", "problem": "су тапшылығы", "photo": "1.jpg"}
PHOTO = b"\xff\xd8 a photograph \x00\xff" * 1000
REASON = "Жасы туған жылына сай емес"
KEY = new_key()
OWN_POINT = base64.b64encode(point_of(KEY)).decode()


@pytest.fixture
def form() -> Instrument:
    """Return a questionnaire in the field."""
    return asked()


@pytest.fixture
def at(form: Instrument) -> str:
    """Return the address of an interviewer's form."""
    return f"/k/{interviewer()}/"


def _send(client: Client, at: str, number: str, **more: Any) -> Any:
    """Send a sealed interview with a photo."""
    key = client.get(f"{at}boot.json").json()["key"]
    reply = {"reply": more.pop("reply", OWN_POINT)}
    xml = interview(f"uuid:{number}", ANSWERS | more.pop("answers", {}), **more)
    said = {name: text for name, text in reply.items() if text}
    envelope = sealed(key, f"uuid:{number}", xml, {"1.jpg": PHOTO}, **said)
    content, kind = body(*envelope)
    return client.post(f"{at}sealed", content, content_type=kind)


def _returned(number: str = "1", state: str = "returned") -> None:
    rows = Submission.objects.filter(instance_id=f"uuid:{number}")
    assert rows.update(state=state, reason=REASON if state == "returned" else "") == 1


def _listed(client: Client, at: str) -> list[dict[str, Any]]:
    answer = client.get(f"{at}sent")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert REASON not in answer.content.decode()
    found: list[dict[str, Any]] = answer.json()["interviews"]
    return found


def _opened(one: Any, instance: str, name: str, key: ec.EllipticCurvePrivateKey = KEY) -> bytes:
    """Open a part as the phone does, written from the contract of client/keep/reply.ts."""
    point = base64.b64decode(one["point"])
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    salt = point + point_of(key)
    secret = HKDF(SHA256(), 32, salt, b"tyndau-reply-1").derive(key.exchange(ec.ECDH(), theirs))
    part = base64.b64decode(one["parts"][name])
    return AESGCM(secret).decrypt(part[:12], part[12:], f"{instance}\n{name}".encode())


def test_it_works(client: Client, at: str) -> None:
    """What was returned is listed with its reason, fetched, corrected, and not listed any more."""
    assert _send(client, at, "1").status_code == 201
    assert _listed(client, at) == []
    _returned()
    [one] = _listed(client, at)
    assert (one["instance"], one["returned"], one["to"]) == ("uuid:1", True, OWN_POINT)
    assert _opened(one["sealed"], "uuid:1", "reason").decode() == REASON
    assert one["form"] == client.get(f"{at}boot.json").json()["forms"][0]
    answer = client.get(one["address"])
    assert answer.status_code == 200
    assert "тапшылығы" not in answer.content.decode()
    fetched = answer.json()
    row = Submission.objects.get()
    assert _opened(fetched["sealed"], "uuid:1", XML) == bytes(row.xml)
    assert _opened(fetched["sealed"], "uuid:1", "1.jpg") == PHOTO
    edit = _send(client, at, "2", answers={"gender": "1"}, deprecated="uuid:1")
    assert edit.status_code == 201
    assert Submission.objects.get(current=True).interview == "uuid:1"
    assert _listed(client, at) == []
    assert client.get(one["address"]).status_code == 410


@pytest.mark.parametrize("state", ["accepted", "rejected"])
def test_what_was_decided_meanwhile_is_not_corrected(client: Client, at: str, state: str) -> None:
    """The phone is told, and a person may still have it taken after returning the interview."""
    _send(client, at, "1")
    _returned()
    [one] = _listed(client, at)
    _returned(state=state)
    answer = client.get(one["address"])
    assert answer.status_code == 410
    assert set(answer.json()["message"]) == {"kk", "ru", "en"}
    edit = _send(client, at, "2", deprecated="uuid:1")
    assert edit.status_code == 409
    assert "accepted or rejected" in edit.json()["message"]["en"]
    assert Submission.objects.get().state == state
    row = Quarantined.objects.get()
    assert row.reason == "decided"
    again(row, by=None)
    assert Submission.objects.get(current=True).instance_id == "uuid:2"


def test_without_a_key_or_with_another_it_does_not_come_back(client: Client, at: str) -> None:
    _send(client, at, "1", reply="")
    _send(client, at, "2", reply="AAAA")
    phone_within(at.split("/")[2]).send(interview("uuid:3", ANSWERS), {"1.jpg": PHOTO})
    Submission.objects.update(state="returned")
    assert not Reply.objects.exists()
    assert _listed(client, at) == []


@pytest.mark.parametrize("first", [OWN_POINT, ""], ids=["own key", "no key"])
def test_who_finds_the_phone_gets_no_files_by_a_version_of_her_own(
    client: Client, at: str, first: str
) -> None:
    """A correction carries the photo over; sealed to another key it must not give it out."""
    _send(client, at, "1", reply=first)
    thief = base64.b64encode(point_of(new_key())).decode()
    assert _send(client, at, "2", deprecated="uuid:1", reply=thief).status_code == 201
    _returned("2")
    assert _listed(client, at) == []
    number = Submission.objects.get(instance_id="uuid:2").pk
    assert client.get(f"{at}sent/{number}").status_code == 410


def test_it_is_the_interviewers_own(client: Client, at: str) -> None:
    _send(client, at, "1")
    _returned()
    other = f"/k/{interviewer('i08')}/"
    assert _listed(client, other) == []
    assert client.get(f"{other}sent/{Submission.objects.get().pk}").status_code == 410
    Token.objects.update(revoked=timezone.now())
    assert _listed(client, at) == []
    assert client.get("/k/nobody/sent").status_code == 404


def test_the_study_lets_correct_for_some_hours(
    client: Client, own: Own, real: Path, serve: Serve
) -> None:
    study = own(real)
    _set(study, "correct_hours", "2")
    _set(study, "recording", "yes")
    serve(study)
    asked(study=REAL)
    at = f"/k/{interviewer(study=REAL)}/"
    assert client.get(f"{at}boot.json").json()["forms"][0]["recording"] is True
    _send(client, at, "1")
    [one] = _listed(client, at)
    assert one["returned"] is False
    assert client.get(one["address"]).status_code == 200
    Submission.objects.update(received=timezone.now() - timedelta(hours=3))
    assert _listed(client, at) == []


def test_a_correction_does_not_begin_the_time_anew(
    client: Client, own: Own, real: Path, serve: Serve
) -> None:
    study = own(real)
    _set(study, "correct_hours", "2")
    serve(study)
    asked(study=REAL)
    at = f"/k/{interviewer(study=REAL)}/"
    _send(client, at, "1")
    Submission.objects.update(received=timezone.now() - timedelta(minutes=110))
    assert _send(client, at, "2", answers={"gender": "1"}, deprecated="uuid:1").status_code == 201
    [one] = _listed(client, at)
    Submission.objects.filter(current=False).update(received=timezone.now() - timedelta(hours=3))
    assert _listed(client, at) == []
    assert client.get(one["address"]).status_code == 410
    # What a supervisor returned may be corrected at any time.
    _returned("2")
    assert [one["returned"] for one in _listed(client, at)] == [True]


def test_recordings_are_off_unless_the_study_says_so(client: Client, at: str) -> None:
    assert client.get(f"{at}boot.json").json()["forms"][0]["recording"] is False


def test_however_many_were_sent_the_database_is_asked_the_same(client: Client, at: str) -> None:
    def asked_() -> int:
        with CaptureQueriesContext(connection) as found:
            _listed(client, at)
        return len(found)

    for number in range(8):
        _send(client, at, str(number))
    _returned("0")
    one = asked_()
    for number in range(1, 8):
        _returned(str(number))
    assert len(_listed(client, at)) == 8
    assert asked_() == one
