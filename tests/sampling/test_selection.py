"""Points drawn by size: the chances are those recorded, and those that R computes."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from tyndau.sampling.selection import (
    FEWEST_AT_POINT,
    LEAST_POINTS,
    MOST_AT_POINT,
    draw_points,
    interviews_at,
    seeds,
    wanted_points,
)

pytestmark = pytest.mark.requirement("C2")

SIZES = np.array([900.0, 60, 80, 100, 40, 220, 300, 50, 70, 90, 20, 400])


def test_chances_are_those_of_r(said: Callable[..., dict[str, np.ndarray]]) -> None:
    """R 4.2.2, the algorithm of ``sampling::inclusionprobabilities`` in base R; tolerance 1e-8.

    R::

        chance <- function(a, n) {
          p <- n * a / sum(a); sure <- rep(FALSE, length(a))
          while (any(p[!sure] >= 1)) {
            sure <- sure | p >= 1
            p <- ifelse(sure, 1, (n - sum(sure)) * a / sum(a[!sure]))
          }
          p
        }
        said <- list(p = chance(data$size, 6))
    """
    expected = said(data={"size": SIZES})["p"]
    drawn = draw_points(SIZES, 6, method="pps", seed=3)
    np.testing.assert_allclose(drawn.probability, expected[drawn.index], rtol=1e-8)
    np.testing.assert_array_equal(drawn.certain, expected[drawn.index] >= 1)
    assert expected.sum() == pytest.approx(6)
    assert {0, 11} <= set(drawn.index), "what exceeds the interval is certain"


def test_points_are_drawn_as_often_as_recorded() -> None:
    """4,000 draws; a share may be off by 4 of its standard errors."""
    draws = 4000
    counts: Counter[int] = Counter()
    chance: dict[int, float] = {}
    for seed in range(draws):
        drawn = draw_points(SIZES, 5, method="pps", seed=seed)
        assert len(drawn.index) == len(set(drawn.index)) == 5
        counts.update(drawn.index.tolist())
        chance |= dict(zip(drawn.index.tolist(), drawn.probability.tolist(), strict=True))
    for at, p in chance.items():
        margin = 4 * np.sqrt(p * (1 - p) / draws) + 1e-9
        assert counts[at] / draws == pytest.approx(p, abs=margin)


def test_systematic_selection_gives_everybody_the_same_chance() -> None:
    found = [draw_points(SIZES, 4, method="systematic", seed=seed) for seed in range(300)]
    assert all((one.probability == 4 / 12).all() for one in found)
    first = found[0].index
    # Every third of twelve, from a random start.
    assert set(np.diff(first)) == {3}
    assert {int(one.index[0]) for one in found} == {0, 1, 2}


def test_named_points_have_no_known_chance() -> None:
    drawn = draw_points(SIZES, 12, method="all", seed=1)
    assert np.isnan(drawn.probability).all()
    assert not drawn.certain.any()


def test_all_are_certain_where_all_are_wanted() -> None:
    drawn = draw_points(SIZES, 12, method="pps", seed=1)
    assert drawn.certain.all()
    assert (drawn.probability == 1).all()


@pytest.mark.parametrize(
    ("interviews", "available", "points"),
    [
        (220, 18, 15),
        (120, 18, 8),
        (90, 18, 8),
        (60, 18, 6),
        (30, 18, 3),
        (12, 18, 2),
        (220, 12, 12),
    ],
)
def test_points_follow_the_interviews(interviews: int, available: int, points: int) -> None:
    assert wanted_points(interviews, 15, available) == points
    if interviews >= FEWEST_AT_POINT * LEAST_POINTS:
        assert FEWEST_AT_POINT <= interviews / points <= MOST_AT_POINT


def test_points_of_a_territory_have_the_same_take() -> None:
    counts = interviews_at(15, 220, seed=5)
    assert counts.sum() == 220
    assert set(counts) == {14, 15}
    assert interviews_at(15, 220, seed=6).tolist() != counts.tolist()


def test_one_more_territory_moves_no_other() -> None:
    assert seeds(7, ["a", "b"])["b"] == seeds(7, ["b"])["b"]
    assert seeds(8, ["b"])["b"] != seeds(7, ["b"])["b"]
