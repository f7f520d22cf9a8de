"""Findings of a question: facts chosen, said in both languages, with their claims.

In: the tables of one question. Out: findings in the order of reading, the one sentence that stands
for the question, and what a chapter must say once of its tests.
"""

from collections.abc import Sequence, Set

from tyndau.base.languages import N_, Message, Text
from tyndau.reporting.findings import kazakh, russian
from tyndau.reporting.findings.differences import differences
from tyndau.reporting.findings.distribution import distribution, most_important
from tyndau.reporting.findings.model import Finding, Selected
from tyndau.study.standards import Inference
from tyndau.tabulation.table import Table

_BY_MODEL = N_(
    "Where this chapter says that groups differ, the difference is significant under the model "
    "stated in the chapter on method: the sample is not random, and no margin of error follows."
)
_BY_NOTHING = N_(
    "The respondents chose themselves, so that groups are not compared: the percentages speak of "
    "those who answered."
)


def find(tables: Sequence[Table], places: Set[str] = frozenset()) -> tuple[Finding, ...]:
    """Say what the tables of a question show.

    Parameters
    ----------
    tables : sequence of Table
        Tables of one question by banners, one at least.
    places : set of str, optional
        Codes of the study's territories: columns of these codes are named as places.

    Returns
    -------
    tuple of Finding
        The distribution, then what differs between groups by the tables' own tests, then where
        nothing was found; empty where nobody was asked.
    """
    selected = (*distribution(tables[0]), *differences(tables, places))
    return tuple(_said(one) for one in selected)


def headline(tables: Sequence[Table]) -> Finding | None:
    """Say the one sentence that stands for a question.

    Parameters
    ----------
    tables : sequence of Table
        Tables of one question, one at least.

    Returns
    -------
    Finding or None
        The most frequent answer, or the mean; None where nobody was asked.
    """
    selected = most_important(tables[0])
    return _said(selected) if selected else None


def inference_note(inference: Inference) -> Message | None:
    """Say what the comparisons of a chapter rest on, where a reader must be told.

    Parameters
    ----------
    inference : {"design", "model", "none"}
        What the sample allows.

    Returns
    -------
    Message or None
        A sentence for each chapter; None for a probability sample.
    """
    if inference == "design":
        return None
    return Message(_BY_MODEL if inference == "model" else _BY_NOTHING)


def _said(selected: Selected) -> Finding:
    fact, claims, kind = selected
    return Finding(Text(kk=kazakh.sentence(fact), ru=russian.sentence(fact)), claims, kind)
