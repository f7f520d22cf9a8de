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
from tyndau.base.languages import Message, Text
from tyndau.base.progress import Progress, silent
from tyndau.estimation.design import Design
from tyndau.estimation.intervals import korn_graubard, t_interval
from tyndau.estimation.ratios import Floats, Ratios, ratios
from tyndau.study.model import Filter, factors
from tyndau.study.standards import Comparing, Inference, Thresholds
from tyndau.tabulation import problems
from tyndau.tabulation.bases import Bases, bases_of
from tyndau.tabulation.columns import Layout
from tyndau.tabulation.engines import make_engine
from tyndau.tabulation.rows import Rows, rows_of, with_nets
from tyndau.tabulation.significance import DesignTests, QuantumTests, Significance, decide
from tyndau.tabulation.statistics import Engine, Statistics
from tyndau.tabulation.summary import by_share, deviations, with_deviation
from tyndau.tabulation.table import Method, Table

# The squares of larger numbers, weighted and summed, are near the end of what a computer counts.
_LARGEST = 1e100
# Percentages nearer to 100 than this are 100: the rest is rounding.
_WHOLE = 1e-9


def tabulate(
    frame: Frame,
    question: str,
    banners: Sequence[tuple[str, Text]],
    *,
    design: Design,
    inference: Inference,
    thresholds: Thresholds | None = None,
    comparing: Comparing | None = None,
    among: Filter | None = None,
    sample_notes: tuple[Message, ...] = (),
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
    comparing : Comparing, optional
        How differences are tested; by the design, at 5 %, by default.
    among : Filter, optional
        To whom of those who were asked the table is limited; the sample's design stays that of all.
    sample_notes : tuple of Message, optional
        What the sample was planned to allow, for the notes of the table.

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
            comparing=comparing,
            among=among,
            sample_notes=sample_notes,
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
    comparing: Comparing | None = None,
    among: Filter | None = None,
    sample_notes: tuple[Message, ...] = (),
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
    comparing : Comparing, optional
        How differences are tested; by the design, at 5 %, by default.
    among : Filter, optional
        To whom of those who were asked the tables are limited.
    sample_notes : tuple of Message, optional
        What the sample was planned to allow, for the notes of the table.
    progress : Progress, optional
        Called before every table.

    Returns
    -------
    iterator of Table
        A table for each question, in order.

    Raises
    ------
    UserError
        If what is asked for is not there or of the wrong kind, a number is too large to compute
        with, or a stratum has one cluster.
    """
    _check(frame, questions, [name for name, _ in banners], among)
    if inference != "none":
        design.require_errors()
    limits, tests = thresholds or Thresholds(), comparing or Comparing()
    used = (design.weighted, design.stratified, design.clustered)
    method = Method(inference, *used, tests, limits, sample_notes)
    layout = Layout.of(frame, banners)
    counted = layout.added_to(_countable(frame, questions, among))
    engine = make_engine(counted, layout.names, design, overlaps=tests.method == "quantum")
    variables = [frame[name].variable for name in questions]
    return _tables(variables, engine, layout, design, method, among, progress)


def _tables(
    variables: Sequence[Variable],
    engine: Engine,
    layout: Layout,
    design: Design,
    method: Method,
    among: Filter | None,
    progress: Progress,
) -> Iterator[Table]:
    for done, variable in enumerate(variables):
        progress(done, len(variables), variable.label)
        table = _table(variable, engine.statistics(variable.name), layout, design, method)
        yield replace(table, limit=among)


def comparisons(
    frame: Frame,
    question: str,
    banners: Sequence[tuple[str, Text]],
    *,
    design: Design,
    thresholds: Thresholds,
) -> tuple[DesignTests, Layout]:
    """Return the comparisons behind a table, before anything is decided.

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
    thresholds : Thresholds
        Bases below which nothing is tested.

    Returns
    -------
    tests : DesignTests
        Its comparisons by the design.
    layout : Layout
        Its columns.

    Raises
    ------
    UserError
        As `tabulate_many`.
    """
    _check(frame, [question], [name for name, _ in banners], None)
    design.require_errors()
    layout = Layout.of(frame, banners)
    counted = layout.added_to(_countable(frame, [question], None))
    statistics = make_engine(counted, layout.names, design).statistics(question)
    rows, found, _, _ = estimates(frame[question].variable, statistics, design)
    bases = bases_of(rows, statistics)
    least = thresholds.hide_below
    return DesignTests(rows, found, statistics, bases, least, layout.overlapping), layout


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
    # A net that everybody is in adds up otherwise than its base: what is left is rounding.
    whole = rows.shares & (np.abs(values - 100) < _WHOLE)
    values = np.where(whole, 100.0, values)
    return rows, found, values, np.sqrt(np.where(whole, 0.0, variance)) * rows.scale


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
        if frame[name].variable.kind == "number":
            _check_size(frame, name)
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


def _check_size(frame: Frame, name: str) -> None:
    column = frame[name]
    wrong = np.flatnonzero(column.asked & (np.abs(column.values) > _LARGEST))
    if len(wrong):
        raise problems.NUMBER_TOO_LARGE.error(
            Place(column=name),
            name=name,
            value=f"{column.values[wrong[0]]:g}",
            count=len(wrong),
            key=str(frame.keys[wrong[0]]),
        )


def _table(
    variable: Variable, statistics: Statistics, layout: Layout, design: Design, method: Method
) -> Table:
    rows, found, values, se = estimates(variable, statistics, design)
    base_of = rows.measures.base_of
    bases = bases_of(rows, statistics)
    shape = values.shape
    if method.inference == "none":
        se = low = high = np.full(shape, np.nan)
        none = np.zeros((shape[1], shape[0], shape[0]), dtype=bool)
        significance = Significance(np.zeros(shape, dtype=np.int8), none, none)
        gates = np.full(len(layout.groups), np.nan)
    else:
        low, high = _intervals(rows, found, values, se, bases, method.comparing.level)
        significance, gates = _tested(rows, found, statistics, bases, layout, method)
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
        versus_rest=significance.versus_rest.T,
        higher_than=significance.higher_than,
        weakly=significance.weakly,
        gates=gates,
        method=method,
    )
    table = with_deviation(table, deviations(rows, statistics))
    return by_share(table) if variable.descending else table


def _tested(
    rows: Rows,
    found: Ratios,
    statistics: Statistics,
    bases: Bases,
    layout: Layout,
    method: Method,
) -> tuple[Significance, Floats]:
    """Test the differences of a table by the method of the study."""
    least, levels = method.thresholds.hide_below, method.comparing.levels
    numbers = [block.group for block in layout.blocks]
    none = np.full(len(layout.groups), np.nan)
    if method.comparing.method == "quantum":
        old = QuantumTests(rows, found, statistics, bases, least)
        return decide(old, layout.spans, numbers, levels=levels, gates=None), none
    tests = DesignTests(rows, found, statistics, bases, least, layout.overlapping)
    gates = np.array(
        [
            tests.gate(columns, apart=apart)
            for columns, apart in zip(layout.columns_of_groups, layout.apart, strict=True)
        ]
    )
    return decide(tests, layout.spans, numbers, levels=levels, gates=gates), gates


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
