"""Long work of the analysis: results built, interviews of a fictional study simulated.

In: a job and a study's folder. Out: what the pipeline writes into the folder, whole or not at all;
meanwhile the job is told how far it is. Called by the worker alone.
"""

import time
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from tyndau.base.languages import N_, Message, Sayable
from tyndau.cli.main import make
from tyndau.reporting.build import build
from tyndau.reporting.editions import MASTER, Edition
from tyndau_server.analysis.shown import OUTSIDE
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job

# How many interviews a fictional study without any gets, and where chance begins.
INTERVIEWS = 2500
SEED = 2026

_SECONDS_BETWEEN_WRITES = 0.5
_SIMULATING = N_("Simulating {count} interviews")


def build_results(job: Job, folder: Path) -> None:
    """Build the results of a study.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study.
    """
    _build(job, folder, MASTER)


def build_outside(job: Job, folder: Path) -> None:
    """Build of the results what the customer is shown.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study.
    """
    _build(job, folder, OUTSIDE)


def _build(job: Job, folder: Path, edition: Edition) -> None:
    written = 0.0

    def progress(done: int, total: int, what: Sayable) -> None:
        nonlocal written
        if time.monotonic() - written >= _SECONDS_BETWEEN_WRITES:
            written = time.monotonic()
            queue.tell(job, done, total, what)

    build(folder, edition=edition, progress=progress)


def simulate(job: Job, folder: Path) -> None:
    """Simulate the interviews of a fictional study.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study.
    """
    queue.tell(job, 0, 0, Message(_SIMULATING, {"count": INTERVIEWS}))
    command = ["simulate", str(folder), "--interviews", str(INTERVIEWS), "--seed", str(SEED)]
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        make("en").main(command, "tyndau", standalone_mode=False)
