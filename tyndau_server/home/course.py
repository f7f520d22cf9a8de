"""The course of a study: its eight steps in order, how far each is, and where it is done.

In: a standing and the doors of a person. Out: steps, for the navigation of every page of the study
and for the study's own page. A step whose page is not made yet, or of which there is nothing to be
seen yet, has no address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau_server.analysis.browse import volumes
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.home.doors import Doors
from tyndau_server.home.standing import Standing

State = Literal["done", "open", "wrong", "later", "elsewhere"]

_STATES: Mapping[State, str] = {
    "done": N_("done"),
    "open": N_("under way"),
    "wrong": N_("needs correction"),
    "later": N_("to come"),
    "elsewhere": N_("outside of the server"),
}
_COLOURS: Mapping[State, str] = {"done": "success", "open": "warning", "wrong": "error"}

_NO_TEXTS = N_("Texts are missing in one of the languages")
_WHOLE = N_("Complete in both languages")
_ERRORS = N_("Errors to correct: {count}")
_PLANNED = N_("Planned interviews: {count}")
_DRAWN = N_("Drawn")
_NOT_DRAWN = N_("Not drawn")
_PLANNED_ELSEWHERE = N_("The plan is not kept here")
_ASKED_ELSEWHERE = N_("The answers did not come through this server")
_IN_FIELD = N_("In the field: {count}")
_AGREED = N_("Agreed: {count}")
_ISSUED = N_("Issued, not agreed: {count}")
_NONE_ISSUED = N_("Not issued")
_MADE = N_("Made: {made}; accepted: {accepted}")
_MADE_OF = N_("Made: {made} of {target}; accepted: {accepted}")
_OWN = N_("In your territories: {fact}")
_NOT_COUNTED = N_("Arrived: {count}; not counted yet")
_NONE_RECEIVED = N_("No interviews yet")
_IN_WAVE = N_("In the wave: {count}")
_QUALITY_LATER = N_("Comes with a later version")
_FROZEN = N_("Waves: {count}; the last one in revision {revision}")
_NOT_FROZEN = N_("Not frozen")
_QUESTIONS = N_("Questions: {count}")
_NOT_BUILT = N_("Not built")
_FILES = N_("Files: {count}")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the course.

    Attributes
    ----------
    key : str
        ``design``, ``sample``, ``questionnaires``, ``field``, ``quality``, ``wave``, ``tables`` or
        ``reports``.
    name : Message
        What it is called.
    state : {"done", "open", "wrong", "later", "elsewhere"}
        How far it is; ``elsewhere`` what a wave shows to be done, and of which nothing is known.
    fact : Message
        The one thing to know of it.
    address : str
        Where it is done; empty where nothing can be opened.
    current : bool
        Whether the page that is shown belongs to it.
    """

    key: str
    name: Sayable
    state: State
    fact: Sayable
    address: str
    current: bool

    @property
    def colour(self) -> str:
        """The colour of its badge, as classes call it; empty for none."""
        return _COLOURS.get(self.state, "")

    @property
    def state_said(self) -> Message:
        """Its state in words."""
        return Message(_STATES[self.state])


Told = tuple[State, Sayable]


def _count(words: str, **counts: int) -> Message:
    return Message(words, {name: Number(count) for name, count in counts.items()})


def _design(standing: Standing) -> Told:
    described = standing.described
    if described.errors:
        return "wrong", _count(_ERRORS, count=len(described.errors))
    return ("done", Message(_WHOLE)) if described.translated else ("open", Message(_NO_TEXTS))


def _sample(standing: Standing) -> Told:
    if standing.sampled:
        words = _count(_PLANNED, count=standing.planned) if standing.planned else Message(_DRAWN)
        return "done", words
    if standing.wave:
        return "elsewhere", Message(_PLANNED_ELSEWHERE)
    return "later", Message(_NOT_DRAWN)


def _questionnaires(standing: Standing) -> Told:
    of = standing.instruments
    if of[Instrument.State.FIELD]:
        return "done", _count(_IN_FIELD, count=of[Instrument.State.FIELD])
    if agreed := of[Instrument.State.AGREED] + of[Instrument.State.CLOSED]:
        return "done", _count(_AGREED, count=agreed)
    if issued := of[Instrument.State.DRAFT] + of[Instrument.State.SENT]:
        return "open", _count(_ISSUED, count=issued)
    if standing.wave:
        return "elsewhere", Message(_ASKED_ELSEWHERE)
    return "later", Message(_NONE_ISSUED)


def _field(standing: Standing) -> Told:
    if not standing.arrived:
        wave = standing.wave
        if wave and wave.interviews is not None:
            return "done", _count(_IN_WAVE, count=wave.interviews)
        if wave:  # of which the manifest is damaged, as the page says
            return "elsewhere", Message(_ASKED_ELSEWHERE)
        return "later", Message(_NONE_RECEIVED)
    if standing.total.moment is None:
        return "open", _count(_NOT_COUNTED, count=standing.arrived)
    counts = {"made": standing.total.sums.done, "accepted": standing.accepted}
    if standing.target:
        state: State = "done" if standing.accepted >= standing.target else "open"
        return state, _own(standing, _count(_MADE_OF, target=standing.target, **counts))
    return "open", _own(standing, _count(_MADE, **counts))


def _own(standing: Standing, fact: Message) -> Message:
    """Say whose numbers they are where they are not of the whole study."""
    return Message(_OWN, {"fact": fact}) if standing.limited else fact


def _quality(standing: Standing) -> Told:
    del standing  # nothing of it is known yet
    return "later", Message(_QUALITY_LATER)


def _wave(standing: Standing) -> Told:
    if standing.wave is None:
        return "later", Message(_NOT_FROZEN)
    return "done", Message(
        _FROZEN,
        {"count": len(standing.described.waves), "revision": standing.wave.revision},
    )


def _tables(standing: Standing) -> Told:
    questions = sum(len(volume.questions) for volume in volumes(standing.results).values())
    if not questions:
        return "later", Message(_NOT_BUILT)
    return ("open" if standing.outdated else "done"), _count(_QUESTIONS, count=questions)


def _reports(standing: Standing) -> Told:
    if standing.results is None or not standing.results.files:
        return "later", Message(_NOT_BUILT)
    state: State = "open" if standing.outdated else "done"
    return state, _count(_FILES, count=len(standing.results.files))


@dataclass(frozen=True, slots=True)
class _Kind:
    """A step as every study has it: its name, how it is told of, which routes belong to it.

    The first route is where the step is done; one such as ``design-upload`` belongs to ``design``.
    """

    name: str
    told: Callable[[Standing], Told]
    routes: tuple[str, ...]


_OF_DESIGN = ("design", "design-version", "design-compare", "design-staged")

_COURSE: Mapping[str, _Kind] = {
    "design": _Kind(N_("Design"), _design, _OF_DESIGN),
    "sample": _Kind(N_("Sample"), _sample, ()),
    "questionnaires": _Kind(N_("Questionnaires"), _questionnaires, ("instruments", "instrument")),
    "field": _Kind(
        N_("Fieldwork"),
        _field,
        (
            "field",
            "assignments",
            "assignment",
            "alerts",
            "alert",
            "questions",
            "question",
            "submissions",
            "submission",
            "attachment",
            "quarantine",
            "quarantined",
            "export",
            "papers",
        ),
    ),
    "quality": _Kind(N_("Quality"), _quality, ()),
    "wave": _Kind(N_("Wave"), _wave, ("freeze",)),
    "tables": _Kind(N_("Tables"), _tables, ("table", "chart")),
    "reports": _Kind(N_("Reports"), _reports, ("file",)),
}


def course(standing: Standing, doors: Doors, route: str = "") -> tuple[Step, ...]:
    """Return the course of a study.

    Parameters
    ----------
    standing : Standing
        How it stands.
    doors : Doors
        What the person may open.
    route : str, default ""
        Name of the route of the page that is shown.

    Returns
    -------
    tuple of Step
        In the order of the work.
    """
    return tuple(_step(key, kind, standing, doors, route) for key, kind in _COURSE.items())


def _step(key: str, kind: _Kind, standing: Standing, doors: Doors, route: str) -> Step:
    state, fact = kind.told(standing)
    return Step(
        key=key,
        name=Message(kind.name),
        state=state,
        fact=fact,
        address=_address(key, kind, standing, doors),
        current=route.partition("-")[0] in kind.routes,
    )


def _address(key: str, kind: _Kind, standing: Standing, doors: Doors) -> str:
    """Return where a step is done; results have a page only once they are built."""
    if key == "tables":
        populations = list(volumes(standing.results))
        return doors.address("table", populations[0]) if populations else ""
    if key == "reports":
        there = standing.results and standing.results.files and doors.may("file")
        return f"{doors.address('study')}#files" if there else ""
    if key == "field" and not doors.may("field"):
        return doors.address("field-progress")
    return doors.address(kind.routes[0]) if kind.routes else ""
