"""Cost and days: sums that can be followed, and nothing guessed."""

from dataclasses import replace

import numpy as np
import pytest

from tyndau.sampling.cost import cost_of

from .conftest import SAMPLING, TERRITORIES

DAYS = np.array([4, 5])
TRIPS = np.array([3, 3, 2, 1])
PLACES = TERRITORIES[1:]


def test_every_item_can_be_followed() -> None:
    cost = cost_of(53, DAYS, TRIPS, PLACES, replace(SAMPLING, budget=100_000))
    by_name = [(item.name, item.territory, item.units, item.rate) for item in cost.items]
    assert by_name == [
        ("interviews", "", 53, 500),
        ("days", "", 9, 1000),
        ("transport", "old", 3, 300),
        ("transport", "east", 3, 300),
        ("transport", "annexed", 2, 300),
        ("transport", "far", 1, 900),
    ]
    assert cost.total == 53 * 500 + 9 * 1000 + 8 * 300 + 900
    assert cost.missing == ()


@pytest.mark.parametrize("key", ["rate_interview", "rate_day", "transport"])
def test_an_unknown_rate_leaves_the_sum_unknown(key: str) -> None:
    cost = cost_of(53, DAYS, TRIPS, PLACES, replace(SAMPLING, **{key: None}))
    assert cost.total is None
    assert cost.missing == (key,)
