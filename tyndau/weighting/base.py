"""Base weights and what is made up for those who did not answer.

In: probabilities of inclusion, or groups with their known sizes; classes of respondents and
non-respondents. Out: an `Adjustment`. These weights are brought to no totals, so they carry no
`Calibration`; later steps take them as they are.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tyndau.weighting import problems
from tyndau.weighting.adjustment import Adjustment, Floats, checked_weights, summed
from tyndau.weighting.margins import Margin, collapse, require_people
from tyndau.weighting.merging import SMALL_BELOW, suggest_merges


def base_weights(
    *, probabilities: ArrayLike | None = None, margin: Margin | None = None
) -> Adjustment:
    """Make base weights: the inverse of each one's probability of being in the sample.

    Parameters
    ----------
    probabilities : array_like of float, shape (n,), optional
        Above 0, at most 1.
    margin : Margin, optional
        Instead of probabilities: groups with their people, such as territories.

    Returns
    -------
    Adjustment
        1/p; or N/n of the group, and N/n of all groups together where the group or its people are
        not known.

    Raises
    ------
    UserError
        If a probability is missing or out of its range, or a group with people has no row.
    ValueError
        If neither probabilities nor groups are given.

    References
    ----------
    Horvitz, D. G., Thompson, D. J. (1952). A generalization of sampling without replacement from a
    finite universe. *JASA* 47, 663-685.
    """
    if probabilities is not None:
        chance = np.asarray(probabilities, dtype=np.float64)
        wrong = ~((chance > 0) & (chance <= 1))
        if wrong.any():
            value = f"{chance[wrong][0]:g}"
            raise problems.PROBABILITY.error(value=value, count=int(wrong.sum()))
        return Adjustment("base", len(chance), 1 / chance, arguments={"by": "probability"})
    if margin is None:
        raise ValueError("base weights need probabilities, or groups with their people")
    count = len(margin.codes)
    cells = collapse([margin])
    rows = np.bincount(cells.index, minlength=len(cells.codes))
    require_people([margin], cells, rows.astype(np.float64), rows)
    of_group = np.bincount(margin.codes[margin.codes >= 0], minlength=len(margin.totals))
    known = margin.known & (of_group > 0)
    unknown = float(np.nansum(margin.totals)) / max(count, 1)
    per_row = np.full(len(of_group), unknown)
    per_row[known] = margin.totals[known] / of_group[known]
    weights = np.append(per_row, unknown)[margin.codes]
    return Adjustment("base", count, weights, arguments={"by": margin.name})


def adjust_nonresponse(
    weights: ArrayLike,
    responded: ArrayLike,
    classes: ArrayLike,
    *,
    names: Sequence[str] = (),
    minimum: int = SMALL_BELOW,
    small: Literal["refuse", "merge"] = "refuse",
) -> Adjustment:
    """Let respondents speak for those of their class who did not answer.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        Base weights of respondents and non-respondents, 0 or more.
    responded : array_like of bool, shape (n,)
        Who answered.
    classes : array_like of int, shape (n,)
        Each one's class, 0 to K - 1: what is known of both and goes with answering and answers.
    names : sequence of str, optional
        Names of the classes, for messages.
    minimum : int, default 30
        The fewest respondents with a weight that a class may have, 1 or more.
    small : {"refuse", "merge"}
        What is done with a smaller class: refused, or merged with the smaller of its neighbours in
        the order of the codes until it is large enough.

    Returns
    -------
    Adjustment
        Weights by the inverse of the class's weighted response rate; 0 without an answer.

    Raises
    ------
    UserError
        If weights are wrong, nobody answered, or a class is too small and such are refused.
    ValueError
        If no respondent at all would do.

    References
    ----------
    Kalton, G., Flores-Cervantes, I. (2003). Weighting methods. *Journal of Official Statistics* 19,
    81-97, section 2.
    """
    if minimum < 1:
        raise ValueError("a class needs one respondent or more")
    weight, given = checked_weights(weights), np.asarray(classes)
    answered = _speaking(weight, responded)
    count = int(given.max(initial=-1)) + 1
    called = list(names) or list(map(str, range(count)))
    merged, pairs = _merged(answered, given, called, minimum, small)
    used = merged[given]
    whole, held = (summed(used, some, count) for some in (weight, weight * answered))
    factor = np.divide(whole, held, out=np.zeros_like(whole), where=held > 0)
    rates = {called[one]: float(held[one] / whole[one]) for one in np.flatnonzero(whole).tolist()}
    return Adjustment(
        "nonresponse", len(weight), np.where(answered, weight * factor[used], 0.0),
        arguments={"minimum": minimum, "small": small},
        facts={"merged": pairs, "response_rates": rates},
    )  # fmt: skip


def _speaking(weight: Floats, responded: ArrayLike) -> NDArray[np.bool_]:
    """Tell who answered and has a weight: without one an answer speaks for nobody."""
    speaking: NDArray[np.bool_] = np.asarray(responded, dtype=np.bool_) & (weight > 0)
    if not speaking.any():
        raise problems.BASE_ZERO.error()
    return speaking


def _merged(
    answered: NDArray[np.bool_],
    classes: NDArray[np.integer],
    names: Sequence[str],
    minimum: int,
    small: Literal["refuse", "merge"],
) -> tuple[NDArray[np.intp], list[list[str]]]:
    """Return into which class each is merged, itself where it is large enough, and the merges."""
    rows = np.bincount(classes[answered], minlength=len(names))
    # A class of which nobody was even chosen needs nothing.
    present = np.flatnonzero(np.bincount(classes, minlength=len(names)))
    merged = np.arange(len(names))
    pairs: list[list[str]] = []
    lacking = present[rows[present] < minimum]
    if len(lacking) and small == "refuse":
        suggested = suggest_merges(rows[present], below=minimum)
        raise problems.SMALL_CLASS.error(
            minimum=minimum,
            classes=[names[one] for one in lacking.tolist()],
            merges=[one.words([names[at] for at in present.tolist()]) for one in suggested],
        )
    while len(lacking) and len(present) > 1:
        first = suggest_merges(rows[present], below=minimum)[0]
        source, target = int(present[first.category]), int(present[first.into])
        merged[merged == source] = target
        rows[target] += rows[source]
        pairs.append([names[source], names[target]])
        present = present[present != source]
        lacking = present[rows[present] < minimum]
    return merged, pairs
