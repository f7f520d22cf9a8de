"""Asking for what a study lacks: its simulated interviews, its results.

In: studies as they are described. Out: jobs in the queue. Whether results are up to date is asked
of the build itself, which sees in seconds that nothing changed.
"""

from collections.abc import Iterable
from pathlib import Path

from tyndau_server.jobs.queue import enqueue
from tyndau_server.studies.described import describe


def request_results(folder: Path) -> None:
    """Ask for the results of a study; of a fictional one without a wave for the wave first.

    Parameters
    ----------
    folder : Path
        The study. One that has errors, or that is real and was not in the field, gets no job.
    """
    described = describe(folder)
    if described.errors:
        return
    if not described.waves and described.fictional:
        enqueue(described.slug, "simulate")
    if described.waves or described.fictional:
        enqueue(described.slug, "build")
        enqueue(described.slug, "build-outside")


def request_all(folders: Iterable[Path]) -> None:
    """Ask for the results of every study.

    Parameters
    ----------
    folders : iterable of Path
        The studies. The shorter work comes first, so that the first results show soon.
    """
    for folder in sorted(folders, key=lambda folder: not describe(folder).waves):
        request_results(folder)
