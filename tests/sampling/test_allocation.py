"""Interviews by territory: sums that are exact, minimums that hold, the price of disproportion."""

from collections.abc import Callable

import numpy as np
import pytest
import svy
from hypothesis import given
from hypothesis import strategies as st

from tyndau.base.errors import UserError
from tyndau.sampling.allocation import allocate, weight_effect, whole_parts

pytestmark = pytest.mark.requirement("C2")

PEOPLE = np.array([49_368, 36_822, 16_522, 8_691, 1_200])


def test_the_methods_follow_their_formulas() -> None:
    people = np.array([6000.0, 3000.0, 1000.0])
    assert allocate(100, people, method="proportional").counts.tolist() == [60, 30, 10]
    assert allocate(99, people, method="equal").counts.tolist() == [33, 33, 33]
    neyman = allocate(100, people, method="neyman", deviation=[0.1, 0.4, 0.2])
    np.testing.assert_allclose(neyman.exact, 100 * np.array([600, 1200, 200]) / 2000)
    power = allocate(100, people, method="power", power=0.5)
    np.testing.assert_allclose(power.exact, 100 * np.sqrt(people) / np.sqrt(people).sum())


@pytest.mark.parametrize("method", ["proportional", "equal", "neyman", "power"])
def test_svy_agrees_where_no_minimum_binds(method: str) -> None:
    """svy 0.35, ``SampleSize().allocate``, rounds by the largest remainder too: equal exactly."""
    deviation = [0.5, 0.4, 0.45, 0.3, 0.48]
    own = allocate(2500, PEOPLE, method=method, power=0.4, deviation=deviation)
    keys = [str(at) for at in range(len(PEOPLE))]
    sizes = dict(zip(keys, PEOPLE.tolist(), strict=True))
    more = {
        "neyman": {"method": "neyman", "sigma": dict(zip(keys, deviation, strict=True))},
        "power": {"method": "proportional", "power": 0.4},
    }.get(method, {"method": method})
    other = svy.SampleSize().allocate(2500, pop_size=sizes, **more)
    assert own.counts.tolist() == [other.n[key] for key in keys]


def test_a_minimum_takes_from_the_others_in_proportion() -> None:
    """The three above the minimum keep 6 : 3 : 2 of what is left, 190."""
    found = allocate(200, [6000, 3000, 2000, 10], method="proportional", minimum=10)
    np.testing.assert_allclose(found.exact, [190 * 6 / 11, 190 * 3 / 11, 190 * 2 / 11, 10])
    assert found.counts.sum() == 200


def test_newly_annexed_and_remote_territories_are_raised() -> None:
    plain = allocate(300, [1000, 1000, 1000], method="proportional")
    raised = allocate(300, [1000, 1000, 1000], method="proportional", raised=[1, 1, 2])
    assert plain.counts.tolist() == [100, 100, 100]
    assert raised.counts.tolist() == [75, 75, 150]


def test_nobody_is_asked_twice_in_a_small_village() -> None:
    found = allocate(300, [5000, 40, 5000], method="equal")
    assert found.counts.tolist() == [130, 40, 130]


def test_the_price_is_that_of_the_weights_in_r(
    said: Callable[..., dict[str, np.ndarray]],
) -> None:
    """R 4.2.2: 1 + cv², summed over interviews with their weights. Tolerance 1e-8: sums only.

    R::

        w <- rep(data$people / data$counts, data$counts)
        said <- list(effect = 1 + mean((w - mean(w))^2) / mean(w)^2,
                     effective = sum(w)^2 / sum(w^2))
    """
    found = allocate(2500, PEOPLE, method="power", power=0.5, raised=[1, 1, 1.1, 1.3, 1.3])
    expected = said(data={"people": PEOPLE, "counts": found.counts})
    assert found.weight_effect == pytest.approx(expected["effect"][0], rel=1e-8)
    assert found.effective == pytest.approx(expected["effective"][0], rel=1e-8)
    assert found.weight_effect > 1.1


def test_a_proportional_sample_costs_nothing() -> None:
    assert weight_effect([60, 30, 10], [6000, 3000, 1000]) == pytest.approx(1)


def test_minimums_larger_than_the_sample_are_refused() -> None:
    with pytest.raises(UserError) as caught:
        allocate(100, [500, 500, 500], method="equal", minimum=50)
    assert caught.value.problems[0].kind.code == "study.sample-minimums"
    assert "150" in caught.value.problems[0].what("en")


def test_more_interviews_than_people_are_refused() -> None:
    with pytest.raises(UserError) as caught:
        allocate(100, [30, 40], method="equal")
    assert caught.value.problems[0].kind.code == "study.sample-too-large"


@given(st.lists(st.floats(0, 500), min_size=1, max_size=20))
def test_whole_parts_add_up_and_stay_near(parts: list[float]) -> None:
    total = round(sum(parts))
    whole = whole_parts(parts, total)
    assert whole.sum() == total
    assert np.abs(whole - parts).max() <= 1 + 1e-9
