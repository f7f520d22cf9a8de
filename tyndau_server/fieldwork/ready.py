"""What stands ready to be frozen, and whether a wave can be made of it.

In: a study, the name of a wave. Out: counts, or an error; no interview is read. Pages ask this
before a job is made, so that whoever presses the button hears at once what is lacking.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tyndau.study import Study
from tyndau.waves.names import checked_wave_name, list_revisions
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.models import Submission

State = Submission.State


@dataclass(frozen=True, slots=True)
class Ready:
    """What of a questionnaire stands ready to be frozen.

    Attributes
    ----------
    population : str
        Which.
    ready : int
        Accepted, complete, current interviews.
    incomplete : int
        Accepted ones whose attachments are missing.
    undecided : int
        Those on which nobody decided, or which were returned and not corrected.
    counts : dict of str to int
        Current interviews that are no pilots, by state.
    """

    population: str
    ready: int
    incomplete: int
    undecided: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a freeze would take.

    Attributes
    ----------
    wave : str
        Name of the wave, as it is written.
    follows : bool
        Whether it would be a revision of a wave that is there.
    ready : tuple of Ready
        What there is.
    own : dict of str to Ready
        What would go in: questionnaires of the study with interviews.
    """

    wave: str
    follows: bool
    ready: tuple[Ready, ...]
    own: Mapping[str, Ready]


def readiness(study: str) -> tuple[Ready, ...]:
    """Tell what of a study stands ready to be frozen.

    Parameters
    ----------
    study : str
        Its slug.

    Returns
    -------
    tuple of Ready
        One for each questionnaire that has interviews.
    """
    rows = (
        data_of_field(study)
        .order_by("instrument__population")
        .values_list("instrument__population", "state")
        .annotate(all=Count("pk"), whole=Count("pk", filter=Q(complete=True)))
    )
    counts: dict[str, dict[str, int]] = {}
    whole: dict[str, int] = {}
    for population, state, number, complete in rows:
        counts.setdefault(population, {})[state] = number
        if state == State.ACCEPTED:
            whole[population] = complete
    return tuple(
        Ready(
            population=population,
            ready=whole.get(population, 0),
            incomplete=by_state.get(State.ACCEPTED, 0) - whole.get(population, 0),
            undecided=by_state.get(State.RECEIVED, 0) + by_state.get(State.RETURNED, 0),
            counts=by_state,
        )
        for population, by_state in counts.items()
    )


def check_freeze(
    study: Study, wave: str, *, revise: bool = False, without_undecided: bool = False
) -> Plan:
    """See whether a wave can be frozen, before its interviews are read.

    Parameters
    ----------
    study : Study
        The study; its slug is the name of its folder.
    wave : str
        Name of the wave.
    revise, without_undecided : bool, default False
        As of `freeze_wave`.

    Returns
    -------
    Plan
        What would be taken.

    Raises
    ------
    UserError
        If there is nothing to freeze, somebody has to decide first, or the wave is there already.
    """
    wave = checked_wave_name(wave)
    there = bool(list_revisions(study.folder, wave))
    if there and not revise:
        raise problems.WAVE_THERE.error(wave=wave)
    ready = readiness(study.folder.name)
    own = {one.population: one for one in ready if one.population in study.forms and one.ready}
    _refuse(ready, own, without_undecided=without_undecided)
    return Plan(wave, there, ready, own)


def data_of_field(study: str) -> QuerySet[Submission]:
    """Return the interviews that are or may become data.

    Parameters
    ----------
    study : str
        Its slug.

    Returns
    -------
    QuerySet of Submission
        Current versions, without pilots.
    """
    return Submission.objects.filter(study=study, current=True, pilot=False)


def _refuse(ready: Collection[Ready], own: Mapping[str, Ready], *, without_undecided: bool) -> None:
    """Refuse where there is nothing to freeze, or somebody has to decide first."""
    received = sum(one.counts.get(State.RECEIVED, 0) for one in ready)
    returned = sum(one.counts.get(State.RETURNED, 0) for one in ready)
    if not own:
        incomplete = sum(one.incomplete for one in ready)
        raise problems.NOTHING_ACCEPTED.error(received=received, incomplete=incomplete)
    if received + returned and not without_undecided:
        raise problems.UNDECIDED.error(received=received, returned=returned)
