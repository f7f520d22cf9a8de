"""Sums are written out in words, in both languages."""

import pytest

from tyndau.base.grammar.in_words import MOST, in_words

WORDS = [
    (0, "ноль", "нөл"),
    (12, "двенадцать", "он екі"),
    (100, "сто", "бір жүз"),
    (1_000, "одна тысяча", "бір мың"),
    (2_001, "две тысячи один", "екі мың бір"),
    (11_019, "одиннадцать тысяч девятнадцать", "он бір мың он тоғыз"),
    (21_340, "двадцать одна тысяча триста сорок", "жиырма бір мың үш жүз қырық"),
    (44_771, "сорок четыре тысячи семьсот семьдесят один", "қырық төрт мың жеті жүз жетпіс бір"),
    (1_002_000, "один миллион две тысячи", "бір миллион екі мың"),
    (5_000_000_000, "пять миллиардов", "бес миллиард"),
]


@pytest.mark.parametrize(("number", "russian", "kazakh"), WORDS)
def test_numbers_are_written_out(number: int, russian: str, kazakh: str) -> None:
    assert (in_words(number, "ru"), in_words(number, "kk")) == (russian, kazakh)


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_what_has_no_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        in_words(number, "ru")
