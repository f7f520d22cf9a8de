"""A new study from the template: whole, checked, or not there at all."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tyndau.base.errors import UserError
from tyndau.base.languages import Text
from tyndau.study import check_study, new
from tyndau.study.new import new_study
from tyndau.study.schema import POINTS, STREETS


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        new_study(folder)
    return caught.value.problems[0].kind.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies") / "town-2026"
    new_study(folder)
    return folder


def test_the_template_asks_for_nothing_but_the_texts_that_it_leaves_open(made: Path) -> None:
    study, problems = check_study(made)
    assert study is not None
    said = [problem for problem in problems if problem.kind.severity != "hint"]
    assert {problem.kind.code for problem in said} == {"study.placeholder"}
    assert [problem.values["cell"] for problem in said] == ["C3", "D3", "C5", "D5"]


def test_the_title_of_the_template_s_form_is_in_each_language(made: Path) -> None:
    study, _ = check_study(made)
    assert study is not None
    assert study.forms["residents"].title == Text("Тұрғындардың пікірі", "Мнение жителей")


def test_the_template_shows_what_a_study_may_have(made: Path) -> None:
    study, _ = check_study(made)
    assert study is not None
    form = study.forms["residents"]
    assert [question.name for question in form.questions[:2]] == ["intro", "consent"]
    assert "eligible" in form
    variables = {variable.name: variable for variable in study.variables("residents")}
    assert variables["problems"].kind == "multiple"
    assert variables["utilities"].is_scale
    assert "Иә" in variables["appeal_handled"].base.kk
    assert variables["age_group"].codes == ("18_29", "30_44", "45_59", "60")
    assert study.banners[0].variables == ("sex", "age_group", "territory")
    for variable in variables.values():
        assert variable.label.missing == ()
        assert all(category.label.missing == () for category in variable.categories)
    codes = {territory.code for territory in study.territories}
    assert codes >= set(variables["territory"].codes) - {"refused"}


def test_the_template_has_room_for_points_and_their_streets(made: Path) -> None:
    book = load_workbook(made / "study.xlsx")
    for spec in (POINTS, STREETS):
        heads = [cell.value for cell in book[spec.name][1]]
        assert heads == [column.name for column in spec.columns]
        assert book[spec.name].max_row == 1


def test_every_file_of_the_template_is_there_and_readable_by_others(made: Path) -> None:
    assert sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()) == [
        "forms/residents.xlsx",
        "study.xlsx",
    ]
    mask = os.umask(0)
    os.umask(mask)
    assert made.stat().st_mode & 0o777 == 0o777 & ~mask
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_an_empty_folder_is_filled_and_folders_above_are_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    new_study(tmp_path / "empty")
    assert (tmp_path / "empty" / "study.xlsx").is_file()
    new_study(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "study.xlsx").is_file()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert refused(tmp_path) == "study.not-empty"
    assert refused(tmp_path / "notes.txt") == "study.not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_place_that_cannot_hold_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path / "file" / "study") == "study.cannot-write"
    assert refused(Path("/proc/study")) == "study.cannot-write"


def test_half_a_study_is_never_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while the template is copied."""
    written = []
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(new.Path, "write_bytes", full)
    assert refused(tmp_path / "town") == "study.cannot-write"
    assert len(written) == 2
    assert list(tmp_path.iterdir()) == []
