"""What changed between two designs, file by file."""

from pathlib import Path

import openpyxl
import pytest

from tyndau.study import new_study
from tyndau.study.versions import compare_designs


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("before", "after"):
        new_study(tmp_path / name)
    return tmp_path / "before", tmp_path / "after"


def _set(path: Path, sheet: str, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def test_nothing(pair: tuple[Path, Path]) -> None:
    assert compare_designs(*pair) == ()


def test_each_file_by_its_kind(pair: tuple[Path, Path]) -> None:
    before, after = pair
    _set(after / "study.xlsx", "study", "D2", "Новое название")
    _set(after / "forms" / "residents.xlsx", "survey", "C2", "Жаңа сөз")
    for folder, text in ((before, "one\ntwo\nthree\n"), (after, "one\n2\nthree\n")):
        (folder / "guides").mkdir(exist_ok=True)
        (folder / "guides" / "expert.kk.md").write_text(text)
    (before / "territories.geojson").write_text('{"features": [{}]}')
    (after / "territories.geojson").write_text('{"features": [{}, {}]}')
    (after / "forms" / "list.csv").write_text("name\n")
    found = {one.path: one for one in compare_designs(before, after)}
    assert list(found) == [
        "study.xlsx", "territories.geojson", "forms/list.csv", "forms/residents.xlsx",
        "guides/expert.kk.md",
    ]  # fmt: skip
    assert found["study.xlsx"].sheets[0].rows[0].cells[0].after == "Новое название"
    assert found["territories.geojson"].areas == (1, 2)
    assert found["forms/list.csv"].state == "added"
    form = found["forms/residents.xlsx"].form
    assert form is not None and form.editorial and form.changes
    assert found["guides/expert.kk.md"].lines == ("@@ -1,3 +1,3 @@", " one", "-two", "+2", " three")


def test_a_form_that_cannot_be_read_is_told_and_the_rest_all_the_same(
    pair: tuple[Path, Path],
) -> None:
    before, after = pair
    (after / "forms" / "residents.xlsx").write_bytes(b"PK\x03\x04 broken")
    _set(after / "study.xlsx", "study", "D2", "Новое название")
    found = {one.path: one for one in compare_designs(before, after)}
    assert found["study.xlsx"].sheets
    assert found["forms/residents.xlsx"].unread
    assert not found["forms/residents.xlsx"].only_look


def test_saving_alone_changes_the_look_at_most(pair: tuple[Path, Path]) -> None:
    before, after = pair
    book = openpyxl.load_workbook(after / "study.xlsx")
    book.worksheets[0].column_dimensions["A"].width = 77
    book.save(after / "study.xlsx")
    (found,) = compare_designs(before, after)
    assert found.only_look
