"""When two domains differ."""

import numpy as np
import pytest

from tyndau.estimation import null_variance, significant


@pytest.mark.parametrize(
    ("first", "second", "variance", "degrees", "sign"),
    [
        (0.5, 0.3, 0.01, 1000, 1),  # t = 2.00, bound 1.96
        (0.3, 0.5, 0.01, 1000, -1),
        (0.5, 0.3, 0.01, 10, 0),  # t = 2.00, bound 2.23
        (0.5, 0.3, 0.011, 1000, 0),
        (0.0, 1.0, 0.0, 50, -1),  # no variance, yet all differ
        (0.3, 0.3, 0.0, 50, 0),
        (0.3, 0.3 + 1e-16, 0.0, 50, 0),  # rounding
        (0.1, 0.9, 0.001, 0, 0),  # nothing to judge by
        (np.nan, 0.9, np.nan, 50, 0),
    ],
)
def test_differences(
    first: float, second: float, variance: float, degrees: float, sign: int
) -> None:
    found = significant(
        np.array([first]),
        np.array([second]),
        np.array([variance]),
        degrees=np.array([degrees], dtype=float),
        level=0.95,
    )
    assert found.tolist() == [sign]


@pytest.mark.parametrize(
    ("few", "share"), [(40, 0.02), (30, 0.05), (30, 0.95), (50, 0.1), (100, 0.1), (60, 0.5)]
)
def test_equal_shares_seldom_differ_however_rare_the_answer(few: int, share: float) -> None:
    """Without a difference at most about one comparison in twenty may come out significant.

    The bound holds the simulated 5.5 % of the last case and the noise of 20,000 pairs; with the
    linearised variance alone the first cases come to 45, 22 and 22 %.
    """
    random = np.random.default_rng(2026)
    many, pairs = 600, 20_000
    first = random.binomial(few, share, pairs) / few
    second = random.binomial(many, share, pairs) / many
    bases = (np.full(pairs, float(few)), np.full(pairs, float(many)))
    linearised = first * (1 - first) / few + second * (1 - second) / many
    least = null_variance(first, second, weights=bases, effective=bases)

    found = significant(
        first,
        second,
        np.maximum(linearised, least),
        degrees=np.full(pairs, few + many - 1.0),
        level=0.95,
    )
    assert np.mean(found != 0) < 0.062


def test_where_many_are_expected_the_linearised_variance_stands_alone() -> None:
    bases = (np.array([100.0]), np.array([400.0]))

    assert null_variance(np.array([0.2]), np.array([0.3]), weights=bases, effective=bases) == 0


def test_the_least_variance_is_that_of_the_pooled_share() -> None:
    """R: ``prop.test(c(0, 40), c(50, 400), correct = FALSE)`` gives X-squared 5.4878."""
    shares = (np.array([0.0]), np.array([0.1]))
    bases = (np.array([50.0]), np.array([400.0]))

    least = null_variance(*shares, weights=bases, effective=bases)
    assert (shares[0] - shares[1]) ** 2 / least == pytest.approx(5.4878, abs=5e-5)
