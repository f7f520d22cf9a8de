"""When two domains differ, in a family of comparisons, and when they do not."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from tyndau.estimation import (
    benjamini_hochberg,
    equivalence,
    holm,
    null_variance,
    p_values,
    t_statistic,
)

Said = Callable[..., Mapping[str, np.ndarray]]


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
        (np.nan, 0.9, np.nan, 50, 0),
    ],
)
def test_differences(
    first: float, second: float, variance: float, degrees: float, sign: int
) -> None:
    statistic = t_statistic(np.array([first]), np.array([second]), np.array([variance]))
    p = p_values(statistic, np.array([degrees], dtype=float))
    assert np.where(p <= 0.05, np.sign(statistic), 0).tolist() == [sign]


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
    statistic = t_statistic(first, second, np.maximum(linearised, least))
    assert np.mean(p_values(statistic, np.full(pairs, few + many - 1.0)) <= 0.05) < 0.062


def test_corrections_for_the_number_of_tests_are_those_of_r(said: Said) -> None:
    """Families of p values, some of them no test.

    Reference: R 4.2.2, ``p.adjust``; tolerance 1e-12, both are a sort and a product.

    R::

        p <- data$p
        said <- list(bh = p.adjust(p, "BH"), holm = p.adjust(p, "holm"))
    """
    p = np.round(np.random.default_rng(3).beta(0.4, 3, 60), 6)
    p[[5, 17]] = np.nan
    r = said(data={"p": p})
    assert holm(p) == pytest.approx(r["holm"], rel=1e-12, nan_ok=True)
    known = ~np.isnan(p)
    held = benjamini_hochberg(p[known], level=0.05)
    assert held.tolist() == (r["bh"][known] <= 0.05).tolist()
    assert 0 < held.sum() < known.sum()
    # Values above the level never hold, so that they need not be given.
    small = p[known] <= 0.05
    few = benjamini_hochberg(p[known][small], level=0.05, tests=int(known.sum()))
    assert few.tolist() == held[small].tolist()


def test_no_difference_is_a_claim_that_needs_a_test() -> None:
    """Two estimates alike by chance are not equal by proof: that takes precision.

    The p value is the greater of two one-sided t tests: with a difference of 1, a bound of 3 and a
    standard error of 1 it is P(T > 2), 0.0233 for 500 degrees of freedom (R ``pt(-2, 500)``).
    """
    one = np.array([1.0, -1.0, 1.0, 4.0, np.nan])
    variance = np.array([1.0, 1.0, 4.0, 0.01, 1.0])
    p = equivalence(one, variance, degrees=np.full(5, 500.0), bound=3.0)
    assert p[:2] == pytest.approx([0.02302034138, 0.02302034138], rel=1e-6)
    assert p[2] > 0.1  # the same difference, measured too roughly
    assert p[3] > 0.99  # a difference larger than the bound
    assert np.isnan(p[4])
    with pytest.raises(ValueError, match="above 0"):
        equivalence(one, variance, degrees=np.full(5, 500.0), bound=0.0)
