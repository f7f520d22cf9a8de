"""Intervals hold the truth as often as they say: the short form of the series in `make soak`.

Simulated samples by a fixed seed, 300 a cell (`benchmarks/soak_inference.py` makes 50,000 of all
cells). The bounds are those of the series, widened by three standard errors of chance: 4 points for
300 samples.
"""

from collections import Counter
from functools import reduce
from operator import add

import pytest

from ..tabulation.simulated import (
    CITY,
    EIGHT,
    FOURTEEN,
    KORN_GRAUBARD,
    LOGIT,
    SAMPLES,
    Survey,
    error,
    intervals,
)

BATCHES = 3


def percent(survey: Survey, share: float, icc: float, method: str) -> dict[str, float]:
    """Return by territory in how many samples the interval holds the share."""
    batches = [intervals(survey, share, icc, (4, number)) for number in range(BATCHES)]
    of = BATCHES * SAMPLES
    return {
        name: 100 * reduce(add, (one[name] for one in batches), Counter())[method] / of
        for name in batches[0]
    }


def within(held: dict[str, float], bounds: tuple[float, float]) -> bool:
    low, high = (3 * error(bound, BATCHES * SAMPLES) for bound in bounds)
    return all(bounds[0] - low <= one <= bounds[1] + high for one in held.values())


@pytest.mark.parametrize(
    ("survey", "share", "icc"),
    [(CITY, 0.02, 0.1), (CITY, 0.1, 0.1), (FOURTEEN, 0.5, 0), (EIGHT, 0.02, 0.1)],
)
def test_intervals_of_korn_and_graubard_hold_the_truth(
    survey: Survey, share: float, icc: float
) -> None:
    assert within(percent(survey, share, icc, "korn_graubard"), KORN_GRAUBARD)


@pytest.mark.parametrize(("survey", "icc"), [(CITY, 0.1), (FOURTEEN, 0), (EIGHT, 0.1)])
def test_logit_intervals_hold_the_truth_of_shares_that_are_not_small(
    survey: Survey, icc: float
) -> None:
    assert within(percent(survey, 0.1, icc, "logit"), LOGIT)


def test_intervals_that_fall_short_are_noticed() -> None:
    """Logit intervals of a rare answer in 8 points: in a quarter of samples nobody gave it."""
    assert not within(percent(EIGHT, 0.02, 0.1, "logit"), LOGIT)
