"""A small study: screening, routing, every kind of question, one derived variable."""

from dataclasses import replace
from pathlib import Path

import pytest

from tyndau.base.frames import Category
from tyndau.base.languages import Text
from tyndau.questionnaire.expression import parse
from tyndau.questionnaire.load import read_form
from tyndau.study.model import Derived, DerivedCategory, Study
from tyndau.study.standards import SampleColumns, Thresholds

FORM = """
| survey |                        |          |                                  |                                |                         |             |          |
|        | type                   | name     | label::Қазақша (kk)              | label::Русский (ru)            | relevant                | calculation | required |
|        | integer                | age      | Жасыңыз нешеде?                  | Сколько вам лет?               |                         |             | yes      |
|        | select_one city        | city     | Қала                             | Город                          |                         |             | yes      |
|        | select_multiple water  | sources  | Суды қайдан аласыз?              | Откуда вы берёте воду?         |                         |             | yes      |
|        | select_one quality     | quality  | Құбыр суының сапасы қандай?      | Каково качество воды?          | selected(${sources}, 'tap') |         | yes      |
|        | text                   | comment  | Қосымша айтарыңыз бар ма?        | Что вы добавите?               |                         |             |          |
| choices |             |           |                  |                     |
|         | list_name   | name      | label::Қазақша (kk) | label::Русский (ru) |
|         | city        | taraz     | Тараз            | Тараз               |
|         | city        | shu       | Шу               | Шу                  |
|         | water       | tap       | Құбыр            | Водопровод          |
|         | water       | well      | Құдық            | Колодец             |
|         | water       | dont_know | Білмеймін        | Не знаю             |
|         | quality     | 1         | Жаман            | Плохое              |
|         | quality     | 2         | Жақсы            | Хорошее             |
|         | quality     | refused   | Жауап бермеді    | Отказ               |
| settings |         |         |            |              |
|          | form_id | version | form_title | default_language |
|          | residents | 7     | Су         | Русский (ru) |
"""  # noqa: E501


def derived_age() -> Derived:
    """Return the derived variable ``age_group``: up to 29, 30 and over."""
    return Derived(
        "age_group",
        "residents",
        Text("Жас тобы", "Возрастная группа"),
        (
            DerivedCategory(
                Category("young", Text("30-ға дейін", "До 30")),
                parse("${age} != '' and ${age} < 30"),
            ),
            DerivedCategory(
                Category("old", Text("30-дан бастап", "30 и старше")), parse("${age} >= 30")
            ),
        ),
    )


@pytest.fixture(scope="session")
def form_residents():
    """Return the form of the small study."""
    return read_form(FORM, "md", population="residents")


@pytest.fixture
def study(tmp_path: Path, form_residents) -> Study:
    """Return the small study, its folder empty; ``ngo`` has the same form as ``residents``."""
    words = Text("с", "т")
    return Study(
        folder=tmp_path / "water",
        title=words,
        customer=words,
        sponsor=words,
        contractor=words,
        population_words=words,
        sample_words=words,
        mode=words,
        start=None,
        end=None,
        languages=("kk", "ru"),
        time_zone="Asia/Almaty",
        inference="model",
        inference_words=words,
        thresholds=Thresholds(),
        sample=SampleColumns(weight="weight", cluster="point"),
        forms={"residents": form_residents, "ngo": replace(form_residents, population="ngo")},
        banners=(),
        derived=(derived_age(),),
        scales={"quality": {"1": 1.0, "2": 2.0}},
        territories=(),
    )
