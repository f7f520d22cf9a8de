"""Doing a job: the pipeline is called, its progress and its errors are written down.

In: a job that was taken and the study's folder. Out: the job, done or failed. A fault of ours
leaves its traceback in the terminal and a sentence in the page.
"""

import sys
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message, Sayable
from tyndau.cli.main import make
from tyndau.cli.output import print_line, print_problems
from tyndau.reporting import build
from tyndau_server import problems
from tyndau_server.studies.jobs import queue
from tyndau_server.studies.models import Job

# How many interviews a fictional study without any gets, and where chance begins.
INTERVIEWS = 2500
SEED = 2026

_SECONDS_BETWEEN_WRITES = 0.5
_SIMULATING = N_("Simulating {count} interviews")
_BUILDING = N_("Building {study}")
_BUILT = N_("{study} is built")
_SIMULATED = N_("Interviews of {study} are simulated")
_SIMULATING_STUDY = N_("Simulating interviews of {study}")
_SAID = {
    Job.Kind.SIMULATE: (_SIMULATING_STUDY, _SIMULATED),
    Job.Kind.BUILD: (_BUILDING, _BUILT),
}


def do(job: Job, folder: Path, language: str) -> None:
    """Do a job.

    Parameters
    ----------
    job : Job
        The job, taken.
    folder : Path
        The study's folder.
    language : str
        What the terminal is told in.
    """
    kind = Job.Kind(job.kind)
    begun, ended = _SAID[kind]
    _print(begun, job, language)
    try:
        _WORK[kind](job, folder)
    except UserError as error:
        queue.fail(job, error.problems)
        print_problems(error.problems, language, fatal=True)
    except Exception:  # noqa: BLE001 - the worker goes on with other studies, whatever this was
        traceback.print_exc()
        queue.fail(job, [problems.FAULT.at()])
    else:
        queue.finish(job)
        _print(ended, job, language)


def _print(words: str, job: Job, language: str) -> None:
    print_line(Message(words, {"study": job.study}), language)
    sys.stdout.flush()


def _build(job: Job, folder: Path) -> None:
    written = 0.0

    def progress(done: int, total: int, what: Sayable) -> None:
        nonlocal written
        if time.monotonic() - written >= _SECONDS_BETWEEN_WRITES:
            written = time.monotonic()
            queue.tell(job, done, total, what)

    build(folder, progress=progress)


def _simulate(job: Job, folder: Path) -> None:
    queue.tell(job, 0, 0, Message(_SIMULATING, {"count": INTERVIEWS}))
    command = ["simulate", str(folder), "--interviews", str(INTERVIEWS), "--seed", str(SEED)]
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        make("en").main(command, "tyndau", standalone_mode=False)


_WORK: dict[Job.Kind, Callable[[Job, Path], None]] = {
    Job.Kind.SIMULATE: _simulate,
    Job.Kind.BUILD: _build,
}
