"""What the engine counts, against counting row by row."""

import numpy as np
import pytest

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, make_design
from tyndau.tabulation import ArrayEngine
from tyndau.tabulation.engines.compiled import CompiledEngine
from tyndau.tabulation.engines.memory import MemoryEngine

ROWS = 300
ENGINES = (ArrayEngine, CompiledEngine)


def made(kind: str, count: int, random: np.random.Generator, *, asked: float = 1.0) -> Column:
    """Make a column of random answers, some empty."""
    categories = tuple(Category(str(number), Text(ru=str(number))) for number in range(count))
    if kind == "single":
        values = random.integers(-1, count, ROWS).astype(np.int32)
    elif kind == "multiple":
        values = random.random((ROWS, count)) < 0.4
    else:
        values = np.where(random.random(ROWS) < 0.9, random.normal(50, 9, ROWS).round(1), np.nan)
    return Column(Variable(kind, kind, Text(), categories), values, random.random(ROWS) < asked)


@pytest.fixture(scope="module")
def frame() -> Frame:
    random = np.random.default_rng(1)
    columns = {
        "scale": made("single", 4, random, asked=0.8),
        "many": made("multiple", 3, random, asked=0.7),
        "number": made("number", 0, random, asked=0.9),
        "area": made("single", 3, random),
        "media": made("multiple", 2, random, asked=0.9),
    }
    return Frame(np.arange(ROWS).astype(str), columns)


def designs() -> dict[str, Design]:
    random = np.random.default_rng(2)
    weights = random.random(ROWS) * (random.random(ROWS) < 0.9)
    cluster = random.integers(0, 20, ROWS)
    return {
        "plain": make_design(ROWS),
        "weights": make_design(ROWS, weights=weights),
        "strata": make_design(ROWS, weights=weights, strata=cluster // 5),
        "clusters": make_design(ROWS, weights=weights, strata=cluster // 5, clusters=cluster),
    }


def slots(column: Column) -> np.ndarray:
    """Return what each row puts into each slot."""
    values, asked = column.values, column.asked
    if column.variable.kind == "single":
        answers = values[:, None] == np.arange(len(column.variable.categories))
    elif column.variable.kind == "multiple":
        answers = values
    else:
        away = values - np.median(values[asked & ~np.isnan(values)])
        answers = np.nan_to_num(np.column_stack([~np.isnan(values), away, away**2]))
    empty = ~column.answered
    return np.column_stack([answers, empty, np.ones(len(values))]) * asked[:, None]


def members(frame: Frame, names: list[str]) -> np.ndarray:
    """Return which rows stand in which column, the total first."""
    inside = [np.ones((len(frame), 1), dtype=bool)]
    for name in names:
        column = frame[name]
        values = column.values
        if column.variable.kind == "single":
            values = values[:, None] == np.arange(len(column.variable.categories))
        inside.append(values & column.asked[:, None])
    return np.hstack(inside)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("design_name", designs())
@pytest.mark.parametrize("question", ["scale", "many", "number", "area", "media"])
def test_sums_are_those_of_the_rows(
    frame: Frame, question: str, design_name: str, engine: type[MemoryEngine]
) -> None:
    design = designs()[design_name]
    banners = ["area", "media"]
    found = engine(frame, banners, design).statistics(question)
    put, inside = slots(frame[question]), members(frame, banners)
    weights = design.weights
    cell = np.eye(design.cell_count)[design.cell]

    def by_cell(factor: np.ndarray) -> np.ndarray:
        return np.einsum("ng,nc,ns,n->gcs", cell, inside, put, factor)

    np.testing.assert_allclose(found.moments.sums, by_cell(weights), atol=1e-9)
    ones = np.ones(ROWS)
    np.testing.assert_allclose(found.counts, by_cell(ones).sum(axis=0), atol=1e-9)
    np.testing.assert_allclose(found.squares, by_cell(weights**2).sum(axis=0), atol=1e-9)
    if design.clustered:
        assert found.moments.squares is None
        return
    np.testing.assert_allclose(found.moments.squares, by_cell(weights**2), atol=1e-9)
    np.testing.assert_allclose(found.moments.present, by_cell(1.0 * (weights > 0)), atol=1e-9)
    media = inside[:, 4:]
    shared = np.einsum("ng,na,nb,ns,n->gabs", cell, media, media, put, weights**2)
    np.testing.assert_allclose(found.moments.shared[4].squares, shared, atol=1e-9)
    shared = np.einsum("ng,na,nb,ns,n->gabs", cell, media, media, put, 1.0 * (weights > 0))
    np.testing.assert_allclose(found.moments.shared[4].present, shared, atol=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_design_of_other_rows_is_a_fault_of_the_caller(
    frame: Frame, engine: type[MemoryEngine]
) -> None:
    with pytest.raises(ValueError, match="3 rows"):
        engine(frame, [], make_design(3))
