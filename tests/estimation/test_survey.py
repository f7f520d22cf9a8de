"""Every estimator in every kind of design against R `survey` 4.1-1 (R 4.2.2), run by the test.

The data are simulated by the tests with fixed seeds. Tolerance 1e-8 relative: both sides are closed
formulas in double precision; where R iterates, the test says so and asks for 1e-6.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from scipy.stats import f

from tyndau.estimation import (
    Design,
    Replicates,
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
from tyndau.weighting import Calibration, make_margin, rake

from . import samples
from .samples import Columns

Said = Callable[..., Mapping[str, np.ndarray]]

# The program of a test makes `design`; this asks it for all that estimators give.
ASKED = """
sub <- subset(design, k != 1)
replicated <- inherits(design, "svyrep.design")
m1 <- svymean(~z, sub, deff = "replace")
t0 <- svytotal(~z, design, deff = "replace"); t1 <- svytotal(~z, sub)
r <- if (replicated) svyratio(~y, ~z, design, na.rm = TRUE) else
     svyratio(~y, ~z, design, na.rm = TRUE, deff = "replace")
r1 <- svyratio(~y, ~z, sub, na.rm = TRUE)
if (replicated || is.null(design$postStrata)) {
  byg <- svyby(~z, ~k, design, svymean, covmat = TRUE)
  by <- coef(byg); by.cov <- vcov(byg)
  bygt <- svyby(~z, ~k, design, svytotal, covmat = TRUE)
} else {  # svyby fails on calibrated designs in this version
  design <- update(design, z0 = z * (k == 0), z1 = z * (k == 1), z2 = z * (k == 2),
                   k0 = as.numeric(k == 0), k1 = as.numeric(k == 1), k2 = as.numeric(k == 2))
  all <- svyratio(~z0 + z1 + z2, ~k0 + k1 + k2, design, covmat = TRUE)
  by <- diag(all$ratio); by.cov <- all$vcov[c(1, 5, 9), c(1, 5, 9)]
  bygt <- svytotal(~z0 + z1 + z2, design)
}
d <- c(1, 0, -1)
pair <- subset(design, k %in% c(0, 2))
interval <- function(method, on) attr(svyciprop(~I(b == 1), on, method = method), "ci")
p <- svymean(~as.numeric(b == 1), design)
q <- svyquantile(~z, design, c(0.1, 0.5, 0.9))[[1]]
q1 <- svyquantile(~z, sub, 0.5)[[1]]
chi <- svychisq(~a + b, design); chi1 <- svychisq(~a + b, design, statistic = "Chisq")
chisub <- svychisq(~a + b, sub)
tt <- svyttest(z ~ h, design); one <- svyttest(I(z - 8) ~ 0, design)
said <- list(
  mean = coef(m1), mean.se = SE(m1), mean.deff = deff(m1), mean.df = degf(sub),
  all.mean = coef(svymean(~z, design)), all.se = SE(svymean(~z, design)),
  y.mean = coef(svymean(~y, design, na.rm = TRUE)), y.se = SE(svymean(~y, design, na.rm = TRUE)),
  total = coef(t0), total.se = SE(t0), total.deff = deff(t0), total1 = coef(t1), total1.se = SE(t1),
  ratio = coef(r), ratio.se = SE(r), ratio.deff = if (replicated) NA else attr(r, "deff"),
  ratio1 = coef(r1), ratio1.se = SE(r1),
  by = by, by.cov = by.cov, by.total = coef(bygt), by.total.cov = vcov(bygt),
  difference = sum(d * by), difference.se = sqrt(d %*% by.cov %*% d),
  difference.df = degf(pair),
  share = coef(p), share.se = SE(p), beta = interval("beta", design),
  wald = interval("mean", design),
  xlogit = interval("xlogit", design), logit = interval("logit", design),
  quantile = q[, "quantile"], quantile.low = q[, 2], quantile.high = q[, 3], quantile.se = q[, 4],
  median1 = q1[, "quantile"], median1.low = q1[, 2], median1.high = q1[, 3],
  chi = c(chi$statistic, chi$parameter, chi$p.value), chi1 = chi1$p.value,
  chisub = c(chisub$statistic, chisub$parameter[1], chisub$p.value, chisub$parameter[2]),
  t = c(tt$statistic, tt$parameter, tt$p.value, tt$estimate), t1 = c(one$statistic, one$parameter)
)
said$w <- weights(design, "sampling")
if (exists("replicates")) said <- c(said, list(replicates = replicates, scale = design$scale,
                                               rscales = design$rscales))
"""


def asked(said: Said, data: Columns, **more: Mapping[str, np.ndarray]) -> Mapping[str, np.ndarray]:
    """Run the test's program and then what is asked of every design."""
    return said(data=data, after=ASKED, **more)


def agree(design: Design, data: Columns, r: Mapping[str, np.ndarray], rel: float = 1e-8) -> None:
    """Hold all estimators of a design against what R said."""

    def same(ours: object, theirs: str) -> None:
        expected = r[theirs]
        got = np.asarray(ours, dtype=float).ravel()
        assert got == pytest.approx(expected, rel=rel, abs=1e-12, nan_ok=True), theirs

    y, z, k = data["y"], data["z"], data["k"]
    inside = k != 1
    found = mean(design, z, domain=inside)
    same(found.values, "mean")
    same(found.se, "mean.se")
    same(found.design_effects, "mean.deff")
    same(found.degrees, "mean.df")
    found = mean(design, np.column_stack([y, z]))
    same(found.values[0], "y.mean")
    same(found.se[0], "y.se")
    same(found.values[1], "all.mean")
    same(found.se[1], "all.se")
    found = total(design, z)
    same(found.values, "total")
    same(found.se, "total.se")
    same(found.design_effects, "total.deff")
    found = total(design, z, domain=inside)
    same(found.values, "total1")
    same(found.se, "total1.se")
    found = ratio(design, y, z)
    same(found.values, "ratio")
    same(found.se, "ratio.se")
    if design.replicates is None:  # R has none with replicates
        same(found.design_effects, "ratio.deff")
    found = ratio(design, y, z, domain=inside)
    same(found.values, "ratio1")
    same(found.se, "ratio1.se")
    found = mean(design, z, by=k)
    same(found.values, "by")
    same(found.covariance, "by.cov")
    found = total(design, z, by=k)
    same(found.values, "by.total")
    same(found.covariance, "by.total.cov")
    found = difference(design, k == 0, k == 2, z)
    same(found.values, "difference")
    same(found.se, "difference.se")
    same(found.degrees, "difference.df")
    contrast = mean(design, z, by=k).contrast([1, 0, -1])
    same(contrast.se, "difference.se")
    indicator = data["b"] == 1
    shares = {
        method: proportion(design, indicator, method=method)
        for method in ("korn_graubard", "logit", "wald")
    }
    same(shares["wald"].estimates.values, "share")
    same(shares["wald"].estimates.se, "share.se")
    for method, name in (("korn_graubard", "beta"), ("wald", "wald"), ("logit", "xlogit")):
        same([shares[method].low[0], shares[method].high[0]], name)
    if design.replicates is None:  # there R takes the spread of the replicates' log odds
        # R finds the logit interval by iteration.
        logit = np.array([shares["logit"].low[0], shares["logit"].high[0]])
        assert logit == pytest.approx(r["logit"], rel=1e-6)
    quantiles = quantile(design, z, [0.1, 0.5, 0.9])
    same(quantiles.values, "quantile")
    same(quantiles.low, "quantile.low")
    same(quantiles.high, "quantile.high")
    same(quantiles.se, "quantile.se")
    median = quantile(design, z, 0.5, domain=inside)
    same(median.values, "median1")
    same(median.low, "median1.low")
    same(median.high, "median1.high")
    chi = chi_square(design, data["a"], data["b"])
    same([chi.statistic, chi.numerator, chi.denominator, chi.p_value], "chi")
    same(chi.first_order, "chi1")
    chi = chi_square(design, data["a"], data["b"], domain=inside)
    freedom = chi.denominator
    if design.calibrations:  # R takes the clusters of the whole sample there
        freedom = chi.numerator * design.degrees()
    p_value = f.sf(chi.statistic, chi.numerator, freedom)
    same([chi.statistic, chi.numerator, p_value, freedom], "chisub")
    test = t_test(design, z, groups=(data["h"] == 1, data["h"] == 0))
    same([test.statistic, test.degrees, test.p_value, test.estimate], "t")
    test = t_test(design, z, against=8)
    same([test.statistic, test.degrees], "t1")


def test_a_simple_random_sample(said: Said) -> None:
    """Nothing but rows.

    R::

        design <- svydesign(~1, data = data, weights = ~one)
    """
    data = {**samples.two_stages(), "one": np.ones(len(samples.two_stages()["y"]))}
    agree(make_design(len(data["y"])), data, asked(said, data))


def test_a_stratified_sample_of_rows(said: Said) -> None:
    """Strata and weights, rows drawn.

    R::

        design <- svydesign(~1, strata = ~stratum, data = data, weights = ~w)
    """
    data = samples.two_stages(11)
    design = make_design(len(data["y"]), weights=data["w"], strata=data["stratum"])
    agree(design, data, asked(said, data))


def test_a_stratified_sample_of_a_finite_population(said: Said) -> None:
    """Rows drawn from strata of a known size.

    R::

        design <- svydesign(~1, strata = ~stratum, data = data, weights = ~w, fpc = ~size)
    """
    data = samples.two_stages(12)
    data["size"] = 2.0 * np.bincount(data["stratum"])[data["stratum"]] + data["stratum"]
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], population=data["size"]
    )
    agree(design, data, asked(said, data))


def test_parts_that_were_drawn_are_finite_populations_too(said: Said) -> None:
    """Sampling fractions in place of sizes.

    R::

        design <- svydesign(~1, strata = ~stratum, data = data, weights = ~w, fpc = ~part)
    """
    data = samples.two_stages(13)
    data["part"] = 0.1 + 0.2 * data["stratum"]
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], population=data["part"]
    )
    agree(design, data, asked(said, data))


def test_clusters_of_one_stage(said: Said) -> None:
    """Clusters without strata.

    R::

        design <- svydesign(~cluster, data = data, weights = ~w)
    """
    data = samples.two_stages(14)
    design = make_design(len(data["y"]), weights=data["w"], clusters=data["cluster"])
    agree(design, data, asked(said, data))


def test_clusters_in_strata_of_a_finite_population(said: Said) -> None:
    """Clusters of one stage, strata of known sizes.

    R::

        design <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w, fpc = ~n1)
    """
    data = samples.two_stages(15)
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], clusters=data["cluster"],
        population=data["n1"],
    )  # fmt: skip
    agree(design, data, asked(said, data))


def test_two_stages_of_clusters(said: Said) -> None:
    """Clusters, then households within them, both of known sizes.

    R::

        design <- svydesign(~cluster + house, strata = ~stratum, data = data, weights = ~w,
                            fpc = ~n1 + n2)
    """
    data = samples.two_stages(16)
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"],
        clusters=[data["cluster"], data["house"]], population=[data["n1"], data["n2"]],
    )  # fmt: skip
    agree(design, data, asked(said, data))


def test_two_stages_without_finite_populations(said: Said) -> None:
    """The later stage adds nothing where the population is without limit.

    R::

        design <- svydesign(~cluster + house, strata = ~stratum, data = data, weights = ~w)
    """
    data = samples.two_stages(17)
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"],
        clusters=[data["cluster"], data["house"]],
    )  # fmt: skip
    agree(design, data, asked(said, data))


def test_three_stages_of_which_rows_are_the_last(said: Said) -> None:
    """Clusters, households, people, all of known sizes.

    R::

        data$person <- seq_len(nrow(data))
        design <- svydesign(~cluster + house + person, strata = ~stratum, data = data,
                            weights = ~w, fpc = ~n1 + n2 + n3)
    """
    data = samples.two_stages(18)
    data["n3"] = 5.0 + np.zeros(len(data["y"]))
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"],
        clusters=[data["cluster"], data["house"]],
        population=[data["n1"], data["n2"], data["n3"]],
    )  # fmt: skip
    agree(design, data, asked(said, data))


def test_numbers_of_clusters_that_begin_again_in_every_stratum(said: Said) -> None:
    """Clusters told apart within strata only.

    R::

        design <- svydesign(~number, strata = ~stratum, data = data, weights = ~w, nest = TRUE)
    """
    data = samples.two_stages(19)
    firsts = {one: data["cluster"][data["stratum"] == one].min() for one in range(4)}
    data["number"] = data["cluster"] - np.array([firsts[one] for one in data["stratum"]])
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], clusters=data["number"],
        nest=True,
    )  # fmt: skip
    agree(design, data, asked(said, data))


def test_weights_of_zero(said: Said) -> None:
    """A tenth of the rows counts nothing.

    R::

        design <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
    """
    data = samples.two_stages(20)
    data["w"][::10] = 0.0
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], clusters=data["cluster"]
    )
    agree(design, data, asked(said, data))


@pytest.mark.parametrize("lonely", ["remove", "certainty", "adjust", "average"])
def test_a_stratum_of_one_cluster_by_each_policy(lonely: str, said: Said) -> None:
    """One stratum has lost all clusters but one.

    R::

        options(survey.lonely.psu = policy$name)
        design <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        m <- svymean(~z, design); t0 <- svytotal(~z, design)
        p <- svymean(~as.numeric(b == 1), design); r <- svyratio(~z, ~w, design)
        said <- list(se = c(SE(m), SE(t0), SE(p), SE(r)), df = degf(design))
    """
    data = samples.two_stages(21)
    lone = (data["stratum"] == 2) & (data["cluster"] != data["cluster"][data["stratum"] == 2][0])
    data = {name: values[~lone] for name, values in data.items()}
    r = said(data=data, policy={"name": [lonely]})
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], clusters=data["cluster"],
        lonely=lonely,
    )  # fmt: skip
    ours = [
        mean(design, data["z"]).se[0], total(design, data["z"]).se[0],
        mean(design, data["b"] == 1).se[0], ratio(design, data["z"], data["w"]).se[0],
    ]  # fmt: skip
    assert np.array(ours) == pytest.approx(r["se"], rel=1e-8)
    assert mean(design, data["z"]).degrees[0] == r["df"][0]


@pytest.mark.parametrize("kind", ["JKn", "bootstrap", "subbootstrap"])
def test_replicate_weights(kind: str, said: Said) -> None:
    """Replicates that R made, used here; distances from the mean of the replicates.

    R::

        set.seed(5)
        base <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        arguments <- if (kind$name == "JKn") list() else list(replicates = 60)
        arguments <- c(list(base, type = kind$name, compress = FALSE), arguments)
        design <- do.call(as.svrepdesign, arguments)
        replicates <- weights(design, "analysis")
    """
    data = samples.two_stages(22)
    n = len(data["y"])
    r = asked(said, data, kind={"name": [kind]})
    given = r["replicates"].reshape(-1, n).T
    plain = make_design(n, weights=data["w"], strata=data["stratum"], clusters=data["cluster"])
    design = plain.replicated(Replicates(given, float(r["scale"][0]), r["rscales"]))
    agree(design, data, r)


def cells_of(*columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cell of each row and the distinct rows of 0 and 1 that say its categories."""
    indicators = np.column_stack([column[:, None] == np.unique(column) for column in columns])
    rows, cell = np.unique(indicators, axis=0, return_inverse=True)
    return cell, rows.astype(float)


def adjusted(data: Columns, r: Mapping[str, np.ndarray], *calibrations: Calibration) -> Design:
    """Return the design of the sample with calibrations, and the weights that R ended with."""
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], clusters=data["cluster"]
    )
    return design.calibrated(*calibrations, weights=r["w"])


def test_post_stratification(said: Said) -> None:
    """Weights of R; the variance is that of the residuals from the cells' means.

    R::

        base <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        design <- postStratify(base, ~k + h, as.data.frame(xtabs(~k + h, data)) |>
                               transform(Freq = Freq * (1 + as.numeric(k)) * 10))
    """
    data = samples.two_stages(31)
    r = asked(said, data)
    cell, _ = cells_of(data["k"] * 2 + data["h"])
    one = Calibration(r["w"], data["w"], cell, np.eye(cell.max() + 1))
    agree(adjusted(data, r, one), data, r)


def test_raking(said: Said) -> None:
    """Raking to three margins; R sweeps ten times over the margins, so 1e-6.

    R::

        base <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        totals <- function(name, by) { f <- as.formula(paste0("~", name))
                                       t <- as.data.frame(xtabs(f, data))
                                       t$Freq <- by / sum(by) * 9000; t }
        design <- rake(base, list(~k, ~h, ~n), list(totals("k", 1:3), totals("h", c(2, 3)),
                       totals("n", c(5, 4))), control = list(maxit = 200, epsilon = 1e-9))
    """
    data = samples.two_stages(32)
    data["n"] = (data["z"] > 8).astype(int)
    r = asked(said, data)
    cell, auxiliary = cells_of(data["k"], data["h"], data["n"])
    one = Calibration(r["w"], np.ones(len(cell)), cell, auxiliary)
    agree(adjusted(data, r, one), data, r, rel=1e-6)


@pytest.mark.parametrize(
    ("distance", "low", "high"),
    [
        ("linear", -np.inf, np.inf), ("linear", 0.6, 1.7), ("raking", -np.inf, np.inf),
        ("raking", 0.6, 1.7), ("logit", 0.5, 2.2),
    ],
)  # fmt: skip
def test_calibration(distance: str, low: float, high: float, said: Said) -> None:
    """Three distances, bounded and not; a number among the totals. Weights are those of R.

    R::

        base <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        known <- colSums(model.matrix(~factor(k) + n2, data) * data$w) * c(1, 1.05, 0.94, 1.02)
        design <- calibrate(base, ~factor(k) + n2, known, calfun = how$distance,
                            bounds = c(how$low, how$high), epsilon = 1e-11, maxit = 200)
    """
    data = samples.two_stages(33)
    how = {"distance": [distance], "low": [f"{low}".title()], "high": [f"{high}".title()]}
    r = asked(said, data, how=how)
    n = len(data["y"])
    auxiliary = np.column_stack([np.ones(n), data["k"] == 1, data["k"] == 2, data["n2"]])
    one = Calibration(r["w"], data["w"], np.arange(n), auxiliary.astype(float))
    agree(adjusted(data, r, one), data, r)


def test_weights_trimmed_after_calibration(said: Said) -> None:
    """What was cut off is shared among the others; the residuals stay those of the calibration.

    R::

        base <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        known <- colSums(model.matrix(~factor(k), data) * data$w) * c(1, 1.05, 0.94)
        before <- calibrate(base, ~factor(k), known)
        design <- trimWeights(before, lower = 12, upper = 35)
    """
    data = samples.two_stages(34)
    r = asked(said, data)
    cell, auxiliary = cells_of(data["k"])
    known = np.array([1.0, 1.05, 0.94]) * (
        np.column_stack([np.ones(len(cell)), data["k"] == 1, data["k"] == 2]).T @ data["w"]
    )
    x = np.column_stack([np.ones(len(cell)), data["k"] == 1, data["k"] == 2]).astype(float)
    slope = np.linalg.solve((x.T * data["w"]) @ x, known - x.T @ data["w"])
    one = Calibration(data["w"] * (1 + x @ slope), data["w"], cell, auxiliary)
    agree(adjusted(data, r, one), data, r)


def test_one_calibration_after_another(said: Said) -> None:
    """Post-stratified, then calibrated on something else: residuals of residuals.

    R::

        base <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        first <- postStratify(base, ~k, as.data.frame(xtabs(~k, data)) |>
                              transform(Freq = Freq * (1 + as.numeric(k)) * 10))
        known <- colSums(model.matrix(~factor(h), data) * weights(first)) * c(1, 1.1)
        design <- calibrate(first, ~factor(h), known)
        replicates <- weights(first)
    """
    data = samples.two_stages(35)
    r = asked(said, data)
    by_k, of_k = cells_of(data["k"])
    by_h, of_h = cells_of(data["h"])
    first = Calibration(r["replicates"], data["w"], by_k, of_k)
    second = Calibration(r["w"], r["replicates"], by_h, of_h)
    agree(adjusted(data, r, first, second), data, r)


def test_a_calibration_on_large_numbers_keeps_the_other_totals(said: Said) -> None:
    """Beside a turnover of ten millions the number of people is still known without error.

    R::

        base <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        known <- colSums(model.matrix(~turnover, data) * data$w) * c(1.02, 1.05)
        design <- calibrate(base, ~turnover, known)
        said <- list(w = weights(design), people = SE(svytotal(~one, design)),
                     se = SE(svymean(~z, design)))
    """
    data = samples.two_stages(36)
    n = len(data["y"])
    data["turnover"] = np.round(1e7 + 2e6 * np.random.default_rng(5).normal(size=n))
    data["one"] = np.ones(n)
    r = said(data=data)
    auxiliary = np.column_stack([data["one"], data["turnover"]])
    design = adjusted(data, r, Calibration(r["w"], data["w"], np.arange(n), auxiliary))
    assert total(design, data["one"]).se[0] < 1e-6 * n
    assert mean(design, data["z"]).se[0] == pytest.approx(r["se"][0], rel=1e-8)


def test_answers_that_are_missing_are_no_answer_of_a_chi_square(said: Said) -> None:
    """A fifth left the question empty.

    R::

        design <- svydesign(~cluster, strata = ~stratum, data = data, weights = ~w)
        f <- svychisq(~a + b, subset(design, !is.na(a)))
        said <- list(f = c(f$statistic, f$parameter, f$p.value))
    """
    data = samples.two_stages(37)
    data["a"] = np.where(np.random.default_rng(6).random(len(data["a"])) < 0.2, np.nan, data["a"])
    r = said(data=data)
    design = make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], clusters=data["cluster"]
    )
    words = np.array([None if np.isnan(one) else f"a{one:g}" for one in data["a"]], dtype=object)
    for answers in (data["a"], words):
        chi = chi_square(design, answers, data["b"])
        found = [chi.statistic, chi.numerator, chi.denominator, chi.p_value]
        assert np.array(found) == pytest.approx(r["f"], rel=1e-8)


def test_rows_of_weight_zero_have_no_part_in_raking() -> None:
    """Two in five have no weight: errors are those of the others alone, a known total has none.

    R gives no number for the whole sample; for the others alone it and we agree (`test_raking`).
    """
    random = np.random.default_rng(19)
    weights = np.where(random.random(300) < 0.4, 0, random.uniform(0.5, 2, 300))
    k, h = random.integers(0, 3, 300), random.integers(0, 2, 300)
    score = random.normal(size=300) + k
    totals = {"k": [100.0, 90, 60], "h": [140.0, 110]}

    def raked(some: np.ndarray) -> Design:
        margins = [make_margin("k", k[some], totals["k"]), make_margin("h", h[some], totals["h"])]
        done = rake(weights[some], margins)
        return make_design(int(some.sum()), weights=weights[some]).calibrated(done.calibration)

    whole, others = raked(np.ones(300, dtype=bool)), raked(weights > 0)
    assert mean(whole, score).se == pytest.approx(mean(others, score[weights > 0]).se, rel=2e-3)
    assert total(whole, (k == 0).astype(float)).se == pytest.approx(0, abs=1e-5)
