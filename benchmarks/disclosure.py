"""How long hiding takes: a table of 30 answers by 12 columns, and a volume of 100 tables.

Run ``.venv/bin/python benchmarks/disclosure.py [--runs K] [--check]``. People are made by a fixed
seed; rare answers and small columns are many, so that about a quarter of all cells hold fewer than
ten people. The table is hidden as if its numbers were published unrounded, which is the harder case
for the suppression; the volume, 20 questions by 5 banners, as editions publish it. Each time is for
thresholds, complementary suppression and the audit of every hidden cell together.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence

import numpy as np

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.disclosure import Hidden, People, Rules, hide
from tyndau.estimation import make_design
from tyndau.study.model import Thresholds
from tyndau.tabulation import Table, tabulate

SEED = 275
BOUND = 5.0  # seconds for the table, by docs/requirements.md
PEOPLE = 2_500


def make_people(variables: Sequence[tuple[str, int, float]]) -> Frame:
    """Make people with single responses, each of so many answers, the less even the smaller."""
    random = np.random.default_rng(SEED)
    columns = {}
    for name, answers, evenness in variables:
        shares = random.dirichlet(np.full(answers, evenness))
        values = random.choice(answers, PEOPLE, p=shares).astype(np.int32)
        categories = tuple(Category(f"c{at}", Text(ru=str(at))) for at in range(answers))
        variable = Variable(name, "single", Text(ru=name), categories)
        columns[name] = Column(variable, values, np.ones(PEOPLE, dtype=bool))
    return Frame(np.arange(PEOPLE).astype(str), columns)


def tabulated(frame: Frame, questions: Sequence[str], banners: Sequence[str]) -> list[Table]:
    """Tabulate each question by each banner."""
    design = make_design(len(frame))
    return [
        tabulate(frame, question, [(name, Text())], design=design, inference="none")
        for question in questions
        for name in banners
    ]


def table() -> tuple[list[Table], Frame]:
    """Return the table of 30 answers by 12 columns."""
    frame = make_people([("question", 30, 1.0), ("banner", 12, 4.0)])
    return tabulated(frame, ["question"], ["banner"]), frame


def volume() -> tuple[list[Table], Frame]:
    """Return the volume of 100 tables."""
    banners = [(f"b{at}", size, 4.0) for at, size in enumerate((2, 4, 5, 6, 8))]
    questions = [(f"q{at}", 4 + at % 5, 1.0) for at in range(20)]
    frame = make_people([*questions, *banners])
    return tabulated(frame, [name for name, _, _ in questions], [one[0] for one in banners]), frame


def timed(
    tables: list[Table], frame: Frame, runs: int, *, exact: bool
) -> tuple[list[float], Hidden]:
    """Hide several times."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        hidden = hide(tables, People.of(frame), Rules(Thresholds()), exact=exact)
        taken.append(time.perf_counter() - start)
    return taken, hidden


def main() -> int:
    """Time, print, and with ``--check`` fail where the bound is broken or the audit fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="fail if the bound is broken")
    arguments = parser.parse_args()
    print(
        f"{os.cpu_count()} processors; Python {platform.python_version()}, "
        f"NumPy {np.__version__}; {arguments.runs} runs"
    )
    broken = False
    for title, (tables, frame), exact in (
        ("a table of 30 x 12", table(), True),
        ("a volume of 100 tables", volume(), False),
    ):
        taken, hidden = timed(tables, frame, arguments.runs, exact=exact)
        cells = sum(one.percent.size for one in tables)
        audited = hidden.audit.asked
        bound = f"  (bound {BOUND} s)" if exact else ""
        median = statistics.median(taken)
        print(f"  {title:24} best {min(taken):6.2f} s, median {median:6.2f} s{bound}")
        print(
            f"  {'':24} {cells} cells, {hidden.suppression.primary.sum()} too small, "
            f"{audited.sum()} hidden, {hidden.suppression.programmes} programmes, "
            f"audit {'passed' if hidden.audit.passed else 'FAILED'}"
        )
        broken = broken or not hidden.audit.passed or (exact and min(taken) > BOUND)
    return int(arguments.check and broken)


if __name__ == "__main__":
    sys.exit(main())
