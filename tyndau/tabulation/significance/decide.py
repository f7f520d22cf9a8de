"""From comparisons to what is significant: the gate, the correction, two levels.

In: the comparisons of a method. Out: `Significance`. By the design a group of columns is looked
at only where the test of the whole finds a difference, and Benjamini and Hochberg's correction
runs over the group's comparisons with the rest and, apart, over its pairs. Old tables know
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
    held = _held(rest, np.repeat(group[:, None], heads, axis=1), gates, 1 - levels[0])
    signs = np.where(held, np.sign(rest.statistic), 0).astype(np.int8)
    higher = np.zeros((len(levels), heads, columns, columns), dtype=bool)
    if spans:
        one, two = pairs_of(spans)
        pairs = tests.pairs(spans)
        family = np.broadcast_to(group[one], pairs.statistic.shape)
        for at, level in enumerate(levels):
            row, place = np.nonzero(_held(pairs, family, gates, 1 - level))
            up = pairs.statistic[row, place] > 0
            above, below = one[place], two[place]
            higher[at, row, np.where(up, above, below), np.where(up, below, above)] = True
    return Significance(signs, higher[0], higher[0] | higher[-1])


def _held(
    compared: Compared, group: NDArray[np.intp], gates: Floats | None, level: float
) -> NDArray[np.bool_]:
    """Tell which comparisons hold; each belongs to a group's family, -1 to none."""
    tested = compared.tested & (group >= 0)
    held = np.zeros(compared.statistic.shape, dtype=bool)
    # No distribution of Student's has thinner tails than the normal one.
    far = tested & (np.abs(compared.statistic) > -ndtri(level / 2))
    places = np.nonzero(far)
    if not len(places[0]):
        return held
    p = p_values(compared.statistic[places], compared.degrees[places])
    if gates is None:
        held[places] = p <= level
        return held
    sizes = np.bincount(group[tested], minlength=len(gates))
    families = group[places]
    good = np.zeros(len(p), dtype=bool)
    for family in np.unique(families):
        if gates[family] > level:  # NaN is no gate
            continue
        own = families == family
        good[own] = benjamini_hochberg(p[own], level=level, tests=int(sizes[family]))
    held[places] = good
    return held
