"""``/LANGUAGE/studies/SLUG/design/``: files and versions of a study's design."""

from pathlib import Path

import pytest
from django.test import Client

from tyndau.study.versions import Stamp, list_versions, read_stamp
from tyndau_server.audit.models import Entry
from tyndau_server.people.models import Role

from .conftest import NewPerson, Own, Serve, SignIn
from .uploading import Design, edited, set_cell


@pytest.fixture
def study(own: Own, real: Path, serve: Serve) -> Path:
    folder = own(real)
    serve(folder)
    return folder


@pytest.fixture
def design(client: Client, study: Path) -> Design:
    return Design(client, study)


def test_it_works(design: Design, study: Path) -> None:
    page = design.page()
    assert "study.xlsx" in page and "forms/residents.xlsx" in page
    assert "/design/versions/1/files/study.xlsx" in page
    assert [version.number for version in list_versions(study)] == [1]
    entry = Entry.objects.get()
    assert (entry.action, entry.study, entry.details["version"]) == (
        "design.found",
        study.name,
        1,
    )


def test_a_download_knows_which_version_it_is(design: Design, study: Path) -> None:
    answer = design.browser.get(f"{design.address}versions/1/files/forms/residents.xlsx")
    assert answer.status_code == 404, "there is no version before somebody looked"
    design.page()
    content = design.download("forms/residents.xlsx")
    assert read_stamp(content) == Stamp(study.name, 1, "forms/residents.xlsx")
    answer = design.browser.get(f"{design.address}versions/1/files/forms/residents.xlsx")
    assert 'filename="residents.v1.xlsx"' in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["versions/1/files/../../secret.key", "versions/1/files/versions/0001/version.json",
             "versions/9/files/study.xlsx", "versions/9", "compare?before=1&after=9",
             "compare?before=x&after=1", "sent/0123456789abcdef01234567", "sent/..",
             "versions/1/files/%2e%2e/%2e%2e/study.xlsx"],
)  # fmt: skip
def test_what_is_not_there(design: Design, path: str) -> None:
    design.page()
    assert design.browser.get(design.address + path).status_code == 404


def test_a_version_shows_what_it_changed(design: Design, study: Path) -> None:
    design.page()
    content = edited(design.download("study.xlsx"), set_cell("study", "D2", "Новое название"))
    design.take(design.send(("study.xlsx", content)), 1, note="Әріптестер үшін ескерту")
    page = design.page()
    assert "Әріптестер үшін ескерту" in page
    version = design.page("versions/2")
    assert "Новое название" in version and "Tyndau 0" in version
    assert "Новое название" in design.page("compare?before=1&after=2")
    assert "Новое название" in design.page("compare?before=2&after=1")
    assert "Новое название" in design.page("compare")


def test_going_back(design: Design, study: Path) -> None:
    design.page()
    before = (study / "study.xlsx").read_bytes()
    content = edited(design.download("study.xlsx"), set_cell("study", "D2", "Новое название"))
    design.take(design.send(("study.xlsx", content)), 1)
    answer = design.browser.post(f"{design.address}versions/1/go-back", {"note": "Қате"})
    assert answer.status_code == 302
    assert (study / "study.xlsx").read_bytes() == before
    last = list_versions(study)[-1]
    assert (last.number, last.parent, last.who, last.note) == (3, 1, "Sociologist", "Қате")
    assert Entry.objects.order_by("number").last().action == "design.gone-back"  # type: ignore[union-attr]
    again = design.browser.post(f"{design.address}versions/3/go-back")
    assert again.status_code == 302
    assert len(list_versions(study)) == 3


def test_files_changed_by_hand_are_shown_as_found(design: Design, study: Path) -> None:
    design.page()
    (study / "guides").mkdir(exist_ok=True)
    (study / "guides" / "expert.kk.md").write_text("Нұсқаулық", "utf-8")
    assert "guides/expert.kk.md" in design.page()
    assert [version.who for version in list_versions(study)] == ["", ""]


def test_a_study_that_cannot_be_read_can_be_mended(
    client: Client, own: Own, broken: Path, real: Path, serve: Serve
) -> None:
    study = own(broken)
    serve(study)
    design = Design(client, study)
    design.page()
    whole = (real / "study.xlsx").read_bytes()
    design.take(design.send(("study.xlsx", whole)), 1)
    assert (study / "study.xlsx").read_bytes() == whole


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INTERVIEWER, Role.CUSTOMER, Role.READER])
def test_who_may_not(role: Role, person: NewPerson, sign_in: SignIn, study: Path) -> None:
    browser = sign_in(person(role, study.name))
    assert browser.get(f"/ru/studies/{study.name}/design/").status_code == 403
    assert browser.post(f"/ru/studies/{study.name}/design/upload").status_code == 403
    assert (
        browser.get(f"/ru/studies/{study.name}/design/versions/1/files/study.xlsx").status_code
        == 403
    )


def test_of_another_study_nobody_may(person: NewPerson, sign_in: SignIn, study: Path) -> None:
    browser = sign_in(person(Role.SOCIOLOGIST, "elsewhere"))
    assert browser.get(f"/ru/studies/{study.name}/design/").status_code == 404


def test_what_a_dead_process_began_is_completed_by_whoever_looks(
    design: Design, study: Path
) -> None:
    design.page()
    before = (study / "study.xlsx").read_bytes()
    content = edited(design.download("study.xlsx"), set_cell("study", "D2", "Новое название"))
    design.take(design.send(("study.xlsx", content)), 1)
    after = (study / "study.xlsx").read_bytes()
    # As if the process had died after the version was whole and before any file was brought to it.
    (study / "study.xlsx").write_bytes(before)
    (study / "versions" / "applied").write_text("1")
    assert "Новое название" in design.browser.get(f"/ru/studies/{study.name}/").content.decode()
    assert (study / "study.xlsx").read_bytes() == after
    assert len(list_versions(study)) == 2
