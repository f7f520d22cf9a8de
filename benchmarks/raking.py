"""How long raking takes: 2,000,000 rows, three margins; R and svy beside it.

Run ``.venv/bin/python benchmarks/raking.py [--rows N ...] [--runs K] [--no-r] [--no-svy]
[--check]``. The sample is made by a fixed seed: unequal weights, margins of 2, 6 and 16 categories
that the sample misses by up to a half. What is timed begins with weights and codes in memory and
ends with raked weights and their `Calibration`; each peer begins with its own object of the sample
and stops by the same rule, as near as it has one: R (`survey::rake`) at changes of 1e-10 of the
total, svy at a relative misfit of 1e-10. R is given ten minutes. Both peers' weights are held
against ours.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tyndau.weighting import Margin, make_margin, rake

SIZES = (2, 6, 16)
BOUND = 0.5  # seconds, for 2,000,000 rows
ROWS = 2_000_000
PEOPLE = 3_000_000.0
PATIENCE = 600  # seconds that a peer is given
SEED = 20_260


def make_sample(rows: int) -> tuple[np.ndarray, list[Margin]]:
    """Make weights, and margins that lean away from the sample."""
    random = np.random.default_rng(SEED)
    weights = np.round(np.exp(random.normal(0.4, 0.5, rows)), 4)
    margins = []
    for number, size in enumerate(SIZES):
        codes = random.integers(0, size, rows).astype(np.int32)
        shares = random.uniform(0.5, 1.5, size)
        margins.append(make_margin(f"m{number}", codes, np.round(PEOPLE * shares / shares.sum())))
    first = margins[0].totals.sum()
    for margin in margins[1:]:
        margin.totals[-1] += first - margin.totals.sum()
    return weights, margins


def ours(weights: np.ndarray, margins: list[Margin], runs: int) -> tuple[list[float], np.ndarray]:
    """Time our own raking, after one run that is not counted."""
    raked = rake(weights, margins)
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        raked = rake(weights, margins)
        taken.append(time.perf_counter() - start)
    return taken, raked.weights


def theirs_svy(weights: np.ndarray, margins: list[Margin]) -> tuple[float, np.ndarray] | str:
    """Time svy, its object of the sample made before."""
    try:
        import polars
        import svy
    except ImportError:
        return "not installed"
    columns = {margin.name: margin.codes for margin in margins}
    data = polars.DataFrame({"w": weights, **columns})
    sample = svy.Sample(data, design=svy.Design(wgt="w"))
    controls = {margin.name: dict(enumerate(margin.totals.tolist())) for margin in margins}
    start = time.perf_counter()
    done = sample.weighting.rake(controls=controls, wgt_name="raked", tol=1e-10)
    return time.perf_counter() - start, done.data["raked"].to_numpy()


def theirs_r(weights: np.ndarray, margins: list[Margin]) -> tuple[float, np.ndarray] | str:
    """Time R, its design made before; it writes its weights for comparison afterwards."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return "not installed"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        weights.tofile(folder / "w.bin")
        for margin in margins:
            margin.codes.astype(np.int32).tofile(folder / f"{margin.name}.bin")
            np.savetxt(folder / f"{margin.name}.txt", margin.totals, fmt="%.17g")
        program = Path(__file__).with_suffix(".R").resolve()
        try:
            said = subprocess.run(
                [rscript, str(program), str(folder), str(len(weights)), str(len(margins))],
                capture_output=True, text=True, timeout=PATIENCE,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"did not end within {PATIENCE} s"
        if said.returncode:
            return said.stderr.strip().splitlines()[-1]
        return float(said.stdout), np.fromfile(folder / "raked.bin")


def show(title: str, outcome: tuple[float, np.ndarray] | str, own: np.ndarray) -> None:
    """Print a peer's time and how far its weights are from ours."""
    if isinstance(outcome, str):
        print(f"  {title:24} {outcome}")
        return
    seconds, weights = outcome
    apart = float(np.abs(weights / own - 1).max())
    print(f"  {title:24} {seconds:15.2f} s   (weights differ by {apart:.0e} at most)")


def main() -> int:
    """Time, print, and with ``--check`` fail where the bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[ROWS])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--no-r", action="store_true", help="leave R out")
    parser.add_argument("--no-svy", action="store_true", help="leave svy out")
    parser.add_argument("--check", action="store_true", help="fail if the bound is broken")
    arguments = parser.parse_args()
    print(
        f"raking to margins of {', '.join(map(str, SIZES))} categories; {processor()}, "
        f"{os.cpu_count()} processors; Python {platform.python_version()}, NumPy {np.__version__}; "
        f"{arguments.runs} runs"
    )
    broken = False
    for rows in arguments.rows:
        weights, margins = make_sample(rows)
        taken, raked = ours(weights, margins, arguments.runs)
        bound = BOUND if rows == ROWS else None
        broken = broken or bool(bound and min(taken) > bound)
        said = f"   (bound {bound} s)" if bound else ""
        best, median = min(taken), statistics.median(taken)
        print(f"\n{rows:,} rows")
        print(f"  {'tyndau':24} best {best:.3f} s, median {median:.3f} s{said}")
        if not arguments.no_svy:
            show("svy", theirs_svy(weights, margins), raked)
        if not arguments.no_r:
            show("R survey", theirs_r(weights, margins), raked)
    return int(arguments.check and broken)


def processor() -> str:
    """Name the processor, as far as the system tells."""
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
