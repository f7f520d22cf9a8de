"""The workbook as cells: whatever lies under its name, it is read or refused in one sentence."""

import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from tyndau.base.errors import Problem, UserError
from tyndau.study import container
from tyndau.study.workbook import MAX_ROWS, Sheet, read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path) -> Sheet:
    return read_workbook(path, "study.xlsx", lambda name: name == "study").sheets[0]


def refused(path: Path) -> Problem:
    with pytest.raises(UserError) as caught:
        read_workbook(path, "study.xlsx", lambda name: True)
    (problem,) = caught.value.problems
    assert problem.place.file == "study.xlsx"
    assert problem.remedy("en")
    return problem


def package(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


@pytest.fixture
def book(tmp_path: Path, write: Callable[..., Path]) -> Path:
    return write(tmp_path / "study.xlsx", {"study": [["key", "value"], ["title", "x"]]})


def test_cells_keep_their_rows_and_blank_rows_are_left_out(tmp_path: Path, write) -> None:
    rows = [["key", "value"], [], ["  \u00a0", None], ["title", "\u00a0Пікір \u200b"]]
    sheet = read(write(tmp_path / "study.xlsx", {"study": rows, "other": [["x"]]}))
    assert [row.number for row in sheet.rows] == [1, 4]
    assert sheet.rows[1].cells[2].value == "Пікір"
    assert sheet.rows[1].cells[2].reference == "B4"


def test_hidden_rows_and_sheets_count(book: Path) -> None:
    opened = load_workbook(book)
    opened.create_sheet("front")
    opened["study"].row_dimensions[2].hidden = True
    opened["study"].sheet_state = "hidden"
    opened.save(book)
    assert len(read(book).rows) == 2


def test_a_wrong_declared_size_hides_no_row(book: Path) -> None:
    rewritten(book, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:A1"')
    assert read(book).rows[1].cells[2].value == "x"


def test_a_range_merged_downwards_gives_its_value_to_each_filled_row(book: Path) -> None:
    opened = load_workbook(book)
    sheet = opened["study"]
    sheet["A3"], sheet["B3"], sheet["B4"] = "main", "sex", "age"
    sheet.merge_cells("A3:A6")
    sheet["D8"] = "wide"
    sheet.merge_cells("D8:F8")
    opened.save(book)
    result = read(book)
    assert [row.cells[1].value for row in result.rows[2:4]] == ["main", "main"]
    assert [row.number for row in result.rows] == [1, 2, 3, 4, 8]
    assert result.merged == ("D8:F8",)


def test_formulas_are_seen_with_their_values(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "study.xlsx") as opened:
        sheet = opened.add_worksheet("study")
        sheet.write_row(0, 0, ["key", "value"])
        sheet.write_formula("A2", '="ti"&"tle"', None, "title")
        sheet.write_formula("B2", "='[codes.xlsx]My sheet (2)'!A1", None, "x")
        sheet.write_formula("B3", "=[1]Codes!$A$1", None, "y")
        sheet.write_formula("B4", "=SUM(Table1[score])", None, 3)
        sheet.write_array_formula("B5:B5", "{=MAX(1,2)}", None, 2)
    cells = [row.cells for row in read(tmp_path / "study.xlsx").rows]
    assert cells[1][1].value == "title"
    assert cells[1][1].formula == '="ti"&"tle"'
    assert [row[2].external for row in cells[1:]] == [True, True, False, False]
    assert cells[4][2].formula == "=MAX(1,2)"


def rewritten(book: Path, name: str, old: bytes, new: bytes) -> Path:
    """Change a part of a workbook as openpyxl itself would not write it."""
    with zipfile.ZipFile(book) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    with zipfile.ZipFile(book, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return book


def test_a_formula_filled_down_is_external_in_each_of_its_cells(book: Path) -> None:
    rows = (
        b'<row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="0">[1]Codes!A1</f><v>5</v></c></row>'
        b'<row r="4"><c r="A4"><f t="shared" si="0"/><v>6</v></c></row></sheetData>'
    )
    rewritten(book, "xl/worksheets/sheet1.xml", b"</sheetData>", rows)
    cells = [row.cells[1] for row in read(book).rows[2:]]
    assert [(cell.value, cell.external) for cell in cells] == [(5, True), (6, True)]


def test_a_formula_computed_to_an_empty_text_has_a_value(book: Path) -> None:
    row = b'<row r="3"><c r="A3" t="str"><f>IF(1,"","x")</f><v></v></c></row></sheetData>'
    rewritten(book, "xl/worksheets/sheet1.xml", b"</sheetData>", row)
    assert read(book).rows[2].cells[1].value == ""


def test_a_strict_workbook_is_named_and_not_read_as_empty(book: Path) -> None:
    transitional = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    rewritten(book, "xl/workbook.xml", transitional, strict)
    assert "Strict Open XML" in refused(book).what("en")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    with path.open("wb") as stream:
        stream.truncate(container.MAX_FILE + 1)
    assert refused(path).kind.code == "study.large-workbook"


def test_a_formula_that_was_never_computed_has_no_value(book: Path) -> None:
    opened = load_workbook(book)
    opened["study"]["B3"] = "=1+1"
    opened.save(book)
    cell = read(book).rows[2].cells[2]
    assert cell.formula == "=1+1"
    assert cell.value is None


def test_error_values_and_dates_are_known_as_such(book: Path) -> None:
    opened = load_workbook(book)
    opened["study"]["B3"] = "#REF!"
    opened["study"]["B4"] = datetime(2026, 5, 1)
    opened.save(book)
    rows = read(book).rows
    assert rows[2].cells[2].is_error
    assert rows[3].cells[2].value == datetime(2026, 5, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"key,value\ntitle,x\n", "a text file"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x05\x06" + bytes(18), "an archive of other files"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "an old Excel workbook (.xls)"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "a Word document"),
        (bytes(range(256)), "a file of an unknown kind"),
    ],
)
def test_other_files_are_named_for_what_they_are(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(content)
    problem = refused(path)
    assert problem.kind.code == "study.not-a-workbook"
    assert words in problem.what("en")
    assert "save it as Excel Workbook (.xlsx)" in problem.remedy("en")


def test_a_renamed_word_document_is_named(tmp_path: Path) -> None:
    problem = refused(package(tmp_path / "study.xlsx", word__document_xml=b"<document/>"))
    assert "a Word document" in problem.what("en")


def test_a_real_old_workbook_is_named(oracles: Path, tmp_path: Path) -> None:
    old = next((oracles / "forms").glob("*.xls"))
    path = tmp_path / "study.xlsx"
    path.write_bytes(old.read_bytes())
    assert "an old Excel workbook (.xls)" in refused(path).what("en")


def test_a_locked_workbook_asks_for_the_password_to_be_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path).kind.code == "study.locked-workbook"


def test_a_truncated_workbook_is_damaged(book: Path) -> None:
    book.write_bytes(book.read_bytes()[:-200])
    problem = refused(book)
    assert problem.kind.code == "study.broken-workbook"
    assert "without its end" in problem.what("en")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("content", [b"", b"<a><b></a>", b"\xff\xfe", None])
def test_a_damaged_part_is_one_error(book: Path, part: str, content: bytes | None) -> None:
    if part == "xl/styles.xml" and content is None:
        return  # a workbook without styles is a good one
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book, "w") as archive:
        for name, old in parts.items():
            new = content if name == part else old
            if new is not None:
                archive.writestr(name, new)
    assert refused(book).kind.code in ("study.broken-workbook", "study.not-a-workbook")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = bytes(container.MAX_UNPACKED + 1)
    path = package(tmp_path / "study.xlsx", xl__workbook_xml=b"<a/>", xl__worksheets__s_xml=bomb)
    assert path.stat().st_size < 2**20
    tracemalloc.start()
    problem = refused(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.kind.code == "study.large-workbook"
    assert "at most 128 MB" in problem.what("en")
    assert most < container.MAX_UNPACKED / 10


def test_an_entity_bomb_is_refused(book: Path) -> None:
    name = "xl/worksheets/sheet1.xml"
    rewritten(book, name, b"<t>title</t>", b"<t>&x;&x;</t>")
    bomb = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'">]><worksheet'
    rewritten(book, name, b"<worksheet", bomb)
    assert refused(book).kind.code == "study.broken-workbook"


def test_a_hundred_thousand_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as opened:
        sheet = opened.add_worksheet("study")
        for row in range(100_000):
            sheet.write_row(row, 0, [row, f"answer {row}", "да", "нет"])
    result = read(path)
    assert result.too_long
    assert result.rows == ()


def test_as_many_rows_as_the_limit_are_read(tmp_path: Path) -> None:
    book = Book(write_only=True)
    sheet = book.create_sheet("study")
    for row in range(MAX_ROWS + 1):
        sheet.append([row])
    book.save(tmp_path / "study.xlsx")
    assert len(read(tmp_path / "study.xlsx").rows) == MAX_ROWS + 1


def test_a_sheet_that_is_not_wanted_may_be_of_any_length(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as opened:
        opened.add_worksheet("study").write_row(0, 0, ["key", "value"])
        sheet = opened.add_worksheet("notes")
        for row in range(20_000):
            sheet.write_row(row, 0, [row])
    result = read_workbook(path, "study.xlsx", lambda name: name == "study")
    assert result.names == ("study", "notes")
    assert [sheet.name for sheet in result.sheets] == ["study"]


def test_a_file_that_cannot_be_opened_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "study.xlsx").mkdir()
    assert refused(tmp_path / "study.xlsx").kind.code == "study.unreadable-workbook"
