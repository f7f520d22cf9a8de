"""From a frame to tables: bases, percentages, means, errors, intervals, tests, letters.

In: a frame, questions, the banner's variables, the sample's design, what inference it allows. Out:
`Table`, unrounded. Each question is counted once for all columns of the banner by an `Engine`; the
rest is arithmetic on that small array. Nothing here reads rows, formats numbers or hides cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tyndau.base.errors import Place
from tyndau.base.frames import KIND_WORDS, Frame, Variable
from tyndau.base.languages import Message, Text
from tyndau.base.progress import Progress, silent
from tyndau.estimation.design import Design
from tyndau.estimation.intervals import korn_graubard, t_interval
from tyndau.estimation.ratios import Floats, Ratios, ratios
from tyndau.study.model import Inference, Thresholds
from tyndau.tabulation import problems
from tyndau.tabulation.bases import Bases, bases_of
from tyndau.tabulation.differences import Differences
from tyndau.tabulation.rows import Rows, rows_of
from tyndau.tabulation.statistics import ArrayEngine, Statistics
from tyndau.tabulation.table import ColumnHead, Group, Mark, Method, Table


def tabulate(
    frame: Frame,
    question: str,
    banners: Sequence[tuple[str, Text]],
    *,
    design: Design,
    inference: Inference,
    thresholds: Thresholds | None = None,
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
        Variables whose categories are the columns, each with what stands above them.
    design : Design
        The design of the same rows.
    inference : {"design", "model", "none"}
        What the sample allows; ``none`` leaves errors, intervals and tests out.
    thresholds : Thresholds, optional
        Bases from which columns are tested and marked.
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
        If a question or banner is not there or is of the wrong kind, or a stratum holds a single
        cluster.
    """
    _check(frame, questions, [name for name, _ in banners])
    if inference != "none":
        design.require_errors()
    limits = thresholds or Thresholds()
    method = replace(_method(design, inference, limits), sample_notes=sample_notes)
    engine = ArrayEngine(frame, [name for name, _ in banners], design)
    layout = _Layout.of(frame, banners)

    def tables() -> Iterator[Table]:
        for done, name in enumerate(questions):
            variable = frame[name].variable
            progress(done, len(questions), variable.label)
            yield _table(variable, engine.statistics(name), layout, design, method)

    return tables()


def _method(design: Design, inference: Inference, limits: Thresholds) -> Method:
    used = (design.weighted, design.stratified, design.clustered)
    return Method(inference, *used, thresholds=limits)


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
            raise problems.BANNER_KIND.error(place, name=name, kind=KIND_WORDS[kind])


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
    return Table(
        question=variable,
        groups=layout.groups,
        columns=_heads(layout, bases, method.thresholds),
        rows=rows.heads,
        percent=values.T,
        se=se.T,
        low=low.T,
        high=high.T,
        base=bases.counts.astype(np.int64)[:, base_of].T,
        effective_base=bases.effective[:, base_of].T,
        versus_rest=versus_rest.T,
        higher_than=higher_than,
        method=method,
    )


def _heads(layout: _Layout, bases: Bases, thresholds: Thresholds) -> tuple[ColumnHead, ...]:
    shown = bases.reach(thresholds.hide_below)[:, 0]
    unmarked = bases.reach(thresholds.mark_below)[:, 0]
    effective = bases.effective[:, 0]
    heads = []
    for number, (group, code, label, letter) in enumerate(layout.labels):
        mark: Mark = "" if unmarked[number] else "*" if shown[number] else "**"
        heads.append(
            ColumnHead(
                group=group,
                code=code,
                label=label,
                letter=letter,
                base=int(bases.counts[number, 0]),
                weighted_base=float(bases.weighted[number, 0]),
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
