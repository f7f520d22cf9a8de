"""Whatever somebody decides in running the field leaves an entry in the log, under their name.

`ACTS` holds each address of the room that takes something in. A new one fails the first test until
it stands there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from tyndau_server.audit.actions import ACTIONS
from tyndau_server.audit.models import Entry
from tyndau_server.control.models import Alert, Assignment, Cut, Made, Question
from tyndau_server.fieldwork.models import Submission
from tyndau_server.jobs.do import do
from tyndau_server.jobs.queue import take
from tyndau_server.people.models import Membership, Person
from tyndau_server.people.photos import keep_photo
from tyndau_server.studies.served import folder_of

from .conftest import REAL, Own, Serve
from .drawn import drawn, face, interviewer
from .made_field import in_the_field, interviews
from .routes import routes


@dataclass(frozen=True)
class World:
    """A field under way: an interviewer with one accepted interview, and another."""

    member: Membership
    heir: Membership

    def sent(self) -> Assignment:
        """Send the first one to a point."""
        return Assignment.objects.create(
            study=REAL, population="residents", membership=self.member, point="1", interviews=5
        )


@dataclass(frozen=True)
class Act:
    """What somebody does: the parts of the address, what is sent, what the log calls it."""

    action: str
    ask: Callable[[World], tuple[Mapping[str, object], Mapping[str, object]]]


def _alert(_: World) -> tuple[Mapping[str, object], Mapping[str, object]]:
    made = Alert.objects.create(
        study=REAL, population="residents", rule="alone", key="k", raised=timezone.now()
    )
    return {"number": made.pk}, {"note": "Seen"}


def _question(world: World) -> tuple[Mapping[str, object], Mapping[str, object]]:
    made = Question.objects.create(
        study=REAL, membership=world.member, uid="q", text="?", moment=timezone.now(),
        received=timezone.now(),
    )  # fmt: skip
    return {"number": made.pk}, {"answer": "So"}


def _cut(world: World) -> tuple[Mapping[str, object], Mapping[str, object]]:
    made = Cut.objects.create(
        study=REAL, membership=world.member, amount=1, reason="?", made_by=world.member.person
    )
    return {"number": made.pk}, {}


def _photographed(world: World) -> tuple[Mapping[str, object], Mapping[str, object]]:
    keep_photo(world.member, b"a picture")
    return {"number": world.member.pk}, {}


ACTS: Mapping[str, Act] = {
    "alert-settle": Act("alert.settled", _alert),
    "question-answer": Act("question.answered", _question),
    "assignments-plan": Act(
        "assignment.planned",
        lambda world: ({}, {"number-0": world.member.pk, "number-1": world.heir.pk}),
    ),
    "assignment-add": Act(
        "assignment.added",
        lambda world: ({}, {"interviewer": world.member.pk, "point": "1", "interviews": 5}),
    ),
    "assignments-end": Act(
        "assignment.ended", lambda world: ({}, {"chosen": world.sent().pk, "reason": "Ill"})
    ),
    "assignment-substitute": Act(
        "assignment.substituted",
        lambda world: ({"number": world.sent().pk}, {"point": "9", "reason": "Closed"}),
    ),
    "papers-print": Act("papers.made", lambda _: ({}, {})),
    "photos-upload": Act(
        "photo.kept", lambda _: ({}, {"photos": SimpleUploadedFile("i01.jpg", face())})
    ),
    "photo-remove": Act("photo.removed", _photographed),
    "pay-print": Act("pay.made", lambda _: ({}, {})),
    "cut-make": Act(
        "cut.made",
        lambda world: ({}, {"interviewer": world.member.pk, "amount": "5", "reason": "Lost"}),
    ),
    "cut-revoke": Act("cut.revoked", _cut),
}


@pytest.fixture
def world(own: Own, real: Path, serve: Serve) -> World:
    folder = drawn(own(real))
    book = openpyxl.load_workbook(folder / "study.xlsx")
    sheet = book.create_sheet("sampling")
    for row in (["key", "value"], ["population", "residents"], ["rate_interview", 700]):
        sheet.append(row)
    book.save(folder / "study.xlsx")
    serve(folder)
    made = World(interviewer(REAL, "i01"), interviewer(REAL, "i02"))
    (one,) = interviews(REAL, in_the_field(folder), 1, by=made.member)
    Submission.objects.filter(pk=one.pk).update(state="accepted")
    Made.objects.create(
        study=REAL, population="residents", submission=one, membership=made.member, point="1",
        outcome="complete", day=timezone.now().date(),
    )  # fmt: skip
    return made


# A number that nothing has: whether anything is taken in there is asked, nothing more.
_PARTS = {"language": "en", "slug": REAL, "number": 0, "media": 0, "file": 0}


def _work() -> None:
    while job := take([REAL], kinds=["print-papers", "print-pay"]):
        do(job, folder_of(REAL), "en")


def _address(name: str, parts: Mapping[str, object]) -> str:
    return reverse(name, kwargs={"language": "en", "slug": REAL, **parts})


def test_every_act_of_the_room_stands_in_the_table(client: Client, world: World) -> None:
    found = set()
    for route in routes():
        needs = {name: _PARTS.get(name, "x") for name in route.needs}
        address = reverse(route.name, kwargs=needs)
        of_the_room = resolve(address).func.__module__.startswith("tyndau_server.control.")
        if of_the_room and client.post(address).status_code != 405:
            found.add(route.name)
    assert found == set(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_an_entry(client: Client, world: World, name: str) -> None:
    act = ACTS[name]
    parts, sent = act.ask(world)
    before = set(Entry.objects.values_list("pk", flat=True))
    assert client.post(_address(name, parts), sent).status_code == 302
    _work()
    (entry,) = Entry.objects.exclude(pk__in=before)
    assert entry.action == act.action
    assert act.action in ACTIONS
    assert entry.study == REAL
    assert entry.actor == Person.objects.get(email="sociologist@tyndau.example").pk


@pytest.mark.parametrize(
    ("made", "fetched", "parts", "action"),
    [
        ("papers-print", "papers-file", {}, "papers.fetched"),
        ("pay-print", "pay-file", {"name": "acts-kk.pdf"}, "pay.fetched"),
    ],
)
def test_what_is_fetched_leaves_an_entry(
    client: Client, world: World, made: str, fetched: str, parts: Mapping[str, str], action: str
) -> None:
    client.post(_address(made, {}))
    _work()
    answer = client.get(_address(fetched, parts))
    b"".join(answer.streaming_content)
    entry = Entry.objects.latest("pk")
    assert entry.action == action
    assert entry.actor_name == "Sociologist"
