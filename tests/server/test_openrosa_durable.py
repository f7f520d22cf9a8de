"""What was answered 201 is on the disk: killed servers, full disks, the order of flushes."""

import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest

from tests.postgresql import Cluster

from .interviews import interview
from .live import REPOSITORY, Server, in_the_field
from .openrosa_client import Phone, interview_body

ROUNDS = 3
SUBMISSIONS = 200
MEGABYTE = 2**20
_CALLS = "fsync,fdatasync,pwrite64,rename,renameat,renameat2,write,writev,sendto,sendmsg"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_killed_server_loses_nothing(database: str) -> None:
    """With PostgreSQL the database is killed as well, every second time."""
    command = [sys.executable, "benchmarks/soak_kills.py", "--rounds", str(ROUNDS)]
    done = subprocess.run(
        [*command, "--database", database],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost 0, doubled 0, altered 0" in done.stdout


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "TYNDAU_DATA": str(data), "DATABASE_URL": ""}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder of a server with SQLite, whatever database the tests use."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def own(data: Path) -> Iterator[Server]:
    """Return a server with SQLite that is not started yet."""
    server = Server(_environment(data))
    yield server
    server.kill()


def test_all_is_flushed_before_201(own: Server, data: Path, tmp_path: Path) -> None:
    """The log of the database, the file, its folder, in 200 of 200, as strace sees them."""
    own.start()
    phone = own.phone(in_the_field(own.environment))
    (web,) = own.web()
    seen = tmp_path / "calls"
    tracing = subprocess.Popen(
        ["strace", "-f", "-y", "-s", "80", "-e", f"trace={_CALLS}", "-o", seen, "-p", str(web.pid)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert tracing.stderr is not None
        assert "attached" in tracing.stderr.readline()
        for number in range(SUBMISSIONS):
            xml = interview(f"uuid:{number}", {"photo": "photo.jpg"})
            body = interview_body(xml, {"photo.jpg": f"photograph {number}".encode()})
            assert phone.post(*body).status == 201
    finally:
        tracing.terminate()
        tracing.communicate(timeout=30)
    assert _answers(seen.read_text("utf-8", "replace"), data) == (SUBMISSIONS, [])


def _answers(calls: str, data: Path) -> tuple[int, list[str]]:
    """Count the answers 201 and list what was not flushed before one of them.

    One phone sends at a time, so that what stands between two answers belongs to the second. A call
    that another thread interrupts is done where it is resumed; an answer is sent where it begins.
    """
    pending: dict[str, str] = {}
    done: set[str] = set()
    answers, wrong = 0, []
    for line in calls.splitlines():
        thread, _, call = line.partition(" ")
        call = call.strip()
        if "HTTP/1.1 201" in call:
            answers += 1
            lacking = {"log", "file", "folder"} - done
            wrong += [f"answer {answers}: {what} not flushed" for what in sorted(lacking)]
            done = set()
        if call.endswith("<unfinished ...>"):
            pending[thread] = call
            continue
        if call.startswith("<... "):
            call = pending.pop(thread, "") + call
        _note(call, str(data), done)
    return answers, wrong


def _note(call: str, data: str, done: set[str]) -> None:
    """Note what a finished call flushed, or what it wrote that is not flushed any more."""
    if call.startswith("pwrite64(") and "sqlite3-wal>" in call:
        done.discard("log")
    flushed = re.match(r"f(?:data)?sync\(\d+<([^>]*)>.*= 0$", call)
    if flushed is None:
        return
    path = flushed[1]
    if path.endswith("sqlite3-wal"):
        done.add("log")
    elif path.startswith(f"{data}/blobs/.incoming/"):
        done.add("file")
    elif re.fullmatch(re.escape(data) + r"/blobs/[0-9a-f]{2}", path) and "file" in done:
        done.add("folder")


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Return a folder on a disk of 48 MB of which a file takes all but sixteen."""
    if os.getuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="tyndau-small-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], check=True)
    (folder / "filler").write_bytes(bytes(32 * MEGABYTE))
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


def _until_it_is_full(phone: Phone, content: bytes, file: bytes) -> tuple[list[str], str]:
    """Send interviews until one is not taken; return those that were, and that one."""
    taken = []
    for number in range(200):
        name = f"uuid:{number}"
        xml = interview(name, {"problem": content.decode(), "photo": "photo.jpg"})
        answer = phone.post(*interview_body(xml, {"photo.jpg": file + str(number).encode()}))
        if answer.status != 201:
            assert answer.status == 503, answer
            assert answer.message
            assert b"Traceback" not in answer.content
            return taken, name
        taken.append(name)
    raise AssertionError("the disk was never full")


def _goes_on(
    own: Server, phone: Phone, disk: Path, taken: list[str], content: bytes, file: bytes
) -> None:
    """Make room, send everything again, and look whether all is there, once."""
    for _ in range(3):  # it stays refused as long as nothing changes
        xml = interview("uuid:more", {"problem": content.decode()})
        assert phone.post(*interview_body(xml, {"a.jpg": file + b"more"})).status == 503
    (disk / "filler").unlink()
    for number in range(len(taken) + 5):
        name = f"uuid:{number}"
        xml = interview(name, {"problem": content.decode(), "photo": "photo.jpg"})
        body = interview_body(xml, {"photo.jpg": file + str(number).encode()})
        deadline = time.monotonic() + 30
        while (answer := phone.post(*body)).status != 201:
            assert answer.status == 503
            assert time.monotonic() < deadline
            time.sleep(0.1)
    own.stop()
    counted = subprocess.run(
        [sys.executable, "-c", _COUNT], env=own.environment, check=True, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert counted.stdout.split() == [str(len(taken) + 5)] * 2


_COUNT = """
import django
django.setup()
from tyndau_server.fieldwork.models import Attachment, Submission
from tyndau_server.fieldwork.blobs import open_blob
print(Submission.objects.filter(complete=True).count())
print(sum(len(open_blob(one.sha256).read()) == one.size for one in Attachment.objects.all()))
"""


def test_a_full_disk_of_files_is_no_success(own: Server, data: Path, small_disk: Path) -> None:
    (data / "blobs").symlink_to(small_disk)
    own.environment["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
    own.start()
    phone = own.phone(in_the_field(own.environment))
    taken, _ = _until_it_is_full(phone, b"answer", bytes(300_000))
    assert len(taken) >= 3
    _goes_on(own, phone, small_disk, taken, b"answer", bytes(300_000))


def test_a_full_disk_of_the_database_is_no_success(
    own: Server, data: Path, small_disk: Path
) -> None:
    elsewhere = data / "elsewhere"
    elsewhere.mkdir()
    (small_disk / "blobs").symlink_to(elsewhere)
    own.environment["TYNDAU_DATA"] = str(small_disk)
    own.environment["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
    own.start()
    phone = own.phone(in_the_field(own.environment))
    taken, _ = _until_it_is_full(phone, b"x" * 200_000, b"photo")
    assert len(taken) >= 3
    _goes_on(own, phone, small_disk, taken, b"x" * 200_000, b"photo")


def test_a_full_disk_of_postgresql_is_no_success(own: Server, data: Path, small_disk: Path) -> None:
    """Keep its tables on the small disk; their growth finds no room, and later does."""
    tables, filler = small_disk / "tables", small_disk / "filler"
    filler.unlink()
    tables.mkdir()
    shutil.chown(tables, "postgres", "postgres")
    with Cluster() as cluster:
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{tables}'")
            connection.execute("CREATE DATABASE crowded TABLESPACE small")
        own.environment["DATABASE_URL"] = cluster.url("crowded")
        own.environment["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
        own.start()
        phone = own.phone(in_the_field(own.environment))
        room = shutil.disk_usage(small_disk).free
        filler.write_bytes(bytes(room - 4 * MEGABYTE))
        # What does not shrink, as PostgreSQL packs long texts.
        content = base64.b64encode(Random(1).randbytes(150_000))
        taken, _ = _until_it_is_full(phone, content, b"photo")
        assert len(taken) >= 3
        _goes_on(own, phone, small_disk, taken, content, b"photo")
        own.kill()
