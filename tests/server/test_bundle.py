"""A study moves as one file: whole, verified, without secrets; what is no such file is refused."""

import base64
import hashlib
import io
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tyndau.base.errors import UserError
from tyndau.fieldwork.openrosa import withdrawal_code
from tyndau.study import load_study
from tyndau.study.versions import settle
from tyndau_server.audit import log
from tyndau_server.audit.models import Entry
from tyndau_server.bundle import take_in as taking
from tyndau_server.bundle.export import export_bundle
from tyndau_server.bundle.tables import TABLES
from tyndau_server.bundle.take_in import finish, take_in
from tyndau_server.control.models import Alert, Assignment, Contact, Cut, Question, Share
from tyndau_server.fieldwork import blobs
from tyndau_server.fieldwork.erasing import ask_for_erasures
from tyndau_server.fieldwork.models import (
    Attachment,
    Decision,
    Instrument,
    Link,
    Media,
    Quarantined,
    Submission,
)
from tyndau_server.fieldwork.tombstones import is_withdrawn_id
from tyndau_server.fieldwork.withdraw import withdraw
from tyndau_server.form.models import PhoneKey, Reply
from tyndau_server.jobs.models import Job
from tyndau_server.paper.models import Entry as Typed
from tyndau_server.paper.models import Settled, Sheet
from tyndau_server.people.models import Membership, Person, Role, Token

from .conftest import Empty, NewPerson, Serve, SignIn

SLUG = "taraz-2026"
THEN = datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
RECORDING = os.urandom(3000)
# What each table holds; a field that is new must be decided upon: it goes, or it is named here.
LEFT_OUT = {
    "memberships": {"id"}, "instruments": {"id"}, "media": {"id"}, "submissions": {"id", "token"},
    "attachments": {"id"}, "quarantined": {"id", "token"}, "decisions": {"id"}, "links": {"id"},
    "sheets": {"id"}, "entries": {"id"}, "settled": {"id"}, "assignments": {"id"},
    "shares": {"id"}, "contacts": {"id", "token"}, "questions": {"id"}, "alerts": {"id"},
    "cuts": {"id"}, "withdrawals": {"id"}, "tombstones": {"id"},
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path, real: Path, serve: Serve) -> Path:
    folder = tmp_path / "studies"
    folder.mkdir()
    shutil.copytree(real, folder / SLUG)
    settle(folder / SLUG, moment=THEN)
    serve(folder)
    return folder


XFORM, XML = b"<h:html>\x00\xff", "<data>Қала</data>".encode()


def run_the_field(asking: Membership, sociologist: Person) -> None:
    here = {"study": SLUG, "membership": asking}
    Assignment.objects.create(
        **here, population="residents", point="center-01", interviews=12, day=THEN.date(),
        begins=time(9), ends=time(13, 30), takes_over=asking, reason="Ауырып қалды",
        made_by=sociologist,
    )  # fmt: skip
    Share.objects.create(**here, population="residents", cell="sex=male", interviews=7)
    Contact.objects.create(
        **here, population="residents", uid="c1", point="center-01", moment=THEN,
        outcome="refused", passed=5, received=THEN,
    )  # fmt: skip
    Question.objects.create(
        **here, uid="q1", text="Базар жабық", moment=THEN, received=THEN, answer="Күтіңіз",
        answered=THEN, answered_by=sociologist,
    )  # fmt: skip
    Alert.objects.create(**here, rule="hours_a_day", key="a1", facts={"hours": 9}, raised=THEN)
    Cut.objects.create(**here, amount="1600.50", reason="Нүктеге бармаған", made_by=sociologist)


@pytest.fixture
def rows(place: Path) -> None:
    sociologist = Person.objects.create(
        name="Айгүл", email="a@tyndau.example", password="argon2$secret", administrator=True
    )
    phone = Person.objects.create(name="Интервьюер 7")
    Membership.objects.create(person=sociologist, study=SLUG, role=Role.SOCIOLOGIST)
    asking = Membership.objects.create(person=phone, study=SLUG, role=Role.INTERVIEWER, code="i07")
    Membership.objects.filter(pk=asking.pk).update(began=THEN)
    token = Token.objects.create(digest="d" * 64, membership=asking, label="secret-label")
    instrument = Instrument.objects.create(
        study=SLUG, population="residents", form_id="city", version="1", xform=XFORM,
        sha256=hashlib.sha256(XFORM).hexdigest(), md5="2" * 32, state="field",
        made_by=sociologist, title={"kk": "Сауал"},
    )  # fmt: skip
    blobs.incoming()
    kept = blobs.keep(io.BytesIO(RECORDING))
    picture = blobs.keep(io.BytesIO(b"picture"))
    Media.objects.create(
        instrument=instrument, name="map.png", sha256=picture.sha256, md5="", size=7
    )
    for number in range(3):
        submission = Submission.objects.create(
            study=SLUG, instrument=instrument, interview=f"uuid:{number}", key=f"k{number}",
            instance_id=f"uuid:{number}", xml=XML,
            sha256=hashlib.sha256(XML).hexdigest(),
            membership=asking, token=token, received=THEN, awaited=["a.m4a"],
        )  # fmt: skip
        Attachment.objects.create(
            submission=submission, name="a.m4a", sha256=kept.sha256, size=kept.size, received=THEN
        )
    Link.objects.create(
        study=SLUG, population="online", code="qwerty", digest="5" * 64, batch=THEN,
        made_by=sociologist,
    )  # fmt: skip
    Decision.objects.create(
        submission=submission, person=sociologist, moment=THEN, before="received",
        after="rejected", reason="Жоқ",
    )  # fmt: skip
    Quarantined.objects.create(
        study=SLUG, membership=asking, token=token, reason="xml", digest="4" * 64, size=7,
        body_sha256=picture.sha256, received=THEN, last=THEN,
    )  # fmt: skip
    sheet = Sheet.objects.create(
        study=SLUG, instrument=instrument, number="17", membership=asking, instance_id="uuid:2",
        made=THEN, submission=submission, sent=THEN, sent_by=sociologist,
    )  # fmt: skip
    Typed.objects.create(
        sheet=sheet, turn=1, person=sociologist, begun=THEN, finished=THEN, values={"q": "Жоқ"}
    )
    Settled.objects.create(sheet=sheet, field="q", value="a", person=sociologist, moment=THEN)
    run_the_field(asking, sociologist)
    log.write("study.made", actor=sociologist, study=SLUG)
    # Another study's rows stay where they are.
    Membership.objects.create(person=sociologist, study="elsewhere", role=Role.HEAD)


@pytest.fixture
def new_server(place: Path, _empty: Empty) -> Empty:
    """Return what makes the server a new one: no rows, no study."""

    def make() -> None:
        _empty()
        shutil.rmtree(place / SLUG, ignore_errors=True)

    return make


@pytest.fixture
def bundle(place: Path, rows: None, tmp_path: Path) -> Path:
    export_bundle(SLUG, place / SLUG, tmp_path / "one.zip")
    return tmp_path / "one.zip"


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_works(bundle: Path, place: Path, tmp_path: Path, new_server: Empty) -> None:
    before = {path.relative_to(place / SLUG): path.read_bytes() for path in _files(place / SLUG)}
    new_server()
    assert take_in(bundle, by=None) == SLUG
    after = {path.relative_to(place / SLUG): path.read_bytes() for path in _files(place / SLUG)}
    assert {path: content for path, content in after.items() if path.parts[0] != "log"} == before
    load_study(place / SLUG)
    assert Submission.objects.filter(study=SLUG).count() == 3
    submission = Submission.objects.get(interview="uuid:2")
    sheet = Sheet.objects.get()
    assert (sheet.submission, sheet.number, sheet.sent) == (submission, "17", THEN)
    assert sheet.entries.get().values == {"q": "Жоқ"}
    assert sheet.settled.get().person.name == "Айгүл"
    assert bytes(submission.xml) == "<data>Қала</data>".encode()
    assert submission.received == THEN and submission.token is None
    assert submission.membership is not None and submission.membership.code == "i07"
    assert submission.membership.began == THEN
    assert bytes(Instrument.objects.get().xform) == b"<h:html>\x00\xff"
    with blobs.open_blob(Attachment.objects.all()[0].sha256) as recording:
        assert recording.read() == RECORDING
    assert Decision.objects.get().person.email == "a@tyndau.example"
    assert Entry.objects.get().action == "study.taken-in"
    assert log.verify().faults == ()


def test_there_and_back_is_the_same(
    bundle: Path, place: Path, tmp_path: Path, new_server: Empty
) -> None:
    new_server()
    take_in(bundle, by=None)
    export_bundle(SLUG, place / SLUG, tmp_path / "two.zip")
    one, two = _parts(bundle), _parts(tmp_path / "two.zip")
    assert two.pop("folder/log/decisions-1.jsonl") == one["rows/audit.jsonl"]
    for parts in (one, two):  # the log goes on, and the manifest speaks of it
        del parts["rows/audit.jsonl"], parts["manifest.json"]
    assert one == two


def test_the_same_state_is_the_same_bundle(bundle: Path, place: Path, tmp_path: Path) -> None:
    export_bundle(SLUG, place / SLUG, tmp_path / "two.zip")
    assert bundle.read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_no_secret_and_no_right_leaves(bundle: Path, place: Path, new_server: Empty) -> None:
    everything = b"\n".join(_parts(bundle).values())
    for secret in (b"argon2", b"secret", b"d" * 64, b"administrator"):
        assert secret not in everything
    new_server()
    take_in(bundle, by=None)
    person = Person.objects.get(email="a@tyndau.example")
    assert not person.administrator and not person.has_usable_password()
    assert not Token.objects.exists()


def test_who_is_here_already_stays_who_it_is(bundle: Path, place: Path, new_server: Empty) -> None:
    new_server()
    here = Person.objects.create(name="Айгүл Сапарова", email="a@tyndau.example", password="own")
    take_in(bundle, by=None)
    again = Person.objects.get(email="a@tyndau.example")
    assert (again.pk, again.name, again.password) == (here.pk, "Айгүл Сапарова", "own")
    assert again.memberships.get().role == Role.SOCIOLOGIST


def test_every_field_was_decided_upon() -> None:
    for table in TABLES:
        every = {one.name for one in table.model._meta.concrete_fields}
        assert table.without == LEFT_OUT[table.name]
        assert table.without <= every
        foreign = {one.name for one in table.model._meta.concrete_fields if one.is_relation}
        assert foreign - table.without == set(table.refers), table.name
    # Whoever adds a field to one of these models comes by here: does it leave the server?
    assert {table.name: len(table.fields) for table in TABLES} == FIELDS


def test_keys_of_phones_stay_on_their_server() -> None:
    """What goes back to a phone is sealed to a key that belongs to this server's address."""
    assert not {Reply, PhoneKey} & {table.model for table in TABLES}


FIELDS = {
    "memberships": 8, "instruments": 16, "media": 5, "submissions": 18, "attachments": 7,
    "quarantined": 17, "decisions": 6, "links": 8, "sheets": 10, "entries": 6, "settled": 5,
    "assignments": 16, "shares": 6, "contacts": 11, "questions": 9, "alerts": 13, "cuts": 8,
    "withdrawals": 12, "tombstones": 3,
}  # fmt: skip


def test_a_study_that_is_here_is_not_taken_in(bundle: Path, place: Path) -> None:
    with pytest.raises(UserError) as refused:
        take_in(bundle, by=None)
    assert refused.value.problems[0].kind.code == "server.study-exists"
    shutil.rmtree(place / SLUG)
    with pytest.raises(UserError) as refused:
        take_in(bundle, by=None)
    assert refused.value.problems[0].kind.code == "server.bundle-rows-exist"


Change = Callable[[dict[str, bytes]], None]


def _rewritten(bundle: Path, change: Change, *, manifest: bool = True) -> Path:
    """Write a bundle anew with other parts, its manifest brought up to date unless told not to."""
    parts = _parts(bundle)
    change(parts)
    if manifest:
        written = json.loads(parts["manifest.json"])
        written["parts"] = {
            name: {"sha256": hashlib.sha256(part).hexdigest(), "size": len(part)}
            for name, part in parts.items()
            if name != "manifest.json"
        }
        parts["manifest.json"] = json.dumps(written).encode()
    target = bundle.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return target


def _refused(path: Path, place: Path) -> str:
    with pytest.raises(UserError) as refused:
        take_in(path, by=None)
    assert list(place.iterdir()) == [], "no file is left"
    assert not Submission.objects.exists() and not Membership.objects.exists()
    assert not Entry.objects.exists()
    return refused.value.problems[0].kind.code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("folder/../../../escaped", "server.bundle-unsafe"),
        ("/folder/absolute", "server.bundle-unsafe"),
        ("folder\\..\\escaped", "server.bundle-unsafe"),
        ("folder/.hidden", "server.bundle-unsafe"),
        ("C:/folder/x", "server.bundle-unsafe"),
        ("elsewhere/x", "server.bundle-unsafe"),
        ("blobs/x", "server.bundle-unsafe"),
        ("rows/people.jsonl", "server.bundle-unsafe"),
    ],
)
def test_a_part_that_leads_out(
    bundle: Path, place: Path, name: str, code: str, new_server: Empty
) -> None:
    changed = _rewritten(bundle, lambda parts: parts.update({name: b"x"}))
    new_server()
    assert _refused(changed, place) == code
    assert not (place.parent / "escaped").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.update({"folder/study.xlsx": parts["folder/study.xlsx"][:-1]}),
        lambda parts: parts.pop("rows/submissions.jsonl"),
        lambda parts: parts.update({"folder/more.txt": b"x"}),
        lambda parts: parts.update({"manifest.json": b"{}"}),
        lambda parts: parts.update({"manifest.json": b"[" * 100_000}),
        lambda parts: parts.update(
            {"folder/study.xlsx": b"x" * len(parts["folder/study.xlsx"])}
        ),
    ],
)  # fmt: skip
def test_a_damaged_bundle(bundle: Path, place: Path, change: Change, new_server: Empty) -> None:
    changed = _rewritten(bundle, change, manifest=False)
    new_server()
    assert _refused(changed, place) in ("server.bundle-damaged", "server.bundle-no-bundle")


@pytest.mark.parametrize(
    "lines",
    [b"not json\n", b"[]\n", b"{}\n", b'{"instrument": 99}\n', b"[" * 100_000 + b"\n", b"\xff\n"],
)
@pytest.mark.parametrize("table", ["submissions", "persons", "attachments"])
def test_rows_that_are_none(
    bundle: Path, place: Path, table: str, lines: bytes, new_server: Empty
) -> None:
    name = f"rows/{table}.jsonl"
    changed = _rewritten(bundle, lambda parts: parts.update({name: parts[name] + lines}))
    new_server()
    assert _refused(changed, place) == "server.bundle-damaged"


def test_an_interview_that_is_not_what_its_digest_says(
    bundle: Path, place: Path, new_server: Empty
) -> None:
    name = "rows/submissions.jsonl"

    def change(parts: dict[str, bytes]) -> None:
        lines = [json.loads(line) for line in parts[name].splitlines()]
        lines[0]["xml"] = base64.b64encode(b"<data>other</data>").decode()
        parts[name] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    changed = _rewritten(bundle, change)
    new_server()
    assert _refused(changed, place) == "server.bundle-damaged"
    assert not Submission.objects.exists()


def test_rows_that_the_database_refuses(bundle: Path, place: Path, new_server: Empty) -> None:
    name = "rows/submissions.jsonl"
    changed = _rewritten(bundle, lambda parts: parts.update({name: parts[name] * 2}))
    new_server()
    assert _refused(changed, place) == "server.bundle-cannot-write"
    assert not Person.objects.exists()


def test_a_link_is_refused(bundle: Path, place: Path, new_server: Empty) -> None:
    changed = _rewritten(bundle, lambda parts: None)
    with zipfile.ZipFile(changed, "a") as archive:
        info = zipfile.ZipInfo("folder/link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    new_server()
    assert _refused(changed, place) == "server.bundle-unsafe"


def test_a_bomb_is_refused(bundle: Path, place: Path, new_server: Empty) -> None:
    new_server()
    bomb = bundle.with_name("bomb.zip")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/zeros", b"\0" * 100_000_000)
        archive.writestr("manifest.json", "{}")
    assert _refused(bomb, place) == "server.bundle-unsafe"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_bundle(place: Path, tmp_path: Path, content: bytes, new_server: Empty) -> None:
    new_server()
    (tmp_path / "x.zip").write_bytes(content)
    assert _refused(tmp_path / "x.zip", place) == "server.bundle-no-bundle"


def test_a_later_format(bundle: Path, place: Path, new_server: Empty) -> None:
    def later(parts: dict[str, bytes]) -> None:
        written = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**written, "format": 3}).encode()

    changed = _rewritten(bundle, later)
    new_server()
    assert _refused(changed, place) == "server.bundle-later"


def test_a_slug_that_leads_out(bundle: Path, place: Path, new_server: Empty) -> None:
    def elsewhere(parts: dict[str, bytes]) -> None:
        written = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**written, "study": "../elsewhere"}).encode()

    changed = _rewritten(bundle, elsewhere)
    new_server()
    assert _refused(changed, place) == "server.bad-slug"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process to be killed")
@pytest.mark.parametrize("committed", [False, True])
def test_killed_before_and_after_the_rows(
    bundle: Path, place: Path, monkeypatch: pytest.MonkeyPatch, committed: bool, new_server: Empty
) -> None:
    """A process that dies leaves nothing, or what the next one completes."""

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    new_server()
    monkeypatch.setattr(taking, "_finish", lambda place: None)  # a dead process clears nothing
    if committed:
        monkeypatch.setattr(Path, "rename", die)
    else:
        monkeypatch.setattr(taking, "_insert", die)
    with pytest.raises(Killed):
        take_in(bundle, by=None)
    monkeypatch.undo()
    assert not (place / SLUG).exists()
    from django.test import override_settings

    with override_settings(TYNDAU_STUDIES=(place,)):
        finish()
        assert (place / SLUG / "study.xlsx").exists() == committed
        assert Submission.objects.exists() == committed
        assert [entry.name for entry in place.iterdir()] == ([SLUG] if committed else [])
        if not committed:
            assert take_in(bundle, by=None) == SLUG


def test_a_full_disk_leaves_nothing(
    bundle: Path, place: Path, monkeypatch: pytest.MonkeyPatch, new_server: Empty
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    new_server()
    monkeypatch.setattr(blobs, "keep", full)
    assert _refused(bundle, place) == "server.bundle-cannot-write"


def _files(folder: Path) -> list[Path]:
    hidden = {".lock"}
    return [path for path in folder.rglob("*") if path.is_file() and path.name not in hidden]


@pytest.fixture
def administrator(sign_in: SignIn) -> Client:
    return sign_in(
        Person.objects.create(name="Әкімші", email="b@tyndau.example", administrator=True)
    )


def test_by_the_buttons(
    rows: None, place: Path, administrator: Client, person: NewPerson, sign_in: SignIn
) -> None:
    from tyndau_server.jobs import queue
    from tyndau_server.jobs.do import do
    from tyndau_server.jobs.models import Job
    from tyndau_server.studies.served import served

    address = f"/ru/studies/{SLUG}/bundle/"
    # A bundle holds single interviews, which an administrator does not see.
    assert administrator.get(address).status_code == 404
    sociologist = sign_in(person(Role.SOCIOLOGIST, SLUG))
    assert sociologist.get(address).status_code == 200
    assert sociologist.post(f"{address}make").status_code == 302
    job = queue.take([*served(), queue.SERVER])
    assert job is not None
    do(job, place / SLUG, "en")
    assert Job.objects.get().state == "done", Job.objects.get().problems
    name = next((Path(settings.TYNDAU_DATA) / "bundles" / SLUG).glob("*.zip")).name
    assert name in sociologist.get(address).content.decode()
    answer = sociologist.get(f"{address}files/{name}")
    content = answer.getvalue()
    answer.close()
    assert sociologist.get(f"{address}files/../{name}").status_code == 404
    assert sociologist.get(f"{address}files/other.zip").status_code == 404

    Submission.objects.all()
    for table in reversed(TABLES):
        table.of_study(SLUG).delete() if table.name != "memberships" else None
    Token.objects.all().delete()
    Membership.objects.all().delete()
    shutil.rmtree(place / SLUG)
    sent = io.BytesIO(content)
    sent.name = "Тараз.zip"
    assert administrator.post("/ru/bundles/take-in", {"bundle": sent}).status_code == 302
    job = queue.take([*served(), queue.SERVER])
    assert job is not None
    do(job, Path(settings.TYNDAU_DATA), "en")
    assert SLUG in administrator.get("/ru/bundles/").content.decode()
    assert (place / SLUG / "study.xlsx").exists()
    assert not list((Path(settings.TYNDAU_DATA) / "bundles" / ".uploads").iterdir())
    shutil.rmtree(Path(settings.TYNDAU_DATA) / "bundles")


def test_nothing_uploaded(place: Path, administrator: Client) -> None:
    assert administrator.post("/ru/bundles/take-in").status_code == 422


@pytest.mark.parametrize("role", [Role.HEAD, Role.SUPERVISOR, Role.CUSTOMER, Role.READER])
def test_who_may_not(role: Role, person, sign_in: SignIn, place: Path) -> None:  # type: ignore[no-untyped-def]
    browser = sign_in(person(role, SLUG))
    assert browser.get(f"/ru/studies/{SLUG}/bundle/").status_code == 403
    assert browser.post(f"/ru/studies/{SLUG}/bundle/make").status_code == 403
    assert browser.get("/ru/bundles/").status_code == 403
    assert browser.post("/ru/bundles/take-in").status_code == 403


def test_a_body_that_is_too_large_is_not_read(
    place: Path, person: NewPerson, sign_in: SignIn
) -> None:
    answer = sign_in(person(Role.SOCIOLOGIST, SLUG)).post(
        f"/ru/studies/{SLUG}/bundle/make", data=b"", content_type="text/plain",
        CONTENT_LENGTH="5000000",
    )  # fmt: skip
    assert answer.status_code == 413
    assert "4 МБ" in answer.content.decode() or "4" in answer.content.decode()


def test_a_stranger_s_body_is_not_read_either(place: Path) -> None:
    answer = Client().post("/ru/bundles/take-in", {"bundle": io.BytesIO(b"x")})
    assert answer.status_code == 403


def test_from_the_terminal(rows: None, place: Path, tmp_path: Path, new_server: Empty) -> None:
    from tyndau_server.commands.bundle import make

    export, take = make("ru").commands["export"], make("ru").commands["import"]  # type: ignore[attr-defined]
    file = str(tmp_path / "study.zip")
    export.callback(study=str(place / SLUG), file=file, lang="ru")
    new_server()
    take.callback(file=file, lang="ru")
    assert Submission.objects.filter(study=SLUG).count() == 3


def test_what_was_withdrawn_stays_so_on_another_server(
    bundle: Path, place: Path, tmp_path: Path, new_server: Empty
) -> None:
    """The tombstones travel; of what was answered, and of the recording, nothing does."""
    person = Person.objects.get(name="Айгүл")
    seen = Submission.objects.filter(study=SLUG), Quarantined.objects.filter(study=SLUG)
    for number in range(3):
        name = f"uuid:{number}"
        withdraw(
            name, study=SLUG, typed=withdrawal_code(name), reason="By phone", by=person,
            among=seen[0], quarantined=seen[1],
        )  # fmt: skip
    export_bundle(SLUG, place / SLUG, tmp_path / "two.zip")
    everything = b"".join(_parts(tmp_path / "two.zip").values())
    assert RECORDING not in everything and base64.b64encode(XML) not in everything
    new_server()
    take_in(tmp_path / "two.zip", by=None)
    assert set(Submission.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert is_withdrawn_id(SLUG, "uuid:1")
    assert Sheet.objects.get().entries.get().values == {} and not Settled.objects.exists()
    # Its wave may have come with it: the job is asked for here too.
    ask_for_erasures({SLUG: place / SLUG})
    assert Job.objects.get().kind == "erase"


def test_a_bundle_of_before_there_were_withdrawals(
    bundle: Path, place: Path, new_server: Empty
) -> None:
    new_server()

    def older(parts: dict[str, bytes]) -> None:
        written = json.loads(parts["manifest.json"])
        for name in ("rows/withdrawals.jsonl", "rows/tombstones.jsonl"):
            del parts[name], written["parts"][name]
        parts["manifest.json"] = json.dumps({**written, "format": 1}).encode()

    older_bundle = _rewritten(bundle, older)
    assert take_in(older_bundle, by=None) == SLUG
    assert Submission.objects.count() == 3
