"""What changed between two versions, in words; and that "editorial" is never said too lightly."""

from pathlib import Path

import pytest

from tyndau.questionnaire import read_form
from tyndau.questionnaire.difference import FormDifference, compare_forms

BEFORE = """
| survey |
| | type | name | label::Қазақша (kk) | label::Русский (ru) | hint::Русский (ru) | relevant | required | constraint | constraint_message::Русский (ru) | calculation | appearance | default |
| | integer | age | Жасыңыз нешеде? | Сколько вам лет? | Полных лет | | yes | . > 17 | Только взрослые | | | |
| | select_one yes_no | heard | Кеңес туралы естідіңіз бе? | Слышали ли вы о совете? | | | | | | | | |
| | select_one yes_no | went | Кеңеске бардыңыз ба? | Обращались ли вы в совет? | | ${heard} = 'yes' | | | | | minimal | |
| | calculate | adult | | | | | | | | if(${age} > 17, 1, 0) | | |
| | text | why | Неге? | Почему? | | | | | | | | |
| choices |
| | list_name | name | label::Қазақша (kk) | label::Русский (ru) |
| | yes_no | yes | Иә | Да |
| | yes_no | no | Жоқ | Нет |
| settings |
| | form_title | form_id | version |
| | Сауалнама / Анкета | city | 1 |
"""  # noqa: E501


def _against(*replaced: tuple[str, str]) -> FormDifference:
    after = BEFORE
    for old, new in replaced:
        assert old in after
        after = after.replace(old, new)
    return compare_forms(read_form(BEFORE, "md"), read_form(after, "md"))


def _said(difference: FormDifference) -> list[str]:
    return [change.what.say("en") for change in difference.changes]


def test_nothing_changed() -> None:
    difference = _against()
    assert difference.changes == ()
    assert difference.editorial
    assert difference.summary.say("en") == "Nothing changed."


def test_words_alone_are_editorial() -> None:
    difference = _against(
        ("Почему?", "Почему вы так думаете?"), ("Полных лет", "Сколько исполнилось"),
        ("Только взрослые", "Опрашиваем с 18 лет"), ("| Нет |", "| Нет, не слышал |"),
        ("| city | 1 |", "| city | 2 |"), ("Сауалнама / Анкета", "Сауал / Опросник"),
    )  # fmt: skip
    assert difference.editorial
    assert all(change.editorial for change in difference.changes)
    assert _said(difference) == [
        "The title of the questionnaire changed",
        "The version is named otherwise",
        "Note to the interviewer at age in Russian",
        "Message about an answer that age does not allow in Russian",
        "Answers of heard, went: wording of answer no in Russian",
        "Wording of why in Russian",
    ]
    wording = difference.changes[-1]
    assert (wording.before, wording.after) == ("Почему?", "Почему вы так думаете?")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("| yes | . > 17", "| | . > 17", "age may be left without an answer now"),
        (". > 17 |", ". > 15 |", "Which answers age allows changed"),
        ("${heard} = 'yes'", "${heard} = 'no'", "Who is asked went changed"),
        ("if(${age} > 17, 1, 0)", "if(${age} > 17, 1, 2)", "adult is computed otherwise"),
        ("minimal", "likert", "How went looks on the phone changed"),
        ("| text | why", "| integer | why", "why is of another type"),
        ("| yes_no | no | Жоқ | Нет |", "| yes_no | nay | Жоқ | Нет |",
         "Answers of heard, went: answer no has the code nay now"),
        ("| | yes_no | no | Жоқ | Нет |\n", "", "Answers of heard, went: answer no is gone"),
        ("| settings |", "| | yes_no | dk | Білмеймін | Не знаю |\n| settings |",
         "Answers of heard, went: answer dk is new"),
        ("| | yes_no | yes | Иә | Да |\n| | yes_no | no | Жоқ | Нет |",
         "| | yes_no | no | Жоқ | Нет |\n| | yes_no | yes | Иә | Да |",
         "Answers of heard, went: the order of the answers changed"),
        ("| city | 1 |", "| town | 1 |", "The questionnaire has another identity (form_id)"),
        ("| | text | why", "| | text | reason", "Question reason had the name why before"),
    ],
)  # fmt: skip
def test_what_is_more_than_words(old: str, new: str, said: str) -> None:
    difference = _against((old, new))
    assert _said(difference) == [said]
    assert not difference.editorial
    assert not difference.changes[0].editorial
    assert "agreed anew" in difference.summary.say("en")


def test_a_route_is_told_as_a_base() -> None:
    (change,) = _against(("${heard} = 'yes'", "${heard} = 'no'")).changes
    assert "Да" in change.before.say("ru")  # type: ignore[union-attr]
    assert "Жоқ" in change.after.say("kk")  # type: ignore[union-attr]


def test_what_the_typed_form_does_not_hold_is_not_called_editorial() -> None:
    difference = _against(("| text | why | Неге? | Почему? | | | | | | | | |",
                           "| text | why | Неге? | Почему? | | | | | | | | нет |"))  # fmt: skip
    assert not difference.editorial
    assert "something else" in _said(difference)[0].lower()


def test_a_moved_question_is_one_move() -> None:
    why = "| | text | why | Неге? | Почему? | | | | | | | | |\n"
    moved = BEFORE.replace(why, "").replace("| | integer | age", f"{why}| | integer | age")
    difference = compare_forms(read_form(BEFORE, "md"), read_form(moved, "md"))
    assert _said(difference) == ["Question why stands first now"]
    assert not difference.editorial


def test_two_questions_that_could_be_meant_are_not_taken_for_a_renamed_one() -> None:
    line = "| | text | why | Неге? | Почему? | | | | | | | | |\n"
    both = line.replace("| why |", "| why_a |") + line.replace("| why |", "| why_b |")
    difference = compare_forms(read_form(BEFORE, "md"), read_form(BEFORE.replace(line, both), "md"))
    assert _said(difference) == [
        "Question why_a is new", "Question why_b is new", "Question why is gone",
    ]  # fmt: skip


def test_another_question_under_a_name_of_old_is_told_with_both_wordings() -> None:
    difference = _against(("| text | why | Неге? | Почему? |", "| text | why | Қашан? | Когда? |"))
    assert [change.what.say("en") for change in difference.changes] == [
        "Wording of why in Kazakh", "Wording of why in Russian",
    ]  # fmt: skip
    assert difference.editorial


def test_a_question_that_takes_another_list_is_told_alone() -> None:
    after = BEFORE.replace("select_one yes_no | went", "select_one often | went").replace(
        "| settings |",
        "| | often | yes | Иә | Да |\n| | often | never | Ешқашан | Никогда |\n| settings |",
    )
    difference = compare_forms(read_form(BEFORE, "md"), read_form(after, "md"))
    assert "Answers of went: answer never is new" in _said(difference)
    assert not difference.editorial


def test_every_form_of_a_study_equals_itself(repository: Path) -> None:
    from tyndau.questionnaire import load_forms

    paths = sorted((repository / "studies").glob("*/forms/*.xlsx"))
    for once, again in zip(load_forms(paths), load_forms(paths), strict=True):
        assert compare_forms(once, again) == FormDifference()  # type: ignore[arg-type]
