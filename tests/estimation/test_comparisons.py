"""When two domains differ."""

import numpy as np
import pytest

from tyndau.estimation import significant


@pytest.mark.parametrize(
    ("first", "second", "variance", "degrees", "sign"),
    [
        (0.5, 0.3, 0.01, 1000, 1),  # t = 2.00, bound 1.96
        (0.3, 0.5, 0.01, 1000, -1),
        (0.5, 0.3, 0.01, 10, 0),  # t = 2.00, bound 2.23
        (0.5, 0.3, 0.011, 1000, 0),
        (0.0, 1.0, 0.0, 50, -1),  # no variance, yet all differ
        (0.3, 0.3, 0.0, 50, 0),
        (0.3, 0.3 + 1e-16, 0.0, 50, 0),  # rounding
        (0.1, 0.9, 0.001, 0, 0),  # nothing to judge by
        (np.nan, 0.9, np.nan, 50, 0),
    ],
)
def test_differences(
    first: float, second: float, variance: float, degrees: float, sign: int
) -> None:
    found = significant(
        np.array([first]),
        np.array([second]),
        np.array([variance]),
        degrees=np.array([degrees], dtype=float),
        level=0.95,
    )
    assert found.tolist() == [sign]
