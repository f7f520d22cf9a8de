"""The plan as a whole: what a workbook asks for, and what it cannot have."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tyndau.base.errors import UserError
from tyndau.base.languages import Text
from tyndau.sampling import SamplePlan, plan_sample
from tyndau.study.model import Study, Territory
from tyndau.study.plan import Quota

from .conftest import MARGINS, PEOPLE, TERRITORIES, points

pytestmark = pytest.mark.requirement("C2", "T5")

Town = Callable[..., Study]


def planned(study: Study) -> tuple[SamplePlan, list[str]]:
    plan, warnings = plan_sample(study)
    return plan, [problem.kind.code.removeprefix("study.sample-") for problem in warnings]


def refused(study: Study) -> list[str]:
    with pytest.raises(UserError) as caught:
        plan_sample(study)
    return [problem.kind.code.removeprefix("study.sample-") for problem in caught.value.problems]


def test_everything_adds_up(town: Town) -> None:
    plan, warnings = planned(town(minimum=80))
    assert warnings == []
    assert sum(place.interviews for place in plan.territories) == 600
    for place in plan.territories:
        assert sum(point.interviews for point in place.points) == place.interviews >= 80
        assert len(place.points) >= 8
        assert all(10 <= point.interviews <= 20 for point in place.points)
        assert {point.point.territory for point in place.points} == {place.territory.code}
        assert [one.point.code for one in place.substitutes] == [f"{place.territory.code}-s"]
        assert all(0 < point.probability <= 1 for point in place.points)
        assert all(sum(point.shares) == point.interviews for point in place.points)
    assert plan.quotas.counts.sum() == 600
    assert plan.assignment.identifiable
    assert plan.allows.direct == tuple(PEOPLE)
    assert plan.allows.effective == pytest.approx(600 / plan.allows.design_effect)
    assert plan.allows.design_effect == pytest.approx(1.7 * plan.allocation.weight_effect)


def test_the_same_study_has_the_same_plan_and_another_seed_another(town: Town) -> None:
    first, again, other = (planned(town(seed=seed))[0] for seed in (7, 7, 8))
    assert first.points == again.points
    assert first.points != other.points


def test_raising_shifts_interviews_and_costs_effective_size(town: Town) -> None:
    plain, _ = planned(town(allocation="proportional", points=points(40)))
    changed = {"raise_remote": 6.0, "raise_newly_annexed": 3.0, "points": points(40)}
    raised, _ = planned(town(allocation="proportional", **changed))
    assert plain.territories[3].interviews == 12
    # A remote annexed territory is raised once, by the greater of its raises: 60, 30, 24, 12.
    assert [place.interviews for place in raised.territories] == [286, 143, 114, 57]
    assert plain.allocation.weight_effect == pytest.approx(1, abs=0.01)
    assert raised.allocation.weight_effect > 1.05


def test_a_size_follows_from_the_precision_and_pays_for_disproportion(town: Town) -> None:
    """z² p (1 - p) deff / e² at 5 points, corrected for 100,000 people, by hand."""
    plan, warnings = planned(town(interviews=None, precision=5.0, points=points(40)))
    assert "precision-missed" not in warnings
    deff = 1.7 * plan.allocation.weight_effect
    n = 1.959964**2 * 0.25 / 0.05**2 * deff
    assert plan.allocation.n == pytest.approx(n / (1 + n / 100_000), abs=1.5)
    assert plan.half_width <= 5.0


def test_too_few_interviews_for_the_precision_are_told(town: Town) -> None:
    assert "precision-missed" in planned(town(precision=2.0))[1]


def test_a_precision_of_territories_is_a_minimum(town: Town) -> None:
    plan, _ = planned(town(interviews=1000, precision_territory=14.0, points=points(40)))
    assert all(place.half_width <= 14.0 for place in plan.territories)
    assert refused(town(precision_territory=8.0)) == ["minimums"]


def test_everything_that_is_missing_is_named_at_once(town: Town) -> None:
    nothing = {
        "interviews": None, "correlation": None, "allocation": "", "selection": "",
        "interviewers": None, "seed": None, "population": "", "margins": (), "quotas": (),
    }  # fmt: skip
    study = town(**nothing)
    with pytest.raises(UserError) as caught:
        plan_sample(study)
    keys = [problem.values.get("key") for problem in caught.value.problems]
    assert keys == [
        "population", "interviews", "design_effect", "allocation", "selection", "interviewers",
        "seed", None,
    ]  # fmt: skip
    assert caught.value.problems[-1].kind.code == "study.sample-no-people"
    assert refused(replace(study, sampling=None)) == ["not-asked"]


def test_a_territory_without_people_is_named(town: Town) -> None:
    without = tuple(one for one in MARGINS if one.code != "far")
    assert refused(town(margins=without)) == ["no-people"]
    empty = tuple(replace(one, people=0) if one.code == "far" else one for one in MARGINS)
    assert refused(town(margins=empty)) == ["no-people"]


def test_a_size_below_the_sum_of_minimums_is_refused(town: Town) -> None:
    assert refused(town(interviews=300, minimum=100)) == ["minimums"]


def test_a_frame_too_small_for_its_interviews_is_refused(town: Town) -> None:
    assert refused(town(points=points(5), minimum=120)) == ["small-frame"]


def test_a_territory_below_the_thresholds_is_named(town: Town) -> None:
    few = (*points(30, ["old", "east"]), *points(6, ["annexed", "far"]))
    plan, warnings = plan_sample(town(points=few, allocation="proportional"))
    assert plan.allows.direct == ("old", "east")
    told = {str(one.values["territory"]): one.values for one in warnings}
    assert told.keys() == {"annexed", "far"}
    assert (told["far"]["interviews"], told["annexed"]["least_points"]) == (12, 8)


def test_points_without_a_size_cannot_be_drawn_by_size(town: Town) -> None:
    sizeless = tuple(replace(one, size=0.0) for one in points())
    assert refused(town(points=sizeless)) == ["no-size"]
    plan, _ = planned(town(points=sizeless, selection="systematic"))
    old = plan.territories[0]
    assert {round(one.probability, 9) for one in old.points} == {round(len(old.points) / 20, 9)}


def test_named_points_keep_the_interviews_that_the_workbook_plans(town: Town) -> None:
    first, _ = planned(town())
    counts = {one.point.code: one.interviews for one in first.points}
    named = tuple(replace(one, interviews=counts.get(one.code, 0)) for one in points())
    plan, _ = planned(town(points=named, selection="all"))
    assert {one.point.code: one.interviews for one in plan.points} == counts
    assert plan.allows.choice == "named"
    assert "not drawn" in plan.allows.notes[0].say("en")


def test_too_few_interviewers_are_refused(town: Town) -> None:
    assert refused(town(interviewers=3)) == ["few-interviewers"]


def test_a_single_territory_is_refused(town: Town) -> None:
    one = (Territory("old", Text("Ескі", "Старый")),)
    only = tuple(m for m in MARGINS if m.variable != "territory" or m.code == "old")
    only = tuple(replace(m, people=100_000) if m.code == "old" else m for m in only)
    found = refused(town(territories=one, margins=only, interviews=280))
    assert found == ["one-territory"]


def test_quotas_of_the_sheet_that_differ_are_told(town: Town) -> None:
    plan, _ = planned(town())
    same = tuple(
        Quota("residents", "", "territory", place.territory.code, place.interviews)
        for place in plan.territories
    )
    assert "other-quotas" not in planned(replace(town(), quotas=same))[1]
    other = (replace(same[0], target=same[0].target + 1), *same[1:])
    assert "other-quotas" in planned(replace(town(), quotas=other))[1]


def test_a_study_may_not_claim_more_than_its_sample_allows(town: Town) -> None:
    claims = replace(town(), inference="design")
    assert "not-by-design" in planned(claims)[1]
    doors = tuple(replace(one, kind="dwelling") for one in points())
    by_route = replace(town(points=doors), inference="design")
    assert "not-by-design" in planned(by_route)[1], "quotas leave no known chance"
    assert by_route.sampling is not None
    free = replace(by_route, sampling=replace(by_route.sampling, quotas=()))
    plan, warnings = planned(free)
    assert "not-by-design" not in warnings
    assert plan.allows.inference == "design"


def test_money_that_does_not_suffice_is_told(town: Town) -> None:
    assert "over-budget" in planned(town(budget=1000.0))[1]
    assert "no-rates" in planned(town(rate_day=None))[1]


def test_days_that_do_not_hold_the_visits_are_counted(town: Town) -> None:
    short = replace(town(minimum=80), start=date(2026, 10, 1), end=date(2026, 10, 4))
    found = [p for p in plan_sample(short)[1] if p.kind.code.endswith("no-calendar")]
    (values,) = [one.values for one in found]
    assert values["there"] == 4
    assert values["lacking"] == values["days"] - 4 > 0  # type: ignore[operator]
    assert values["more"] >= 1  # type: ignore[operator]
    # As many days more as it says, and nothing is lacking.
    enough = replace(short, end=date(2026, 10, int(values["days"]) + 2))  # type: ignore[call-overload]
    assert "no-calendar" not in planned(enough)[1]


def test_territories_without_a_substitute_are_told(town: Town) -> None:
    alone = tuple(one for one in points() if one.code != "far-s")
    study = town(points=alone)
    found = [p for p in plan_sample(study)[1] if p.kind.code.endswith("no-substitutes")]
    assert [one.values["territories"] for one in found] == [["far"]]
    (points_alone,) = [one.values["points"] for one in found]
    plan = plan_sample(study)[0]
    assert points_alone == [one.point.code for one in plan.territories[3].points]


def test_a_substitute_has_a_route_of_its_own_and_moves_no_other(town: Town) -> None:
    plan, _ = planned(town())
    for place in plan.territories:
        assert all(1 <= one.route.start <= one.point.step for one in place.substitutes)
    more = replace(points()[20], code="old-t", name=Text("Тағы", "Ещё одна"))
    other, _ = planned(town(points=(*points(), more)))
    assert other.points == plan.points
    assert [one.point.code for one in other.territories[0].substitutes] == ["old-s", "old-t"]


def test_the_made_up_city_is_planned_as_its_workbook_says(city: Study) -> None:
    plan, warnings = planned(city)
    assert warnings == []
    in_sheet = {one.code: one.interviews for one in city.points if not one.substitute_for}
    drawn = {one.point.code: one.interviews for one in plan.points}
    assert drawn == {code: n for code, n in in_sheet.items() if n}
    assert plan.allocation.n == 2500
    assert len(plan.allows.direct) == len(TERRITORIES) - 1 + 12
    kinds = Counter(point.point.kind for point in plan.points)
    assert kinds.keys() == {"street", "dwelling", "parking"}
    assert max(plan.assignment.load) - min(plan.assignment.load) <= 15
