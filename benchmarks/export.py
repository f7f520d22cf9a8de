"""How quickly interviews are exported, and how much memory the server takes for it.

Run ``.venv/bin/python benchmarks/export.py [--database sqlite|postgresql] [--count N]``. The server
runs as in production on a data folder with interviews of 60 questions and 6 KB; a session of a
sociologist asks for the CSV three times, for one page of the list and for the last one. Printed:
seconds to the first byte and to the last, processor time of the server, the growth of its memory
(private bytes of all its processes, seen twenty times a second), and whether every row and answer
is there.
"""

import argparse
import csv
import http.client
import io
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.postgresql import Cluster  # noqa: E402
from tests.server.interviews import NAMES, whole_form, whole_interview  # noqa: E402
from tests.server.live import Server  # noqa: E402

COUNT = 25_000
# Seconds to the first byte and to the last; megabytes.
FIRST, WHOLE, GROWTH = 1.0, 10.0, 50.0
STUDY = "city"
_AT_ONCE = 500


def main() -> None:
    """Print the figures; fail if a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--fill", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        fill(options.fill)
        return
    names = options.database or ("sqlite", "postgresql")
    kept = [_run(name, options.count) for name in names]
    sys.exit(0 if all(kept) else 1)


def fill(count: int) -> None:
    """Write interviews into the database of the environment; print a session's key."""
    from tyndau.study import new_study
    from tyndau_server.ready import make_ready

    new_study(Path(os.environ["TYNDAU_STUDIES"]))
    make_ready()
    from hashlib import sha256

    from django.utils import timezone

    from tyndau_server.fieldwork import instruments
    from tyndau_server.fieldwork.models import Submission
    from tyndau_server.people.models import Membership, Person, Role

    made = instruments.issue(STUDY, "whole", xform=whole_form("whole"), files={}, by=None)
    made = instruments.open_field(instruments.agree(made, by=None), by=None)
    asks = Person.objects.create(name="Interviewer")
    asks_here = Membership.objects.create(
        person=asks, study=STUDY, role=Role.INTERVIEWER, code="i01"
    )
    now = timezone.now()
    for first in range(0, count, _AT_ONCE):
        rows = []
        for number in range(first, min(first + _AT_ONCE, count)):
            name = f"uuid:{number:08d}"
            xml = whole_interview(name, number, form_id="whole")
            rows.append(
                Submission(
                    study=STUDY, instrument=made, interview=name, instance_id=name,
                    key=f"{number:016x}", xml=xml, sha256=sha256(xml).hexdigest(),
                    membership=asks_here, received=now + timezone.timedelta(milliseconds=number),
                )
            )  # fmt: skip
        Submission.objects.bulk_create(rows)
    print(_session(Membership, Person, Role))


def _session(membership: type, person: type, role: type) -> str:
    """Sign a sociologist in, as one who showed a second factor, and return the session's key."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from tyndau_server.people import session

    who = person.objects.create(name="Sociologist", email="s@tyndau.example")
    membership.objects.create(person=who, study=STUDY, role=role.SOCIOLOGIST)
    device = TOTPDevice.objects.create(user=who, name="app")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(who.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = who.get_session_auth_hash()
    store[session.CAME] = store[session.SEEN] = int(timezone.now().timestamp())
    store[DEVICE_ID_SESSION_KEY] = device.persistent_id
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    with Cluster() as cluster:
        yield cluster.create("tyndau")


def _run(database: str, count: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="tyndau-") as data, _database(database) as url:
        environment = {
            **os.environ,
            "TYNDAU_DATA": data,
            "DATABASE_URL": url,
            "TYNDAU_STUDIES": str(Path(data) / STUDY),
            "PYTHONPATH": str(REPOSITORY),
        }
        (Path(data) / STUDY).parent.mkdir(exist_ok=True)
        cookie = _filled(environment, count)
        server = Server(environment).start()
        try:
            return _measured(database, server, cookie, count)
        finally:
            server.stop()


def _filled(environment: dict[str, str], count: int) -> str:
    studies = environment.pop("TYNDAU_STUDIES")
    child = subprocess.run(
        [sys.executable, __file__, "--fill", str(count)],
        env={**environment, "TYNDAU_STUDIES": studies}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    environment["TYNDAU_STUDIES"] = studies
    return child.stdout.split()[-1]


def _measured(database: str, server: Server, cookie: str, count: int) -> bool:
    at = f"/ru/studies/{STUDY}/field"
    pages = [f"{at}/", f"{at}/?page={-(-count // 50)}", f"{at}/?state=received&text=0007"]
    for address in pages:
        _get(server.address, address, cookie)
    times = [_get(server.address, address, cookie)[1] for address in pages]
    # What a process needs once, it has after the first export.
    _get(server.address, f"{at}/export?form=whole&last=2000-01-01", cookie)
    kept = True
    for _ in range(3):
        before = _processor(server)
        with _watched(server) as grown:
            first, whole, content = _get(server.address, f"{at}/export?form=whole", cookie)
        cost = _processor(server) - before
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        right = len(rows) == count and all(rows[-1][name] for name in NAMES)
        within = first < FIRST and whole < WHOLE and grown[0] < GROWTH
        kept = kept and right and within
        print(
            f"{database:11}{len(rows):6} interviews x {len(NAMES)}, {len(content) / 1e6:5.1f} MB: "
            f"first byte {1000 * first:4.0f} ms (<{1000 * FIRST:.0f}), whole {whole:5.2f} s "
            f"(<{WHOLE:.0f}), processor {cost:4.2f} s, memory +{grown[0]:4.1f} MB (<{GROWTH:.0f})"
            f"{'' if right else ', ROWS ARE MISSING'}",
            flush=True,
        )
    words = ", ".join(f"{1000 * one:.0f}" for one in times)
    print(f"{database:11}list: first page, last page, search: {words} ms")
    return kept


def _get(address: str, path: str, cookie: str) -> tuple[float, float, bytes]:
    """Ask for a page; return seconds to the first byte of its content, to the last, the content."""
    split = urlsplit(address)
    connection = http.client.HTTPConnection(split.hostname or "", split.port, timeout=120)
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    content = [answer.read(1)]
    first = time.perf_counter() - began
    while piece := answer.read(65_536):
        content.append(piece)
    whole = time.perf_counter() - began
    connection.close()
    assert answer.status == 200, (path, answer.status, b"".join(content)[:500])
    return first, whole, b"".join(content)


@contextmanager
def _watched(server: Server) -> Iterator[list[float]]:
    """Note by how much the private memory of all the server's processes grows at most, in MB."""
    grown, ended, before = [0.0], threading.Event(), _private(server)

    def watch() -> None:
        while not ended.wait(0.05):
            grown[0] = max(grown[0], _private(server) - before)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield grown
    finally:
        ended.set()
        thread.join()


def _processor(server: Server) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in server.processes())


def _private(server: Server) -> float:
    total = 0
    for process in server.processes():
        try:
            total += process.memory_full_info().uss
        except psutil.Error:
            continue
    return total / 1e6


if __name__ == "__main__":
    main()
