"""How long pages of a field under way take, and how many questions they ask the database.

Run ``.venv/bin/python benchmarks/field.py [--database sqlite|postgresql] [--count N]``. A fictional
city of 20 interviewers is planned and filled with simulated interviews and contacts, 2,500 and
25,000 by default; the plan is taken over and the worker counts. Printed: seconds of the worker, and
those of its processor, for all of it, for nothing new and for one more interview; for each page the
milliseconds of the best of five, those of the process itself, and its questions. It fails where a
dashboard takes more than 200 ms or 15 questions.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.postgresql import Cluster  # noqa: E402

COUNTS = (2_500, 25_000)
CITY, POPULATION = "demo-city", "residents"
# Milliseconds and questions of a dashboard; seconds of the worker for one more interview.
MOST_MS, MOST_QUESTIONS = 200, 15
PAGES = (
    "today/", "today/?by=interviewer", "today/?by=point", "today/?by=quota", "today/?by=phone",
    "today/live", "progress/", "assignments/", "assignments/?interviewer={member}", "alerts/",
    "pay/",
)  # fmt: skip
# What is narrowed to territories; the last one is the list of interviews.
OF_A_SUPERVISOR = (*PAGES[:6], "assignments/", "alerts/", "")


def main() -> None:
    """Print the figures; fail if a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--count", type=int, action="append")
    parser.add_argument("--fill", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        sys.exit(0 if _measure(options.fill) else 1)
    kept = [
        _run(database, count)
        for database in options.database or ("sqlite", "postgresql")
        for count in options.count or COUNTS
    ]
    sys.exit(0 if all(kept) else 1)


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    with Cluster() as cluster:
        yield cluster.create("tyndau")


def _run(database: str, count: int) -> bool:
    print(f"\n== {database}, {count:,} interviews", flush=True)
    with tempfile.TemporaryDirectory(prefix="tyndau-") as data, _database(database) as url:
        studies = Path(data) / "studies"
        shutil.copytree(REPOSITORY / "studies" / CITY, studies / CITY)
        environment = {
            **os.environ, "TYNDAU_DATA": data, "DATABASE_URL": url, "TYNDAU_STUDIES": str(studies),
            "DJANGO_SETTINGS_MODULE": "tyndau_server.settings", "PYTHONPATH": str(REPOSITORY),
        }  # fmt: skip
        child = [sys.executable, __file__, "--fill", str(count)]
        return subprocess.run(child, env=environment, check=False).returncode == 0


def _measure(count: int) -> bool:
    """Fill the database of the environment, let the worker count, ask for each page."""
    from tyndau_server.ready import make_ready

    make_ready()
    from tests.server import simulated_field
    from tyndau_server.control.models import Made

    folder = Path(os.environ["TYNDAU_STUDIES"]) / CITY
    simulated_field.plan(folder)
    members = simulated_field.fill(folder, count)
    browser, decider = _signed_in(folder, "sociologist")
    from tyndau_server.control.plan import take_over
    from tyndau_server.control.planned import read_plan

    chosen = {number: one.pk for number, one in enumerate(members)}
    take_over(decider, read_plan(folder), chosen, "territory")
    print(f"worker, all of it: {_counted(folder)}")
    print(f"worker, nothing new: {_counted(folder)}")
    Made.objects.earliest("pk").delete()
    print(f"worker, one more: {_counted(folder)}", flush=True)
    addresses = [page.format(member=members[2].pk) for page in PAGES]
    missed = [address for address in addresses if not _asked(browser, address)]
    print("a supervisor of one territory:", flush=True)
    own = decider.study.points[0].territory
    limited, _ = _signed_in(folder, "supervisor", own)
    missed += [address for address in OF_A_SUPERVISOR if not _asked(limited, address)]
    return not missed


def _counted(folder: Path) -> str:
    from django.utils import timezone

    from tyndau.study import load_study
    from tyndau_server.control.work import bring_up_to_date

    study = load_study(folder)
    begun, worked = time.perf_counter(), time.process_time()
    bring_up_to_date(study, POPULATION, timezone.now())
    took, of_it = time.perf_counter() - begun, time.process_time() - worked
    return f"{took:.2f} s, {of_it:.2f} of processor"


def _signed_in(folder: Path, role: str, *territories: str) -> tuple[Any, Any]:
    """Sign somebody in, as one who showed a second factor."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from tyndau.study import load_study
    from tyndau_server.control.assigned import Decider
    from tyndau_server.people import session
    from tyndau_server.people.models import Membership, Person

    settings.ALLOWED_HOSTS = ["*"]
    who = Person.objects.create(name=role, email=f"{role}@tyndau.example")
    here = Membership.objects.create(
        person=who, study=CITY, role=role, territories=list(territories)
    )
    browser = Client()
    browser.force_login(who, "django.contrib.auth.backends.ModelBackend")
    state = browser.session
    state[session.CAME] = state[session.SEEN] = int(timezone.now().timestamp())
    device = TOTPDevice.objects.create(user=who, name="app")
    state[DEVICE_ID_SESSION_KEY] = device.persistent_id
    state.save()
    return browser, Decider(here, load_study(folder))


def _asked(browser: Any, page: str) -> bool:
    """Ask for a page five times; print the best."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = f"/ru/studies/{CITY}/field/{page}"
    best = processor = float("inf")
    questions, answer = 0, None
    for _ in range(5):
        with CaptureQueriesContext(connection) as asked:
            begun, worked = time.perf_counter(), time.process_time()
            answer = browser.get(address)
            best = min(best, 1000 * (time.perf_counter() - begun))
            processor = min(processor, 1000 * (time.process_time() - worked))
        questions = len(asked)
    whole = answer.status_code == 200 and best <= MOST_MS and questions <= MOST_QUESTIONS
    size = len(answer.content) // 1024
    print(
        f"{page or 'its first page':32} {best:6.0f} ms, {processor:4.0f} of processor, "
        f"{questions:3} questions, {size:4} KB{'' if whole else '  MISSED'}"
    )
    return whole or not page.startswith(("today", "progress"))


if __name__ == "__main__":
    main()
