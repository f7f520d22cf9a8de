"""Which points are drawn from the frame of a territory, and how many interviews each takes.

In: the candidates of a territory with their sizes, how many are wanted, a seed. Out: `Drawn`, with
the chance that each had. Drawing by size is svy's; what it must not be asked (take all, no size)
is decided here. Substitutes and routes are the business of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

SelectionMethod = Literal["pps", "systematic", "all"]

# What a point takes (report on public councils, 2023), and what a direct estimate needs
# (DESIGN.md, "Inference and thresholds").
FEWEST_AT_POINT, MOST_AT_POINT = 10, 20
LEAST_POINTS, LEAST_INTERVIEWS = 8, 50
_LEAST_OF_ALL = 2


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The points drawn in a territory. K of them.

    Attributes
    ----------
    index : ndarray of int, shape (K,)
        Their places among the candidates, in the order of the frame.
    probability : ndarray of float, shape (K,)
        The chance with which each was drawn; NaN where points were named and not drawn.
    certain : ndarray of bool, shape (K,)
        Whether it had to be drawn: its size exceeds the interval.
    method : {"pps", "systematic", "all"}
        How they were drawn.
    seed : int
        Where chance began.
    """

    index: NDArray[np.int64]
    probability: NDArray[np.float64]
    certain: NDArray[np.bool_]
    method: SelectionMethod
    seed: int


def wanted_points(interviews: int, at_point: float, available: int) -> int:
    """Return how many points a territory's interviews are made at.

    Parameters
    ----------
    interviews : int
        Of the territory.
    at_point : float
        Interviews at a point, on average, as wanted.
    available : int
        Candidates in the frame.

    Returns
    -------
    int
        About ``interviews / at_point``, at least as many as a direct estimate needs, as long as 10
        to 20 interviews remain for each; two in any case, so that four interviewers can work there;
        never more than there are. Too few to hold the interviews is for the caller to see.
    """
    most = max(interviews // FEWEST_AT_POINT, _LEAST_OF_ALL)
    least = -(-interviews // MOST_AT_POINT)
    usual = max(round(interviews / at_point), LEAST_POINTS, least)
    return min(usual, most, available)


def draw_points(sizes: ArrayLike, count: int, *, method: SelectionMethod, seed: int) -> Drawn:
    """Draw points of one territory.

    Parameters
    ----------
    sizes : array_like of float, shape (M,)
        Measure of size of each candidate, above 0, in the order of the frame: neighbours in the
        frame are seldom drawn together, which spreads the sample.
    count : int
        How many, at most M.
    method : {"pps", "systematic", "all"}
        With probability proportional to size; each with the same; all that there are.
    seed : int
        Where chance begins.

    Returns
    -------
    Drawn
        The points.

    Notes
    -----
    Systematic from a random start. With a size, candidates whose size exceeds the interval are
    taken with certainty and the rest is drawn from what remains, until none exceeds it: the
    probabilities are those of R's ``sampling::inclusionprobabilities(sizes, count)``. Drawn by
    svy 0.35, ``Sample.sampling.pps_sys(certainty_threshold=1)``.

    References
    ----------
    Madow, W. G. (1949). On the theory of systematic sampling II. Annals of Mathematical Statistics
    20, 333-354. Särndal, Swensson, Wretman (1992). Model Assisted Survey Sampling. Springer,
    section 3.6.2.
    """
    measure = np.asarray(sizes, dtype=float)
    everything = np.arange(len(measure))
    if method == "all":
        unknown = np.full(len(measure), np.nan)
        return Drawn(everything, unknown, np.zeros(len(measure), dtype=bool), method, seed)
    if count >= len(measure):
        sure = np.ones(len(measure))
        return Drawn(everything, sure, sure.astype(bool), method, seed)
    if method == "systematic":
        measure = np.ones_like(measure)
    index, probability, certain = _by_size(measure, count, seed)
    return Drawn(index, probability, certain, method, seed)


def _by_size(
    measure: NDArray[np.float64], count: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    import polars  # with svy a third of a second, for which no other command should wait
    import svy

    frame = polars.DataFrame({"place": np.arange(len(measure)), "size": measure})
    sample = svy.Sample(frame, svy.Design(mos="size"))
    drawn = sample.sampling.pps_sys(count, certainty_threshold=1.0, order_by="place", rstate=seed)
    assert isinstance(drawn, svy.Sample)
    rows = drawn.data.sort("place")
    assert isinstance(rows, polars.DataFrame)
    return (
        rows["place"].to_numpy().astype(np.int64),
        rows["svy_prob_selection"].to_numpy().astype(float),
        rows["svy_certainty"].to_numpy().astype(bool),
    )


def interviews_at(count: int, interviews: int, *, seed: int) -> NDArray[np.int64]:
    """Share a territory's interviews out among its points.

    Parameters
    ----------
    count : int
        Points.
    interviews : int
        Of the territory.
    seed : int
        Decides which points take one more.

    Returns
    -------
    ndarray of int, shape (count,)
        As equal as whole numbers can be: with points drawn by size, an equal take gives everybody
        who passes about the same chance.

    References
    ----------
    Kish (1965), section 7.2.
    """
    counts = np.full(count, interviews // count, dtype=np.int64)
    more = np.random.default_rng(seed).permutation(count)[: interviews % count]
    counts[more] += 1
    return counts


def seeds(seed: int, names: Sequence[str]) -> dict[str, int]:
    """Give each territory chance of its own, so that one more territory moves no other.

    Parameters
    ----------
    seed : int
        Of the sample.
    names : sequence of str
        Codes.

    Returns
    -------
    dict of str to int
        A seed for each name; it depends on nothing but the name and the seed of the sample.
    """
    return {
        name: int(np.random.default_rng([seed, *name.encode("utf-8")]).integers(2**31))
        for name in names
    }
