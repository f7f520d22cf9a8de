"""Raking and post-stratification against R, with partial margins, and what cannot be raked."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.weighting import make_margin, post_stratify, rake
from tyndau.weighting.margins import collapse

from .conftest import AGE


def problem(caught: pytest.ExceptionInfo[UserError]) -> tuple[str, str]:
    """Return code and words of a caught error."""
    one = caught.value.problems[0]
    return one.kind.code, f"{one.what('en')} {one.remedy('en')}"


def test_post_stratified_weights_are_those_of_r(sample, said) -> None:
    """Post-stratified weights by age.

    Reference: R 4.2.2, survey 4.1, ``postStratify``. Tolerance 1e-8 relative: both divide in double
    precision.

    R::

        design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)
        after <- postStratify(design, ~age, data.frame(age = 0:3, Freq = c(2500, 3100, 2600, 1800)))
        said <- list(weights = weights(after))
    """
    done = post_stratify(sample.weight, make_margin("age", sample.age, AGE))
    expected = said(data=sample.table)["weights"]
    np.testing.assert_allclose(done.weights, expected, rtol=1e-8)
    assert done.calibration is not None
    np.testing.assert_array_equal(done.calibration.metric, sample.weight)


def test_raked_weights_are_those_of_r(sample, margins, said) -> None:
    """Weights raked to three margins.

    Reference: R 4.2.2, survey 4.1, ``rake`` until nothing changes any more. Tolerance 1e-8
    relative: R iterates, but here to the end.

    R::

        design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)
        after <- rake(design, list(~sex, ~age, ~place),
                      list(data.frame(sex = 0:1, Freq = c(5200, 4800)),
                           data.frame(age = 0:3, Freq = c(2500, 3100, 2600, 1800)),
                           data.frame(place = 0:2, Freq = c(4000, 3500, 2500))),
                      control = list(maxit = 500, epsilon = 1e-13))
        said <- list(weights = weights(after))
    """
    done = rake(sample.weight, margins)
    np.testing.assert_allclose(done.weights, said(data=sample.table)["weights"], rtol=1e-8)
    assert done.path[-1] <= 1e-10
    assert all(later < before for before, later in zip(done.path, done.path[1:], strict=False))
    for margin in margins:
        reached = np.bincount(margin.codes, done.weights)
        np.testing.assert_allclose(reached, margin.totals, rtol=1e-9)


def test_partial_margins_are_raked_as_r_calibrates_to_their_categories(sample, said) -> None:
    """Age is known of the two youngest groups only, sex of the first place only.

    Reference: R 4.2.2, survey 4.1, ``calibrate(calfun = "raking")`` on the indicators of what is
    known; ``epsilon = 1e-12``. Tolerance 1e-8 relative: both iterate until the totals hold.

    R::

        data$one <- as.numeric(data$age == 0)
        data$two <- as.numeric(data$age == 1)
        data$women <- as.numeric(data$place == 0 & data$sex == 0)
        data$men <- as.numeric(data$place == 0 & data$sex == 1)
        design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)
        after <- calibrate(design, ~0 + one + two + women + men, c(2500, 3100, 2100, 1900),
                           calfun = "raking", epsilon = 1e-12)
        said <- list(weights = weights(after))
    """
    age = make_margin("age", sample.age, [2500, 3100, np.nan, np.nan])
    sex = make_margin("sex", np.where(sample.place == 0, sample.sex, -1), [2100, 1900])
    done = rake(sample.weight, [age, sex])
    np.testing.assert_allclose(done.weights, said(data=sample.table)["weights"], rtol=1e-8)
    outside = (sample.place > 0) & (sample.age > 1)
    np.testing.assert_array_equal(done.weights[outside], sample.weight[outside])
    assert done.calibration is not None
    assert done.calibration.auxiliary.shape[1] == 4


def test_a_calibration_agrees_with_its_own_totals(sample, margins) -> None:
    done = rake(sample.weight, margins)
    kept = done.calibration
    assert kept is not None
    totals = kept.weights @ kept.auxiliary[kept.cell]
    np.testing.assert_allclose(totals, np.concatenate([one.totals for one in margins]), rtol=1e-9)
    assert (kept.metric == 1).all()


def test_cells_too_many_for_a_table_give_the_same_weights(sample, margins, monkeypatch) -> None:
    whole = rake(sample.weight, margins)
    monkeypatch.setattr("tyndau.weighting.margins._TABLE", 5)
    done = rake(sample.weight, margins)
    np.testing.assert_allclose(done.weights, whole.weights, rtol=1e-12)
    cells = collapse(margins)
    for number, margin in enumerate(margins):
        np.testing.assert_array_equal(cells.codes[cells.index, number], margin.codes)


def test_rows_of_weight_zero_stay_zero(sample, margins) -> None:
    weight = sample.weight.copy()
    weight[:7] = 0
    done = rake(weight, margins)
    assert (done.weights[:7] == 0).all()
    np.testing.assert_allclose(done.weights.sum(), 10_000)


@pytest.mark.parametrize(
    ("spoil", "code", "word"),
    [
        (lambda w: np.where(np.arange(600) == 3, -2.5, w), "table.base-weight-negative", "-2.5"),
        (lambda w: np.where(np.arange(600) < 2, np.nan, w), "table.base-weight-missing", "2"),
        (lambda w: w * 0, "table.base-weight-zero", "All"),
    ],
)
def test_wrong_weights_are_refused(sample, margins, spoil, code, word) -> None:
    for step in (lambda w: rake(w, margins), lambda w: post_stratify(w, margins[0])):
        with pytest.raises(UserError) as caught:
            step(spoil(sample.weight))
        assert problem(caught)[0] == code
        assert word in problem(caught)[1]


def test_a_category_that_nobody_has_names_the_one_to_merge_it_with(sample, margins) -> None:
    codes = np.where(sample.age == 3, 2, sample.age)
    age = make_margin("age", codes, AGE, categories=margins[1].categories)
    with pytest.raises(UserError) as caught:
        rake(sample.weight, [margins[0], age])
    code, words = problem(caught)
    assert code == "table.margin-nobody"
    assert "60+ → 45-59" in words
    with pytest.raises(UserError) as caught:
        post_stratify(sample.weight, age)
    assert problem(caught)[0] == "table.margin-nobody"


def test_a_category_that_the_population_has_not_is_refused(sample, margins) -> None:
    age = make_margin("age", sample.age, [5000, 5000, 0, 0], categories=margins[1].categories)
    with pytest.raises(UserError) as caught:
        rake(sample.weight, [age])
    assert problem(caught)[0] == "table.margin-no-people"
    assert "45-59, 60+" in problem(caught)[1]


def test_margins_that_disagree_are_named(sample, margins) -> None:
    more = make_margin("age", sample.age, AGE * 1.01)
    with pytest.raises(UserError) as caught:
        rake(sample.weight, [margins[0], more])
    code, words = problem(caught)
    assert code == "table.margins-disagree"
    assert "sex" in words and "10,000" in words and "10,100" in words


def test_raking_that_does_not_converge_is_refused_with_the_category(sample) -> None:
    # Only the young live in the first place, so that its total and theirs cannot both hold.
    young = np.repeat([0, 1], 50)
    place = young.copy()
    margins = [
        make_margin("age", young, [400, 600], categories=("young", "old")),
        make_margin("place", place, [500, 500], categories=("north", "south")),
    ]
    with pytest.raises(UserError) as caught:
        rake(np.ones(100), margins, max_iterations=50)
    code, words = problem(caught)
    assert code == "table.raking-diverged"
    assert "50 rounds" in words and "young" in words


def test_codes_and_totals_that_cannot_be_are_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        make_margin("x", [0.5, 1.0], [1, 2])
    with pytest.raises(ValueError, match="-1 to 1"):
        make_margin("x", [0, 2], [1, 2])
    with pytest.raises(ValueError, match="0 or more"):
        make_margin("x", [0, 1], [1, -2])
    with pytest.raises(ValueError, match="same rows"):
        rake([1, 1], [make_margin("x", [0, 0], [2]), make_margin("y", [0], [2])])
