"""Long work of the field: a wave frozen of accepted interviews, withdrawn interviews erased.

In: a job and a study's folder. Out: a revision in the folder, whole or not at all, or revisions
without what was withdrawn; meanwhile the job is told how far it is. Called by the worker alone.
"""

from datetime import datetime
from pathlib import Path

from tyndau.base.languages import Sayable
from tyndau.study import Study, load_study
from tyndau.waves import list_revisions, read_wave
from tyndau_server.analysis.request import request_results
from tyndau_server.fieldwork.erasing import erase_withdrawn
from tyndau_server.fieldwork.freeze import freeze_wave
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job


def freeze_interviews(job: Job, folder: Path) -> None:
    """Freeze a wave, and ask for its results.

    Parameters
    ----------
    job : Job
        The job; its arguments are ``wave``, ``revise``, ``without_undecided`` and ``ignore``.
    folder : Path
        The study.

    Raises
    ------
    UserError
        If it cannot be frozen: nothing is written.
    """
    study = load_study(folder)
    wave = str(job.arguments["wave"])

    def progress(done: int, total: int, what: Sayable) -> None:
        queue.tell(job, done, total, what)

    if job.attempts == 1 or not _done_before(study, wave, job.created):
        freeze_wave(
            study,
            wave,
            by=job.asked_by,
            revise=bool(job.arguments["revise"]),
            without_undecided=bool(job.arguments["without_undecided"]),
            ignore=job.arguments["ignore"],
            progress=progress,
        )
    request_results(folder)


def erase_interviews(job: Job, folder: Path) -> None:
    """Erase what was withdrawn, and ask for the results anew where a wave held it.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study.

    Raises
    ------
    UserError
        If a wave cannot be read or written: the job can be tried again.
    """

    def progress(done: int, total: int, what: Sayable) -> None:
        queue.tell(job, done, total, what)

    if erase_withdrawn(job.study, folder, progress):
        request_results(folder)


def _done_before(study: Study, wave: str, asked: datetime) -> bool:
    """Whether a worker that died had frozen it already."""
    if not list_revisions(study.folder, wave):
        return False
    manifest = read_wave(study.folder, wave).manifest
    # A revision's moment is whole seconds.
    return datetime.fromisoformat(manifest.created) >= asked.replace(microsecond=0)
