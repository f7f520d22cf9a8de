"""500 random linked tables: is any hidden cell recovered, by subtraction or by linear programme?

Run ``.venv/bin/python benchmarks/soak_disclosure.py [--tables N] [--first SEED]``. Every seed makes
people, banners that may overlap or group each other, routed, single and multiple questions, scales
and numbers, weights in a third of the cases (`tests/disclosure/linked_tables.py`); every second one
also nets, nested columns, columns that overlap, and tables that are limited to some. Half of each
are published unrounded. It fails where a hidden cell is recovered or known better than allowed.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.disclosure.linked_tables import protected


def examine(seed: int) -> tuple[int, int, int, bool]:
    """Return tables, hidden cells, those with less room than wanted, and whether all is safe."""
    found = protected(seed // 2, shapes=bool(seed % 2))
    hidden, short = int(found.audit.asked.sum()), int(found.suppression.short.sum())
    return len(found.tables), hidden, short, found.audit.passed


def main() -> int:
    """Go through the seeds and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    arguments = parser.parse_args()
    start = time.perf_counter()
    seeds = range(arguments.first, arguments.first + arguments.tables)
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        found = list(processes.map(examine, seeds))
    tables, hidden, short = (sum(one[at] for one in found) for at in range(3))
    failed = [seed for seed, one in zip(seeds, found, strict=True) if not one[3]]
    print(
        f"{arguments.tables} systems of linked tables, {tables} tables, {hidden} hidden cells: "
        f"{len(failed)} systems with a cell recovered or known too well {failed or ''}; "
        f"{short} cells with less room than wanted; {time.perf_counter() - start:.0f} s"
    )
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
