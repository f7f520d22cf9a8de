"""Random linked tables: simulated people, questions by several banners, routing, groups, weights.

On demand they have what is less plain as well: nets, nested columns, tables that are limited
to some, columns that overlap, answers in the order of their frequency. Nothing here is a survey:
answers, traits and weights come from a generator with a given seed.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tyndau.base.frames import Category, Column, Frame, Net, Variable
from tyndau.base.languages import Text
from tyndau.disclosure import Hidden, People, Rules, hide
from tyndau.estimation import make_design
from tyndau.questionnaire.expression import parse
from tyndau.study.model import Filter
from tyndau.study.standards import Thresholds
from tyndau.tabulation import Table, tabulate

LIMITS = Thresholds(hide_below=20, people_below=6)


class Plan(NamedTuple):
    """What is tabulated of random people."""

    frame: Frame
    tables: list[tuple[str, Sequence[str], Filter | None]]
    weighted: bool


class _Made:
    """Makes variables of people."""

    def __init__(self, random: np.random.Generator, most: int) -> None:
        self.random = random
        self.count = int(random.integers(40, most))
        self.everybody = np.ones(self.count, dtype=bool)
        self.columns: dict[str, Column] = {}

    def single(
        self, name: str, size: int, asked: np.ndarray | None = None, scores: bool = False
    ) -> None:
        random = self.random
        shares = random.dirichlet(np.full(size, 0.8))
        values = random.choice(size, self.count, p=shares).astype(np.int32)
        values[random.random(self.count) < random.choice([0, 0.03])] = -1
        asked = self.everybody if asked is None else asked
        values = np.where(asked, values, -1).astype(np.int32)
        self.add(name, "single", values, size, asked, scores)

    def several(self, name: str, size: int) -> None:
        chances = self.random.uniform(0.02, 0.7, size)
        chosen = self.random.random((self.count, size)) < chances
        self.add(name, "multiple", chosen, size, self.everybody)

    def add(
        self, name: str, kind: str, values: np.ndarray, size: int, asked: np.ndarray,
        scores: bool = False,
    ) -> None:  # fmt: skip
        categories = tuple(
            Category(f"c{at}", Text(ru=f"{at}"), score=float(at) if scores and at else None)
            for at in range(size)
        )
        variable = Variable(name, kind, Text(ru=name), categories)  # type: ignore[arg-type]
        self.columns[name] = Column(variable, values, asked)

    def net(self, name: str) -> None:
        """Add nets of the first answers, of the last, and of all that overlap both."""
        column = self.columns[name]
        codes = column.variable.codes
        some = {"first": codes[:2], "last": codes[-2:], "most": codes[:-1]}
        nets = tuple(Net(code, Text(ru=code), held) for code, held in some.items())
        variable = replace(column.variable, nets=nets, descending=bool(self.random.random() < 0.5))
        self.columns[name] = replace(column, variable=variable)


def _people(seed: int, shapes: bool) -> tuple[_Made, list[str], bool]:
    made = _Made(np.random.default_rng(seed), 250 if shapes else 400)
    random = made.random
    banners = [f"b{at}" for at in range(1 if shapes else int(random.integers(1, 3)))]
    for name in banners:
        made.single(name, int(random.integers(2, 4 if shapes else 6)))
    first = made.columns["b0"]
    if random.random() < 0.4 and len(first.variable.categories) > 2:
        grouped = np.where(first.values > 0, 1, first.values).astype(np.int32)  # groups b0
        made.add("grouped", "single", grouped, 2, made.everybody)
        banners.append("grouped")
    made.single("q0", int(random.integers(2, 5 if shapes else 7)))
    made.single("q1", int(random.integers(3, 5 if shapes else 6)), scores=True)
    made.single("routed", int(random.integers(2, 5)), asked=made.columns["q0"].values == 0)
    knew = made.columns["routed"].asked & (made.columns["routed"].values != 1)
    made.single("again", 2, asked=knew)
    made.several("several", int(random.integers(3, 5)))
    numbers = np.round(random.gamma(2, 10, made.count))
    made.columns["number"] = Column(Variable("number", "number", Text()), numbers, made.everybody)
    weighted = bool(random.random() < 0.3)
    weights = np.exp(random.normal(0, 0.4, made.count)) if weighted else np.ones(made.count)
    made.columns["w"] = Column(Variable("w", "number", Text()), weights, made.everybody)
    return made, banners, weighted


def random_plan(seed: int, shapes: bool) -> Plan:
    """Make people with traits and answers, and say what is tabulated of them."""
    made, banners, weighted = _people(seed, shapes)
    random = made.random
    some = random.permutation(["q1", "routed", "several", "number"])[: 1 if shapes else 2]
    questions = ["q0", *map(str, some)]
    if "routed" in questions:
        questions.append("again")
    if shapes:
        for name in ("q0", "q1", "several"):
            made.net(name)
        made.single("trait", 2)
        made.several("overlap", 2)
        banners.append(str(random.choice(["b0*trait", "trait*b0", "trait*overlap", "overlap*b0"])))
        banners.append(str(random.choice(["overlap", "trait", "b0"])))
    banners = list(dict.fromkeys(banners))
    plan: list[tuple[str, Sequence[str], Filter | None]] = [
        (question, [banner], None) for question in questions for banner in banners
    ]
    plan.append(("b0", [], None))
    plan.append(("q0", banners, None))  # side by side in one table, too
    if shapes:
        # An outer variable as a group of its own, too.
        conditions = [
            "${q1} = 'c1'", "${b0} != 'c0'", "selected(${overlap}, 'c0')",
            "${number} < 30", "${number} < 20", "${trait} = 'c0' or ${number} > 40",
        ]  # fmt: skip
        for condition in random.permutation(conditions)[: int(random.integers(1, 3))]:
            some_of = Filter(parse(str(condition)), Text(ru=str(condition)))
            by = [one for one in ("b0", "trait") if random.random() < 0.7]
            plan.append((questions[0], by, some_of))
            if "${q1}" not in condition and random.random() < 0.5:
                plan.append((questions[1], by, some_of))
    return Plan(Frame(np.arange(made.count).astype(str), made.columns), plan, weighted)


def random_tables(seed: int, shapes: bool = False) -> tuple[list[Table], People, bool]:
    """Tabulate random people; return tables, people, and whether readers see exact numbers."""
    frame, plan, weighted = random_plan(seed, shapes)
    weights = frame["w"].values if weighted else None
    design = make_design(len(frame), weights=weights)
    tables = [
        tabulate(
            frame, question, [(name, Text()) for name in by],
            design=design, inference="none" if shapes else "design", thresholds=LIMITS, among=among,
        )
        for question, by, among in plan
    ]  # fmt: skip
    return tables, People.of(frame, weights), seed % 2 == 0


def protected(seed: int, shapes: bool = False) -> Hidden:
    """Hide what must be hidden of random linked tables."""
    tables, people, exact = random_tables(seed, shapes)
    return hide(tables, people, Rules(LIMITS), exact=exact)
