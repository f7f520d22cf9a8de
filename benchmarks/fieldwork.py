"""Play a fieldwork of three weeks through a server, to a frozen wave that is built.

Run ``.venv/bin/python benchmarks/fieldwork.py [--days N] [--database sqlite|postgresql]``. The city
is fictional and its 2,500 interviews are simulated; 20 interviewers send them from phones of their
own through the endpoints that phones use. What is printed: what was sent and lost, the alerts that
had to be raised beside those that were, quotas, and how long it all took.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from tests.postgresql import Cluster
from tests.server.live import REPOSITORY, TYNDAU, Server

SEED = 2026
_PATIENCE = 1800


def main() -> None:
    """Play, print, and fail where an alert is missing or an interview is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tyndau-")))
        folder = data / "studies" / "demo-city"
        shutil.copytree(REPOSITORY / "studies" / "demo-city", folder)
        subprocess.run([TYNDAU, "sample", folder], check=True, stdout=subprocess.DEVNULL)
        cluster = stack.enter_context(Cluster()) if options.database == "postgresql" else None
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tyndau_server.settings",
            "TYNDAU_DATA": str(data / "data"),
            "TYNDAU_STUDIES": str(folder.parent),
            "DATABASE_URL": cluster.create("tyndau") if cluster else "",
        }
        server = Server().start()
        stack.callback(server.kill)
        django.setup()
        sys.exit(0 if _play(folder, server, options.days) else 1)


def _play(folder: Path, server: Server, days: int) -> bool:
    from tests.server.whole_field import WholeField

    began = time.monotonic()
    field = WholeField(folder, server, days, SEED)
    _tell("prepared", began)
    began = time.monotonic()
    field.play()
    _tell(f"played: {field.sent['interview']} interviews, {field.sent['contact']} contacts", began)
    began = time.monotonic()
    field.wait_until_counted(_PATIENCE)
    _tell("counted", began)
    kept = _alerts(field.planted(), field.raised(), field.explained())
    print(f"lost with a phone: {sum(one.outcome == 'interview' for one in field.lost)} interviews")
    print(field.quotas())
    began = time.monotonic()
    print(field.accept_and_freeze(_PATIENCE))
    _tell("accepted, frozen and built", began)
    return kept


def _alerts(
    planted: set[tuple[str, ...]], raised: set[tuple[str, ...]], explained: set[tuple[str, ...]]
) -> bool:
    for rule in sorted({one[0] for one in planted | raised}):
        put_in = {one for one in planted if one[0] == rule}
        found = {one for one in raised if one[0] == rule}
        right = (found - put_in) & explained
        false = found - put_in - explained
        print(
            f"  {rule}: put in {len(put_in)}, raised of them {len(put_in & found)}; right though "
            f"not put in {len(right)}; false {len(false)}"
        )
        for one in sorted(put_in - found):
            print("    missing:", *one)
        for one in sorted(false):
            print("    false:", *one)
    return planted <= raised


def _tell(what: str, began: float) -> None:
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main()
