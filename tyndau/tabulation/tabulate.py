"""From a frame to tables: bases, percentages, means, errors, intervals, tests, letters.

In: a frame, questions, the banner's variables, the sample's design, what inference it allows. Out:
`Table`, unrounded. Each question is counted once for all columns of the banner by an `Engine`; the
rest is arithmetic on that small array. Nothing here reads rows, formats numbers or hides cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place
from tyndau.base.frames import KIND_WORDS, Frame, Variable
from tyndau.base.languages import Text
from tyndau.base.progress import Progress, silent
from tyndau.estimation.design import Design
from tyndau.estimation.intervals import korn_graubard, t_interval
from tyndau.estimation.ratios import Floats, Ratios, ratios
from tyndau.study.model import Filter, Inference, Thresholds, factors
from tyndau.tabulation import problems
from tyndau.tabulation.bases import Bases, bases_of
from tyndau.tabulation.columns import Layout
from tyndau.tabulation.differences import Differences
from tyndau.tabulation.rows import Rows, rows_of, with_nets
from tyndau.tabulation.statistics import ArrayEngine, Statistics
from tyndau.tabulation.summary import by_share, deviations, with_deviation
from tyndau.tabulation.table import Method, Table


def tabulate(
    frame: Frame,
    question: str,
    banners: Sequence[tuple[str, Text]],
    *,
    design: Design,
    inference: Inference,
    thresholds: Thresholds | None = None,
    among: Filter | None = None,
) -> Table:
    """Tabulate one question.

    Parameters
    ----------
    frame : Frame
        The rows.
    question : str
        A single, multiple or number variable.
    banners : sequence of (str, Text)
        Variables whose categories are the columns, each with what stands above them; ``sex*age``
        nests the second in the first.
    design : Design
        The design of the same rows.
    inference : {"design", "model", "none"}
        What the sample allows; ``none`` leaves errors, intervals and tests out.
    thresholds : Thresholds, optional
        Bases from which columns are tested and marked.
    among : Filter, optional
        To whom of those who were asked the table is limited; the sample's design stays that of all.

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
            among=among,
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
    among: Filter | None = None,
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
    among : Filter, optional
        To whom of those who were asked the tables are limited.
    progress : Progress, optional
        Called before every table.

    Returns
    -------
    iterator of Table
        A table for each question, in order.

    Raises
    ------
    UserError
        If what is asked for is not there or of the wrong kind, or a stratum has one cluster.
    """
    _check(frame, questions, [name for name, _ in banners], among)
    if inference != "none":
        design.require_errors()
    used = (design.weighted, design.stratified, design.clustered)
    method = Method(inference, *used, thresholds=thresholds or Thresholds())
    layout = Layout.of(frame, banners)
    counted = layout.added_to(_countable(frame, questions, among))
    engine = ArrayEngine(counted, layout.names, design)

    def tables() -> Iterator[Table]:
        for done, name in enumerate(questions):
            variable = frame[name].variable
            progress(done, len(questions), variable.label)
            table = _table(variable, engine.statistics(name), layout, design, method)
            yield replace(table, among=among.words) if among else table

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


def _countable(frame: Frame, questions: Sequence[str], among: Filter | None) -> Frame:
    """Return the frame with each question as it is counted: with its nets, of those looked at."""
    inside = among.condition.holds(frame) if among else None
    columns = dict(frame.columns)
    for name in questions:
        column = with_nets(frame[name])
        if inside is not None:
            column = replace(column, asked=column.asked & inside)
        columns[name] = column
    return Frame(frame.keys, columns)


def _check(
    frame: Frame, questions: Sequence[str], banners: Sequence[str], among: Filter | None
) -> None:
    for name in questions:
        place = Place(column=name)
        if name not in frame:
            raise problems.NO_SUCH_QUESTION.error(place, name=name)
        if frame[name].variable.kind == "text":
            raise problems.QUESTION_KIND.error(place, name=name)
    for name in sorted(among.condition.names) if among else ():
        if name not in frame:
            raise problems.NO_SUCH_FILTER.error(Place(column=name), name=name)
    for name in (factor for banner in banners for factor in factors(banner)):
        place = Place(column=name)
        if name not in frame:
            raise problems.NO_SUCH_BANNER.error(place, name=name)
        kind = frame[name].variable.kind
        if kind not in ("single", "multiple"):
            raise problems.BANNER_KIND.error(place, name=name, kind=KIND_WORDS[kind])


def _table(
    variable: Variable, statistics: Statistics, layout: Layout, design: Design, method: Method
) -> Table:
    rows, found, values, se = estimates(variable, statistics, design)
    base_of = rows.measures.base_of
    bases = bases_of(rows, statistics)
    shape = values.shape
    if method.inference == "none":
        se = low = high = np.full(shape, np.nan)
        versus_rest = np.zeros(shape, dtype=np.int8)
        higher_than = np.zeros((shape[1], shape[0], shape[0]), dtype=bool)
    else:
        low, high = _intervals(rows, found, values, se, bases, method.level)
        differences = Differences(rows, found, statistics, bases, method)
        versus_rest = differences.versus_rest(design)
        higher_than = differences.higher_than(layout.spans)
    table = Table(
        question=variable,
        groups=layout.groups,
        columns=layout.heads(bases, method.thresholds),
        rows=rows.heads,
        percent=values.T,
        se=se.T,
        low=low.T,
        high=high.T,
        degrees=found.degrees()[:, base_of].T,
        people=_people(rows, statistics).T,
        base=bases.counts.astype(np.int64)[:, base_of].T,
        weighted_base=bases.weighted[:, base_of].T,
        effective_base=bases.effective[:, base_of].T,
        versus_rest=versus_rest.T,
        higher_than=higher_than,
        method=method,
    )
    table = with_deviation(table, deviations(rows, statistics))
    return by_share(table) if variable.descending else table


def _people(rows: Rows, statistics: Statistics) -> NDArray[np.int64]:
    """Count who stands behind each value: who gave the answer, or has a score; shape (C, R)."""
    measures = rows.measures
    behind = np.where(rows.shares, measures.y, measures.x[:, measures.base_of])
    answer: NDArray[np.int64] = np.rint(statistics.counts @ behind).astype(np.int64)
    return answer


def _intervals(
    rows: Rows,
    found: Ratios,
    values: Floats,
    se: Floats,
    bases: Bases,
    level: float,
) -> tuple[Floats, Floats]:
    base_of = rows.measures.base_of
    degrees = found.degrees()[:, base_of]
    low, high = t_interval(values, se, degrees=degrees, level=level)
    shares = rows.shares
    if shares.any():
        chosen = base_of[shares]
        lower, upper = korn_graubard(
            values[:, shares] / 100,
            (se[:, shares] / 100) ** 2,
            base=bases.counts[:, chosen],
            effective_base=bases.effective[:, chosen],
            degrees=degrees[:, shares],
            level=level,
        )
        low[:, shares], high[:, shares] = lower * 100, upper * 100
    return low, high
