"""An interview is withdrawn by the code of its slip: nothing of it is left, and none comes back."""

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

import tyndau.waves
from tyndau.base.errors import UserError
from tyndau.fieldwork.openrosa import withdrawal_code
from tyndau.study import load_study
from tyndau.waves import frozen_in, list_revisions, read_wave
from tyndau_server.audit.models import Entry
from tyndau_server.bundle.export import export_bundle
from tyndau_server.bundle.work import bundles_of
from tyndau_server.bundle.work import export as export_job
from tyndau_server.fieldwork import blobs, erasing
from tyndau_server.fieldwork import receive as receiving
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.erasing import ask_for_erasures
from tyndau_server.fieldwork.freeze import freeze_wave
from tyndau_server.fieldwork.models import (
    Attachment,
    Decision,
    Instrument,
    Quarantined,
    Submission,
    Tombstone,
    Withdrawal,
)
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.receive import receive
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.fieldwork.tombstones import Withdrawn
from tyndau_server.fieldwork.work import erase_interviews
from tyndau_server.home.standing import standing_of
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import fail
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .field import interviewer, phone_within
from .made_field import WHOLE, body, filled, in_the_field, interviews, send, small
from .sealing import body as sealed_body
from .sealing import sealed

AT = f"/en/studies/{REAL}/field/withdrawals/"
# The field is counted by jobs of its own.
ERASURES = Job.objects.filter(kind="erase")
WORDS = "Көшеде жарық мүлде жоқ"
pytestmark = pytest.mark.requirement("T1")


@pytest.fixture
def study(own: Own, real: Path, serve: Serve) -> Path:
    """Return a study of one's own, served."""
    folder = own(real)
    serve(folder)
    return folder


@pytest.fixture
def form(study: Path) -> Instrument:
    """Return its questionnaire, in the field."""
    return in_the_field(study)


def _said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def _take_back(client: Client, made: Submission, **other: str) -> object:
    """Withdraw an interview on the page."""
    code = withdrawal_code(made.interview)
    given = {"interview": made.interview, "code": code, "again": code, "reason": "By phone"}
    return client.post(f"{AT}withdraw", {**given, **other})


def _erase(study: Path) -> Job:
    """Do the job that was asked for, as the worker does."""
    job = Job.objects.filter(kind="erase").latest("pk")
    erase_interviews(job, study)
    Job.objects.filter(pk=job.pk).update(state="done")
    return job


def _bytes(sha256: str) -> bytes | None:
    try:
        with blobs.open_blob(sha256) as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def _open_answer(form: Instrument, number: int = 1, **more: object) -> bytes:
    answers = {**WHOLE, "problems": "other", "problems_other": WORDS}
    return filled(answers, instance=f"uuid:words-{number}", form=form, **more)  # type: ignore[arg-type]


def test_it_works(client: Client, study: Path, form: Instrument) -> None:
    """Found without its answers, erased from the database, then from the wave; results follow."""
    others = interviews(REAL, form, 3)
    made = send(REAL, _open_answer(form))
    Submission.objects.update(state="accepted")
    freeze_wave(load_study(study), "2026-q4", by=None)
    code = withdrawal_code(made.interview)
    page = _said(client.post(AT, {"code": f" {code.lower().replace('-', ' ')} "}))
    assert "residents" in page and "2026-q4/r1" in page and "Accepted" in page
    assert WORDS not in page and "roads" not in page
    assert _take_back(client, made)["Location"] == AT  # type: ignore[index]
    made.refresh_from_db()
    assert (bytes(made.xml), made.state, made.current) == (b"", "withdrawn", False)
    assert made.sha256 == hashlib.sha256(b"").hexdigest()
    assert "being erased" in _said(client.get(AT))
    _erase(study)
    wave = read_wave(study, "2026-q4")
    assert list(wave.frames["residents"].keys) == [one.key for one in others]
    page = _said(client.get(AT))
    assert "being erased" not in page and "By phone" in page and "2026-q4/r1" in page
    asked = Job.objects.values_list("kind", flat=True)
    assert set(asked) == {"erase", "field", "build", "build-outside"}


def test_the_log_says_who_and_when_and_not_what(
    client: Client, study: Path, form: Instrument
) -> None:
    made = send(REAL, _open_answer(form))
    Submission.objects.update(state="accepted")
    freeze_wave(load_study(study), "2026-q4", by=None)
    _take_back(client, made)
    _erase(study)
    entry = Entry.objects.get(action="submission.withdrawn")
    assert (entry.actor_name, entry.subject) == ("Sociologist", made.interview)
    assert entry.details == {"versions": 1, "files": 0, "reason": "By phone"}
    assert Entry.objects.get(action="wave.erased").subject == "2026-q4/r1"
    assert Decision.objects.get().after == "withdrawn"
    assert all(WORDS not in str(one.details) for one in Entry.objects.all())


def test_what_people_wrote_about_it_goes_and_the_decisions_stay(
    client: Client, study: Path, form: Instrument, tmp_path: Path
) -> None:
    """Also of an earlier version; what was written of another interview is nobody's to erase."""
    said, other = "Says that the street is dark", "Made too quickly"
    log_page = f"/en/studies/{REAL}/audit/"
    first = send(REAL, _open_answer(form))
    kept = send(REAL, filled(WHOLE, instance="uuid:other", form=form))
    at = f"/en/studies/{REAL}/field/decide"
    for one, reason in ((first, said), (kept, other)):
        sent = {"chosen": f"{one.pk}:received", "after": "returned", "reason": reason}
        assert client.post(at, sent).status_code == 302
    assert said in _said(client.get(log_page))
    send(REAL, _open_answer(form, 2, deprecated=first.instance_id))
    _take_back(client, first)
    _erase(study)
    decided = Decision.objects.exclude(after="withdrawn").order_by("pk")
    assert [(one.after, one.reason) for one in decided] == [("returned", ""), ("returned", other)]
    assert Entry.objects.filter(action="submission.returned").count() == 2
    page = _said(client.get(log_page))
    assert said not in page and other in page
    export_bundle(REAL, study, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        held = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace")
    assert said not in held and other in held


def test_why_it_was_set_aside_goes_with_what_lay_in_quarantine(
    client: Client, study: Path, form: Instrument
) -> None:
    phone = phone_within(interviewer(study=REAL))
    assert phone.send(_open_answer(form)).status == 201
    made = Submission.objects.get()
    assert phone.send(filled(WHOLE, instance="uuid:words-1", form=form)).status == 409
    [found] = Quarantined.objects.all()
    sent = {"do": "set-aside", "reason": "The second says roads"}
    at = f"/en/studies/{REAL}/field/quarantine/{found.pk}/"
    assert client.post(f"{at}settle", sent).status_code == 302
    assert "The second says roads" in _said(client.get(at))
    assert "The second says roads" in _said(client.get(f"/en/studies/{REAL}/audit/"))
    _take_back(client, made)
    _erase(study)
    assert not Quarantined.objects.exists()
    assert Entry.objects.filter(action="quarantine.set-aside").count() == 1
    assert "second says roads" not in _said(client.get(f"/en/studies/{REAL}/audit/"))
    assert all("roads" not in str(one.details) for one in Entry.objects.all())


def test_every_version_and_file_goes(client: Client, study: Path, form: Instrument) -> None:
    """Files that another interview holds too stay there."""
    made = send(REAL, _open_answer(form, files=("a.m4a",)), files={"a.m4a": b"voice"})
    second = _open_answer(form, 2, deprecated=made.instance_id, files=("a.m4a", "b.m4a"))
    edit = send(REAL, second, files={"b.m4a": b"more voice"})
    other = filled(WHOLE, instance="uuid:other", form=form, files=("a.m4a",))
    kept = send(REAL, other, files={"a.m4a": b"voice"})
    digests = [hashlib.sha256(one).hexdigest() for one in (b"voice", b"more voice")]
    assert _take_back(client, edit, interview=made.interview).status_code == 302  # type: ignore[attr-defined]
    _erase(study)
    assert {bytes(one.xml) for one in Submission.objects.exclude(pk=kept.pk)} == {b""}
    assert [one.submission_id for one in Attachment.objects.all()] == [kept.pk]
    assert _bytes(digests[0]) == b"voice"
    assert _bytes(digests[1]) is None
    # The last that held it goes as well: now its bytes go too.
    _take_back(client, kept)
    _erase(study)
    assert _bytes(digests[0]) is None
    assert not list((Path(settings.TYNDAU_DATA) / "blobs" / ".erasing").iterdir())


def test_a_file_that_arrives_while_it_is_removed_stays(
    client: Client, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks first: the one who removes, or the one who sends the same bytes."""
    made = small(REAL)
    digest = made.attachments.get().sha256
    _take_back(client, made)
    arrived: list[Submission] = []
    asked = erasing.is_named

    def meanwhile(sha256: str) -> bool:
        if not arrived:
            arrived.append(small(REAL))
        return asked(sha256)

    monkeypatch.setattr(erasing, "is_named", meanwhile)
    _erase(study)
    assert arrived[0].attachments.get().sha256 == digest
    assert _bytes(digest) == b"p"


def test_it_is_no_data_anywhere(client: Client, study: Path, form: Instrument) -> None:
    made = send(REAL, _open_answer(form))
    interviews(REAL, form, 1)
    Submission.objects.update(state="accepted")
    _take_back(client, made)
    assert standing_of(study).interviews == {"accepted": 1}
    listed = _said(client.get(f"/en/studies/{REAL}/field/"))
    assert f"/field/{made.pk}/" not in listed and "Withdrawn" not in listed
    export = client.get(f"/en/studies/{REAL}/field/export?form=residents")
    assert made.key not in b"".join(export).decode()  # type: ignore[arg-type]
    assert freeze_wave(load_study(study), "2026-q4", by=None).rows == {"residents": 1}
    at = f"/en/studies/{REAL}/field/{made.pk}/"
    assert client.get(at).status_code == 410
    assert "withdrew" in _said(client.get(at))
    assert client.get(f"{at}xml").status_code == 404
    refused = client.post(
        f"/en/studies/{REAL}/field/decide", {"chosen": f"{made.pk}:accepted", "after": "accepted"}
    )
    assert refused.status_code == 409 and "withdrawn" in _said(refused)
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_a_phone_that_sends_it_again_hears_success_and_nothing_is_kept(
    client: Client, study: Path, form: Instrument
) -> None:
    phone = phone_within(interviewer(study=REAL))
    first = _open_answer(form, files=("a.m4a",))
    assert phone.send(first).status == 201
    made = Submission.objects.get()
    _take_back(client, made)
    rows = Submission.objects.count()
    correction = _open_answer(form, 2, deprecated=made.instance_id)
    of_that = _open_answer(form, 3, deprecated="uuid:words-2")
    for xml in (first, correction, of_that):
        assert phone.send(xml, {"a.m4a": b"late voice"}).status == 201
    assert Submission.objects.count() == rows
    assert not Quarantined.objects.exists() and not Attachment.objects.exists()
    assert _bytes(hashlib.sha256(b"late voice").hexdigest()) is None
    assert set(Submission.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_the_browser_form_gets_its_receipt_and_lets_it_go(
    client: Client, study: Path, form: Instrument
) -> None:
    at = f"/k/{interviewer(study=REAL)}/"
    xml = _open_answer(form)
    key = client.get(f"{at}boot.json").json()["key"]
    content, kind = sealed_body(*sealed(key, "uuid:words-1", xml, {"a.m4a": b"voice"}))
    assert client.post(f"{at}sealed", content, content_type=kind).status_code == 201
    _take_back(client, Submission.objects.get())
    answer = client.post(f"{at}sealed", content, content_type=kind)
    assert answer.status_code == 201
    digest = hashlib.sha256(xml).hexdigest()
    told = {"instance": "uuid:words-1", "sha256": digest, "attachments": ["a.m4a"]}
    assert answer.json() == told
    assert not Attachment.objects.exists()


def test_an_arrival_at_the_very_moment_is_not_kept(
    client: Client, study: Path, form: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The correction was looked at before the withdrawal, and is written after it."""
    made = send(REAL, _open_answer(form))
    looked = receiving.xform_of

    def meanwhile(instrument: int, sha256: str) -> object:
        _take_back(client, made)
        return looked(instrument, sha256)

    monkeypatch.setattr(receiving, "xform_of", meanwhile)
    correction = _open_answer(form, 2, deprecated=made.instance_id, files=("a.m4a",))
    with pytest.raises(Withdrawn):
        send(REAL, correction, files={"a.m4a": b"voice at last"})
    assert not Quarantined.objects.exists()
    assert Submission.objects.count() == 1
    assert _bytes(hashlib.sha256(b"voice at last").hexdigest()) is None


def test_copies_in_quarantine_go(client: Client, study: Path, form: Instrument) -> None:
    """Conflicting, of other people, cut short: whatever speaks of the interview."""
    made = send(REAL, _open_answer(form))
    interviewer(study=REAL)
    stranger = Membership.objects.get(person__name="Interviewer i07")
    again = filled(WHOLE, instance=made.instance_id, form=form, files=("a.m4a",))
    correction = _open_answer(form, 2, deprecated=made.instance_id)
    cut = body(_open_answer(form), {})
    cut = replace(cut, announced=cut.size + 10)
    with suppress(Refused):
        send(REAL, again, files={"a.m4a": b"voice in quarantine"})
    with suppress(Refused):
        send(REAL, correction, by=stranger)
    with cut, suppress(Refused):
        receive(cut, Sender(REAL, None, None, "phone"))
    with suppress(Refused):
        send(REAL, b"<data/>")
    assert Quarantined.objects.count() == 4
    digests = list(Quarantined.objects.order_by("pk").values_list("body_sha256", flat=True))
    _take_back(client, made)
    _erase(study)
    assert [_bytes(one) is None for one in digests] == [True, True, True, False]
    assert Quarantined.objects.get().body_sha256 == digests[3]
    assert _bytes(hashlib.sha256(b"voice in quarantine").hexdigest()) is None
    # The correction of somebody else is known from now on.
    with pytest.raises(Withdrawn):
        send(REAL, correction, by=stranger)


def test_one_that_only_lies_in_quarantine_can_be_withdrawn(
    client: Client, study: Path, form: Instrument
) -> None:
    xml = _open_answer(form).replace(b'version="', b'version="9')
    with suppress(Refused):
        send(REAL, xml)
    lying = Quarantined.objects.get()
    code = withdrawal_code(lying.instance_id)
    page = _said(client.post(AT, {"code": code}))
    assert "Quarantine" in page
    given = {"interview": lying.instance_id, "code": code, "again": code, "reason": "By phone"}
    assert client.post(f"{AT}withdraw", given).status_code == 302
    _erase(study)
    assert not Quarantined.objects.exists() and _bytes(lying.body_sha256) is None
    with pytest.raises(Withdrawn):
        send(REAL, xml)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"again": ""}, "not the code of this interview"),
        ({"again": "JJHB-HM94"}, "not the code of this interview"),
        ({"reason": " "}, "No reason is given"),
        ({"interview": "uuid:nobody"}, "not the code of this interview"),
    ],
)
def test_without_code_and_reason_nothing_is_erased(
    client: Client, study: Path, form: Instrument, other: dict[str, str], says: str
) -> None:
    made = send(REAL, _open_answer(form))
    answer = _take_back(client, made, **other)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert says in _said(answer)
    # The interview is still shown, with what was typed.
    assert f'value="{made.interview}"' in _said(answer)
    assert other.get("reason", "By phone").strip() in _said(answer)
    assert not Withdrawal.objects.exists() and not ERASURES.exists()
    assert WORDS.encode() in bytes(Submission.objects.get().xml)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "is no code"), ("ABCD", "is no code"), ("JJHB-HM94", "None of the interviews")],
)
def test_a_code_that_names_nothing_is_said_to(
    client: Client, study: Path, form: Instrument, typed: str, says: str
) -> None:
    answer = client.post(AT, {"code": typed})
    assert answer.status_code == 409 and says in _said(answer)


def test_a_second_click_withdraws_once(client: Client, study: Path, form: Instrument) -> None:
    made = send(REAL, _open_answer(form))
    assert [_take_back(client, made).status_code for _ in range(2)] == [302, 302]  # type: ignore[attr-defined]
    assert Withdrawal.objects.count() == Tombstone.objects.count() == 1
    assert Entry.objects.filter(action="submission.withdrawn").count() == 1


def test_a_supervisor_withdraws_what_he_sees_and_no_more(
    study: Path, form: Instrument, person: NewPerson, sign_in: SignIn
) -> None:
    asking = {
        place: Membership.objects.get(
            person=person(Role.INTERVIEWER, REAL, code=place, territories=[place])
        )
        for place in ("north", "centre")
    }
    here = send(REAL, _open_answer(form), by=asking["north"])
    there = send(REAL, _open_answer(form, 2), by=asking["centre"])
    browser = sign_in(person(Role.SUPERVISOR, REAL, territories=["north"]))
    answer = browser.post(AT, {"code": withdrawal_code(there.interview)})
    assert answer.status_code == 409 and "None of the interviews" in _said(answer)
    assert _take_back(browser, there).status_code == 409  # type: ignore[attr-defined]
    assert _take_back(browser, here).status_code == 302  # type: ignore[attr-defined]
    assert list(Withdrawal.objects.values_list("interview", flat=True)) == [here.interview]
    other = sign_in(person(Role.SUPERVISOR, REAL, territories=["centre"]))
    assert "By phone" in _said(browser.get(AT)) and "By phone" not in _said(other.get(AT))


@pytest.mark.parametrize("stop", range(1, 9))
def test_a_job_that_is_killed_goes_on_where_it_stood(
    client: Client, study: Path, form: Instrument, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """Killed before the first, second ... of its writes, and done again."""
    made = send(REAL, _open_answer(form, files=("a.m4a",)), files={"a.m4a": b"voice"})
    with suppress(Refused):
        send(REAL, filled(WHOLE, instance=made.instance_id, form=form))
    interviews(REAL, form, 1)
    Submission.objects.update(state="accepted")
    freeze_wave(load_study(study), "2026-q4", by=None)
    freeze_wave(load_study(study), "2026-q4", by=None, revise=True)
    _take_back(client, made)
    steps = 0

    def killing(function: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object, **named: object) -> object:
            nonlocal steps
            steps += 1
            if steps == stop:
                raise KeyboardInterrupt
            return function(*given, **named)

        return step

    with monkeypatch.context() as patch:
        for name in ("_remove_row", "_remove_files", "_overwrite"):
            patch.setattr(erasing, name, killing(getattr(erasing, name)))
        for name in ("erase", "frozen_in"):
            patch.setattr(tyndau.waves, name, killing(getattr(tyndau.waves, name)))
        patch.setattr(erasing.log, "write", killing(erasing.log.write))
        patch.setattr(blobs, "erase", killing(blobs.erase))
        with pytest.raises(KeyboardInterrupt):
            _erase(study)
    assert Withdrawal.objects.get().erased is None
    ask_for_erasures({REAL: study})
    _erase(study)
    withdrawal = Withdrawal.objects.get()
    assert withdrawal.erased is not None and withdrawal.files == []
    assert withdrawal.waves == ["2026-q4/r1", "2026-q4/r2"]
    assert frozen_in(study, [made.key]) == [] and list_revisions(study, "2026-q4") == [1, 2]
    assert not Quarantined.objects.exists()
    assert _bytes(hashlib.sha256(b"voice").hexdigest()) is None
    assert Job.objects.filter(kind="build").exists()


def test_what_is_withdrawn_while_the_job_runs_is_not_forgotten(
    client: Client, study: Path, form: Instrument
) -> None:
    first, second = interviews(REAL, form, 2)
    _take_back(client, first)
    job = ERASURES.get()
    ERASURES.update(state="running")
    erase_interviews(job, study)
    _take_back(client, second)  # the job has passed it
    assert ERASURES.count() == 1
    ERASURES.update(state="done")
    ask_for_erasures({REAL: study})
    assert ERASURES.filter(state="waiting").count() == 1
    _erase(study)
    assert not Withdrawal.objects.filter(erased=None).exists()
    ask_for_erasures({REAL: study})
    assert not ERASURES.filter(state="waiting").exists()


def test_a_damaged_wave_is_said_and_the_rest_is_erased(
    client: Client, study: Path, form: Instrument
) -> None:
    made = send(REAL, _open_answer(form, files=("a.m4a",)), files={"a.m4a": b"voice"})
    Submission.objects.update(state="accepted")
    freeze_wave(load_study(study), "2026-q4", by=None)
    (study / "waves/2026-q4/r1/notes.txt").write_text("mine")
    _take_back(client, made)
    job = Job.objects.get(kind="erase")
    with pytest.raises(UserError) as caught:
        erase_interviews(job, study)
    assert caught.value.problems[0].kind.code == "wave.file-extra"
    fail(job, caught.value.problems)
    assert _bytes(hashlib.sha256(b"voice").hexdigest()) is None
    page = _said(client.get(AT))
    assert "not finished" in page and "notes.txt" in page and "being erased" in page
    (study / "waves/2026-q4/r1/notes.txt").unlink()
    ask_for_erasures({REAL: study})
    _erase(study)
    assert frozen_in(study, [made.key]) == []


def test_a_wave_that_a_backup_brought_back_is_cleared_with_the_next(
    client: Client, study: Path, form: Instrument
) -> None:
    first, second = interviews(REAL, form, 2)
    Submission.objects.update(state="accepted")
    freeze_wave(load_study(study), "2026-q4", by=None)
    before = {path: path.read_bytes() for path in (study / "waves/2026-q4/r1").iterdir()}
    _take_back(client, first)
    _erase(study)
    for path, content in before.items():
        path.write_bytes(content)
    assert frozen_in(study, [first.key])
    _take_back(client, second)
    _erase(study)
    assert frozen_in(study, [first.key, second.key]) == []


def test_what_is_cut_off_on_its_way_is_not_kept_of_it(
    client: Client, study: Path, form: Instrument
) -> None:
    """It cannot be read, so that no tombstone knows it; of others it lies in quarantine."""
    made = send(REAL, _open_answer(form))
    _take_back(client, made)
    for number in (1, 2):
        with body(_open_answer(form, number), {"a.m4a": b"voice"}) as whole:
            content = whole.stream.read()[:-60]
        cut = Body(io.BytesIO(content), len(content), len(content) + 60, whole.content_type)
        with cut, pytest.raises(Refused):
            receive(cut, Sender(REAL, None, None, "phone"))
        assert Quarantined.objects.count() == number - 1


def test_bundles_of_before_go(client: Client, study: Path, form: Instrument) -> None:
    made = send(REAL, _open_answer(form))
    export_job(Job.objects.create(study=REAL, kind="bundle-export"), study)
    assert len(bundles_of(REAL)) == 1
    _take_back(client, made)
    _erase(study)
    assert bundles_of(REAL) == []


def test_the_database_holds_no_byte_of_it(client: Client, study: Path, form: Instrument) -> None:
    """Not even where rows stood that are gone."""
    made = send(REAL, _open_answer(form))
    _take_back(client, made)
    _erase(study)
    if connection.vendor == "sqlite":
        files = sorted(Path(settings.TYNDAU_DATA).glob("tyndau.sqlite3*"))
        # By another process: whoever closes these files loses all locks that SQLite holds on them.
        kept = subprocess.run(["cat", *files], capture_output=True, check=True).stdout
        assert made.interview.encode() in kept  # the tombstone
        assert WORDS.encode() not in kept
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM fieldwork_submission WHERE xml <> ''::bytea")
            assert cursor.fetchone() == (0,)
