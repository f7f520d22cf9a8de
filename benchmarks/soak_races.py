"""Send the same interviews from eight phones at once, round after round.

Run ``.venv/bin/python benchmarks/soak_races.py [--rounds N] [--database sqlite|postgresql]``. What
is counted: answers to the same interview, to interviews with the same file that the server never
saw, to edits of the same interview and to other answers under the same number; and what is in the
database afterwards. ODK Central refused half of the same interviews, and of the same files
first sent at once it lost 22 of 48.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.postgresql import Cluster
from tests.server.live import Server, in_the_field
from tests.server.rounds import (
    PHONES,
    other_answers,
    other_edits,
    same_files,
    same_interview,
)

ROUNDS = 200
ONE_WINS = Counter({201: 1, 409: PHONES - 1})


def main() -> None:
    """Print the counts; fail if one is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    databases = options.database or ("sqlite", "postgresql")
    kept = [_race(database, options.rounds) for database in databases]
    sys.exit(0 if all(kept) else 1)


def _race(database: str, rounds: int) -> bool:
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="tyndau-"))
        cluster = stack.enter_context(Cluster()) if database == "postgresql" else None
        url = cluster.create("tyndau") if cluster else ""
        environment = {**os.environ, "TYNDAU_DATA": data, "DATABASE_URL": url}
        server = Server(environment).start()
        stack.callback(server.kill)
        secret = in_the_field(environment)
        phones = [server.phone(secret) for _ in range(PHONES)]
        same, files = same_interview(phones, rounds), same_files(phones, rounds)
        edits, answers = other_edits(phones, rounds), other_answers(phones, rounds)
    all_taken = Counter({201: PHONES * rounds})
    print(
        f"{database}, {rounds} rounds of {PHONES}: the same interview {_said(same)}; "
        f"the same file {_said(files)}; edits of one interview {_said(sum(edits, Counter()))}; "
        f"other answers under one number {_said(sum(answers, Counter()))}",
        flush=True,
    )
    return same == files == all_taken and edits == answers == [ONE_WINS] * rounds


def _said(statuses: "Counter[int]") -> str:
    return ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))


if __name__ == "__main__":
    main()
