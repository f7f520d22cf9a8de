"""Numbers and truth values as people write them."""

import pytest

from tyndau.base.written import as_number, as_yes_no


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12.0),
        (" 0,75 ", 0.75),
        ("-3.5", -3.5),
        ("\u22121,5", -1.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234\u00a0567", 1234567.0),
        ("1\u2009234,25", 1234.25),
        ("1\u202f234", 1234.0),
        ("1,234,567.5", 1234567.5),
        ("1.234,5", 1234.5),
        (",5", 0.5),
        ("1,5E+05", 150000.0),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert as_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "много", "1 2", "12 лет", "1,2,3", "nan", "inf", "1e999", "0x10", "1_000", "май.05"],
)
def test_what_is_no_number(text):
    assert as_number(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("1", True), ("TRUE", True), ("иә", True), ("Да", True), ("0", False), ("жоқ", False),
     ("no", False), ("ИСТИНА", True), ("ЛОЖЬ", False), ("2", None), ("может", None)],
)  # fmt: skip
def test_yes_and_no(text, said):
    assert as_yes_no(text) is said
