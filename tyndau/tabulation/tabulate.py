"""From a frame to tables: bases, percentages, means, errors, intervals, tests, letters.

In: a frame, questions, the banner's variables, the sample's design, what inference it allows. Out:
`Table`, unrounded. Each question is counted once for all columns of the banner by an `Engine`; the
rest is arithmetic on that small array. Nothing here reads rows, formats numbers or hides cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place
from tyndau.base.frames import Frame, Variable
from tyndau.base.languages import Message, Text
from tyndau.base.progress import Progress, silent
from tyndau.estimation.comparisons import significant
from tyndau.estimation.design import Design
from tyndau.estimation.intervals import korn_graubard, t_interval
from tyndau.estimation.problems import KINDS
from tyndau.estimation.ratios import Floats, Ratios, ratios
from tyndau.study.model import Inference, Thresholds
from tyndau.tabulation import problems
from tyndau.tabulation.rows import Rows, rows_of
from tyndau.tabulation.statistics import ArrayEngine, Statistics
from tyndau.tabulation.table import ColumnHead, Group, Mark, Method, Table

# Effective bases of equal weights come out a rounding below the count.
_ROUNDING = 1e-9


def tabulate(
    frame: Frame,
    question: str,
    banners: Sequence[tuple[str, Text]],
    *,
    design: Design,
    inference: Inference,
    thresholds: Thresholds | None = None,
) -> Table:
    """Tabulate one question.

    Parameters
    ----------
    frame : Frame
        The rows.
    question : str
        A single, multiple or number variable.
    banners : sequence of (str, Text)
        Variables whose categories are the columns, each with what stands above them.
    design : Design
        The design of the same rows.
    inference : {"design", "model", "none"}
        What the sample allows; ``none`` leaves errors, intervals and tests out.
    thresholds : Thresholds, optional
        Bases from which columns are tested and marked.

    Returns
    -------
    Table
        The table.

    Raises
    ------
    UserError
        As `tabulate_many`.
    """
    return next(
        tabulate_many(
            frame,
            [question],
            banners,
            design=design,
            inference=inference,
            thresholds=thresholds,
        )
    )


def tabulate_many(
    frame: Frame,
    questions: Sequence[str],
    banners: Sequence[tuple[str, Text]],
    *,
    design: Design,
    inference: Inference,
    thresholds: Thresholds | None = None,
    progress: Progress = silent,
) -> Iterator[Table]:
    """Tabulate many questions by the same banner; what is asked for is checked before the first.

    Parameters
    ----------
    frame : Frame
        The rows.
    questions : sequence of str
        Single, multiple or number variables.
    banners : sequence of (str, Text)
        Variables whose categories are the columns, each with what stands above them.
    design : Design
        The design of the same rows.
    inference : {"design", "model", "none"}
        What the sample allows.
    thresholds : Thresholds, optional
        Bases from which columns are tested and marked.
    progress : Progress, optional
        Called before every table.

    Returns
    -------
    iterator of Table
        A table for each question, in order.

    Raises
    ------
    UserError
        If a question or banner is not there or is of the wrong kind, or a stratum holds a single
        cluster.
    """
    _check(frame, questions, [name for name, _ in banners])
    if inference != "none":
        design.require_errors()
    limits = thresholds or Thresholds()
    method = Method(
        inference, design.weighted, design.stratified, design.clustered, thresholds=limits
    )
    engine = ArrayEngine(frame, [name for name, _ in banners], design)
    layout = _Layout.of(frame, banners)

    def tables() -> Iterator[Table]:
        for done, name in enumerate(questions):
            variable = frame[name].variable
            progress(done, len(questions), variable.label)
            yield _table(variable, engine.statistics(name), layout, design, method)

    return tables()


def estimates(
    variable: Variable, statistics: Statistics, design: Design
) -> tuple[Rows, Ratios, Floats, Floats]:
    """Return percentages and means with their standard errors.

    Parameters
    ----------
    variable : Variable
        The question.
    statistics : Statistics
        Its sums by every column.
    design : Design
        The sample's design.

    Returns
    -------
    tuple of Rows, Ratios, ndarray, ndarray
        The rows, the ratios behind them, values and standard errors of shape (C, R). A standard
        error is NaN where the domain leaves no degree of freedom: one cluster tells nothing of its
        own error.
    """
    rows = rows_of(variable, statistics)
    found = ratios(design, statistics.moments, rows.measures)
    degrees = found.degrees()[:, rows.measures.base_of]
    variance = np.where(degrees >= 1, np.maximum(found.variance(), 0), np.nan)
    values = found.value * rows.scale + rows.origin
    return rows, found, values, np.sqrt(variance) * rows.scale


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The columns of a banner before anybody is counted in them."""

    groups: tuple[Group, ...]
    spans: tuple[slice, ...]
    labels: tuple[tuple[int, str, Text, str], ...]  # group, code, label, letter

    @classmethod
    def of(cls, frame: Frame, banners: Sequence[tuple[str, Text]]) -> "_Layout":
        labels: list[tuple[int, str, Text, str]] = [
            (-1, "total", Text(kk="Барлығы", ru="Всего"), "")
        ]
        groups, spans = [], []
        for number, (name, title) in enumerate(banners):
            variable = frame[name].variable
            groups.append(Group(name, title))
            spans.append(slice(len(labels), len(labels) + len(variable.categories)))
            labels.extend(
                (number, category.code, category.label, _letter(place))
                for place, category in enumerate(variable.categories)
            )
        return cls(tuple(groups), tuple(spans), tuple(labels))


def _check(frame: Frame, questions: Sequence[str], banners: Sequence[str]) -> None:
    for name in questions:
        place = Place(column=name)
        if name not in frame:
            raise problems.NO_SUCH_QUESTION.error(place, name=name)
        if frame[name].variable.kind == "text":
            raise problems.QUESTION_KIND.error(place, name=name)
    for name in banners:
        place = Place(column=name)
        if name not in frame:
            raise problems.NO_SUCH_BANNER.error(place, name=name)
        kind = frame[name].variable.kind
        if kind not in ("single", "multiple"):
            raise problems.BANNER_KIND.error(place, name=name, kind=Message(KINDS[kind]))


def _letter(place: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    letters = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        letters = chr(ord("A") + rest) + letters
        place -= 1
    return letters


def _table(
    variable: Variable, statistics: Statistics, layout: _Layout, design: Design, method: Method
) -> Table:
    rows, found, values, se = estimates(variable, statistics, design)
    x, base_of = rows.measures.x, rows.measures.base_of
    counts, squares = statistics.counts @ x, statistics.squares @ x
    weighted = statistics.moments.sums.sum(axis=0) @ x
    effective = _effective(weighted, squares)
    shape = values.shape
    if method.inference == "none":
        se = low = high = np.full(shape, np.nan)
        versus_rest = np.zeros(shape, dtype=np.int8)
        higher_than = np.zeros((shape[1], shape[0], shape[0]), dtype=bool)
    else:
        low, high = _intervals(rows, found, values, se, counts, effective, method.level)
        tested = _enough(counts, effective, method.thresholds.hide_below)
        # One cluster tells nothing of its own error: its residuals add to nothing.
        tested &= found.degrees() >= 1
        rest_counts = counts[0] - counts
        rest_effective = _effective(weighted[0] - weighted, squares[0] - squares)
        tested_rest = tested & _enough(rest_counts, rest_effective, method.thresholds.hide_below)
        versus_rest = _versus_rest(rows, found, statistics, design, tested_rest, method.level)
        higher_than = _higher_than(rows, found, layout, tested, method.level)
    return Table(
        question=variable,
        groups=layout.groups,
        columns=_heads(layout, counts[:, 0], weighted[:, 0], effective[:, 0], method.thresholds),
        rows=rows.heads,
        percent=values.T,
        se=se.T,
        low=low.T,
        high=high.T,
        base=counts.astype(np.int64)[:, base_of].T,
        effective_base=effective[:, base_of].T,
        versus_rest=versus_rest.T,
        higher_than=higher_than,
        method=method,
    )


def _effective(weighted: Floats, squares: Floats) -> Floats:
    """Return Kish's effective base, 0 where nobody is."""
    answer: Floats = np.divide(weighted**2, squares, out=np.zeros_like(weighted), where=squares > 0)
    return answer


def _enough(base: Floats, effective: Floats, threshold: int) -> NDArray[np.bool_]:
    return (base >= threshold) & (effective >= threshold - _ROUNDING)


def _heads(
    layout: _Layout, base: Floats, weighted: Floats, effective: Floats, thresholds: Thresholds
) -> tuple[ColumnHead, ...]:
    shown = _enough(base, effective, thresholds.hide_below)
    unmarked = _enough(base, effective, thresholds.mark_below)
    heads = []
    for number, (group, code, label, letter) in enumerate(layout.labels):
        mark: Mark = "" if unmarked[number] else "*" if shown[number] else "**"
        heads.append(
            ColumnHead(
                group=group,
                code=code,
                label=label,
                letter=letter,
                base=int(base[number]),
                weighted_base=float(weighted[number]),
                effective_base=float(effective[number]),
                mark=mark,
            )
        )
    return tuple(heads)


def _intervals(
    rows: Rows,
    found: Ratios,
    values: Floats,
    se: Floats,
    counts: Floats,
    effective: Floats,
    level: float,
) -> tuple[Floats, Floats]:
    base_of = rows.measures.base_of
    degrees = found.degrees()[:, base_of]
    low, high = t_interval(values, se, degrees=degrees, level=level)
    shares = np.array([head.kind != "mean" for head in rows.heads], dtype=bool)
    if shares.any():
        chosen = base_of[shares]
        lower, upper = korn_graubard(
            values[:, shares] / 100,
            (se[:, shares] / 100) ** 2,
            base=counts[:, chosen],
            effective_base=effective[:, chosen],
            degrees=degrees[:, shares],
            level=level,
        )
        low[:, shares], high[:, shares] = lower * 100, upper * 100
    return low, high


def _versus_rest(
    rows: Rows,
    found: Ratios,
    statistics: Statistics,
    design: Design,
    tested: NDArray[np.bool_],
    level: float,
) -> NDArray[np.int8]:
    """Test each column against its complement in the total; both together are the total."""
    base_of = rows.measures.base_of
    rest = ratios(design, statistics.moments.rest(), rows.measures)
    tested = tested & (rest.degrees() >= 1)
    sign = significant(
        found.value,
        rest.value,
        found.variance_against(rest),
        degrees=np.broadcast_to(found.degrees()[0, base_of], found.value.shape),
        level=level,
    )
    return np.where(tested[:, base_of], sign, 0).astype(np.int8)


def _higher_than(
    rows: Rows,
    found: Ratios,
    layout: _Layout,
    tested: NDArray[np.bool_],
    level: float,
) -> NDArray[np.bool_]:
    """Test the columns of each group against each other."""
    base_of = rows.measures.base_of
    columns = len(layout.labels)
    higher = np.zeros((len(base_of), columns, columns), dtype=bool)
    for span in layout.spans:
        covariance = found.covariance(span)
        own = np.diagonal(covariance, axis1=1, axis2=2)
        variance = own[:, :, None] + own[:, None, :] - 2 * covariance
        value = found.value[span].T
        both = tested[span].T[base_of]
        sign = significant(
            value[:, :, None],
            value[:, None, :],
            variance,
            degrees=found.degrees_of_pairs(span)[base_of],
            level=level,
        )
        higher[:, span, span] = (sign > 0) & both[:, :, None] & both[:, None, :]
    return higher
