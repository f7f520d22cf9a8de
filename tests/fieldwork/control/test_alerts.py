"""Alerts of the field: each rule strikes where it was broken and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tyndau.fieldwork.control.alerts import alerts, darkness
from tyndau.fieldwork.control.rulebook import RULES, Alert, FieldRules, field_rules
from tyndau.fieldwork.control.work import Work
from tyndau.study import Study, load_study

CITY = Path(__file__).parents[3] / "studies" / "demo-city"
DAY = "2026-10-05"  # a Monday
RULEBOOK = FieldRules()

# interviewer, point, day, start, end, whether an interview
Row = tuple[str, str, str, str, str, bool]


def _at(day: str, clock: str) -> np.datetime64:
    return np.datetime64(f"{day}T{clock}", "s")


def _work(rows: Sequence[Row]) -> Work:
    return Work(
        np.array([row[0] for row in rows], dtype=str),
        np.array([row[1] for row in rows], dtype=str),
        np.array([_at(row[2], row[3]) for row in rows], dtype="datetime64[s]"),
        np.array([_at(row[2], row[4]) for row in rows], dtype="datetime64[s]"),
        np.array([row[5] for row in rows], dtype=bool),
    )


def _visit(
    name: str, point: str, begin: str, minutes: int, *, day: str = DAY, interviews: bool = True
) -> list[Row]:
    """Return notes every ten minutes from a beginning on, each ten minutes long."""
    hour, minute = map(int, begin.split(":"))
    times = [hour * 60 + minute + at for at in range(0, minutes + 1, 10)]
    clocks = [f"{one // 60:02}:{one % 60:02}" for one in times]
    return [(name, point, day, start, end, interviews) for start, end in pairwise(clocks)]


def _never(_day: date) -> datetime | None:
    return None


def _found(rows: Sequence[Row], rule: str, **more) -> list[Alert]:
    settings = {"rules": RULEBOOK, "dark": _never, **more}
    return [
        one
        for one in alerts(_work(rows), settings.pop("rules"), settings.pop("dark"), **settings)
        if one.rule == rule
    ]


def _both(begin: str, minutes: int, **more) -> list[Row]:
    return [
        *_visit("i1", "p1", begin, minutes, **more),
        *_visit("i2", "p1", begin, minutes, **more),
    ]


def test_a_day_as_it_should_be_says_nothing() -> None:
    """Four visits of two hours with an hour between, two together, as the calendar plans them."""
    rows = [
        row
        for at, begin in enumerate(("09:00", "12:00", "15:00", "18:00"))
        for name in ("i1", "i2")
        for row in _visit(name, f"p{at}", begin, 120)
    ]
    limits = replace(RULEBOOK, spread_from=99)
    assert alerts(_work(rows), limits, _never, expected={}) == ()


def test_more_than_eight_hours_a_day() -> None:
    rows = [row for begin in ("08:00", "10:15", "12:30", "14:45", "17:00")
            for row in _visit("i1", "p1", begin, 120)]  # fmt: skip
    (found,) = _found(rows, "day_hours")
    assert (found.interviewers, found.day) == (("i1",), date(2026, 10, 5))
    assert found.facts["hours"] == 10.0
    assert _found(rows[: 4 * 12], "day_hours") == []


def test_hours_of_another_day_are_not_added() -> None:
    rows = [row for day in (DAY, "2026-10-06") for begin in ("09:00", "12:00", "15:00")
            for row in _visit("i1", "p1", begin, 120, day=day)]  # fmt: skip
    assert _found(rows, "day_hours") == []


def test_more_than_two_hours_without_a_break() -> None:
    (found,) = _found(_visit("i1", "p1", "09:00", 160), "on_end")
    assert (found.facts["start"], found.facts["end"]) == ("09:00", "11:40")
    rested = [*_visit("i1", "p1", "09:00", 120), *_visit("i1", "p1", "11:15", 100)]
    assert _found(rested, "on_end") == []
    hasty = [*_visit("i1", "p1", "09:00", 120), *_visit("i1", "p1", "11:14", 10)]
    assert len(_found(hasty, "on_end")) == 1


def test_an_interview_begun_in_time_may_be_finished() -> None:
    rows = [*_visit("i1", "p1", "09:00", 110), ("i1", "p1", DAY, "10:55", "11:20", True)]
    assert _found(rows, "on_end") == []


def test_a_point_that_gives_no_interview_for_two_hours() -> None:
    rows = _both("09:00", 120, interviews=False)
    (found,) = _found(rows, "empty_point")
    assert (found.interviewers, found.point) == (("i1", "i2"), "p1")
    assert (found.facts["start"], found.facts["end"]) == ("09:00", "11:00")
    # One interview of the other is enough.
    assert _found([*rows, ("i2", "p1", DAY, "10:00", "10:15", True)], "empty_point") == []
    assert _found(_both("09:00", 110, interviews=False), "empty_point") == []


def test_who_left_for_another_point_leaves_no_empty_one_behind() -> None:
    rows = [
        *_visit("i1", "p1", "09:00", 30, interviews=False),
        *_visit("i1", "p2", "09:30", 60),
        *_visit("i1", "p1", "11:00", 30, interviews=False),
    ]
    assert _found(rows, "empty_point") == []


def test_one_alone_where_two_are_expected() -> None:
    rows = [*_visit("i1", "p1", "09:00", 120), *_visit("i2", "p1", "09:00", 30)]
    (found,) = _found(rows, "alone", expected={"p1": ["i1", "i2"]})
    assert found.interviewers == ("i1",)
    assert (found.facts["start"], found.facts["end"]) == ("09:30", "11:00")
    late = [*_visit("i1", "p1", "09:00", 120), *_visit("i2", "p1", "09:40", 80)]
    assert _found(late, "alone", expected={"p1": ["i1", "i2"]}) == []


def test_a_point_of_one_interviewer_is_nobody_alone() -> None:
    assert _found(_visit("i1", "p1", "09:00", 120), "alone", expected={"p1": ["i1"]}) == []
    assert len(_found(_visit("i1", "p1", "09:00", 120), "alone", expected={})) == 1


def test_nobody_is_said_to_be_absent_while_a_phone_is_silent() -> None:
    expected = {"p1": ["i1", "i2"]}
    seen = _visit("i1", "p1", "09:00", 130, interviews=False)
    silent = {"i1": _at(DAY, "23:00"), "i2": _at(DAY, "10:00")}
    heard = {**silent, "i2": _at(DAY, "22:00")}
    for rule in ("alone", "empty_point"):
        assert _found(seen, rule, expected=expected, heard=silent) == []
        assert _found(seen, rule, expected=expected, heard={"i1": silent["i1"]}) == []
        assert len(_found(seen, rule, expected=expected, heard=heard)) == 1


def test_after_dark() -> None:
    def dark(day: date) -> datetime:
        return datetime.combine(day, time(18, 30))

    rows = _visit("i1", "p1", "17:30", 90)
    (found,) = _found(rows, "after_dark", dark=dark)
    assert (found.point, found.facts["end"], found.facts["dark"]) == ("p1", "19:00", "18:30")
    assert _found(_visit("i1", "p1", "17:30", 60), "after_dark", dark=dark) == []


def test_it_gets_dark_by_the_sun_where_the_place_is_known_else_by_the_hour() -> None:
    study = load_study(CITY)
    rules = field_rules(study, "residents")
    at_place = darkness(replace(study, place=(42.9, 71.37)), rules)(date(2026, 10, 5))
    assert at_place is not None
    assert at_place.strftime("%H:%M") == "17:49"  # 12:49 UTC; the zone is five hours ahead
    assert darkness(study, rules)(date(2026, 10, 5)) == datetime(2026, 10, 5, 21)
    assert darkness(study, replace(rules, dark_from=None))(date(2026, 10, 5)) is None


def test_too_many_interviews_of_one_at_a_point() -> None:
    rows = [*_both("09:00", 120), *_visit("i1", "p1", "12:00", 100)]
    (found,) = _found(rows, "at_point", rules=replace(RULEBOOK, at_point=21))
    assert (found.interviewers, found.facts["count"]) == (("i1",), 22)
    assert _found(rows, "at_point", rules=replace(RULEBOOK, at_point=22)) == []


def test_a_point_seen_at_one_hour_and_on_one_weekday_only() -> None:
    rows = [*_both("09:00", 30), *_both("09:30", 30, day="2026-10-12")]
    assert [one.rule for one in alerts(_work(rows), RULEBOOK, _never)] == ["hours", "weekdays"]
    evening = [*_both("09:00", 30), *_both("18:00", 30, day="2026-10-12")]
    assert [one.rule for one in alerts(_work(evening), RULEBOOK, _never)] == ["weekdays"]
    weekend = [*_both("09:00", 30), *_both("09:30", 30, day="2026-10-11")]
    assert [one.rule for one in alerts(_work(weekend), RULEBOOK, _never)] == ["hours"]
    assert alerts(_work(rows[:9]), RULEBOOK, _never) == ()


def test_the_same_alert_has_the_same_key_when_more_is_known() -> None:
    before = _visit("i1", "p1", "09:00", 160)
    after = [*before, *_visit("i1", "p1", "11:40", 60), *_visit("i2", "p1", "09:00", 220)]
    (first,), (again,) = _found(before, "on_end"), [
        one for one in _found(after, "on_end") if one.interviewers == ("i1",)
    ]  # fmt: skip
    assert first.key == again.key
    assert first.facts != again.facts


def test_the_order_of_arrival_changes_nothing_and_keys_are_unique() -> None:
    rows = [*_both("09:00", 200, interviews=False), *_visit("i1", "p2", "14:00", 200),
            *_visit("i3", "p3", "09:00", 500, day="2026-10-06")]  # fmt: skip
    found = alerts(_work(rows), RULEBOOK, _never)
    order = np.random.default_rng(3).permutation(len(rows))
    assert alerts(_work([rows[at] for at in order]), RULEBOOK, _never) == found
    assert len({one.key for one in found}) == len(found) > 4
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)


def test_no_work_no_alert() -> None:
    assert alerts(_work([]), RULEBOOK, _never) == ()


def test_thresholds_are_those_of_the_sheet() -> None:
    study = load_study(CITY)
    assert field_rules(study, "residents") == FieldRules(dark_from=21.0)
    stricter = [replace(one, threshold=6.0) for one in study.rules if one.kind == "hours_a_day"]
    assert field_rules(_with_rules(study, stricter), "residents").hours_a_day == 6.0
    assert field_rules(study, "ngo") == FieldRules()


def _with_rules(study: Study, more) -> Study:
    return replace(study, rules=(*study.rules, *more))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_alerts_and_next_steps_are_said_in_both_languages(language) -> None:
    rows = [*_both("09:00", 200, interviews=False), *_visit("i1", "p2", "14:00", 400),
            *_visit("i3", "p3", "09:00", 100)]  # fmt: skip
    found = alerts(
        _work(rows), replace(RULEBOOK, at_point=5), lambda day: datetime(2026, 10, 5, 16)
    )
    assert {one.rule for one in found} == set(RULES)
    for one in found:
        for message in (one.sentence, one.step, RULES[one.rule]):
            assert message.say(language)
            assert message.say(language) != message.say("en")
            assert "{" not in message.say(language)
