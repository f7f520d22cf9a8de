"""From comparisons to what is significant: the gate, the correction, two levels.

In: the comparisons of a method. Out: `Significance`. By the design a group of columns is looked
at only where the test of the whole finds a difference, and Benjamini and Hochberg's correction
runs over the group's comparisons with the rest and, apart, over its pairs. Where there is no test
of the whole, both are one family: nothing else keeps them from being wrong twice. Old tables know
neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tyndau.estimation import benjamini_hochberg, p_values
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.significance.compared import Compared, Tests, pairs_of


@dataclass(frozen=True, slots=True, eq=False)
class Significance:
    """What is significant in a table of C columns, R rows and G groups.

    Attributes
    ----------
    versus_rest : ndarray of int8, shape (C, R)
        1 where a column is higher than the rest, -1 where lower, 0 else.
    higher_than : ndarray of bool, shape (R, C, C)
        ``[r, a, b]`` where column a is higher than column b of its group.
    weakly : ndarray of bool, shape (R, C, C)
        The same at the lowest level, what holds at the first included.
    """

    versus_rest: NDArray[np.int8]
    higher_than: NDArray[np.bool_]
    weakly: NDArray[np.bool_]


def decide(
    tests: Tests,
    spans: Sequence[slice],
    groups: Sequence[int],
    *,
    levels: Sequence[float],
    gates: Floats | None,
) -> Significance:
    """Decide what is significant.

    Parameters
    ----------
    tests : Tests
        The comparisons of a method.
    spans : sequence of slice
        Columns that are compared with each other.
    groups : sequence of int
        Which group of the banner each of them belongs to; a group is one family of tests.
    levels : sequence of float
        Confidence levels: that of letters and, if there is one, a lower second one.
    gates : ndarray of float, shape (G,), or None
        p value of each group's test of the whole, NaN for none; None where comparisons are neither
        behind a gate nor corrected for their number.

    Returns
    -------
    Significance
        The decisions.
    """
    rest = tests.rest()
    columns, heads = rest.statistic.shape
    group = np.full(columns, -1)
    for span, number in zip(spans, groups, strict=True):
        group[span] = number
    higher = np.zeros((len(levels), heads, columns, columns), dtype=bool)
    if not spans:
        return Significance(np.zeros((columns, heads), dtype=np.int8), higher[0], higher[0])
    one, two = pairs_of(spans)
    pairs = tests.pairs(spans)
    parts = (
        _Part(rest, np.repeat(group[:, None], heads, axis=1)),
        _Part(pairs, np.broadcast_to(group[one], pairs.statistic.shape)),
    )
    differs = np.zeros((columns, heads), dtype=bool)
    for at, level in reversed(list(enumerate(levels))):  # the rest is told at the first alone
        differs, apart = _held(parts, gates, 1 - level)
        row, place = np.nonzero(apart)
        up = pairs.statistic[row, place] > 0
        above, below = one[place], two[place]
        higher[at, row, np.where(up, above, below), np.where(up, below, above)] = True
    signs = np.where(differs, np.sign(rest.statistic), 0).astype(np.int8)
    return Significance(signs, higher[0], higher[0] | higher[-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Comparisons of one kind and the group of each, -1 for none."""

    compared: Compared
    group: NDArray[np.intp]


def _held(parts: Sequence[_Part], gates: Floats | None, level: float) -> list[NDArray[np.bool_]]:
    """Tell which comparisons hold."""
    held = [np.zeros(part.group.shape, dtype=bool) for part in parts]
    tested = [part.compared.tested & (part.group >= 0) for part in parts]
    # No distribution of Student's has thinner tails than the normal one.
    bound = -ndtri(level / 2)
    places = [
        np.nonzero(asked & (np.abs(part.compared.statistic) > bound))
        for part, asked in zip(parts, tested, strict=True)
    ]
    p = [
        p_values(part.compared.statistic[at], part.compared.degrees[at])
        for part, at in zip(parts, places, strict=True)
    ]
    if gates is None:
        for part, at, values in zip(held, places, p, strict=True):
            part[at] = values <= level
        return held
    sizes = np.array(
        [
            np.bincount(part.group[asked], minlength=len(gates))
            for part, asked in zip(parts, tested, strict=True)
        ]
    )
    families = [part.group[at] for part, at in zip(parts, places, strict=True)]
    # NaN is no gate.
    for group in np.flatnonzero(~(gates > level)):
        own = [family == group for family in families]
        together = range(len(parts))
        for kinds in [together] if np.isnan(gates[group]) else [[kind] for kind in together]:
            some = np.concatenate([p[kind][own[kind]] for kind in kinds])
            if not len(some):
                continue
            good = benjamini_hochberg(some, level=level, tests=int(sizes[kinds, group].sum()))
            ends = np.cumsum([np.count_nonzero(own[kind]) for kind in kinds])[:-1]
            for kind, holds in zip(kinds, np.split(good, ends), strict=True):
                at = tuple(place[own[kind]] for place in places[kind])
                held[kind][at] = holds
    return held
