"""The kinds of long work, and which function does each.

In: nothing. Out: `KINDS`. The queue knows no kind; the functions stand in the packages whose work
it is and are imported by the worker alone, since they bring all of the pipeline with them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tyndau.base.languages import N_
from tyndau_server.jobs.models import Job

Work = Callable[[Job, Path], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work.

    Attributes
    ----------
    module, function : str
        Where the function is: it takes the job and the study's folder.
    begun, ended : str
        English words for the terminal, with the placeholder ``study``.
    doing : str
        English words for the page while it is done.
    name : str
        English words for it in a list.
    aside : bool
        Whether it says nothing of how the study stands, however it ends.
    reads_interviews : bool
        Whether what goes wrong may name single interviews and what was answered in them.
    after : str
        A function of the same module that is called when the job is over, with job and folder;
        empty for none.
    soon : bool
        Whether somebody looks at what it tells, so that it is done beside long work.
    """

    module: str
    function: str
    begun: str
    ended: str
    doing: str
    name: str
    aside: bool = False
    reads_interviews: bool = False
    after: str = ""
    soon: bool = False

    def work(self) -> Work:
        """Return the function.

        Returns
        -------
        callable
            Of a job and a folder; raises what went wrong.
        """
        found: Work = getattr(import_module(self.module), self.function)
        return found

    def over(self, job: Job, folder: Path) -> None:
        """Do what comes after the work, done or failed.

        Parameters
        ----------
        job : Job
            The job.
        folder : Path
            The study's folder.
        """
        if self.after:
            after: Work = getattr(import_module(self.module), self.after)
            after(job, folder)


KINDS: Mapping[str, Kind] = {
    "simulate": Kind(
        "tyndau_server.analysis.work",
        "simulate",
        N_("Simulating interviews of {study}"),
        N_("Interviews of {study} are simulated"),
        N_("Interviews are being simulated"),
        N_("Simulating interviews"),
    ),
    "build": Kind(
        "tyndau_server.analysis.work",
        "build_results",
        N_("Building {study}"),
        N_("{study} is built"),
        N_("Being built"),
        N_("Building results"),
    ),
    "build-outside": Kind(
        "tyndau_server.analysis.work",
        "build_outside",
        N_("Building the customer's edition of {study}"),
        N_("The customer's edition of {study} is built"),
        N_("The customer's edition is being built"),
        N_("Building the customer's edition"),
    ),
    "bundle-export": Kind(
        "tyndau_server.bundle.work",
        "export",
        N_("Writing {study} into a bundle"),
        N_("{study} is written into a bundle"),
        N_("A bundle is being made"),
        N_("Making a bundle"),
        aside=True,
    ),
    "bundle-take-in": Kind(
        "tyndau_server.bundle.work",
        "take_in_upload",
        N_("Taking a study in from a bundle"),
        N_("A study was taken in from a bundle"),
        N_("Being taken in"),
        N_("Taking a study in"),
        aside=True,
    ),
    "print": Kind(
        "tyndau_server.paper.work",
        "print_questionnaires",
        N_("Printing questionnaires of {study}"),
        N_("Questionnaires of {study} are printed"),
        N_("Questionnaires are being printed"),
        N_("Printing questionnaires"),
        aside=True,
    ),
    "print-pay": Kind(
        "tyndau_server.control.print_pay",
        "print_pay",
        N_("Writing the register of pay of {study}"),
        N_("The register of pay of {study} is written"),
        N_("The register of pay is being written"),
        N_("Writing the register of pay"),
        aside=True,
    ),
    "print-papers": Kind(
        "tyndau_server.control.print_papers",
        "print_papers",
        N_("Making the papers of the field of {study}"),
        N_("The papers of the field of {study} are made"),
        N_("The papers of the field are being made"),
        N_("Making the papers of the field"),
        aside=True,
    ),
    "freeze": Kind(
        "tyndau_server.fieldwork.work",
        "freeze_interviews",
        N_("Freezing interviews of {study}"),
        N_("Interviews of {study} are frozen"),
        N_("A wave is being frozen"),
        N_("Freezing a wave"),
        aside=True,
        reads_interviews=True,
    ),
    "erase": Kind(
        "tyndau_server.fieldwork.work",
        "erase_interviews",
        N_("Erasing withdrawn interviews of {study}"),
        N_("Withdrawn interviews of {study} are erased"),
        N_("Withdrawn interviews are being erased"),
        N_("Erasing withdrawn interviews"),
        aside=True,
    ),
    "field": Kind(
        "tyndau_server.control.work",
        "count_field",
        N_("Counting the field of {study}"),
        N_("The field of {study} is counted"),
        N_("The field is being counted"),
        N_("Counting the field"),
        aside=True,
        reads_interviews=True,
        after="look_again",
        soon=True,
    ),
}
SOON = frozenset(name for name, kind in KINDS.items() if kind.soon)
