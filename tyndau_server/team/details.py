"""Details of decisions in words: what the log keeps under short names, as people read it.

In: an entry of the log. Out: lines, each with what it is and what it holds. Names and codes of a
study stay as they are. Whoever writes a detail of a new name adds its words here; one that is not
here is shown as it was written.
"""

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qsl

from tyndau.base.languages import N_, Message, Sayable
from tyndau_server.audit.models import Entry
from tyndau_server.control.grouped import name_of_rule
from tyndau_server.fieldwork.advice import advice
from tyndau_server.fieldwork.filters import DATA, PILOT
from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.words import submission_badge
from tyndau_server.people.words import ROLES

NAMES: Mapping[str, str] = {
    "administrator": N_("Administrator of the server"),
    "alerts": N_("Alerts"),
    "amount": N_("Sum in tenge"),
    "as": N_("As it was in version"),
    "before": N_("State before"),
    "bundle": N_("Digest of the bundle"),
    "changed": N_("Files that changed"),
    "code": N_("Code"),
    "count": N_("How many"),
    "days": N_("Days"),
    "entries": N_("Entries typed in"),
    "fields": N_("Questions settled"),
    "files": N_("Files"),
    "filters": N_("Filters"),
    "format": N_("Format"),
    "forms": N_("Questionnaires"),
    "interviewer": N_("Interviewer"),
    "interviewers": N_("Interviewers"),
    "interviews": N_("Number of interviews"),
    "kk": N_("Title in Kazakh"),
    "known": N_("Here before"),
    "language": N_("Language of messages on the phone"),
    "left": N_("Interviews left"),
    "link": N_("Number of the link"),
    "note": N_("Note"),
    "phone": N_("Phone"),
    "photos": N_("Badges with a photo"),
    "pilot": N_("Pilot"),
    "points": N_("Points"),
    "population": N_("Questionnaire"),
    "proof": N_("Who agreed and when"),
    "reason": N_("Reason"),
    "refused": N_("Not taken"),
    "repeat": N_("Repeated questions"),
    "replaced": N_("In the place of another"),
    "role": N_("Role"),
    "rows": N_("Rows taken in"),
    "ru": N_("Title in Russian"),
    "rule": N_("Rule"),
    "sha256": N_("Digest of form and media (SHA-256)"),
    "sheet": N_("Number of the sheet"),
    "substitute": N_("Substitute point"),
    "taken": N_("Taken in"),
    "territories": N_("Territories"),
    "to": N_("Handed over to"),
    "token": N_("Number of the phone's code"),
    "turn": N_("Which entry"),
    "version": N_("Version"),
    "versions": N_("Versions"),
    "why it lay there": N_("Why it lay in quarantine"),
    "without undecided": N_("Without those that are not decided"),
}
_LANGUAGES = {"": N_("as the phone is set"), "kk": "Қазақша", "ru": "Русский", "en": "English"}
_KINDS = {DATA: N_("Data"), PILOT: N_("Pilot")}
_NOTHING = "–"
_ALL = N_("all")
_TRUTHS = {True: N_("yes"), False: N_("no")}
_FROM_TO = N_("{name}: {before} → {after}")
_FORMATS = {"csv": "CSV", "csv-excel": N_("CSV for Excel"), "sav": "SPSS"}
_FILTERS: Mapping[str, str] = {
    "state": N_("State"),
    "form": N_("Questionnaire"),
    "interviewer": N_("Interviewer"),
    "first": N_("From the day"),
    "last": N_("to the day"),
    "incomplete": N_("Attachments are missing"),
    "kind": N_("Kind"),
    "text": N_("Number of the interview"),
}
_FILTER = N_("{name}: {value}")
_LISTED = N_("{first}; {rest}")
# Where an empty list means that nothing is narrowed.
_ALL_IF_EMPTY = ("forms", "territories")


def details(entry: Entry, reason: str = "") -> list[tuple[Sayable, Sayable]]:
    """Return the details of a decision in lines.

    Parameters
    ----------
    entry : Entry
        Of the log.
    reason : str, optional
        Why it was decided, where the log itself does not hold it.

    Returns
    -------
    list of tuple
        What each is, empty where its words say it themselves; and what it holds.
    """
    held = {**entry.details, **({"reason": reason} if reason else {})}
    before, after = held.get("before"), held.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        return [("", line) for line in _changed(before, after)]
    return [
        (_name(key), _said(key, value)) for key, value in held.items() if value not in ("", [], {})
    ]


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Sayable]:
    """Go through what is not as it was."""
    for key, value in after.items():
        if key in before and before[key] != value:
            was, now = _said(key, before[key]), _said(key, value)
            yield Message(_FROM_TO, {"name": _name(key), "before": was, "after": now})


def _name(key: str) -> Sayable:
    return Message(NAMES[key]) if key in NAMES else key


def _said(key: str, value: object) -> Sayable:
    """Return what a detail holds, in words where there are some."""
    if isinstance(value, bool):
        return Message(_TRUTHS[value])
    if isinstance(value, list):
        nothing: Sayable = Message(_ALL) if key in _ALL_IF_EMPTY else _NOTHING
        return ", ".join(map(str, value)) if value else nothing
    if isinstance(value, dict):
        return "; ".join(f"{name}: {one}" for name, one in value.items())
    words = _WORDS.get(key)
    return words(str(value)) if words else str(value) or _NOTHING


def _state(value: str) -> Sayable:
    return submission_badge(value).said if value in Submission.State.values else value


def _format(value: str) -> Sayable:
    return Message(_FORMATS[value]) if value in _FORMATS else value


def _filters(value: str) -> Sayable:
    """Say the filters of a list as its page does."""
    said: Sayable = ""
    for name, one in reversed(parse_qsl(value)):
        words = Message(_FILTERS[name]) if name in _FILTERS else name
        shown = {"name": words, "value": _filtered(name, one)}
        line = Message(_FILTER, shown)
        said = Message(_LISTED, {"first": line, "rest": said}) if said else line
    return said


def _filtered(name: str, value: str) -> Sayable:
    if name == "state":
        return _state(value)
    if name == "kind":
        return Message(_KINDS[value]) if value in _KINDS else value
    return Message(_TRUTHS[True]) if value == "yes" else value


def _rule(value: str) -> Sayable:
    """Say a rule, or several that one decision settled."""
    said: Sayable = ""
    for name in reversed(value.split(", ")):
        one: Sayable = name_of_rule(name)
        said = Message(_LISTED, {"first": one, "rest": said}) if said else one
    return said


def _language(value: str) -> Sayable:
    return Message(_LANGUAGES[value]) if value in _LANGUAGES else value


_WORDS: Mapping[str, Callable[[str], Sayable]] = {
    "before": _state,
    "filters": _filters,
    "format": _format,
    "language": _language,
    "rule": _rule,
    "role": lambda value: ROLES.get(value, value),
    "why it lay there": lambda value: advice(value).what,
}
