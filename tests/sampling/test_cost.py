"""Cost and days: sums that can be followed, and nothing guessed."""

from dataclasses import replace

import numpy as np
import pytest

from tyndau.sampling.cost import cost_of

from .conftest import SAMPLING, TERRITORIES

INTERVIEWS = np.array([[16, 0, 9, 0], [8, 17, 0, 3]])
PLACES = TERRITORIES[1:]


def test_every_item_can_be_followed() -> None:
    """Days are 2, 2 and 1, 3, 1: a day is spent in one territory and holds 8 interviews."""
    cost = cost_of(INTERVIEWS, PLACES, replace(SAMPLING, budget=100_000))
    assert cost.days is not None
    assert cost.days.tolist() == [[2, 0, 2, 0], [1, 3, 0, 1]]
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
    assert cost.longest == 5
    assert cost.missing == ()


@pytest.mark.parametrize("key", ["rate_interview", "rate_day", "transport", "interviews_a_day"])
def test_an_unknown_rate_leaves_the_sum_unknown(key: str) -> None:
    cost = cost_of(INTERVIEWS, PLACES, replace(SAMPLING, **{key: None}))
    assert cost.total is None
    assert cost.missing == (key,)
