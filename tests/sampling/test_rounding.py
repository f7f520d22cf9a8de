"""Controlled rounding: whole numbers, with every sum kept."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tyndau.sampling.rounding import controlled_rounding


def off_sums(expected: np.ndarray, counts: np.ndarray) -> int:
    """Count sums over any dimensions that are neither rounded down nor up."""
    axes = range(expected.ndim)
    subsets = chain.from_iterable(combinations(axes, size) for size in range(expected.ndim + 1))
    missed = 0
    for away in subsets:
        wanted, got = expected.sum(axis=away), counts.sum(axis=away)
        missed += int((np.abs(got - wanted) >= 1 - 1e-6).sum())
    return missed


@settings(max_examples=60)
@given(arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(0, 30)))
def test_two_dimensions_always_have_a_solution(expected: np.ndarray) -> None:
    rounded = controlled_rounding(expected)
    assert rounded.off == 0
    assert off_sums(expected, rounded.counts) == 0


def test_three_dimensions_of_shares() -> None:
    rng = np.random.default_rng(4)
    shares = np.multiply.outer([0.52, 0.48], [0.24, 0.32, 0.24, 0.2])
    expected = np.array([n * shares for n in rng.integers(20, 260, 16)])
    rounded = controlled_rounding(expected)
    assert rounded.off == 0
    assert off_sums(expected, rounded.counts) == 0
    np.testing.assert_array_equal(
        rounded.counts.sum(axis=(1, 2)), expected.sum(axis=(1, 2)).round()
    )


def test_whole_tables_stay() -> None:
    table = np.arange(12).reshape(3, 4)
    np.testing.assert_array_equal(controlled_rounding(table).counts, table)


def test_a_category_that_nobody_has_stays_empty() -> None:
    expected = np.multiply.outer([10.4, 7.6], [0.0, 0.3, 0.7])
    assert (controlled_rounding(expected).counts[:, 0] == 0).all()


def test_the_nearest_of_all_solutions_is_taken() -> None:
    """All 2 x 3 tables that keep the sums are tried: none is nearer."""
    expected = np.array([[1.2, 2.7, 3.6], [4.4, 0.9, 2.2]])
    free = [np.floor(expected) + np.reshape(bits, expected.shape) for bits in np.ndindex(*[2] * 6)]
    kept = [table for table in free if off_sums(expected, table) == 0]
    nearest = min(np.abs(table - expected).sum() for table in kept)
    found = controlled_rounding(expected).counts
    assert np.abs(found - expected).sum() == pytest.approx(nearest)


def test_a_table_without_a_solution_says_by_how_much_it_is_off() -> None:
    """Three sums of pairs make two cells equal whose own sum is 1 (as Causey, Cox, Ernst 1985)."""
    expected = np.full((2, 2, 2), 0.5)
    expected[1, 0, 0] = expected[1, 1, 1] = 0
    rounded = controlled_rounding(expected)
    assert rounded.off == 1
    assert off_sums(expected, rounded.counts) >= 1
    assert set(np.unique(rounded.counts)) <= {0, 1}
