"""Values as people and Excel write them."""

from datetime import date, datetime

import pytest

from tyndau.study.cells import WrongKindError, convert


@pytest.mark.parametrize(
    ("value", "kind", "wanted"),
    [
        (1, "code", "1"),
        (1.0, "code", "1"),
        (1.5, "code", "1.5"),
        (12345678901.0, "code", "12345678901"),
        (True, "code", "TRUE"),
        ("01", "code", "01"),
        ("18-29", "code", "18-29"),
        (5, "text", "5"),
        ("q7_heard", "name", "q7_heard"),
        ("1,5", "number", 1.5),
        ("−2", "number", -2.0),
        ("1\u00a0000", "number", 1000.0),
        (3, "number", 3.0),
        (30.0, "whole", 30),
        ("30", "whole", 30),
        (datetime(2026, 5, 1), "date", date(2026, 5, 1)),
        ("2026-05-01", "date", date(2026, 5, 1)),
        ("01.05.2026", "date", date(2026, 5, 1)),
        ("1.5.2026", "date", date(2026, 5, 1)),
        (True, "condition", "true()"),
        ("${a}\u00a0=\n'x'", "condition", "${a} = 'x'"),
        ("ru, kk", "languages", ("ru", "kk")),
        ("RU", "languages", ("ru",)),
        ("Asia/Almaty", "zone", "Asia/Almaty"),
    ],
)
def test_values_are_understood(value: object, kind, wanted: object) -> None:
    result = convert(value, kind)
    assert result == wanted
    assert type(result) is type(wanted)


@pytest.mark.parametrize("word", ["yes", "Да", "иә", "Иә", "TRUE", "ИСТИНА", True, 1, 1.0, "1"])
def test_yes(word: object) -> None:
    assert convert(word, "flag") is True


@pytest.mark.parametrize("word", ["no", "нет", "Жоқ", "FALSE", False, 0, "0"])
def test_no(word: object) -> None:
    assert convert(word, "flag") is False


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("a b", "code"),
        (date(2026, 10, 12), "code"),
        ("жас", "name"),
        ("1st", "name"),
        ("two", "number"),
        ("nan", "number"),
        ("1e999", "number"),
        (True, "number"),
        (0, "whole"),
        (1.5, "whole"),
        ("maybe", "flag"),
        (2, "flag"),
        ("31.02.2026", "date"),
        (45000, "date"),
        (1, "condition"),
        ("kk kz", "languages"),
        ("Mars/Olympus", "zone"),
        ("/etc/passwd", "zone"),
        ("", "zone"),
    ],
)
def test_values_of_another_kind_are_refused(value: object, kind) -> None:
    with pytest.raises(WrongKindError):
        convert(value, kind)
