"""How interviewers walk: starts by chance, rules of the report."""

from collections import Counter

import pytest

from tyndau.sampling.routes import plan_routes, route_rules

from .conftest import points

pytestmark = pytest.mark.requirement("C2", "C3")


def test_starts_lie_within_the_step_and_come_by_chance() -> None:
    some = [one for one in points(20, ["old"]) if not one.substitute_for]
    routes = [route for seed in range(60) for route in plan_routes(some, seed=seed)]
    starts = Counter((route.step, route.start) for route in routes)
    assert {start for step, start in starts if step == 3} == {1, 2, 3}
    assert {start for step, start in starts if step == 5} == {1, 2, 3, 4, 5}
    assert min(starts.values()) > 90
    assert {route.side for route in routes} == {"left", "right"}


@pytest.mark.parametrize("kind", ["street", "dwelling", "parking"])
def test_rules_say_what_to_do_after_a_refusal_and_with_a_group(kind: str) -> None:
    said = " ".join(rule.say("en") for rule in route_rules(kind))
    assert "do not count" in said
    assert "After an interview begin to count anew" in said
    assert "one person" in said
    assert "substitute point" in said
    assert ("right hand" in said) == (kind == "dwelling")
