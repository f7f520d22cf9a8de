"""The part of a report on findings that were declared before the data were looked at.

In: findings as they were tested. Out: a section, where there are any. It says of each whether it
holds; numbers stand in the master alone, since an edition for others may hide their cells.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tyndau.base.languages import N_, Message, Number, Sayable
from tyndau.reporting.model import Block, Grid, Heading, Paragraph
from tyndau.study.model import Comparing
from tyndau.tabulation import Examined

_DECLARED = N_("Findings declared in advance")
_DECLARED_SAID = N_(
    "These claims were written down before the data were looked at, and tested together: the "
    "p values are corrected for their number in the whole volume (Holm), at a level of {risk} %."
)
_SAME_SAID = N_(
    "That two groups are the same is shown by a test of equivalence: they differ by less than "
    "{least} percentage points."
)
_CLAIM = N_("Claim")
_FOUND = N_("Found")
_P = N_("p, corrected")
_VERDICT = N_("Outcome")
_BESIDE = N_("{first} and {second}")
_HOLDS = N_("confirmed")
_FAILS = N_("not confirmed")
_NOT_TESTED = N_("not tested: too few respondents")
_LEAST_P = 0.001
_BELOW = N_("under {value}")


def declared(examined: Sequence[Examined], comparing: Comparing, *, numbers: bool) -> list[Block]:
    """Lay out the findings that were declared.

    Parameters
    ----------
    examined : sequence of Examined
        The findings as they were tested.
    comparing : Comparing
        How differences are tested.
    numbers : bool
        Whether values and p values are shown beside the outcome.

    Returns
    -------
    list of Block
        The heading first; empty where nothing was declared.
    """
    if not examined:
        return []
    blocks: list[Block] = [
        Heading(Message(_DECLARED)),
        Paragraph(Message(_DECLARED_SAID, {"risk": f"{100 * (1 - comparing.level):.3g}"})),
    ]
    if any(one.finding.claim == "same" for one in examined):
        said = {"least": Number(comparing.least_difference, _decimals(comparing.least_difference))}
        blocks.append(Paragraph(Message(_SAME_SAID, said)))
    heads: tuple[str, ...] = (_CLAIM, _FOUND, _P, _VERDICT) if numbers else (_CLAIM, _VERDICT)
    widths = (0.46, 0.18, 0.14, 0.22) if numbers else (0.7, 0.3)
    rows = tuple(tuple(_row(one, numbers)) for one in examined)
    return [*blocks, Grid(tuple(Message(head) for head in heads), rows, widths)]


def _row(one: Examined, numbers: bool) -> Iterator[Sayable]:
    yield one.finding.statement
    if numbers:
        yield _found(one)
        yield _p(one.corrected)
    if one.holds is None:
        yield Message(_NOT_TESTED)
    else:
        yield Message(_HOLDS if one.holds else _FAILS)


def _found(one: Examined) -> Sayable:
    if np.isnan(one.first):
        return ""
    decimals = 2 if one.finding.answer == "mean" else 0
    values = {"first": Number(one.first, decimals), "second": Number(one.second, decimals)}
    return Message(_BESIDE, values)


def _p(value: float) -> Sayable:
    if np.isnan(value):
        return ""
    if value < _LEAST_P:
        return Message(_BELOW, {"value": Number(_LEAST_P, 3)})
    return Number(value, 3)


def _decimals(value: float) -> int:
    return 0 if value == round(value) else 1
