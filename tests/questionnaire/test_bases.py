"""Bases in words, as they stand under tables."""

import pytest

from tyndau.base.languages import Text
from tyndau.questionnaire import Form, base_in_words, form_variables, read_form

EVERYBODY = Text("Барлық респонденттер", "Все респонденты")

SHEET = """
| survey |
| | type | name | label::Қазақша (kk) | label::Русский (ru) | relevant | calculation |
| | integer | age | Жасыңыз нешеде? | Сколько вам лет? | | |
| | select_one yn | one | Білесіз бе? | Знаете ли вы о «совете»? | | |
| | select_multiple yn | many | Қайсысы? | Что из этого? | | |
| | calculate | chance | | | | once(random()) |
| | calculate | kind | | | | if(${one} = 'y', 'knows', if(${one} = 'n', 'not', 'other')) |
| | calculate | sum | | | | ${age} * 2 |
| | text | q | Неге? | Почему? | {route} | |

| choices |
| | list_name | name | label::Қазақша (kk) | label::Русский (ru) |
| | yn | y | Иә | Да |
| | yn | n | Жоқ | Нет |
| | yn | z | Бәлкім | Может быть |
"""
KNOW = "на вопрос «Знаете ли вы о „совете“?»"
AGE = "на вопрос «Сколько вам лет?»"


@pytest.mark.parametrize(
    ("route", "ru", "kk"),
    [
        ("${one} = 'y'", f"Те, кто {KNOW} ответил «Да»",
         "«Білесіз бе?» сұрағына «Иә» деп жауап бергендер"),
        ("${one} = 'n' or ${one} = 'y'", f"Те, кто {KNOW} ответил «Да» или «Нет»",
         "«Білесіз бе?» сұрағына «Иә» немесе «Жоқ» деп жауап бергендер"),
        ("${one} != 'n'", f"Те, кто {KNOW} не ответил «Нет»",
         "«Білесіз бе?» сұрағына «Жоқ» деп жауап бермегендер"),
        ("not(${one} = 'n' or ${one} = 'y')", f"Те, кто {KNOW} не ответил ни «Да», ни «Нет»",
         "«Білесіз бе?» сұрағына «Иә» немесе «Жоқ» деп жауап бермегендер"),
        ("${one} != '' and ${one} != 'n'", f"Те, кто {KNOW} ответил что-либо, кроме «Нет»",
         "«Білесіз бе?» сұрағына «Жоқ» дегеннен басқа жауап бергендер"),
        ("selected(${many}, 'y') or selected(${many}, 'n')",
         "Те, кто на вопрос «Что из этого?» выбрал «Да» или «Нет»",
         "«Қайсысы?» сұрағында «Иә» немесе «Жоқ» нұсқасын таңдағандар"),
        ("selected(${many}, 'y') and selected(${many}, 'n')",
         "Те, кто на вопрос «Что из этого?» выбрал «Да» и на вопрос «Что из этого?» выбрал «Нет»",
         "«Қайсысы?» сұрағында «Иә» нұсқасын таңдаған және «Қайсысы?» сұрағында «Жоқ» нұсқасын "
         "таңдағандар"),
        ("not(selected(${many}, 'y'))", "Те, кто на вопрос «Что из этого?» не выбрал «Да»",
         "«Қайсысы?» сұрағында «Иә» нұсқасын таңдамағандар"),
        ("${age} >= 18 and ${age} <= 29", f"Те, кто {AGE} назвал число от 18 до 29",
         "«Жасыңыз нешеде?» сұрағына 18–29 аралығындағы сан айтқандар"),
        ("not(${age} < 18)", f"Те, кто {AGE} назвал число 18 или больше",
         "«Жасыңыз нешеде?» сұрағына 18 немесе одан үлкен сан айтқандар"),
        ("count-selected(${many}) >= 2",
         "Те, кто на вопрос «Что из этого?» выбрал ответов: 2 или больше",
         "«Қайсысы?» сұрағында кемінде 2 жауап таңдағандар"),
        ("string-length(${one}) > 0", "Те, кто ответил на вопрос «Знаете ли вы о „совете“?»",
         "«Білесіз бе?» сұрағына жауап бергендер"),
        ("${one} = 'y' and selected(${many}, 'z')",
         f"Те, кто {KNOW} ответил «Да» и на вопрос «Что из этого?» выбрал «Может быть»",
         "«Білесіз бе?» сұрағына «Иә» деп жауап берген және «Қайсысы?» сұрағында «Бәлкім» нұсқасын "
         "таңдағандар"),
        ("${one} = 'y' or ${age} > 60",
         f"Те, кто {KNOW} ответил «Да», а также те, кто {AGE} назвал число больше 60",
         "«Білесіз бе?» сұрағына «Иә» деп жауап бергендер, сондай-ақ «Жасыңыз нешеде?» сұрағына "
         "60 санынан үлкен сан айтқандар"),
        ("${age} > 60 and (${one} = 'y' or selected(${many}, 'z'))",
         f"Те, кто {AGE} назвал число больше 60 и ({KNOW} ответил «Да» или на вопрос «Что из "
         "этого?» выбрал «Может быть»)",
         "(«Білесіз бе?» сұрағына «Иә» деп жауап берген немесе «Қайсысы?» сұрағында «Бәлкім» "
         "нұсқасын таңдаған) және «Жасыңыз нешеде?» сұрағына 60 санынан үлкен сан айтқандар"),
        ("${kind} = 'knows'", f"Те, кто {KNOW} ответил «Да»",
         "«Білесіз бе?» сұрағына «Иә» деп жауап бергендер"),
        ("${kind} = 'other'", f"Те, кто {KNOW} не ответил ни «Да», ни «Нет»",
         "«Білесіз бе?» сұрағына «Иә» немесе «Жоқ» деп жауап бермегендер"),
        ("${chance} < 0.5", "Те, кто попал в случайно отобранную часть",
         "Кездейсоқ іріктелген бөлікке түскендер"),
        ("${sum} > 40 or ${one} = 'y'",
         "Часть респондентов; условие зависит от ответов на вопросы: «Знаете ли вы о „совете“?», "
         "«Сколько вам лет?»",
         "Респонденттердің бір бөлігі; шарт мына сұрақтардың жауаптарына байланысты: «Білесіз "
         "бе?», «Жасыңыз нешеде?»"),
        ("true()", EVERYBODY.ru, EVERYBODY.kk),
        ("${one} = 'y' or true()", EVERYBODY.ru, EVERYBODY.kk),
    ],
)  # fmt: skip
def test_a_route_is_said_in_both_languages(route: str, ru: str, kk: str) -> None:
    form = read_form(SHEET.replace("{route}", route), "md")
    base = base_in_words(form["q"], form)
    assert base.ru == ru
    assert base.kk == kk


def test_the_screening_is_left_out(council: Form) -> None:
    assert base_in_words(council["q16"], council) == EVERYBODY
    q17 = base_in_words(council["q17"], council).ru
    assert (
        q17 == "Те, кто на вопрос «Знаете ли вы о „совете“?» ответил «Да, и как связаться» или «Да»"
    )


def test_what_the_screening_implies_is_left_out_too() -> None:
    form = read_form(
        """
        | survey |
        | | type | name | label | relevant | calculation |
        | | select_one a | age | Возраст | | |
        | | select_one c | city | Город | ${age} != 'young' | |
        | | calculate | eligible | | | if({passed}, 'yes', 'no') |
        | | text | q | Вопрос | ${eligible} = 'yes' and ${age} != 'old' | |

        | choices |
        | | list_name | name | label |
        | | a | young | До 18 |
        | | a | old | 60 и старше |
        | | c | t | Тараз |
        """.replace("{passed}", "${age} != '' and ${age} != 'young' and ${city} = 't'"),
        "md",
    )
    assert base_in_words(form["city"], form) == EVERYBODY
    assert (
        base_in_words(form["q"], form).ru == "Те, кто на вопрос «Возраст» не ответил «60 и старше»"
    )


def test_a_long_wording_is_cut_at_a_word_without_markup() -> None:
    long = "**Что вы** думаете о <b>том</b>, " + "как работает совет, " * 20 + "${age}?"
    form = read_form(SHEET.replace("Что из этого?", long).replace("{route}", "${many} != ''"), "md")
    words = base_in_words(form["q"], form).ru
    assert words.startswith("Те, кто ответил на вопрос «Что вы думаете о том, как")
    assert words.removesuffix("…»").rsplit(" ", 1)[1] in ("как", "работает", "совет")
    assert len(words) < 150


def test_columns_of_a_wave_are_what_people_answer(council: Form) -> None:
    variables = {variable.name: variable for variable in form_variables(council)}
    assert list(variables) == ["age", "city", "q16", "q17", "q11", "q12", "rest"]
    assert [variable.kind for variable in variables.values()] == [
        "number", "single", "single", "single", "multiple", "single", "text",
    ]  # fmt: skip
    assert variables["q17"].categories[2].meaning == "dont_know"
    assert variables["q11"].categories[2].exclusive
    assert variables["q16"].base == EVERYBODY


def test_the_screening_itself_was_put_to_every_respondent() -> None:
    form = read_form(
        """
        | survey |
        | | type | name | label::Русский (ru) | relevant | calculation |
        | | integer | age | Сколько вам лет? | | |
        | | select_one yn | here | Живёте здесь? | ${age} >= 18 | |
        | | text | other | Где живёте? | ${here} = 'n' | |
        | | calculate | eligible | | | if(${age} >= 18 and ${here} = 'y', 'yes', 'no') |
        | choices |
        | | list_name | name | label::Русский (ru) |
        | | yn | y | Да |
        | | yn | n | Нет |
        """,
        "md",
    )

    assert base_in_words(form["here"], form) == EVERYBODY
    assert base_in_words(form["other"], form) != EVERYBODY
