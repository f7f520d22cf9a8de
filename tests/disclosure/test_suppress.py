"""Complementary suppression and its audit over tables whose answer is known, and random ones."""

import os

import numpy as np
import pytest

from tyndau.disclosure import audit, relate, subtract, suppress
from tyndau.disclosure.relations import Relation, Relations

from .linked_tables import LIMITS, protected, random_tables

# All 500 in `benchmarks/soak_disclosure.py`, or here with TYNDAU_SOAK=250.
PLAIN = int(os.environ.get("TYNDAU_SOAK", "45"))
SHAPED = int(os.environ.get("TYNDAU_SOAK", "15"))
# A person alone in a column; a total that other answers tell; questions put in turn; a programme
# that once did not end.
ONCE_HARD = (183, 222, 53, 131)


def table(values: list[list[int]]) -> Relations:
    """Return the relations of a table with its margins: the first row and column are totals."""
    shown = np.array(values, dtype=float)
    rows, columns = shown.shape
    at = np.arange(shown.size).reshape(shown.shape)
    relations: list[Relation] = [
        (at[row].tolist(), [-1.0] + [1.0] * (columns - 1), 0.0, 0.0) for row in range(rows)
    ]
    relations += [
        (at[:, column].tolist(), [-1.0] + [1.0] * (rows - 1), 0.0, 0.0) for column in range(columns)
    ]
    return relate(shown.ravel(), relations)


SMALL = [
    [120, 60, 40, 20],
    [63, 30, 29, 4],
    [57, 30, 11, 16],
]


def test_a_single_hidden_cell_is_recovered_by_subtraction() -> None:
    relations = table(SMALL)
    hidden = relations.value == 4
    found = audit(relations, hidden, allowed=10)
    assert found.subtracted.sum() == found.recovered.sum() == found.narrow.sum() == 1
    assert not found.passed
    low, high = subtract(relations, hidden)
    assert low[hidden] == high[hidden] == 4


def test_cells_of_least_loss_are_hidden_for_its_sake() -> None:
    relations = table(SMALL)
    primary = relations.value == 4
    result = suppress(relations, primary, width=10)
    # A rectangle with the small cell at a corner: 11 and 29 are cheaper than 30 and 30.
    assert sorted(relations.value[result.hidden]) == [4, 11, 16, 29]
    assert audit(relations, result.hidden, allowed=result.width).passed


def test_a_rectangle_too_small_to_move_in_does_not_protect() -> None:
    # 4 and 1 in a row leave at most 5: the third column must follow, and more with it.
    relations = table([[62, 20, 22, 20], [26, 1, 21, 4], [36, 19, 1, 16]])
    primary = (relations.value < 10) & (relations.value > 0)
    result = suppress(relations, primary, width=10)
    found = audit(relations, result.hidden, allowed=result.width)
    assert found.passed
    assert (found.width[primary] >= 10 - 1e-4).all()
    assert not result.short.any()


def test_nothing_small_hides_nothing_and_solves_nothing() -> None:
    relations = table([[90, 45, 45], [45, 20, 25], [45, 25, 20]])
    result = suppress(relations, relations.value < 10, width=10)
    assert not result.hidden.any()
    assert result.programmes == 0


def test_whoever_finds_fault_with_the_values_says_so() -> None:
    with pytest.raises(ValueError, match="does not hold"):
        table([[10, 4, 4], [5, 2, 3], [5, 2, 1]])


def test_a_cell_that_the_margins_bound_is_reported_as_short() -> None:
    relations = relate([5.0, 2.0, 3.0], [([0, 1, 2], [-1.0, 1.0, 1.0], 0.0, 0.0)])
    fixed = np.array([True, False, False])
    primary = np.array([False, True, True])
    result = suppress(relations, primary, width=10, hideable=~fixed)
    assert result.short.tolist() == [False, True, True]
    found = audit(relations, result.hidden, allowed=result.width)
    assert (found.low[1], found.high[1]) == (0, 5)


def test_the_same_tables_are_hidden_alike_each_time() -> None:
    first, second = protected(3), protected(3)
    assert (first.suppression.hidden == second.suppression.hidden).all()


@pytest.mark.requirement("C9")
@pytest.mark.parametrize(
    ("seed", "shapes"),
    [(seed, False) for seed in range(PLAIN)]
    + [(seed, True) for seed in sorted({*range(SHAPED), *ONCE_HARD})],
)
def test_no_hidden_cell_of_random_linked_tables_is_recovered(seed: int, shapes: bool) -> None:
    hidden, tables = protected(seed, shapes), random_tables(seed, shapes)[0]
    assert not hidden.audit.subtracted.any()
    assert not hidden.audit.recovered.any()
    assert not hidden.audit.narrow.any()
    for counted, table_, places in zip(tables, hidden.tables, hidden.linked.places, strict=True):
        if table_ is None:
            continue
        assert table_.hidden is not None
        # Whatever bears the sign was audited, but for what is left out with a column and is of
        # enough people, or of nobody. It holds no number any more.
        left = {(head.group, head.code) for head in table_.left_out}
        heads = [(head.group, head.code) for head in counted.columns]
        kept = [at for at, head in enumerate(heads) if head not in left]
        share = [head.is_share for head in counted.rows]
        marked = places[:, kept][share][table_.hidden[share]]
        for cell in marked[hidden.audit.allowed[marked] == 0]:
            assert hidden.reasons[cell] == "column"
            assert (
                hidden.linked.count[cell] == 0 or hidden.linked.count[cell] >= LIMITS.people_below
            )
        for name in ("percent", "se", "low", "high", "degrees", "index"):
            assert np.isnan(getattr(table_, name)[table_.hidden]).all()
        assert not table_.people.any()
        assert np.isnan(table_.gates).all()


def test_nor_by_whoever_uses_that_people_are_whole() -> None:
    relations = table([[150, 44, 56, 50], [54, 3, 26, 25], [96, 41, 30, 25]])
    result = suppress(relations, (relations.value > 0) & (relations.value < 10), width=10)
    found = audit(relations, result.hidden, allowed=result.width, whole=True)
    assert found.passed
    assert (found.low == np.ceil(found.low))[result.hidden].all()
