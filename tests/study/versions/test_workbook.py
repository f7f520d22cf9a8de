"""What changed in a workbook: rows by what names them, cells by their headings."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from tyndau.study.versions.workbook import CellChange, SheetChange, compare_workbooks

Sheets = Mapping[str, Sequence[Sequence[object]]]

STUDY = [["key", "value", "kk", "ru"], ["title", None, "Зерттеу", "Исследование"], ["level", 95]]
SCALES = [["list", "code", "score"], ["trust", "1", 1], ["trust", "2", 2], ["other", "1", 5]]


def _write(path: Path, sheets: Sheets) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def _compare(tmp_path: Path, before: Sheets, after: Sheets) -> tuple[SheetChange, ...]:
    paths = _write(tmp_path / "before.xlsx", before), _write(tmp_path / "after.xlsx", after)
    return compare_workbooks(*paths, "study.xlsx")


def test_a_workbook_equals_itself(tmp_path: Path) -> None:
    sheets = {"study": STUDY, "scales": SCALES}
    assert _compare(tmp_path, sheets, sheets) == ()


def test_a_setting_changed(tmp_path: Path) -> None:
    after = [STUDY[0], ["level", 90], [*STUDY[1][:3], "Опрос"]]
    (change,) = _compare(tmp_path, {"study": STUDY}, {"study": after})
    assert change.reordered
    assert [(row.row, row.key, row.cells) for row in change.rows] == [
        (2, "level", (CellChange("value", "95", "90"),)),
        (3, "title", (CellChange("ru", "Исследование", "Опрос"),)),
    ]


def test_rows_are_matched_by_their_key_wherever_they_stand(tmp_path: Path) -> None:
    after = [SCALES[0], ["trust", "3", 3], SCALES[1], ["trust", "2", 4]]
    (change,) = _compare(tmp_path, {"scales": SCALES}, {"scales": after})
    assert [(row.kind, row.row, row.key) for row in change.rows] == [
        ("added", 2, "trust, 3"), ("changed", 4, "trust, 2"), ("removed", 4, "other, 1"),
    ]  # fmt: skip
    assert change.rows[1].cells == (CellChange("score", "2", "4"),)
    assert not change.reordered


def test_a_column_that_moved_is_no_change(tmp_path: Path) -> None:
    after = [[row[2], row[0], row[1]] for row in SCALES]
    assert _compare(tmp_path, {"scales": SCALES}, {"scales": after}) == ()


def test_rows_without_a_key_are_matched_by_likeness(tmp_path: Path) -> None:
    before = {"my notes": [["what"], ["a"], ["b"], ["c"]]}
    after = {"my notes": [["what"], ["new"], ["a"], ["B"], ["c"]]}
    (change,) = _compare(tmp_path, before, after)
    assert [(row.kind, row.row, row.cells) for row in change.rows] == [
        ("added", 2, (CellChange("what", "", "new"),)),
        ("changed", 4, (CellChange("what", "b", "B"),)),
    ]


def test_two_rows_of_one_key_are_not_taken_for_each_other(tmp_path: Path) -> None:
    before = [*SCALES, ["trust", "1", 7]]
    after = [*SCALES, ["trust", "1", 8]]
    (change,) = _compare(tmp_path, {"scales": before}, {"scales": after})
    assert [row.cells for row in change.rows] == [(CellChange("score", "7", "8"),)]


def test_sheets_come_and_go(tmp_path: Path) -> None:
    changes = _compare(
        tmp_path, {"study": STUDY, "scales": SCALES}, {"study": STUDY, "nets": [["list"], ["a"]]}
    )
    assert [(change.sheet, change.kind, len(change.rows)) for change in changes] == [
        ("nets", "added", 1), ("scales", "removed", 3),
    ]  # fmt: skip


def test_a_sheet_that_is_too_long_is_said_to_be(tmp_path: Path) -> None:
    long = {"notes": [["n"], *([number] for number in range(10_001))]}
    (change,) = _compare(tmp_path, {"notes": [["n"], [1]]}, long)
    assert change.too_long and not change.rows
