"""Which chart shows a question, by how it is answered."""

from collections.abc import Callable

import pytest

from tyndau.base.languages import say
from tyndau.reporting.charts import choose_chart, compare_populations
from tyndau.tabulation.table import Table

from ..conftest import AGE, BODIES, CITY, EVERYBODY, HEARD, SCALE, YES_NO

Make = Callable[..., Table]


def test_one_answer_is_bars_in_the_order_of_asking(table: Make) -> None:
    chart = choose_chart([table("heard", HEARD, YES_NO, (AGE,))], 3, "Base")
    assert chart is not None
    assert (chart.kind, chart.number, chart.title, chart.base) == ("bars", 3, HEARD, "Base")
    assert [say(one, "ru") for one in chart.categories][:3] == ["Да", "Нет", "Не знаю"]
    assert 2 in chart.aside


def test_several_answers_are_small_multiples_where_a_banner_has_few_groups(
    table: Make,
) -> None:
    chart = choose_chart([table("bodies", HEARD, BODIES, (CITY,), kind="multiple")], 1, "Base")
    assert chart is not None
    assert chart.kind == "panels"
    assert say(chart.series[0].label, "ru").startswith("Всего")
    values = [value or 0 for value in chart.series[0].values][: len(BODIES) - 2]
    assert values == sorted(values, reverse=True)
    assert [say(one, "ru") for one in chart.categories][4:6] == ["Другое", "Не знаю"]
    assert any("сумма" in say(note, "ru") for note in chart.notes)


def test_a_scale_diverges_from_its_middle_for_all_and_each_group(table: Make) -> None:
    chart = choose_chart([table("scale", HEARD, SCALE, (CITY,), scale=True)], 1, "Base")
    assert chart is not None
    assert chart.kind == "diverging"
    sides = [one.side for one in chart.series]
    assert sides[:5] == ["negative", "negative", "neutral", "positive", "positive"]
    assert say(chart.categories[0], "kk").startswith("Барлығы")
    assert all("(" in say(one, "ru") for one in chart.categories), "each bar says its base"


def test_there_is_no_chart_of_nothing(table: Make) -> None:
    assert choose_chart([table("heard", HEARD, YES_NO, (AGE,), people=0)], 1, "Base") is None


def test_two_populations_stand_side_by_side(table: Make) -> None:
    one = table("heard", HEARD, YES_NO, (AGE,))
    chart = compare_populations([(EVERYBODY, one), (HEARD, one)], 1, "Base")
    assert chart is not None
    assert chart.kind == "grouped"
    assert [one.label for one in chart.series] == [EVERYBODY, HEARD]
    assert chart.series[0].values == pytest.approx(one.percent[: len(chart.categories), 0])
