"""The queue of jobs and what is done: once each, in order, told in every language."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tyndau.waves import list_waves
from tyndau_server import problems
from tyndau_server.analysis import work
from tyndau_server.analysis.request import request_all
from tyndau_server.analysis.results import newest
from tyndau_server.jobs import do, queue
from tyndau_server.jobs.models import Job

from .conftest import Own

BUILD, SIMULATE = "build", "simulate"


def test_jobs_are_taken_in_the_order_of_asking_and_once() -> None:
    queue.enqueue("one", BUILD)
    queue.enqueue("two", BUILD)
    taken = [queue.take(["one", "two"]) for _ in range(3)]
    assert [job and job.study for job in taken] == ["one", "two", None]


def test_jobs_of_studies_of_another_server_wait_on() -> None:
    queue.enqueue("elsewhere", BUILD)
    assert queue.take(["here"]) is None
    assert Job.objects.get().state == Job.State.WAITING


def test_a_job_that_is_done_can_be_asked_for_again() -> None:
    queue.enqueue("one", BUILD)
    job = queue.take(["one"])
    assert job is not None
    queue.enqueue("one", BUILD)
    assert Job.objects.count() == 1
    queue.finish(job)
    queue.enqueue("one", BUILD)
    assert Job.objects.count() == 2


def test_the_job_of_a_dead_worker_is_taken_again_but_not_for_ever() -> None:
    queue.enqueue("one", BUILD)
    for _ in range(queue.MOST_ATTEMPTS):
        assert queue.take(["one"]) is not None
        queue.take_back(problems.STOPPED.at())
    assert queue.take(["one"]) is None
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert job.problems[0]["code"] == "server.stopped"
    assert "не хватает памяти" in job.problems[0]["what"]["ru"]


def test_the_study_in_the_field_comes_before_the_one_to_be_simulated(
    fictional: Path, real: Path, own: Own
) -> None:
    real = own(real)
    (real / "waves" / "2026" / "r1").mkdir(parents=True)
    request_all([fictional, real])
    asked = [(job.study, job.kind) for job in Job.objects.order_by("id")]
    assert asked == [("my-city", BUILD), ("made-up-city", SIMULATE), ("made-up-city", BUILD)]


def test_interviews_are_simulated_and_results_built(
    fictional: Path,
    own: Own,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fictional = own(fictional)
    monkeypatch.setattr(work, "INTERVIEWS", 40)
    request_all([fictional])
    while job := queue.take([fictional.name]):
        do.do(job, fictional, "ru")
    assert [job.state for job in Job.objects.order_by("id")] == [Job.State.DONE] * 2
    assert list_waves(fictional) == ["simulated"]
    results = newest(fictional)
    assert results is not None
    assert results.wave == "simulated"
    assert "tables-ru.xlsx" in results.files
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "made-up-city: моделируются интервью",
        "made-up-city: интервью смоделированы",
        "Собирается made-up-city",
        "made-up-city: собрано",
    ]


def test_what_the_user_can_mend_is_kept_in_every_language(
    real: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queue.enqueue("my-city", BUILD)
    job = queue.take(["my-city"])
    assert job is not None
    do.do(job, real, "kk")
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.problems[0]["code"] == "wave.none"
    assert set(job.problems[0]["what"]) == {"kk", "ru", "en"}
    assert "wave.none" in capsys.readouterr().err


def test_a_fault_of_ours_leaves_its_traceback_in_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, real: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(work, "build", fail)
    queue.enqueue("my-city", BUILD)
    job = queue.take(["my-city"])
    assert job is not None
    do.do(job, real, "ru")
    job.refresh_from_db()
    assert job.problems[0]["code"] == "server.fault"
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_killed_worker_leaves_its_job_to_the_next(fictional: Path, own: Own) -> None:
    """Kill a worker process in the midst of its work, as the system does without memory."""
    fictional = own(fictional)
    environment = {**os.environ, "TYNDAU_STUDIES": str(fictional), "TYNDAU_LANG": "ru"}
    command = [sys.executable, "-m", "tyndau_server.worker"]
    worker = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdin is not None
    assert worker.stdout.readline() == "made-up-city: моделируются интервью\n"
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(20) == -signal.SIGKILL
    worker.stdin.close()
    worker.stdout.close()
    assert Job.objects.get(kind=SIMULATE).state == Job.State.RUNNING
    assert settings.TYNDAU_DATA.is_dir()

    following = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert following.stdout is not None
    assert following.stdin is not None
    assert following.stdout.readline() == "made-up-city: моделируются интервью\n"
    job = Job.objects.get(kind=SIMULATE)
    assert (job.state, job.attempts) == (Job.State.RUNNING, 2)
    # It ends with its server, of which it knows by its standard input.
    following.stdin.close()
    assert following.wait(20) == 0
    following.stdout.close()
