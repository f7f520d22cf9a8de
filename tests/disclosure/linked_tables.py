"""Random linked tables: simulated people, questions by several banners, routing, groups, weights.

Nothing here is a survey: answers, traits and weights come from a generator with a given seed.
"""

from collections.abc import Sequence

import numpy as np

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.disclosure import Hidden, People, Rules, hide
from tyndau.estimation import make_design
from tyndau.study.model import Thresholds
from tyndau.tabulation import Table, tabulate

LIMITS = Thresholds(hide_below=20, people_below=6)


def random_people(seed: int) -> tuple[Frame, tuple[str, ...], tuple[str, ...], bool]:
    """Make people with traits and answers; return them, banners, questions, whether weighted."""
    random = np.random.default_rng(seed)
    count = int(random.integers(40, 400))
    columns: dict[str, Column] = {}
    everybody = np.ones(count, dtype=bool)

    def single(name: str, size: int, asked: np.ndarray = everybody, scores: bool = False) -> None:
        shares = random.dirichlet(np.full(size, 0.8))
        values = random.choice(size, count, p=shares).astype(np.int32)
        values[random.random(count) < random.choice([0, 0.03])] = -1
        values = np.where(asked, values, -1).astype(np.int32)
        add(name, "single", values, size, asked, scores)

    def add(
        name: str, kind: str, values: np.ndarray, size: int, asked: np.ndarray, scores: bool = False
    ) -> None:
        categories = tuple(
            Category(f"c{at}", Text(ru=f"{at}"), score=float(at) if scores and at else None)
            for at in range(size)
        )
        variable = Variable(name, kind, Text(ru=name), categories)  # type: ignore[arg-type]
        columns[name] = Column(variable, values, asked)

    banners = [f"b{at}" for at in range(int(random.integers(1, 3)))]
    for name in banners:
        single(name, int(random.integers(2, 6)))
    if random.random() < 0.4 and len(columns["b0"].variable.categories) > 2:
        values = columns["b0"].values
        grouped = np.where(values > 0, 1, values).astype(np.int32)  # groups categories of b0
        add("grouped", "single", grouped, 2, everybody)
        banners.append("grouped")
    single("q0", int(random.integers(2, 7)))
    single("q1", int(random.integers(3, 6)), scores=True)
    single("routed", int(random.integers(2, 5)), asked=columns["q0"].values == 0)
    size = int(random.integers(2, 5))
    chosen = random.random((count, size)) < random.uniform(0.02, 0.7, size)
    add("several", "multiple", chosen, size, everybody)
    numbers = np.round(random.gamma(2, 10, count))
    columns["number"] = Column(Variable("number", "number", Text()), numbers, everybody)
    weighted = bool(random.random() < 0.3)
    weights = np.exp(random.normal(0, 0.4, count)) if weighted else np.ones(count)
    columns["w"] = Column(Variable("w", "number", Text()), weights, everybody)
    frame = Frame(np.arange(count).astype(str), columns)
    some = random.permutation(["q1", "routed", "several", "number"])[:2]
    return frame, tuple(banners), ("q0", *map(str, some)), weighted


def random_tables(seed: int) -> tuple[list[Table], People, bool]:
    """Tabulate random people; return tables, people, and whether readers see exact numbers."""
    frame, banners, questions, weighted = random_people(seed)
    weights = frame["w"].values if weighted else None
    design = make_design(len(frame), weights=weights)
    plan: list[tuple[str, Sequence[str]]] = [
        (question, [banner]) for question in questions for banner in banners
    ]
    plan.append(("b0", []))
    plan.append(("q0", banners))  # side by side in one table, too
    tables = [
        tabulate(
            frame, question, [(name, Text()) for name in by],
            design=design, inference="design", thresholds=LIMITS,
        )
        for question, by in plan
    ]  # fmt: skip
    exact = seed % 2 == 0
    return tables, People.of(frame, weights), exact


def protected(seed: int) -> Hidden:
    """Hide what must be hidden of random linked tables."""
    tables, people, exact = random_tables(seed)
    return hide(tables, people, Rules(LIMITS), exact=exact)
