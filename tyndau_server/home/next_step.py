"""The step that comes next in a study: one, said first on its page.

In: a standing and the doors of a person. Out: `NextStep`, the first of a list of rules that holds.
Who may not do it is told who does; of single interviews nobody hears who may not see them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.home.doors import Doors, roles_of
from tyndau_server.home.standing import Standing
from tyndau_server.people.words import ROLES


@dataclass(frozen=True, slots=True)
class _Kind:
    """A step as it is said.

    Attributes
    ----------
    what, why : str
        English words, with the placeholder ``count`` where there is something to count.
    button : str
        English words of what is pressed.
    route : str
        Where it is done; empty for what is done outside of the server.
    post : bool
        Whether it is done at once by a form.
    """

    what: str
    why: str
    button: str = ""
    route: str = ""
    post: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that comes next.

    Attributes
    ----------
    what, why : Message
        What is to be done, and why now.
    button : Message
        What is pressed; said only where there is an address.
    address : str
        Where it is done; empty where the person may not, or it is done outside of the server.
    post : bool
        Whether a form does it at once.
    who : tuple of Message
        Who does it, where the person may not.
    """

    what: Sayable
    why: Sayable
    button: Sayable
    address: str
    post: bool
    who: tuple[Sayable, ...]


_CORRECT = _Kind(
    N_("Correct the workbook"),
    N_("Errors: {count}. Each is told below with its place and what to do."),
    N_("Upload a corrected workbook"),
    "design",
)
_WAIT = _Kind(N_("The server is at work"), N_("The page shows by itself when it is done."))
_TRY_AGAIN = _Kind(
    N_("Look why the work failed"),
    N_("The last work on this study failed; the reasons are written down with their remedies."),
    N_("Show the work"),
    "jobs",
)
_SIMULATE = _Kind(
    N_("Simulate the interviews"),
    N_("The city is made up: its interviews are simulated and the results are built from them."),
    N_("Simulate and build"),
    "build",
    post=True,
)
_BUILD = _Kind(
    N_("Build the results"),
    N_("The last wave has no tables and reports yet."),
    N_("Build the results"),
    "build",
    post=True,
)
_SETTLE = _Kind(
    N_("Look at what could not be read: {count}"),
    N_("Something arrived from phones that could not be taken as an interview; it is kept."),
    N_("Show the quarantine"),
    "quarantine",
)
_DECIDE = _Kind(
    N_("Decide on the interviews that arrived: {count}"),
    N_("Only accepted interviews enter the wave. Those who were screened out are among them."),
    N_("Show the interviews"),
    "submissions",
)
_FREEZE = _Kind(
    N_("Freeze the wave"),
    N_("Accepted interviews: {count}. Frozen, they become a revision that is never rewritten."),
    N_("Freeze the wave"),
    "freeze",
)
_COLLECT = _Kind(
    N_("Interviews are being collected"),
    N_("Accepted so far: {count}."),
    N_("Show the interviews"),
    "submissions",
)
_OPEN_FIELD = _Kind(
    N_("Open the field"),
    N_("Agreed questionnaires: {count}. Phones get them once they are in the field."),
    N_("Show the questionnaires"),
    "instruments",
)
_AGREE = _Kind(
    N_("Have the questionnaires agreed"),
    N_("Issued and not agreed yet: {count}. Until then they collect test interviews only."),
    N_("Show the questionnaires"),
    "instruments",
)
_TRANSLATE = _Kind(
    N_("Add the texts that are missing"),
    N_("Some texts are written in one language only."),
    N_("Upload the workbook"),
    "design",
)
_ISSUE = _Kind(
    N_("Issue the questionnaires"),
    N_("A version is fixed as phones will get it, and can then be agreed."),
    N_("Issue a questionnaire"),
    "instruments",
)
# The sample is planned outside of the server: it is said, and holds nobody up.
_ISSUE_UNPLANNED = replace(
    _ISSUE,
    why=N_(
        "A version is fixed as phones will get it, and can then be agreed. The sample is not "
        "planned yet: the command tyndau sample does it, outside of this server."
    ),
)
_READ = _Kind(
    N_("The results are ready"),
    N_("Tables can be read here and all files downloaded."),
    N_("Read the tables"),
    "table",
)

_OF_INTERVIEWS = (_SETTLE, _DECIDE)

# Each rule returns how many there are of what it is about; None where it does not hold.
Rule = Callable[[Standing], int | None]


def _if(holds: bool, count: int = 0) -> int | None:
    return count if holds else None


def _waiting(standing: Standing) -> int | None:
    return standing.undecided or None


def _to_freeze(standing: Standing) -> int | None:
    """Freeze once the plan is fulfilled, or the field was closed, and no wave is there yet."""
    accepted = standing.accepted
    closed = not standing.instruments[Instrument.State.FIELD]
    # Some territories alone do not say that the plan is fulfilled.
    whole = not standing.limited
    enough = closed or (whole and standing.target and accepted >= standing.target)
    return _if(bool(accepted and enough and standing.wave is None), accepted)


def _to_open(standing: Standing) -> int | None:
    return standing.instruments[Instrument.State.AGREED] or None


def _to_agree(standing: Standing) -> int | None:
    of = standing.instruments
    return of[Instrument.State.DRAFT] + of[Instrument.State.SENT] or None


def _collecting(standing: Standing) -> int | None:
    in_field = bool(standing.instruments[Instrument.State.FIELD])
    return _if(in_field, standing.accepted)


_RULES: tuple[tuple[Rule, _Kind], ...] = (
    (lambda one: len(one.described.errors) or None, _CORRECT),
    (lambda one: _if(one.moving), _WAIT),
    (lambda one: _if(one.failed), _TRY_AGAIN),
    (lambda one: _if(one.described.fictional and not one.wave and not one.results), _SIMULATE),
    (lambda one: one.quarantined or None, _SETTLE),
    (_waiting, _DECIDE),
    (_to_freeze, _FREEZE),
    (_collecting, _COLLECT),
    (lambda one: _if(one.outdated), _BUILD),
    (lambda one: _if(one.results is not None), _READ),
    (lambda one: _if(not one.described.translated), _TRANSLATE),
    (_to_open, _OPEN_FIELD),
    (_to_agree, _AGREE),
    (lambda one: _if(not one.sampled), _ISSUE_UNPLANNED),
)


def next_step(standing: Standing, doors: Doors, population: str = "") -> NextStep:
    """Tell what comes next.

    Parameters
    ----------
    standing : Standing
        How the study stands.
    doors : Doors
        What the person may open.
    population : str, default ""
        Of the volume that is read first.

    Returns
    -------
    NextStep
        That of the first rule that holds; where none does, questionnaires are to be issued.
    """
    holding = (
        (count, kind)
        for rule, kind in _RULES
        if (kind not in _OF_INTERVIEWS or doors.may(kind.route))
        and (count := rule(standing)) is not None
    )
    count, kind = next(holding, (0, _ISSUE))
    parts = (population,) if kind is _READ else ()
    able = bool(kind.route) and (kind is not _READ or bool(population))
    address = doors.address(kind.route, *parts) if able else ""
    said = {"count": Number(count)}
    return NextStep(
        what=Message(kind.what, said),
        why=Message(kind.why, said),
        button=Message(kind.button),
        address=address,
        post=kind.post,
        who=() if address else _who(kind.route),
    )


def _who(route: str) -> tuple[Sayable, ...]:
    roles = roles_of(route)
    return tuple(words for role, words in ROLES.items() if role in roles)
