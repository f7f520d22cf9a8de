"""What weights cost, margins beside their targets, and what to merge."""

import numpy as np
import pytest

from tyndau.weighting import compare_margins, diagnose, make_margin, rake
from tyndau.weighting.merging import suggest_merges


def test_kish_effect_extremes_and_the_heaviest() -> None:
    weights = np.concatenate([np.ones(95), np.full(5, 10.0), np.zeros(3)])
    found = diagnose(weights)
    assert (found.n, found.total, found.minimum, found.maximum, found.ratio) == (
        100,
        145,
        1,
        10,
        10,
    )
    assert found.kish == pytest.approx(1 + weights[:100].var() / weights[:100].mean() ** 2)
    assert found.effective == pytest.approx(145**2 / (95 + 500))
    assert found.top_share == pytest.approx(50 / 145)


def test_margins_stand_before_after_and_as_wanted(sample, margins) -> None:
    done = rake(sample.weight, margins)
    rows = compare_margins(margins, sample.weight, done.weights)
    assert [row.category for row in rows[:2]] == ["female", "male"]
    assert rows[0].target == 5200
    assert rows[0].after == pytest.approx(5200)
    assert rows[0].before == pytest.approx(sample.weight[sample.sex == 0].sum())
    assert sum(row.rows for row in rows if row.margin == "age") == 600
    assert not any(row.small for row in rows)


def test_small_and_free_categories_are_shown_with_what_to_merge() -> None:
    codes = np.repeat([0, 1, 2], [100, 40, 12])
    margin = make_margin("age", codes, [500, np.nan, 60], categories=("young", "middle", "old"))
    rows = compare_margins([margin], np.ones(152), np.ones(152))
    assert [(row.target, row.small, row.merge) for row in rows] == [
        (500, False, ""),
        (None, False, ""),
        (60, True, "middle"),
    ]


@pytest.mark.parametrize(("by", "into"), [("neighbour", 1), ("similar", 3)])
def test_merges_follow_the_named_policy(by, into) -> None:
    (merge,) = suggest_merges([400, 90, 5, 40], below=30, by=by)
    assert merge.category == 2
    assert merge.into == {"neighbour": 3, "similar": 3}[by]
    (merge,) = suggest_merges([400, 35, 5, 90, 31], below=30, by=by)
    assert merge.into == {"neighbour": 1, "similar": 4}[by]


def test_an_empty_neighbour_is_not_suggested_where_another_has_people() -> None:
    found = suggest_merges([50, 0, 4], below=30)
    assert [(one.category, one.into) for one in found] == [(1, 2), (2, 1)]
    assert suggest_merges([3], below=30)[0].into == -1
