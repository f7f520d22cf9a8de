"""The workbook as its readers find it: links, numbers, letters, print set-up, charts."""

import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook as Opened
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from tyndau.base.errors import UserError
from tyndau.base.languages import Text, say
from tyndau.reporting.model import Document
from tyndau.reporting.volume import build_volume
from tyndau.reporting.workbook import write_workbook
from tyndau.reporting.workbook.write import tab_names
from tyndau.study.model import Study
from tyndau.tabulation import Table

MakeTable = Callable[..., Table]
MakeStudy = Callable[..., Study]

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
LINK = re.compile(r"'([^']+)'!A(\d+)")
CAPTION = re.compile(r"Table (\d+)[.,]")


@pytest.fixture
def write(tmp_path: Path, study: MakeStudy) -> Callable[..., Opened]:
    def write(*tables: Table, language: str = "en", **changes: object) -> Opened:
        path = tmp_path / f"tables-{language}.xlsx"
        write_workbook(_document(study(**changes), tables), language, path)
        return load_workbook(path)

    return write


@pytest.fixture
def whole(write: Callable[..., Opened], volume: list[Table]) -> Opened:
    return write(*volume)


def _document(study: Study, tables: object) -> Document:
    return build_volume(study, "residents", tables, wave="2023-spring", revision=1, rows=1671)  # type: ignore[arg-type]


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if cell.value is not None)


def _texts(book: Opened) -> list[str]:
    return [cell.value for sheet in book for cell in _cells(sheet) if isinstance(cell.value, str)]


def _row(sheet: Worksheet, label: str) -> list[Cell]:
    """Return the first row that begins with a label."""
    for row in sheet.iter_rows():
        if row[0].value == label:
            return list(row)
    raise AssertionError(f"no row {label!r} in {sheet.title}")


def _heads(sheet: Worksheet) -> dict[str, int]:
    """Return column heads of the first table with their columns, from 0."""
    bases = next(row for row in sheet.iter_rows() if str(row[0].value).endswith("N"))[0].row
    found = {}
    for row in sheet.iter_rows(min_row=5, max_row=bases - 1):
        found |= {cell.value: cell.column - 1 for cell in row[1:] if cell.value}
    return found


def test_every_link_leads_to_what_it_names(whole: Opened, volume: list[Table]) -> None:
    followed = 0
    for sheet in whole:
        for cell in _cells(sheet):
            if cell.hyperlink is None:
                continue
            tab, row = LINK.fullmatch(cell.hyperlink.location).groups()  # type: ignore[union-attr]
            target = whole[tab][f"A{row}"].value
            if str(cell.value).startswith("Table"):
                assert str(target).startswith(f"{cell.value}.")
            elif sheet.title == "Contents":
                assert cell.value == tab
            else:
                assert target == "Contents"
            followed += 1
    assert followed == len(volume) + 2 * (len(whole.sheetnames) - 1)


def test_the_contents_name_every_question_and_table(whole: Opened, volume: list[Table]) -> None:
    texts = [cell.value for cell in _cells(whole["Contents"])]
    for number, table in enumerate(volume, 1):
        assert f"Table {number}" in texts
        assert table.question.label.ru in texts


def test_percentages_are_unrounded_numbers_shown_whole(
    write: Callable[..., Opened], table: MakeTable
) -> None:
    made = table()
    made.percent[0, 1] = 49.03125
    row = _row(write(made)["q1_heard"], "Да")
    assert row[2].value == 0.4903125
    assert row[2].number_format.split(";")[0] == "0%"
    assert row[1].value == pytest.approx(made.percent[0, 0] / 100)


def test_letters_and_arrows_have_a_column_of_their_own(
    write: Callable[..., Opened], table: MakeTable
) -> None:
    made = table()
    made.higher_than[:] = False
    made.versus_rest[:] = 0
    made.higher_than[1, 1, [2, 4]] = True
    made.versus_rest[1, 1:3] = 1, -1
    sheet = write(made)["q1_heard"]
    row = _row(sheet, "Нет")
    assert isinstance(row[2].value, float)
    assert row[3].value == "▲ BD"
    assert row[5].value == "▼"
    assert row[2].font.b and row[4].font.b and not row[6].font.b
    assert [cell.value for cell in _row(sheet, "Column letters")[2::2]][:5] == list("ABCDE")


def test_marks_stand_at_the_column_s_head(write: Callable[..., Opened], table: MakeTable) -> None:
    two = ("sex", Text("Жынысы", "Пол"), (Text("Е", "Мужчины"), Text("Ә", "Женщины")))
    sheet = write(table(banners=[two], people=160, shares=(0.5, 0.5)))["q1_heard"]
    assert {"Мужчины\u00a0*", "Женщины\u00a0*"} <= _heads(sheet).keys()


def test_without_inference_there_is_no_column_of_letters(
    write: Callable[..., Opened], table: MakeTable
) -> None:
    sheet = write(table(inference="none"), inference="none")["q1_heard"]
    assert len([cell for cell in _row(sheet, "Да") if cell.value is not None]) == 7
    texts = "".join(str(cell.value) for cell in _cells(sheet))
    assert not set("▲▼") & set(texts)
    assert "Column letters" not in texts


def test_means_have_two_decimals_and_bases_none(
    write: Callable[..., Opened], table: MakeTable
) -> None:
    scores = [(str(n), Text(f"{n} ұпай", f"{n} балла")) for n in range(1, 6)]
    made = table(answers=scores, scale=True, weighted=True)
    sheet = write(made)["q1_heard"]
    mean = _row(sheet, "Средний балл")[1]
    assert (mean.value, mean.number_format) == (made.percent[-1, 0], '0.00;"−"0.00')
    base = _row(sheet, "Effective base")[1]
    assert (base.value, base.number_format) == (made.columns[0].effective_base, "#,##0")


def test_numbers_are_written_as_the_language_writes_them(
    write: Callable[..., Opened], table: MakeTable
) -> None:
    formats = {
        language: _row(write(table(), language=language)["q1_heard"], answer)[1].number_format
        for language, answer in (("ru", "Да"), ("kk", "Иә"))
    }
    assert formats["ru"].split(";")[0] == '[$-419]0"\u00a0"%'
    assert formats["kk"].split(";")[0] == "[$-43F]0%"
    assert all(format_.endswith(';"–"') for format_ in formats.values())


def test_a_column_without_a_base_is_empty(write: Callable[..., Opened], table: MakeTable) -> None:
    sheet = write(table(people=0))["q1_heard"]
    assert [cell.value for cell in _row(sheet, "Base, N")[1:]][:2] == [0, 0]
    assert {cell.value for cell in _row(sheet, "Да")[1:]} == {None}
    assert "Nobody was asked this question in this wave." in [c.value for c in _cells(sheet)]


@pytest.mark.parametrize("start", "=+-@")
def test_a_text_never_becomes_a_formula(
    write: Callable[..., Opened], table: MakeTable, start: str
) -> None:
    words = Text(f"{start}1+1", f"{start}1+1")
    book = write(
        table("q", words, [("a", words), ("b", words)], [("x", words, (words, words))]),
        title=words, customer=words,
    )  # fmt: skip
    found = [cell for sheet in book for cell in _cells(sheet) if start in str(cell.value)[:1]]
    assert len(found) >= 7
    assert {cell.data_type for cell in found} == {"s"}


def test_a_banner_too_wide_for_a_page_goes_on_below_with_the_total(
    whole: Opened, volume: list[Table]
) -> None:
    sheet = whole["q4_towns"]
    heads = [c.value for c in _cells(sheet) if re.match(r"(Посёлок \d+|Всего)\b", str(c.value))]
    towns = [head.replace("\u00a0", " ").rstrip(" *") for head in heads if head != "Всего"]
    assert towns == [f"Посёлок {n}" for n in range(1, 31)]
    captions = [c.value for c in _cells(sheet) if CAPTION.match(str(c.value))]
    assert captions[0].startswith("Table 9. ")
    assert {caption[:18] for caption in captions[1:]} == {"Table 9, continued"}
    assert heads.count("Всего") == len(captions) > 1


def test_every_sheet_is_set_up_for_printing(whole: Opened) -> None:
    for sheet in whole:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page across is what a file means by leaving the number out; 0 leaves pages down free.
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert int(sheet.page_setup.fitToHeight) == 0
        assert "Советы в вымышленном городе" in sheet.oddHeader.left.text
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert sheet.print_area
    question = whole["q2_bodies"]
    assert question.freeze_panes == "B3"
    assert (question.print_title_rows, question.print_title_cols) == ("$1:$1", "$A:$A")


def test_no_page_break_cuts_a_table(whole: Opened) -> None:
    breaks = 0
    for sheet in whole.worksheets[2:]:
        for break_ in sheet.row_breaks.brk:
            first = sheet.cell(break_.id + 1, 1).value
            assert first is None or CAPTION.match(first), f"{sheet.title}, row {break_.id + 1}"
            breaks += 1
    assert breaks >= 4


def test_no_table_fills_more_than_a_page(whole: Opened) -> None:
    """A4 landscape holds 842 by 595 points; what is fitted to the width is scaled as a whole."""
    for sheet in whole.worksheets[2:]:
        widths = sheet.column_dimensions.values()
        pixels = sum(int(w.width * 7 + 0.5) * (w.max - w.min + 1) for w in widths)
        last = column_index_from_string(sheet.print_area.split(":")[1].split("$")[1])
        pixels += 64 * (last - max(w.max for w in widths))
        margins = sheet.page_margins
        scale = min(1.0, (11.69 - margins.left - margins.right) * 96 / max(pixels, 1))
        room = (8.27 - margins.top - margins.bottom) * 72 / scale
        edges = [0, *(b.id for b in sheet.row_breaks.brk), sheet.max_row]
        for top, bottom in pairwise(edges):
            rows = [*range(top + 1, bottom + 1), *([1] if top else [])]
            tall = sum(sheet.row_dimensions[row].height or 15 for row in rows)
            assert tall <= room, f"{sheet.title}, rows {top + 1} to {bottom}"


def test_charts_show_the_total_and_cover_no_cell(
    tmp_path: Path, whole: Opened, volume: list[Table]
) -> None:
    with zipfile.ZipFile(tmp_path / "tables-en.xlsx") as archive:
        names = [name for name in archive.namelist() if "charts/chart" in name]
        numbers = range(1, len(names) + 1)
        charts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in numbers]
        drawings = [
            ElementTree.fromstring(archive.read(f"xl/drawings/drawing{n}.xml")) for n in numbers
        ]
    assert len(names) == 8
    for chart, drawing in zip(charts, drawings, strict=True):
        labels, values = re.findall(r"<c:f>([^<]+)</c:f>", chart)[-2:]
        sheet, answers = _referred(whole, labels)
        made = next(table for table in volume if table.question.name == sheet.title)
        said = [cell.value for cell in answers]
        assert said == [row.label.ru for row in made.rows if row.kind == "answer"]
        assert [cell.value for cell in _referred(whole, values)[1]] == pytest.approx(
            made.percent[: len(said), 0] / 100
        )
        top, bottom = (
            int(drawing.find(f".//{DRAWING}{end}/{DRAWING}row").text)  # type: ignore[union-attr,arg-type]
            for end in ("from", "to")
        )
        below = sheet.iter_rows(min_row=top + 1, max_row=bottom + 1)
        assert {cell.value for row in below for cell in row} == {None}
        assert drawing.find(f".//{DRAWING}cNvPr").get("descr")  # type: ignore[union-attr]


def _referred(book: Opened, reference: str) -> tuple[Worksheet, list[Cell]]:
    tab, cells = reference.replace("$", "").replace("'", "").split("!")
    return book[tab], [row[0] for row in book[tab][cells]]


def test_the_same_document_gives_the_same_bytes(
    tmp_path: Path, study: MakeStudy, volume: list[Table]
) -> None:
    paths = [tmp_path / name for name in ("one.xlsx", "two.xlsx")]
    for path in paths:
        write_workbook(_document(study(), volume), "en", path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    properties = load_workbook(paths[0]).properties
    assert properties.created.isoformat() == "2023-04-30T00:00:00"
    assert properties.title == "Советы в вымышленном городе"
    assert properties.creator == "Вымышленный фонд"
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_a_file_that_cannot_be_written_is_one_clear_error(
    tmp_path: Path, study: MakeStudy, table: MakeTable
) -> None:
    path = tmp_path / "absent" / "tables.xlsx"
    with pytest.raises(UserError) as caught:
        write_workbook(_document(study(), [table()]), "en", path)
    (problem,) = caught.value.problems
    assert problem.kind.code == "report.not-written"
    assert problem.place.file == str(path)
    assert "no such file" in problem.what("en")


def test_a_failure_half_way_leaves_the_old_file(
    tmp_path: Path, study: MakeStudy, table: MakeTable
) -> None:
    path = tmp_path / "tables.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="xx"):
        write_workbook(_document(study(), [table()]), "xx", path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_names_of_tabs_are_what_excel_accepts() -> None:
    long = "q" * 40
    names = tab_names(["q1", "Q1", "a/b:c", long, long, "", "  "])
    assert names[:3] == ["q1", "Q1~2", "a_b_c"]
    assert names[3:5] == ["q" * 31, "q" * 29 + "~2"]
    assert all(0 < len(name) <= 31 for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_a_long_label_gets_the_lines_that_it_needs(
    write: Callable[..., Opened], table: MakeTable
) -> None:
    label = Text("", "Очень длинный ответ, который " + "повторяет одно и то же слово " * 8)
    sheet = write(table(answers=[("a", label), ("b", Text("", "Да"))]))["q1_heard"]
    long, short = (_row(sheet, words)[0].row for words in (say(label, "en"), "Да"))
    # A column's width is counted in digits, which are about as wide as letters of a label.
    lines = len(say(label, "en")) / sheet.column_dimensions["A"].width / 1.6
    assert sheet.row_dimensions[long].height > lines * 11
    assert (sheet.row_dimensions[short].height or 0) < 20


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_english_stands_in_a_volume(
    write: Callable[..., Opened], volume: list[Table], language: str
) -> None:
    book = write(*volume, language=language)
    names = {table.question.name for table in volume} | {"weight", "N"}
    texts = [*_texts(book), *book.sheetnames]
    for sheet in book:
        bands = (sheet.oddHeader, sheet.oddFooter)
        texts += [str(part.text) for band in bands for part in (band.left, band.right)]
    for text in texts:
        words = set(re.findall(r"[A-Za-z]\w+", re.sub(r"&[A-Z]|2023-spring", "", text)))
        letters = {word for word in words if word.isupper() and len(word) <= 4}
        assert words - names - letters == set(), text


def test_the_kazakh_volume_is_in_kazakh(write: Callable[..., Opened], volume: list[Table]) -> None:
    kazakh, russian = (_texts(write(*volume, language=code)) for code in ("kk", "ru"))
    assert "Мазмұны" in kazakh and "Содержание" in russian
    assert "Барлығы" in kazakh and "Всего" in russian
    sentences = {text for text in kazakh if len(re.findall("[а-яё]", text)) > 15}
    assert sentences & set(russian) == set()
