"""Proofing: a published volume of tables, read as a sceptical sociologist reads it.

In: the printed cells, and the wave from which they should come. Out: `Proof`: findings, each slip
once with all its evidence and the likely right figure where one follows. Nothing here corrects a
file or knows how tables look. ``docs/proofing.md`` says what is checked.
"""

from tyndau.proofing.compare import Expected, expected_from
from tyndau.proofing.examine import Proof, examine
from tyndau.proofing.findings import Finding, describe
from tyndau.proofing.proof import proof
from tyndau.proofing.published import (
    PublishedTable,
    PublishedVolume,
    parse_published,
    read_published,
)

__all__ = [
    "Expected",
    "Finding",
    "Proof",
    "PublishedTable",
    "PublishedVolume",
    "describe",
    "examine",
    "expected_from",
    "parse_published",
    "proof",
    "read_published",
]
