"""Which interviews are within quota, whatever the order in which phones send them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tyndau.fieldwork.control.settle import (
    NOBODY,
    OPEN,
    OVER,
    SHARE,
    Settled,
    over_quota,
    remaining,
    settle,
    time_order,
)
from tyndau.fieldwork.control.tables import NO_CELL

DAY = np.datetime64("2026-10-05T09:00:00")


def settled(
    interviews: list[tuple[int, int, int, str]],
    targets: list[int],
    shares: list[list[int]],
    released: list[list[int]] | None = None,
) -> dict[str, int]:
    """Settle interviews (cell, interviewer, minute, key) and return their states by key."""
    result = _settled(interviews, targets, shares, released)
    return {one[3]: int(state) for one, state in zip(interviews, result.states, strict=True)}


def _settled(
    interviews: list[tuple[int, int, int, str]],
    targets: list[int],
    shares: list[list[int]],
    released: list[list[int]] | None = None,
) -> Settled:
    cells, who, minutes, keys = zip(*interviews, strict=True) if interviews else ((),) * 4
    times: NDArray[np.datetime64] = DAY + np.array(minutes, dtype="timedelta64[m]")
    return settle(
        np.array(cells, dtype=np.int64),
        np.array(who, dtype=np.int64),
        time_order(times, np.array(keys, dtype=str)),
        targets=np.array(targets),
        shares=np.array(shares),
        released=None if released is None else np.array(released),
    )


def test_a_share_counts_however_late_and_open_room_goes_by_time() -> None:
    # Room for four: two promised to interviewer 0, two open. Interviewer 1 was there before.
    early = [(0, 1, minute, f"b{minute}") for minute in (1, 2, 3)]
    late = [(0, 0, minute, f"a{minute}") for minute in (500, 501, 502)]
    states = settled([*early, *late], [4], [[2], [0]])
    assert states == {"b1": OPEN, "b2": OPEN, "b3": OVER, "a500": SHARE, "a501": SHARE,
                      "a502": OVER}  # fmt: skip


def test_a_phone_that_comes_late_takes_open_room_back_by_the_time_of_its_interviews() -> None:
    first = [(0, 1, 10, "b"), (0, 1, 20, "c")]
    assert settled(first, [2], [[0], [0]]) == {"b": OPEN, "c": OPEN}
    after = settled([*first, (0, 0, 5, "a")], [2], [[0], [0]])
    assert after == {"a": OPEN, "b": OPEN, "c": OVER}


def test_of_two_interviews_of_one_moment_the_smaller_key_comes_first() -> None:
    both = [(0, 0, 5, "y"), (0, 0, 5, "x")]
    assert settled(both, [1], [[0]]) == {"x": OPEN, "y": OVER}


def test_a_share_that_is_given_back_opens_what_is_left_of_it() -> None:
    made = [(0, 0, 1, "a1"), *((0, 1, minute, f"b{minute}") for minute in (2, 3, 4, 5))]
    kept = settled(made, [4], [[3], [1]])
    assert [kept[key] for key in ("a1", "b2", "b3", "b4")] == [SHARE, SHARE, OVER, OVER]
    back = settled(made, [4], [[3], [1]], [[3], [0]])
    assert [back[key] for key in ("a1", "b2", "b3", "b4", "b5")] == [SHARE, SHARE, OPEN, OPEN, OVER]


def test_an_interview_within_a_share_counts_though_it_arrives_after_the_share_was_given_back() -> (
    None
):
    made = [(0, 1, minute, f"b{minute}") for minute in (2, 3)]
    assert settled(made, [2], [[1], [0]], [[1], [0]]) == {"b2": OPEN, "b3": OPEN}
    late = settled([*made, (0, 0, 900, "a")], [2], [[1], [0]], [[1], [0]])
    assert late == {"a": SHARE, "b2": OPEN, "b3": OVER}


def test_whoever_has_no_share_and_whoever_has_no_cell() -> None:
    states = settled([(0, NOBODY, 1, "a"), (NO_CELL, 0, 2, "b"), (0, NOBODY, 3, "c")], [1], [[0]])
    assert states == {"a": OPEN, "b": 0, "c": OVER}


def test_promises_beyond_the_target_are_named_and_never_fill_more_than_it() -> None:
    made = [(0, 0, minute, f"a{minute}") for minute in (1, 3)]
    made += [(0, 1, minute, f"b{minute}") for minute in (2, 4)]
    result = _settled(made, [3], [[2], [2]])
    assert result.broken.tolist() == [1]
    assert result.within.tolist() == [3]
    assert settled(made, [3], [[2], [2]])["b4"] == OVER


def test_what_an_interviewer_still_does_and_may_do() -> None:
    result = _settled([(0, 0, 1, "a"), (1, 1, 2, "b")], [5, 3], [[2, 1], [1, 0]])
    own = remaining(result, 0)
    assert own.own.tolist() == [1, 1]
    assert own.open.tolist() == [2, 1]
    assert remaining(result, NOBODY).own.tolist() == [0, 0]
    nothing = _settled([], [5, 3], [[2, 1], [1, 0]])
    assert remaining(nothing, 0).own.tolist() == [2, 1]


def test_over_in_one_table_is_over() -> None:
    first = _settled([(0, 0, 1, "a"), (0, 0, 2, "b")], [1], [[0]])
    second = _settled([(0, 0, 1, "a"), (0, 0, 2, "b")], [2], [[0]])
    assert over_quota([first, second]).tolist() == [False, True]


@st.composite
def fields(
    draw: st.DrawFn,
) -> tuple[list[tuple[int, int, int, str]], list[int], list[list[int]], list[list[int]]]:
    """Draw interviews, targets, shares that do not exceed them, and what was given back."""
    people, count = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    small = st.integers(0, 4)
    shares = [[draw(small) for _ in range(count)] for _ in range(people)]
    back = [[draw(st.integers(0, share)) for share in row] for row in shares]
    targets = [sum(row[cell] for row in shares) + draw(small) for cell in range(count)]
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(NO_CELL, count - 1), st.integers(NOBODY, people - 1), st.integers(0, 9)
            ),
            max_size=40,
        )
    )
    return [(*row, f"k{at:02}") for at, row in enumerate(rows)], targets, shares, back


@given(fields(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(field, random) -> None:
    interviews, targets, shares, back = field
    again = list(interviews)
    random.shuffle(again)
    assert settled(interviews, targets, shares, back) == settled(again, targets, shares, back)


@given(fields())
def test_never_more_than_the_target_and_all_of_it_where_there_are_enough(field) -> None:
    interviews, targets, shares, back = field
    result = _settled(interviews, targets, shares, back)
    for cell, target in enumerate(targets):
        made = sum(one[0] == cell for one in interviews)
        left = int(result.own_left[:, cell].sum() + result.open_left[cell])
        assert result.within[cell] <= target
        assert result.within[cell] + left == target
        assert result.within[cell] + result.over[cell] == made


@given(fields())
def test_a_share_is_never_lost(field) -> None:
    interviews, targets, shares, back = field
    states = settled(interviews, targets, shares, back)
    for who, row in enumerate(shares):
        for cell, share in enumerate(row):
            own = sorted(
                (minute, key) for at, by, minute, key in interviews if (at, by) == (cell, who)
            )
            assert all(states[key] == SHARE for _, key in own[:share])


@given(fields(), st.randoms(use_true_random=False))
def test_interviews_that_wait_on_a_phone_take_no_share_of_their_own_away(field, random) -> None:
    """What is within a share before the late phones came is within it afterwards."""
    interviews, targets, shares, back = field
    here = [one for one in interviews if random.random() < 0.5]
    before = settled(here, targets, shares, back)
    after = settled(interviews, targets, shares, back)
    late = {one[1] for one in interviews if one not in here}
    settled_early = [one for one in here if one[1] not in late and before[one[3]] == SHARE]
    assert all(after[one[3]] == SHARE for one in settled_early)


@pytest.mark.parametrize("run", range(50))
def test_64_phones_a_cell_with_room_for_100(run: int) -> None:
    """64 clients fill a cell with room for 100; exactly 100 are within, always the same."""
    random = np.random.default_rng(7)
    count = 64 * 3
    interviews = [
        (0, who, int(minute), f"{who:02}-{at}")
        for at in range(3)
        for who, minute in enumerate(random.integers(0, 600, 64))
    ]
    shares = [[1]] * 64
    reference = settled(interviews, [100], shares)
    assert sum(state != OVER for state in reference.values()) == 100
    order = np.random.default_rng(1000 + run).permutation(count)
    assert settled([interviews[at] for at in order], [100], shares) == reference
