"""Doing a job: the pipeline is called, its progress and its errors are written down.

In: a job that was taken and the study's folder. Out: the job, done or failed. A fault of ours
leaves its traceback in the terminal and a sentence in the page.
"""

import sys
import traceback
from pathlib import Path

from tyndau.base.errors import UserError
from tyndau.base.languages import Message
from tyndau.cli.output import print_line, print_problems
from tyndau_server import problems
from tyndau_server.jobs import queue
from tyndau_server.jobs.kinds import KINDS
from tyndau_server.jobs.models import Job


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
    kind = KINDS[job.kind]
    _print(kind.begun, job, language)
    try:
        kind.work()(job, folder)
    except UserError as error:
        queue.fail(job, error.problems)
        print_problems(error.problems, language, fatal=True)
    except Exception:  # noqa: BLE001 - the worker goes on with other studies, whatever this was
        fault = problems.FAULT.at(job=job.pk)
        print_problems([fault], language, fatal=True)
        traceback.print_exc()
        queue.fail(job, [fault])
    else:
        queue.finish(job)
        _print(kind.ended, job, language)
    kind.over(job, folder)


def _print(words: str, job: Job, language: str) -> None:
    print_line(Message(words, {"study": job.study}), language)
    sys.stdout.flush()
