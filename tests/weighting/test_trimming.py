"""Trimming against R, and weights that cannot be trimmed."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.weighting import rake, trim

from .test_raking import problem


def test_trimmed_weights_are_those_of_r(sample, margins, said) -> None:
    """Raked weights trimmed once, and until none is out of bounds.

    Reference: R 4.2.2, survey 4.1, ``trimWeights`` after ``rake``. Tolerance 1e-8 relative: what
    goes in was raked in both.

    R::

        design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)
        raked <- rake(design, list(~sex, ~age, ~place),
                      list(data.frame(sex = 0:1, Freq = c(5200, 4800)),
                           data.frame(age = 0:3, Freq = c(2500, 3100, 2600, 1800)),
                           data.frame(place = 0:2, Freq = c(4000, 3500, 2500))),
                      control = list(maxit = 500, epsilon = 1e-13))
        said <- list(once = weights(trimWeights(raked, upper = 25, lower = 12)),
                     strict = weights(trimWeights(raked, upper = 25, lower = 12, strict = TRUE)))
    """
    raked = rake(sample.weight, margins).weights
    expected = said(data=sample.table)
    once = trim(raked, lower=12, upper=25)
    strict = trim(raked, lower=12, upper=25, strict=True)
    np.testing.assert_allclose(once.weights, expected["once"], rtol=1e-8)
    np.testing.assert_allclose(strict.weights, expected["strict"], rtol=1e-8)
    assert once.facts["trimmed"] == ((raked < 12) | (raked > 25)).sum() > 0
    assert once.weights.max() > 25 or once.weights.min() < 12 or once.facts["rounds"] == 1
    assert strict.weights.max() <= 25
    np.testing.assert_allclose([once.weights.sum(), strict.weights.sum()], raked.sum())


def test_what_is_cut_can_go_to_the_others_in_proportion() -> None:
    done = trim([1, 2, 3, 14], upper=10, redistribute="proportionally")
    np.testing.assert_allclose(done.weights, [1 + 4 / 6, 2 + 8 / 6, 5, 10])
    assert done.arguments["redistribute"] == "proportionally"


def test_nothing_changes_where_nothing_is_out_of_bounds(sample) -> None:
    done = trim(sample.weight, lower=0.001, upper=1e9)
    np.testing.assert_array_equal(done.weights, sample.weight)
    assert done.facts == {"trimmed": 0, "moved": 0.0, "rounds": 0}


def test_weights_of_zero_are_left_alone() -> None:
    done = trim([0, 1, 5, 6], lower=2, upper=5.5)
    np.testing.assert_allclose(done.weights, [0, 2, 4.5, 5.5])


@pytest.mark.parametrize(
    ("bounds", "strict"), [((3.5, 9.0), True), ((0.0, 2.0), True), ((4.0, 4.5), False)]
)
def test_bounds_that_cannot_hold_the_sum_are_refused(bounds, strict) -> None:
    with pytest.raises(UserError) as caught:
        trim([1, 2, 3, 6], lower=bounds[0], upper=bounds[1], strict=strict)
    assert problem(caught)[0] == "table.trim-impossible"
