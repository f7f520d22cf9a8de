"""What proofing found, said so that a sociologist can look it up and mend it.

In: nothing; `tyndau.proofing.sentences` makes them. Out: `Finding`s, one a slip, each with its
place, what is printed, what is likely right and the evidence. A *slip* cannot be right in the
print; what is *minor* a person or two, or a convention, may explain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from tyndau.base.languages import Message

Severity = Literal["slip", "minor"]
FindingKind = Literal[
    "base", "bases", "bases-sum", "cell", "sum", "total", "totals", "repeated", "wave", "misfit",
    "people", "one-person", "whole-people", "base-one", "unmarked", "unknown", "kind",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in the print, with all its evidence.

    Attributes
    ----------
    severity : {"slip", "minor"}
        Whether it cannot be right, or a person or two may explain it.
    kind : FindingKind
        What is wrong: ``base`` (of a column), ``bases`` (of a table), ``bases-sum``, ``cell``,
        ``sum`` (of a column), ``total`` (against the columns), ``totals`` (of several banners),
        ``repeated``, ``wave`` (only the wave differs), ``misfit`` (figures against the base),
        ``people`` (one figure against the base), ``kind`` and ``unknown`` (against the study);
        counted for the volume: ``one-person``, ``whole-people``, ``base-one``, ``unmarked``.
    headline : Message
        What is wrong, where, in one sentence.
    evidence : tuple of Message
        Why, a sentence each.
    table, question, banner, column, code : str
        Where: number of the table, variables, codes of column and answer; empty where it is of
        more than one.
    printed, likely : float or None
        What is printed; what should be, where that follows.
    weight : float
        How many people it is about; findings are ranked by it.
    """

    severity: Severity
    kind: FindingKind
    headline: Message
    evidence: tuple[Message, ...] = ()
    table: str = ""
    question: str = ""
    banner: str = ""
    column: str = ""
    code: str = ""
    printed: float | None = None
    likely: float | None = None
    weight: float = 0.0


def describe(finding: Finding) -> tuple[Message, ...]:
    """Return a finding in sentences, to be said in any language.

    Parameters
    ----------
    finding : Finding
        A finding.

    Returns
    -------
    tuple of Message
        What is wrong, then the evidence.
    """
    return (finding.headline, *finding.evidence)


def rank(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order of reading: slips first, then by how many people they are about.

    Parameters
    ----------
    findings : iterable of Finding
        In any order.

    Returns
    -------
    tuple of Finding
        In order; equals keep the order in which they were found.
    """
    return tuple(sorted(findings, key=lambda f: (f.severity != "slip", -f.weight)))
