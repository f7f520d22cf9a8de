"""A sample at the limits of what can be said, from the files to the file, against R `survey`."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import frame_design, make_design
from tyndau.interchange import read_plain
from tyndau.study.model import SampleColumns
from tyndau.tabulation import tabulate, write_tables
from tyndau.tabulation.engines import choose

DATA = Path(__file__).parent / "data"
DESIGNS = {
    "clusters": SampleColumns(weight="w", strata="stratum", cluster="cluster"),
    "records": SampleColumns(weight="w", strata="stratum"),
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", DESIGNS)
def test_every_cell_and_every_decision_is_that_of_r(name: str, tmp_path: Path) -> None:
    """Figures, and which column is higher than which, where the design leaves little.

    Reference: R 4.2.2, survey 4.1-1 (Debian 12), program ``data/extreme.R``: ``svymean``,
    ``svyciprop(method = "beta")``, and ``svyglm`` on a column's indicator with ``degf`` of both
    columns, none where a side has under 30 people or under 30 in effect, or no degree of freedom.
    Two clusters a stratum, weights of 0 and of 1e-5 beside 1, a column within one cluster.
    Tolerance 1e-8: R's values are recorded to 12 digits.
    """
    codebook = tmp_path / "codebook.csv"
    codes = [("q", "abc"), ("group", "xyzv")]
    lines = [f"{variable},single,{code},{code}" for variable, of in codes for code in of]
    codebook.write_text("\n".join(["variable,kind,code,label_ru", *lines]), encoding="utf-8")
    frame = read_plain(DATA / "extreme.csv", codebook)
    design = frame_design(frame, DESIGNS[name])
    found = tabulate(frame, "q", [("group", Text())], design=design, inference="design")
    write_tables([found], tmp_path / "out.csv")
    cells = {(row["code"], row["column"]): row for row in _rows(tmp_path / "out.csv")}
    said = [row for row in _rows(DATA / "survey.csv") if row["design"] == name]
    assert len(said) == len(cells) == 15
    for expected in said:
        cell = cells[expected["code"], expected["column"]]
        for key in ("base", "versus_rest", "letters"):
            assert cell[key] == expected[key], (key, expected)
        for key in ("effective_base", "percent", "se", "low", "high"):
            assert bool(cell[key]) == bool(expected[key]), (key, expected)
            if expected[key]:
                assert float(cell[key]) == pytest.approx(float(expected[key]), rel=1e-8), expected


def _large() -> tuple[Frame, dict[str, np.ndarray]]:
    """Make 20,000 people: an answer of three, a column of one cluster, a column of one answer."""
    random = np.random.default_rng(11)
    rows = 20_000
    cluster = random.integers(0, 60, rows)
    lean = random.normal(0, 0.1, 60)[cluster]
    answer = np.where(random.random(rows) < 0.4 + lean, 0, 1)
    answer[[5, 9_000, 19_999]] = 2
    group = np.where(random.random(rows) < 0.02, 2, random.integers(0, 2, rows))
    group[(cluster == 17) & (random.random(rows) < 0.3)] = 3
    answer[group == 2] = 1
    weights = np.exp(random.normal(0, 0.5, rows)) * (random.random(rows) < 0.97)
    everybody = np.ones(rows, dtype=bool)
    columns = {
        name: Column(
            Variable(name, "single", Text(), tuple(Category(f"{code}", Text()) for code in codes)),
            values.astype(np.int8),
            everybody,
        )
        for name, values, codes in (("q", answer, range(3)), ("g", group, range(4)))
    }
    data = {"q": answer, "g": group, "w": weights, "cluster": cluster, "stratum": cluster // 6}
    return Frame(np.arange(rows).astype(str), columns), data


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("clustered", [False, True])
def test_a_large_sample_has_the_figures_of_r_by_either_engine(
    clustered: bool,
    compiled: bool,
    said: Callable[..., dict[str, np.ndarray]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More people than degrees of freedom are tabled for, more rows than are counted at once.

    Reference: R 4.2.2, survey 4.1-1 (Debian 12). Tolerance 1e-8: limits come from different
    inversions of the incomplete beta function. R has no interval for shares of 0 and 1.

    R::

        design <- svydesign(if (data$clustered[1]) ~cluster else ~1, strata = ~stratum,
                            weights = ~w, data = data)
        said <- list(percent = c(), se = c(), low = c(), high = c())
        for (answer in 0:2) for (column in c(NA, 0:3)) {
          inside <- if (is.na(column)) design else subset(design, g == column)
          share <- svymean(~I(q == answer), inside)
          said$percent <- c(said$percent, 100 * coef(share)[2])
          said$se <- c(said$se, 100 * SE(share)[2])
          limits <- c(NA, NA)
          if (coef(share)[2] > 0 && coef(share)[2] < 1 && degf(inside) > 0)
            limits <- confint(svyciprop(~I(q == answer), inside, method = "beta",
                                        df = degf(inside)))
          said$low <- c(said$low, 100 * limits[1])
          said$high <- c(said$high, 100 * limits[2])
        }
    """
    frame, data = _large()
    expected = said(data={**data, "clustered": np.full(len(frame), int(clustered))})
    design = make_design(
        len(frame), weights=data["w"], strata=data["stratum"],
        clusters=data["cluster"] if clustered else None,
    )  # fmt: skip
    if compiled:
        monkeypatch.setattr(choose, "COMPILED_FROM", 0)
    found = tabulate(frame, "q", [("g", Text())], design=design, inference="design")
    np.testing.assert_allclose(found.percent.ravel(), expected["percent"], rtol=1e-10, atol=1e-12)
    one = np.tile(np.arange(5) == 4, 3) & clustered  # a single cluster: no error of its own
    np.testing.assert_allclose(found.se.ravel()[~one], expected["se"][~one], rtol=1e-8, atol=1e-12)
    known = ~np.isnan(expected["low"])
    assert known.sum() == (9 if clustered else 11)
    for ours, theirs in ((found.low, "low"), (found.high, "high")):
        np.testing.assert_allclose(ours.ravel()[known], expected[theirs][known], rtol=1e-8)
    assert np.isnan(found.se.ravel()[one]).all()
