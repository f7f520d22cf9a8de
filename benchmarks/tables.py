"""How long 275 tables take: 50 five-point questions and 5 multiple responses by 5 banners.

Run ``.venv/bin/python benchmarks/tables.py [--rows N ...] [--runs K] [--no-r] [--check]``. The
sample is made by a fixed seed: 10 strata of 15 clusters, weights, banners of 4 to 8 columns, 30 in
all beside the total. Two figures are for the product's own code: percentages with standard errors,
which the bounds are set for, and whole tables with intervals, tests and letters. R's `survey` is
timed beside them where Rscript has it, on some of the tables, and the rest is extrapolated. Laying
out the banners is part of every run; making the sample is not.
"""

import argparse
import csv
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, make_design
from tyndau.tabulation import ArrayEngine, estimates, tabulate_many

SINGLES, MULTIPLES, ANSWERS = 50, 5, 8
BANNERS = (4, 5, 6, 7, 8)
STRATA, CLUSTERS = 10, 15
TABLES = (SINGLES + MULTIPLES) * len(BANNERS)
BOUNDS = {2_500: 0.15, 200_000: 2.0}  # seconds, percentages with standard errors
SEED = 275


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
        add(f"b{number}", "single", random.integers(0, count, rows).astype(np.int32), count)
    for number in range(1, SINGLES + 1):
        lean = random.normal(0, 0.5, STRATA * CLUSTERS)[cluster]
        score = np.clip(np.round(2 + lean + random.normal(0, 1, rows)), 0, 4)
        add(f"q{number}", "single", score.astype(np.int32), 5)
    for number in range(1, MULTIPLES + 1):
        lean = random.normal(0, 0.1, STRATA * CLUSTERS)[cluster]
        given = random.random((rows, ANSWERS)) < (0.3 + lean)[:, None]
        add(f"m{number}", "multiple", given, ANSWERS)
    keys = np.arange(rows).astype(str)
    design = make_design(rows, weights=weights, strata=cluster // CLUSTERS, clusters=cluster)
    return Frame(keys, columns), design


def percentages(frame: Frame, design: Design) -> None:
    """Compute percentages and standard errors of all tables."""
    engine = ArrayEngine(frame, [f"b{number}" for number in range(1, len(BANNERS) + 1)], design)
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


def times(
    work: Callable[[Frame, Design], None], sample: tuple[Frame, Design], runs: int
) -> list[float]:
    """Time a piece of work several times, after one run that is not counted."""
    work(*sample)
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work(*sample)
        taken.append(time.perf_counter() - start)
    return taken


def survey_seconds(frame: Frame, design: Design) -> tuple[float, str] | None:
    """Time R on a part of the tables and extrapolate; None where R or its package is absent."""
    rscript = shutil.which("Rscript")
    asking = [rscript or "", "-e", 'cat(as.character(packageVersion("survey")))']
    asked = subprocess.run(asking, capture_output=True, text=True) if rscript else None
    if rscript is None or asked is None or asked.returncode:
        return None
    large = len(frame) > 20_000
    singles, multiples, banners = (1, 0, 1) if large else (2, 1, len(BANNERS))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.csv"
        write_sample(frame, design, file)
        program = Path(__file__).with_suffix(".R")
        given = [rscript, str(program), str(file), str(singles), str(multiples), str(banners)]
        said = subprocess.run(given, capture_output=True, text=True, check=True).stdout
    single, multiple = (float(seconds) for seconds in said.split())
    by_banners = len(BANNERS) / banners
    total = single / singles * SINGLES * by_banners
    note = f"survey {asked.stdout}, extrapolated from {singles * banners} tables of one answer"
    if multiples:
        total += multiple / multiples * MULTIPLES * by_banners
        return total, f"{note} and {multiples * banners} of several"
    return total, f"{note}; multiple responses left out"


def write_sample(frame: Frame, design: Design, file: Path) -> None:
    """Write the sample as R reads it, a multiple response as a column an answer."""
    names = ["stratum", "cluster", "weight"]
    values = [design.stratum, design.first.cluster, design.weights]
    for column in frame:
        name = column.variable.name
        if column.variable.kind == "multiple":
            names += [f"{name}_{number}" for number in range(1, ANSWERS + 1)]
            values += list(column.values.astype(int).T)
        else:
            names.append(name)
            values.append(column.values)
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows(zip(*(value.tolist() for value in values), strict=True))


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
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--no-r", action="store_true", help="leave R out")
    parser.add_argument("--check", action="store_true", help="fail if a bound is broken")
    arguments = parser.parse_args()
    print(
        f"{TABLES} tables; {processor()}, {os.cpu_count()} processors; "
        f"Python {platform.python_version()}, NumPy {np.__version__}; {arguments.runs} runs"
    )
    broken = False
    for rows in arguments.rows:
        sample = make_sample(rows)
        print(f"\n{rows:,} rows")
        for title, work in (
            ("percentages and standard errors", percentages),
            ("whole tables: intervals, tests, letters", whole_tables),
        ):
            taken = times(work, sample, arguments.runs)
            bound = BOUNDS.get(rows) if work is percentages else None
            best, median = min(taken), statistics.median(taken)
            said = f"  (bound {bound} s)" if bound else ""
            print(f"  {title:42} best {best:7.3f} s, median {median:7.3f} s{said}")
            broken = broken or bool(bound and best > bound)
        spoken = None if arguments.no_r else survey_seconds(*sample)
        if spoken:
            print(f"  {'R, percentages and standard errors':42} {spoken[0]:12.1f} s  ({spoken[1]})")
    return int(arguments.check and broken)


if __name__ == "__main__":
    sys.exit(main())
