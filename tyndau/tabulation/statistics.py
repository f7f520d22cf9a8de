"""Sufficient statistics of a question by all columns of a banner, and what an engine must return.

In: nothing; `tyndau.tabulation.engines` counts. Out: `Statistics` of one question: sums of
weights, counts and sums of squared weights by cluster (or stratum, where rows are the clusters),
column and slot. Slots are the question's answers, then `no answer`, then the base; a number has the
slots 1, x and x squared, x measured from its median. Everything in a table follows from them, so an
engine for data larger than memory implements `Engine` and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tyndau.estimation.ratios import Floats, Moments

# A number's slots before "no answer" and the base.
ONE, VALUE, SQUARE = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """One question by the total (column 0) and C - 1 banner columns.

    Attributes
    ----------
    moments : Moments
        Sums by cell of the design, column and slot; the last slot is the base, the last but one
        those who were asked and gave no answer.
    counts : ndarray of float, shape (C, S)
        Rows, unweighted.
    squares : ndarray of float, shape (C, S)
        Sums of squared weights.
    present : ndarray of float, shape (C, S)
        Rows with a weight above 0.
    origin : float
        What a number is measured from; 0 for other questions.
    overlap : mapping of int to ndarray of float, shape (2, c, c, S)
        By the first of a run of columns that overlap, sums of weights and of squared weights of
        those who stand in both; empty unless an engine was told to count it.
    """

    moments: Moments
    counts: Floats
    squares: Floats
    present: Floats
    origin: float = 0.0
    overlap: Mapping[int, Floats] = field(default_factory=dict)


class Engine(Protocol):
    """What counts questions by the columns of one banner."""

    def statistics(self, question: str) -> Statistics:
        """Count one question.

        Parameters
        ----------
        question : str
            A single, multiple or number variable.

        Returns
        -------
        Statistics
            Its sums by every column.
        """
