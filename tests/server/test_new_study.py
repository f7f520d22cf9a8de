"""``/LANGUAGE/new-study`` and which folders are studies."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tyndau.study import load_study
from tyndau.study.versions import list_versions
from tyndau_server.audit.models import Entry
from tyndau_server.people.models import Person, Role
from tyndau_server.studies.served import root, served

from .conftest import NewPerson, Own, Serve, SignIn

TYPED = {"slug": "taraz-2026", "kk": "Тараз тұрғындары", "ru": "Жители Тараза"}


@pytest.fixture
def administrator(sign_in: SignIn) -> Client:
    return sign_in(
        Person.objects.create(name="Әкімші", email="a@tyndau.example", administrator=True)
    )


def test_it_works(administrator: Client, serve: Serve, tmp_path: Path) -> None:
    serve(tmp_path)
    assert administrator.get("/kk/new-study").status_code == 200
    answer = administrator.post("/kk/new-study", TYPED)
    assert answer.status_code == 302
    assert "taraz-2026" in administrator.get("/kk/").content.decode(), "without a restart"
    assert administrator.get(answer["Location"]).status_code == 200
    study = load_study(tmp_path / "taraz-2026")
    assert (study.title.kk, study.title.ru) == ("Тараз тұрғындары", "Жители Тараза")
    assert [(one.number, one.who) for one in list_versions(tmp_path / "taraz-2026")] == [
        (1, "Әкімші")
    ]
    assert Entry.objects.get(action="study.made").study == "taraz-2026"
    assert [entry.name for entry in tmp_path.iterdir()] == ["taraz-2026"], "nothing is left beside"


@pytest.mark.parametrize(
    "typed",
    [{"slug": ""}, {"slug": "../x"}, {"slug": "Тараз"}, {"slug": "a--b"}, {"slug": "-a"},
     {"slug": "a" * 64}, {"slug": "CON!"}, {"kk": " ", "ru": ""}],
)  # fmt: skip
def test_what_is_refused(
    administrator: Client, serve: Serve, tmp_path: Path, typed: dict[str, str]
) -> None:
    serve(tmp_path)
    answer = administrator.post("/ru/new-study", TYPED | typed)
    assert answer.status_code == 422
    assert "Что делать" in answer.content.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken(administrator: Client, serve: Serve, tmp_path: Path) -> None:
    serve(tmp_path)
    administrator.post("/ru/new-study", TYPED)
    assert administrator.post("/ru/new-study", TYPED).status_code == 422
    assert len(list_versions(tmp_path / "taraz-2026")) == 1


def test_without_a_folder_of_studies(administrator: Client, serve: Serve, real: Path) -> None:
    serve(real)
    answer = administrator.post("/ru/new-study", TYPED)
    assert answer.status_code == 422
    assert "TYNDAU_STUDIES" in answer.content.decode()


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """Return a folder into which nobody may write; root may everywhere but on a closed disk."""
    folder = tmp_path / "closed"
    folder.mkdir(0o500)
    if os.geteuid() != 0:
        yield folder
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_folder_that_may_not_be_written(
    administrator: Client, serve: Serve, closed: Path
) -> None:
    serve(closed)
    assert administrator.post("/ru/new-study", TYPED).status_code == 422


def test_who_may_not(person: NewPerson, sign_in: SignIn, serve: Serve, tmp_path: Path) -> None:
    serve(tmp_path)
    browser = sign_in(person(Role.HEAD, "somewhere"))
    assert browser.post("/ru/new-study", TYPED).status_code == 403


def test_an_entry_is_a_study_or_a_folder_of_studies(
    serve: Serve, own: Own, real: Path, built: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / ".hidden").mkdir()
    (folder / "notes").mkdir()
    (folder / "empty.txt").write_text("")
    for name in ("b-city", "a-city"):
        (folder / name / "forms").mkdir(parents=True)
    serve(real, folder, built)
    assert list(served()) == [real.name, "a-city", "b-city", built.name]
    assert root() == folder
    (folder / "notes" / "study.xlsx").write_bytes(b"")
    assert "notes" in served()


@pytest.mark.parametrize("address", ["/en/new-study", "/en/bundles/"])
def test_where_single_studies_are_shown_it_is_said_before_anything_is_typed(
    administrator: Client, serve: Serve, real: Path, address: str
) -> None:
    serve(real)
    text = administrator.get(address).content.decode()
    assert "No study can be added on this server" in text
    assert "TYNDAU_STUDIES" in text
    assert '<form class="form"' not in text
