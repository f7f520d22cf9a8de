"""Spans of time in groups: joined, and for how long one owner's had no other's beside them.

In: arrays of whole numbers, one element a span: its group, its owner, start and end in seconds.
Out: arrays of the same kind. Everything is sorted once and swept, over all groups together, so that
a day with hundreds of spans at one place costs no more than as many days with one. No span
ends before it begins; one without length still parts the time of others.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


class Spans(NamedTuple):
    """Spans of time. n of them.

    Attributes
    ----------
    groups : ndarray of int, shape (n,)
        To which each belongs, from 0 on.
    starts, ends : ndarray of int, shape (n,)
        Seconds.
    """

    groups: Whole
    starts: Whole
    ends: Whole

    def where(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Spans":
        """Return some of the spans.

        Parameters
        ----------
        rows : ndarray of bool or int
            Which ones.

        Returns
        -------
        Spans
            These, in their order.
        """
        return Spans(self.groups[rows], self.starts[rows], self.ends[rows])

    def followed_by(self, others: "Spans") -> "Spans":
        """Return these spans and others after them.

        Parameters
        ----------
        others : Spans
            The others.

        Returns
        -------
        Spans
            All of them.
        """
        return Spans(*(np.concatenate(pair) for pair in zip(self, others, strict=True)))


def reached(groups: Whole, ends: Whole) -> Whole:
    """Return the latest end so far, within each group.

    Parameters
    ----------
    groups : ndarray of int, shape (n,)
        In ascending order.
    ends : ndarray of int, shape (n,)
        Seconds.

    Returns
    -------
    ndarray of int, shape (n,)
        The highest of this and all before it in its group.
    """
    if not len(ends):
        return ends
    # Every group is set apart by more than the whole time, so that none reaches into the next.
    apart = groups * (ends.max() - ends.min() + 1)
    return np.asarray(np.maximum.accumulate(ends + apart) - apart)


def joined(spans: Spans) -> Spans:
    """Join the spans of a group that touch.

    Parameters
    ----------
    spans : Spans
        In any order.

    Returns
    -------
    Spans
        By group and start; between two of a group there is time.
    """
    ordered = spans.where(np.lexsort((spans.starts, spans.groups)))
    until = reached(ordered.groups, ordered.ends)
    begins = np.ones(len(until), dtype=np.bool_)
    begins[1:] = ordered.groups[1:] != ordered.groups[:-1]
    begins[1:] |= ordered.starts[1:] > until[:-1]
    first = np.flatnonzero(begins)
    return Spans(
        ordered.groups[first], ordered.starts[first], np.maximum.reduceat(ordered.ends, first)
    )


def unshared(spans: Spans, owners: Whole) -> tuple[Spans, Whole]:
    """Find the time of which only one owner of a group has spans.

    Parameters
    ----------
    spans : Spans
        In any order.
    owners : ndarray of int, shape (n,)
        Whose each span is, from 0 on; a number is the same owner in every group.

    Returns
    -------
    spells : Spans
        By group and start, each longer than nothing; of one owner they do not overlap, and part
        where another's begins, be it without length.
    owners : ndarray of int
        Whose each of them is.
    """
    many = int(owners.max(initial=0)) + 1
    own = joined(Spans(spans.groups * many + owners, spans.starts, spans.ends))
    times = np.concatenate([own.starts, own.ends])
    groups, whose = np.divmod(np.tile(own.groups, 2), many)
    signs = np.repeat(np.array([1, -1], dtype=np.int64), len(own.starts))
    order = np.lexsort((times, groups))
    groups, times, signs, whose = groups[order], times[order], signs[order], whose[order]
    present, sums = np.cumsum(signs), np.cumsum(signs * whose)
    # Where one is present the sum of those present is that one; a group ends with none present.
    at = np.flatnonzero((present[:-1] == 1) & (times[1:] > times[:-1]))
    return Spans(groups[at], times[at], times[at + 1]), sums[at]


def common(spans: Spans, others: Spans) -> Spans:
    """Intersect each span with those of others that belong to its group.

    Parameters
    ----------
    spans : Spans
        In any order.
    others : Spans
        In any order, those of a group without overlap.

    Returns
    -------
    Spans
        Each longer than nothing, in the order of the spans, then of time.
    """
    if not len(spans.groups) or not len(others.groups):
        return spans.where(np.zeros(len(spans.groups), dtype=np.bool_))
    others = others.where(np.lexsort((others.starts, others.groups)))
    least = min(spans.starts.min(), others.starts.min())
    apart = max(spans.ends.max(), others.ends.max(), least) - least + 1
    here, there = spans.groups * apart - least, others.groups * apart - least
    first = np.searchsorted(there + others.ends, here + spans.starts, side="right")
    last = np.searchsorted(there + others.starts, here + spans.ends, side="left")
    counts = np.maximum(last - first, 0)
    rows = np.repeat(np.arange(len(counts)), counts)
    with_ = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts - first, counts)
    return Spans(
        spans.groups[rows],
        np.maximum(spans.starts[rows], others.starts[with_]),
        np.minimum(spans.ends[rows], others.ends[with_]),
    )


def longest(spans: Spans) -> Spans:
    """Return the longest span of each group, the first of those that are as long.

    Parameters
    ----------
    spans : Spans
        In any order.

    Returns
    -------
    Spans
        One a group, by group.
    """
    order = np.lexsort((spans.starts - spans.ends, spans.groups))
    _, first = np.unique(spans.groups[order], return_index=True)
    return spans.where(order[first])
