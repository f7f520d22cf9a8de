"""How often 95 % intervals hold the truth, and how often letters stand where nothing differs.

Run ``.venv/bin/python benchmarks/soak_inference.py [--samples N] [--tables N] [--seed S]
[--check]``. The surveys are simulated (`tests/tabulation/simulated.py` says how), the tables the
product's own. Figures have an error of chance, which is printed. One that lies beyond its bound is
marked ``!``, and ``!!`` where it does by more than three standard errors of chance: only then is
the bound broken, and ``--check`` fails, because nearer figures pass or fail by the seed. A sample
in which nobody gave the answer has no logit interval, which counts as not holding the truth.
"""

import argparse
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.tabulation.simulated import (
    CITY,
    EIGHT,
    FOURTEEN,
    KINDS,
    KORN_GRAUBARD,
    LETTERS,
    LOGIT,
    QUESTIONS,
    SAMPLES,
    UNSTRATIFIED,
    error,
    intervals,
    letters,
)

SHARES = (0.02, 0.1, 0.5)
CORRELATIONS = (0.0, 0.1)
SEED = 150

LOGIT_FROM = 0.1  # share from which the bound of logit intervals holds

CHANCE = 3  # standard errors
WIDTH = 54  # of names in tables

Job = tuple[Callable[..., dict[Any, Counter]], tuple[Any, ...], int]


class Series:
    """Figures of one series, each held against a bound."""

    def __init__(self) -> None:
        self.short: list[str] = []
        self.broken: list[str] = []

    def figure(self, what: str, hits: int, of: int, bounds: tuple[float, float] | None) -> str:
        """Return a percentage with its mark, and remember where it lies beyond its bounds."""
        value, mark = 100 * hits / of, ""
        if bounds is not None:
            for bound, beyond in ((bounds[0], bounds[0] - value), (bounds[1], value - bounds[1])):
                if beyond > 0:
                    mark = "!!" if beyond > CHANCE * error(bound, of) else "!"
        if mark:
            where = self.broken if mark == "!!" else self.short
            where.append(f"{what}: {value:.2f} %")
        return f"{value:6.2f}{mark:2}"


def counted(pool: ProcessPoolExecutor, jobs: Sequence[Job]) -> Iterator[dict[Any, Counter]]:
    """Run each job's batches; the counts do not depend on how many processors there are."""
    waiting = [
        [pool.submit(work, *given, (seed, number)) for number in range(batches)]
        for work, (*given, seed), batches in jobs
    ]
    for batches in waiting:
        total: dict[Any, Counter] = {}
        for batch in batches:
            for key, counts in batch.result().items():
                total.setdefault(key, Counter()).update(counts)
        yield total


def show_intervals(pool: ProcessPoolExecutor, samples: int, seed: int) -> Series:
    """Print in how many samples intervals hold the true share."""
    batches = -(-samples // SAMPLES)
    cells = [
        (survey, icc, share)
        for survey in (CITY, FOURTEEN, EIGHT)
        for icc in CORRELATIONS
        for share in SHARES
    ]
    jobs: list[Job] = [
        (intervals, (survey, share, icc, 1000 * seed + number), batches)
        for number, (survey, icc, share) in enumerate(cells)
    ]
    found: dict[tuple[str, float], dict[float, Counter]] = {}
    for (_, icc, share), counts in zip(cells, counted(pool, jobs), strict=True):
        for name, one in counts.items():
            found.setdefault((name, icc), {})[share] = one
    of = batches * SAMPLES
    print(
        f"\n95 % intervals: how many of {of:,} samples they hold the true share in, percent "
        f"(bounds: Korn-Graubard at least {KORN_GRAUBARD[0]:g}, logit {LOGIT[0]:g} to {LOGIT[1]:g} "
        f"from {100 * LOGIT_FROM:g} %; error of chance {error(95, of):.2f})"
    )
    shares = "".join(f"{f'{100 * share:g} %':>9}" for share in SHARES)
    print(f"{'':{WIDTH}}{'Korn-Graubard':27}{'logit':27}no logit\n{'':{WIDTH - 2}}{shares * 3}")
    series = Series()
    for (name, icc), counts in found.items():
        row = f"{name}, ICC {icc:g}"
        cells_of_row = []
        for method, bounds in (
            ("korn_graubard", KORN_GRAUBARD),
            ("logit", LOGIT),
            ("no_logit", None),
        ):
            for share in SHARES:
                held = bounds if method != "logit" or share >= LOGIT_FROM else None
                what = f"{method} of {100 * share:g} %, {row}"
                cells_of_row.append(series.figure(what, counts[share][method], of, held))
        print(f"{row:{WIDTH}}{' '.join(cells_of_row)}".rstrip())
    return series


def show_letters(pool: ProcessPoolExecutor, tables: int, seed: int) -> Series:
    """Print how many tables show a letter or an arrow where nothing differs."""
    batches = -(-tables // QUESTIONS)
    cells = [(survey, icc) for survey in (CITY, UNSTRATIFIED, FOURTEEN) for icc in CORRELATIONS]
    jobs: list[Job] = [
        (letters, (survey, icc, 1000 * seed + 500 + number), batches)
        for number, (survey, icc) in enumerate(cells)
    ]
    of = batches * QUESTIONS
    print(
        f"\nWhere nothing differs: how many of {of:,} tables show a letter or an arrow, percent "
        f"(bound: at most {LETTERS[1]:g}; error of chance {error(5, of):.2f})"
    )
    print(f"{'':{WIDTH}}{''.join(f'{kind:>10}' for kind in (*KINDS, 'all'))}")
    series, everything = Series(), Counter()
    for (survey, icc), found in zip(cells, counted(pool, jobs), strict=True):
        for banner in dict.fromkeys(banner for banner, _ in found):
            row = f"{survey.name}, ICC {icc:g}: {banner}"
            counts = [found[banner, kind] for kind in KINDS]
            figures = [
                series.figure(f"{kind}, {row}", one["shown"], one["tables"], LETTERS)
                for kind, one in zip(KINDS, counts, strict=True)
            ]
            together = sum(counts, Counter())
            figures.append(
                series.figure(f"all of {row}", together["shown"], together["tables"], LETTERS)
            )
            everything.update(together)
            print(f"{row:{WIDTH}}  {'  '.join(figures)}".rstrip(), flush=True)
    every = series.figure("all tables", everything["shown"], everything["tables"], LETTERS)
    print(f"{'all':{WIDTH}}  {'':50}{every}".rstrip())
    return series


def main() -> int:
    """Simulate, print, and with ``--check`` fail where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=50_000, help="a cell of intervals")
    parser.add_argument("--tables", type=int, default=4_000, help="a cell of letters")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--check", action="store_true", help="fail if a bound is broken")
    arguments = parser.parse_args()
    print(
        f"Simulated surveys, seed {arguments.seed}; {os.cpu_count()} processors; "
        f"Python {platform.python_version()}, NumPy {np.__version__}"
    )
    start = time.perf_counter()
    with ProcessPoolExecutor() as pool:
        series = [
            show_intervals(pool, arguments.samples, arguments.seed),
            show_letters(pool, arguments.tables, arguments.seed),
        ]
    short = [one for each in series for one in each.short]
    broken = [one for each in series for one in each.broken]
    for title, found in (
        (f"Beyond a bound by at most {CHANCE} errors of chance", short),
        ("Broken bounds", broken),
    ):
        print("\n  ".join([f"\n{title}: {len(found)}", *found]))
    print(f"\n{time.perf_counter() - start:.0f} s")
    return int(arguments.check and bool(broken))


if __name__ == "__main__":
    sys.exit(main())
