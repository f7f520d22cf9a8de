"""Calibration by three distances, with and without bounds, against R."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.weighting import calibrate, calibrate_margins, rake

from .test_raking import problem

# What the R programs below calibrate to: number of people, sex, three of four ages, an income.
TOTALS = np.array([10_000, 4_800, 3_100, 2_600, 1_800, 231_000.0])


def variables(sample) -> np.ndarray:
    """Return the columns of ``~sex + factor(age) + income`` as R has them."""
    ages = [(sample.age == one).astype(float) for one in (1, 2, 3)]
    return np.column_stack([np.ones(len(sample.age)), sample.sex, *ages, sample.income])


def test_linear_calibration_is_that_of_r(sample, said) -> None:
    """Linear calibration without bounds, on people, sex, age and an income.

    Reference: R 4.2.2, survey 4.1, ``calibrate(calfun = "linear")``. Tolerance 1e-8 relative: both
    solve one system of equations.

    R::

        design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)
        after <- calibrate(design, ~sex + factor(age) + income,
                           c(10000, 4800, 3100, 2600, 1800, 231000))
        said <- list(weights = weights(after), metric = weights(design))
    """
    done = calibrate(sample.weight, variables(sample), TOTALS)
    expected = said(data=sample.table)
    np.testing.assert_allclose(done.weights, expected["weights"], rtol=1e-8)
    assert done.calibration is not None
    np.testing.assert_allclose(done.calibration.metric, expected["metric"], rtol=1e-12)


def test_bounded_and_other_distances_are_those_of_r(sample, said) -> None:
    """Linear with bounds; raking with and without; logit, whose bounds are needed.

    Reference: R 4.2.2, survey 4.1, ``calibrate`` with ``epsilon = 1e-12``. Tolerance 1e-8 relative,
    although R iterates: it stops where totals hold to 1e-12 of their size. The bounds are tight
    enough to bind: the test looks that some factors stand on them. With raking, R holds the wrong
    number against the lower bound (u in place of exp(u), ``cal.raking$dF``) and fails where that
    bound binds; there our own totals are the test below.

    R::

        design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)
        after <- function(calfun, bounds) weights(calibrate(
          design, ~sex + factor(age) + income, c(10000, 4800, 3100, 2600, 1800, 231000),
          calfun = calfun, bounds = bounds, epsilon = 1e-12, maxit = 500))
        said <- list(linear = after("linear", c(0.7, 1.6)), raking = after("raking", c(-Inf, Inf)),
                     bounded = after("raking", c(0.3, 1.5)), logit = after("logit", c(0.5, 2)))
    """
    expected = said(data=sample.table)
    values = variables(sample)
    for name, distance, bounds in (
        ("linear", "linear", (0.7, 1.6)),
        ("raking", "raking", (-np.inf, np.inf)),
        ("bounded", "raking", (0.3, 1.5)),
        ("logit", "logit", (0.5, 2.0)),
    ):
        done = calibrate(sample.weight, values, TOTALS, distance=distance, bounds=bounds)
        np.testing.assert_allclose(done.weights, expected[name], rtol=1e-8, err_msg=name)
        np.testing.assert_allclose(done.weights @ values, TOTALS, rtol=1e-9)
        factors = done.weights / sample.weight
        assert factors.min() >= bounds[0] - 1e-12
        assert factors.max() <= bounds[1] + 1e-12
        if name in ("linear", "bounded"):
            assert np.isclose(factors, bounds[0]).any() or np.isclose(factors, bounds[1]).any()


def test_raking_within_bounds_on_both_sides_reaches_its_totals(sample) -> None:
    values = variables(sample)
    done = calibrate(sample.weight, values, TOTALS, distance="raking", bounds=(0.7, 1.6))
    np.testing.assert_allclose(done.weights @ values, TOTALS, rtol=1e-9)
    factors = done.weights / sample.weight
    assert np.isclose(factors, 0.7).any() and np.isclose(factors, 1.6).any()
    # Between the bounds the logarithm of the factor is linear in the variables.
    free = (factors > 0.701) & (factors < 1.599)
    left = np.linalg.lstsq(values[free], np.log(factors[free]))[1]
    assert left.max(initial=0) < 1e-16


def test_calibration_on_cells_is_that_on_rows(sample, margins) -> None:
    done = calibrate_margins(sample.weight, margins, distance="raking")
    np.testing.assert_allclose(done.weights, rake(sample.weight, margins).weights, rtol=1e-8)
    assert done.calibration is not None
    assert len(done.calibration.auxiliary) <= 24
    np.testing.assert_array_equal(done.calibration.metric, sample.weight)


def test_variables_of_very_different_size_are_reached_alike(sample) -> None:
    values = variables(sample) * [1, 1, 1, 1, 1, 1e9]
    done = calibrate(sample.weight, values, TOTALS * [1, 1, 1, 1, 1, 1e9], distance="raking")
    plain = calibrate(sample.weight, variables(sample), TOTALS, distance="raking")
    np.testing.assert_allclose(done.weights, plain.weights, rtol=1e-7)


def test_totals_out_of_reach_name_the_farthest(sample, margins) -> None:
    with pytest.raises(UserError) as caught:
        calibrate_margins(sample.weight, margins, bounds=(0.98, 1.02))
    code, words = problem(caught)
    assert code == "table.calibration-unreached"
    assert "0.98 to 1.02" in words
    assert any(f"{one.name} = " in words for one in margins)


@pytest.mark.parametrize("bounds", [(-np.inf, np.inf), (1.1, 2), (0.5, 0.9)])
def test_logit_needs_bounds_around_one(sample, margins, bounds) -> None:
    with pytest.raises(UserError) as caught:
        calibrate_margins(sample.weight, margins, distance="logit", bounds=bounds)
    assert problem(caught)[0] == "table.logit-bounds"
