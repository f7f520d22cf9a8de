"""Which tables a volume holds."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.reporting.plan import plan_tables
from tyndau.study.model import Banner, Study

ANSWERS = (Category("a", Text("а", "а")), Category("b", Text("б", "б")))


def _frame(*names: str) -> Frame:
    asked = np.ones(2, dtype=np.bool_)
    columns = {
        name: Column(Variable(name, "single", Text(name, name), ANSWERS), np.arange(2), asked)
        for name in names
    }
    return Frame(np.array(["1", "2"]), columns)


def _planned(study: Study, frame: Frame) -> list[tuple[str, tuple[str, ...]]]:
    plan = plan_tables(study, "residents", frame)
    return [(question, banner.variables) for question, banner in plan]


def test_a_question_is_never_broken_down_by_what_the_workbook_forbids(
    study: Callable[..., Study],
) -> None:
    titles = (Text("Аумақ", "Территория"), Text("Жынысы", "Пол"))
    both = Banner("both", "residents", ("place", "sex"), titles)
    frame = _frame("opinion", "ethnicity", "place", "sex")
    assert _planned(study(banners=(both,)), frame)[:2] == [
        ("opinion", ("place", "sex")), ("ethnicity", ("place", "sex")),
    ]  # fmt: skip
    kept = replace(both, not_for={"place": frozenset({"ethnicity"})})
    assert _planned(study(banners=(kept,)), frame)[:2] == [
        ("opinion", ("place", "sex")), ("ethnicity", ("sex",)),
    ]  # fmt: skip


def test_a_question_without_any_banner_is_shown_for_all_together(
    study: Callable[..., Study],
) -> None:
    place = Banner("place", "residents", ("place",), (Text("Аумақ", "Территория"),))
    assert _planned(study(banners=(place,)), _frame("opinion", "place")) == [
        ("opinion", ("place",)), ("place", ()),
    ]  # fmt: skip
