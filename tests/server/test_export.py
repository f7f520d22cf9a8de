"""Exports: what is data, in CSV and SPSS, named, safe and written into the log."""

import csv
import io
from pathlib import Path

import pyreadstat
import pytest
from django.test import Client

from tyndau_server.audit.models import Entry
from tyndau_server.fieldwork.models import Submission
from tyndau_server.people.models import Membership, Role

from .conftest import REAL, NewPerson, Serve, SignIn
from .made_field import WHOLE, filled, in_the_field, interviews, send, upload
from .test_submission import HOUSEHOLD

AT = f"/ru/studies/{REAL}/field/export"


@pytest.fixture(autouse=True)
def _served(serve: Serve, real: Path) -> None:
    serve(real)


def _rows(client: Client, query: str = "form=residents") -> list[dict[str, str]]:
    answer = client.get(f"{AT}?{query}")
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_it_works(client: Client, real: Path, person: NewPerson) -> None:
    """A row is an interview: key, who, when in the study's time, then the answers."""
    form = in_the_field(real)
    person(Role.INTERVIEWER, REAL, code="i07")
    made = interviews(REAL, form, 3, by=Membership.objects.get(code="i07"))
    rows = _rows(client)
    assert [row["key"] for row in rows] == [one.key for one in made]
    first = rows[0]
    assert first["instance_id"] == made[0].instance_id
    assert first["interviewer"] == "i07"
    assert first["version"] == form.version
    assert first["received"].endswith("+05:00")
    assert (first["age"], first["problems"], first["territory"]) == ("20", "roads prices", "centre")
    assert Entry.objects.get(action="export.taken").details["format"] == "csv"


def test_rejected_pilot_and_replaced_are_never_data(client: Client, real: Path) -> None:
    form = in_the_field(real)
    made = interviews(REAL, form, 4)
    Submission.objects.filter(pk=made[0].pk).update(state="rejected")
    Submission.objects.filter(pk=made[1].pk).update(pilot=True)
    send(REAL, filled(WHOLE, instance="uuid:e", form=form, deprecated=made[2].instance_id))
    assert {row["instance_id"] for row in _rows(client)} == {made[3].instance_id, "uuid:e"}
    # Not even who asks for them gets them.
    assert _rows(client, "form=residents&state=rejected") == []
    assert _rows(client, "form=residents&kind=pilot") == []


def test_filters_hold_as_in_the_list(client: Client, real: Path) -> None:
    form = in_the_field(real)
    made = interviews(REAL, form, 3)
    Submission.objects.filter(pk=made[0].pk).update(state="accepted")
    assert len(_rows(client, "form=residents&state=accepted")) == 1
    assert len(_rows(client, "form=residents&text=00002")) == 1


def test_a_text_computes_nothing_in_a_spreadsheet(client: Client, real: Path) -> None:
    form = in_the_field(real)
    evil = {**WHOLE, "problems": "other", "problems_other": '=HYPERLINK("http://x")'}
    send(REAL, filled(evil, instance="uuid:1", form=form))
    assert _rows(client)[0]["problems_other"] == '\'=HYPERLINK("http://x")'


def test_excel_in_russian_opens_it_as_a_table(client: Client, real: Path) -> None:
    form = in_the_field(real)
    send(REAL, filled(WHOLE, instance="uuid:1", form=form))
    answer = client.get(f"{AT}?form=residents&format=csv-excel")
    text = b"".join(answer).decode()  # type: ignore[arg-type]
    assert text.startswith("\ufeffkey;instance_id;")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert (row["instance_id"], row["age"], row["problems"]) == ("uuid:1", "34", "roads prices")
    assert answer["Content-Disposition"].endswith('.csv"')
    page = client.get(f"/ru/studies/{REAL}/field/").content.decode()
    assert "form=residents&amp;format=csv-excel" in page
    assert "CSV для Excel" in page


def test_nothing_stands_twice_and_notes_have_no_column(client: Client) -> None:
    upload(REAL, "household", HOUSEHOLD)
    xml = '<data id="household" version="1"><meta><instanceID>uuid:h</instanceID></meta></data>'
    send(REAL, xml.encode())
    (row,) = _rows(client, "form=household")
    assert [name for name, text in row.items() if text == "uuid:h"] == ["instance_id"]
    assert "hello" not in row
    assert {"photo", "voice"} <= row.keys()


def test_a_repeat_is_a_file_of_its_own(client: Client) -> None:
    upload(REAL, "household", HOUSEHOLD)
    xml = (
        b'<data id="household" version="1"><person><name>Aigul</name><age>30</age></person>'
        b"<person><name>Marat</name><age/></person><meta><instanceID>uuid:h</instanceID></meta>"
        b"</data>"
    )
    made = send(REAL, xml)
    rows = _rows(client, "form=household&repeat=person")
    assert [(row["name"], row["age"]) for row in rows] == [("Aigul", "30"), ("Marat", "")]
    assert {row["interview"] for row in rows} == {made.key}
    page = client.get(f"/ru/studies/{REAL}/field/").content.decode()
    assert "form=household&amp;repeat=person" in page


def test_versions_stand_in_one_file(client: Client, real: Path) -> None:
    """An answer of an earlier version keeps its column."""
    upload(REAL, "household", HOUSEHOLD)
    newer = HOUSEHOLD.replace(b'version="1"', b'version="2"')
    newer = newer.replace(b"<photo/>", b"<photo/><street/>")
    second = upload(REAL, "household", newer)
    assert second.version == "2"
    for version, more in ((1, ""), (2, "<street>Abai</street>")):
        send(
            REAL,
            f'<data id="household" version="{version}"><photo/>{more}'
            f"<meta><instanceID>uuid:{version}</instanceID></meta></data>".encode(),
        )
    assert [row["street"] for row in _rows(client, "form=household")] == ["", "Abai"]


def test_spss_holds_accepted_interviews_with_labels(
    client: Client, real: Path, tmp_path: Path
) -> None:
    form = in_the_field(real)
    made = interviews(REAL, form, 3)
    Submission.objects.filter(pk__in=[made[0].pk, made[2].pk]).update(state="accepted")
    answer = client.get(f"{AT}?form=residents&format=sav")
    assert answer.status_code == 200
    path = tmp_path / "x.sav"
    path.write_bytes(b"".join(answer))  # type: ignore[arg-type]
    data, meta = pyreadstat.read_sav(path, output_format="polars")
    assert list(data["key"]) == [made[0].key, made[2].key]
    assert meta.column_names_to_labels["age"]
    assert "Женский" in meta.variable_value_labels["sex"].values()
    assert answer["Content-Disposition"].endswith('.sav"')


def test_answers_that_contradict_the_form_are_named(client: Client, real: Path) -> None:
    form = in_the_field(real)
    send(REAL, filled({**WHOLE, "sex": "martian"}, instance="uuid:1", form=form))
    Submission.objects.update(state="accepted")
    answer = client.get(f"{AT}?form=residents&format=sav")
    assert answer.status_code == 409
    assert "martian" in answer.content.decode()


def test_the_file_is_named_by_study_form_and_day(client: Client, real: Path) -> None:
    in_the_field(real)
    answer = client.get(f"{AT}?form=residents")
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{REAL}_residents_20')
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert _rows(client) == []


@pytest.mark.parametrize(
    "query", ["form=nobody", "form=residents&format=exe", "form=residents&repeat=x"]
)
def test_what_is_not_there(client: Client, real: Path, query: str) -> None:
    in_the_field(real)
    assert client.get(f"{AT}?{query}").status_code == 404
    assert not Entry.objects.filter(action="export.taken").exists()


def test_a_questionnaire_is_to_be_named(client: Client) -> None:
    answer = client.get(AT)
    assert (answer.status_code, answer["Location"]) == (302, f"/ru/studies/{REAL}/field/#exports")


@pytest.mark.parametrize(
    "role", [Role.HEAD, Role.SUPERVISOR, Role.CUSTOMER, Role.INTERVIEWER, Role.READER]
)
def test_others_take_nothing(person: NewPerson, sign_in: SignIn, real: Path, role: str) -> None:
    in_the_field(real)
    assert sign_in(person(role, REAL)).get(f"{AT}?form=residents").status_code in (302, 403)
