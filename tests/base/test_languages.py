"""Texts, messages and numbers in the language that is asked for."""

import pytest

from tyndau.base.languages import Message, Number, Text, alphabetical, number, say


def test_a_text_is_said_in_its_language() -> None:
    text = Text(kk="Қала", ru="Город")

    assert text.say("kk") == "Қала"
    assert text.say("ru") == "Город"
    assert text.say("en") == "Город"


def test_a_missing_text_falls_back_visibly() -> None:
    assert Text(ru="Город").say("kk") == "Город [ru]"
    assert Text(kk="Қала").say("ru") == "Қала [kk]"
    assert Text().say("kk") == ""


def test_missing_names_the_languages_without_a_text() -> None:
    assert Text(ru="Город").missing == ("kk",)
    assert Text(kk=" ", ru="").missing == ("kk", "ru")
    assert Text(kk="Қала", ru="Город").missing == ()


def test_a_message_says_the_texts_it_holds_in_the_same_language() -> None:
    message = Message("{who} and {list}", {"who": Text(kk="Қала", ru="Город"), "list": ["a", 2]})

    assert message.say("kk") == "Қала and a, 2"
    assert say(message, "ru") == "Город and a, 2"


def test_braces_in_a_value_are_not_placeholders() -> None:
    assert Message("got {value}", {"value": "${age} {x}"}).say("en") == "got ${age} {x}"


@pytest.mark.parametrize(
    ("language", "expected"), [("ru", "1\xa0234,50"), ("kk", "1\xa0234,50"), ("en", "1,234.50")]
)
def test_numbers_have_the_separators_of_the_language(language: str, expected: str) -> None:
    assert number(1234.5, language, decimals=2) == expected


def test_a_number_in_a_message_has_the_separators_of_its_language() -> None:
    message = Message("{low} to {high}", {"low": Number(2.5, 1), "high": Number(3)})

    assert message.say("ru") == "2,5 to 3"
    assert message.say("en") == "2.5 to 3"


def test_kazakh_letters_stand_in_the_order_of_the_alphabet() -> None:
    words = ["ұлт", "гүл", "ғылым", "удай", "үй", "ән", "ақ", "Ән"]

    assert alphabetical(words) == ["ақ", "ән", "Ән", "гүл", "ғылым", "удай", "ұлт", "үй"]


def test_an_unknown_language_is_our_fault_and_is_refused() -> None:
    with pytest.raises(ValueError, match="'de'"):
        Message("x").say("de")
