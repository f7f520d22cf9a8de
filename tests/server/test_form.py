"""``/k/TOKEN/`` in a browser: the frame, what the client is told, sealed interviews taken in."""

import base64
import hashlib
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.instruments import close
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.receive import again
from tyndau_server.form.envelope import new_key, point_of
from tyndau_server.people.models import Membership, Role, Token

from .conftest import REAL, NewPerson, Serve, SignIn
from .field import asked, interviewer
from .interviews import interview, small_form
from .sealing import XML, body, sealed

ANSWERS = {"gender": "2", "problem": "су тапшылығы", "photo": "1.jpg"}
PHOTO = b"\xff\xd8 a photograph \x00\xff" * 1000
LIST = "id,name,interviewer\n1,Көктем,i07\n2,Қарасу,i08\n".encode()


@pytest.fixture
def form() -> Instrument:
    """Return a questionnaire in the field."""
    return asked()


@pytest.fixture
def at(form: Instrument) -> str:
    """Return the address of an interviewer's form."""
    return f"/k/{interviewer(language='kk')}/"


def _boot(client: Client, at: str) -> Any:
    answer = client.get(f"{at}boot.json")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return answer.json()


def _send(client: Client, at: str, content: bytes, kind: str) -> Any:
    return client.post(f"{at}sealed", content, content_type=kind)


def test_it_works(client: Client, at: str, form: Instrument) -> None:
    """An interview goes from the form through the seal into the list, and its receipt back."""
    boot = _boot(client, at)
    assert boot["version"] == 1
    assert boot["mode"] == "interviewer"
    assert boot["holder"]["name"] == "i07 Interviewer i07"
    assert boot["language"] == "kk"
    (offer,) = boot["forms"]
    assert offer["sha256"] == hashlib.sha256(client.get(offer["xform"]).content).hexdigest()
    assert (offer["id"], offer["version"], offer["pilot"]) == ("residents", "1", False)
    xml = interview("uuid:1", ANSWERS)
    envelope, parts = sealed(boot["key"], "uuid:1", xml, {"1.jpg": PHOTO})
    content, kind = body(envelope, parts)
    answer = client.post(boot["submit"], content, content_type=kind)
    assert answer.status_code == 201
    digest = hashlib.sha256(xml).hexdigest()
    assert answer.json() == {"instance": "uuid:1", "sha256": digest, "attachments": ["1.jpg"]}
    row = Submission.objects.get()
    assert bytes(row.xml) == xml
    assert row.complete
    assert row.membership is not None
    assert (row.membership.code, row.device_id) == ("i07", "browser")
    with open_blob(row.attachments.get().sha256) as stream:
        assert stream.read() == PHOTO
    assert row.attachments.get().type == "image/jpeg"


def test_files_may_come_in_bursts_and_again(client: Client, at: str) -> None:
    boot = _boot(client, at)
    xml = interview("uuid:1", {**ANSWERS, "audit": "a"}, audit=True)
    files = {"1.jpg": PHOTO, "audit.csv": b"event,node\n"}
    envelope, parts = sealed(boot["key"], "uuid:1", xml, files)
    receipts = []
    for names in (["1.jpg"], ["audit.csv"], ["1.jpg", "audit.csv"]):
        given = {name: parts[name] for name in (XML, *names)}
        receipts.append(_send(client, at, *body(envelope, given)).json()["attachments"])
    assert receipts[0] == ["1.jpg"]
    assert sorted(receipts[1]) == sorted(receipts[2]) == ["1.jpg", "audit.csv"]
    assert Submission.objects.get().complete


@pytest.mark.parametrize(
    ("how", "status", "reason"),
    [
        ("another key", 422, "sealed"), ("a damaged part", 422, "sealed"),
        ("another name", 422, "sealed"), ("no envelope", 400, "unreadable"),
        ("a foolish envelope", 400, "unreadable"), ("another number", 400, "unreadable"),
        ("no interview inside", 400, "unreadable"),
    ],
)  # fmt: skip
def test_what_does_not_open_is_kept_as_it_came(
    client: Client, at: str, how: str, status: int, reason: str
) -> None:
    key = _boot(client, at)["key"]
    xml = b"not XML" if how == "no interview inside" else interview("uuid:1", ANSWERS)
    if how == "another key":
        key = {"id": "0" * 16, "point": base64.b64encode(point_of(new_key())).decode()}
    number = "uuid:2" if how == "another number" else "uuid:1"
    envelope, parts = sealed(key, number, xml, {"1.jpg": PHOTO})
    if how == "a damaged part":
        parts[XML] = parts[XML][:-1] + b"x"
    elif how == "another name":
        parts = {XML: parts[XML], "2.jpg": parts["1.jpg"]}
    elif how == "a foolish envelope":
        envelope["point"] = [1]
    content, kind = body(envelope, parts)
    if how == "no envelope":
        content = content.replace(b'name="envelope"', b'name="enve1ope"')
    for _ in range(2):
        answer = _send(client, at, content, kind)
        assert answer.status_code == status
        assert set(answer.json()["message"]) == {"kk", "ru", "en"}
    row = Quarantined.objects.get()
    assert (row.reason, row.times) == (reason, 2)
    with open_blob(row.body_sha256) as stream:
        assert stream.read() == content
    assert not Submission.objects.exists()


def test_a_conflict_is_told_and_kept_opened(client: Client, at: str) -> None:
    """What opens and is not taken lies in quarantine as other phones send it, to be read again."""
    key = _boot(client, at)["key"]
    for gender, status in (("1", 201), ("2", 409)):
        xml = interview("uuid:1", {"gender": gender})
        answer = _send(client, at, *body(*sealed(key, "uuid:1", xml, {})))
        assert answer.status_code == status
    row = Quarantined.objects.get()
    assert (row.reason, row.instance_id) == ("conflict", "uuid:1")
    with open_blob(row.body_sha256) as stream:
        assert xml in stream.read()


def test_a_phone_that_was_shut_out_gets_nothing_and_loses_nothing(client: Client, at: str) -> None:
    boot = _boot(client, at)
    Token.objects.update(revoked="2026-11-28T00:00:00Z")
    assert client.get(at).status_code == 200
    assert _boot(client, at)["forms"] == []
    xml = interview("uuid:1", ANSWERS)
    answer = _send(client, at, *body(*sealed(boot["key"], "uuid:1", xml, {})))
    assert (answer.status_code, answer.json()["code"]) == (403, "revoked")
    assert Quarantined.objects.get().reason == "revoked"


def test_all_bursts_of_a_phone_that_was_shut_out_are_taken_in_again(
    client: Client, at: str
) -> None:
    """And the next time that it asks, it hears of all files that they are here."""
    key = _boot(client, at)["key"]
    Token.objects.update(revoked="2026-11-28T00:00:00Z")
    xml = interview("uuid:1", {**ANSWERS, "audit": "a"}, audit=True)
    envelope, parts = sealed(key, "uuid:1", xml, {"1.jpg": PHOTO, "audit.csv": b"event,node\n"})
    bursts = [
        body(envelope, {name: parts[name] for name in (XML, one)}) for one in ("1.jpg", "audit.csv")
    ]
    assert [_send(client, at, *one).status_code for one in bursts] == [403, 403]
    for one in Quarantined.objects.all():
        again(one, by=None)
    assert Submission.objects.get().complete
    answer = _send(client, at, *bursts[0])
    assert answer.status_code == 201
    assert sorted(answer.json()["attachments"]) == ["1.jpg", "audit.csv"]


def test_of_a_version_that_is_not_agreed_yet_it_says_so(client: Client, at: str) -> None:
    """By which the phone knows that it may try again by itself, and once agreed it is taken."""
    sent = body(*sealed(_boot(client, at)["key"], "uuid:1", interview("uuid:1", ANSWERS), {}))
    Instrument.objects.update(state="draft")
    answer = _send(client, at, *sent)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-agreed")
    Instrument.objects.update(state="field")
    assert _send(client, at, *sent).status_code == 201


def test_what_is_over_is_not_offered_and_lists_are_ones_own(client: Client, at: str) -> None:
    listed = small_form("lists").replace(
        b"<bind", b'<instance id="l" src="jr://file-csv/points.csv"/><bind', 1
    )
    close(asked(small_form("over")), by=None)
    asked(listed, files={"points.csv": LIST})
    forms = {one["id"]: one for one in _boot(client, at)["forms"]}
    assert set(forms) == {"residents", "lists"}
    answer = client.get(forms["lists"]["media"]["points.csv"])
    assert "Көктем" in answer.content.decode()
    assert "Қарасу" not in answer.content.decode()


def test_nobodys_secret_opens_nothing(client: Client, form: Instrument) -> None:
    for path in ("", "boot.json", "app.webmanifest"):
        assert client.get(f"/k/nobody/{path}").status_code == 404
    answer = client.post("/k/nobody/sealed", b"x", content_type="text/plain")
    assert answer.status_code == 404
    assert not Quarantined.objects.exists()


def test_the_frame_lets_run_what_the_form_needs_and_no_more(client: Client, at: str) -> None:
    answer = client.get(at)
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "unsafe-inline" not in policy
    assert "worker-src 'self'" in policy
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "camera=(self)" in answer["Permissions-Policy"]
    page = answer.content.decode()
    assert 'lang="kk"' in page
    assert f'data-boot="{at}boot.json"' in page
    # What other pages may run stays as narrow as it was.
    assert "wasm" not in client.get("/ru/sign-in")["Content-Security-Policy"]


def test_the_worker_and_the_app_belong_to_the_page(client: Client, at: str) -> None:
    worker = client.get(f"{at}worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker.content
    app = json.loads(client.get(f"{at}app.webmanifest").content)
    assert app["start_url"] == app["scope"] == at
    assert app["display"] == "standalone"


def test_the_key_is_made_once_and_for_the_server_alone(client: Client, at: str) -> None:
    first = _boot(client, at)["key"]
    path = Path(settings.TYNDAU_DATA) / "form-key.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert _boot(client, at)["key"] == first


class TestUnsentFile:
    """``.../field/unsent``: what a phone could not send comes by a file."""

    @pytest.fixture(autouse=True)
    def _study(self, serve: Serve, real: Path) -> None:
        serve(real)
        asked(study=REAL)

    def _file(self, client: Client, code: str = "i07", count: int = 3, **said: Any) -> bytes:
        boot = _boot(client, f"/k/{interviewer(code, study=REAL)}/")
        interviews = []
        for number in range(count):
            instance = f"uuid:{code}-{number}"
            xml = interview(instance, ANSWERS)
            envelope, parts = sealed(boot["key"], instance, xml, {"1.jpg": PHOTO})
            coded = [
                {"name": name, "data": base64.b64encode(part).decode()}
                for name, part in parts.items()
            ]
            interviews.append({"envelope": envelope, "parts": coded})
        holder = boot["holder"]["id"]
        given = {"version": 1, "holder": holder, "interviews": interviews, **said}
        return json.dumps(given).encode()

    def _load(self, client: Client, content: bytes) -> Any:
        file = SimpleUploadedFile("unsent-2026-11-28.tyndau.json", content)
        return client.post(f"/en/studies/{REAL}/field/unsent", {"file": file})

    def test_it_works(self, client: Client) -> None:
        content = self._file(client)
        for taken, known in ((3, 0), (0, 3)):
            page = self._load(client, content).content.decode()
            assert f"Interviews taken in: {taken}." in page
            assert ("Here before: 3." in page) == bool(known)
        assert Submission.objects.filter(complete=True).count() == 3
        row = Submission.objects.first()
        assert row is not None
        assert row.membership is not None
        assert (row.membership.code, row.device_id) == ("i07", "browser, by file")
        assert Entry.objects.filter(action="unsent.loaded").count() == 2

    def test_what_is_not_taken_is_told_and_kept(self, client: Client) -> None:
        content = self._file(client, count=2)
        said = json.loads(content)
        said["interviews"][0]["parts"][0]["data"] = base64.b64encode(b"x" * 40).decode()
        page = self._load(client, json.dumps(said).encode()).content.decode()
        assert "Interviews taken in: 1." in page
        assert "uuid:i07-0" in page
        assert "sealed for another server" in page
        assert Quarantined.objects.get().reason == "sealed"

    @pytest.mark.parametrize(
        "content",
        [b"", b"{", b"[]", b'{"version": 2}', b'{"version": 1, "holder": "x", "interviews": 7}',
         b'{"version": 1, "holder": "x", "interviews": [{"envelope": {}, "parts": []}]}'],
    )  # fmt: skip
    def test_another_file_is_refused_whole(self, client: Client, content: bytes) -> None:
        answer = self._load(client, content)
        assert answer.status_code == 422
        assert "This is no file of unsent interviews" in answer.content.decode()

    def test_a_supervisor_loads_for_own_interviewers(
        self, client: Client, person: NewPerson, sign_in: SignIn
    ) -> None:
        content = self._file(client)
        Membership.objects.filter(code="i07").update(territories=["north"])
        other = sign_in(person(Role.SUPERVISOR, REAL, territories=["bulak"]))
        assert "not in this study, or not yours" in self._load(other, content).content.decode()
        own = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
        assert "Interviews taken in: 3." in self._load(own, content).content.decode()


@pytest.mark.parametrize(
    ("clock", "kept"),
    [(3599.6, 3600), (-90, -90), (None, None), (1e12, None), (float("inf"), None)],
)
def test_how_wrong_the_phones_clock_was_is_kept(
    client: Client, at: str, clock: float | None, kept: int | None
) -> None:
    """What is in quota goes by the time of the interview, whenever and from whomever it comes."""
    key = _boot(client, at)["key"]
    sealed_now = sealed(key, "uuid:1", interview("uuid:1", ANSWERS), {"1.jpg": PHOTO}, clock=clock)
    assert _send(client, at, *body(*sealed_now)).status_code == 201
    assert Submission.objects.get().ahead == kept
