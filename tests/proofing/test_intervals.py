"""What a rounded figure allows."""

from fractions import Fraction

import pytest

from tyndau.proofing.intervals import Interval, misprint, people, share, whole_people

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("percent", "low", "high"), [(17, "16.5", "17.5"), (0, "0", "0.5"), (100, "99.5", "100")]
)
def test_a_figure_stands_for_what_rounds_to_it(percent: int, low: str, high: str) -> None:
    assert share(Fraction(percent), HALF) == Interval(Fraction(low), Fraction(high))


def test_one_decimal_allows_a_tenth_of_that() -> None:
    assert share(Fraction("16.7"), HALF / 10) == Interval(Fraction("16.65"), Fraction("16.75"))


def test_people_of_a_base_need_not_be_whole() -> None:
    assert people(Fraction(49), Fraction(1), HALF) == Interval(Fraction("0.245"), Fraction("0.735"))


@pytest.mark.parametrize(
    ("base", "percent", "counts"),
    [
        (20, 3, None),  # 1 of 20 is already 5 %
        (20, 5, (1, 1)),
        (25, 25, None),  # 6 are 24 %, 7 are 28 %
        (8, 12, (1, 1)),  # 12.5 % may have been rounded down
        (8, 13, (1, 1)),  # and up
        (671, 56, (373, 379)),
        (3, 0, (0, 0)),
    ],
)
def test_whole_people_behind_a_figure(
    base: int, percent: int, counts: tuple[int, int] | None
) -> None:
    found = whole_people(base, Fraction(percent), HALF)
    assert (found and (found.low, found.high)) == counts


@pytest.mark.parametrize(
    ("printed", "meant", "slip"),
    [
        ("6", "66", "lost"),
        ("7", "17", "lost"),
        ("1", "16", "lost"),
        ("117", "17", "added"),
        ("34", "43", "swapped"),
        ("10", "16", "changed"),
        ("41", "37", ""),
        ("100", "10", "added"),
        ("17", "17", ""),
        ("1", "234", ""),
    ],
)
def test_a_slip_of_one_digit(printed: str, meant: str, slip: str) -> None:
    assert misprint(printed, meant) == slip
