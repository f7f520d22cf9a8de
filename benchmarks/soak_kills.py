"""Kill the server in mid-load, again and again, and look whether an interview was lost.

Run ``.venv/bin/python benchmarks/soak_kills.py [--rounds N] [--database sqlite|postgresql]``. Six
phones send interviews with files, each until it is answered 201, as phones do. In each round,
after a moment drawn at random, the server is killed with -9: all of its processes, or its web
processes alone; with PostgreSQL the database as well, every second time. A supervisor starts
whatever died. Then whatever was answered 201 must be there once, to the byte, with its files.
Printed is how long it took from the kill to the next 201.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.postgresql import Cluster
from tests.server.interviews import interview
from tests.server.live import Server
from tests.server.openrosa_client import Phone, Wire, interview_body

ROUNDS, PHONES, SEED = 50, 6, 2026
SECONDS_OF_A_ROUND = 120.0
# What came first and what is sent anew is small; some files are larger than what stays in memory.
SIZES = (20, 5_000, 400_000)


def main() -> None:
    """Print what was found; fail if an interview was lost, doubled or altered."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    databases = options.database or ["sqlite", "postgresql"]
    if len(databases) > 1:  # Django is set up once a process
        codes = [
            os.spawnv(
                os.P_WAIT, sys.executable,
                [sys.executable, __file__, "--rounds", str(options.rounds), "--database", name],
            )
            for name in databases
        ]  # fmt: skip
        sys.exit(max(codes))
    sys.exit(_soak(databases[0], options.rounds))


def _soak(database: str, rounds: int) -> int:
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="tyndau-"))
        cluster = stack.enter_context(Cluster()) if database == "postgresql" else None
        os.environ["TYNDAU_DATA"] = data
        os.environ["DATABASE_URL"] = cluster.create("tyndau") if cluster else ""
        server = Server(os.environ).start()
        stack.callback(server.kill)
        secret = _in_the_field()
        load = _Load(f"{server.address}k/{secret}", server.address)
        stack.callback(load.end)
        wrong: Counter[str] = Counter()
        waits = []
        draw = random.Random(SEED)
        for number in range(rounds):
            time.sleep(draw.uniform(0.2, 1.2))
            waits.append(_kill(server, cluster, load, number))
            wrong.update(_wrong(load))
        load.end()
        wrong.update(_wrong(load))
        return _print(database, rounds, load, waits, wrong)


def _in_the_field() -> str:
    """Bring a questionnaire into the field; return an interviewer's secret."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
    django.setup()
    from tests.server.field import asked, interviewer

    asked()
    return interviewer()


class _Load:
    """Phones that send one interview after the other, each until it is taken."""

    def __init__(self, address: str, host: str) -> None:
        self.acknowledged: dict[str, tuple[bytes, bytes]] = {}
        self.refused: Counter[int] = Counter()
        self.broken = 0
        self._address, self._host = address, host
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._send_on, args=(number,)) for number in range(PHONES)
        ]
        for thread in self._threads:
            thread.start()

    def _send_on(self, phone: int) -> None:
        wire = Wire(self._host, timeout=30)
        device = Phone(self._address, wire)
        number = 0
        while not self._ending.is_set():
            name = f"uuid:{phone}-{number}"
            # The same file now and then, as the same sound of silence would be.
            photo = random.Random(number // 3).randbytes(SIZES[number % len(SIZES)])
            xml = interview(name, {"gender": str(number), "photo": "photo.jpg"})
            if self._taken(device, xml, photo):
                self.acknowledged[name] = (xml, photo)
                number += 1
        wire.close()

    def _taken(self, device: Phone, xml: bytes, photo: bytes) -> bool:
        try:
            answer = device.post(*interview_body(xml, {"photo.jpg": photo}))
        except (OSError, HTTPException):
            self.broken += 1
            time.sleep(0.02)
            return False
        if answer.status != 201:
            self.refused[answer.status] += 1
            time.sleep(0.02)
        return answer.status == 201

    def end(self) -> None:
        """Let the phones end what they are sending."""
        self._ending.set()
        for thread in self._threads:
            thread.join()


def _kill(server: Server, cluster: Cluster | None, load: _Load, number: int) -> float:
    """Kill, let the supervisor start what died, and return the seconds to the next 201."""
    began = time.monotonic()
    if cluster and number % 2:
        _at_once(cluster.kill, server.kill)
        cluster.start()
        _start(server)
    elif number % 3 == 2:
        for process in server.web():
            with suppress(psutil.NoSuchProcess):
                process.kill()
    else:
        server.kill()
        _start(server)
    before = len(load.acknowledged)
    while len(load.acknowledged) == before:
        if time.monotonic() - began > SECONDS_OF_A_ROUND:
            raise RuntimeError("nothing is taken in any more")
        time.sleep(0.005)
    return time.monotonic() - began


def _at_once(*actions: Callable[[], None]) -> None:
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _start(server: Server) -> None:
    """Start the server; a port that is not free yet is tried again."""
    for _ in range(100):
        with suppress(AssertionError):
            server.start()
            return
        server.kill()
        time.sleep(0.1)
    raise RuntimeError("the server does not start")


def _wrong(load: _Load) -> Counter[str]:
    """Hold what was acknowledged so far against the database and the disk."""
    from django.db import connection

    from tyndau_server.fieldwork.blobs import open_blob
    from tyndau_server.fieldwork.models import Submission

    connection.close()  # the one that there was may have been killed
    sent = dict(load.acknowledged)
    wrong: Counter[str] = Counter()
    rows = Submission.objects.prefetch_related("attachments")
    found = Counter(rows.values_list("instance_id", flat=True))
    wrong["lost"] += sum(name not in found for name in sent)
    wrong["doubled"] += sum(times - 1 for times in found.values())
    for row in rows:
        if row.instance_id not in sent:
            continue  # taken, and killed before the phone heard of it: it is sent again
        xml, photo = sent[row.instance_id]
        files = {one.name: one.sha256 for one in row.attachments.all()}
        whole = bytes(row.xml) == xml and row.complete and files.keys() == {"photo.jpg"}
        if whole:
            with open_blob(files["photo.jpg"]) as stream:
                kept = stream.read()
            whole = kept == photo and files["photo.jpg"] == sha256(photo).hexdigest()
        wrong["altered"] += not whole
    return wrong


def _print(database: str, rounds: int, load: _Load, waits: list[float], wrong: Counter[str]) -> int:
    waits.sort()
    refused = ", ".join(f"{status}: {n}" for status, n in sorted(load.refused.items())) or "none"
    print(
        f"{database}: {rounds} kills, {len(load.acknowledged)} interviews taken, "
        f"{load.broken} requests broken off, refused {refused}; to the next 201 "
        f"{waits[len(waits) // 2]:.1f} s (median), {waits[-1]:.1f} s (most); "
        + ", ".join(f"{name} {number}" for name, number in wrong.items()),
        flush=True,
    )
    return int(any(wrong.values()) or set(load.refused) - {503} != set())


if __name__ == "__main__":
    main()
