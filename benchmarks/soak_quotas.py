"""Let 64 interviewers race for a quota cell with room for 100, run after run.

Run ``.venv/bin/python benchmarks/soak_quotas.py [--runs N] [--database sqlite|postgresql]``. Each
run sends 192 interviews in another order, three days late those of one interviewer. What is
counted: the runs in which exactly 100 are within the quota in the end, the same 100 whatever the
order, and in which the late one takes no place that somebody had.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from tests.postgresql import Cluster
from tests.server.live import Server

RUNS = 50


def main() -> None:
    """Print the counts; fail if one run is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tyndau-")))
        (data / "studies").mkdir()
        folder = data / "studies" / "race"
        cluster = stack.enter_context(Cluster()) if options.database == "postgresql" else None
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tyndau_server.settings",
            "TYNDAU_DATA": str(data / "data"),
            "TYNDAU_STUDIES": str(folder.parent),
            "DATABASE_URL": cluster.create("tyndau") if cluster else "",
        }
        django.setup()
        from tests.server.quota_race import ROOM, QuotaRace, with_quota

        with_quota(folder)
        server = Server().start()
        stack.callback(server.kill)
        race = QuotaRace(folder, server)
        expected = race.expected()
        rounds = [race.round(seed) for seed in range(options.runs)]
    exact = sum(len(after) == ROOM for _, after in rounds)
    same = sum(after == expected for _, after in rounds)
    promised = sum(before <= after for before, after in rounds)
    print(
        f"{options.database}, {options.runs} runs: exactly {ROOM} in {exact}, the same ones in "
        f"{same}, nobody lost a place to the late one in {promised}"
    )
    sys.exit(0 if exact == same == promised == options.runs else 1)


if __name__ == "__main__":
    main()
