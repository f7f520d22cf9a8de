"""How many interviews a precision needs, against R and against svy."""

from collections.abc import Callable

import numpy as np
import pytest
import svy

from tyndau.sampling.size import cluster_effect, half_width_of, share_variance, size_for

pytestmark = pytest.mark.requirement("C2")

# Half-width, share, confidence, design effect, people.
CASES = np.array(
    [
        (0.03, 0.5, 0.95, 1.0, 300_000),
        (0.02, 0.5, 0.95, 1.7, 368_677),
        (0.05, 0.3, 0.95, 2.2, 2_000),
        (0.05, 0.1, 0.99, 1.4, 150),
        (0.01, 0.5, 0.90, 1.0, 10_000),
    ]
)
COLUMNS = ("e", "p", "level", "deff", "people")


def test_a_half_width_needs_as_many_interviews_as_r_finds(
    said: Callable[..., dict[str, np.ndarray]],
) -> None:
    """R 4.2.2 looks for the size at which the interval has its half-width, without our formula.

    Tolerance 1e-6: ``uniroot`` iterates (its own is 1e-12 of n).

    R::

        width <- function(n, d) qnorm((1 + d$level) / 2) *
          sqrt(d$deff * d$p * (1 - d$p) / n * (d$people - n) / (d$people - 1))
        n <- sapply(seq_len(nrow(data)), function(i) with(data[i, ], uniroot(
          function(n) width(n, data[i, ]) - e, c(1e-3, people), tol = 1e-12)$root))
        said <- list(n = n)
    """
    expected = said(data=dict(zip(COLUMNS, CASES.T, strict=True)))["n"]
    for (e, p, level, deff, people), n in zip(CASES, expected, strict=True):
        size = size_for(
            e, share_variance(p), confidence=level, design_effect=deff, population=people
        )
        assert size.corrected == pytest.approx(n, rel=1e-6)
        assert size.n - 1 < size.corrected <= size.n + 1e-9
        assert size.n <= people
        back = half_width_of(
            size.corrected, share_variance(p), confidence=level, design_effect=deff,
            population=people,
        )  # fmt: skip
        assert back == pytest.approx(e, rel=1e-12)


@pytest.mark.parametrize("case", range(len(CASES)))
def test_svy_differs_by_the_rounding_of_its_steps_only(case: int) -> None:
    """svy 0.35 rounds n0 and deff n0 up before it goes on: at most deff + 1 interviews more."""
    e, p, level, deff, people = CASES[case]
    other = svy.SampleSize().estimate_prop(p, e, alpha=1 - level, deff=deff, pop_size=int(people))
    own = size_for(e, share_variance(p), confidence=level, design_effect=deff, population=people)
    assert 0 <= other.n - own.n <= deff + 1


def test_the_textbook_example() -> None:
    """n0 = 1.96² · 0.25 / 0.03² = 1067.07: 1,068 interviews, and 2,670 people at 40 %."""
    size = size_for(0.03, share_variance(0.5), response=0.4)
    assert (size.n, size.contacts) == (1068, 2670)
    assert size.simple == pytest.approx(1067.07, abs=0.01)


def test_a_mean_needs_its_variance() -> None:
    """A score with standard deviation 1.2, to a tenth: (1.96 · 1.2 / 0.1)² = 553.2."""
    assert size_for(0.1, 1.2**2).n == 554


def test_points_raise_the_variance() -> None:
    assert cluster_effect(0.05, 15) == pytest.approx(1.7)
    assert cluster_effect(0.3, 1) == 1


def test_nobody_is_left_to_err_about_where_everybody_is_asked() -> None:
    assert half_width_of(500, 0.25, population=500) == 0
