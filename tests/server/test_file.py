"""``.../files/NAME``: what was built, to be downloaded, and nothing else."""

import shutil
from pathlib import Path

import pytest
from django.test import Client

from tyndau_server.people.models import Role

from .conftest import NewPerson, Own, Serve, SignIn
from .made_up import write_results

FILES = "/ru/studies/built-city/files/"


def test_it_works(client: Client, serve: Serve, built: Path) -> None:
    serve(built)
    answer = client.get(f"{FILES}tables-ru.xlsx")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"x" * 12_300  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="tables-ru.xlsx"'
    answer.close()


@pytest.mark.parametrize(
    ("role", "edition"),
    [
        (Role.SOCIOLOGIST, "master"), (Role.HEAD, "master"),
        (Role.CUSTOMER, "restricted"), (Role.READER, "restricted"),
    ],
)  # fmt: skip
def test_each_role_gets_its_edition(
    role: Role, edition: str, own: Own, real: Path, serve: Serve, person: NewPerson, sign_in: SignIn
) -> None:
    """Small groups, told as they are in the master, are not for those outside the foundation."""
    study = own(real)
    write_results(study)
    serve(study)
    browser = sign_in(person(role, study.name))
    files = f"/ru/studies/{study.name}/files/"
    table = f"/ru/studies/{study.name}/tables/residents/"
    for address in (f"{files}tables-ru.xlsx", table):
        answer = browser.get(address)
        assert answer.status_code == (200 if edition == "master" else 404)
        answer.close()
    write_results(study, edition="restricted")
    folder = study / "results" / "2026"
    for name, inside in (("master", folder), ("restricted", folder / "restricted")):
        (inside / "r1" / "tables-ru.xlsx").write_text(name, "utf-8")
    answer = browser.get(f"{files}tables-ru.xlsx")
    assert b"".join(answer.streaming_content).decode() == edition  # type: ignore[attr-defined]
    answer.close()
    assert browser.get(table).status_code == 200


def test_another_study(client: Client, serve: Serve, built: Path, real: Path) -> None:
    serve(built, real)
    assert client.get("/ru/studies/my-city/files/tables-ru.xlsx").status_code == 404
    assert client.get("/ru/studies/nowhere/files/tables-ru.xlsx").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "nothing.xlsx",
        "steps.json",
        "..%2F..%2F..%2Fstudy.xlsx",
        "../../../study.xlsx",
        "%2e%2e/%2e%2e/%2e%2e/study.xlsx",
        "..%5C..%5Cstudy.xlsx",
        "%2Fetc%2Fpasswd",
        "web%2Fresidents%2Ftables.json",
        "tables-ru.xlsx%00",
        "%FF%FE",
    ],
)
def test_no_name_leads_out_of_the_results(
    client: Client, serve: Serve, built: Path, name: str
) -> None:
    serve(built)
    assert client.get(FILES + name).status_code == 404


def test_a_file_that_was_removed_is_not_offered(
    client: Client, serve: Serve, own: Own, built: Path
) -> None:
    built = own(built)
    serve(built)
    (built / "results" / "2026" / "r1" / "tables-ru.xlsx").unlink()
    assert client.get(f"{FILES}tables-ru.xlsx").status_code == 404
    page = client.get("/ru/studies/built-city/").content.decode()
    assert "tables-ru.xlsx" not in page
    assert "tables-kk.xlsx" in page


def test_results_of_the_last_wave_and_revision_are_shown(
    client: Client, serve: Serve, own: Own, built: Path
) -> None:
    built = own(built)
    results = built / "results"
    for place in ("2026/r2", "2026/r10", "2025/r11"):
        shutil.copytree(results / "2026" / "r1", results / place)
    (results / "2026" / "r10" / "tables-ru.xlsx").write_bytes(b"newest")
    (results / "2027").mkdir()
    serve(built)
    answer = client.get(f"{FILES}tables-ru.xlsx")
    assert b"".join(answer.streaming_content) == b"newest"  # type: ignore[attr-defined]
    answer.close()
