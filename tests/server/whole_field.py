"""A fieldwork of three weeks, played through a server's endpoints in minutes.

In: a study of a fictional city with its drawn plan, a server, how many days. Out: interviews and
contacts on the server, each sent by its interviewer's phone; what had to be raised and what was.
On the way an interviewer falls ill, a phone is lost with what was not sent, a point is closed, and
phones come back after days without a network.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import numpy as np

from tyndau.fieldwork.openrosa import XForm, read_xform, write_instance
from tyndau.fieldwork.simulation import simulate
from tyndau.fieldwork.simulation.through import texts_of
from tyndau.questionnaire.routing import interviewed
from tyndau.study import Study, load_study
from tyndau.study.derive import derive
from tyndau_server.control.ask import up_to_date
from tyndau_server.control.assign import Shift, add, end, substitute
from tyndau_server.control.assigned import Decider, assignments_of, left_of
from tyndau_server.control.models import Alert, Assignment, Made
from tyndau_server.control.plan import take_over
from tyndau_server.control.planned import read_plan
from tyndau_server.fieldwork.decide import MOST_AT_ONCE, decide
from tyndau_server.fieldwork.models import Submission
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue
from tyndau_server.people.models import Membership, Person, Role, Token
from tyndau_server.people.tokens import issue_token, revoke

from .live import Server
from .made_field import in_the_field
from .openrosa_client import Phone, again, interview_body
from .roster import INTERVIEW, Note, by_day, handed_over, make_roster, moved
from .sealing import sealed_small

POPULATION = "residents"
DEVICE = "tyndau-simulate"
# More people are simulated than are interviewed, so that quotas find somebody.
_SPARE = 1.15
_REPORTS_AT_ONCE = 50
_PHONES_AT_ONCE = 8
# After "simulated", as a server calls what it simulates for a fictional city by itself.
_WAVE = "total"
# Phones that were offline at the end come back within so many days.
_AFTER = 4


@dataclass(slots=True)
class Interviewer:
    """Who asks, with a phone."""

    membership: Membership
    phone: Phone
    address: str
    key: Mapping[str, str]
    waiting: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Events:
    """What happens besides, by day of fieldwork."""

    sick: int
    sick_from: int
    lost: int
    lost_on: int
    late: Mapping[int, tuple[int, int]]
    closed_from: int

    @classmethod
    def of(cls, days: int) -> "Events":
        """Share the events out over the days."""
        third = max(days // 3, 2)
        late = {12: (third, third + 3), 3: (third + 1, third + 4), 17: (days - 2, days + 3)}
        return cls(5, third + 2, 9, third, late, third + 1)


class Respondents:
    """Simulated people, found by territory and quota cell."""

    def __init__(self, study: Study, record: Mapping[str, Any], xform: XForm, seed: int) -> None:
        wanted = sum(place["interviews"] for place in record["territories"])
        frame = derive(
            study, POPULATION, simulate(study, round(wanted * _SPARE), seed).frames[POPULATION]
        )
        self._texts = texts_of(frame, xform)
        self._paths = frozenset(xform.paths(""))
        codes = {
            name: _codes(frame, name) for name in ("territory", *record["quotas"]["variables"])
        }
        self._rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row in np.flatnonzero(interviewed(study.forms[POPULATION], frame)):
            self._rows[tuple(codes[name][row] for name in codes)].append(int(row))
        self._left = _shares(record)

    @property
    def paths(self) -> frozenset[str]:
        """The places for answers that the form has."""
        return self._paths

    def next(self, interviewer: int, territory: str) -> dict[str, str]:
        """Return the answers of somebody of a territory whom the interviewer needs, if any is."""
        cells = [cell for cell, rows in self._rows.items() if rows]
        own = [cell for cell in cells if cell[0] == territory]
        cell = max(own or cells, key=lambda one: (self._left[(interviewer, *one)], one))
        self._left[(interviewer, *cell)] -= 1
        row = self._rows[cell].pop()
        return {path: column[row] for path, column in self._texts.items() if column[row]}


def _codes(frame: Any, name: str) -> list[str]:
    column = frame[name]
    codes = [*column.variable.codes, ""]
    return [codes[value] for value in column.values]


def _shares(record: Mapping[str, Any]) -> Counter[tuple[Any, ...]]:
    quotas, left = record["quotas"], Counter[tuple[Any, ...]]()
    axes = [[place["code"] for place in record["territories"]], *quotas["codes"]]
    for number, table in enumerate(quotas["interviewers"], 1):
        for at, count in np.ndenumerate(np.array(table)):
            left[(number, *(axis[one] for axis, one in zip(axes, at, strict=True)))] = int(count)
    return left


class WholeField:
    """The fieldwork of a study on a server."""

    def __init__(self, folder: Path, server: Server, days: int, seed: int) -> None:
        # A server that starts simulates and builds a fictional city, which is not what is played.
        Job.objects.filter(study=folder.name, state=Job.State.WAITING).delete()
        self._study = load_study(folder)
        self._server, self._days = server, days
        plan = read_plan(folder)
        assert plan is not None
        self._record = plan.record
        self._instrument = in_the_field(folder)
        self._xform = read_xform(bytes(self._instrument.xform))
        self._people = Respondents(self._study, self._record, self._xform, seed)
        self._decider = self._sociologist()
        count = self._record["interviewers"]["count"]
        self._team = {number: self._hired(number) for number in range(1, count + 2)}
        chosen = {number - 1: self._team[number].membership.pk for number in range(1, count + 1)}
        take_over(self._decider, plan, chosen, "territory")
        first = self._study.start
        assert first is not None
        self.roster = make_roster(self._record, first, days, seed)
        self.events = Events.of(days)
        self.sent: Counter[str] = Counter()
        self.lost: list[Note] = []
        self._zone = ZoneInfo(self._study.time_zone)
        self._drawing = Lock()

    @property
    def slug(self) -> str:
        """The study's slug."""
        return self._study.folder.name

    @property
    def sociologist(self) -> Person:
        """Who decides."""
        return self._decider.membership.person

    def _sociologist(self) -> Decider:
        person = Person.objects.create(name="Айгүл", email=f"{self.slug}@tyndau.example")
        membership = Membership.objects.create(
            person=person, study=self.slug, role=Role.SOCIOLOGIST
        )
        return Decider(membership, self._study)

    def _hired(self, number: int) -> Interviewer:
        person = Person.objects.create(name=f"Интервьюер {number}", language="kk")
        membership = Membership.objects.create(
            person=person, study=self.slug, role=Role.INTERVIEWER, code=f"i{number:02}"
        )
        return self._equipped(membership)

    def _equipped(self, membership: Membership) -> Interviewer:
        secret = issue_token(membership, "phone")
        phone = self._server.phone(secret, device=DEVICE)
        address = f"/k/{secret}/"
        boot = json.loads(phone.ask("GET", f"{address}boot.json").content)
        return Interviewer(membership, phone, address, boot["key"])

    def play(self) -> None:
        """Play all days, and what arrives in the days after the last."""
        first = min(note.day for note in self.roster.notes)
        with ThreadPoolExecutor(_PHONES_AT_ONCE) as threads:
            for number in range(1, self._days + _AFTER + 1):
                day = first + timedelta(number - 1)
                self._morning(number, day)
                for note in by_day(self.roster.notes).get(day, ()):
                    self._team[note.interviewer].waiting.append(note)
                online = [one for one in self._team if not self._is_offline(one, number)]
                list(threads.map(self._sends, online))

    def _is_offline(self, interviewer: int, day: int) -> bool:
        since, until = self.events.late.get(interviewer, (0, 0))
        lost = interviewer == self.events.lost and day == self.events.lost_on
        return lost or since <= day < until

    def _morning(self, number: int, day: date) -> None:
        """Let happen what does on the morning of a day."""
        if number == self.events.sick_from:
            self._falls_ill(day)
        if number == self.events.lost_on + 1:
            self._loses_the_phone()
        if number == self.events.closed_from:
            self._closes_a_point(day)
        for one in self.roster.substitutions:
            if one.day == day:
                for interviewer in one.pair:
                    self._goes_elsewhere(interviewer, one.stands_for, one.point, day)

    def _held(self, interviewer: int) -> list[Assignment]:
        pk = self._team[interviewer].membership.pk
        every = assignments_of(self._decider, POPULATION)
        return [one for one in every if one.membership_id == pk]

    def _falls_ill(self, day: date) -> None:
        sick, stand_in = self.events.sick, max(self._team)
        rest = [one.pk for one in self._held(sick) if one.day is None or one.day >= day]
        heir = self._team[stand_in].membership.pk
        end(self._decider, POPULATION, rest, "Ауырып қалды", heir=heir)
        self.roster = handed_over(self.roster, sick, stand_in, day)

    def _loses_the_phone(self) -> None:
        """What was made on the day before is lost with it."""
        lost = self._team[self.events.lost]
        token = Token.objects.get(membership=lost.membership, revoked=None)
        revoke(token, by=self.sociologist)
        self.lost = lost.waiting
        self._team[self.events.lost] = self._equipped(lost.membership)

    def _closes_a_point(self, day: date) -> None:
        """Let a substitute stand in for a point that still has visits to come."""
        place = self._record["territories"][-1]
        faulty = {point for _, _, point, _ in self.roster.planted}
        later = {note.point for note in self.roster.notes if note.day >= day} - faulty
        point = next(one for one in place["points"] if one["code"] in later)
        instead = place["substitutes"][-1]["code"]
        substitute(self._decider, POPULATION, point["code"], instead, "Базар жабылды")
        self.roster = moved(self.roster, point["code"], instead, day)

    def _goes_elsewhere(self, interviewer: int, left: str, instead: str, since: date) -> None:
        """Send an interviewer alone to another point for the visits that are still to come."""
        held = self._held(interviewer)
        rest = left_of(held)
        for one in held:
            if one.point == left and (one.day is None or one.day >= since):
                shift = Shift(one.day, one.begins, one.ends)
                if rest[one.pk]:
                    add(
                        self._decider, POPULATION, one.membership_id, instead, rest[one.pk], shift
                    )  # fmt: skip
                end(self._decider, POPULATION, [one.pk], "Екі адам жетеді")

    def _sends(self, number: int) -> None:
        """Send all that waits on a phone, as its interviewer's phone does."""
        one = self._team[number]
        notes, one.waiting = one.waiting, []
        items: list[dict[str, Any]] = []
        for note in notes:
            instance = ""
            if note.outcome == INTERVIEW:
                instance = self._interview(number, one, note)
            items.append(self._contact(note, instance))
        for at in range(0, len(items), _REPORTS_AT_ONCE):
            self._report(one, items[at : at + _REPORTS_AT_ONCE])

    def _interview(self, number: int, one: Interviewer, note: Note) -> str:
        with self._drawing:
            answers = self._people.next(number, note.territory)
        answers |= {
            path: text for path, text in self._of_note(note).items() if path in self._people.paths
        }
        name = f"{self.slug}/{number}/{note.start.isoformat()}"
        instance = f"uuid:{uuid5(NAMESPACE_URL, name)}"
        xml = write_instance(self._xform, answers, instance_id=instance)
        answer = again(lambda: one.phone.post(*interview_body(xml)))
        assert answer.status == 201, answer
        self.sent[INTERVIEW] += 1
        return instance

    def _of_note(self, note: Note) -> dict[str, str]:
        said = {"start": note.start, "end": note.end}
        times = {
            path: moment.replace(tzinfo=self._zone).isoformat() for path, moment in said.items()
        }
        return {**times, f"fieldwork/{self._study.sample.cluster}": note.point}

    def _contact(self, note: Note, instance: str) -> dict[str, Any]:
        moment = note.start.replace(tzinfo=self._zone).isoformat()
        uid = f"{note.interviewer}-{moment}"
        return {
            "kind": "contact", "uid": uid[:40], "population": POPULATION, "point": note.point,
            "moment": moment, "clock": 0, "outcome": note.outcome, "passed": 5,
            "interview": instance, "band": "",
        }  # fmt: skip

    def _report(self, one: Interviewer, items: list[dict[str, Any]]) -> None:
        parts = [sealed_small(one.key, item["uid"], item) for item in items]
        body = json.dumps({"version": 1, "sealed": parts, "state": None}).encode()
        answer = again(
            lambda: one.phone.ask("POST", f"{one.address}reports", body, "application/json")
        )
        assert answer.status == 200, answer
        taken = json.loads(answer.content)
        assert taken["refused"] == [], taken
        self.sent["contact"] += len(items)

    def raised(self) -> set[tuple[str, ...]]:
        """Return the alerts that stand, each by what makes it one."""
        found = Alert.objects.filter(study=self.slug, gone=None).select_related("membership")
        return {
            _named(one.rule, one.membership.code if one.membership else "", one.point, one.day)
            for one in found
            if one.rule in _NAMED_BY
        }

    def explained(self) -> set[tuple[str, ...]]:
        """Return the alerts that nobody put in and that are right all the same.

        The plan itself visits some points in one part of the day or on one weekday; and where what
        was on a lost phone is gone, the other interviewer of the point seems to have been alone.
        """
        gone = set(self.lost)
        found = {
            _named("alone", self._team[other.interviewer].membership.code, other.point, other.day)
            for lost in gone
            for other in self.roster.notes
            if (other.point, other.day) == (lost.point, lost.day)
            and other.interviewer != lost.interviewer
        }
        made: dict[str, list[Note]] = defaultdict(list)
        for note in self.roster.notes:
            if note.outcome == INTERVIEW and note not in gone:
                made[note.point].append(note)
        for point, notes in made.items():
            parts = {(note.start.hour >= 12) + (note.start.hour >= 17) for note in notes}
            if len(notes) >= 10 and len(parts) == 1:
                found.add(_named("hours", "", point, None))
            if len(notes) >= 10 and len({note.start.weekday() for note in notes}) == 1:
                found.add(_named("weekdays", "", point, None))
        return found

    def planted(self) -> set[tuple[str, ...]]:
        """Return the alerts that must stand."""
        return {
            _named(rule, self._team[one].membership.code, point, day)
            for rule, who, point, day in self.roster.planted
            for one in who
        }

    def wait_until_counted(self, seconds: float) -> None:
        """Wait until the worker has counted all that came."""
        deadline = time.monotonic() + seconds
        while not up_to_date(self.slug):
            assert time.monotonic() < deadline, "the field was not counted"
            time.sleep(0.2)

    def quotas(self) -> str:
        """Say how quotas stand."""
        made = list(Made.objects.filter(study=self.slug).values_list("outcome", "over"))
        complete = sum(outcome == "complete" for outcome, _ in made)
        over = sum(bool(cells) for _, cells in made)
        return f"on the server {len(made)} interviews, complete {complete}, beyond a quota {over}"

    def accept_and_freeze(self, seconds: float) -> str:
        """Accept every interview, freeze a wave and wait until it is built."""
        waiting = Submission.objects.filter(study=self.slug, current=True, state="received")
        keys = list(waiting.values_list("pk", flat=True))
        for at in range(0, len(keys), MOST_AT_ONCE):
            seen = dict.fromkeys(keys[at : at + MOST_AT_ONCE], "received")
            decide(seen, "accepted", by=self.sociologist, among=waiting.all(), zone=self._zone)
        arguments = {"wave": _WAVE, "revise": False, "without_undecided": False, "ignore": []}
        job = enqueue(self.slug, "freeze", arguments=arguments, asked_by=self.sociologist)
        deadline = time.monotonic() + seconds
        while Job.objects.filter(study=self.slug, state__in=Job.OPEN).exists():
            assert time.monotonic() < deadline, "the wave was not built"
            time.sleep(0.5)
        failed = Job.objects.filter(study=self.slug, state=Job.State.FAILED)
        assert not failed.exists(), [(one.kind, one.problems) for one in failed]
        assert Job.objects.get(pk=job.pk).state == Job.State.DONE
        results = self._study.folder / "results" / _WAVE / "r1"
        files = [path for path in results.rglob("*") if path.is_file()]
        assert files, "nothing was built"
        return f"the wave {_WAVE} has {len(keys)} interviews, its results {len(files)} files"


# What makes an alert of a rule one: whom, where, when.
_NAMED_BY: Mapping[str, str] = {
    "day_hours": "who day", "on_end": "who day", "after_dark": "who day",
    "empty_point": "point day", "alone": "who point day", "at_point": "who point",
    "hours": "point", "weekdays": "point",
}  # fmt: skip


def _named(rule: str, who: str, point: str, day: date | None) -> tuple[str, ...]:
    said = {"who": who, "point": point, "day": str(day)}
    return (rule, *(said[name] for name in _NAMED_BY[rule].split()))
