"""``/a/SECRET/unfinished/NUMBER``: answers that a resident put by, to go on with them elsewhere."""

import io
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tyndau_server.bundle.export import export_bundle
from tyndau_server.fieldwork.links import close, make_open, make_personal, use_up
from tyndau_server.fieldwork.models import Link
from tyndau_server.form import throttle, unfinished
from tyndau_server.form.models import Unfinished

from .conftest import REAL, Serve
from .field import asked
from .interviews import small_form
from .live import Server

NUMBER, OTHER = "A" * 22, "b-_4" * 5 + "xy"
KEPT = b"\x00ciphertext"


@pytest.fixture(autouse=True)
def _study(serve: Serve, real: Path) -> None:
    serve(real)
    asked(small_form("online", files=()), study=REAL, population="online")
    throttle.forget()


@pytest.fixture
def at() -> str:
    return f"/a/{make_open(REAL, 'online', by=None).code}/unfinished/"


def _put(client: Client, address: str, content: bytes = KEPT) -> int:
    return client.put(address, content, content_type="application/octet-stream").status_code


def _get(client: Client, address: str) -> bytes | int:
    answer = client.get(address)
    return answer.content if answer.status_code == 200 else answer.status_code


def test_it_works(at: str) -> None:
    """Kept, given out as it came, kept anew under the same number, erased once it is finished."""
    client = Client()
    assert _put(client, at + NUMBER) == 204
    assert _put(client, at + OTHER, b"another's") == 204
    assert _get(Client(), at + NUMBER) == KEPT
    assert _put(client, at + NUMBER, b"later") == 204
    assert _get(client, at + NUMBER) == b"later"
    assert client.get(at + NUMBER)["Cache-Control"] == "no-store"
    for _ in range(2):
        assert client.delete(at + NUMBER).status_code == 204
    assert _get(client, at + NUMBER) == 409
    assert _get(client, at + OTHER) == b"another's"
    assert b"later" not in [bytes(one.content) for one in Unfinished.objects.all()]


def test_a_device_is_told_that_another_one_finished(at: str) -> None:
    """Without that word, nothing it has may go: also where nothing was put by, or long ago."""
    client = Client()
    assert client.head(at + NUMBER).status_code == 404
    assert client.delete(at + OTHER).status_code == 204
    assert client.head(at + OTHER).status_code == 404
    _put(client, at + NUMBER)
    assert client.head(at + NUMBER).status_code == 200
    client.delete(at + NUMBER)
    assert client.head(at + NUMBER).status_code == 409
    assert _put(client, at + NUMBER, b"older answers") == 409
    [row] = Unfinished.objects.all()
    assert (bytes(row.content), row.size) == (b"", 0)
    Unfinished.objects.update(saved=timezone.now().date() - timedelta(days=14))
    assert client.head(at + NUMBER).status_code == 404


def test_a_device_is_told_so_where_the_link_is_used_up_by_it() -> None:
    (secret,) = make_personal(REAL, "online", 1, by=None)
    used = f"/a/{secret}/unfinished/{NUMBER}"
    _put(Client(), used)
    use_up(Link.objects.get(code=""))
    Client().delete(used)
    assert Client().head(used).status_code == 409


def test_the_boot_says_where(at: str) -> None:
    boot = Client().get(at.replace("unfinished/", "boot.json")).json()
    assert boot["unfinished"] == at
    assert boot["about"]["kk"]["asker"]
    assert boot["about"]["ru"]["asker"] != boot["about"]["kk"]["asker"]


def test_nothing_ties_a_row_to_a_link_or_a_moment(at: str) -> None:
    _put(Client(), at + NUMBER)
    (row,) = Unfinished.objects.values()
    assert set(row) == {"id", "digest", "content", "size", "saved", "finished"}
    link = Link.objects.get()
    said = str(row)
    assert all(secret not in said for secret in (link.code, link.digest, NUMBER))
    assert row["saved"] == timezone.now().date()


def test_what_was_put_by_under_one_link_is_not_found_under_another(at: str) -> None:
    _put(Client(), at + NUMBER)
    (secret,) = make_personal(REAL, "online", 1, by=None)
    assert _get(Client(), f"/a/{secret}/unfinished/{NUMBER}") == 404
    assert _get(Client(), f"/a/nobody/unfinished/{NUMBER}") == 404
    assert Client().delete(f"/a/{secret}/unfinished/{NUMBER}").status_code == 204
    assert _get(Client(), at + NUMBER) == KEPT


@pytest.mark.parametrize("number", ["x", "A" * 23, "A" * 21 + ".", "%2e%2e" + "A" * 20])
def test_what_no_browser_draws_is_no_number(at: str, number: str) -> None:
    assert _put(Client(), at + number) == 404


def test_a_personal_link_stays_unused_until_the_interview_is_sent() -> None:
    (secret,) = make_personal(REAL, "online", 1, by=None)
    assert _put(Client(), f"/a/{secret}/unfinished/{NUMBER}") == 204
    assert Link.objects.get(code="").used is None
    assert Client().get(f"/a/{secret}/boot.json").json()["forms"]


def test_by_a_link_that_is_over_nothing_is_kept_or_given_out(at: str) -> None:
    (secret,) = make_personal(REAL, "online", 1, by=None)
    used = f"/a/{secret}/unfinished/{NUMBER}"
    _put(Client(), used)
    use_up(Link.objects.get(code=""))
    assert (_put(Client(), used), _get(Client(), used)) == (410, 410)
    # The browser erases what it put by once the interview has arrived, which used the link up.
    assert Client().delete(used).status_code == 204
    _put(Client(), at + NUMBER)
    link = Link.objects.exclude(code="").get()
    close(REAL, "online", link.batch, by=None)
    assert (_put(Client(), at + NUMBER), _get(Client(), at + NUMBER)) == (410, 410)


@pytest.mark.parametrize(("days", "outcome"), [(13, KEPT), (14, 404)])
def test_after_fourteen_days_it_is_gone(at: str, days: int, outcome: bytes | int) -> None:
    _put(Client(), at + NUMBER)
    Unfinished.objects.update(saved=timezone.now().date() - timedelta(days=days))
    assert _get(Client(), at + NUMBER) == outcome
    assert Unfinished.objects.exists() is (outcome == KEPT)


def test_the_worker_erases_what_nobody_asks_for(at: str) -> None:
    _put(Client(), at + NUMBER)
    Unfinished.objects.update(saved=timezone.now().date() - timedelta(days=14))
    running = Server().start()
    try:
        deadline = time.monotonic() + 60
        while Unfinished.objects.exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        running.kill()


def test_another_that_is_put_by_erases_what_is_too_old(at: str) -> None:
    _put(Client(), at + NUMBER)
    Unfinished.objects.update(saved=timezone.now().date() - timedelta(days=14))
    _put(Client(), at + OTHER)
    assert Unfinished.objects.count() == 1


def test_what_is_too_large_is_refused(at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    most = unfinished.MOST_BYTES
    assert _put(Client(), at + NUMBER, bytes(most)) == 204
    assert _put(Client(), at + NUMBER, bytes(most + 1)) == 413
    monkeypatch.setattr(unfinished, "ROOM", most + 10)
    assert _put(Client(), at + OTHER, bytes(10)) == 204
    assert _put(Client(), at + OTHER, bytes(11)) == 507
    assert _get(Client(), at + OTHER) == bytes(10)


def test_the_room_is_measured_without_reading_what_is_kept(at: str) -> None:
    """Else whoever sends an interview waits while a disk is read."""
    with CaptureQueriesContext(connection) as asked_:
        assert _put(Client(), at + NUMBER) == 204
    [measuring] = [one["sql"] for one in asked_.captured_queries if "SUM(" in one["sql"]]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {measuring}")
            assert "COVERING INDEX" in str(cursor.fetchall())


def test_a_machine_has_to_wait_and_keeps_nobody_from_sending(at: str) -> None:
    for _ in range(throttle.MOST):
        assert _put(Client(), at + NUMBER) == 204
    answer = Client().put(at + NUMBER, KEPT, content_type="application/octet-stream")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    sealed = at.replace("unfinished/", "sealed")
    assert Client().post(sealed, b"x", content_type="text/plain").status_code == 400


def test_unfinished_answers_do_not_travel(at: str, real: Path, tmp_path: Path) -> None:
    """Their addresses lead to this server, and to another one they would come without a key."""
    _put(Client(), at + NUMBER)
    target = tmp_path / "one.zip"
    export_bundle(REAL, real, target)
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        assert "rows/links.jsonl" in archive.namelist()
        for name in archive.namelist():
            assert Unfinished.objects.get().digest.encode() not in archive.read(name), name
