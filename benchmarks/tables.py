"""How long 275 tables take: 50 five-point questions and 5 multiple responses by 5 banners.

Run ``.venv/bin/python benchmarks/tables.py [--rows N ...] [--runs K] [--no-peers] [--check]``. The
sample is made by a fixed seed: 10 strata of 15 clusters, weights, banners of 4 to 8 columns, 30 in
all beside the total. Bounds are set for whole tables, with errors, intervals, tests and letters,
and for the memory of the process, sample included; every size runs in a process of its own, with
numba and without it where it would be used. Laying out the banners is part of every run; making
the sample is not. Beside them stand R's `survey`, with the same percentages and errors, and with
the same intervals and tests, and `svy`, with percentages and errors (`benchmarks/peers.py`).
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from peers import Shape, survey, svy

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, make_design
from tyndau.tabulation import estimates, make_engine, tabulate_many
from tyndau.tabulation.engines.choose import COMPILED_FROM

SINGLES, MULTIPLES, ANSWERS = 50, 5, 8
BANNERS = (4, 5, 6, 7, 8)
STRATA, CLUSTERS = 10, 15
TABLES = (SINGLES + MULTIPLES) * len(BANNERS)
SEED = 275


@dataclass(frozen=True)
class Bound:
    """What whole tables may take."""

    seconds: float
    compiled: float | None = None  # seconds with numba
    memory: float | None = None  # MiB
    times_r: float | None = None


BOUNDS = {
    2_500: Bound(0.17, times_r=100),
    200_000: Bound(2.0),
    2_000_000: Bound(25.0, compiled=15.0, memory=1536),
}


def make_sample(rows: int) -> tuple[Frame, Design]:
    """Make a sample of people in clusters whose answers resemble each other."""
    random = np.random.default_rng(SEED)
    cluster = random.integers(0, STRATA * CLUSTERS, rows)
    cluster[: STRATA * CLUSTERS] = np.arange(STRATA * CLUSTERS)
    weights = np.round(np.exp(random.normal(0, 0.4, rows)), 3)
    everybody = np.ones(rows, dtype=bool)
    columns: dict[str, Column] = {}

    def add(name: str, kind: str, values: np.ndarray, count: int) -> None:
        categories = tuple(
            Category(str(number), Text(ru=str(number))) for number in range(1, count + 1)
        )
        columns[name] = Column(Variable(name, kind, Text(ru=name), categories), values, everybody)

    for number, count in enumerate(BANNERS, 1):
        add(f"b{number}", "single", random.integers(0, count, rows).astype(np.int8), count)
    for number in range(1, SINGLES + 1):
        lean = random.normal(0, 0.5, STRATA * CLUSTERS)[cluster]
        score = np.clip(np.round(2 + lean + random.normal(0, 1, rows)), 0, 4)
        add(f"q{number}", "single", score.astype(np.int8), 5)
    for number in range(1, MULTIPLES + 1):
        lean = random.normal(0, 0.1, STRATA * CLUSTERS)[cluster]
        given = random.random((rows, ANSWERS)) < (0.3 + lean)[:, None]
        add(f"m{number}", "multiple", given, ANSWERS)
    keys = np.arange(rows).astype("U7")
    design = make_design(rows, weights=weights, strata=cluster // CLUSTERS, clusters=cluster)
    return Frame(keys, columns), design


def percentages(frame: Frame, design: Design) -> None:
    """Compute percentages and standard errors of all tables."""
    banners = [f"b{number}" for number in range(1, len(BANNERS) + 1)]
    engine = make_engine(frame, banners, design)
    for name in questions(frame):
        estimates(frame[name].variable, engine.statistics(name), design)


def whole_tables(frame: Frame, design: Design) -> None:
    """Compute all tables with intervals, tests and letters."""
    banners = [(f"b{number}", Text()) for number in range(1, len(BANNERS) + 1)]
    for _ in tabulate_many(frame, questions(frame), banners, design=design, inference="design"):
        pass


def questions(frame: Frame) -> list[str]:
    """Return the names of the 55 questions."""
    return [column.variable.name for column in frame if column.variable.name[0] in "qm"]


WORKS: tuple[tuple[str, Callable[[Frame, Design], None]], ...] = (
    ("percentages and standard errors", percentages),
    ("whole tables: intervals, tests, letters", whole_tables),
)


def measure(rows: int, runs: int) -> None:
    """Print as JSON the seconds of each run of each work, and the most memory in MiB."""
    sample = make_sample(rows)
    taken = []
    for _, work in WORKS:
        work(*sample)  # not counted: what is loaded or compiled is loaded or compiled here
        taken.append([])
        for _ in range(runs):
            start = time.perf_counter()
            work(*sample)
            taken[-1].append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": taken, "memory": peak}))


def measured(rows: int, runs: int, *, compiled: bool) -> tuple[list[list[float]], float]:
    """Measure in a process of its own."""
    call = f"import tables; tables.measure({rows}, {runs})"
    if not compiled:
        call = f"import sys; sys.modules['numba'] = None; {call}"
    done = subprocess.run(
        [sys.executable, "-c", call],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # as the command `tyndau` has it
    )  # fmt: skip
    said = json.loads(done.stdout)
    return said["seconds"], said["memory"]


def report(rows: int, runs: int, *, compiled: bool) -> tuple[list[float], bool]:
    """Print one size's figures; return the best time of each work, and if a bound is broken."""
    bound = BOUNDS.get(rows)
    allowed = bound and (bound.compiled if compiled else bound.seconds)
    taken, memory = measured(rows, runs, compiled=compiled)
    print("  with numba" if compiled else "  NumPy alone")
    for (title, work), seconds in zip(WORKS, taken, strict=True):
        best, median = min(seconds), statistics.median(seconds)
        said = f"  (bound {allowed:g} s)" if allowed and work is whole_tables else ""
        print(f"    {title:42} best {best:7.3f} s, median {median:7.3f} s{said}")
    most = bound.memory if bound else None
    said = f"  (bound {most:g} MiB)" if most else ""
    print(f"    {'most memory, sample included':42} {memory:12.0f} MiB{said}")
    broken = bool(allowed and best > allowed) or bool(most and memory > most)
    return [min(seconds) for seconds in taken], broken


def beside(rows: int, taken: list[float]) -> bool:
    """Print what peers take for the same; return whether R is not left as far behind as it must."""
    sample = make_sample(rows)
    shape = Shape(SINGLES, MULTIPLES, ANSWERS, len(BANNERS))
    least = BOUNDS[rows].times_r if rows in BOUNDS else None
    broken = False
    errors, whole = taken
    for name, (seconds, note), same, bound in (
        ("R, percentages and errors", survey(*sample, shape), errors, None),
        ("R, whole tables", survey(*sample, shape, whole=True), whole, least),
        ("svy, percentages and errors", svy(*sample, shape), errors, None),
    ):
        if seconds is None:
            print(f"  {name}: {note}")
            continue
        said = f" (bound {bound:g})" if bound else ""
        print(f"  {name}: {seconds:.1f} s, {seconds / same:.0f} times as long as ours{said}")
        if same is not whole:
            print(f"    and {seconds / whole:.0f} times as long as our whole tables")
        print(f"    {note}")
        broken = broken or bool(bound and seconds < bound * same)
    return broken


def processor() -> str:
    """Name the processor, as far as the system tells."""
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main() -> int:
    """Time, print, and with ``--check`` fail where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=list(BOUNDS))
    parser.add_argument("--runs", type=int, help="by default 15, and 3 of a million rows and more")
    parser.add_argument("--no-peers", action="store_true", help="leave R and svy out")
    parser.add_argument("--check", action="store_true", help="fail if a bound is broken")
    arguments = parser.parse_args()
    print(
        f"{TABLES} tables; {processor()}, {os.cpu_count()} processors; "
        f"Python {platform.python_version()}, NumPy {np.__version__}"
    )
    broken = False
    for rows in arguments.rows:
        runs = arguments.runs or (3 if rows >= 1_000_000 else 15)
        print(f"\n{rows:,} rows, {runs} runs")
        taken, worse = report(rows, runs, compiled=False)
        broken = broken or worse
        if rows >= COMPILED_FROM and find_spec("numba"):
            taken, worse = report(rows, runs, compiled=True)
            broken = broken or worse
        if not arguments.no_peers:
            broken = beside(rows, taken) or broken
    return int(arguments.check and broken)


if __name__ == "__main__":
    sys.exit(main())
