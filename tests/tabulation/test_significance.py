"""The gate, the correction for number, two levels, old tables, and what none of them may find."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, chi_square, make_design
from tyndau.study.standards import Comparing, Thresholds
from tyndau.tabulation import Table, tabulate, tabulate_many
from tyndau.tabulation.significance import decide
from tyndau.tabulation.significance.compared import Compared
from tyndau.tabulation.tabulate import comparisons

from ..estimation import samples
from .simulated import CITY, LETTERS, error, letters
from .test_designs import DESIGNS, frame_of

Said = Callable[..., Mapping[str, np.ndarray]]


def single(name: str, values: np.ndarray, count: int) -> Column:
    categories = tuple(Category(str(one + 1), Text(ru=str(one))) for one in range(count))
    asked = np.ones(len(values), dtype=bool)
    return Column(Variable(name, "single", Text(), categories), values.astype(np.int32), asked)


def frame(*columns: Column) -> Frame:
    keys = np.arange(len(columns[0].asked)).astype(str)
    return Frame(keys, {column.variable.name: column for column in columns})


def table(
    data: Frame, question: str, *banners: str, design: Design, comparing: Comparing | None = None
) -> Table:
    named = [(banner, Text()) for banner in banners]
    return tabulate(data, question, named, design=design, inference="design", comparing=comparing)


@pytest.mark.parametrize("name", [name for name in DESIGNS if name != "replicates"])
@pytest.mark.parametrize("seed", [51, 52, 53])
def test_the_gate_of_one_answer_a_person_is_nearly_the_test_of_r(name: str, seed: int) -> None:
    """It stands on shares without a difference where R takes those observed.

    `chi_square` equals R `svychisq(statistic = "F")` (tests/estimation/test_survey.py). The two
    come together in large samples; in these of about 200 people p values lie within 0.06.
    """
    data = samples.two_stages(seed)
    design = DESIGNS[name](data)
    found = table(frame_of(data), "a", "k", "b", design=design)
    for gate, banner in zip(found.gates, ("k", "b"), strict=True):
        theirs = chi_square(design, data["a"], data[banner])
        freedom = theirs.denominator / theirs.numerator
        assert freedom >= 1
        assert gate == pytest.approx(theirs.p_value, abs=0.06)


def test_the_gate_of_rows_without_weights_is_that_of_pearson(said: Said) -> None:
    """A simple random sample: R's F of Rao and Scott is near Pearson's chi-square.

    Reference: R 4.2.2, survey 4.1, ``svychisq``; 0.002 because shares without a difference stand in
    the gate's variance where R takes those observed: of 3,000 people the two are alike.

    R::

        design <- svydesign(~1, data = data, weights = ~one)
        f <- svychisq(~q + b, design)
        said <- list(p = c(f$p.value, chisq.test(table(data$q, data$b), correct = FALSE)$p.value))
    """
    random = np.random.default_rng(9)
    q, b = random.integers(0, 4, 3000), random.integers(0, 5, 3000)
    data = frame(single("q", q, 4), single("b", b, 5))
    found = table(data, "q", "b", design=make_design(3000))
    r = said(data={"q": q, "b": b, "one": np.ones(3000)})
    assert found.gates[0] == pytest.approx(r["p"][0], abs=2e-3)
    assert found.gates[0] == pytest.approx(r["p"][1], abs=5e-3)


def test_behind_a_closed_gate_nothing_is_shown_and_behind_an_open_one_what_is_corrected() -> None:
    """One cell of many lies beyond 5 % by chance: alone it would have a letter."""
    random = np.random.default_rng(4)
    n, shown, bare = 3000, 0, 0
    columns = [single("b", random.integers(0, 8, n), 8)]
    names = [f"q{one}" for one in range(60)]
    columns += [single(name, random.integers(0, 5, n), 5) for name in names]
    data, design = frame(*columns), make_design(n)
    named = [("b", Text())]
    for comparing in (Comparing(), Comparing("quantum")):
        tables = list(
            tabulate_many(
                data, names, named, design=design, inference="design", comparing=comparing
            )
        )
        count = sum(bool(one.higher_than.any() or one.versus_rest.any()) for one in tables)
        shown, bare = (count, bare) if comparing.method == "design" else (shown, count)
    assert shown <= 6  # 5 % of 60 tables, and chance
    assert bare > 50  # 28 pairs and 8 columns by 5 answers: nearly every table


def test_a_real_difference_is_found_in_the_cells_where_it_is() -> None:
    random = np.random.default_rng(5)
    n = 3000
    b = random.integers(0, 4, n)
    q = np.where((b == 2) & (random.random(n) < 0.35), 4, random.integers(0, 5, n))
    found = table(frame(single("q", q, 5), single("b", b, 4)), "q", "b", design=make_design(n))
    assert found.gates[0] < 1e-6
    assert found.letters(4, 3) == "ABD"
    assert found.versus_rest[4, 3] == 1
    assert (found.versus_rest[4, [1, 2, 4]] == -1).all()


def test_a_second_level_has_small_letters() -> None:
    """A difference between 5 and 10 %: no letter at one level, a small one at two."""
    q = np.repeat([1, 0, 1, 0], [232, 168, 207, 193])
    b = np.repeat([0, 1], [400, 400])
    data = frame(single("q", q, 2), single("b", b, 2))
    design = make_design(800)
    one = table(data, "q", "b", design=design)
    two = table(data, "q", "b", design=design, comparing=Comparing(second_level=0.9))
    assert one.letters(1, 1) == ""
    assert two.letters(1, 1) == "b"
    assert two.letters(0, 2) == "a"
    assert not two.higher_than.any()
    surely = table(data, "q", "b", design=design, comparing=Comparing(level=0.9))
    assert surely.letters(1, 1) == "B"


def old_t(first: tuple[float, float], second: tuple[float, float], common: float = 0.0) -> float:
    """The t statistic of old tables for two shares with effective bases, by its formula."""
    (p1, e1), (p2, e2) = first, second
    pooled = (p1 * e1 + p2 * e2) / (e1 + e2)
    size = 1 / e1 + 1 / e2 - 2 * common / (e1 * e2)
    return (p1 - p2) / np.sqrt(pooled * (1 - pooled) * size * (e1 + e2) / (e1 + e2 - 1))


@pytest.mark.parametrize("more", [18, 21, 24, 27, 30, 33])
def test_old_tables_are_matched_where_bases_are_equal(more: int) -> None:
    """Shares of 400 and 300 people, unweighted: letters follow the formula of old tables."""
    q = np.repeat([1, 0, 1, 0], [160 + more, 240 - more, 120, 180])
    b = np.repeat([0, 1], [400, 300])
    data = frame(single("q", q, 2), single("b", b, 2))
    found = table(data, "q", "b", design=make_design(700), comparing=Comparing("quantum"))
    t = old_t(((160 + more) / 400, 400), (120 / 300, 300))
    assert found.letters(1, 1) == ("B" if t > 1.9634 else "")  # qt(0.975, 698)
    assert np.isnan(found.gates).all()


def test_old_tables_know_the_people_whom_two_columns_share() -> None:
    """Two columns that share 300 of 400: what they share cannot differ from itself."""
    n = 500
    members = np.zeros((n, 2), dtype=bool)
    members[:400, 0] = True
    members[100:, 1] = True
    q = np.zeros(n, dtype=int)
    q[:60] = 1
    q[100:250] = 1
    codes = tuple(Category(str(one), Text(ru=str(one))) for one in range(2))
    media = Column(Variable("m", "multiple", Text(), codes), members, np.ones(n, dtype=bool))
    data = frame(single("q", q, 2), media)
    found = table(data, "q", "m", design=make_design(n), comparing=Comparing("quantum"))
    shares = (q[members[:, 0]].mean(), q[members[:, 1]].mean())
    apart = old_t((shares[0], 400), (shares[1], 400))
    together = old_t((shares[0], 400), (shares[1], 400), common=300)
    assert abs(together) > abs(apart)
    assert found.letters(1, 1) == ("B" if together > 1.9647 else "")
    assert together > 1.9647


@pytest.mark.parametrize("icc", [0.0, 0.1])
def test_where_nothing_differs_few_tables_show_a_letter(icc: float) -> None:
    """The short form of the series in `make soak`: 1,000 tables by five banners, 150 points.

    The bound is widened by three standard errors of chance.
    """
    counts = sum(
        (one for batch in range(2) for one in letters(CITY, icc, (11, batch)).values()), Counter()
    )
    assert counts["tables"] == 1000
    shown = 100 * counts["shown"] / counts["tables"]
    assert shown <= LETTERS[1] + 3 * error(LETTERS[1], counts["tables"])


def several(name: str, members: np.ndarray) -> Column:
    categories = tuple(Category(str(one + 1), Text(ru=str(one))) for one in range(members.shape[1]))
    asked = np.ones(len(members), dtype=bool)
    return Column(Variable(name, "multiple", Text(), categories), members, asked)


def test_old_means_share_only_people_who_have_a_number() -> None:
    """Half have no number: as the same table of the other half alone."""
    random = np.random.default_rng(24)
    members = random.random((600, 3)) < 0.6
    given = np.arange(600) % 2 == 0
    values = np.where(given, random.normal(0.4 * members[:, 0], 1), np.nan)

    def means(some: np.ndarray) -> list[str]:
        asked = np.ones(int(some.sum()), dtype=bool)
        number = Column(Variable("n", "number", Text(), ()), values[some], asked)
        data = frame(number, several("m", members[some]))
        old = Comparing(method="quantum")
        found = table(data, "n", "m", design=make_design(len(data)), comparing=old)
        at = [head.kind for head in found.rows].index("mean")
        return [found.letters(at, column) for column in (1, 2, 3)]

    assert means(given) == ["B", "", ""]
    assert means(np.ones(600, dtype=bool)) == means(given)


def test_small_columns_that_share_people_are_known_to_overlap() -> None:
    """Two brands of 12 %, nine in ten of their people the same: clusters of one as rows."""
    random = np.random.default_rng(3)
    first = np.flatnonzero(random.random(600) < 0.12)
    members = np.zeros((600, 2), dtype=bool)
    members[first, 0] = members[first[7:], 1] = True
    answer = np.zeros(600)
    answer[first[:6]] = 1
    data = frame(single("a", answer, 2), several("m", members))
    found = []
    for clusters in (None, np.arange(600)):
        design = make_design(600, clusters=clusters)
        banners = [("m", Text())]
        tests, layout = comparisons(data, "a", banners, design=design, thresholds=Thresholds())
        found.append(tests.pairs(layout.spans).statistic[1, 0])
    assert found[0] > 2.4
    assert found[1] == pytest.approx(found[0], rel=1e-9)


class Given:
    """Comparisons of three columns and one row by their t, of infinitely many clusters."""

    def __init__(self, rest: list[float], pairs: list[float]) -> None:
        self._t = {"rest": np.array([0.0, *rest])[:, None], "pairs": np.array([pairs])}

    def _compared(self, kind: str) -> Compared:
        t = self._t[kind]
        return Compared(t, np.ones_like(t), np.full_like(t, 1e9), np.full(t.shape, True))

    def rest(self) -> Compared:
        return self._compared("rest")

    def pairs(self, spans: Sequence[slice]) -> Compared:
        return self._compared("pairs")


@pytest.mark.parametrize(("gate", "shown"), [(0.01, True), (0.2, False), (np.nan, False)])
def test_without_a_gate_both_kinds_of_comparison_are_one_family(gate: float, shown: bool) -> None:
    """p = 0.01 in one of six comparisons: less than 0.05/3, more than 0.05/6.

    In 3,000 tables of several answers by four columns, samples of rows without a difference, 4.0 %
    show a mark; as two families 6.8 %.
    """
    tests = Given([2.576, -0.1, 0.1], [0.3, 0.2, 0.1])
    found = decide(tests, [slice(1, 4)], [0], levels=[0.95], gates=np.array([gate]))
    assert bool(found.versus_rest[1, 0]) is shown
    assert not found.higher_than.any()
