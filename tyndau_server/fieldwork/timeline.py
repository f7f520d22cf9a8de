"""How an interview was made, question by question, from the log that the phone kept.

In: an interview's form and its file ``audit.csv``. Out: `Timeline`. Phones' clocks are not trusted:
what is shown are durations, and moments as the phone told them.
"""

from dataclasses import dataclass
from datetime import tzinfo

from tyndau.base.languages import Sayable
from tyndau.fieldwork.paradata import Audit, read_audit
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.forms import Known
from tyndau_server.fieldwork.interview import plain
from tyndau_server.fieldwork.models import Attachment

NAME = "audit.csv"
# A log of a day's interview has a few hundred kilobytes; what is larger is downloaded, not shown.
_MOST_BYTES = 5_000_000
# Of this share of the longest question, a bar in the page is drawn.
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A question in the order of its first visit.

    Attributes
    ----------
    name : str
        Of the question, with rounds of repeats.
    label : Text or str
        Its wording.
    seconds : int
        How long it was on the screen, all visits together.
    share : int
        Of the longest, 0 to 100.
    """

    name: str
    label: Sayable
    seconds: int
    share: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """How an interview was made.

    Attributes
    ----------
    steps : tuple of Step
        In the order of asking.
    minutes : int
        How long somebody looked at the form.
    began : str
        When, by the phone's clock, in the study's zone; empty where the log is empty.
    steps_back : int
        How often somebody went back to an earlier question.
    openings : int
        How often the interview was opened; more than one where it was broken off.
    languages : tuple of str
        To which languages it was switched, in order; empty where the phone does not log it.
    damaged : int
        Lines of the log that could not be read.
    """

    steps: tuple[Step, ...]
    minutes: int
    began: str
    steps_back: int
    openings: int
    languages: tuple[str, ...]
    damaged: int


def timeline(attachment: Attachment, known: Known, zone: tzinfo) -> Timeline | None:
    """Read the log of an interview.

    Parameters
    ----------
    attachment : Attachment
        The file of the log.
    known : Known
        The form that was filled in.
    zone : tzinfo
        Of the study.

    Returns
    -------
    Timeline or None
        None where it is too large to be shown, or its bytes are not there.
    """
    if attachment.size > _MOST_BYTES:
        return None
    try:
        with open_blob(attachment.sha256) as stream:
            audit = read_audit(stream.read())
    except FileNotFoundError:
        return None
    return _timeline(audit, known, zone)


def _timeline(audit: Audit, known: Known, zone: tzinfo) -> Timeline:
    labels = {item.path: item.label for item in known.wording.items}
    paths = {event.node: event.path for event in audit}
    durations = audit.durations()
    longest = max(durations.values(), default=0.0) or 1.0
    steps = tuple(
        Step(
            node.rpartition("/")[2],
            plain(labels.get(paths[node], "")),
            round(seconds),
            round(_WHOLE * seconds / longest),
        )
        for node, seconds in durations.items()
    )
    began = min((event.start for event in audit), default=None)
    return Timeline(
        steps=steps,
        minutes=round(audit.minutes),
        began=f"{began.astimezone(zone):%d.%m.%Y, %H:%M}" if began else "",
        steps_back=audit.steps_back,
        openings=sum(event.event in ("form start", "form resume") for event in audit),
        languages=tuple(language for _, language in audit.languages()),
        damaged=audit.damaged,
    )
