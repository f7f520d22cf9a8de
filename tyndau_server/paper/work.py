"""Printing questionnaires as a job of the queue: the files that are filled in by hand.

In: a job and the study's folder. Out: a PDF file for each questionnaire that can be typed in and
each language of the study, each whole or not there; those of other questionnaires go. Called by the
worker alone.
"""

import shutil
from pathlib import Path

from tyndau.base.languages import N_, Message
from tyndau.reporting.paper import print_form
from tyndau.study import load_study
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job
from tyndau_server.paper.printed import folder_of_printed, path_of
from tyndau_server.paper.seen import instruments_on_paper

_PRINTING = N_("Printing: {population}")


def print_questionnaires(job: Job, folder: Path) -> None:
    """Print what was issued of a study.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study's folder.

    Raises
    ------
    UserError
        If the study has errors or a file cannot be written.
    """
    study = load_study(folder)
    issued = instruments_on_paper(job.study, study)
    wanted = [(one, language) for one in issued for language in study.languages]
    for done, (instrument, language) in enumerate(wanted):
        said = Message(_PRINTING, {"population": instrument.population})
        queue.tell(job, done, len(wanted), said)
        path = path_of(instrument, language)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_suffix(".new.pdf")
        print_form(study, instrument.population, language, beside)
        beside.replace(path)
    kept = {one.sha256 for one in issued}
    place = folder_of_printed(job.study)
    for other in place.iterdir() if place.is_dir() else ():
        if other.name not in kept:
            shutil.rmtree(other, ignore_errors=True)
