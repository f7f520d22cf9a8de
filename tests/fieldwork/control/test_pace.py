"""The forecast of the end of a field."""

from datetime import date, timedelta

import numpy as np
import pytest

from tyndau.fieldwork.control.pace import forecast

START = date(2026, 10, 5)  # a Monday
LAST = START + timedelta(days=20)


def _days(*counts: int) -> dict[date, int]:
    return {START + timedelta(days=at): count for at, count in enumerate(counts)}


def _today(days: int) -> date:
    return START + timedelta(days=days)


def test_an_even_pace_goes_on() -> None:
    """Five days with 100 each; 16 more to the last day give 2,100, and 2,000 on the twentieth."""
    found = forecast(_days(*[100] * 5), 2000, LAST, today=_today(5))
    assert found is not None
    assert (found.days, found.done, found.a_day, found.dispersion) == (5, 500, 100.0, 1.0)
    assert found.expected == 2100
    assert found.end == START + timedelta(days=19)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest < found.end < found.latest
    # Five weekdays once each use up 5 / 3 days. In R qt(0.9, 10 / 3) is 1.592; the root of
    # 1600 (1 + 16 / 5) is 81.98, their product 130.5.
    assert (found.low, found.high) == (2100 - 131, 2100 + 131)


def test_days_off_are_not_counted_on() -> None:
    sundays = forecast(_days(*[100] * 5), 2000, LAST, today=_today(5), days_off=[6])
    assert sundays is not None
    assert sundays.expected == 1800  # three Sundays less


def test_a_weekday_that_was_stronger_stays_somewhat_stronger() -> None:
    """Two Mondays of 240 beside twelve days of 100: (480 + 5 * 120) / 7 = 154.3."""
    week = [240, 100, 100, 100, 100, 100, 100]
    monday = _today(14)
    found = forecast(_days(*week, *week), 5000, monday, today=monday)
    assert found is not None
    assert found.expected - found.done == 154


def test_days_that_vary_give_a_wider_interval() -> None:
    even = forecast(_days(100, 100, 100, 100, 100), 2000, LAST, today=_today(5))
    uneven = forecast(_days(30, 170, 60, 140, 100), 2000, LAST, today=_today(5))
    assert even is not None
    assert uneven is not None
    assert uneven.dispersion > 10
    assert uneven.high - uneven.low > 3 * (even.high - even.low)


@pytest.mark.parametrize("counts", [(), (90, 110), (0, 0, 0, 0)])
def test_too_few_days_or_nothing_done_is_no_forecast(counts) -> None:
    assert forecast(_days(*counts), 2000, LAST, today=_today(len(counts))) is None


def test_today_which_is_not_over_does_not_count_as_a_day() -> None:
    assert forecast(_days(100, 100, 3), 2000, LAST, today=_today(2)) is None
    with_it = forecast(_days(100, 100, 100, 3), 2000, LAST, today=_today(3))
    assert with_it == forecast(_days(100, 100, 100), 2000, LAST, today=_today(3))


def test_a_target_that_is_reached_and_one_that_never_is() -> None:
    reached = forecast(_days(100, 100, 100), 250, LAST, today=_today(3))
    assert reached is not None
    assert (reached.end, reached.latest) == (_today(3), _today(3))
    never = forecast(_days(1, 0, 0), 2500, LAST, today=_today(3))
    assert never is not None
    assert (never.end, never.latest) == (None, None)


def test_a_field_after_its_last_day_expects_nothing_more_by_then() -> None:
    late = forecast(_days(100, 100, 100), 400, _today(2), today=_today(3))
    assert late is not None
    assert (late.expected, late.low, late.high) == (300, 300, 300)
    assert late.end == _today(3)


def test_intervals_hold_as_often_as_they_say() -> None:
    """Of 2,000 simulated fields, 80 % end within their interval of 80 %, give or take 6 points.

    Days are negative binomial with a dispersion of 4 and stronger weekends, seen after 4 to 14 days
    of 21: what the model does not know exactly. The same holds of the day on which it ends.
    """
    random = np.random.default_rng(2026)
    weekdays = np.array([0.95, 0.95, 0.95, 0.95, 0.95, 1.15, 1.1])
    held = ends = 0
    fields = 2000
    for _ in range(fields):
        days = int(random.integers(4, 15))
        means = random.uniform(60, 160) * weekdays[np.arange(60) % 7]
        counts = random.negative_binomial(means / 3, 1 / 4)
        seen = _days(*counts[:days].tolist())
        target = int(means[:21].sum())
        found = forecast(seen, target, LAST, today=_today(days))
        assert found is not None
        held += found.low <= counts[:21].sum() <= found.high
        at = int(np.argmax(counts.cumsum() >= target))
        assert found.earliest is not None
        ends += found.earliest <= _today(max(at, days)) <= (found.latest or date.max)
    assert 0.74 <= held / fields <= 0.86
    assert 0.74 <= ends / fields <= 0.92  # whole days make it somewhat wider
