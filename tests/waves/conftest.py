"""A small population that every kind of column and every kind of absence occurs in."""

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text


@pytest.fixture
def residents() -> Frame:
    """Four residents: asked and answered, asked without an answer, not asked."""
    city = Variable(
        "city",
        "single",
        Text("Қала", "Город"),
        (Category("taraz", Text("Тараз", "Тараз")), Category("shu", Text("Шу", "Шу"))),
    )
    trust = Variable(
        "trust",
        "single",
        Text("Сенесіз бе?", "Доверяете ли вы?"),
        (
            Category("1", Text("Иә", "Да"), score=1.0),
            Category("2", Text("Жоқ", "Нет"), score=0.0),
            Category("dont_know", Text("Білмеймін", "Не знаю"), meaning="dont_know"),
        ),
        Text("Қала тұрғындары", "Жители города"),
    )
    problems = Variable(
        "problems",
        "multiple",
        Text("Мәселелер", "Проблемы"),
        (
            Category("water", Text("Су", "Вода")),
            Category("roads", Text("Жолдар", "Дороги")),
            Category("none", Text("Жоқ", "Нет"), meaning="none"),
        ),
    )
    asked = np.array([True, True, True, False])
    everybody = np.ones(4, dtype=bool)
    return Frame(
        np.array(["a1", "b2", "c3", "d4"]),
        {
            "city": Column(city, np.array([0, 1, 1, 0], dtype=np.int32), everybody),
            "trust": Column(trust, np.array([2, 0, -1, -1], dtype=np.int32), asked),
            "problems": Column(
                problems,
                np.array([[1, 1, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]], dtype=bool),
                asked,
            ),
            "weight": Column(
                Variable("weight", "number", Text()), np.array([1.5, 0.25, np.nan, np.nan]), asked
            ),
            "words": Column(
                Variable("words", "text", Text("Пікір", "Мнение")),
                np.array(["Әңгіме, ұят", 'кавычки " и\nстроки', "", ""], dtype=object),
                asked,
            ),
        },
    )
