"""Base weights and weights for those who did not answer."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.weighting import adjust_nonresponse, base_weights, make_margin

from .test_raking import problem


def test_base_weights_are_inverse_probabilities() -> None:
    np.testing.assert_allclose(base_weights(probabilities=[0.5, 0.01]).weights, [2, 100])


@pytest.mark.parametrize("chance", [0, -0.1, 1.2, np.nan])
def test_a_probability_out_of_its_range_is_refused(chance: float) -> None:
    with pytest.raises(UserError) as caught:
        base_weights(probabilities=[0.5, chance])
    assert problem(caught)[0] == "table.inclusion-probability"


def test_base_weights_by_group_are_people_by_interviews() -> None:
    groups = make_margin("place", [0, 0, 1, -1], [100, 300])
    done = base_weights(margin=groups)
    np.testing.assert_allclose(done.weights, [50, 50, 300, 100])


def test_a_group_without_interviews_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        base_weights(margin=make_margin("place", [0, 0, 2], [100, 300, 50]))
    assert problem(caught)[0] == "table.margin-nobody"
    assert "1 → 2" in problem(caught)[1]


def test_respondents_speak_for_their_class(said) -> None:
    """Weighting classes with known sizes of the whole sample are post-stratification to it.

    Reference: R 4.2.2, survey 4.1, ``postStratify`` of the respondents to the weighted sizes of the
    classes of all who were chosen. Tolerance 1e-8 relative: both divide in double precision.

    R::

        sizes <- aggregate(weight ~ group, data, sum)
        names(sizes)[2] <- "Freq"
        design <- svydesign(~1, weights = ~weight, data = data[data$answered == 1, ])
        said <- list(weights = weights(postStratify(design, ~group, sizes)))
    """
    random = np.random.default_rng(7)
    weight, group = random.uniform(1, 9, 400), random.integers(0, 3, 400)
    answered = random.random(400) < 0.5 + group / 6
    done = adjust_nonresponse(weight, answered, group)
    data = {"weight": weight, "group": group, "answered": answered.astype(int)}
    np.testing.assert_allclose(done.weights[answered], said(data=data)["weights"], rtol=1e-8)
    assert (done.weights[~answered] == 0).all()
    np.testing.assert_allclose(done.weights.sum(), weight.sum())


def test_small_classes_are_refused_or_merged() -> None:
    group = np.repeat([0, 1, 2], [60, 20, 80])
    answered = np.tile([True, False], 80)
    names = ("north", "centre", "south")
    with pytest.raises(UserError) as caught:
        adjust_nonresponse(np.ones(160), answered, group, names=names)
    code, words = problem(caught)
    assert code == "table.small-response-class"
    assert "centre → north" in words
    done = adjust_nonresponse(np.ones(160), answered, group, names=names, small="merge")
    assert done.facts["merged"] == [["centre", "north"]]
    np.testing.assert_allclose(done.weights[answered], 2)
    np.testing.assert_allclose(done.weights.sum(), 160)


def test_nobody_answered_is_an_error() -> None:
    with pytest.raises(UserError) as caught:
        adjust_nonresponse([1, 1], [False, False], [0, 0])
    assert problem(caught)[0] == "table.base-weight-zero"
