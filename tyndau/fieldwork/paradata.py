"""How an interview was made, by the log that the phone kept of it: ``audit.csv``.

In: the bytes of the log, as ODK Collect and our own form write it. Out: its events, and what can be
read from them: minutes, seconds a question, steps back, changes of language. Phones break off and
disks fill, so a damaged line is counted and passed over; columns that are not known are left out.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

# Events in which somebody looks at a screen, from a beginning to an end.
_QUESTIONS: Final = frozenset({"question", "group questions"})
_SCREENS: Final = _QUESTIONS | {"add repeat", "end screen", "jump", "recording question"}
# Collect does not log in which language it asks; our own form does, by this event.
LANGUAGE: Final = "language"
# Whether the respondent let answers be recorded; ours too.
RECORDING: Final = "recording"
_REQUIRED: Final = ("event", "node", "start", "end")
# Where a line begins that is no continuation of an answer of several lines.
_BEGINS: Final = re.compile(r"[A-Za-z][A-Za-z -]*,(?:/[^,]*)?,\d+(?:,|$)")
_ROUND: Final = re.compile(r"\[\d+\]")
# The year 9999, in milliseconds.
_LATEST: Final = 253_402_300_799_000


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log.

    Attributes
    ----------
    event : str
        What happened, such as ``form start``, ``question``, ``constraint error``.
    node : str
        Where, from the root element, with rounds of repeats: ``household/person[2]/age``; empty
        where it is about the whole form.
    start : datetime
        When it began, in UTC by the phone's clock.
    end : datetime or None
        When it ended; None where it has no duration or the phone broke off.
    old_value, new_value : str
        The answer before and after, where the form logs them.
    user : str
        Who held the phone, where the form asks.
    change_reason : str
        Why an interview was opened again, where the form asks.
    """

    event: str
    node: str
    start: datetime
    end: datetime | None = None
    old_value: str = ""
    new_value: str = ""
    user: str = ""
    change_reason: str = ""

    @property
    def path(self) -> str:
        """The node without rounds, as fields of a form are named."""
        return _ROUND.sub("", self.node)

    @property
    def seconds(self) -> float:
        """How long it lasted; 0 where it has no duration or the clock was set back meanwhile."""
        return max((self.end - self.start).total_seconds(), 0.0) if self.end else 0.0


@dataclass(frozen=True, slots=True)
class Audit:
    """A log, to be gone through like the tuple of its events.

    Attributes
    ----------
    events : tuple of Event
        In the order of the log.
    damaged : int
        Lines that could not be read.
    """

    events: tuple[Event, ...]
    damaged: int

    def __iter__(self) -> Iterator[Event]:
        """Go through the events."""
        return iter(self.events)

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.events)

    @property
    def minutes(self) -> float:
        """How long somebody looked at the form; pauses between two openings do not count."""
        spans = sorted((e.start, e.end) for e in self.events if e.event in _SCREENS and e.end)
        total, reached = 0.0, None
        for start, end in spans:
            begin = start if reached is None else max(start, reached)
            if end > begin:
                total += (end - begin).total_seconds()
                reached = end
        return total / 60

    def durations(self) -> dict[str, float]:
        """Return how long each question was on the screen.

        Returns
        -------
        dict of str to float
            Seconds by node, all visits together, in the order of the first visit.
        """
        seconds: dict[str, float] = {}
        for event in self.events:
            if event.event in _QUESTIONS and event.node:
                seconds[event.node] = seconds.get(event.node, 0.0) + event.seconds
        return seconds

    @property
    def steps_back(self) -> int:
        """How often somebody went from a question to one that had been seen before it."""
        seen: dict[str, int] = {}
        steps = before = 0
        for event in self.events:
            if event.event in _QUESTIONS and event.node:
                place = seen.setdefault(event.node, len(seen))
                steps += place < before
                before = place
        return steps

    @property
    def recording(self) -> str:
        """Whether answers may be recorded, ``yes`` or ``no``; empty where nobody asked."""
        return next((e.new_value for e in reversed(self.events) if e.event == RECORDING), "")

    def languages(self) -> tuple[tuple[datetime, str], ...]:
        """Return the changes of language.

        Returns
        -------
        tuple of (datetime, str)
            When, and to which language; empty for logs of ODK Collect, which does not write them.
        """
        return tuple((e.start, e.new_value) for e in self.events if e.event == LANGUAGE)


def read_audit(content: bytes) -> Audit:
    """Read a log.

    Parameters
    ----------
    content : bytes
        The file ``audit.csv``.

    Returns
    -------
    Audit
        Its events; none where the file is no such log.
    """
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
    records = _records(text)
    names = _cells(next(records, "")) or []
    if not set(_REQUIRED) <= set(names):
        return Audit((), sum(1 for line in text.splitlines() if line.strip()))
    events, damaged = [], 0
    for record in filter(None, records):
        event = _event(names, _cells(record))
        if event is None:
            damaged += 1 + record.count("\n")
        else:
            events.append(event)
    return Audit(tuple(events), damaged)


def _records(text: str) -> Iterator[str]:
    """Go through the lines; what belongs to an answer of several lines stays together."""
    waiting: list[str] = []
    is_open = False
    for line in text.split("\n"):
        if waiting and (not is_open or _BEGINS.match(line)):
            yield "\n".join(waiting)
            waiting, is_open = [], False
        waiting.append(line.removesuffix("\r"))
        is_open ^= line.count('"') % 2 == 1
    yield "\n".join(waiting)


def _cells(record: str) -> list[str] | None:
    """Return the cells of a line; None where a quotation mark does not close."""
    if record.count('"') % 2:
        return None
    try:
        return next(csv.reader([record]), None)
    except csv.Error:
        return None


def _event(names: Sequence[str], cells: Sequence[str] | None) -> Event | None:
    if cells is None or len(cells) > len(names):
        return None
    said = dict(zip(names, cells, strict=False))
    # Whoever asks for a user may not have been told one yet; the first columns are always there.
    if not said.keys() >= set(_REQUIRED):
        return None
    start, end = _moment(said["start"]), _moment(said["end"])
    if start is None or not said["event"]:
        return None
    return Event(
        event=said["event"], node=said["node"].lstrip("/").partition("/")[2], start=start, end=end,
        old_value=said.get("old-value", ""), new_value=said.get("new-value", ""),
        user=said.get("user", ""), change_reason=said.get("change-reason", ""),
    )  # fmt: skip


def _moment(written: str) -> datetime | None:
    """Return a moment that is written in milliseconds since 1970; None where it is none."""
    text = written.strip()
    if not text.isdecimal() or len(text) > len(str(_LATEST)) or int(text) > _LATEST:
        return None
    return datetime.fromtimestamp(int(text) / 1000, UTC)
