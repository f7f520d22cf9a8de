"""CSV arrives piece by piece, opens in Excel, and computes nothing there."""

import csv
import io
from itertools import islice

import pytest

from tyndau.interchange import parse_csv
from tyndau.interchange.csv_write import formula_safe, write_csv


def test_it_works() -> None:
    rows = [["1", 'Ұлттық, "қос" тырнақша'], ["2", "екі\nжол"], ["", ""]]
    text = "".join(write_csv(["key", "сөз"], rows))
    assert text.startswith("\ufeffkey,сөз\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [["key", "сөз"], *rows]


def test_our_own_reader_takes_it_back() -> None:
    text = "".join(write_csv(["key", "сөз"], [["1", "Ә, ә"], ["2", "екі\nжол"]]))
    table = parse_csv(text.encode("utf-8"), "export.csv")
    assert table.columns["сөз"].levels == ("Ә, ә", "екі\nжол")


def test_the_names_come_before_the_first_row_is_asked_for() -> None:
    def rows():
        raise RuntimeError("asked too early")
        yield

    assert next(write_csv(["a"], rows())) == "\ufeffa\r\n"


def test_rows_are_asked_for_as_the_pieces_are() -> None:
    asked = []

    def rows():
        for number in range(100_000):
            asked.append(number)
            yield [str(number)]

    pieces = write_csv(["a"], rows())
    list(islice(pieces, 3))
    assert 0 < len(asked) < 2_000
    assert "".join(pieces).endswith("99999\r\n")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 701 222 33 44", "-", "--5", "-5 кг", "@name", "\t=1", "\r=1", "=", "+", "-1e5x",
     "-5,5,5", "+SUM(A1)", "-2+3"],
)  # fmt: skip
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert formula_safe(text) == "'" + text
    written = "".join(write_csv(["a"], [[text]])).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == ["'" + text]


@pytest.mark.parametrize("text", ["", "-5", "+7.2", "-0,25", "5", "a=b", " =1", "'=1", "ә"])
def test_numbers_and_plain_texts_stay(text: str) -> None:
    assert formula_safe(text) == text
