"""Simulated surveys in which the truth is known: do intervals hold it, do letters stay away?

Points hold 10 to 20 interviews, each number as likely as another; weights are exp of a normal
number with standard deviation 0.4 (they cost a sixth of the sample) and know nothing of answers.
Each point has shares of its own for the answers of a question, drawn from the beta distribution or,
for several answers, from that of Dirichlet, whose mean is the truth: so every answer, and the mean
of a scale, has exactly the intraclass correlation asked for. Tables are the product's own, from
rows to limits and letters. Nothing here is a survey.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from tyndau.base.frames import Category, Column, Frame, Variable
from tyndau.base.languages import Text
from tyndau.estimation import Design, logit_interval, make_design
from tyndau.tabulation import Table, tabulate, tabulate_many

# Bounds, percent: samples in which an interval holds the truth (logit: of shares of 10 % and more),
# and tables that show a letter or an arrow where nothing differs.
KORN_GRAUBARD = (94.0, 100.0)
LOGIT = (93.0, 97.0)
LETTERS = (0.0, 6.0)

# Samples made at once: they share points and weights, not answers.
SAMPLES = 100
# Questions of each kind made at once: they share points, weights and columns.
QUESTIONS = 20

# Shares of answers where nothing differs.
SHARES = {
    "2 answers": (0.3, 0.7),
    "5 answers": (0.1, 0.2, 0.3, 0.25, 0.15),
    "8 answers": (0.30, 0.22, 0.16, 0.12, 0.08, 0.06, 0.04, 0.02),
    "scale": (0.1, 0.2, 0.3, 0.25, 0.15),
}
SEVERAL = (0.45, 0.35, 0.28, 0.2, 0.15, 0.1, 0.05, 0.02)
KINDS = (*SHARES, "several")
# Correlation of two answers of one person to a question with several answers, on a normal scale.
TALKATIVE = 0.3

# Numbers of columns that people fall in by chance, the last twice as often as the first.
BY_CHANCE = (2, 5, 8)


@dataclass(frozen=True)
class Survey:
    """A design, and columns that are made of whole points.

    Attributes
    ----------
    name : str
        What it is called.
    strata, points : int
        Strata, and points in each of them.
    domains : tuple of int
        Territories whose intervals are looked at: the first so many points.
    territories : tuple of (str, tuple of int)
        Banners whose columns are whole points: how many points each column has. The ten territories
        of the stratified city are its strata.
    """

    name: str
    strata: int
    points: int
    domains: tuple[int, ...] = ()
    territories: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def all_points(self) -> int:
        """How many points there are."""
        return self.strata * self.points

    def drawn(self, random: np.random.Generator) -> tuple[np.ndarray, Design]:
        """Draw interviews; return the point of each, and the design."""
        sizes = random.integers(10, 21, self.all_points)
        point = np.repeat(np.arange(self.all_points), sizes)
        weights = np.round(np.exp(random.normal(0, 0.4, len(point))), 3)
        strata = point // self.points
        return point, make_design(len(point), weights=weights, strata=strata, clusters=point)


_TERRITORIES = (("10 territories", (15,) * 10), ("8 points, the rest", (8, 142)))
CITY = Survey("150 points", 10, 15, domains=(14, 8), territories=_TERRITORIES)
UNSTRATIFIED = Survey("150 points without strata", 1, 150, territories=_TERRITORIES)
FOURTEEN = Survey("14 points", 1, 14, territories=(("7 points, the rest", (7, 7)),))
EIGHT = Survey("8 points", 1, 8)


def error(percent: float, of: int) -> float:
    """Return the standard error of a percentage of independent cases, in points."""
    return float(np.sqrt(percent * (100 - percent) / of))


def column(name: str, kind: str, values: np.ndarray, count: int, *, scores: bool = False) -> Column:
    """Make a column that everybody was asked for."""
    categories = tuple(
        Category(str(one), Text(ru=str(one)), score=float(one) if scores else None)
        for one in range(1, count + 1)
    )
    variable = Variable(name, kind, Text(ru=name), categories)  # type: ignore[arg-type]
    return Column(variable, values, np.ones(len(values), dtype=bool))


def frame(columns: Sequence[Column]) -> Frame:
    """Make a frame of columns."""
    keys = np.arange(len(columns[0].asked)).astype(str)
    return Frame(keys, {one.variable.name: one for one in columns})


def intervals(survey: Survey, share: float, icc: float, seed: Sequence[int]) -> dict[str, Counter]:
    """Count in how many of `SAMPLES` samples the 95 % intervals hold the true share.

    Returns by territory the numbers of samples, of those held by each interval, and of those in
    which nobody or everybody gave the answer, so that there is no logit interval.
    """
    random = np.random.default_rng(seed)
    point, design = survey.drawn(random)
    columns = [
        column(f"first {size}", "single", np.where(point < size, 0, -1), 1)
        for size in survey.domains
    ]
    own = np.full((survey.all_points, SAMPLES), share)
    if icc:
        own = random.beta(share * (1 / icc - 1), (1 - share) * (1 / icc - 1), own.shape)
    given = random.random((len(point), SAMPLES)) < own[point]
    columns.append(column("answers", "multiple", given, SAMPLES))
    banner = [(f"first {size}", Text()) for size in survey.domains]
    table = tabulate(frame(columns), "answers", banner, design=design, inference="design")
    # Rows beyond these are people who gave no answer in any of the samples.
    value, variance = table.percent[:SAMPLES] / 100, (table.se[:SAMPLES] / 100) ** 2
    low, high = logit_interval(value, variance, degrees=table.degrees[:SAMPLES], level=0.95)
    logit = (low <= share) & (share <= high)
    korn_graubard = (table.low[:SAMPLES] <= 100 * share) & (100 * share <= table.high[:SAMPLES])
    names = [survey.name, *(f"{size} of {survey.name}" for size in survey.domains)]
    return {
        name: Counter(
            samples=SAMPLES,
            korn_graubard=int(korn_graubard[:, at].sum()),
            logit=int(logit[:, at].sum()),
            no_logit=int(np.isnan(low[:, at]).sum()),
        )
        for at, name in enumerate(names)
    }


def letters(survey: Survey, icc: float, seed: Sequence[int]) -> dict[tuple[str, str], Counter]:
    """Count tables that show a letter or an arrow, though all columns have the same shares.

    Returns by banner and kind of question the numbers of tables, and of those that show one.
    """
    random = np.random.default_rng(seed)
    point, design = survey.drawn(random)
    banners = list(_banners(random, survey, point))
    questions = list(_questions(random, survey.all_points, point, icc))
    tables = tabulate_many(
        frame([*banners, *questions]),
        [one.variable.name for one in questions],
        [(one.variable.name, Text()) for one in banners],
        design=design,
        inference="design",
    )
    found: dict[tuple[str, str], Counter] = {}
    for number, table in enumerate(tables):
        for group, shown in enumerate(_shown(table)):
            key = (table.groups[group].name, KINDS[number // QUESTIONS])
            found.setdefault(key, Counter()).update(tables=1, shown=int(shown))
    return found


def _banners(random: np.random.Generator, survey: Survey, point: np.ndarray) -> Iterator[Column]:
    for count in BY_CHANCE:
        bounds = np.cumsum(np.linspace(1, 2, count))
        values = np.searchsorted(bounds / bounds[-1], random.random(len(point)))
        yield column(f"{count} columns", "single", values, count)
    for name, sizes in survey.territories:
        values = np.searchsorted(np.cumsum(sizes), point, side="right")
        yield column(name, "single", values, len(sizes))


def _questions(
    random: np.random.Generator, points: int, point: np.ndarray, icc: float
) -> Iterator[Column]:
    n = len(point)
    for kind, given in SHARES.items():
        shares = np.array(given)
        for number in range(QUESTIONS):
            own = np.tile(shares, (points, 1))
            if icc:
                own = random.dirichlet(shares * (1 / icc - 1), points)
            bounds = np.cumsum(own, axis=1)[:, :-1]
            values = (random.random(n)[:, None] > bounds[point]).sum(axis=1)
            scores = kind == "scale"
            yield column(f"{kind} {number}", "single", values, len(shares), scores=scores)
    shares = np.array(SEVERAL)
    for number in range(QUESTIONS):
        own = np.tile(shares, (points, 1))
        if icc:
            own = random.beta(shares * (1 / icc - 1), (1 - shares) * (1 / icc - 1), own.shape)
        common = np.sqrt(TALKATIVE) * random.normal(size=(n, 1))
        apart = np.sqrt(1 - TALKATIVE) * random.normal(size=(n, len(shares)))
        values = ndtr(common + apart) < own[point]
        yield column(f"several {number}", "multiple", values, len(shares))


def _shown(table: Table) -> Iterator[bool]:
    """Tell of each group of columns whether one of its cells has a letter or an arrow."""
    groups = np.array([head.group for head in table.columns])
    for group in range(len(table.groups)):
        own = groups == group
        yield bool(table.higher_than[:, own].any() or table.versus_rest[:, own].any())
