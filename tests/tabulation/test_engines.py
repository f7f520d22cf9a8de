"""Engines beside each other: same sums, whatever the frame, and tables with nobody to count."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, make_design
from tyndau.tabulation import ArrayEngine, Statistics, Table, make_engine, tabulate
from tyndau.tabulation.engines import choose
from tyndau.tabulation.engines.compiled import CompiledEngine, compiled
from tyndau.tabulation.engines.memory import PIECE

ROOT = Path(__file__).parents[2]
ENGINES = (ArrayEngine, CompiledEngine)


def single(values: np.ndarray, count: int, *, asked: np.ndarray | None = None) -> Column:
    categories = tuple(Category(str(code), Text(), score=float(code)) for code in range(count))
    asked = np.ones(len(values), dtype=bool) if asked is None else asked
    return Column(Variable("q", "single", Text(), categories), values, asked)


def made(**columns: Column) -> Frame:
    rows = len(next(iter(columns.values())).asked)
    return Frame(np.arange(rows).astype(str), columns)


def large() -> tuple[Frame, Design]:
    """Make a frame of several pieces, whose last is short, of all kinds of questions."""
    random = np.random.default_rng(4)
    rows = 2 * PIECE + 777
    asked = random.random(rows) < 0.9
    letters = tuple(Category(letter, Text()) for letter in "abc")
    frame = made(
        q=single(random.integers(-1, 4, rows).astype(np.int32), 4, asked=asked),
        m=Column(Variable("m", "multiple", Text(), letters), random.random((rows, 3)) < 0.4, asked),
        x=Column(Variable("x", "number", Text()), random.normal(40, 9, rows), asked),
        b=single(random.integers(-1, 3, rows).astype(np.int32), 3),
    )
    weights = random.random(rows) * (random.random(rows) < 0.95)
    cluster = random.integers(0, 40, rows)
    return frame, make_design(rows, weights=weights, strata=cluster // 8, clusters=cluster)


def arrays(found: Statistics) -> list[np.ndarray]:
    moments = found.moments
    shared = [array for one in moments.shared.values() for array in (one.squares, one.present)]
    kept = [moments.sums, moments.squares, moments.present, *shared, found.counts, found.squares]
    return [array for array in kept if array is not None]


@pytest.mark.parametrize("clustered", [True, False])
@pytest.mark.parametrize("question", ["q", "m", "x", "b"])
def test_both_engines_count_the_same(question: str, clustered: bool) -> None:
    frame, design = large()
    if not clustered:
        design = make_design(len(frame), weights=design.weights, strata=design.stratum)
    by_numpy, by_numba = (
        arrays(engine(frame, ["b", "m"], design).statistics(question)) for engine in ENGINES
    )
    assert len(by_numpy) == len(by_numba) == (3 if clustered else 7)
    for one, other in zip(by_numpy, by_numba, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-9)
    assert by_numpy[-2][0, -1] == frame[question].asked.sum()


def test_sums_of_the_compiled_engine_do_not_depend_on_processors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame, design = large()
    sums = []
    for processors in (1, 2, 7):
        monkeypatch.setattr(os, "cpu_count", lambda count=processors: count)
        sums.append(CompiledEngine(frame, ["b", "m"], design).statistics("x").moments.sums)
    assert (sums[0] == sums[1]).all()
    assert (sums[0] == sums[2]).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_that_holds_a_whole_cluster_leaves_exactly_nothing_of_it(engine: Any) -> None:
    """Degrees of freedom of the rest count clusters in which something is left."""
    random = np.random.default_rng(5)
    rows = 3 * PIECE
    cluster = random.integers(0, 6, rows)
    frame = made(q=single(random.integers(0, 5, rows), 5), b=single((cluster < 2).astype(int), 2))
    design = make_design(rows, weights=random.random(rows), clusters=cluster)
    rest = engine(frame, ["b"], design).statistics("q").moments.rest().sums
    assert (rest[:2, 2] == 0).all()
    assert (rest[2:, 1] == 0).all()
    assert (rest[2:, 2, -1] > 0).all()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("kind", "count"),
    [(np.int8, 127), (np.int8, 128), (np.uint8, 200), (np.int16, 128), (np.int64, 300)],
)
def test_categories_are_counted_whatever_integers_hold_them(
    engine: Any, kind: type[np.integer[Any]], count: int
) -> None:
    codes = np.repeat(np.arange(count), 2)
    asked = np.arange(len(codes)) != 0
    question, plain = single(codes.astype(kind), count, asked=asked), single(codes % 2, 2)
    frame = made(q=question, b=question, p=plain)
    expected = np.where(np.arange(count) == 0, 1, 2)
    by_plain = engine(frame, ["p"], make_design(len(frame))).statistics("q").counts
    assert by_plain[0].tolist() == [*expected, 0, len(codes) - 1]
    by_itself = engine(frame, ["b"], make_design(len(frame))).statistics("q").counts
    assert (by_itself[1:, :count] == np.diag(expected)).all()


def test_a_table_of_nobody_has_rows_and_columns_and_no_figures() -> None:
    frame = made(q=single(np.zeros(0, dtype=np.int32), 2), b=single(np.zeros(0, dtype=int), 3))
    found = tabulate(frame, "q", [("b", Text())], design=make_design(0), inference="design")
    assert [row.code for row in found.rows] == ["0", "1", "mean", "sd"]
    assert np.isnan([found.percent, found.se, found.low, found.high]).all()
    assert {head.base for head in found.columns} == {0}
    assert not found.versus_rest.any()
    assert not found.higher_than.any()


def test_a_table_of_one_person_has_percentages_where_no_errors_are_asked_for() -> None:
    frame = made(q=single(np.array([1]), 2), b=single(np.array([0]), 2))
    found = tabulate(frame, "q", [("b", Text())], design=make_design(1), inference="none")
    assert found.percent[:2, :2].tolist() == [[0, 0], [100, 100]]
    assert np.isnan(found.percent[:, 2]).all()


@pytest.mark.parametrize("clustered", [True, False])
def test_a_column_without_weight_says_nothing(clustered: bool) -> None:
    random = np.random.default_rng(6)
    group = random.integers(0, 2, 200)
    frame = made(q=single(random.integers(0, 2, 200), 2), b=single(group, 2))
    cluster = np.arange(200) // 10 if clustered else None
    design = make_design(200, weights=np.where(group == 1, 0.0, 1.5), clusters=cluster)
    found = tabulate(frame, "q", [("b", Text())], design=design, inference="design")
    np.testing.assert_allclose(found.percent[:, 0], found.percent[:, 1])
    assert np.isnan([found.percent[:, 2], found.se[:, 2], found.low[:, 2]]).all()
    assert (found.columns[2].base, found.columns[2].weighted_base) == ((group == 1).sum(), 0)
    assert found.columns[2].mark == "**"
    assert not found.versus_rest.any()
    assert not found.higher_than.any()


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_a_question_without_categories_has_those_who_gave_no_answer(kind: Any) -> None:
    values = np.full(50, -1) if kind == "single" else np.zeros((50, 0), dtype=bool)
    everybody = np.ones(50, dtype=bool)
    question = Column(Variable("q", kind, Text()), values, everybody)
    frame = made(q=question, b=single(np.arange(50) % 2, 2), e=question)
    found = tabulate(frame, "q", [("b", Text())], design=make_design(50), inference="design")
    assert [row.code for row in found.rows] == ["no_answer"]
    assert (found.percent == 100).all()
    by_nothing: Table = tabulate(
        frame, "b", [("e", Text())], design=make_design(50), inference="design"
    )
    assert [head.code for head in by_nothing.columns] == ["total"]


def test_many_rows_are_counted_by_compiled_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    frame, design = large()
    assert isinstance(make_engine(frame, ["b"], design), ArrayEngine)
    monkeypatch.setattr(choose, "COMPILED_FROM", len(frame))
    assert isinstance(make_engine(frame, ["b"], design), CompiledEngine)


def test_without_numba_many_rows_are_counted_by_numpy() -> None:
    program = """
import sys
sys.modules["numba"] = None  # as if it were not installed
import numpy as np
from tyndau.base.frames import Frame
from tyndau.estimation import make_design
from tyndau.tabulation import make_engine
from tyndau.tabulation.engines.choose import COMPILED_FROM
frame = Frame(np.zeros(COMPILED_FROM, dtype="U1"), {})
print(type(make_engine(frame, [], make_design(COMPILED_FROM))).__name__)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("ArrayEngine\n", "")


def test_loops_are_compiled_where_nothing_can_be_kept_on_disk() -> None:
    """A function without a file beside which the result could be kept."""
    room: dict[str, Any] = {}
    exec("def double(values):\n    values *= 2", room)
    values = np.ones(3)
    compiled(room["double"])(values)
    assert values.tolist() == [2, 2, 2]
