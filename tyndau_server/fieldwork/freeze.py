"""Freezing a wave of what came from the field: accepted interviews become data.

In: a study, the name of a wave. Out: a new revision, whole, or an error and nothing written. Only
current, complete, accepted interviews go in, never a pilot one; interviews on which nobody decided
stop it unless they are left out on purpose. What the revision was made from stands in its manifest:
versions with their digests, counts by state, a digest of the keys.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from tyndau.base.errors import Place, Problem, UserError
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.fieldwork.openrosa import Instance, read_instance
from tyndau.interchange import import_frame
from tyndau.interchange.into_wave import Taken, freeze_into
from tyndau.interchange.submissions import submissions_table
from tyndau.study import Study
from tyndau.waves import KEY, Wave, read_wave
from tyndau_server.audit import log
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.export import submissions_in_turn, versions_of
from tyndau_server.fieldwork.forms import known
from tyndau_server.fieldwork.links import too_strong
from tyndau_server.fieldwork.models import Instrument, Submission
from tyndau_server.fieldwork.ready import Ready, check_freeze, data_of_field
from tyndau_server.people.models import Person

_READING = N_("Reading the interviews: {population}")
_FREEZING = N_("Freezing the wave")
_DONE = N_("Frozen")
State = Submission.State


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was frozen.

    Attributes
    ----------
    wave : Wave
        The revision, read back.
    rows : dict of str to int
        Interviews by population that came from the field.
    problems : tuple of Problem
        Warnings.
    """

    wave: Wave
    rows: Mapping[str, int]
    problems: tuple[Problem, ...]


def freeze_wave(
    study: Study,
    wave: str,
    *,
    by: Person | None,
    revise: bool = False,
    without_undecided: bool = False,
    ignore: Collection[str] = (),
    progress: Progress = silent,
) -> Frozen:
    """Freeze what was accepted.

    Parameters
    ----------
    study : Study
        The study; its slug is the name of its folder.
    wave : str
        Name of the wave.
    by : Person or None
        Who freezes; None from the command line.
    revise : bool, default False
        Whether to make the next revision of a wave that is there.
    without_undecided : bool, default False
        Whether interviews on which nobody decided are left out on purpose.
    ignore : collection of str, optional
        Questions of other versions whose answers are left out on purpose.
    progress : Progress, optional
        Told of each step.

    Returns
    -------
    Frozen
        The new revision.

    Raises
    ------
    UserError
        If there is nothing to freeze, somebody has to decide first, the wave is there already, or
        answers contradict the form: nothing is written.
    """
    slug = study.folder.name
    plan = check_freeze(study, wave, revise=revise, without_undecided=without_undecided)
    parent = read_wave(study.folder, plan.wave) if plan.follows else None
    steps = len(plan.own) + 2
    taken, warnings = _take_all(study, plan.own, ignore, progress)
    progress(steps - 1, steps, Message(_FREEZING))
    rows = {name: len(one.frame) for name, one in taken.items()}
    # A revision never stands in the folder of which the log knows nothing, whatever dies when.
    log.write(
        "wave.freezing", actor=by, study=slug, subject=plan.wave,
        details={"interviews": rows, "without undecided": without_undecided},
    )  # fmt: skip
    frozen, dropped = freeze_into(study, plan.wave, taken, parent=parent)
    log.write("wave.frozen", actor=by, study=slug, subject=frozen.id, details={"interviews": rows})
    progress(steps, steps, Message(_DONE))
    return Frozen(frozen, rows, (*_warnings(study, plan.ready), *warnings, *dropped))


def _warnings(study: Study, ready: Collection[Ready]) -> Iterator[Problem]:
    incomplete = sum(one.incomplete for one in ready)
    if incomplete:
        yield problems.INCOMPLETE.at(count=incomplete)
    for one in ready:
        if one.population not in study.forms and one.ready:
            yield problems.FOREIGN_FORM.at(form=one.population, count=one.ready)
    yield from too_strong(study)


def _take_all(
    study: Study, own: Mapping[str, Ready], ignore: Collection[str], progress: Progress
) -> tuple[dict[str, Taken], list[Problem]]:
    """Read the accepted interviews of every questionnaire; raise all faults at once."""
    taken: dict[str, Taken] = {}
    warnings: list[Problem] = []
    faults: list[Problem] = []
    for number, (population, ready) in enumerate(own.items()):
        progress(number, len(own) + 2, Message(_READING, {"population": population}))
        try:
            taken[population], found = _take(study, ready, ignore)
        except UserError as error:
            faults += error.problems
        else:
            warnings += found
    if faults:
        raise UserError(*faults)
    return taken, warnings


def _take(study: Study, ready: Ready, ignore: Collection[str]) -> tuple[Taken, list[Problem]]:
    """Read the accepted interviews of a questionnaire as data."""
    population = ready.population
    versions = _versions(study, population)
    _refuse_others(study, population, versions, ignore)
    reading = _Reading(study.folder.name, population)
    xforms = [known(one).xform for one in versions]
    table = submissions_table(reading, study, population, versions=xforms)
    try:
        imported = import_frame(table, study, population, key=KEY)
    except UserError as error:
        raise UserError(*map(reading.named, error.problems)) from None
    source = _source(ready, versions, imported.frame.keys)
    return Taken(imported.frame, source), [reading.named(one) for one in imported.problems]


class _Reading:
    """The accepted interviews of a questionnaire, one after the other, remembering their names."""

    def __init__(self, study: str, population: str) -> None:
        self._population = population
        self._found = (
            data_of_field(study)
            .filter(state=State.ACCEPTED, complete=True, instrument__population=population)
            .order_by("received", "pk")
        )
        self._names: list[str] = []

    def __iter__(self) -> Iterator[tuple[str, Instance]]:
        for submission in submissions_in_turn(self._found):
            self._names.append(submission.instance_id)
            yield submission.key, read_instance(bytes(submission.xml))

    def named(self, problem: Problem) -> Problem:
        """Name the interview of which a problem speaks, instead of its row."""
        row = problem.place.row
        if not 0 < row <= len(self._names):
            return problem
        place = Place(f"{self._population}, {self._names[row - 1]}", column=problem.place.column)
        return replace(problem, place=place)


def _versions(study: Study, population: str) -> list[Instrument]:
    """Return the versions with which accepted interviews were made, the latest first."""
    used = set(
        data_of_field(study.folder.name)
        .filter(state=State.ACCEPTED, complete=True, instrument__population=population)
        .values_list("instrument", flat=True)
        .distinct()
    )
    return [one for one in versions_of(study.folder.name, population) if one.pk in used]


def _refuse_others(
    study: Study, population: str, versions: Collection[Instrument], ignore: Collection[str]
) -> None:
    """Refuse versions with questions that the study's form has not: their answers would be lost."""
    names = {question.name for question in study.forms[population].questions}
    faults = []
    for one in versions:
        items = known(one).wording.items
        asked = [item.path.rpartition("/")[2] for item in items if not item.note]
        others = [name for name in dict.fromkeys(asked) if name not in names and name not in ignore]
        if others:
            faults.append(
                problems.OTHER_VARIABLES.at(
                    Place(population), form=one.form_id, version=one.version, questions=others
                )
            )
    if faults:
        raise UserError(*faults)


def _source(
    ready: Ready, versions: Collection[Instrument], keys: Collection[str]
) -> dict[str, Any]:
    """Return what the manifest says of where the answers come from."""
    whole = "".join(f"{key}\n" for key in sorted(keys))
    return {
        "format": "submissions",
        "rows": len(keys),
        "key": KEY,
        "keys_sha256": sha256(whole.encode()).hexdigest(),
        "instruments": [
            {
                "form_id": one.form_id,
                "version": one.version,
                "sha256": one.sha256,
                "agreed_sha256": one.agreed_sha256,
            }
            for one in versions
        ],
        "counts": dict(ready.counts),
        "incomplete": ready.incomplete,
    }
