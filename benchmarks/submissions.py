"""How many interviews a second the server takes in, and what each costs.

Run ``.venv/bin/python benchmarks/submissions.py [--database sqlite|postgresql] [--count N]``. The
command of production serves a data folder of its own; 16 clients in four processes send interviews
of 60 questions and 6 KB one after the other, as fast as they are answered. Processor time is that
of all processes of the server, and of PostgreSQL, over the whole run; memory is their proportional
share, seen twice a second. At the end every row is held against what was sent. Beside it stands
what ODK Central was measured at on two such cores, notes/fieldwork.md of the specification.
"""

import argparse
import multiprocessing
import os
import platform
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psutil

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.postgresql import Cluster  # noqa: E402
from tests.server.interviews import whole_interview  # noqa: E402
from tests.server.live import Server, in_the_field  # noqa: E402
from tests.server.openrosa_client import interview_body  # noqa: E402

COUNT, CLIENTS, PROCESSES = 25_000, 16, 4
# Interviews a second, seconds, milliseconds of processor, megabytes.
SECONDS = 60.0
LEAST_RATE, MOST_P95, MOST_CPU, MOST_MEMORY = 150, 0.2, 6.0, 400
CENTRAL = "76 to 125 a second, p95 200 to 470 ms, 10 to 19 ms of processor each"

Sent = list[tuple[int, int, float]]


def main() -> None:
    """Print the figures; fail if a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--count", type=int, default=COUNT)
    options = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, "
          f"{len(os.sched_getaffinity(0))} cores, {CLIENTS} clients on them too")  # fmt: skip
    print(f"ODK Central: {CENTRAL}")
    kept = [_run(name, options.count) for name in options.database or ("sqlite", "postgresql")]
    sys.exit(0 if all(kept) else 1)


def _run(database: str, count: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="tyndau-") as data, _database(database) as (url, of_it):
        environment = {**os.environ, "TYNDAU_DATA": data, "DATABASE_URL": url}
        server = Server(environment).start()
        try:
            secret = in_the_field(environment, "whole")
            processes = [*server.processes(), *of_it()]
            before, began = _processor(processes), time.monotonic()
            with _watched(server, of_it) as peak:
                sent = _load(server.address, secret, count)
            lasted = time.monotonic() - began
            cost = _processor([*server.processes(), *of_it()]) - before
            wrong = _compare(environment, url, count)
        finally:
            server.stop()
    return _print(database, sent, lasted, cost, peak[0], wrong)


@contextmanager
def _database(name: str) -> Iterator[tuple[str, object]]:
    """Yield the address of a database and what lists its processes."""
    if name == "sqlite":
        yield "", list
        return
    with Cluster() as cluster:

        def processes() -> list[psutil.Process]:
            main = psutil.Process(cluster.process.pid)
            return [main, *main.children(recursive=True)]

        yield cluster.create("tyndau"), processes


def _load(address: str, secret: str, count: int) -> Sent:
    """Send interviews 0 to ``count`` from several processes; return (number, status, seconds)."""
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        shares = [(address, secret, first, count) for first in range(PROCESSES)]
        return [one for share in pool.map(_share, shares) for one in share]


def _share(given: tuple[str, str, int, int]) -> Sent:
    address, secret, first, count = given
    sent: Sent = []
    numbers = iter(range(first, count, PROCESSES))
    threads = [
        threading.Thread(target=_client, args=(address, secret, numbers, sent))
        for _ in range(CLIENTS // PROCESSES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sent


def _client(address: str, secret: str, numbers: Iterator[int], sent: Sent) -> None:
    """Send interviews over one connection: HTTP by hand, for a client shares the processors."""
    split = urlsplit(address)
    with socket.create_connection((split.hostname, split.port), SECONDS) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in numbers:
            body, kind = interview_body(whole_interview(_name(number), number))
            head = (
                f"POST /k/{secret}/submission?deviceID=b HTTP/1.1\r\nHost: {split.netloc}\r\n"
                f"X-OpenRosa-Version: 1.0\r\nContent-Type: {kind}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            began = time.perf_counter()
            connection.sendall(head.encode() + body)
            status = _status(connection)
            sent.append((number, status, time.perf_counter() - began))


def _status(connection: socket.socket) -> int:
    """Read an answer to its end; return its status."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _received(connection)
    head, _, content = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"\ncontent-length:")[2].partition(b"\r\n")[0])
    while len(content) < length:
        content += _received(connection)
    return int(head[9:12])


def _received(connection: socket.socket) -> bytes:
    received = connection.recv(4096)
    if not received:
        raise ConnectionError("the server broke off")
    return received


def _name(number: int) -> str:
    return f"uuid:{number:08d}-0000-4000-8000-000000000000"


def _processor(processes: list[psutil.Process]) -> float:
    """Return the seconds of processor that processes took, with those of ended children."""
    return sum(sum(process.cpu_times()[:4]) for process in processes)


@contextmanager
def _watched(server: Server, of_it: object) -> Iterator[list[float]]:
    """Note the most memory, in megabytes, that all processes share in together."""
    peak, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.5):
            shares = 0
            for process in [*server.processes(), *of_it()]:  # type: ignore[operator]
                try:
                    shares += process.memory_full_info().pss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], shares / 1e6)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def _compare(environment: dict[str, str], url: str, count: int) -> dict[str, int]:
    """Hold every row against what was sent."""
    if url:
        import psycopg

        connection = psycopg.connect(url)
    else:
        import sqlite3

        connection = sqlite3.connect(Path(environment["TYNDAU_DATA"]) / "tyndau.sqlite3")
    found: dict[str, int] = {}
    altered = 0
    cursor = connection.cursor()
    cursor.execute("SELECT instance_id, sha256, xml FROM fieldwork_submission")
    for name, digest, xml in cursor:
        found[name] = found.get(name, 0) + 1
        number = int(name[5:13])
        expected = whole_interview(_name(number), number)
        altered += bytes(xml) != expected or digest != sha256(expected).hexdigest()
    connection.close()
    return {
        "lost": sum(_name(number) not in found for number in range(count)),
        "doubled": sum(times - 1 for times in found.values()),
        "altered": altered,
    }


def _print(
    database: str, sent: Sent, lasted: float, cost: float, peak: float, wrong: dict[str, int]
) -> bool:
    times = sorted(seconds for _, _, seconds in sent)
    taken = sum(status == 201 for _, status, _ in sent)
    p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
    rate, each = taken / lasted, 1000 * cost / max(taken, 1)
    print(
        f"{database:11}{taken:7} of {len(sent)} taken, {rate:5.0f}/s (>={LEAST_RATE}), "
        f"p50 {1000 * p50:4.0f} ms, p95 {1000 * p95:4.0f} ms (<{1000 * MOST_P95:.0f}), "
        f"max {1000 * times[-1]:.0f} ms, processor {each:4.2f} ms each (<={MOST_CPU:.0f}), "
        f"memory {peak:3.0f} MB (<{MOST_MEMORY}), "
        + ", ".join(f"{name} {number}" for name, number in wrong.items()),
        flush=True,
    )
    within = rate >= LEAST_RATE and p95 < MOST_P95 and each <= MOST_CPU and peak < MOST_MEMORY
    return within and taken == len(sent) and not any(wrong.values())


if __name__ == "__main__":
    main()
