"""Forms and frames that several tests of the room use."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.questionnaire import Form, read_form

COUNCIL = """
| survey |
| | type | name | label::Қазақша (kk) | label::Русский (ru) | relevant | calculation |
| | calculate | seed | | | | once(random()) |
| | calculate | half | | | | if(${seed} < 0.5, 'a', 'b') |
| | note | intro | Сәлеметсіз бе! | Здравствуйте! | | |
| | integer | age | Жасыңыз нешеде? | Сколько вам лет? | | |
| | select_one city | city | Қай қалада тұрасыз? | В каком городе вы живёте? | | |
| | calculate | eligible | | | | if(${age} >= 18 and ${city} != 'other', 'yes', 'no') |
| | begin_group | main | | | ${eligible} = 'yes' | |
| | select_one aware | q16 | Кеңесті білесіз бе? | Знаете ли вы о «совете»? | | |
| | select_one yes_no | q17 | Беті бар ма? | Есть страничка? | ${q16}='contact' or ${q16}='yes' | |
| | select_multiple done | q11 | Не істедіңіз? | Что вы делали? | | |
| | select_one yes_no | q12 | Шешілді ме? | Решён ли вопрос? | not(selected(${q11}, 'nothing')) | |
| | text | rest | Неге? | Почему? | ${half} = 'a' | |
| | end_group | | | | | |

| choices |
| | list_name | name | label::Қазақша (kk) | label::Русский (ru) | meaning |
| | city | taraz | Тараз | Тараз | |
| | city | other | Басқа | Другой | |
| | aware | contact | Иә, байланысын да білемін | Да, и как связаться | |
| | aware | yes | Иә | Да | |
| | aware | no | Жоқ | Нет | |
| | yes_no | y | Иә | Да | |
| | yes_no | n | Жоқ | Нет | |
| | yes_no | unsure | Білмеймін | Не знаю | dont_know |
| | done | visit | Бардым | Ходил(а) | |
| | done | write | Жаздым | Писал(а) | |
| | done | nothing | Ештеңе | Ничего | |
"""

Answers = Mapping[str, Sequence[object]]


@pytest.fixture(scope="session")
def council() -> Form:
    """Return a form with a screening, a group, chance and all kinds of routing."""
    return read_form(COUNCIL, "md", population="residents")


@pytest.fixture(scope="session")
def column() -> Callable[..., Column]:
    """Return a maker of columns of answers as people write them."""
    return _make_column


@pytest.fixture(scope="session")
def frame_of() -> Callable[[Form, Answers], Frame]:
    """Return a maker of frames; codes in a text are separated by spaces, None is no answer."""

    def make(form: Form, answers: Answers) -> Frame:
        columns = {name: _column(form, name, values) for name, values in answers.items()}
        rows = len(next(iter(answers.values())))
        return Frame(np.array([f"r{row}" for row in range(rows)]), columns)

    return make


def _column(form: Form, name: str, values: Sequence[object]) -> Column:
    question = form[name]
    categories = tuple(choice.category for choice in question.choices)
    return _make_column(name, question.kind, values, categories)


def _make_column(
    name: str, kind: str, values: Sequence[object], categories: tuple[Category, ...] = ()
) -> Column:
    """Return a column of answers as people write them."""
    asked = np.ones(len(values), bool)
    codes = [category.code for category in categories]
    if kind == "single":
        data = np.array([codes.index(str(v)) if v else -1 for v in values], np.int32)
        return Column(Variable(name, "single", Text(), categories), data, asked)
    if kind == "multiple":
        chosen = np.array([[code in str(v or "").split() for code in codes] for v in values], bool)
        return Column(Variable(name, "multiple", Text(), categories), chosen, asked)
    if kind == "number":
        numbers = np.array([np.nan if v is None else v for v in values], float)
        return Column(Variable(name, "number", Text()), numbers, asked)
    texts = np.array([v or "" for v in values], object)
    return Column(Variable(name, "text", Text()), texts, asked)
