"""A withdrawn interview leaves the field too: facts, the places of quotas, contacts, keys."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tyndau.fieldwork.openrosa import withdrawal_code
from tyndau.study import load_study
from tyndau_server.control import facts
from tyndau_server.control.models import Contact, Counted, Made
from tyndau_server.control.work import bring_up_to_date
from tyndau_server.fieldwork.models import Instrument, Quarantined, Submission
from tyndau_server.fieldwork.withdraw import withdraw
from tyndau_server.form.envelope import new_key, point_of
from tyndau_server.form.models import Reply
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Membership, Person

from .conftest import REAL, NewPerson, Own, Serve
from .drawn import drawn
from .field import interviewer
from .made_field import WHOLE, filled, in_the_field, send
from .sealing import body, sealed, sealed_small

pytestmark = pytest.mark.requirement("T1")
POINT = base64.b64encode(point_of(new_key())).decode()
TakeBack = Callable[[Submission], None]


@pytest.fixture
def folder(own: Own, real: Path, serve: Serve) -> Path:
    """Return a study whose sample is drawn, served."""
    folder = drawn(own(real))
    serve(folder)
    return folder


@pytest.fixture
def form(folder: Path) -> Instrument:
    """Return its questionnaire, in the field."""
    return in_the_field(folder)


@pytest.fixture
def take_back(person: NewPerson) -> TakeBack:
    """Return what withdraws an interview."""
    by: Person = person("sociologist", REAL)

    def make(submission: Submission) -> None:
        withdraw(
            submission.interview, study=REAL, typed=withdrawal_code(submission.interview),
            reason="By phone", by=by, among=Submission.objects.all(),
            quarantined=Quarantined.objects.all(),
        )  # fmt: skip

    return make


def _answers(form: Instrument, number: int, **more: str) -> bytes:
    return filled({**WHOLE, "point": "1"}, instance=f"uuid:{number}", form=form, **more)


def _count(folder: Path) -> list[int]:
    """Let the worker count; return target, within and over of the women of the centre."""
    bring_up_to_date(load_study(folder), "residents", timezone.now())
    Job.objects.all().delete()
    [table] = Counted.objects.get(membership=None).figures["quotas"]
    cells: dict[tuple[str, ...], list[int]] = {
        tuple(codes): numbers[:3] for codes, *numbers in table["cells"]
    }
    return cells["centre", "female"]


def test_its_facts_go_at_once_and_its_place_is_free_again(
    folder: Path, form: Instrument, take_back: TakeBack
) -> None:
    first, *_ = [send(REAL, _answers(form, number)) for number in range(3)]
    assert _count(folder) == [2, 2, 1]
    take_back(first)
    assert not Made.objects.filter(submission=first).exists()
    assert [one.kind for one in Job.objects.all()] == ["field"], "nobody need ask"
    assert _count(folder) == [2, 2, 0]


def test_what_is_withdrawn_while_the_worker_reads_stops_nothing(
    folder: Path, form: Instrument, take_back: TakeBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (send(REAL, _answers(form, number)) for number in range(2))
    reading = facts._parts

    def meanwhile(keys: list[int], size: int) -> object:
        if Submission.objects.filter(pk=first.pk, current=True).exists():
            take_back(first)
        return reading(keys, size)

    monkeypatch.setattr(facts, "_parts", meanwhile)
    assert _count(folder) == [2, 1, 0]
    assert [one.submission_id for one in Made.objects.all()] == [second.pk]


@pytest.mark.parametrize("late", [False, True])
def test_no_contact_names_it_and_somebody_was_addressed(
    client: Client, form: Instrument, take_back: TakeBack, late: bool
) -> None:
    """Whether the phone told of the contact before the withdrawal or after it."""
    secret = interviewer("i07", study=REAL)
    made = send(REAL, _answers(form, 1), by=Membership.objects.get(code="i07"))
    if late:
        take_back(made)
    boot = client.get(f"/k/{secret}/boot.json").json()
    told = {
        "kind": "contact", "uid": "c1", "population": "residents", "point": "1",
        "moment": "2026-11-28T05:00:00.000Z", "clock": 0, "outcome": "interview", "passed": 5,
        "interview": "uuid:1", "band": "",
    }  # fmt: skip
    content = {"version": 1, "sealed": [sealed_small(boot["key"], "p", told)], "state": None}
    answer = client.post(boot["reports"], json.dumps(content), content_type="application/json")
    assert answer.json()["received"] == ["p"]
    if not late:
        assert Contact.objects.get().interview == "uuid:1"
        take_back(made)
    contact = Contact.objects.get()
    assert (contact.outcome, contact.interview) == ("interview", "")


def test_the_key_of_its_phone_goes_and_those_of_others_stay(
    client: Client, form: Instrument, take_back: TakeBack
) -> None:
    at = f"/k/{interviewer('i07', study=REAL)}/"
    boot = client.get(f"{at}boot.json").json()
    for number in range(2):
        name = f"uuid:{number}"
        content, kind = body(*sealed(boot["key"], name, _answers(form, number), {}, reply=POINT))
        assert client.post(boot["submit"], content, content_type=kind).status_code == 201
    take_back(Submission.objects.get(instance_id="uuid:0"))
    assert Reply.objects.get().submission.instance_id == "uuid:1"
