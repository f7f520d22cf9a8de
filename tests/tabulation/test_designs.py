"""Tables in every kind of design say what the estimators say, which are held against R.

The data are simulated. `tests/estimation/test_survey.py` holds `tyndau.estimation.mean` against R
in each of these designs; here each cell of a table, its error, its degrees of freedom and the
covariances behind its letters are those of `mean`. Tolerance 1e-9: two orders of the same sums.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Net, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, Replicates, make_design, mean
from tyndau.tabulation import estimates, make_engine, tabulate
from tyndau.weighting import Calibration, bootstrap

from ..estimation import samples
from ..estimation.samples import Columns


def frame_of(data: Columns) -> Frame:
    """Lay the answers a (3), many (3 of them) and z (a number) by banner k (3) and b (2)."""
    everybody = np.ones(len(data["y"]), dtype=bool)

    def single(name: str, count: int) -> Column:
        categories = tuple(Category(f"{name}{one}", Text(ru=str(one))) for one in range(count))
        return Column(Variable(name, "single", Text(), categories), data[name], everybody)

    many = np.column_stack([data["z"] > 6, data["b"] == 1, data["h"] == 1])
    codes = tuple(Category(f"m{one}", Text(ru=str(one))) for one in range(3))
    columns = {name: single(name, count) for name, count in (("a", 3), ("k", 3), ("b", 2))}
    columns["many"] = Column(Variable("many", "multiple", Text(), codes), many, everybody)
    columns["z"] = Column(Variable("z", "number", Text()), data["z"], everybody)
    return Frame(np.arange(len(everybody)).astype(str), columns)


def two_stages(data: Columns) -> Design:
    return make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"],
        clusters=[data["cluster"], data["house"]], population=[data["n1"], data["n2"]],
    )  # fmt: skip


def rows_of_a_finite_population(data: Columns) -> Design:
    size = 3.0 * np.bincount(data["stratum"])[data["stratum"]]
    return make_design(len(data["y"]), weights=data["w"], strata=data["stratum"], population=size)


def clusters(data: Columns) -> Design:
    return make_design(
        len(data["y"]), weights=data["w"], strata=data["stratum"], clusters=data["cluster"]
    )


def calibrated(data: Columns, base: Design) -> Design:
    """Bring weights to other shares of k and of h: rows are scaled by cells, as raking does."""
    cell = data["k"] * 2 + data["h"]
    factor = np.array([0.8, 0.9, 1.0, 1.1, 1.3, 1.2])[cell]
    auxiliary = np.array(
        [[k == one for one in range(3)] + [h == 0, h == 1] for k in range(3) for h in range(2)]
    ).astype(float)
    after = base.weights * factor
    return base.calibrated(Calibration(after, base.weights, cell, auxiliary))


def calibrated_twice(data: Columns, base: Design) -> Design:
    once = calibrated(data, base)
    cell = (data["z"] > 8).astype(int)
    after = once.weights * np.array([1.2, 0.9])[cell]
    again = Calibration(after, np.ones(len(cell)), cell, np.eye(2))
    trimmed = np.minimum(after, np.quantile(after, 0.95))
    return once.calibrated(again, weights=trimmed)


def jackknife(data: Columns) -> Design:
    """Leave out one cluster after the other (JKn)."""
    base = clusters(data)
    weights, scales = [], []
    for one in range(len(base.first.stratum)):
        stratum = base.first.stratum[one]
        n = base.first.units[stratum]
        factor = np.where(base.stratum == stratum, n / (n - 1), 1.0)
        weights.append(base.weights * np.where(base.first.cluster == one, 0.0, factor))
        scales.append((n - 1) / n)
    return base.replicated(Replicates(np.column_stack(weights), 1.0, np.array(scales)))


DESIGNS: dict[str, Callable[[Columns], Design]] = {
    "clusters": clusters,
    "two stages": two_stages,
    "rows of a finite population": rows_of_a_finite_population,
    "calibrated clusters": lambda data: calibrated(data, clusters(data)),
    "calibrated rows": lambda data: calibrated(data, rows_of_a_finite_population(data)),
    "calibrated two stages": lambda data: calibrated(data, two_stages(data)),
    "calibrated twice and trimmed": lambda data: calibrated_twice(data, clusters(data)),
    "replicates": jackknife,
}


@pytest.mark.parametrize("name", DESIGNS)
def test_cells_are_what_the_estimators_say(name: str) -> None:
    data = samples.two_stages(41)
    frame, design = frame_of(data), DESIGNS[name](data)
    banners = [("k", Text()), ("b", Text()), ("many", Text())]
    answers = {
        "a": np.column_stack([data["a"] == one for one in range(3)]),
        "many": frame["many"].values,
    }
    domains = [np.ones(len(data["y"]), dtype=bool)]
    domains += [data["k"] == one for one in range(3)] + [data["b"] == one for one in range(2)]
    domains += list(frame["many"].values.T)
    for question, given in answers.items():
        table = tabulate(frame, question, banners, design=design, inference="design")
        for column, domain in enumerate(domains):
            found = mean(design, given.astype(float), domain=domain)
            assert table.percent[:3, column] / 100 == pytest.approx(found.values, rel=1e-9)
            rel, at = 1e-9, (slice(0, 3), column)
            assert table.se[at] / 100 == pytest.approx(found.se, rel=rel, abs=1e-12)
            assert table.degrees[at].tolist() == found.degrees.tolist()
            assert table.weighted_base[0, column] == pytest.approx(found.bases[0], rel=1e-9)
    numbers = tabulate(frame, "z", banners, design=design, inference="design")
    for column, domain in enumerate(domains):
        found = mean(design, data["z"], domain=domain)
        assert numbers.percent[0, column] == pytest.approx(found.values[0], rel=1e-9)
        assert numbers.se[0, column] == pytest.approx(found.se[0], rel=1e-9)


@pytest.mark.parametrize("name", DESIGNS)
def test_differences_have_the_covariance_of_the_estimators(name: str) -> None:
    data = samples.two_stages(42)
    frame, design = frame_of(data), DESIGNS[name](data)
    statistics = make_engine(frame, ["k"], design).statistics("a")
    _, found, _, _ = estimates(frame["a"].variable, statistics, design)
    rest = found.rest()
    against = found.variance_against(rest)
    covariance = found.covariance(slice(1, 4))
    for answer in range(3):
        given = (data["a"] == answer).astype(float)
        expected = mean(design, given, by=data["k"])
        assert covariance[answer] == pytest.approx(expected.covariance, rel=1e-8, abs=1e-14)
        for one in range(3):
            halves = mean(design, given, by=data["k"] == one)
            difference = halves.contrast([-1, 1])
            value = found.value[1 + one, answer] - rest.value[1 + one, answer]
            assert value == pytest.approx(difference.values[0], rel=1e-8)
            se = float(np.sqrt(against[1 + one, answer]))
            assert se == pytest.approx(difference.se[0], rel=1e-8)


def test_a_net_that_everybody_is_in_has_an_interval() -> None:
    """Its answers add up otherwise than its base; the rounding is no variance."""
    data = samples.two_stages(43)
    frame = frame_of(data)
    categories = frame["a"].variable.categories
    net = Net("any", Text(ru="any"), tuple(one.code for one in categories))
    columns = dict(frame.columns)
    columns["a"] = replace(frame["a"], variable=replace(frame["a"].variable, nets=(net,)))
    netted = Frame(frame.keys, columns)
    for name, make in DESIGNS.items():
        found = tabulate(netted, "a", [("k", Text())], design=make(data), inference="design")
        assert found.percent[3].tolist() == [100.0] * 4, name
        assert found.high[3].tolist() == [100.0] * 4, name
        assert ((found.low[3] > 80) & (found.low[3] < 100)).all(), name


def test_a_replicate_in_which_nobody_is_left_is_left_out() -> None:
    """Columns of two clusters: a bootstrap may draw neither of them; R leaves those out."""
    data = samples.two_stages(44)
    base = clusters(data)
    design = base.resampled(bootstrap(base.first.stratum, replicates=60, seed=4))
    few = np.isin(data["cluster"], np.unique(data["cluster"])[:2])
    data["k"] = few.astype(int)
    weights = design.replicates.weights
    empty = weights[few].sum(axis=0) == 0
    assert empty.any()
    theta = (weights[few].T @ data["z"][few])[~empty] / weights[few].sum(axis=0)[~empty]
    expected = np.sqrt(design.replicates.scale * np.sum((theta - theta.mean()) ** 2))
    assert mean(design, data["z"], domain=few).se[0] == pytest.approx(expected, rel=1e-9)
    table = tabulate(frame_of(data), "z", [("k", Text())], design=design, inference="design")
    assert table.se[0, 2] == pytest.approx(expected, rel=1e-9)
