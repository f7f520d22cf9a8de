"""Bodies that nobody should send, to a server in production: refused at once, kept as they came."""

import socket
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlsplit

import pytest

from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.models import Attachment, Quarantined, Submission
from tyndau_server.fieldwork.receive import again
from tyndau_server.fieldwork.refusals import Refused

from .field import asked, interviewer
from .hostile import by_hand, mutants
from .interviews import interview
from .live import Server
from .openrosa_client import Answer, Phone, interview_body

MUTANTS, SEED = 1_000, 2026
MOST_GROWTH = 100 * 2**20
# The claim is one second on a quiet machine; tests share theirs with others.
SECONDS = 5.0


class _Memory:
    """The most memory of its own that the server takes."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.first = self.peak = self._now()
        self._thread.start()

    def _now(self) -> int:
        return sum(process.memory_info().rss for process in self._server.processes())

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            self.peak = max(self.peak, self._now())

    def growth(self) -> int:
        self._ended.set()
        self._thread.join()
        return self.peak - self.first


@pytest.fixture
def phone(server: Server) -> Phone:
    """Return a phone that has sent a few good interviews."""
    asked()
    phone = server.phone(interviewer())
    for number in range(20):
        xml = interview(f"uuid:good-{number}", {"photo": "a.jpg"})
        assert phone.send(xml, {"a.jpg": b"good"}).status == 201
    return phone


@pytest.fixture
def memory(server: Server, phone: Phone) -> Iterator[_Memory]:
    """Return what watches over the server's memory."""
    watching = _Memory(server)
    yield watching
    watching.growth()


def _sent(phone: Phone, body: bytes, kind: str) -> tuple[Answer, float]:
    began = time.perf_counter()
    answer = phone.post(body, kind)
    return answer, time.perf_counter() - began


def _kept() -> set[str]:
    """Return digests of what lies in quarantine, each read back from the disk."""
    found = set()
    for digest in Quarantined.objects.values_list("body_sha256", flat=True):
        with open_blob(digest) as stream:
            assert sha256(stream.read()).hexdigest() == digest
        found.add(digest)
    return found


def test_bodies_made_by_hand(phone: Phone, memory: _Memory) -> None:
    """One deep interview held ODK Central 18 seconds and took 3.8 GB."""
    refused: dict[str, str] = {}
    slowest: tuple[float, str] = (0.0, "")
    for name, (body, kind) in by_hand():
        answer, seconds = _sent(phone, body, kind)
        assert answer.status < 500, (name, answer)
        assert answer.status in (201, 400, 404, 409), (name, answer)
        assert answer.message
        slowest = max(slowest, (seconds, name))
        if answer.status != 201:
            refused[name] = sha256(body).hexdigest()
    growth = memory.growth()
    print(f"{len(refused)} refused; slowest {slowest}; memory grew by {growth / 2**20:.0f} MiB")
    assert len(refused) > 40
    kept = _kept()
    assert [name for name, digest in refused.items() if digest not in kept] == []
    assert slowest[0] < SECONDS, slowest
    assert growth < MOST_GROWTH
    assert phone.send(interview("uuid:after", {"gender": "1"})).status == 201


def test_mutants(phone: Phone, memory: _Memory) -> None:
    """Of such, ODK Central answered one in five with 5xx."""
    refused, taken = set(), 0
    slowest = 0.0
    for name, (body, kind) in mutants(MUTANTS, SEED):
        answer, seconds = _sent(phone, body, kind)
        assert answer.status < 500, (name, answer)
        slowest = max(slowest, seconds)
        if answer.status == 201:
            taken += 1
        else:
            refused.add(sha256(body).hexdigest())
    growth = memory.growth()
    print(
        f"{taken} taken, {len(refused)} refused; slowest {slowest:.2f} s; "
        f"memory grew by {growth / 2**20:.0f} MiB"
    )
    assert len(refused) > MUTANTS / 3
    assert taken > MUTANTS / 20
    assert refused <= _kept()
    assert Submission.objects.count() <= taken + 20
    for row in Submission.objects.all():
        assert sha256(bytes(row.xml)).hexdigest() == row.sha256
    assert slowest < SECONDS
    assert growth < MOST_GROWTH


def test_odd_names_are_kept_as_given_and_are_no_paths(phone: Phone) -> None:
    for number, name in enumerate(["../../../../etc/passwd", "/etc/passwd", "..", "ә\n.jpg"]):
        xml = interview(f"uuid:odd-{number}", {"photo": name})
        assert phone.send(xml, {name: b"a photograph"}).status == 201
        row = Attachment.objects.get(submission__instance_id=f"uuid:odd-{number}")
        assert (row.name, row.size) == (name, 12)


def _raw(server: Server, head: str, body: bytes, *, more: bool = False) -> bytes:
    """Send bytes, hang up unless more could come, and return what is answered."""
    split = urlsplit(server.address)
    with socket.create_connection((split.hostname, split.port), timeout=30) as connection:
        connection.sendall(head.encode() + body)
        if not more:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while received := connection.recv(65536):
            answer += received
    return answer


@pytest.mark.parametrize("end", ["in the middle", "after the last boundary"])
def test_a_body_that_breaks_off_is_no_success(server: Server, phone: Phone, end: str) -> None:
    body, kind = interview_body(interview("uuid:cut", {"gender": "1"}))
    sent = body[:200] if end == "in the middle" else body
    head = (
        f"POST {phone._base}/submission HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body) + 100}\r\n\r\n"
    )
    answer = _raw(server, head, sent)
    assert b" 201 " not in answer.partition(b"\r\n")[0]
    deadline = time.monotonic() + 10
    while not (row := Quarantined.objects.first()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert row is not None
    assert row.reason == "truncated"
    with open_blob(row.body_sha256) as stream:
        assert stream.read() == sent
    assert not Submission.objects.filter(instance_id="uuid:cut").exists()


def test_a_body_in_chunks_is_taken(server: Server, phone: Phone) -> None:
    body, kind = interview_body(interview("uuid:chunks", {"gender": "1"}))
    head = (
        f"POST {phone._base}/submission HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    chunks = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    assert b" 201 " in _raw(server, head, chunks, more=True).partition(b"\r\n")[0]


def test_what_is_larger_than_anything_is_refused_unread(server: Server, phone: Phone) -> None:
    head = (
        f"POST {phone._base}/submission HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000000\r\n\r\n"
    )
    split = urlsplit(server.address)
    for _ in range(2):
        with socket.create_connection((split.hostname, split.port), timeout=30) as connection:
            connection.sendall(head.encode())
            assert b" 413 " in connection.recv(65536).partition(b"\r\n")[0]
    # Of its bytes nothing came; word of it is kept, and reading it again says the same.
    row = Quarantined.objects.get()
    assert (row.reason, row.times, row.size) == ("too-large", 2, 0)
    assert "5000000000" in row.detail
    with pytest.raises(Refused, match="too-large"):
        again(row, by=None)
