"""How interviewers walk: starts by chance, days and hours that move on, rules of the report."""

from collections import Counter

import pytest

from tyndau.sampling.routes import plan_routes, route_rules

from .conftest import points

pytestmark = pytest.mark.requirement("C2", "C3")


def test_starts_lie_within_the_step_and_come_by_chance() -> None:
    some = [one for one in points(20, ["old"]) if not one.substitute_for]
    routes = [route for seed in range(60) for route in plan_routes(some, [15] * 20, seed=seed)]
    starts = Counter((route.step, route.start) for route in routes)
    assert {start for step, start in starts if step == 3} == {1, 2, 3}
    assert {start for step, start in starts if step == 5} == {1, 2, 3, 4, 5}
    assert min(starts.values()) > 90
    assert {route.side for route in routes} == {"left", "right"}


def test_a_point_is_visited_by_day_in_the_evening_and_at_the_weekend() -> None:
    some = [one for one in points(20, ["old"]) if not one.substitute_for]
    counts = [14 + at % 3 for at in range(20)]
    routes = plan_routes(some, counts, seed=3)
    for route, count in zip(routes, counts, strict=True):
        by_day, evening, weekend = route.visits
        assert by_day.weekday < 5 and by_day.end <= 18
        assert evening.weekday < 5 and evening.start >= 17 and evening.weekday != by_day.weekday
        assert weekend.weekday >= 5
        assert all(visit.end - visit.start == 2 for visit in route.visits)
        assert sum(visit.interviews for visit in route.visits) == count
    assert {route.visits[0].weekday for route in routes} == {0, 1, 2, 3, 4}
    assert {route.visits[2].weekday for route in routes} == {5, 6}
    assert all(v.start >= 8 and v.end <= 21 for route in routes for v in route.visits)


@pytest.mark.parametrize("kind", ["street", "dwelling", "parking"])
def test_rules_say_what_to_do_after_a_refusal_and_with_a_group(kind: str) -> None:
    said = " ".join(rule.say("en") for rule in route_rules(kind))
    assert "do not count" in said
    assert "After an interview begin to count anew" in said
    assert "one person" in said
    assert "substitute point" in said
    assert ("right hand" in said) == (kind == "dwelling")
