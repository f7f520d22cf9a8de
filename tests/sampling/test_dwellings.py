"""Lists of dwellings: every step-th door in the order of walking, none of them rung at twice."""

from dataclasses import replace

import pytest

from tyndau.base.languages import Text, say
from tyndau.sampling import plan_sample
from tyndau.sampling.dwellings import PointList, list_of, part_of, street_words
from tyndau.sampling.routes import route_rules
from tyndau.study.plan import Point
from tyndau.study.streets import Street

pytestmark = pytest.mark.requirement("C2", "C3")

POINT = Point("d1", "far", Text("Ауыл", "Село"), "dwelling", 10, 3)
ABAY = Street("d1", Text("Абай көшесі", "улица Абая"), 1, 9, "odd")
TOLE = Street("d1", Text("Төле би көшесі", "улица Толе би"), 12, 13, "all", 2)
BARE = Street("d1", Text("Шеткі көше", "улица Крайняя"))
OTHER = Street("d2", Text("Басқа көше", "другая улица"), 1, 100)


def doors(made: PointList) -> list[str]:
    return [f"{one.street.name.ru} {one.door}" for one in made.drawn]


def test_every_third_door_is_drawn_in_the_order_of_walking() -> None:
    made = list_of([OTHER, ABAY, BARE, TOLE], POINT, 2)
    assert doors(made) == ["улица Абая 3", "улица Абая 9", "улица Толе би 13-1"]
    assert [one.number for one in made.drawn] == [1, 2, 3]
    assert (made.dwellings, made.start, made.step) == (9, 2, 3)
    assert made.streets == (ABAY, BARE, TOLE)
    assert doors(list_of([ABAY, BARE, TOLE], POINT)) == [
        "улица Абая 5", "улица Толе би 12-1", "улица Толе би 13-2",
    ]  # fmt: skip
    assert doors(list_of([TOLE, ABAY], POINT, 1)) == [
        "улица Толе би 12-1", "улица Толе би 13-2", "улица Абая 5",
    ]  # fmt: skip


@pytest.mark.parametrize("start", [1, 2, 3])
def test_each_door_is_in_one_list_of_all_possible_ones(start: int) -> None:
    made = [list_of([ABAY, TOLE], POINT, other) for other in (1, 2, 3)]
    everywhere = [door for one in made for door in doors(one)]
    assert sorted(everywhere) == sorted(set(everywhere))
    assert len(everywhere) == 9
    assert doors(made[start - 1]) == doors(list_of([ABAY, TOLE], POINT, start))


def test_where_people_pass_by_nothing_is_drawn() -> None:
    made = list_of([BARE], replace(POINT, kind="street"), 1)
    assert (made.streets, made.drawn, made.dwellings) == ((BARE,), (), 0)


def test_two_interviewers_go_by_turns_and_never_to_the_same_door() -> None:
    drawn = list_of([replace(ABAY, last=99)], POINT, 1).drawn
    first, second = part_of(drawn, 0, 2), part_of(drawn, 1, 2)
    assert [one.number for one in first[:3]] == [1, 3, 5]
    assert [one.number for one in second[:3]] == [2, 4, 6]
    assert sorted((*first, *second), key=lambda one: one.number) == list(drawn)
    assert part_of(drawn, 0, 1) == drawn


def test_a_street_is_said_with_its_side_and_flats() -> None:
    said = [say(street_words(one), "ru") for one in (ABAY, TOLE, BARE, replace(OTHER, last=1))]
    assert said == [
        "улица Абая: 1–9, нечётные номера",
        "улица Толе би: 12–13; квартир в доме: 2",
        "улица Крайняя",
        "другая улица: 1",
    ]


def test_the_rules_of_the_list_leave_the_beginning_free_and_addresses_unwritten() -> None:
    rules = [rule.say("en") for rule in route_rules("dwelling", listed=True)]
    said = " ".join(rules)
    assert "any address of your list" in said
    assert "After an interview go to the next address" in said
    assert "nobody opens or they refuse, ring at the next door" in said
    assert "Never write an address into a questionnaire" in said
    assert "do not count" not in said
    assert rules[-2:] == [rule.say("en") for rule in route_rules("dwelling")][-2:]


def test_the_plan_warns_of_lists_shorter_than_its_interviews(town) -> None:
    points = plan_sample(town())[0].points
    short, long = [one.point for one in points if one.point.kind == "dwelling"][:2]
    streets = (
        Street(short.code, Text("Қысқа", "Короткая"), 1, 20),
        Street(long.code, Text("Ұзын", "Длинная"), 1, 300),
    )
    warnings = plan_sample(replace(town(), streets=streets))[1]
    (warning,) = [one for one in warnings if one.kind.code == "study.few-dwellings"]
    assert warning.values["value"] == short.code
    assert warning.values["dwellings"] == 20
    assert warning.place.sheet == "streets"
