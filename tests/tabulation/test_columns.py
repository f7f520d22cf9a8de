"""What a sociologist sees in the columns: nesting, overlap, filters."""

from collections.abc import Callable

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.questionnaire.expression import parse
from tyndau.study.model import Filter
from tyndau.tabulation import Table, tabulate
from tyndau.tabulation.columns import letter_of

from .test_rows import frame_of, row, simulated, table

Said = Callable[..., dict[str, np.ndarray]]


def bands(data: dict[str, np.ndarray]) -> Column:
    """Make age bands that overlap: the young, everybody but the old, everybody."""
    age = data["age"]
    members = np.column_stack([age == 0, age < 2, age < 3])
    categories = tuple(Category(code, Text(code, code)) for code in ("18-24", "18-35", "18+"))
    variable = Variable("bands", "multiple", Text("bands", "bands"), categories)
    return Column(variable, members, np.ones(len(age), dtype=bool))


@pytest.mark.requirement("C9")
def test_nested_columns_are_every_combination(said: Said) -> None:
    """Shares and errors of age within sex.

    Oracle: R 4.2.2, survey 4.1, `svyby` over the interaction. Tolerance 1e-8. Data simulated.

    R::

        d <- svydesign(~c, strata = ~h, weights = ~w, data = data)
        m <- svyby(~I(score == 4), ~interaction(age, sex), d, svymean)
        said <- list(share = m[, 3], se = m[, 5])
    """
    data = simulated()
    found = table(frame_of(data), data, "q", "sex * age")
    oracle = said(data=data)
    codes = [head.code for head in found.columns]
    assert codes[1:] == [f"{s}*{a}" for s in "fm" for a in ("young", "middle", "old")]
    at = row(found, "good")
    assert found.percent[at, 1:] / 100 == pytest.approx(oracle["share"], rel=1e-8)
    assert found.se[at, 1:] / 100 == pytest.approx(oracle["se"], rel=1e-8)
    assert [group.name for group in found.groups] == ["sex*age"]
    assert [head.within for head in found.columns[1:]] == [(Text(s, s),) for s in "fffmmm"]
    assert found.columns[4].named == Text("m, young", "m, young")


def test_letters_begin_anew_in_each_innermost_block(said: Said) -> None:
    """A column is compared within its sex alone, with the t of R's svycontrast.

    R 4.2.2, survey 4.1; the decision is compared, with the quantile on the clusters less strata of
    both columns. Data simulated.

    R::

        d <- svydesign(~c, strata = ~h, weights = ~w, data = data)
        m <- svyby(~I(score == 4), ~interaction(age, sex), d, svymean, covmat = TRUE)
        b <- coef(m)[7:12]
        v <- vcov(m)[7:12, 7:12]
        t <- outer(1:6, 1:6, Vectorize(function(i, j) (b[i] - b[j]) /
             sqrt(v[i, i] + v[j, j] - 2 * v[i, j])))
        said <- list(t = t)
    """
    data = simulated()
    data["score"] = np.where((data["age"] == 2) & (np.arange(900) % 3 == 0), 4, data["score"])
    found = table(frame_of(data), data, "q", "sex*age")
    assert [head.letter for head in found.columns] == ["", "A", "B", "C", "A", "B", "C"]
    t = said(data=data)["t"].reshape(6, 6).T
    higher = found.higher_than[row(found, "good"), 1:, 1:]
    assert not higher[:3, 3:].any()
    assert not higher[3:, :3].any()
    bound = 2.03  # t quantile on 35 degrees of freedom: 40 clusters, 5 strata
    for block in (slice(0, 3), slice(3, 6)):
        assert higher[block, block].tolist() == (t[block, block] > bound).tolist()
        assert found.letters(row(found, "good"), block.start + 3) == "AB"


def test_three_levels_and_a_plain_variable_stand_side_by_side() -> None:
    data = simulated()
    frame = frame_of(data)
    found = table(frame, data, "m", "sex*age*sex", "age")
    assert len(found.columns) == 1 + 2 * 3 * 2 + 3
    head = found.columns[2]
    assert (head.code, head.within) == ("f*young*m", (Text("f", "f"), Text("young", "young")))
    assert head.base == 0  # nobody is of both
    assert [head.letter for head in found.columns[-3:]] == ["A", "B", "C"]


@pytest.mark.requirement("C9")
@pytest.mark.parametrize("clustered", [True, False])
def test_overlapping_columns_are_tested_with_what_they_share(said: Said, clustered: bool) -> None:
    """A part against the whole that holds it, clusters counted or not.

    Oracle: R 4.2.2, survey 4.1: the difference of two ratios of domains, by `svyratio` with its
    covariance. The bound lies far from each t; the decision is compared. Data simulated.

    R::

        said <- list()
        for (way in 1:2) {
          d <- if (way == 1) svydesign(~c, strata = ~h, weights = ~w, data = data)
               else svydesign(~1, weights = ~w, data = data)
          part <- as.numeric(data$age == 0); more <- as.numeric(data$age < 2)
          y <- as.numeric(data$score == 4)
          d <- update(d, y1 = y * part, y2 = y * more, x1 = part, x2 = more)
          total <- svytotal(~y1 + x1 + y2 + x2, d)
          s <- svycontrast(total, list(p = quote(y1 / x1 - y2 / x2)))
          said[[way]] <- as.numeric(coef(s) / SE(s))
        }
        names(said) <- c("clustered", "rows")
    """
    data = simulated()
    data["score"] = np.where((data["age"] == 0) & (np.arange(900) % 5 == 0), 4, data["score"])
    frame = frame_of(data)
    frame.columns["bands"] = bands(data)
    if clustered:
        found = table(frame, data, "q", "bands")
    else:
        design = make_design(len(frame), weights=data["w"])
        found = tabulate(frame, "q", [("bands", Text())], design=design, inference="design")
    t = said(data=data)["clustered" if clustered else "rows"][0]
    assert t > 2.5
    at = row(found, "good")
    assert found.letters(at, 1) == "BC"
    assert [head.base for head in found.columns[1:]] == [
        (data["age"] == 0).sum(), (data["age"] < 2).sum(), 900
    ]  # fmt: skip


def test_overlap_within_a_nesting_is_tested_as_anywhere() -> None:
    """The second block of nested overlapping columns: as the same columns of that sex alone."""
    data = simulated(seed=11)
    frame = frame_of(data)
    frame.columns["bands"] = bands(data)
    design = make_design(len(frame), weights=data["w"])
    nested = tabulate(frame, "q", [("sex*bands", Text())], design=design, inference="design")
    among = Filter(parse("${sex} = 'm'"), Text("мужчины", "мужчины"))
    alone = tabulate(
        frame, "q", [("bands", Text())], design=design, inference="design", among=among
    )
    assert nested.se[:, 4:] == pytest.approx(alone.se[:, 1:], nan_ok=True)
    assert nested.higher_than[:, 4:, 4:].tolist() == alone.higher_than[:, 1:, 1:].tolist()


@pytest.mark.requirement("C9")
def test_a_filtered_table_keeps_the_design_of_the_whole_sample(said: Said) -> None:
    """Those of one sex who know an answer, by age: a domain, not a sample of its own.

    Oracle: R 4.2.2, survey 4.1, `subset`. Tolerance 1e-8. Data simulated.

    R::

        d <- svydesign(~c, strata = ~h, weights = ~w, data = data)
        d <- subset(d, sex == 1 & m0 == 1)
        all <- svymean(~I(score == 4), d)
        m <- svyby(~I(score == 4), ~age, d, svymean)
        said <- list(share = c(coef(all)[2], m[, 3]), se = c(SE(all)[2], m[, 5]))
    """
    data = simulated()
    frame = frame_of(data)
    among = Filter(
        parse("${sex} = 'm' and selected(${m}, 'a')"), Text("білетін ерлер", "знающие мужчины")
    )
    design = make_design(len(frame), weights=data["w"], strata=data["h"], clusters=data["c"])
    found = tabulate(frame, "q", [("age", Text())], design=design, inference="design", among=among)
    oracle = said(data=data)
    at = row(found, "good")
    assert found.percent[at] / 100 == pytest.approx(oracle["share"], rel=1e-8)
    assert found.se[at] / 100 == pytest.approx(oracle["se"], rel=1e-8)
    assert found.columns[0].base == ((data["sex"] == 1) & (data["m0"] == 1)).sum()
    assert found.among.ru == "знающие мужчины"
    assert found.limited


def test_a_filter_by_what_the_data_do_not_hold_is_refused_by_name() -> None:
    data = simulated(40)
    among = Filter(parse("${income} = 'high'"), Text("бай", "богатые"))
    with pytest.raises(UserError) as caught:
        tabulate(frame_of(data), "q", [], design=make_design(40), inference="none", among=among)
    assert caught.value.problems[0].kind.code == "table.no-such-filter"


def test_a_variable_that_the_data_do_not_hold_is_named_within_its_nesting() -> None:
    data = simulated(40)
    with pytest.raises(UserError) as caught:
        tabulate(
            frame_of(data), "q", [("sex*town", Text())], design=make_design(40), inference="none"
        )
    assert "town" in str(caught.value)
    assert caught.value.problems[0].kind.code == "table.no-such-banner"


def test_letters_go_on_after_z() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_letters_of_blocks_are_separated_by_themselves() -> None:
    """A block beyond Z puts spaces between its letters, another of the same table does not."""
    categories = tuple(Category(str(n), Text(str(n), str(n))) for n in range(30))
    random = np.random.default_rng(0)
    town = random.integers(0, 30, 6000).astype(np.int32)
    yes = (random.random(6000) < town / 40).astype(np.int32)
    everybody = np.ones(6000, dtype=bool)

    def column(name: str, values: np.ndarray, options: tuple[Category, ...]) -> Column:
        return Column(Variable(name, "single", Text(name, name), options), values, everybody)

    frame = Frame(
        np.arange(6000).astype(str),
        {
            "q": column("q", yes, categories[:2]),
            "town": column("town", town, categories),
            "third": column("third", (town // 10).astype(np.int32), categories[:3]),
        },
    )
    banners = [("town", Text()), ("third", Text())]
    found: Table = tabulate(frame, "q", banners, design=make_design(6000), inference="design")
    assert " " in found.letters(1, 30)
    assert found.letters(1, 33) == "AB"
