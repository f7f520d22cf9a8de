"""``.../field/pay/``: what interviewers are owed, and what people decided to pay less."""

import io
import json
import re
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tyndau_server.audit.models import Entry
from tyndau_server.control.models import Cut, Made
from tyndau_server.fieldwork.models import Submission
from tyndau_server.jobs.do import do
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import take
from tyndau_server.people.models import Membership, Role
from tyndau_server.people.tokens import issue_token
from tyndau_server.studies.served import folder_of

from .conftest import REAL, NewPerson, Own, Serve, SignIn
from .drawn import drawn, interviewer
from .made_field import in_the_field as bring
from .made_field import interviews
from .sealing import PhoneKey, confided

AT = f"/en/studies/{REAL}/field/pay/"


@pytest.fixture
def member(own: Own, real: Path, serve: Serve) -> Membership:
    """Return an interviewer of whom two interviews are accepted and one was returned; 700 each."""
    folder = drawn(own(real), plan=False)
    book = openpyxl.load_workbook(folder / "study.xlsx")
    sheet = book.create_sheet("sampling")
    for row in (["key", "value"], ["population", "residents"], ["rate_interview", 700]):
        sheet.append(row)
    book.save(folder / "study.xlsx")
    serve(folder)
    member = interviewer(REAL, "i01")
    for number, one in enumerate(interviews(REAL, bring(folder), 3, by=member)):
        state = "accepted" if number < 2 else "returned"
        Submission.objects.filter(pk=one.pk).update(state=state, reason="No age" * (number == 2))
        Made.objects.create(
            study=REAL, population="residents", submission=one, membership=member, point="1",
            outcome="complete", day=timezone.now().date(),
        )  # fmt: skip
    return member


def test_accepted_interviews_are_paid(client: Client, member: Membership) -> None:
    page = client.get(AT).content.decode()
    assert member.person.name in page
    assert "1,400" in page


def test_pay_is_cut_by_a_person_with_a_reason_and_the_cut_taken_back(
    client: Client, member: Membership
) -> None:
    sent = {"interviewer": member.pk, "amount": "400,50", "reason": "Phone was lost"}
    assert client.post(f"{AT}cut", {**sent, "reason": " "}).status_code == 422
    assert client.post(f"{AT}cut", sent).status_code == 302
    made = Cut.objects.get()
    assert made.amount == Decimal("400.50")
    assert "999.50" in client.get(AT).content.decode()
    assert Entry.objects.get(action="cut.made").details["reason"] == "Phone was lost"
    assert client.post(f"{AT}cuts/{made.pk}/revoke").status_code == 302
    assert "999.50" not in client.get(AT).content.decode()
    assert Entry.objects.filter(action="cut.revoked").count() == 1


@pytest.mark.parametrize("amount", ["1400.01", "0", "-5", "much", "NaN"])
def test_what_cannot_be_cut_is_not(client: Client, member: Membership, amount: str) -> None:
    sent = {"interviewer": member.pk, "amount": amount, "reason": "Why"}
    assert client.post(f"{AT}cut", sent).status_code == 422
    assert not Cut.objects.exists()


def test_an_interviewer_is_told_of_the_own_work(client: Client, member: Membership) -> None:
    Cut.objects.create(
        study=REAL, membership=member, amount=400, reason="Phone was lost", made_by=member.person
    )
    day = timezone.now().date()
    Made.objects.filter(submission__state="returned").update(day=day - timedelta(days=1))
    at = f"/k/{issue_token(member)}/"
    told, kept = confided(client, at, PhoneKey()), client.get(f"{at}boot.json").json()
    assert kept["progress"]["days"] == [
        {"day": day.isoformat(), "made": 2, "accepted": 2, "returned": 0, "rejected": 0},
        {"day": str(day - timedelta(days=1)), "made": 1, "accepted": 0, "returned": 1,
         "rejected": 0},
    ]  # fmt: skip
    assert datetime.fromisoformat(told["pay"].pop("asOf")) <= timezone.now()
    assert told["pay"] == {
        "accepted": 2, "rate": "700.00", "earned": "1400.00", "owed": "1000.00",
        "cuts": [{"amount": "400.00", "reason": "Phone was lost"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "is_told"), [(Role.HEAD, True), (Role.SOCIOLOGIST, True), (Role.SUPERVISOR, False)]
)
def test_pay_is_told_under_a_code_of_the_office_alone(
    member: Membership, person: NewPerson, sign_in: SignIn, role: str, is_told: bool
) -> None:
    """Whoever made a code could open its address first."""
    maker = sign_in(person(role, REAL))
    page = maker.post(f"/en/studies/{REAL}/team/{member.pk}/token", {"label": "new"})
    (secret,) = re.findall(r"/k/([\w-]{24})<", page.content.decode())
    told = confided(Client(), f"/k/{secret}/", PhoneKey())
    assert (told["pay"] is not None) == is_told
    assert told["answers"] == []


def test_a_phone_keeps_no_pay_and_no_reason_in_clear(client: Client, member: Membership) -> None:
    kept = client.get(f"/k/{issue_token(member)}/boot.json").content.decode()
    assert "pay" not in json.loads(kept)
    assert "No age" not in kept
    assert "1400" not in kept


def test_where_no_rate_is_named_nothing_is_owed(client: Client, member: Membership) -> None:
    other = interviewer("elsewhere", "i01")
    assert confided(client, f"/k/{issue_token(other)}/", PhoneKey())["pay"] is None


def work() -> Job:
    job = take([REAL], kinds=["print-pay"])
    assert job is not None
    do(job, folder_of(REAL), "en")
    return job


def test_register_and_acts_are_written_by_the_worker(client: Client, member: Membership) -> None:
    Cut.objects.create(
        study=REAL, membership=member, amount=400, reason="Phone was lost", made_by=member.person
    )
    assert client.get(f"{AT}print/register-ru.docx").status_code == 404
    assert client.post(f"{AT}print").status_code == 302
    assert "The files are being made" in client.get(AT).content.decode()
    work()
    page = client.get(AT).content.decode()
    for stem, said in (("register", member.person.name), ("acts", "1\u00a0000,00")):
        for code in ("kk", "ru"):
            for ending, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
                address = f"{AT}print/{stem}-{code}.{ending}"
                assert f'"{address}"' in page
                content = b"".join(client.get(address).streaming_content)
                assert content.startswith(begins)
            document = docx.Document(
                io.BytesIO(b"".join(client.get(f"{AT}print/{stem}-{code}.docx").streaming_content))
            )
            cells = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
            assert said in " ".join(cells)
            assert "Phone was lost" in cells


def test_a_cut_stands_at_the_day_on_which_it_was_made_here(
    client: Client, member: Membership
) -> None:
    """At half past three in Taraz it is still yesterday in UTC."""
    Cut.objects.create(
        study=REAL, membership=member, amount=400, reason="Phone was lost", made_by=member.person
    )
    Cut.objects.update(made=datetime.fromisoformat("2026-11-27T22:30:00Z"))
    client.post(f"{AT}print")
    work()
    content = b"".join(client.get(f"{AT}print/acts-ru.docx").streaming_content)
    tables = docx.Document(io.BytesIO(content)).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert any("28 ноября" in one for one in cells), cells
    assert not any("27 ноября" in one for one in cells)


def test_files_of_another_register_are_never_given_out(client: Client, member: Membership) -> None:
    client.post(f"{AT}print")
    work()
    last = Submission.objects.filter(state="accepted").latest("pk")
    Submission.objects.filter(pk=last.pk).update(state="rejected")
    assert client.get(f"{AT}print/acts-kk.pdf").status_code == 404
    assert "acts-kk.pdf" not in client.get(AT).content.decode()


def test_where_there_is_nothing_to_pay_no_file_is_made(client: Client, member: Membership) -> None:
    Membership.objects.filter(pk=member.pk).update(ended=timezone.now())
    Submission.objects.update(state="received")
    client.post(f"{AT}print")
    assert [one["code"] for one in work().problems] == ["fieldwork.no-pay"]


def test_nobody_is_told_of_the_work_of_others(client: Client, member: Membership) -> None:
    other = interviewer(REAL, "i02")
    at = f"/k/{issue_token(other)}/"
    assert client.get(f"{at}boot.json").json()["progress"]["days"] == []
    told = confided(client, at, PhoneKey())
    assert (told["pay"]["accepted"], told["pay"]["owed"]) == (0, "0.00")
