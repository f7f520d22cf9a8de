"""Calibrated samples of rows, kept by sums, against the same with each row a cluster of its own.

The data are simulated. A design whose every row is a cluster keeps the residual of each row, from
which variances and covariances follow without a formula of their own; `test_designs.py` holds that
way against the estimators, which are held against R. Tolerance 1e-9 of the standard errors' size:
the same sums, added and taken from each other in another order.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, Ratios, make_design
from tyndau.tabulation import ArrayEngine, estimates, tabulate
from tyndau.tabulation.engines.compiled import CompiledEngine
from tyndau.weighting import Calibration, Margin, calibrate, make_margin, post_stratify, rake

ROWS = 400
QUESTIONS = ("scale", "many", "number", "routed")
BANNERS = ("group", "over")
APART, OVERLAPPING = slice(1, 5), slice(5, 8)


def made() -> Frame:
    """Make answers of all kinds by columns that are apart and columns that overlap."""
    random = np.random.default_rng(17)
    everybody, asked = np.ones(ROWS, dtype=bool), random.random(ROWS) < 0.6

    def column(
        name: str, kind: str, values: np.ndarray, count: int = 0, who: np.ndarray = everybody
    ) -> Column:
        categories = tuple(
            Category(f"{name}{one}", Text(), score=float(one)) for one in range(count)
        )
        return Column(Variable(name, kind, Text(), categories), values, who)

    group, sex = random.integers(-1, 4, ROWS), random.integers(0, 2, ROWS)
    over = random.random((ROWS, 3)) < [0.5, 0.3, 0.6]
    over[:, 1] &= over[:, 0]
    columns = [
        column("group", "single", group, 4),
        column("sex", "single", sex, 2),
        column("stratum", "single", random.integers(0, 3, ROWS), 3),
        column("over", "multiple", over, 3),
        column("scale", "single", np.clip(group + random.integers(-1, 3, ROWS), -1, 4), 5),
        column("many", "multiple", random.random((ROWS, 4)) < [0.5, 0.2, 0.7, 0.1], 4),
        column("number", "number", np.round(random.normal(1980 + 6 * sex, 15), 0)),
        column("routed", "single", random.integers(0, 3, ROWS), 3, asked),
    ]
    return Frame(np.arange(ROWS).astype(str), {one.variable.name: one for one in columns})


def of(frame: Frame, name: str) -> np.ndarray:
    values: np.ndarray = frame[name].values
    return values


def margin(name: str, codes: np.ndarray, shares: list[float]) -> Margin:
    return make_margin(name, codes, 1_000.0 * np.array(shares))


def raked(frame: Frame, base: Design) -> Design:
    margins = [
        margin("sex", of(frame, "sex"), [0.45, 0.55]),
        margin("stratum", of(frame, "stratum"), [0.3, 0.5, 0.2]),
    ]
    return base.calibrated(rake(base.weights, margins).calibration)


def post_stratified(frame: Frame, base: Design) -> Design:
    cell = of(frame, "sex") * 3 + of(frame, "stratum")
    one = margin("cell", cell, [0.1, 0.2, 0.15, 0.25, 0.2, 0.1])
    return base.calibrated(post_stratify(base.weights, one).calibration)


def by_numbers(frame: Frame, base: Design, *, digits: int) -> Design:
    """Bring the sum of the number, and of a turnover in tenge, to figures near the sample's."""
    year = of(frame, "number")
    turnover = np.round(np.exp(np.random.default_rng(3).normal(17, 1, ROWS)), digits)
    values = np.column_stack([np.ones(ROWS), of(frame, "sex"), year, turnover])
    totals = base.weights @ values * [1.0, 1.05, 1.001, 0.97]
    cells, cell = np.unique(values, axis=0, return_inverse=True)
    return base.calibrated(calibrate(base.weights, cells, totals, cell=cell.ravel()).calibration)


def by_years(frame: Frame, base: Design) -> Design:
    """Cells are fewer than rows, so that rows are counted by them."""
    year = np.round(of(frame, "number"), -1)
    values = np.column_stack([np.ones(ROWS), year])
    totals = base.weights @ values * [1.0, 1.001]
    cells, cell = np.unique(values, axis=0, return_inverse=True)
    return base.calibrated(calibrate(base.weights, cells, totals, cell=cell.ravel()).calibration)


def twice_and_trimmed(frame: Frame, base: Design) -> Design:
    after = by_numbers(frame, raked(frame, base), digits=0)
    weights = np.clip(after.weights, *np.quantile(after.weights, [0.05, 0.9]))
    return replace(after, weights=weights)


CALIBRATED: dict[str, Callable[[Frame, Design], Design]] = {
    "raked": raked,
    "post-stratified": post_stratified,
    "by a number of few values": by_years,
    "by a number with a cell a row": lambda frame, base: by_numbers(frame, base, digits=0),
    "twice and trimmed": twice_and_trimmed,
    "trimmed": lambda frame, base: replace(
        raked(frame, base), weights=np.minimum(raked(frame, base).weights, 4.0)
    ),
}
BASES = ("plain", "strata", "finite", "zeros", "alone")


def base_of(frame: Frame, kind: str, *, clusters: bool) -> Design:
    random = np.random.default_rng(23)
    weights = np.round(random.uniform(0.5, 3, ROWS), 3)
    if kind == "zeros":
        weights *= random.random(ROWS) < 0.9
    stratum = None if kind == "plain" else of(frame, "stratum").copy()
    if kind == "alone" and stratum is not None:
        stratum[0] = 3
    size = None if stratum is None else 2.5 * np.bincount(stratum)[stratum]
    return make_design(
        ROWS,
        weights=weights,
        strata=stratum,
        clusters=np.arange(ROWS) if clusters else None,
        population=size if kind == "finite" else None,
        lonely="adjust",
    )


def close(ours: np.ndarray, expected: np.ndarray, size: np.ndarray | float) -> None:
    """Compare up to the size of what was added, and to nothing where the figure is known."""
    assert (np.isnan(ours) == np.isnan(expected)).all()
    far = np.abs(ours - expected) > 1e-9 * (size + 1e-10 * np.nanmax(size))
    assert not far.any(), (ours[far], expected[far])


def found_by(frame: Frame, question: str, design: Design) -> Ratios:
    statistics = ArrayEngine(frame, BANNERS, design).statistics(question)
    return estimates(frame[question].variable, statistics, design)[1]


@pytest.mark.parametrize("kind", BASES)
@pytest.mark.parametrize("name", CALIBRATED)
def test_sums_say_what_rows_say(name: str, kind: str) -> None:
    frame = made()
    by_sums, by_rows = (
        CALIBRATED[name](frame, base_of(frame, kind, clusters=clusters))
        for clusters in (False, True)
    )
    assert (by_sums.summed, by_rows.summed) == ("strata", "clusters")
    for question in QUESTIONS:
        ours, expected = (found_by(frame, question, one) for one in (by_sums, by_rows))
        assert ours.value == pytest.approx(expected.value, rel=1e-12, nan_ok=True)
        variance = expected.variance()
        close(ours.variance(), variance, variance)
        assert ours.degrees().tolist() == expected.degrees().tolist()
        rest, other = ours.rest(), expected.rest()
        against = expected.variance_against(other)
        close(ours.variance_against(rest)[1:], against[1:], against[1:])
        close(rest.variance()[1:], other.variance()[1:], other.variance()[1:])
        assert rest.degrees()[1:].tolist() == other.degrees()[1:].tolist()
        for span in (APART, OVERLAPPING):
            own = np.sqrt(variance[span].T)
            size = own[:, :, None] * own[:, None, :]
            close(ours.covariance(span), expected.covariance(span), size)


@pytest.mark.parametrize("name", CALIBRATED)
def test_gates_of_what_is_apart_are_the_same(name: str) -> None:
    """Where people give several answers or stand in several columns a sample of rows has none."""
    frame = made()
    gates = [
        [
            tabulate(frame, question, [("group", Text())], design=design, inference="design").gates
            for question in ("scale", "number", "routed")
        ]
        for design in (
            CALIBRATED[name](frame, base_of(frame, "strata", clusters=clusters))
            for clusters in (False, True)
        )
    ]
    assert np.isfinite(gates[0]).all()
    np.testing.assert_allclose(gates[0], gates[1], rtol=1e-7)


@pytest.mark.parametrize("name", ["not at all", *CALIBRATED])
def test_the_gate_of_a_mean_knows_what_columns_share(name: str) -> None:
    """Columns that share people vary together, so that a difference shows by less than it would."""
    frame = made()
    gates = []
    for clusters in (False, True):
        base = base_of(frame, "strata", clusters=clusters)
        design = CALIBRATED[name](frame, base) if name in CALIBRATED else base
        banners = [("over", Text())]
        found = tabulate(frame, "number", banners, design=design, inference="design")
        gates.append(float(found.gates[0]))
        nested = tabulate(
            frame, "number", [("over * sex", Text())], design=design, inference="design"
        )
        assert np.isnan(nested.gates).all() == (not clusters)
    assert gates[0] == pytest.approx(gates[1], rel=1e-7)


@pytest.mark.parametrize("name", CALIBRATED)
def test_both_engines_count_what_calibration_needs(name: str) -> None:
    frame = made()
    design = CALIBRATED[name](frame, base_of(frame, "zeros", clusters=False))
    for question in QUESTIONS:
        by_numpy, by_numba = (
            engine(frame, BANNERS, design).statistics(question).moments
            for engine in (ArrayEngine, CompiledEngine)
        )
        assert by_numpy.explained is not None
        assert by_numba.explained is not None
        for one, other, size in (
            (by_numpy.residuals, by_numba.residuals, by_numpy.sums),
            (by_numpy.explained.slopes, by_numba.explained.slopes, by_numpy.explained.slopes),
            (by_numpy.explained.products, by_numba.explained.products, by_numpy.explained.products),
        ):
            assert one == pytest.approx(other, rel=1e-9, abs=1e-12 * np.abs(size).max())


def test_what_is_known_has_no_error_and_the_intervals_of_an_effective_base() -> None:
    frame = made()
    shares = []
    for clusters in (False, True):
        design = post_stratified(frame, base_of(frame, "strata", clusters=clusters))
        shares.append(
            tabulate(frame, "sex", [("stratum", Text())], design=design, inference="design")
        )
    by_sums, by_rows = shares
    assert (by_sums.se[:2] == 0).all()
    np.testing.assert_allclose(by_sums.low, by_rows.low, rtol=1e-9)
    np.testing.assert_allclose(by_sums.high, by_rows.high, rtol=1e-9)
    assert (by_sums.versus_rest == by_rows.versus_rest).all()
    assert (by_sums.higher_than == by_rows.higher_than).all()


def test_no_array_has_a_line_for_each_row() -> None:
    frame = made()
    for name in CALIBRATED:
        design = CALIBRATED[name](frame, base_of(frame, "strata", clusters=False))
        moments = ArrayEngine(frame, BANNERS, design).statistics("scale").moments
        assert moments.sums.shape[0] == 3
        assert moments.explained is not None
        assert len(moments.explained.slopes) < 15


@pytest.mark.parametrize("rows", [0, 40])
@pytest.mark.parametrize("cells", [2, 40])
def test_a_calibrated_sample_without_weight_has_no_figures(rows: int, cells: int) -> None:
    """Of no rows, or of rows of weight 0, with few cells and with a cell a row."""
    codes, none = np.arange(rows) % 2, np.zeros(rows)
    categories = (Category("0", Text()), Category("1", Text()))
    column = Column(Variable("q", "single", Text(), categories), codes, np.ones(rows, dtype=bool))
    frame = Frame(codes.astype(str), {"q": column, "b": column})
    calibration = Calibration(none, none, np.arange(rows) % cells, np.ones((cells, 1)))
    design = make_design(rows).calibrated(calibration)
    found = tabulate(frame, "q", [("b", Text())], design=design, inference="design")
    assert np.isnan([found.percent, found.se, found.low, found.high]).all()
    assert not found.versus_rest.any()
