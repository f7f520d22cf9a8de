"""ReplicateFactors against R: made, their scales, and calibrated again each for itself."""

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.weighting import (
    bootstrap,
    jackknife,
    make_margin,
    post_stratify,
    rake,
    recalibrated,
)
from tyndau.weighting.replicates import ReplicateFactors

from .conftest import AGE
from .test_raking import problem

STRATA = np.repeat([0, 1, 2], 8)


def test_the_jackknife_without_strata_is_that_of_r(sample, said) -> None:
    """JK1.

    Reference: R 4.2.2, survey 4.1, ``as.svrepdesign(type = "JK1")``. Tolerance 1e-12: exact.

    R::

        data <- data[order(data$cluster), ]
        made <- as.svrepdesign(svydesign(~cluster, weights = ~weight, data = data), type = "JK1")
        first <- !duplicated(data$cluster)
        said <- list(factors = as.matrix(made$repweights)[first, ], scale = made$scale,
                     rscales = made$rscales)
    """
    expected = said(data=sample.table)
    made = jackknife(np.zeros(24, dtype=int))
    assert made.kind == "JK1"
    # R gives a matrix column by column: clusters in rows, replicates in columns.
    np.testing.assert_allclose(made.factors, expected["factors"].reshape(24, 24), rtol=1e-12)
    assert made.scale == pytest.approx(expected["scale"][0], rel=1e-12)
    np.testing.assert_allclose(made.rscales, expected["rscales"], rtol=1e-12)


def test_the_jackknife_with_strata_is_that_of_r(sample, said) -> None:
    """JKn.

    Reference: R 4.2.2, survey 4.1, ``as.svrepdesign(type = "JKn")``. Tolerance 1e-12: exact.

    R::

        data <- data[order(data$cluster), ]
        made <- as.svrepdesign(
          svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data), type = "JKn")
        first <- !duplicated(data$cluster)
        said <- list(factors = as.matrix(made$repweights)[first, ], scale = made$scale,
                     rscales = made$rscales)
    """
    expected = said(data=sample.table)
    made = jackknife(STRATA)
    assert made.kind == "JKn"
    np.testing.assert_allclose(made.factors, expected["factors"].reshape(24, 24), rtol=1e-12)
    assert made.scale == expected["scale"][0]
    np.testing.assert_allclose(made.rscales, expected["rscales"], rtol=1e-12)


@pytest.mark.parametrize("kind", ["bootstrap", "subbootstrap"])
def test_bootstraps_have_the_scales_and_the_law_of_r(kind, said) -> None:
    """Scale, mean, variance and covariance of the factors within strata of 3 and 6 clusters.

    Reference: R 4.2.2, survey 4.1, ``as.svrepdesign(type = "bootstrap")`` and ``"subbootstrap"``:
    scales exactly (1e-12); R's own 20,000 draws must have our variances, up to the chance of both
    (5 %).

    R::

        set.seed(1)
        data <- data.frame(cluster = 1:9, stratum = rep(1:2, c(3, 6)))
        design <- svydesign(~cluster, strata = ~stratum, weights = ~1, data = data)
        make <- function(type, n)
          as.svrepdesign(design, type = type, replicates = n, compress = FALSE)
        law <- function(type) { v <- var(t(as.matrix(make(type, 20000)$repweights)))
                                c(v[1, 1], v[9, 9], v[1, 2], v[8, 9], v[1, 9]) }
        said <- list(bootstrap = law("bootstrap"), subbootstrap = law("subbootstrap"),
                     scales = c(make("bootstrap", 40)$scale, make("subbootstrap", 40)$scale))
    """
    expected = said()
    strata = np.repeat([0, 1], [3, 6])
    few = bootstrap(strata, replicates=40, seed=3, kind=kind)
    scale = expected["scales"][["bootstrap", "subbootstrap"].index(kind)]
    assert few.scale == pytest.approx(scale, rel=1e-12)
    assert few.seed == 3
    np.testing.assert_array_equal(few.rscales, np.ones(40))
    many = bootstrap(strata, replicates=20_000, seed=4, kind=kind)
    np.testing.assert_allclose(many.factors.mean(axis=0), 1, atol=0.03)
    np.testing.assert_allclose(many.factors[:, :3].sum(axis=1), 3)
    np.testing.assert_allclose(many.factors[:, 3:].sum(axis=1), 6)
    v = np.cov(many.factors.T)
    ours = [v[0, 0], v[8, 8], v[0, 1], v[7, 8], v[0, 8]]
    np.testing.assert_allclose(ours, expected[kind], rtol=0.05, atol=0.02)
    np.testing.assert_array_equal(
        many.factors, bootstrap(strata, replicates=20_000, seed=4, kind=kind).factors
    )


def test_replicates_are_calibrated_each_for_itself_as_in_r(sample, margins, said) -> None:
    """Jackknife replicates post-stratified, and raked; R's own bootstrap replicates raked.

    Reference: R 4.2.2, survey 4.1, ``postStratify`` and ``rake`` on a ``svyrep.design``,
    ``weights(design, "analysis")``. Tolerance 1e-8 relative; 1e-7 for raked ones, where R iterates:
    60 rounds, whatever it says of convergence.

    R::

        set.seed(9)
        design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = data)
        jackknife <- as.svrepdesign(design, type = "JKn", compress = FALSE)
        drawn <- as.svrepdesign(design, type = "subbootstrap", replicates = 6, compress = FALSE)
        ages <- data.frame(age = 0:3, Freq = c(2500, 3100, 2600, 1800))
        raked <- function(made) suppressWarnings(rake(made, list(~sex, ~age, ~place),
          list(data.frame(sex = 0:1, Freq = c(5200, 4800)), ages,
               data.frame(place = 0:2, Freq = c(4000, 3500, 2500))),
          control = list(maxit = 60, epsilon = 1e-20)))
        analysis <- function(made) as.matrix(weights(made, "analysis"))
        order <- unique(data$cluster)
        said <- list(order = order, stratified = analysis(postStratify(jackknife, ~age, ages)),
                     raked = analysis(raked(jackknife)),
                     drawn = as.matrix(drawn$repweights)[match(0:23, data$cluster), ],
                     drawn_raked = analysis(raked(drawn)))
    """
    expected = said(data=sample.table)
    made = jackknife(STRATA)
    # R leaves out clusters in the order in which it meets them, stratum by stratum.
    met = expected["order"].astype(int)
    order = np.concatenate([met[STRATA[met] == one] for one in dict.fromkeys(STRATA[met])])
    age = make_margin("age", sample.age, AGE)
    for name, again, tolerance in (
        ("stratified", lambda w: post_stratify(w, age), 1e-8),
        ("raked", lambda w: rake(w, margins), 1e-7),
    ):
        ours = recalibrated(made, sample.cluster, sample.weight, again).T[order]
        theirs = expected[name].reshape(24, 600)
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, err_msg=name)
    given = ReplicateFactors("subbootstrap", expected["drawn"].reshape(6, 24), 1 / 5, np.ones(6))
    ours = recalibrated(given, sample.cluster, sample.weight, lambda w: rake(w, margins)).T
    np.testing.assert_allclose(ours, expected["drawn_raked"].reshape(6, 600), rtol=1e-7)


def test_a_stratum_of_one_cluster_and_too_many_replicates_are_refused() -> None:
    for make in (jackknife, lambda strata: bootstrap(strata, replicates=10, seed=1)):
        with pytest.raises(UserError) as caught:
            make(np.array([0, 0, 1]))
        assert problem(caught)[0] == "table.replicates-single-cluster"
    with pytest.raises(UserError) as caught:
        jackknife(np.zeros(200_000, dtype=int))
    assert problem(caught)[0] == "table.many-replicates"
    with pytest.raises(ValueError, match="two"):
        bootstrap(np.zeros(4, dtype=int), replicates=1, seed=1)
