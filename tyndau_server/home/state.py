"""How far a study is: in words, with what is wrong and what is to be done.

In: how a study stands, what the person who asks may open. Out: `State`, one word for the list of
studies and the head of a page, and the progress of the work that runs. Nothing is remembered.
"""

from dataclasses import dataclass
from typing import Any, Literal

from tyndau.base.languages import N_, Message
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.home.doors import Doors
from tyndau_server.home.standing import Standing
from tyndau_server.jobs.kinds import KINDS
from tyndau_server.jobs.models import Job
from tyndau_server.look.wrong import in_every_language
from tyndau_server.problems import TOLD_TO_OTHERS

Key = Literal["error", "waiting", "working", "built", "collected", "field", "ready", "draft"]

_NAMES: dict[Key, str] = {
    "error": N_("Needs correction"),
    "waiting": N_("Waiting for its turn"),
    "built": N_("Results are built"),
    "collected": N_("Interviews are in, results are not built"),
    "field": N_("Fieldwork is under way"),
    "ready": N_("Ready for fieldwork"),
    "draft": N_("Draft: texts are missing in one of the languages"),
}


@dataclass(frozen=True, slots=True)
class State:
    """How far a study is.

    Attributes
    ----------
    key : str
        ``error``, ``waiting``, ``working``, ``built``, ``collected``, ``field``, ``ready`` or
        ``draft``.
    name : str
        English words for it, to be said.
    done, total : int
        Steps of the job that runs; 0 of 0 where none runs or it is not known.
    words : dict of str to str
        What the job does now, by language.
    problems : tuple of dict
        What is wrong: ``code`` and, by language, ``where``, ``what`` and ``remedy``.
    """

    key: Key
    name: str
    done: int = 0
    total: int = 0
    words: dict[str, str] | None = None
    problems: tuple[dict[str, Any], ...] = ()

    @property
    def said(self) -> Message:
        """The state in words."""
        return Message(self.name)

    @property
    def percent(self) -> int:
        """How much of the job is done, 0 to 100."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def moving(self) -> bool:
        """Whether the page should look again."""
        return self.key in ("waiting", "working")


def state_of(standing: Standing, doors: Doors) -> State:
    """Tell how far a study is.

    Parameters
    ----------
    standing : Standing
        How it stands.
    doors : Doors
        What the person who asks may open.

    Returns
    -------
    State
        What is wrong comes first, then what is going on, then what there is.
    """
    described, job = standing.described, standing.job
    if described.errors:
        return _state("error", problems=tuple(map(in_every_language, described.errors)))
    if job and job.state == Job.State.RUNNING:
        return State("working", KINDS[job.kind].doing, job.done, job.total, job.words)
    if job and job.state == Job.State.WAITING:
        return _state("waiting")
    if job and job.state == Job.State.FAILED:
        return _state("error", problems=told(job, doors))
    return _state(_reached(standing))


def told(job: Job, doors: Doors) -> tuple[dict[str, Any], ...]:
    """Say why work failed to those who work on it.

    Why a build failed may tell a number that the customer must not see; why a freeze failed, what
    somebody answered.

    Parameters
    ----------
    job : Job
        The work.
    doors : Doors
        What the person who asks may open.

    Returns
    -------
    tuple of dict
        As in `State.problems`.
    """
    route = "export" if KINDS[job.kind].reads_interviews else "jobs"
    if job.problems and not doors.may(route):
        return (in_every_language(TOLD_TO_OTHERS.at()),)
    return tuple(job.problems)


def _reached(standing: Standing) -> Key:
    if standing.results:
        return "built"
    if standing.described.waves:
        return "collected"
    if standing.arrived or standing.instruments[Instrument.State.FIELD]:
        return "field"
    return "ready" if standing.described.translated else "draft"


def _state(key: Key, problems: tuple[dict[str, Any], ...] = ()) -> State:
    return State(key, _NAMES[key], problems=problems)
