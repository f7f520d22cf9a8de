"""Who works where: four at least in a territory, each in several, so that effects come apart."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tyndau.base.errors import UserError
from tyndau.sampling.interviewers import Assignment, assign

pytestmark = pytest.mark.requirement("C2", "C3")


def sent(points: list[int], interviewers: int, *, take: int = 15, seed: int = 1) -> Assignment:
    """Send interviewers to so many points a territory."""
    places = [f"t{at}" for at, count in enumerate(points) for _ in range(count)]
    counts = [take + at % 3 - 1 for at in range(len(places))]
    return assign(places, counts, interviewers, seed=seed)


def rank_of(assignment: Assignment) -> int:
    """Return the rank of the layout of territories and interviewers."""
    who, where = np.nonzero(assignment.by_territory)
    staff, places = assignment.by_territory.shape
    layout = np.zeros((len(who), staff + places))
    layout[np.arange(len(who)), who] = 1
    layout[np.arange(len(who)), staff + where] = 1
    return int(np.linalg.matrix_rank(layout))


@settings(max_examples=60)
@given(
    st.lists(st.integers(2, 14), min_size=2, max_size=12),
    st.integers(4, 30),
    st.integers(0, 1000),
)
def test_every_design_that_is_possible_is_kept(
    points: list[int], interviewers: int, seed: int
) -> None:
    seats = sum(min(2 * count, interviewers) for count in points)
    assume(seats >= 2 * interviewers)
    found = sent(points, interviewers, seed=seed)
    table = found.by_territory
    assert (found.pairs[:, 0] != found.pairs[:, 1]).all()
    assert ((table > 0).sum(axis=0) >= 4).all()
    assert ((table > 0).sum(axis=1) >= 2).all()
    assert found.load.sum() == sum(15 + at % 3 - 1 for at in range(sum(points)))


def test_effects_come_apart_where_the_layout_has_full_rank() -> None:
    """The rank of the layout is I + T - parts (Searle 1987); NumPy computes it."""
    found = sent([12] * 8 + [9] * 8, 20)
    assert found.identifiable
    assert rank_of(found) == 20 + 16 - 1
    two = np.array([[0, 1], [0, 1], [2, 3], [2, 3]])
    apart = Assignment(two, np.full((4, 2), 5), np.array([0, 0, 1, 1]), 4, 1)
    assert apart.components == 2
    assert not apart.identifiable
    assert rank_of(apart) == 4 + 2 - 2


def test_teams_that_would_never_meet_are_exchanged() -> None:
    """Four territories alike: by load alone the same four would work in the first and the third."""
    found = sent([6, 6, 6, 6], 8)
    assert found.identifiable
    assert rank_of(found) == 8 + 4 - 1
    assert ((found.by_territory > 0).sum(axis=0) >= 4).all()


def test_loads_are_even_and_pairs_change() -> None:
    found = sent([12] * 8 + [9] * 8, 20)
    assert found.load.max() - found.load.min() <= 15
    pairs = {tuple(sorted(pair)) for pair in found.pairs.tolist()}
    assert len(pairs) > len(found.pairs) / 2


def test_nobody_goes_everywhere() -> None:
    found = sent([12] * 16, 20)
    assert (found.by_territory > 0).sum(axis=1).max() <= 10


def test_the_same_seed_sends_the_same() -> None:
    first, again, other = (sent([8] * 6, 10, seed=seed) for seed in (4, 4, 5))
    np.testing.assert_array_equal(first.pairs, again.pairs)
    assert (first.pairs != other.pairs).any()


@pytest.mark.parametrize(
    ("points", "interviewers", "code"),
    [
        ([8, 8], 3, "few-interviewers"),
        ([8, 1], 8, "one-point"),
        ([20], 8, "one-territory"),
        ([2, 2], 5, "many-interviewers"),
    ],
)
def test_what_cannot_be_is_refused(points: list[int], interviewers: int, code: str) -> None:
    with pytest.raises(UserError) as caught:
        sent(points, interviewers)
    assert caught.value.problems[0].kind.code == f"study.sample-{code}"


def test_too_many_are_told_how_many_may_stay() -> None:
    with pytest.raises(UserError) as caught:
        sent([3, 3, 3], 12)
    most = caught.value.problems[0].values["most"]
    assert isinstance(most, int)
    assert ((sent([3, 3, 3], most).by_territory > 0).sum(axis=1) >= 2).all()
