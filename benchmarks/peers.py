"""How long others take for the tables of `benchmarks/tables.py`: R's survey, and svy.

In: a sample and how many tables of each kind are asked for. Out: seconds for percentages with
standard errors of all of them, extrapolated from some, or why there are none. Reading the sample
and making the design are not counted. Either is stopped after `LIMIT` seconds.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from tyndau.base.frames import Frame
from tyndau.estimation import Design

LIMIT = 150  # seconds for one peer, size and work


@dataclass(frozen=True)
class Shape:
    """How many questions of one answer and of several, answers of these, and banners."""

    singles: int
    multiples: int
    answers: int
    banners: int

    def part(self, rows: int) -> "Shape":
        """Return the part that is timed: little of a large sample."""
        if rows > 20_000:
            return Shape(1, 0, self.answers, 1)
        return Shape(2, 1, self.answers, self.banners)

    def whole(self, timed: "Shape", single: float, multiple: float) -> tuple[float, str]:
        """Extrapolate from what was timed, and say so."""
        by_banners = self.banners / timed.banners
        total = single / timed.singles * self.singles * by_banners
        tables = timed.singles * timed.banners
        note = f"extrapolated from {tables} table{'s' * (tables > 1)} of one answer"
        if not timed.multiples:
            return total, f"{note}; multiple responses left out"
        total += multiple / timed.multiples * self.multiples * by_banners
        return total, f"{note} and {timed.multiples * timed.banners} of several"


def survey(
    frame: Frame, design: Design, shape: Shape, *, whole: bool = False
) -> tuple[float | None, str]:
    """Time R's survey, with intervals and tests or without; None where it does not finish."""
    rscript = shutil.which("Rscript")
    asking = [rscript or "", "-e", 'cat(as.character(packageVersion("survey")))']
    asked = subprocess.run(asking, capture_output=True, text=True) if rscript else None
    if rscript is None or asked is None or asked.returncode:
        return None, "R or its package survey is not installed"
    program = [rscript, str(Path(__file__).with_name("tables.R"))]
    work = "whole" if whole else "percentages"
    return timed(program, work, f"survey {asked.stdout}", frame, design, shape)


def svy(frame: Frame, design: Design, shape: Shape) -> tuple[float | None, str]:
    """Time svy; None where it does not finish."""
    program = [sys.executable, __file__]
    return timed(program, "percentages", f"svy {version('svy')}", frame, design, shape)


def timed(
    program: list[str], work: str, name: str, frame: Frame, design: Design, shape: Shape
) -> tuple[float | None, str]:
    """Let a program say how long a part of the tables takes it, and extrapolate."""
    part = shape.part(len(frame))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.csv"
        write_sample(frame, design, part, file)
        numbers = [str(number) for number in (part.singles, part.multiples, part.banners)]
        try:
            said = subprocess.run(
                [*program, str(file), *numbers, work],
                capture_output=True, text=True, check=True, timeout=LIMIT,
            ).stdout  # fmt: skip
        except subprocess.TimeoutExpired:
            tables = (part.singles + part.multiples) * part.banners
            return None, f"{name} stopped after {LIMIT} s without {tables} of the tables"
    single, multiple = (float(seconds) for seconds in said.split())
    seconds, note = shape.whole(part, single, multiple)
    return seconds, f"{name}, {note}"


def write_sample(frame: Frame, design: Design, part: Shape, file: Path) -> None:
    """Write what a part of the tables needs, a multiple response as a column an answer."""
    names = ["stratum", "cluster", "weight"]
    values = [design.stratum, design.first.cluster, design.weights]
    for letter, count in (("b", part.banners), ("q", part.singles), ("m", part.multiples)):
        for name in (f"{letter}{number}" for number in range(1, count + 1)):
            given = frame[name].values
            if letter == "m":
                names += [f"{name}_{number}" for number in range(1, part.answers + 1)]
                values += list(given.astype(np.int8).T)
            else:
                names.append(name)
                values.append(given)
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows(zip(*(value.tolist() for value in values), strict=True))


def time_svy(file: str, singles: int, multiples: int, banners: int) -> None:
    """Print the seconds that svy takes for each kind of tables."""
    import polars
    from svy import Design as SvyDesign
    from svy import Sample

    data = polars.read_csv(file)
    sample = Sample(data, SvyDesign(stratum="stratum", psu="cluster", wgt="weight"))
    by = [None, *(f"b{number}" for number in range(1, banners + 1))]
    answers = {
        f"m{number}": [name for name in data.columns if name.startswith(f"m{number}_")]
        for number in range(1, multiples + 1)
    }

    def once(work: Callable[[str | None], object]) -> float:
        start = time.perf_counter()
        for banner in by:
            work(banner)
        return time.perf_counter() - start

    def single(banner: str | None) -> None:
        for number in range(1, singles + 1):
            sample.estimation.prop(f"q{number}", by=banner)

    def multiple(banner: str | None) -> None:
        for names in answers.values():
            sample.estimation.mean(names, by=banner)

    # Three times, since another program may have been in the way.
    print(*(min(once(work) for _ in range(3)) for work in (single, multiple)))


if __name__ == "__main__":
    time_svy(sys.argv[1], *(int(number) for number in sys.argv[2:5]))
