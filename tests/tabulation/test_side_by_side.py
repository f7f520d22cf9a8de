"""Samples side by side: what differs between populations, and from wave to wave."""

from collections.abc import Callable

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.study.standards import Inference
from tyndau.tabulation import Sample, SideBySide, Table, side_by_side, tabulate
from tyndau.tabulation.plain import SIDE_COLUMNS, side_rows

from .test_rows import frame_of, row, simulated, table

Said = Callable[..., dict[str, np.ndarray]]


def small(
    answers: dict[str, int], name: str = "q", inference: Inference = "model", **scores: float
) -> Table:
    """Tabulate so many people of each answer, unweighted."""
    categories = tuple(Category(code, Text(code, code), "", scores.get(code)) for code in answers)
    values = np.repeat(np.arange(len(answers)), list(answers.values())).astype(np.int32)
    variable = Variable(name, "single", Text(name, name), categories)
    column = Column(variable, values, np.ones(len(values), dtype=bool))
    frame = Frame(np.arange(len(values)).astype(str), {name: column})
    return tabulate(frame, name, [], design=make_design(len(values)), inference=inference)


def beside(*tables: Table, in_time: bool = False, eras: tuple[int, ...] = ()) -> SideBySide | None:
    """Put tables beside each other."""
    eras = eras or (0,) * len(tables)
    samples = [
        Sample(f"s{at}", Text(f"s{at}", f"s{at}"), one, era)
        for at, (one, era) in enumerate(zip(tables, eras, strict=True))
    ]
    return side_by_side(samples, in_time=in_time)


@pytest.mark.requirement("C9")
def test_two_samples_are_compared_as_independent_estimates(said: Said) -> None:
    """The difference of a share and of a mean between two clustered, weighted samples.

    Oracle: R 4.2.2, survey 4.1: each sample by its own design; the t of the difference, Welch's
    degrees of freedom, p. The decision at 5 % is compared for shifts that put p on both sides of
    it. Data simulated.

    R::

        one <- function(data) {
          d <- svydesign(~c, strata = ~h, weights = ~w, data = data)
          share <- svymean(~I(score == 5), d)
          scored <- subset(d, score < 9)
          mean <- svymean(~score, scored)
          list(m = c(coef(share)[2], coef(mean)), v = c(SE(share)[2], SE(mean))^2,
               f = c(degf(d), degf(scored)))
        }
        a <- one(first); b <- one(second)
        v <- a$v + b$v
        f <- v^2 / (a$v^2 / a$f + b$v^2 / b$f)
        t <- (b$m - a$m) / sqrt(v)
        said <- list(p = 2 * pt(-abs(t), f), sign = sign(t), f = f)
    """
    decisions = set()
    for shift in (0, 0.1, 0.2, 0.35):
        first, second = simulated(seed=21), simulated(600, seed=22)
        moved = (np.random.default_rng(3).random(600) < shift) & (second["score"] < 5)
        second["score"] = np.where(moved, 5, second["score"])
        found = beside(
            table(frame_of(first), first, "q"), table(frame_of(second), second, "q"), in_time=True
        )
        assert found is not None
        oracle = said(first=first, second=second)
        for place, code in enumerate(("best", "mean")):
            # The table corrects for its eight rows: what R finds at 5 % alone need not hold.
            sign = oracle["sign"][place] * (oracle["p"][place] < 0.05)
            held = found.versus_previous[row(found, code), 1]
            assert held == sign if oracle["p"][place] < 0.05 / 8 else held in (0, sign)
            assert found.letters(row(found, code), 1) == ("A" if held > 0 else "")
            decisions.add(int(held))
    assert decisions == {0, 1}


def test_samples_that_chose_themselves_are_tested_against_nobody() -> None:
    """Between the two others the same holds as if they stood alone."""
    street, homes = small({"yes": 300, "no": 100}), small({"yes": 200, "no": 200})
    online = small({"yes": 20, "no": 380}, inference="none")
    found = beside(street, online, homes)
    assert found is not None
    assert found.tested == (True, False, True)
    assert [head.label.kk for head in found.without_inference] == ["s1"]
    assert [found.letters(0, column) for column in range(3)] == ["C", "", ""]
    assert [found.letters(1, column) for column in range(3)] == ["", "", "A"]
    assert found.percent[0].tolist() == [75, 5, 50]
    assert np.isnan(found.se[:, 1]).all()
    alone = beside(street, online)
    assert alone is not None
    assert alone.tested == (False, False)
    assert not alone.higher_than.any()


def test_what_was_not_offered_stays_empty() -> None:
    found = beside(
        small({"yes": 60, "no": 40, "hard": 20}), small({"yes": 30, "no": 70, "never": 50})
    )
    assert found is not None
    assert [head.code for head in found.rows] == ["yes", "no", "hard", "never"]
    assert np.isnan(found.percent[2, 1])
    assert np.isnan(found.percent[3, 0])
    assert found.people[2].tolist() == [20, 0]
    assert found.letters(0, 0) == "B"
    assert not found.higher_than[2:].any()
    assert [head.letter for head in found.columns] == ["A", "B"]


def test_few_people_are_not_tested_and_their_number_is_known() -> None:
    found = beside(small({"yes": 100, "no": 300}), small({"yes": 29, "no": 0}))
    assert found is not None
    assert not found.higher_than.any()
    assert found.columns[1].mark == "**"
    assert found.people[:, 1].tolist() == [29, 0]
    tested = beside(small({"yes": 100, "no": 300}), small({"yes": 30, "no": 0}))
    assert tested is not None
    assert tested.letters(0, 1) == "A"


def test_what_is_not_the_same_question_stands_alone() -> None:
    assert beside(small({"yes": 60, "no": 40}), small({"a": 60, "b": 40})) is None
    assert beside(small({"yes": 60, "no": 40}), small({"yes": 60, "b": 40})) is None
    assert beside(small({"yes": 60, "no": 40})) is None


def test_means_of_different_scores_are_not_compared() -> None:
    alike = beside(
        small({"bad": 40, "good": 60}, bad=1, good=2), small({"bad": 10, "good": 90}, bad=1, good=2)
    )
    assert alike is not None
    assert [head.code for head in alike.rows][-2:] == ["mean", "sd"]
    assert alike.letters(row(alike, "mean"), 1) == "A"
    other = beside(
        small({"bad": 40, "good": 60}, bad=1, good=2), small({"bad": 10, "good": 90}, bad=1, good=5)
    )
    assert other is not None
    assert [head.code for head in other.rows] == ["bad", "good"]


def test_waves_are_compared_with_the_one_before_and_not_across_a_break() -> None:
    tables = (
        small({"yes": 300, "no": 100}), small({"yes": 200, "no": 200}),
        small({"yes": 300, "no": 100}), small({"yes": 190, "no": 210}),
    )  # fmt: skip
    found = beside(*tables, in_time=True)
    assert found is not None
    assert found.versus_previous[0].tolist() == [0, -1, 1, -1]
    assert found.letters(0, 2) == "BD"
    broken = beside(*tables, in_time=True, eras=(0, 0, 1, 1))
    assert broken is not None
    assert broken.versus_previous[0].tolist() == [0, -1, 0, -1]
    assert broken.letters(0, 2) == "D"


def test_without_inference_nothing_is_compared() -> None:
    one = small({"yes": 300, "no": 100})
    frame = Frame(
        np.arange(400).astype(str),
        {"q": Column(one.question, np.ones(400, dtype=np.int32), np.ones(400, dtype=bool))},
    )
    open_link = tabulate(frame, "q", [], design=make_design(400), inference="none")
    found = beside(one, open_link)
    assert found is not None
    assert not found.higher_than.any()


def test_cells_as_plain_rows() -> None:
    found = beside(small({"yes": 300, "no": 100}), small({"yes": 200, "no": 200}), in_time=True)
    assert found is not None
    rows = list(side_rows("residents", found))
    assert all(tuple(one) == SIDE_COLUMNS for one in rows)
    last = next(one for one in rows if (one["code"], one["sample"]) == ("yes", "s1"))
    assert (last["population"], last["people"], last["percent"]) == ("residents", 200, 50)
    assert (last["versus_previous"], last["letters"]) == ("lower", "")
