"""Findings: what the tables of a question say, in sentences that know their cells.

In: the tables of one question. Out: `Finding`, a sentence in Kazakh and Russian with the claims
that it makes; each claim points to cells and, where it compares, to the test that carries it. A
sentence names no cause. `distribution` and `differences` decide what is said, `russian` and
`kazakh` how.
"""

from tyndau.reporting.findings.find import find, headline, inference_note
from tyndau.reporting.findings.model import Claim, Finding

__all__ = ["Claim", "Finding", "find", "headline", "inference_note"]
