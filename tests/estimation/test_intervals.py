"""Intervals where R gives none, and where nothing can be said."""

import numpy as np
import pytest

from tyndau.estimation import korn_graubard, t_interval


def interval(p: float, v: float, n: float, effective: float, df: float) -> tuple[float, float]:
    low, high = korn_graubard(
        np.array([p]),
        np.array([v]),
        base=np.array([n]),
        effective_base=np.array([effective]),
        degrees=np.array([df]),
        level=0.95,
    )
    return float(low[0]), float(high[0])


def test_shares_of_0_and_1_have_exact_limits_on_the_effective_base() -> None:
    """Clopper-Pearson in closed form: the far limit is 1 - 0.025^(1/n) from the share."""
    far = 1 - 0.025 ** (1 / 40)
    assert interval(0, 0, 50, 40, 49) == pytest.approx((0, far), rel=1e-12)
    assert interval(1, 0, 50, 40, 49) == pytest.approx((1 - far, 1), rel=1e-12)


def test_few_clusters_widen_the_interval_of_a_share_of_0() -> None:
    assert interval(0, 0, 50, 40, 4)[1] > 1.5 * interval(0, 0, 50, 40, 49)[1]


def test_a_share_without_variance_between_clusters_is_not_taken_for_certain() -> None:
    low, high = interval(0.5, 0, 100, 100, 99)
    assert 0.39 < low < 0.41 < 0.59 < high < 0.61


def test_a_variance_of_rounding_alone_is_none() -> None:
    """What sums of weights of 0.7 leave where each cluster has the same share, as quotas give."""
    exact = interval(0.3, 0, 300, 300, 29)
    for variance in (7e-65, 5e-34, 1e-30):
        assert interval(0.3, variance, 300, 300, 29) == exact
    assert interval(0.3, 1e-12, 300, 300, 29) != exact


def test_a_simple_random_sample_has_the_exact_limits() -> None:
    """Clopper-Pearson for 20 of 100, R 4.2.2 ``binom.test(20, 100)``, printed to 7 digits."""
    low, high = interval(0.2, 0.2 * 0.8 / 100, 100, 100, 99)
    assert (low, high) == pytest.approx((0.1266556, 0.2918427), abs=1e-7)


def test_without_degrees_of_freedom_there_is_no_interval() -> None:
    assert np.isnan(interval(0.5, 0.01, 20, 20, 0)).all()
    assert np.isnan(interval(0, 0, 1, 1, 0)).all()
    low, high = t_interval(np.ones(1), np.ones(1), degrees=np.zeros(1), level=0.95)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_means_have_the_t_interval() -> None:
    """R ``qt(0.975, 9)``: 2.262157."""
    low, high = t_interval(np.array([3.0]), np.array([0.5]), degrees=np.array([9.0]), level=0.95)
    assert (low[0], high[0]) == pytest.approx((3 - 0.5 * 2.262157, 3 + 0.5 * 2.262157), abs=1e-6)
