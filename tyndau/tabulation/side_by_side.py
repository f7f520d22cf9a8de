"""Several samples side by side: populations that were asked the same, or waves of one population.

In: tables of one question from samples that were drawn independently. Out: `SideBySide`, whose
columns are the totals of these tables over the rows that they share. Columns are tested against
each other as independent estimates: the variance of a difference is the sum of both variances.
Nothing is counted here, and what was not offered to a sample is left empty, never taken for 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tyndau.base.frames import Variable
from tyndau.base.languages import Text
from tyndau.estimation import benjamini_hochberg, null_variance, p_values, t_statistic
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.bases import ROUNDING
from tyndau.tabulation.columns import letter_of
from tyndau.tabulation.table import ColumnHead, Method, RowHead, Table

# Answers that two samples must have been offered in common for a closed question to be the same.
_LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the samples that stand side by side.

    Attributes
    ----------
    name : str
        Of the population or the wave.
    label : Text
        What stands above its column.
    table : Table
        The question in this sample; its total is taken.
    era : int
        Samples are compared where it is the same: a number that grows where wording broke.
    """

    name: str
    label: Text
    table: Table
    era: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """One question in C samples; R rows.

    Attributes
    ----------
    question : Variable
        The question as the first sample was asked it; in time the last.
    samples : tuple of Sample
        C samples, in the order of the columns.
    columns : tuple of ColumnHead
        C heads; each has a letter.
    rows : tuple of RowHead
        R heads: those of this sample, then what only others were offered.
    percent, se, low, high : ndarray of float, shape (R, C)
        As in `Table`; NaN where a sample was not offered the answer.
    people, base : ndarray of int, shape (R, C)
        As in `Table`.
    weighted_base, effective_base : ndarray of float, shape (R, C)
        As in `Table`.
    higher_than : ndarray of bool, shape (R, C, C)
        ``[r, a, b]`` where column a is significantly higher than column b.
    versus_previous : ndarray of int8, shape (R, C)
        1 where significantly higher than in the column before, -1 where lower, else 0; all 0 where
        columns have no order in time.
    hidden : ndarray of bool, shape (R, C), or None
        Cells that an edition does not show, as in `Table`.
    """

    question: Variable
    samples: tuple[Sample, ...]
    columns: tuple[ColumnHead, ...]
    rows: tuple[RowHead, ...]
    percent: Floats
    se: Floats
    low: Floats
    high: Floats
    people: NDArray[np.int64]
    base: NDArray[np.int64]
    weighted_base: Floats
    effective_base: Floats
    higher_than: NDArray[np.bool_]
    versus_previous: NDArray[np.int8]
    hidden: NDArray[np.bool_] | None = None

    @property
    def methods(self) -> tuple[Method, ...]:
        """How each column was computed."""
        return tuple(sample.table.method for sample in self.samples)

    @property
    def tested(self) -> tuple[bool, ...]:
        """Which columns are tested: those whose samples allow it, where there are two or more."""
        allowing = [method.inference != "none" for method in self.methods]
        return tuple(one and sum(allowing) > 1 for one in allowing)

    @property
    def without_inference(self) -> tuple[ColumnHead, ...]:
        """The columns whose samples allow no tests."""
        heads = zip(self.columns, self.methods, strict=True)
        return tuple(head for head, method in heads if method.inference == "none")

    def letters(self, row: int, column: int) -> str:
        """Return the letters of the columns that a cell is significantly higher than.

        Parameters
        ----------
        row, column : int
            Indices of the cell.

        Returns
        -------
        str
            Letters in order, such as ``AC``; spaces stand between them beyond Z.
        """
        between = " " if len(self.columns[-1].letter) > 1 else ""
        lower = np.flatnonzero(self.higher_than[row, column])
        return between.join(self.columns[other].letter for other in lower)


def side_by_side(samples: Sequence[Sample], *, in_time: bool) -> SideBySide | None:
    """Put samples that were asked the same question beside each other.

    Parameters
    ----------
    samples : sequence of Sample
        Independent samples with a table of the question each, the first to be read first.
    in_time : bool
        Whether they follow each other in time, so that each is also compared with the one before.

    Returns
    -------
    SideBySide or None
        Over the samples whose question is of the kind of the first one's (in time the last one's,
        whose wording is shown) and, where it is closed, shares at least two answers with it; None
        where fewer than two are left.

    Notes
    -----
    ``t = (p1 - p2) / sqrt(v1 + v2)`` on the degrees of freedom of Welch and Satterthwaite; of
    shares where few are expected with no less variance than there would be without a difference
    (`tyndau.estimation.null_variance`), as between the columns of a table. R ``svyttest`` with its
    ``svymean`` of both samples gives the same difference and variance.

    References
    ----------
    Welch, B. L. (1947). The generalization of "Student's" problem when several different
    population variances are involved. Biometrika 34, 28-35, formula 28.
    """
    first = samples[-1] if in_time else samples[0]
    alike = [one for one in samples if _is_same(first.table, one.table)]
    if len(alike) < 2:
        return None
    rows = _rows([first, *alike])
    gathered = _Gathered(alike, rows)
    sign = _signs(alike, gathered, rows)
    previous = np.zeros(gathered.percent.shape, dtype=np.int8)
    if in_time:
        later = np.arange(1, len(alike))
        previous[:, later] = sign[:, later, later - 1]
    return SideBySide(
        question=first.table.question,
        samples=tuple(alike),
        columns=tuple(
            replace(one.table.columns[0], group=0, code=one.name, label=one.label,
                    letter=letter_of(place))
            for place, one in enumerate(alike)
        ),
        rows=rows,
        percent=gathered.percent,
        se=gathered.floats("se"),
        low=gathered.floats("low"),
        high=gathered.floats("high"),
        people=gathered.counts("people"),
        base=gathered.counts("base"),
        weighted_base=gathered.floats("weighted_base"),
        effective_base=gathered.floats("effective_base"),
        higher_than=sign > 0,
        versus_previous=previous,
    )  # fmt: skip


def shown_beside(table: SideBySide, shown: Sequence[Table | None]) -> SideBySide | None:
    """Show of samples side by side what an edition shows of each of them.

    Parameters
    ----------
    table : SideBySide
        Populations, as they were counted and tested.
    shown : sequence of (Table or None)
        The table of each sample as an edition shows it; None where it shows nothing of it.

    Returns
    -------
    SideBySide or None
        What is hidden in a sample's own table is hidden here, and numbers are those of that table,
        without errors; None where fewer than two samples are left.
    """
    kept = [at for at, one in enumerate(shown) if one is not None]
    tables = [one for one in shown if one is not None]
    if len(kept) < 2:
        return None
    samples = [replace(table.samples[at], table=one) for at, one in zip(kept, tables, strict=True)]
    gathered = _Gathered(samples, table.rows)
    hidden = gathered.counts("hidden") > 0
    both = ~hidden[:, :, None] & ~hidden[:, None, :]
    nothing = np.full(hidden.shape, np.nan)
    return replace(
        table,
        samples=tuple(samples),
        columns=tuple(
            replace(one.columns[0], group=0, code=head.code, label=head.label, letter=head.letter)
            for head, one in zip((table.columns[at] for at in kept), tables, strict=True)
        ),
        percent=gathered.percent,
        se=nothing,
        low=nothing,
        high=nothing,
        people=gathered.counts("people"),
        base=gathered.counts("base"),
        weighted_base=gathered.floats("weighted_base"),
        effective_base=gathered.floats("effective_base"),
        higher_than=table.higher_than[:, kept][:, :, kept] & both,
        versus_previous=np.zeros(hidden.shape, dtype=np.int8),
        hidden=hidden,
    )


class _Gathered:
    """Values of the total of each sample's table by row, C columns."""

    def __init__(self, samples: Sequence[Sample], rows: Sequence[RowHead]) -> None:
        self._samples = samples
        places = [{head.code: row for row, head in enumerate(one.table.rows)} for one in samples]
        self._at = [[place.get(head.code) for place in places] for head in rows]
        self.percent = self.floats("percent")

    def floats(self, name: str) -> Floats:
        """Return numbers; NaN where a sample was not offered the answer."""
        values = [
            [
                np.nan if row is None else getattr(one.table, name)[row, 0]
                for row, one in zip(places, self._samples, strict=True)
            ]
            for places in self._at
        ]
        return np.array(values, dtype=np.float64).reshape(len(self._at), len(self._samples))

    def counts(self, name: str) -> NDArray[np.int64]:
        """Return counts; 0 where a sample was not offered the answer."""
        return np.nan_to_num(self.floats(name)).astype(np.int64)


def _is_same(first: Table, other: Table) -> bool:
    if first.question.kind != other.question.kind:
        return False
    shared = set(first.question.codes) & set(other.question.codes)
    return first.question.kind == "number" or len(shared) >= _LEAST_SHARED


def _rows(samples: Sequence[Sample]) -> tuple[RowHead, ...]:
    """Return the rows of all samples; means only where every sample has the same scores."""
    heads: dict[str, RowHead] = {}
    for sample in samples:
        for head in sample.table.rows:
            heads.setdefault(head.code, head)
    scores = {
        frozenset((one.code, one.score) for one in sample.table.question.categories)
        for sample in samples
    }
    shares = [head for head in heads.values() if head.is_share]
    order = ("answer", "no_answer", "net")
    shares.sort(key=lambda head: order.index(head.kind))
    means = [head for head in heads.values() if not head.is_share]
    return (*shares, *(means if len(scores) == 1 else ()))


def _signs(
    samples: Sequence[Sample], gathered: _Gathered, rows: Sequence[RowHead]
) -> NDArray[np.int8]:
    """Test every column against every other; int8, shape (R, C, C)."""
    percent, base = gathered.percent, gathered.floats("base")
    effective, weighted = gathered.floats("effective_base"), gathered.floats("weighted_base")
    degrees = gathered.floats("degrees")
    shares = np.array([head.is_share for head in rows], dtype=bool)[:, None, None]
    scale = np.where(shares[:, 0], 100.0, 1.0)
    value, variance = percent / scale, (gathered.floats("se") / scale) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        both = variance[:, :, None] + variance[:, None, :]
        parts = variance**2 / degrees
        welch = both**2 / (parts[:, :, None] + parts[:, None, :])
        # Where neither answer varies, those of the smaller sample.
        welch = np.where(both > 0, welch, np.minimum(degrees[:, :, None], degrees[:, None, :]))
        least = null_variance(
            value[:, :, None],
            value[:, None, :],
            weights=(weighted[:, :, None], weighted[:, None, :]),
            effective=(effective[:, :, None], effective[:, None, :]),
        )
    statistic = t_statistic(
        value[:, :, None], value[:, None, :], np.maximum(both, np.where(shares, least, 0))
    )
    limits = [sample.table.method.thresholds.hide_below for sample in samples]
    enough = (base >= limits) & (effective >= np.array(limits) - ROUNDING) & (degrees >= 1)
    era = np.array([sample.era for sample in samples])
    tested = enough[:, :, None] & enough[:, None, :] & (era[:, None] == era)
    tested &= ~np.isnan(both)
    return _held(statistic, welch, tested, 1 - samples[0].table.method.comparing.level)


def _held(
    statistic: Floats, degrees: Floats, tested: NDArray[np.bool_], risk: float
) -> NDArray[np.int8]:
    """Return the signs of what holds among all pairs of a table, corrected for their number."""
    once = tested & np.triu(np.ones(statistic.shape[1:], dtype=bool), 1)
    places = np.nonzero(once)
    signs = np.zeros(statistic.shape, dtype=np.int8)
    if len(places[0]):
        p = p_values(statistic[places], degrees[places])
        held = benjamini_hochberg(p, level=risk)
        signs[places] = np.where(held, np.sign(statistic[places]), 0)
    return signs - signs.transpose(0, 2, 1)
