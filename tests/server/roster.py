"""A fieldwork by its plan, hour by hour, with faults put into it on purpose.

In: the record of a sample's plan, a seed. Out: notes, each an interview or a contact that came to
none, with who made it where and when; and the alerts that the faults must raise. What is not put in
on purpose keeps the rules of the field: two at a point, two hours on end, eight hours a day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any

import numpy as np

INTERVIEW = "interview"
REFUSED = "refused"

_MINUTES = 9
# Between two notes at most so long, so that a block is work without a break.
_NOTE_EVERY = 12

Alert = tuple[str, frozenset[int], str, date]


@dataclass(frozen=True, slots=True)
class Note:
    """An interview, or a contact that came to none."""

    interviewer: int
    point: str
    territory: str
    start: datetime
    outcome: str = INTERVIEW

    @property
    def end(self) -> datetime:
        """When it was over."""
        lasted = _MINUTES if self.outcome == INTERVIEW else 1
        return self.start + timedelta(minutes=lasted)

    @property
    def day(self) -> date:
        """On which day."""
        return self.start.date()


@dataclass(frozen=True, slots=True)
class Substitution:
    """A substitute point at which two interviewers work on a day."""

    pair: tuple[int, ...]
    point: str
    territory: str
    stands_for: str
    day: date


@dataclass(frozen=True, slots=True)
class Roster:
    """A fieldwork: notes in the order of time, what was put in, which substitutes it needs."""

    notes: tuple[Note, ...]
    planted: tuple[Alert, ...]
    substitutions: tuple[Substitution, ...]


def make_roster(record: Mapping[str, Any], first: date, days: int, seed: int) -> Roster:
    """Make a fieldwork of the first days of a plan."""
    maker = _Maker(record, first, days, seed)
    maker.planned()
    maker.faults()
    notes = sorted(maker.notes, key=lambda note: (note.start, note.interviewer))
    return Roster(tuple(notes), tuple(maker.planted), tuple(maker.substitutions))


class _Maker:
    def __init__(self, record: Mapping[str, Any], first: date, days: int, seed: int) -> None:
        self._record, self._first, self._days = record, first, days
        self._rng = np.random.default_rng(seed)
        self.notes: list[Note] = []
        self.planted: list[Alert] = []
        self.substitutions: list[Substitution] = []
        self._busy: set[tuple[int, int]] = set()
        self._places = iter(
            [
                (one["code"], place["code"], place["points"][0]["code"])
                for number in range(2)
                for place in record["territories"]
                for one in place["substitutes"][number : number + 1]
            ]
        )

    def planned(self) -> None:
        """Make the visits of the plan."""
        for place in self._record["territories"]:
            for point in place["points"]:
                turns = cycle(point["interviewers"])
                for visit in point["visits"]:
                    for one in point["interviewers"]:
                        self._busy.add((one, visit["day"]))
                    if visit["day"] <= self._days:
                        share = [next(turns) for _ in range(visit["interviews"])]
                        self._visit(point, place["code"], visit, share)

    def _visit(
        self, point: Mapping[str, Any], territory: str, visit: Mapping[str, Any], share: list[int]
    ) -> None:
        begins = self._at(visit["day"], visit["start"])
        for one in point["interviewers"]:
            count = share.count(one)
            # From the first minutes of the visit to the last, with a refusal at either end.
            starts = np.linspace(6, 100, max(count, 1)) + self._rng.uniform(0, 4, max(count, 1))
            self._note(one, point["code"], territory, begins, 1, REFUSED)
            for start in starts[:count]:
                self._note(one, point["code"], territory, begins, float(start), INTERVIEW)
            self._note(one, point["code"], territory, begins, 115, REFUSED)

    def faults(self) -> None:
        """Put in one fault of each kind after another, as long as people have days off."""
        pairs = self._pairs()
        makers = cycle(
            (
                self._too_long, self._no_break, self._dark, self._empty, self._one_time,
                self._crowd, self._alone,
            )
        )  # fmt: skip
        for (pair, day), make in zip(pairs, makers, strict=False):
            make(pair, day)

    def _pairs(self) -> Iterator[tuple[tuple[int, int], int]]:
        """Go through pairs who both have a day off, each of these once."""
        for day in range(1, self._days + 1):
            count = self._record["interviewers"]["count"]
            off = [one for one in range(1, count + 1) if (one, day) not in self._busy]
            for pair in zip(off[::2], off[1::2], strict=False):
                yield pair, day

    def _substitute(self, pair: tuple[int, ...], day: int) -> tuple[str, str]:
        point, territory, stands_for = next(self._places)
        on = self._at(day, 0).date()
        self.substitutions.append(Substitution(pair, point, territory, stands_for, on))
        return point, territory

    def _too_long(self, pair: tuple[int, int], day: int) -> None:
        point, territory = self._substitute(pair, day)
        for one in pair:
            for number in range(5):
                begins = self._at(day, 8) + timedelta(minutes=130 * number)
                # Few interviews, and the point is never empty for long.
                second = one == pair[1]
                made_at = 4 if not second else 8 if number < 4 else 0
                self._block(one, point, territory, begins, 110, made_at)
            self._raised("day_hours", (one,), point, day)

    def _no_break(self, pair: tuple[int, int], day: int) -> None:
        point, territory = self._substitute(pair, day)
        for one in pair:
            self._block(one, point, territory, self._at(day, 9), 160, 4)
            self._raised("on_end", (one,), point, day)

    def _dark(self, pair: tuple[int, int], day: int) -> None:
        point, territory = self._substitute(pair, day)
        for one in pair:
            self._block(one, point, territory, self._at(day, 20), 100, 4)
            self._raised("after_dark", (one,), point, day)

    def _empty(self, pair: tuple[int, int], day: int) -> None:
        point, territory = self._substitute(pair, day)
        for one in pair:
            self._block(one, point, territory, self._at(day, 9), 80, 0)
            begins = self._at(day, 10) + timedelta(minutes=40)
            self._block(one, point, territory, begins, 80, 0)
        self._raised("empty_point", pair, point, day)

    def _one_time(self, pair: tuple[int, int], day: int) -> None:
        point, territory = self._substitute(pair, day)
        for one in pair:
            begins = self._at(day, 9)
            self._note(one, point, territory, begins, 1, REFUSED)
            for number in range(6):
                self._note(one, point, territory, begins, 5 + 18 * number, INTERVIEW)
        self._raised("hours", pair, point, day)
        self._raised("weekdays", pair, point, day)

    def _crowd(self, pair: tuple[int, int], day: int) -> None:
        one, other = pair
        point, territory = self._own_point(one)
        for begins in (9, 12, 15):
            self._note(other, point, territory, self._at(day, begins), 2, REFUSED)
            for number in range(8):
                self._note(one, point, territory, self._at(day, begins), 3 + 13 * number, INTERVIEW)
            self._note(other, point, territory, self._at(day, begins), 50, INTERVIEW)
            self._note(other, point, territory, self._at(day, begins), 104, REFUSED)
        self._raised("at_point", (one,), point, day)

    def _alone(self, pair: tuple[int, int], day: int) -> None:
        for one in pair:
            point, territory = self._substitute((one,), day)
            self._block(one, point, territory, self._at(day, 10), 90, 4)
            self._raised("alone", (one,), point, day)

    def _own_point(self, interviewer: int) -> tuple[str, str]:
        """Return a point of theirs whose visits are all over."""
        return next(
            (point["code"], place["code"])
            for place in self._record["territories"]
            for point in place["points"]
            if interviewer in point["interviewers"]
            and all(visit["day"] <= self._days for visit in point["visits"])
        )

    def _block(
        self, one: int, point: str, territory: str, begins: datetime, minutes: int, made_at: int
    ) -> None:
        """Work without a break, with an interview at one of the notes; 0 for none."""
        for at in range(0, minutes + 1, _NOTE_EVERY):
            made = at > 0 and at == made_at * _NOTE_EVERY
            self._note(one, point, territory, begins, at, INTERVIEW if made else REFUSED)

    def _note(
        self, one: int, point: str, territory: str, begins: datetime, minutes: float, outcome: str
    ) -> None:
        start = begins + timedelta(seconds=round(60 * minutes))
        self.notes.append(Note(one, point, territory, start, outcome))

    def _raised(self, rule: str, who: Sequence[int], point: str, day: int) -> None:
        self.planted.append((rule, frozenset(who), point, self._at(day, 0).date()))

    def _at(self, day: int, hour: int) -> datetime:
        return datetime.combine(self._first + timedelta(day - 1), time(hour))


def handed_over(roster: Roster, sick: int, stand_in: int, since: date) -> Roster:
    """Let somebody else do the rest of who fell ill."""
    notes = [
        replace(note, interviewer=stand_in)
        if note.interviewer == sick and note.day >= since
        else note
        for note in roster.notes
    ]
    planted = [
        (rule, frozenset(stand_in if one == sick and day >= since else one for one in who), at, day)
        for rule, who, at, day in roster.planted
    ]
    return replace(roster, notes=tuple(notes), planted=tuple(planted))


def moved(roster: Roster, point: str, substitute: str, since: date) -> Roster:
    """Let a substitute stand in for a point."""
    notes = [
        replace(note, point=substitute) if note.point == point and note.day >= since else note
        for note in roster.notes
    ]
    return replace(roster, notes=tuple(notes))


def by_day(notes: Sequence[Note]) -> dict[date, list[Note]]:
    """Return the notes of each day."""
    found: dict[date, list[Note]] = defaultdict(list)
    for note in notes:
        found[note.day].append(note)
    return dict(found)
