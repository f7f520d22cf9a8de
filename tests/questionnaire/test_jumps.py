"""Where answers lead: what an answer settles, and what the condition before a line says."""

from tyndau.questionnaire import Form, read_form
from tyndau.questionnaire.bases import Naming, condition_in_words
from tyndau.questionnaire.draws import Draw, draws
from tyndau.questionnaire.jumps import Jump, jumps, specified
from tyndau.questionnaire.lines import lines

SHEET = """
| survey |
| | type | name | label::Қазақша (kk) | label::Русский (ru) | relevant | calculation |
| | calculate | lot | | | | once(random()) |
| | calculate | part | | | | if(${lot} < 0.5, 'a', 'b') |
| | select_one yes_no | consent | Келісесіз бе? | Согласны? | | |
| | integer | age | Жасыңыз? | Возраст? | ${consent} = 'yes' | |
| | calculate | eligible | | | | if({in}, 'yes', 'no') |
| | begin_group | main | Негізгі | Основное | ${eligible} = 'yes' | |
| | select_multiple things | things | Не? | Что? | | |
| | text | things_other | Тағы не? | Что ещё? | selected(${things}, 'other') | |
| | select_one yes_no | help | Көмек? | Помощь? | not(selected(${things}, 'none')) | |
| | select_one yes_no | again | Тағы? | Ещё? | ${help} = 'yes' | |
| | text | first | Бірінші | Первая | ${part} = 'a' | |
| | text | second | Екінші | Вторая | ${part} = 'b' | |
| | geopoint | where | Қайда? | Где? | | |
| | note | thanks | Рақмет! | Спасибо! | | |
| | end_group | | | | | |
| | note | declined | Түсінікті | Понятно | ${consent} = 'no' | |
| | note | goodbye | Сау болыңыз! | До свидания! | ${eligible} = 'no' | |

| choices |
| | list_name | name | label::Қазақша (kk) | label::Русский (ru) | meaning |
| | yes_no | yes | Иә | Да | |
| | yes_no | no | Жоқ | Нет | |
| | things | roads | Жол | Дороги | |
| | things | other | Басқа | Другое | other |
| | things | none | Ештеңе | Ничего | none |
"""


def form_of(sheet: str = SHEET) -> Form:
    passed = "${consent} = 'yes' and ${age} >= 18 and ${age} <= 90"
    return read_form(sheet.replace("{in}", passed), "md", population="residents")


def test_who_is_screened_out_is_led_to_the_farewell() -> None:
    found = jumps(form_of())
    assert found["consent"] == (Jump("declined", ("no",)),)
    assert found["age"] == (Jump("goodbye", high=17.0), Jump("goodbye", low=91.0))


def test_an_answer_that_leaves_questions_out_says_where_to_go_on() -> None:
    found = jumps(form_of())
    assert found["things"] == (Jump("first", ("none",)),)
    assert found["help"] == (Jump("first", ("no",)),)


def test_that_other_is_to_be_specified_is_said_before_the_question_alone() -> None:
    form = form_of()
    assert specified(form["things_other"], form) == "things"
    assert specified(form["first"], form) == ""
    codes = [code for jump in jumps(form)["things"] for code in jump.codes]
    assert "roads" not in codes


def test_what_chance_decides_is_no_jump_but_has_a_name() -> None:
    form = form_of()
    assert draws(form) == (Draw("part", ("a", "b")),)
    assert "again" not in jumps(form)
    naming = Naming({"things": 3}, {("part", "a"): "I", ("part", "b"): "II"})
    assert condition_in_words(form["first"], form, naming).ru == "Те, кто попал в часть I"
    assert condition_in_words(form["second"], form, naming).kk == "II бөлігіне түскендер"
    either = form_of(SHEET.replace("${part} = 'b'", "${part} = 'b' or ${part} = 'a'"))
    words = condition_in_words(either["second"], either, naming)
    assert words.ru == "Те, кто попал в часть II или I"
    other = form_of(SHEET.replace("${part} = 'b'", "${part} != 'a'"))
    words = condition_in_words(other["second"], other, naming)
    assert (words.ru, words.kk) == ("Те, кто не попал в часть I", "I бөлігіне түспегендер")


def test_a_computed_answer_is_no_draw() -> None:
    answer = SHEET.replace("${lot} < 0.5, 'a'", "${consent} = 'no', 'a'")
    assert draws(form_of(answer)) == ()
    number = SHEET.replace("if(${lot} < 0.5, 'a', 'b')", "int(${lot} * 5)")
    assert draws(form_of(number)) == ()


def test_questions_are_named_by_their_numbers() -> None:
    form = form_of()
    numbers = {line.question.name: line.number for line in lines(form) if line.number}
    words = condition_in_words(form["help"], form, Naming(numbers))
    assert words.ru == "Те, кто на вопрос 3 не выбрал «Ничего»"
    assert words.kk == "3-сұрақта «Ештеңе» нұсқасын таңдамағандар"
    again = condition_in_words(form["again"], form, Naming(numbers))
    assert again.kk == "5-сұраққа «Иә» деп жауап бергендер"
    assert (
        condition_in_words(form["goodbye"], form, Naming(numbers)).ru == "Те, кто не прошёл отбор"
    )


def test_the_screening_says_whom_it_asks() -> None:
    form = form_of()
    naming = Naming({"consent": 1})
    assert condition_in_words(form["age"], form, naming).ru == "Те, кто на вопрос 1 ответил «Да»"
    assert condition_in_words(form["consent"], form, naming).ru == ""
    assert condition_in_words(form["thanks"], form, naming).ru == ""


def test_numbers_go_to_questions_alone() -> None:
    numbered = {line.question.name: line.number for line in lines(form_of())}
    assert numbered == {
        "consent": 1, "age": 2, "things": 3, "things_other": 4, "help": 5, "again": 6, "first": 7,
        "second": 8, "where": 0, "thanks": 0, "declined": 0, "goodbye": 0,
    }  # fmt: skip
    assert [one.heading.ru for one in lines(form_of()) if one.heading.ru] == ["Основное"]


def test_the_end_is_a_place_to_go_to() -> None:
    sheet = SHEET.replace("${eligible} = 'no' |", "${eligible} = 'yes' |")
    form = form_of(sheet.replace("${consent} = 'no' |", "${consent} = 'yes' |"))
    assert jumps(form)["consent"] == (Jump("", ("no",)),)


def test_one_answer_alone_among_several_may_be_asked_for_as_the_answer() -> None:
    form = form_of(SHEET.replace("not(selected(${things}, 'none'))", "${things} != 'none'"))
    assert jumps(form)["things"] == (Jump("first", ("none",)),)
    assert "«Ничего»" in condition_in_words(form["help"], form).ru
