"""``.../field/links/`` and ``/a/SECRET/``: residents fill a questionnaire in themselves."""

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork import links as actions
from tyndau_server.fieldwork.models import Link, Quarantined, Submission
from tyndau_server.form import throttle
from tyndau_server.people.models import Membership, Token

from .conftest import REAL, Own, Serve
from .field import asked, interviewer, phone_within
from .interviews import interview, small_form
from .sealing import body, sealed

AT = f"/ru/studies/{REAL}/field/links/"
ANSWERS = {"gender": "2", "problem": "су"}
ONLINE = small_form("online", files=())


@pytest.fixture(autouse=True)
def _study(serve: Serve, real: Path) -> None:
    """Serve a study whose form for residents themselves is in the field."""
    serve(real)
    asked(ONLINE, study=REAL, population="online")
    throttle.forget()


@pytest.fixture
def resident() -> Client:
    """Return the browser of somebody whom nobody knows."""
    return Client()


def _open(client: Client) -> str:
    assert client.post(f"{AT}make", {"kind": "open", "population": "online"}).status_code == 302
    return f"/a/{Link.objects.get().code}/"


def _personal(client: Client, count: int = 2) -> list[str]:
    asked = {"kind": "personal", "population": "online", "count": count}
    answer = client.post(f"{AT}make", asked)
    assert answer["Content-Disposition"] == 'attachment; filename="links-online.csv"'
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    return [f"/a/{row['address'].split('/a/')[1]}" for row in rows]


def _boot(resident: Client, at: str) -> Any:
    return resident.get(f"{at}boot.json").json()


def _send(resident: Client, at: str, number: str, **answers: str) -> Any:
    xml = interview(number, {**ANSWERS, **answers}).replace(b'"residents"', b'"online"')
    key = _boot(resident, at)["key"]
    content, kind = body(*sealed(key, number, xml, {}, form="online"))
    return resident.post(f"{at}sealed", content, content_type=kind)


def test_it_works(client: Client, resident: Client) -> None:
    """An open link asks and takes in; nothing of who answered is kept."""
    at = _open(client)
    assert resident.get(at).status_code == 200
    boot = _boot(resident, at)
    assert (boot["mode"], boot["over"]) == ("respondent", {})
    (form,) = boot["forms"]
    assert resident.get(form["xform"]).content == ONLINE
    for number in ("uuid:1", "uuid:2"):
        assert _send(resident, at, number).status_code == 201
    row = Submission.objects.get(instance_id="uuid:1")
    assert (row.membership, row.token, row.device_id) == (None, None, "link")
    assert row.instrument.population == "online"
    page = client.get(AT).content.decode()
    assert at in page
    poster = client.get(f"{AT}{Link.objects.get().pk}/poster").content.decode()
    assert "<svg" in poster
    assert "Участие добровольное" in poster
    assert "Қатысу ерікті" in poster
    assert {one.action for one in Entry.objects.all()} >= {"link.opened"}


@pytest.mark.parametrize(
    ("agent", "inside"),
    [
        ("Mozilla/5.0 (Linux; Android 13; wv) Chrome/119.0 Mobile Safari/537.36", True),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile/15E148 Instagram 312.0", True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605 Mobile/15E148", True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) CriOS/119.0 Mobile Safari/604.1", False),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/119.0 Mobile Safari/537.36", False),
    ],
)
def test_in_another_app_one_is_told_how_to_go_on(client: Client, agent: str, inside: bool) -> None:
    at = _open(client)
    page = Client(headers={"User-Agent": agent, "Accept-Language": "kk"}).get(at).content.decode()
    assert ("басқа қолданбаның ішінде" in page) is inside


def test_a_population_of_an_open_link_must_not_be_tested(
    client: Client, own: Own, real: Path, serve: Serve
) -> None:
    """The pages of links and of freezing say so, until the workbook says ``none`` of it."""
    folder = own(real)
    shutil.copy(folder / "forms" / "residents.xlsx", folder / "forms" / "online.xlsx")
    serve(folder)
    said = "значение «none»"
    _personal(client)
    assert said not in client.get(AT).content.decode()
    client.post(f"{AT}make", {"kind": "open", "population": "online"})
    freeze = f"/ru/studies/{REAL}/field/freeze"
    assert said in client.get(AT).content.decode()
    assert said in client.get(freeze).content.decode()
    book = load_workbook(folder / "study.xlsx")
    sheet = book["study"]
    column = sheet.max_column + 1
    sheet.cell(1, column, "population")
    sheet.append(["inference", "none"])
    sheet.cell(sheet.max_row, column, "online")
    book.save(folder / "study.xlsx")
    assert said not in client.get(AT).content.decode()
    assert said not in client.get(freeze).content.decode()


def test_asked_again_for_an_open_link_it_is_the_same(client: Client) -> None:
    first = _open(client)
    assert _open(client) == first


def test_a_personal_link_takes_one_interview(client: Client, resident: Client) -> None:
    first, second = _personal(client)
    assert _send(resident, first, "uuid:1").status_code == 201
    # The same again, since the phone may have missed the receipt; another one not.
    assert _send(resident, first, "uuid:1").status_code == 201
    refused = _send(resident, first, "uuid:2")
    assert refused.status_code == 410
    assert "использована" in refused.json()["message"]["ru"]
    assert Quarantined.objects.get().reason == "link-over"
    boot = _boot(resident, first)
    assert boot["forms"] == []
    assert "ответы получены" in boot["over"]["ru"]
    assert _send(resident, second, "uuid:3").status_code == 201
    assert set(Submission.objects.values_list("instance_id", flat=True)) == {"uuid:1", "uuid:3"}


def test_nothing_says_which_interview_came_by_which_link(client: Client, resident: Client) -> None:
    (at,) = _personal(client, 1)
    _send(resident, at, "uuid:1")
    link = Link.objects.get()
    assert link.used is not None
    assert (link.used.hour, link.used.minute, link.used.second) == (0, 0, 0)
    kept = str(Submission.objects.values()) + str(Entry.objects.values())
    assert link.digest not in kept
    assert at.strip("/").partition("/")[2] not in kept + str(Link.objects.values())


def test_closed_links_lead_nowhere_and_lose_nothing(client: Client, resident: Client) -> None:
    at = _open(client)
    link = Link.objects.get()
    for _ in range(2):
        given = {"population": "online", "batch": link.batch.isoformat()}
        assert client.post(f"{AT}close", given).status_code == 302
    assert Entry.objects.filter(action="link.closed").count() == 1
    boot = _boot(resident, at)
    assert boot["forms"] == []
    assert "завершён" in boot["over"]["ru"]
    assert _send(resident, at, "uuid:late").status_code == 410
    assert Quarantined.objects.get().instance_id == "uuid:late"
    assert resident.get(f"{at}forms/1").status_code == 404


def test_links_and_interviewers_never_ask_the_same_population(client: Client) -> None:
    """Who finds a link is not drawn by the sample; the two must not fall into one wave."""
    asked(small_form("residents", files=()), study=REAL)
    phone = phone_within(interviewer(study=REAL))
    assert {form.form_id for form in phone.forms()} == {"residents", "online"}
    phone.send(interview("uuid:1", ANSWERS))
    answer = client.post(f"{AT}make", {"kind": "open", "population": "residents"})
    assert answer.status_code == 422
    assert "online" in answer.content.decode()
    _open(client)
    assert {form.form_id for form in phone.forms()} == {"residents"}


def test_a_link_takes_no_interview_of_another_population(client: Client, resident: Client) -> None:
    at = _open(client)
    asked(small_form("residents", files=()), study=REAL)
    xml = interview("uuid:1", ANSWERS)
    content, kind = body(*sealed(_boot(resident, at)["key"], "uuid:1", xml, {}))
    assert resident.post(f"{at}sealed", content, content_type=kind).status_code == 404
    assert Quarantined.objects.get().reason == "unknown-form"
    assert not Submission.objects.exists()


@pytest.mark.parametrize("count", ["", "0", "-1", "5001", "x", "1e3"])
def test_a_foolish_number_makes_nothing(client: Client, count: str) -> None:
    given = {"kind": "personal", "population": "online", "count": count}
    assert client.post(f"{AT}make", given).status_code == 422
    assert not Link.objects.exists()


def test_a_questionnaire_that_is_not_in_the_field_gets_no_link(client: Client) -> None:
    answer = client.post(f"{AT}make", {"kind": "open", "population": "nowhere"})
    assert answer.status_code == 422
    assert not Link.objects.exists()


def test_a_machine_has_to_wait(client: Client, resident: Client) -> None:
    at = _open(client)
    answers = [
        resident.post(f"{at}sealed", b"x", content_type="text/plain").status_code
        for _ in range(throttle.MOST + 1)
    ]
    assert set(answers[:-1]) == {400}
    assert answers[-1] == 429
    assert (
        Client(REMOTE_ADDR="198.51.100.7").post(f"{at}sealed", b"x", "text/plain").status_code
        == 400
    )


def test_an_hour_later_it_may_again() -> None:
    for _ in range(throttle.MOST):
        assert throttle.wait_for("192.0.2.1", now=100.0) == 0
    assert throttle.wait_for("192.0.2.1", now=160.0) == 3540
    assert throttle.wait_for("192.0.2.2", now=160.0) == 0
    assert throttle.wait_for("192.0.2.1", now=3701.0) == 0


def test_nobodys_link_opens_nothing(resident: Client) -> None:
    for path in ("", "boot.json", "forms/1"):
        assert resident.get(f"/a/nobody/{path}").status_code == 404
    assert resident.post("/a/nobody/sealed", b"x", "text/plain").status_code == 404


def test_a_phones_secret_is_no_link(resident: Client) -> None:
    secret = interviewer(study=REAL)
    assert Token.objects.count() == Membership.objects.filter(role="interviewer").count() == 1
    assert resident.get(f"/a/{secret}/").status_code == 404
    assert actions.link_of(secret) is None
