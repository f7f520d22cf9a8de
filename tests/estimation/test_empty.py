"""Domains in which nobody is, and questions that all answer alike: no number, and no fault."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.estimation import (
    chi_square,
    difference,
    make_design,
    mean,
    proportion,
    quantile,
    ratio,
    t_test,
    total,
)

from . import samples


def test_an_empty_domain_has_no_number() -> None:
    data = samples.two_stages(61)
    n = len(data["y"])
    design = make_design(n, weights=data["w"], strata=data["stratum"], clusters=data["cluster"])
    nobody = np.zeros(n, dtype=bool)
    for found in (mean(design, data["z"], domain=nobody), ratio(design, data["z"], data["w"],
                                                                 domain=nobody)):  # fmt: skip
        assert np.isnan(found.values).all()
        assert np.isnan(found.se).all()
        assert found.counts.tolist() == [0]
        assert np.isnan(found.interval()).all()
    assert total(design, data["z"], domain=nobody).values.tolist() == [0]
    for method in ("korn_graubard", "logit", "wald", "wilson"):
        share = proportion(design, data["b"], domain=nobody, method=method)
        assert np.isnan([share.low, share.high]).all()
    empty = quantile(design, data["z"], [0.25, 0.5], domain=nobody)
    assert np.isnan([empty.values, empty.low, empty.high]).all()
    assert np.isnan(chi_square(design, data["a"], data["b"], domain=nobody).p_value)
    assert np.isnan(t_test(design, data["z"], domain=nobody).p_value)
    assert np.isnan(difference(design, nobody, ~nobody, data["z"]).values).all()


def test_a_group_of_weight_zero_has_no_number_and_the_others_keep_theirs() -> None:
    data = samples.two_stages(62)
    data["w"][data["k"] == 1] = 0.0
    design = make_design(len(data["y"]), weights=data["w"], clusters=data["cluster"])
    found = mean(design, data["z"], by=data["k"])
    assert np.isnan(found.values).tolist() == [False, True, False]
    assert not np.isnan(found.contrast([1, 0, -1]).se).any()


def test_an_answer_that_all_give_has_no_test_and_an_interval() -> None:
    data = samples.two_stages(63)
    design = make_design(len(data["y"]), clusters=data["cluster"])
    share = proportion(design, np.ones(len(data["y"])))
    assert share.estimates.values[0] == 1
    assert share.high[0] == 1
    assert 0.8 < share.low[0] < 1
    assert np.isnan(chi_square(design, np.ones(len(data["y"])), data["b"]).p_value)


@pytest.mark.parametrize(
    ("population", "code"),
    [
        ([4.0, 4.0, 0.5, 0.5], "table.population-mixed"),
        ([4.0, 4.0, np.nan, 3.0], "table.population-missing"),
        ([4.0, 5.0, 3.0, 3.0], "table.population-varies"),
        ([1.5, 1.5, 3.0, 3.0], "table.population-small"),
        ([4.0, 4.0, -3.0, -3.0], "table.population-missing"),
    ],
)
def test_finite_populations_that_cannot_be_are_named(population: list[float], code: str) -> None:
    with pytest.raises(UserError) as caught:
        make_design(4, strata=["a", "a", "b", "b"], population=population)
    (problem,) = caught.value.problems
    assert problem.kind.code == code
    assert "{" not in problem.what("en") + problem.remedy("en")


def test_one_household_in_a_cluster_is_named_where_its_error_is_asked() -> None:
    design = make_design(
        5, clusters=[["p", "p", "q", "q", "r"], ["1", "2", "1", "2", "1"]],
        population=[[9.0] * 5, [4.0, 4.0, 4.0, 4.0, 4.0]],
    )  # fmt: skip
    with pytest.raises(UserError) as caught:
        mean(design, np.arange(5.0))
    assert caught.value.problems[0].kind.code == "table.single-cluster-within"
    assert ": r." in caught.value.problems[0].what("en")
