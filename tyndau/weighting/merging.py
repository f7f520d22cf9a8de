"""Which small categories to merge with which: a suggestion by a named policy.

In: counts of categories in their order. Out: pairs. ``neighbour``: the smaller of the two beside it
in the order of the codes, for age groups and scales; ``similar``: the one whose count is nearest,
where the order means nothing. It merges nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

Policy = Literal["neighbour", "similar"]

# From how many people on a category is trusted in weighting, as in tables (DESIGN.md).
SMALL_BELOW = 30


@dataclass(frozen=True, slots=True)
class Merge:
    """A small category and the one to merge it with.

    Attributes
    ----------
    category : int
        Number of the small category.
    count : int
        Its rows.
    into : int
        Number of the category to merge it with; -1 where there is no other.
    """

    category: int
    count: int
    into: int

    def words(self, names: Sequence[str]) -> str:
        """Write the suggestion as a person would.

        Parameters
        ----------
        names : sequence of str
            Names of the categories.

        Returns
        -------
        str
            Such as ``60+ → 45-59``.
        """
        return f"{names[self.category]} → {names[self.into] if self.into >= 0 else '?'}"


def suggest_merges(
    counts: ArrayLike,
    *,
    below: int = SMALL_BELOW,
    by: Policy = "neighbour",
    blocks: ArrayLike | None = None,
) -> tuple[Merge, ...]:
    """Suggest what to merge small and empty categories with.

    Parameters
    ----------
    counts : array_like of int, shape (K,)
        Rows of each category, in the order of the codes.
    below : int, default 30
        A category of fewer rows is small.
    by : {"neighbour", "similar"}
        The policy.
    blocks : array_like of int, shape (K,), optional
        Only categories of the same block are merged: an age group with another of its territory.

    Returns
    -------
    tuple of Merge
        One a small category, in their order.
    """
    count = np.asarray(counts, dtype=np.int64)
    block = np.zeros(len(count), dtype=np.int64) if blocks is None else np.asarray(blocks)
    found = []
    for small in np.flatnonzero(count < below):
        others = [one for one in range(len(count)) if one != small and block[one] == block[small]]
        if by == "neighbour":
            others = [one for one in others if abs(one - small) == 1]
            distances = [int(count[one]) for one in others]
        else:
            distances = [int(abs(count[one] - count[small])) for one in others]
        # Rather with one that has people: two empty ones make no category.
        ranked = sorted(
            zip(others, distances, strict=True), key=lambda one: (not count[one[0]], one[1])
        )
        found.append(Merge(int(small), int(count[small]), ranked[0][0] if ranked else -1))
    return tuple(found)
