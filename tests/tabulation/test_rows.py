"""What a sociologist sees in the rows: nets, ends of scales, deviations, order, indices."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Net, Variable
from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.tabulation import Table, tabulate

Said = Callable[..., dict[str, np.ndarray]]

POSITIVE = Net("positive", Text("Оң", "Положительно"), ("good", "best"))
ANY = Net("any", Text("Кез келген", "Хоть один"), ("a", "b"))


def simulated(rows: int = 900, seed: int = 4) -> dict[str, np.ndarray]:
    """Simulate clustered answers with weights: a scale with gaps, three answers, a group."""
    random = np.random.default_rng(seed)
    cluster = np.sort(random.integers(0, 40, rows))
    cluster[:40] = np.arange(40)
    cluster.sort()
    lean = random.normal(0, 0.6, 40)[cluster]
    score = np.clip(np.round(3 + lean + random.normal(0, 1.2, rows)), 1, 5).astype(int)
    given = random.random((rows, 3)) < (0.3 + 0.1 * lean)[:, None]
    return {
        "w": np.round(np.exp(random.normal(0, 0.5, rows)), 3), "h": cluster // 8, "c": cluster,
        "score": np.where(random.random(rows) < 0.1, 9, score),  # 9: don't know
        **{f"m{at}": given[:, at].astype(int) for at in range(3)},
        "sex": random.integers(0, 2, rows), "age": random.integers(0, 3, rows),
    }  # fmt: skip


def frame_of(data: dict[str, np.ndarray], *nets: Net) -> Frame:
    """Make a frame of simulated answers; the nets are those of the scale."""
    everybody = np.ones(len(data["w"]), dtype=bool)

    def closed(name: str, values: np.ndarray, codes: str, **more: object) -> Column:
        categories = tuple(Category(code, Text(code, code)) for code in codes.split())
        kind = "multiple" if values.ndim == 2 else "single"
        variable = Variable(name, kind, Text(name, name), categories, **more)  # type: ignore[arg-type]
        return Column(variable, values, everybody)

    scale = closed(
        "q", np.where(data["score"] == 9, 5, data["score"] - 1).astype(np.int32),
        "worst bad fair good best dk",
    )  # fmt: skip
    scored = tuple(
        replace(one, score=None if one.code == "dk" else float(at + 1))
        for at, one in enumerate(scale.variable.categories)
    )
    scale = replace(scale, variable=replace(scale.variable, categories=scored, nets=nets))
    given = np.column_stack([data[f"m{at}"] for at in range(3)]).astype(bool)
    columns = [
        scale, closed("m", given, "a b none", nets=(ANY,)),
        closed("sex", data["sex"].astype(np.int32), "f m"),
        closed("age", data["age"].astype(np.int32), "young middle old"),
    ]  # fmt: skip
    return Frame(np.arange(len(everybody)).astype(str), {one.variable.name: one for one in columns})


def table(frame: Frame, data: dict[str, np.ndarray], question: str, *banners: str) -> Table:
    """Tabulate by the design of the simulated sample."""
    design = make_design(len(frame), weights=data["w"], strata=data["h"], clusters=data["c"])
    named = [(name, Text(name, name)) for name in banners]
    return tabulate(frame, question, named, design=design, inference="design")


def row(found: Table, code: str) -> int:
    """Return the row of a code."""
    return [head.code for head in found.rows].index(code)


@pytest.mark.requirement("C9")
def test_a_net_of_several_answers_counts_each_person_once(said: Said) -> None:
    """Share, error and letters of whoever gave the first or the second answer.

    Oracle: R 4.2.2, survey 4.1. Tolerance 1e-8: the same sums in another order. Data simulated.

    R::

        d <- svydesign(~c, strata = ~h, weights = ~w, data = data)
        both <- svyby(~I(m0 | m1), ~sex, d, svymean, covmat = TRUE)
        all <- svymean(~I(m0 | m1), d)
        shares <- coef(both)[3:4]
        v <- vcov(both)[3:4, 3:4]
        t <- (shares[1] - shares[2]) / sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2])
        said <- list(share = c(coef(all)[2], shares), se = c(SE(all)[2], sqrt(diag(v))), t = t)
    """
    data = simulated()
    # The groups differ, so that a letter has to be found.
    data["m0"] = np.where((data["sex"] == 0) & (np.arange(900) % 4 == 0), 1, data["m0"])
    found = table(frame_of(data), data, "m", "sex")
    oracle = said(data=data)
    at = row(found, "any")
    assert found.rows[at].kind == "net"
    assert found.percent[at] / 100 == pytest.approx(oracle["share"], rel=1e-8)
    assert found.se[at] / 100 == pytest.approx(oracle["se"], rel=1e-8)
    assert found.percent[at, 0] < found.percent[:2, 0].sum()  # some gave both
    assert found.letters(at, 1) == ("B" if oracle["t"][0] > 2 else "")
    assert oracle["t"][0] > 2
    either = (data["m0"] | data["m1"]).astype(bool)
    assert found.people[at].tolist() == [
        either.sum(), either[data["sex"] == 0].sum(), either[data["sex"] == 1].sum()
    ]  # fmt: skip


@pytest.mark.requirement("C9")
def test_a_net_of_one_answer_is_the_sum_of_its_answers() -> None:
    data = simulated()
    found = table(frame_of(data, POSITIVE), data, "q", "sex")
    at = row(found, "positive")
    parts = [row(found, "good"), row(found, "best")]
    assert found.percent[at] == pytest.approx(found.percent[parts].sum(axis=0), rel=1e-12)
    assert found.people[at].tolist() == found.people[parts].sum(axis=0).tolist()
    assert [head.code for head in found.rows][-3:] == ["positive", "mean", "sd"]


def test_the_error_of_a_net_of_one_answer_is_that_of_the_answers_together(said: Said) -> None:
    """Oracle: R 4.2.2, survey 4.1, a share of two codes. Tolerance 1e-8. Data simulated.

    R::

        d <- svydesign(~c, strata = ~h, weights = ~w, data = data)
        m <- svyby(~I(score %in% 4:5), ~sex, d, svymean)
        said <- list(share = m[, 3], se = m[, 5])
    """
    data = simulated(seed=5)
    found = table(frame_of(data, POSITIVE), data, "q", "sex")
    oracle = said(data=data)
    at = row(found, "positive")
    assert found.percent[at, 1:] / 100 == pytest.approx(oracle["share"], rel=1e-8)
    assert found.se[at, 1:] / 100 == pytest.approx(oracle["se"], rel=1e-8)


@pytest.mark.requirement("C9")
def test_the_standard_deviation_is_that_of_r(said: Said) -> None:
    """Oracle: the root of R's svyvar of those with a score, R 4.2.2, survey 4.1.

    Tolerance 1e-8: here squares are summed and the mean's square taken off. Data simulated.

    R::

        d <- svydesign(~c, strata = ~h, weights = ~w, data = data)
        scored <- subset(d, score < 9)
        one <- function(x) sqrt(coef(svyvar(~score, x)))
        women <- subset(scored, sex == 0)
        said <- list(sd = c(one(scored), one(women), one(subset(scored, sex == 1))))
    """
    data = simulated()
    found = table(frame_of(data), data, "q", "sex")
    oracle = said(data=data)
    at = row(found, "sd")
    assert found.percent[at] == pytest.approx(oracle["sd"], rel=1e-8)
    assert found.base[at].tolist() == found.base[row(found, "mean")].tolist()
    assert np.isnan(found.se[at]).all()
    assert not found.versus_rest[at].any()
    assert not found.higher_than[at].any()


def test_a_deviation_of_large_numbers_keeps_its_digits(said: Said) -> None:
    """Years of birth around 1e6, to be hard on sums of squares. Tolerance 1e-8. Data simulated.

    R::

        d <- svydesign(~1, weights = ~w, data = data)
        said <- list(sd = sqrt(coef(svyvar(~x, d))))
    """
    random = np.random.default_rng(8)
    values = 1e6 + random.normal(0, 1, 300)
    weights = np.round(np.exp(random.normal(0, 0.5, 300)), 3)
    column = Column(Variable("x", "number", Text("x", "x")), values, np.ones(300, dtype=bool))
    frame = Frame(np.arange(300).astype(str), {"x": column})
    design = make_design(300, weights=weights)
    found = tabulate(frame, "x", [], design=design, inference="design")
    oracle = said(data={"x": values, "w": weights})
    assert found.percent[row(found, "sd"), 0] == pytest.approx(oracle["sd"][0], rel=1e-8)


def test_one_person_has_no_deviation() -> None:
    data = {name: values[:1] for name, values in simulated().items()}
    data["score"] = np.array([4])
    found = tabulate(frame_of(data), "q", [], design=make_design(1), inference="none")
    assert np.isnan(found.percent[row(found, "sd"), 0])
    assert found.percent[row(found, "mean"), 0] == 4


@pytest.mark.requirement("C9")
def test_answers_stand_by_their_share_and_what_says_little_at_the_end() -> None:
    codes = ("other", "rare", "dont_know", "often", "refused", "sometimes", "none")
    counts = (50, 1, 30, 20, 40, 5, 60)
    values = np.repeat(np.arange(7), counts).astype(np.int32)
    values = np.append(values, -1).astype(np.int32)  # somebody left it empty
    categories = tuple(Category(code, Text(code, code)) for code in codes)
    variable = Variable("q", "single", Text("q", "q"), categories, descending=True,
                        nets=(Net("both", Text("2", "2"), ("rare", "often")),))  # fmt: skip
    asked = np.ones(len(values), dtype=bool)
    frame = Frame(np.arange(len(values)).astype(str), {"q": Column(variable, values, asked)})
    found = tabulate(frame, "q", [], design=make_design(len(values)), inference="none")
    assert [head.code for head in found.rows] == [
        "often", "sometimes", "rare", "other", "none", "dont_know", "refused", "no_answer", "both",
    ]  # fmt: skip
    by_code = dict(zip((head.code for head in found.rows), found.people[:, 0], strict=True))
    assert by_code == {**dict(zip(codes, counts, strict=True)), "no_answer": 1, "both": 21}


def test_the_index_is_100_where_a_column_is_like_the_total() -> None:
    data = simulated()
    found = table(frame_of(data), data, "q", "sex")
    shares = [head.is_share for head in found.rows]
    assert found.index[shares][:, 0] == pytest.approx(100)
    expected = 100 * found.percent[shares] / found.percent[shares][:, :1]
    assert found.index[shares] == pytest.approx(expected)
    assert np.isnan(found.index[row(found, "mean")]).all()


def test_a_question_by_itself_counts_its_nets_too() -> None:
    data = simulated()
    found = table(frame_of(data), data, "m", "m")
    assert [head.code for head in found.columns] == ["total", "a", "b", "none"]
    assert found.percent[row(found, "any"), 1:3] == pytest.approx(100)
