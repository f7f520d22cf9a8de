"""Findings that were declared before the data were looked at, tested together.

In: the declared findings, and each population's frame and design. Out: `Examined`, one for each.
They are one family over the whole volume, whatever table they stand in, so that their p values
are corrected by Holm's method for all of them; a claim that nothing differs is a test of
equivalence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tyndau.base.frames import Frame
from tyndau.base.languages import Text
from tyndau.estimation import Design, equivalence, holm, p_values
from tyndau.study.plan import KeyFinding
from tyndau.study.standards import Comparing, Thresholds
from tyndau.tabulation.significance.compared import pairs_of
from tyndau.tabulation.tabulate import comparisons

_SIGNS = {"higher": 1, "lower": -1}


@dataclass(frozen=True, slots=True)
class Examined:
    """A declared finding and what became of it.

    Attributes
    ----------
    finding : KeyFinding
        What was declared.
    first, second : float
        What was found in the group and in what it is compared with: percent, or a mean; NaN where
        it was not tested.
    p_value, corrected : float
        p value of the test, and corrected for all declared findings; NaN where there was no test.
    holds : bool or None
        Whether the claim holds at the level of the study; None where there was no test.
    """

    finding: KeyFinding
    first: float
    second: float
    p_value: float
    corrected: float
    holds: bool | None


def examine(
    findings: Sequence[KeyFinding],
    frames: Mapping[str, Frame],
    designs: Mapping[str, Design],
    *,
    thresholds: Thresholds,
    comparing: Comparing,
) -> tuple[Examined, ...]:
    """Test what was declared.

    Parameters
    ----------
    findings : sequence of KeyFinding
        What was declared, in all populations.
    frames : mapping of str to Frame
        The rows of those populations that allow tests.
    designs : mapping of str to Design
        The design of each.
    thresholds : Thresholds
        Bases below which nothing is tested.
    comparing : Comparing
        Level, and the least difference worth naming.

    Returns
    -------
    tuple of Examined
        In the order of the findings; those of populations that are not there were not tested.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure. Scandinavian Journal of
    Statistics 6, 65-70.
    """
    tested = [
        _tested(one, frames[one.population], designs[one.population], thresholds, comparing)
        if one.population in frames
        else Examined(one, np.nan, np.nan, np.nan, np.nan, None)
        for one in findings
    ]
    corrected = holm(np.array([one.p_value for one in tested]))
    return tuple(_decided(tested, corrected.tolist(), 1 - comparing.level))


def _decided(
    tested: Sequence[Examined], corrected: Sequence[float], risk: float
) -> Iterator[Examined]:
    for one, p in zip(tested, corrected, strict=True):
        if np.isnan(p):
            yield one
            continue
        wanted = _SIGNS.get(one.finding.claim, 0)
        holds = p <= risk and (not wanted or wanted * (one.first - one.second) > 0)
        yield replace(one, corrected=p, holds=bool(holds))


def _tested(
    finding: KeyFinding,
    frame: Frame,
    design: Design,
    thresholds: Thresholds,
    comparing: Comparing,
) -> Examined:
    tests, layout = comparisons(
        frame, finding.question, [(finding.variable, Text())], design=design, thresholds=thresholds
    )
    (span,) = layout.spans
    codes = frame[finding.variable].variable.codes
    row = [head.code for head in tests.rows.heads].index(finding.answer)
    column = span.start + codes.index(finding.column)
    value = tests.found.value * tests.rows.scale + tests.rows.origin
    if finding.against:
        other = span.start + codes.index(finding.against)
        first, second = (value[at, row] for at in (column, other))
        ends = np.stack(pairs_of([span]))
        (place,) = np.flatnonzero((np.sort([[column], [other]], axis=0) == ends).all(axis=0))
        compared, at = tests.pairs([span]), (row, int(place))
    else:
        rest = tests.found.rest().value * tests.rows.scale + tests.rows.origin
        first, second = value[column, row], rest[column, row]
        compared, at = tests.rest(), (column, row)
    if not compared.tested[at]:
        return Examined(finding, np.nan, np.nan, np.nan, np.nan, None)
    degrees = compared.degrees[at]
    if finding.claim == "same":
        p = equivalence(
            first - second,
            compared.variance[at] * tests.rows.scale[row] ** 2,
            degrees=degrees,
            bound=comparing.least_difference,
        )
    else:
        p = p_values(compared.statistic[at], degrees)
    return Examined(finding, float(first), float(second), float(p), np.nan, None)
