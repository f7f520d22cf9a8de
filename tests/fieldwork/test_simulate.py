"""Simulated interviews: they follow routing and design, and are the same for the same seed."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tyndau.base.errors import UserError
from tyndau.base.frames import Frame
from tyndau.fieldwork.simulation import simulate
from tyndau.interchange import import_frame, read_csv
from tyndau.questionnaire.expression import parse
from tyndau.study import Study, prepare
from tyndau.waves import write_parquet

from .answers_file import said, write_answers
from .names import BATTERY

PARADATA = {"start", "end", "interviewer", "point_territory", "language_start", "language_end"}


@pytest.fixture(scope="module")
def frame(fictional: Study) -> Frame:
    return simulate(fictional, 800, 2026).frames["residents"]


def test_import_accepts_every_interview_with_its_routing(
    tmp_path: Path, fictional: Study, frame: Frame
) -> None:
    path = write_answers(tmp_path / "answers.csv", frame)
    imported = import_frame(
        read_csv(path), fictional, "residents", key="key", ignore=PARADATA
    ).frame
    assert len(imported) == len(frame) > 800
    for column in imported:
        own = frame[column.variable.name]
        np.testing.assert_array_equal(own.values, column.values, column.variable.name)
        chance = column.variable.name in ("used", "office", "times")
        if not chance:  # whom chance sends there is not in the file
            np.testing.assert_array_equal(own.asked, column.asked, column.variable.name)


def test_as_many_are_interviewed_as_was_asked_for(fictional: Study, frame: Frame) -> None:
    respondents = prepare(fictional, "residents", frame)
    assert len(respondents) == 800
    assert respondents["age"].values.min() >= 18
    refused = frame["consent"].values == frame["consent"].variable.codes.index("no")
    assert 0.12 < refused.mean() < 0.25
    assert not frame["sex"].asked[refused].any()


def test_constraints_filters_and_chance_are_respected(fictional: Study, frame: Frame) -> None:
    problems = frame["problems"]
    assert problems.values.sum(axis=1).max() == 3
    alone = problems.values[:, problems.variable.codes.index("none")]
    assert alone.any()
    assert (problems.values[alone].sum(axis=1) == 1).all()
    times = frame["times"].values[frame["times"].asked]
    assert times.min() >= 1
    assert times.max() <= 12
    for place, office in zip(said(frame, "territory"), said(frame, "office"), strict=True):
        assert office in ("", "o_main", f"o_{place}")
    assert 0.4 < frame["used"].asked.sum() / 800 < 0.6
    specified = [text for text in said(frame, "problems_other") if text]
    assert len(specified) > 5


def test_languages_and_open_answers(frame: Frame) -> None:
    start, end = (np.array(list(said(frame, f"language_{side}"))) for side in ("start", "end"))
    assert {*start} == {"kk", "ru"}
    assert 0.02 < (start != end).mean() < 0.09
    suggested = [text for text in said(frame, "suggest") if text]
    kazakh = [text for text in suggested if set("әғқңөұүһі") & set(text.casefold())]
    assert 0.3 < len(kazakh) / len(suggested) < 0.9


def test_sensitive_questions_have_more_dont_knows(fictional: Study) -> None:
    frame = simulate(fictional, 3000, 3).frames["residents"]
    unknown = {
        name: np.isin(list(said(frame, name)), ["dont_know", "refused"]).mean()
        for name in ("protest", "plain")
    }
    assert unknown["protest"] > 2 * unknown["plain"] > 0


def test_the_same_seed_gives_the_same_interviews(fictional: Study) -> None:
    once, again, other = (simulate(fictional, 60, seed) for seed in (5, 5, 6))
    assert once.record == again.record
    assert write_parquet(once.frames["residents"]) == write_parquet(again.frames["residents"])
    assert write_parquet(once.frames["residents"]) != write_parquet(other.frames["residents"])


def test_a_real_place_is_refused(fictional: Study) -> None:
    with pytest.raises(UserError) as caught:
        simulate(replace(fictional, fictional=False), 10, 1)
    assert caught.value.problems[0].kind.code == "fieldwork.real-place"


@pytest.mark.parametrize(("interviews", "seed"), [(0, 1), (200_001, 1), (10, -1)])
def test_numbers_out_of_bounds_are_refused(fictional: Study, interviews: int, seed: int) -> None:
    with pytest.raises(UserError) as caught:
        simulate(fictional, interviews, seed)
    assert caught.value.problems[0].kind.code == "fieldwork.count"


def test_a_screening_that_lets_nobody_in_is_told(fictional: Study) -> None:
    form = fictional.forms["residents"]
    closed = parse("if(${consent} = 'yes' and ${age} > 300, 'yes', 'no')")
    questions = tuple(
        replace(question, calculation=closed) if question.name == "eligible" else question
        for question in form.questions
    )
    study = replace(fictional, forms={"residents": replace(form, questions=questions)})
    with pytest.raises(UserError) as caught:
        simulate(study, 5, 1)
    assert caught.value.problems[0].kind.code == "fieldwork.nobody"


def test_a_route_that_cannot_be_followed_is_told(fictional: Study) -> None:
    form = fictional.forms["residents"]
    questions = tuple(
        replace(question, route=parse("position(..) = 1")) if question.name == "sex" else question
        for question in form.questions
    )
    study = replace(fictional, forms={"residents": replace(form, questions=questions)})
    with pytest.raises(UserError) as caught:
        simulate(study, 5, 1)
    assert caught.value.problems[0].kind.code == "fieldwork.route"


@pytest.fixture(scope="module")
def work(fictional: Study) -> tuple[Frame, dict[str, str]]:
    simulated = simulate(fictional, 2500, 7)
    bad = simulated.record["populations"]["residents"]["bad_interviewers"]
    frame = prepare(fictional, "residents", simulated.frames["residents"])
    return frame, {way: code for code, way in bad.items()}


class TestBadInterviewers:
    """What was declared of interviewers is to be seen in their interviews."""

    def test_each_way_occurs_and_is_declared(self, work: tuple[Frame, dict[str, str]]) -> None:
        frame, bad = work
        assert set(bad) == {"straight_lining", "too_fast", "copying", "one_point"}
        assert set(bad.values()) < set(frame["interviewer"].values)
        assert len(set(frame["interviewer"].values)) == 20

    def test_straight_lining(self, work: tuple[Frame, dict[str, str]]) -> None:
        frame, bad = work
        grid = np.stack([frame[name].values for name in BATTERY], axis=1)
        alike = (grid == grid[:, :1]).all(axis=1)
        theirs = frame["interviewer"].values == bad["straight_lining"]
        assert alike[theirs].all()
        assert alike[~theirs].mean() < 0.02

    def test_too_fast(self, work: tuple[Frame, dict[str, str]]) -> None:
        frame, bad = work
        start, end = (map(datetime.fromisoformat, frame[name].values) for name in ("start", "end"))
        seconds = [(done - begun).total_seconds() for begun, done in zip(start, end, strict=True)]
        minutes = np.array(seconds) / 60
        theirs = frame["interviewer"].values == bad["too_fast"]
        assert np.median(minutes[theirs]) < 0.5 * np.median(minutes[~theirs])

    def test_copying(self, work: tuple[Frame, dict[str, str]]) -> None:
        frame, bad = work
        grid = np.stack([frame[name].values for name in (*BATTERY, "protest", "plain")], axis=1)
        interviewers = frame["interviewer"].values

        def most_alike(who: str) -> float:
            own = grid[interviewers == who]
            same = (own[:, None] == own).mean(axis=2) - np.eye(len(own))
            return float(np.median(same.max(axis=1)))

        honest = set(interviewers) - set(bad.values())
        assert most_alike(bad["copying"]) > 0.9
        assert max(map(most_alike, sorted(honest))) < 0.75

    def test_one_point(self, work: tuple[Frame, dict[str, str]]) -> None:
        frame, bad = work
        points = {
            who: len(set(frame["point"].values[frame["interviewer"].values == who]))
            for who in set(frame["interviewer"].values)
        }
        assert points.pop(bad["one_point"]) == 1
        assert min(points.values()) > 5


def test_interviews_of_one_interviewer_do_not_overlap(frame: Frame) -> None:
    rows = zip(*(frame[name].values for name in ("interviewer", "start", "end")), strict=True)
    spans: dict[str, list[tuple[str, str]]] = {}
    for who, start, end in rows:
        spans.setdefault(who, []).append((start, end))
    for own in spans.values():
        own.sort()
        assert all(end <= start for (_, end), (start, _) in pairwise(own))
        assert "2026-10-01" <= own[0][0][:10] <= own[-1][1][:10] <= "2026-10-20"
