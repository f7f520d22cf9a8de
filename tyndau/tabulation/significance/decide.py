"""From comparisons to what is significant: the gate, the correction, two levels.

In: the comparisons of a method. Out: `Significance`. By the design a group of columns is looked at only
where the test of the whole finds a difference, and Benjamini and Hochberg's correction runs over the
group's comparisons with the rest and, apart, over its pairs. Parity with old tables knows neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tyndau.estimation import benjamini_hochberg, p_values
from tyndau.estimation.ratios import Floats
from tyndau.tabulation.significance.compared import Compared, Tests


@dataclass(frozen=True, slots=True, eq=False)
class Significance:
    """What is significant in a table of C columns, R rows and G groups.

    Attributes
    ----------
    versus_rest : ndarray of int8, shape (C, R)
        1 where a column is higher than the rest, -1 where lower, 0 else.
    higher_than : ndarray of bool, shape (R, C, C)
        ``[r, a, b]`` where column a is higher than column b of its group.
    weakly : ndarray of bool, shape (R, C, C), or None
        The same at the second level, what holds at the first included; None without one.
    gates : ndarray of float, shape (G,)
        p value of each group's test of the whole; NaN where there is none.
    """

    versus_rest: NDArray[np.int8]
    higher_than: NDArray[np.bool_]
    weakly: NDArray[np.bool_] | None
    gates: Floats


def decide(
    tests: Tests,
    spans: Sequence[slice],
    *,
    levels: Sequence[float],
    corrected: bool,
) -> Significance:
    """Decide what is significant.

    Parameters
    ----------
    tests : Tests
        The comparisons of a method.
    spans : sequence of slice
        The columns of each group.
    levels : sequence of float
        Confidence levels: that of letters and, if there is one, a lower second one.
    corrected : bool
        Whether the gate and the correction for the number of tests hold.

    Returns
    -------
    Significance
        The decisions.
    """
    rest = tests.rest()
    columns, heads = rest.statistic.shape
    gates = np.array([tests.gate(span) if corrected else np.nan for span in spans])
    group = np.full(columns, -1)
    for number, span in enumerate(spans):
        group[span] = number
    pairs = [_upper(tests.pairs(span)) for span in spans]
    first, *more = [1 - level for level in levels]
    held = _held(rest, np.repeat(group[:, None], heads, axis=1), gates, first, corrected=corrected)
    signs = np.where(held, np.sign(rest.statistic), 0).astype(np.int8)
    shape = (heads, columns, columns)
    higher = _higher(pairs, spans, gates, first, shape, corrected=corrected)
    weakly = None
    if more:
        weakly = higher | _higher(pairs, spans, gates, more[0], shape, corrected=corrected)
    return Significance(signs, higher, weakly, gates)


def _held(
    compared: Compared, group: NDArray[np.intp], gates: Floats, level: float, *, corrected: bool
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
    if not corrected:
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


def _upper(compared: Compared) -> Compared:
    """Return each pair of columns once, the first before the second; shape (R, pairs)."""
    one, two = np.triu_indices(compared.statistic.shape[1], 1)
    return Compared(
        compared.statistic[:, one, two], compared.degrees[:, one, two], compared.tested[:, one, two]
    )


def _higher(
    pairs: Sequence[Compared],
    spans: Sequence[slice],
    gates: Floats,
    level: float,
    shape: tuple[int, int, int],
    *,
    corrected: bool,
) -> NDArray[np.bool_]:
    higher = np.zeros(shape, dtype=bool)
    if not pairs:
        return higher
    together = Compared(
        np.concatenate([one.statistic for one in pairs], axis=1),
        np.concatenate([one.degrees for one in pairs], axis=1),
        np.concatenate([one.tested for one in pairs], axis=1),
    )
    widths = [one.statistic.shape[1] for one in pairs]
    group = np.broadcast_to(np.repeat(np.arange(len(pairs)), widths), together.statistic.shape)
    row, place = np.nonzero(_held(together, group, gates, level, corrected=corrected))
    ends = [np.triu_indices(span.stop - span.start, 1) for span in spans]
    one = np.concatenate([span.start + end[0] for span, end in zip(spans, ends, strict=True)])
    two = np.concatenate([span.start + end[1] for span, end in zip(spans, ends, strict=True)])
    up = together.statistic[row, place] > 0
    above, below = one[place], two[place]
    higher[row, np.where(up, above, below), np.where(up, below, above)] = True
    return higher
