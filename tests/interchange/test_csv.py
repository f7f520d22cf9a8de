"""CSV as Excel in Kazakhstan writes it, and CSV that is damaged."""

import csv as python_csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyndau.base.errors import UserError
from tyndau.interchange import RawTable, parse_csv, read_csv


def rows(table: RawTable) -> list[list[str]]:
    """Return a table as rows of texts, names first."""
    cells = [[column.levels[i] for i in column.index] for column in table.columns.values()]
    return [list(table.columns), *(list(row) for row in zip(*cells, strict=True))]


def problem(data: bytes):
    """Read bytes and return the one problem that they have."""
    with pytest.raises(UserError) as caught:
        parse_csv(data, "answers.csv")
    assert len(caught.value.problems) == 1, caught.value
    (found,) = caught.value.problems
    assert found.place.file == "answers.csv"
    assert found.what("en") and found.remedy("en")
    return found


KAZAKH = "id;Қала;салмақ\r\n1;Өскемен;0,5\r\n2;Шу;1,25\r\n"
EXPECTED = [["id", "Қала", "салмақ"], ["1", "Өскемен", "0,5"], ["2", "Шу", "1,25"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_unicode_in_every_form_that_programs_write(encoding, delimiter):
    data = KAZAKH.replace(";", delimiter).encode(encoding)
    assert rows(parse_csv(data, "f")) == EXPECTED


def test_excel_in_kazakhstan_writes_windows_1251():
    text = "id;Город;вес\r\n1;Тараз «Центр» № 5;0,5\r\n2;Шу — ёлка;1 234,5\r\n"
    table = parse_csv(text.encode("windows-1251"), "f")
    assert rows(table)[1:] == [["1", "Тараз «Центр» № 5", "0,5"], ["2", "Шу — ёлка", "1 234,5"]]
    assert table.traits == {"encoding": "windows-1251", "delimiter": ";"}
    assert table.warnings == ()


def test_a_pair_of_windows_letters_that_looks_like_utf_8_misleads_nobody():
    assert "Тёс".encode("windows-1251")[:2].decode() == "Ҹ"
    table = parse_csv("Тёс,Сёла\nМёд,да\n".encode("windows-1251"), "f")
    assert rows(table) == [["Тёс", "Сёла"], ["Мёд", "да"]]


def test_kazakh_letters_lost_in_windows_1251_are_warned_of():
    data = "id;Город\r\n1;Тараз\r\n2;?скемен\r\n3;?ызылорда\r\n".encode("windows-1251")
    (warning,) = parse_csv(data, "f").warnings
    assert warning.kind.code == "data.lost-letters"
    assert warning.place.row == 3
    assert "?скемен" in warning.what("en") and "lines concerned: 2" in warning.what("en")


def test_question_marks_of_questions_are_no_loss():
    data = "id;Вопрос\r\n1;Что? Где? Когда?\r\n2;Как же так?!\r\n".encode()
    assert parse_csv(data, "f").warnings == ()


def test_lines_are_those_of_the_file_though_cells_hold_lines():
    data = b'a,b\n1,"first\nsecond"\n\n2,"say ""hi"", then go"\n'
    table = parse_csv(data, "f")
    assert rows(table)[1:] == [["1", "first\nsecond"], ["2", 'say "hi", then go']]
    assert table.lines.tolist() == [2, 5]


def test_the_delimiter_is_the_one_that_fits_the_rows():
    data = b'id;answer, as told, in words, in full;weight\n1;"a;b";0,5\n2;x, y, z;1,5\n'
    assert rows(parse_csv(data, "f"))[1:] == [["1", "a;b", "0,5"], ["2", "x, y, z", "1,5"]]
    codes = b"id,q\n1,a;b;c\n2,a;b\n"
    assert rows(parse_csv(codes, "f"))[1:] == [["1", "a;b;c"], ["2", "a;b"]]
    assert rows(parse_csv(b"sep=|\na|b\n1|2\n", "f")) == [["a", "b"], ["1", "2"]]
    assert rows(parse_csv(b"id\n1\n2\n", "f")) == [["id"], ["1"], ["2"]]


def test_empty_rows_and_columns_that_excel_leaves_are_passed_over_and_told():
    table = parse_csv(b"a,b,\r\n1,2,\r\n,,\r\n3,4,\r\n,,\r\n", "f")
    assert rows(table) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert rows(parse_csv(b"a,b\n1,2,,\n", "f")) == [["a", "b"], ["1", "2"]]
    (warning,) = table.warnings
    assert (warning.kind.code, warning.place.row) == ("data.blank-rows", 3)
    assert "passed over: 2" in warning.what("en")


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "data.empty", 0),
        (b"\xef\xbb\xbf\r\n", "data.empty", 0),
        (b"a,b\n", "data.no-rows", 0),
        (b"a,b\n1,\x002\n", "data.nul", 2),
        (b'a,b\n1,2\n3,"cut', "data.truncated", 3),
        (b"a,b,c\n1,2,3\n4,5", "data.truncated", 3),
        ("a,b\n1,Тараз".encode()[:-1], "data.truncated", 2),
        ("a,b\n1,Тараз".encode("utf-16")[:-1], "data.truncated", 2),
        (b'a,b\n1,"x"y\n2,3\n', "data.quotes", 2),
        (b'a,b\n1,"x\n2,3\n4,"5"\n6,7\n', "data.quotes", 2),
        (b"a,b,c\n1,2\n3,4,5\n", "data.ragged", 2),
        (b"a,b\n1,2\n3,4,5\n6,7\n", "data.ragged", 3),
        (b"a,b,a\n1,2,3\n", "data.header-twice", 1),
        (b"a,,c\n1,2,3\n", "data.header-empty", 1),
        ("Қала,b\n1,Шу".encode() + b"\xff\n2,3\n", "data.encoding", 2),
        (b"a,b\n1,\x98\n", "data.encoding", 2),
        (b"PK\x03\x04" + b"\0" * 30, "data.wrong-type", 0),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 30, "data.wrong-type", 0),
        (b"$FL2@(#) SPSS DATA FILE", "data.wrong-type", 0),
        (b"<!DOCTYPE html><table>", "data.wrong-type", 0),
    ],
)
def test_each_fault_is_one_error_at_its_line(data, code, line):
    found = problem(data)
    assert (found.kind.code, found.place.row) == (code, line)


def test_a_quotation_mark_left_open_in_a_long_file_is_found():
    body = "".join(f"{n},{n}\n" for n in range(40_000))
    found = problem(f'a,b\n0,"open\n{body}'.encode())
    assert (found.kind.code, found.place.row) == ("data.quotes", 2)


def test_many_ragged_rows_are_twenty_and_a_count():
    data = b"a,b\n" + b"1,2,3\n" * 50 + b"1,2\n"
    with pytest.raises(UserError) as caught:
        parse_csv(data, "f")
    assert len(caught.value.problems) == 21
    assert caught.value.problems[0].place.row == 2
    assert "30 more" in caught.value.problems[-1].what("en")
    assert caught.value.exit_code == 5


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UserError) as caught:
        read_csv(tmp_path / "none.csv")
    assert caught.value.problems[0].kind.code == "data.cannot-read"


cells = st.text(st.sampled_from("абғқңөүұһі1 ;,\t|\"'\n.-?"), max_size=8)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)
)


@settings(max_examples=150)
@given(tables, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_what_python_writes_is_read_back(body, delimiter, encoding):
    # A first cell that is never blank, so that no row counts as empty; plain names, as forms have.
    names = [f"q{number}" for number in range(len(body[0]) + 1)]
    body = [[str(number), *row] for number, row in enumerate(body)]
    stream = io.StringIO(newline="")
    writer = python_csv.writer(stream, delimiter=delimiter, quoting=python_csv.QUOTE_ALL)
    writer.writerows([names, *body])
    assert rows(parse_csv(stream.getvalue().encode(encoding), "f")) == [names, *body]


def test_a_hundred_thousand_rows_are_read():
    line = ",".join(["a", "bb ccc", "", "12"] * 5)
    names = ",".join(f"q{number}" for number in range(21))
    data = (names + "\n" + "".join(f"{n},{line}\n" for n in range(100_000))).encode()
    table = parse_csv(data, "f")
    assert len(table) == 100_000
    assert table.columns["q0"].levels[table.columns["q0"].index[-1]] == "99999"
    assert table.columns["q2"].levels == ("bb ccc",)
    assert table.lines[-1] == 100_001
