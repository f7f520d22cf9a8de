"""Who was alone and which point was empty: as a plain reading of the notes says, on any field."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pytest

from tyndau.fieldwork.control.hours import clock
from tyndau.fieldwork.control.places import alone, empty_points
from tyndau.fieldwork.control.rulebook import Alert, FieldRules
from tyndau.fieldwork.control.work import Work, moment

RULES = FieldRules(empty_hours=1.0, alone_minutes=20.0)
MINUTE, HOUR = np.timedelta64(60, "s"), np.timedelta64(3600, "s")

Span = tuple[np.datetime64, np.datetime64]
# rule, people, point, day, start, end, minutes
Said = tuple[str, tuple[str, ...], str, date, str, str, int]


def _field(seed: int, *, rows: int, people: int, points: int, hours: int) -> Work:
    """Draw notes of a few days; some have no length, no point, or a clock that was set back."""
    random = np.random.default_rng(seed)
    day = random.integers(0, 3, rows) * 24 * 60
    starts = np.datetime64("2026-10-05T08:00", "s") + (
        (day + 5 * random.integers(0, hours * 12, rows)) * MINUTE
    )
    minutes = random.choice([-10, 0, 0, 5, 10, 25, 60, 240, 1500], rows,
                            p=[0.02, 0.2, 0.2, 0.14, 0.2, 0.1, 0.1, 0.03, 0.01])  # fmt: skip
    return Work(
        np.array([f"i{one}" for one in random.integers(0, people, rows)], dtype=str),
        np.array(["" if one == points else f"p{one}" for one in
                  random.integers(0, points + 1, rows)], dtype=str),
        starts,
        starts + minutes * MINUTE,
        random.random(rows) < random.choice([0.1, 0.5]),
    )  # fmt: skip


def _stays(work: Work) -> dict[tuple[str, date], list[tuple[str, Span]]]:
    """Follow each interviewer's notes of a day, one by one."""
    found: dict[tuple[str, date], list[tuple[str, Span]]] = {}
    for name, day, done in work.days():
        at, reached = None, done.ends[0]
        for point, start, end in zip(done.points.tolist(), done.starts, done.ends, strict=True):
            if point != at or start - reached > 3 * HOUR:
                found.setdefault((point, day), []).append((name, (start, end)))
            else:
                stayed = found[point, day]
                stayed[-1] = (name, (stayed[-1][1][0], max(stayed[-1][1][1], end)))
            at, reached = point, max(reached, end)
    return {key: there for key, there in found.items() if key[0]}


def _without(whole: Span, taken: Iterable[Span]) -> list[Span]:
    """Return what of a span is not taken by others."""
    left, reached = [], whole[0]
    for start, end in sorted(taken):
        if start > reached:
            left.append((reached, min(start, whole[1])))
        reached = max(reached, end)
    return [*left, (reached, whole[1])]


def _together(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _said(rule: str, people: Sequence[str], at: tuple[str, date], spell: Span) -> Said:
    minutes = round((spell[1] - spell[0]) / MINUTE)
    return rule, tuple(people), *at, clock(spell[0]), clock(spell[1]), minutes


def _longest(spells: Iterable[Span]) -> Span:
    return max(spells, key=lambda one: one[1] - one[0])


def _slow(work: Work) -> set[Said]:
    """Look at every stay and every other one."""
    said = set()
    for at, noted in _stays(work).items():
        there = [(name, (start, max(start, end))) for name, (start, end) in noted]
        names = sorted({name for name, _ in there})
        made = [
            (start, max(start, end))
            for point, start, end, kept in zip(
                work.points, work.starts, work.ends, work.interviews, strict=True
            )
            if kept and (point, moment(start).date()) == at
        ]
        whole = _together(span for _, span in there)
        spell = _longest(left for span in whole for left in _without(span, made))
        if spell[1] - spell[0] >= RULES.empty_hours * 60 * MINUTE:
            said.add(_said("empty_point", names, at, spell))
        for name in names:
            others = [span for who, span in there if who != name]
            own = [span for who, span in there if who == name]
            spell = _longest(left for span in own for left in _without(span, others))
            if spell[1] - spell[0] > RULES.alone_minutes * MINUTE:
                said.add(_said("alone", [name], at, spell))
    return said


def _as_said(found: Iterable[Alert]) -> list[Said]:
    return [
        (one.rule, one.interviewers, one.point, one.day, str(one.facts["start"]),
         str(one.facts["end"]), int(one.facts["minutes"]))
        for one in found
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_alone_and_empty_are_what_a_plain_reading_says(seed) -> None:
    """Sparse fields and crowded ones; nobody is expected anywhere, every phone was heard of."""
    sizes = np.random.default_rng([seed, 1])
    rows, hours = int(sizes.choice([1, 5, 40, 300])), int(sizes.choice([2, 8, 20]))
    work = _field(seed, rows=rows, hours=hours, people=1 + seed % 5, points=1 + seed % 3)
    found = _as_said([*empty_points(work, RULES, {}), *alone(work, RULES, {})])
    assert len(found) == len(set(found))
    assert set(found) == _slow(work)


def test_such_fields_break_both_rules() -> None:
    said = [one for seed in range(3)
            for one in _slow(_field(seed, rows=60, people=3, points=3, hours=20))]  # fmt: skip
    assert {one[0] for one in said} == {"alone", "empty_point"}
    assert len(said) > 20


def test_nothing_noted_is_nobody_there() -> None:
    work = _field(0, rows=0, people=1, points=1, hours=1)
    assert [*empty_points(work, RULES, {}), *alone(work, RULES, {})] == []
