"""What a sociologist sees in a table: bases, percentages, means, tests, marks."""

from collections.abc import Sequence

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import make_design
from tyndau.study.model import Thresholds
from tyndau.tabulation import Table, tabulate, tabulate_many

SCORES = {"bad": 1.0, "fair": 2.0, "good": 3.0, "dk": None}


def single(name: str, answers: Sequence[str | None], scores: dict[str, float | None]) -> Column:
    """Make a single response; None is not asked, an empty string asked without answer."""
    codes = list(scores)
    categories = tuple(Category(code, Text(ru=code), score=scores[code]) for code in codes)
    values = np.array([codes.index(a) if a else -1 for a in answers], dtype=np.int32)
    asked = np.array([answer is not None for answer in answers])
    return Column(Variable(name, "single", Text(ru=name), categories), values, asked)


def multiple(name: str, answers: Sequence[str | None], codes: Sequence[str]) -> Column:
    """Make a multiple response of space-separated codes."""
    categories = tuple(Category(code, Text(ru=code)) for code in codes)
    values = np.array([[code in (a or "").split() for code in codes] for a in answers])
    asked = np.array([answer is not None for answer in answers])
    return Column(Variable(name, "multiple", Text(ru=name), categories), values, asked)


def number(name: str, answers: Sequence[float | None]) -> Column:
    """Make a number; None is not asked, NaN asked without answer."""
    values = np.array([np.nan if answer is None else answer for answer in answers], dtype=float)
    asked = np.array([answer is not None for answer in answers])
    return Column(Variable(name, "number", Text(ru=name)), values, asked)


def frame(*columns: Column) -> Frame:
    """Make a frame of columns."""
    keys = np.arange(len(columns[0].values)).astype(str)
    return Frame(keys, {column.variable.name: column for column in columns})


def table(
    data: Frame,
    question: str,
    *banners: str,
    weights: Sequence[float] | None = None,
    clusters: Sequence[int] | None = None,
    inference: str = "design",
    thresholds: Thresholds | None = None,
) -> Table:
    """Tabulate one question."""
    return tabulate(
        data,
        question,
        [(name, Text(ru=name)) for name in banners],
        design=make_design(len(data), weights=weights, clusters=clusters),
        inference=inference,
        thresholds=thresholds,
    )


def cell(found: Table, row: str, column: str) -> tuple[int, int]:
    """Return the indices of a cell."""
    rows = [head.code for head in found.rows]
    return rows.index(row), [head.code for head in found.columns].index(column)


SEX = {"f": None, "m": None}


def test_the_base_holds_all_who_were_asked_and_nobody_else() -> None:
    data = frame(
        single("q", ["good", "good", "bad", "", None, None], SCORES),
        single("sex", ["f", "m", "f", "m", "f", ""], SEX),
    )
    found = table(data, "q", "sex")
    assert [head.code for head in found.columns] == ["total", "f", "m"]
    assert [head.base for head in found.columns] == [4, 2, 2]
    codes = [head.code for head in found.rows]
    assert codes == ["bad", "fair", "good", "dk", "no_answer", "mean", "sd"]
    scores = [1, 3, 3]
    means = [7 / 3, np.std(scores, ddof=1)]
    assert found.percent[:, 0].tolist() == pytest.approx([25, 0, 50, 0, 25, *means])
    assert found.percent[:-2].sum(axis=0).tolist() == pytest.approx([100, 100, 100])


def test_no_answer_is_a_row_only_where_there_is_one() -> None:
    data = frame(single("q", ["good", None], SCORES), multiple("m", ["a", ""], "ab"))
    assert "no_answer" not in [head.code for head in table(data, "q").rows]
    found = table(data, "m")
    assert [head.code for head in found.rows] == ["a", "b", "no_answer"]
    assert found.percent[:, 0].tolist() == [50, 0, 50]


def test_those_outside_the_banner_are_in_the_total_and_in_the_rest() -> None:
    answers = ["good"] * 40 + ["bad"] * 40 + ["bad"] * 40
    data = frame(
        single("q", answers, SCORES),
        single("sex", ["f"] * 40 + ["m"] * 40 + [None] * 40, SEX),
    )
    found = table(data, "q", "sex")
    assert [head.base for head in found.columns] == [120, 40, 40]
    assert found.percent[cell(found, "good", "total")] == pytest.approx(100 / 3)
    assert found.versus_rest[cell(found, "good", "m")] == -1


def test_a_mean_leaves_out_answers_without_a_score() -> None:
    data = frame(single("q", ["bad", "good", "good", "dk", "", None], SCORES))
    found = table(data, "q", weights=[1, 1, 2, 5, 5, 5])
    at = cell(found, "mean", "total")
    assert found.percent[at] == pytest.approx((1 + 3 + 2 * 3) / 4)
    assert found.base[at] == 3
    assert found.effective_base[at] == pytest.approx(16 / 6)
    assert found.base[0, 0] == 5


def test_a_number_has_a_mean_and_its_error() -> None:
    values = [18.0, 25.0, 40.0, 61.0, np.nan, None]
    found = table(frame(number("age", values)), "age")
    assert [head.code for head in found.rows] == ["no_answer", "mean", "sd"]
    deviation = np.std([18, 25, 40, 61], ddof=1)
    assert found.percent[:, 0].tolist() == pytest.approx([20, 36, deviation])
    # n/(n - 1) over all 6 rows of the sample, as R's svymean on a subset of svydesign(ids = ~1).
    squares = sum((value - 36) ** 2 for value in (18, 25, 40, 61))
    assert found.se[1, 0] == pytest.approx(np.sqrt(6 / 5 * squares) / 4)


def test_large_numbers_keep_their_precision() -> None:
    small = np.random.default_rng(3).normal(0, 1, 200)
    near = table(frame(number("x", small)), "x")
    far = table(frame(number("x", small + 1e9)), "x")
    assert far.se[0, 0] == pytest.approx(near.se[0, 0], rel=1e-6)


def test_a_wild_number_does_not_take_the_precision_of_other_columns() -> None:
    ages = np.random.default_rng(5).integers(18, 90, 400).astype(float)
    sex = single("sex", ["f", "m"] * 200, SEX)
    tame = table(frame(number("age", ages.tolist()), sex), "age", "sex")
    ages[0] = 77_011_234_567  # a telephone number of a woman
    wild = table(frame(number("age", ages.tolist()), sex), "age", "sex")
    at = cell(tame, "mean", "m")
    assert wild.percent[at] == pytest.approx(tame.percent[at], rel=1e-12)
    assert wild.se[at] == pytest.approx(tame.se[at], rel=1e-8)


def test_without_a_design_the_variance_has_n_less_1() -> None:
    found = table(frame(single("q", ["good"] * 30 + ["bad"] * 70, SCORES)), "q")
    assert found.se[cell(found, "good", "total")] == pytest.approx(100 * np.sqrt(0.21 / 99))


def two_groups(first: int, second: int, size: int = 100) -> Frame:
    """Make two columns of equal size with so many "good" in each."""
    answers = ["good"] * first + ["bad"] * (size - first)
    answers += ["good"] * second + ["bad"] * (size - second)
    return frame(single("q", answers, SCORES), single("sex", ["f"] * size + ["m"] * size, SEX))


def test_a_higher_column_has_the_letter_of_the_lower() -> None:
    found = table(two_groups(60, 40), "q", "sex")
    assert [head.letter for head in found.columns] == ["", "A", "B"]
    assert found.letters(*cell(found, "good", "f")) == "B"
    assert found.letters(*cell(found, "good", "m")) == ""
    assert found.letters(*cell(found, "bad", "m")) == "A"
    assert found.letters(*cell(found, "mean", "f")) == "B"
    assert found.versus_rest[cell(found, "good", "f")] == 1
    assert found.versus_rest[cell(found, "good", "m")] == -1
    assert not found.versus_rest[:, 0].any()


def test_columns_that_are_close_have_no_letters() -> None:
    found = table(two_groups(53, 47), "q", "sex")
    assert not found.higher_than.any()
    assert not found.versus_rest.any()


def test_letters_stay_within_their_group() -> None:
    both = two_groups(80, 20)
    banner = both["sex"]
    again = Column(Variable("sex2", "single", Text(), banner.variable.categories), *vars_of(banner))
    data = Frame(both.keys, {**both.columns, "sex2": again})
    found = table(data, "q", "sex", "sex2")
    assert [head.letter for head in found.columns] == ["", "A", "B", "A", "B"]
    higher = found.higher_than[cell(found, "good", "f")[0]]
    assert np.argwhere(higher).tolist() == [[1, 2], [3, 4]]


def vars_of(column: Column) -> tuple[np.ndarray, np.ndarray]:
    """Return a column's values and who was asked."""
    return column.values, column.asked


def test_small_bases_are_marked_and_not_tested() -> None:
    for size, mark in ((29, "**"), (30, "*"), (99, "*"), (100, "")):
        found = table(two_groups(size, 0, size), "q", "sex")
        assert [head.mark for head in found.columns[1:]] == [mark, mark]
        assert found.higher_than.any() == (size >= 30)
        assert found.versus_rest.any() == (size >= 30)
        assert found.se[cell(found, "good", "total")] > 0


def test_the_effective_base_marks_too() -> None:
    weights = [10.0] * 5 + [0.1] * 95 + [0.3] * 100
    found = table(two_groups(100, 0), "q", "sex", weights=weights)
    assert [head.mark for head in found.columns] == ["**", "**", ""]
    assert found.columns[2].effective_base == pytest.approx(100)
    assert not found.higher_than.any()


def test_equal_weights_do_not_fall_short_of_a_threshold_by_rounding() -> None:
    for weight in (0.1, 0.3, 0.7, 1.1):
        found = table(two_groups(30, 0, 30), "q", "sex", weights=[weight] * 60)
        assert [head.mark for head in found.columns[1:]] == ["*", "*"]


def test_a_small_rest_is_not_tested_against() -> None:
    data = frame(
        single("q", ["good"] * 100 + ["bad"] * 29, SCORES),
        single("sex", ["f"] * 100 + ["m"] * 29, SEX),
    )
    assert not table(data, "q", "sex").versus_rest.any()


def test_thresholds_are_settings() -> None:
    limits = Thresholds(hide_below=10, mark_below=20)
    found = table(two_groups(15, 0, 15), "q", "sex", thresholds=limits)
    assert [head.mark for head in found.columns] == ["", "*", "*"]
    assert found.higher_than.any()


def test_a_mean_of_few_scores_is_not_tested() -> None:
    answers = ["good"] * 20 + ["dk"] * 80 + ["bad"] * 100
    data = frame(single("q", answers, SCORES), single("sex", ["f"] * 100 + ["m"] * 100, SEX))
    found = table(data, "q", "sex")
    assert found.letters(*cell(found, "good", "f")) == "B"
    assert found.letters(*cell(found, "mean", "f")) == ""


def test_without_inference_there_are_percentages_and_marks_only() -> None:
    found = table(two_groups(100, 0), "q", "sex", inference="none")
    assert found.percent[cell(found, "good", "f")] == 100
    for array in (found.se, found.low, found.high):
        assert np.isnan(array).all()
    assert not found.higher_than.any()
    assert not found.versus_rest.any()
    assert found.method.code == "none"


def test_one_cluster_tells_nothing_of_its_own_error() -> None:
    clusters = [1] * 50 + [2] * 25 + [3] * 25 + [4] * 50
    answers = ["good", "bad"] * 75
    data = frame(
        single("q", answers, SCORES),
        single("sex", ["f"] * 50 + ["m"] * 100, SEX),
    )
    found = table(data, "q", "sex", clusters=clusters)
    at = cell(found, "good", "f")
    assert found.percent[at] == 50
    assert np.isnan([found.se[at], found.low[at], found.high[at]]).all()
    assert not np.isnan(found.se[cell(found, "good", "total")])


def test_a_column_or_a_rest_within_one_cluster_is_not_tested() -> None:
    # Residuals of a domain add to nothing: within one cluster every variance would be 0.
    answers = ["good", "good", "good", "bad", "bad"] * 20 + ["good", "bad"] * 25
    data = frame(single("q", answers, SCORES), single("sex", ["f"] * 100 + ["m"] * 50, SEX))
    for clusters in ([1] * 100 + [2] * 50, [1] * 50 + [2] * 50 + [3] * 50):
        found = table(data, "q", "sex", clusters=clusters)
        assert found.percent[cell(found, "good", "f")] == 60
        assert not found.higher_than.any()
        assert not found.versus_rest.any()


def test_quotas_met_in_every_cluster_are_not_taken_for_certain_by_any_weight() -> None:
    """Three of ten women in each of 30 points: no variance between them, but for rounding."""
    sex = single("sex", (["f"] * 3 + ["m"] * 7) * 30, SEX)
    clusters = np.repeat(np.arange(30), 10).tolist()
    plain = table(frame(sex), "sex", clusters=clusters)
    assert plain.low[0, 0] < 25 < 35 < plain.high[0, 0]
    for weight in (0.1, 0.7, 1.1, 3.3):
        found = table(frame(sex), "sex", weights=[weight] * 300, clusters=clusters)
        assert found.low[:, 0] == pytest.approx(plain.low[:, 0], rel=1e-8)
        assert found.high[:, 0] == pytest.approx(plain.high[:, 0], rel=1e-8)


def test_an_empty_column_is_empty_not_an_error() -> None:
    data = frame(single("q", ["good", "bad"], SCORES), single("sex", ["f", "f"], SEX))
    found = table(data, "q", "sex")
    at = cell(found, "good", "m")
    assert found.base[at] == 0
    assert np.isnan(found.percent[at])
    assert found.columns[2].mark == "**"


def test_nobody_asked_gives_an_empty_table() -> None:
    data = frame(single("q", [None, None], SCORES), single("sex", ["f", "m"], SEX))
    found = table(data, "q", "sex")
    assert np.isnan(found.percent).all()
    assert np.isnan(found.low).all()


def test_columns_that_share_people_are_compared_with_what_they_share() -> None:
    """Two columns that share most people differ surely where separate samples would not."""
    shared = ["tv net same"] * 360
    answers = ["good"] * 180 + ["bad"] * 180 + ["good"] * 20 + ["bad"] * 20
    data = frame(
        single("q", answers, SCORES),
        multiple("media", shared + ["tv same"] * 20 + ["net"] * 20, ["tv", "net", "same"]),
    )
    for clusters in (None, list(np.arange(400))):
        found = table(data, "q", "media", clusters=clusters)
        assert [head.base for head in found.columns] == [400, 380, 380, 380]
        assert found.letters(*cell(found, "good", "tv")) == "B"
        assert found.letters(*cell(found, "good", "net")) == ""
        assert found.letters(*cell(found, "bad", "net")) == "AC"
    assert not table(two_groups(200, 180, 380), "q", "sex").higher_than.any()


def test_clusters_keep_false_differences_rare() -> None:
    """Where clusters differ and columns do not, about one test in twenty is significant."""
    random = np.random.default_rng(8)
    clusters = np.repeat(np.arange(60), 20)
    sex = single("sex", np.where(np.arange(60)[clusters] % 2, "f", "m").tolist(), SEX)
    columns = [sex]
    for question in range(300):
        lean = np.clip(random.normal(0.5, 0.15, 60), 0, 1)[clusters]
        answers = np.where(random.random(1200) < lean, "good", "bad").tolist()
        columns.append(single(f"q{question}", answers, {"good": None, "bad": None}))
    data = frame(*columns)
    names = [f"q{question}" for question in range(300)]

    def share(design_clusters: np.ndarray | None) -> float:
        design = make_design(1200, clusters=design_clusters)
        tables = tabulate_many(data, names, [("sex", Text())], design=design, inference="design")
        return float(np.mean([found.higher_than.any() for found in tables]))

    assert 0.02 < share(clusters) < 0.08
    assert share(None) > 0.15


def test_more_than_26_columns_have_double_letters() -> None:
    codes = {f"c{place}": None for place in range(28)}
    answers = ["good"] * 28 * 40
    people = [code for code in codes for _ in range(40)]
    answers[-40:] = ["bad"] * 40
    data = frame(single("q", answers, SCORES), single("place", people, codes))
    found = table(data, "q", "place")
    assert [head.letter for head in found.columns[26:]] == ["Z", "AA", "AB"]
    assert found.letters(*cell(found, "good", "c0")) == "AB"
    assert found.letters(*cell(found, "bad", "c27")).startswith("A B C")


@pytest.mark.parametrize(
    ("question", "banner", "code"),
    [
        ("nothing", "sex", "table.no-such-question"),
        ("words", "sex", "table.question-kind"),
        ("q", "nothing", "table.no-such-banner"),
        ("q", "words", "table.banner-kind"),
        ("q", "age", "table.banner-kind"),
    ],
)
def test_what_cannot_be_tabulated_is_named(question: str, banner: str, code: str) -> None:
    words = Column(
        Variable("words", "text", Text()),
        np.array(["a", "b"], dtype=object),
        np.ones(2, dtype=bool),
    )
    data = frame(
        single("q", ["good", "bad"], SCORES),
        single("sex", ["f", "m"], SEX),
        number("age", [20.0, 30.0]),
        words,
    )
    with pytest.raises(UserError) as caught:
        table(data, question, banner)
    (problem,) = caught.value.problems
    assert problem.kind.code == code
    said = problem.what("en") + problem.remedy("en")
    assert "{" not in said
    assert (question if "question" in code else banner) in said


@pytest.mark.parametrize("value", [1e200, -np.inf])
def test_a_number_beyond_computing_is_named_with_its_interview(value: float) -> None:
    data = frame(number("age", [20.0, np.nan, value, value]), single("sex", ["f"] * 4, SEX))
    with pytest.raises(UserError) as caught:
        table(data, "age", "sex")
    (problem,) = caught.value.problems
    assert problem.kind.code == "table.number-too-large"
    said = problem.what("en")
    assert f"such as {value:g}; interviews concerned: 2" in said
    assert f"the key {data.keys[2]})" in said


def test_a_stratum_of_one_cluster_stops_errors_but_not_percentages() -> None:
    data = two_groups(50, 50)
    design = make_design(200, strata=["n"] * 199 + ["s"])
    with pytest.raises(UserError) as caught:
        tabulate(data, "q", [], design=design, inference="model")
    assert caught.value.problems[0].kind.code == "table.single-cluster"
    assert tabulate(data, "q", [], design=design, inference="none").percent[2, 0] == 50


def test_progress_is_reported_for_every_table() -> None:
    told: list[tuple[int, int]] = []
    data = two_groups(50, 50)
    list(
        tabulate_many(
            data,
            ["q", "sex"],
            [],
            design=make_design(200),
            inference="design",
            progress=lambda done, total, what: told.append((done, total)),
        )
    )
    assert told == [(0, 2), (1, 2)]
