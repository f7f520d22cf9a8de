"""The queue of jobs and what is done: once each, in order, told in every language."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tyndau.waves import list_waves
from tyndau_server import problems
from tyndau_server.analysis import work
from tyndau_server.analysis.request import request_all
from tyndau_server.analysis.results import newest
from tyndau_server.jobs import do, heartbeat, queue
from tyndau_server.jobs.kinds import SOON
from tyndau_server.jobs.models import Job

from .conftest import Own

BUILD, OUTSIDE, SIMULATE = "build", "build-outside", "simulate"
BEGUN = "made-up-city: моделируются интервью"

Begin = Callable[[], "subprocess.Popen[str]"]


def test_jobs_are_taken_in_the_order_of_asking_and_once() -> None:
    queue.enqueue("one", BUILD)
    queue.enqueue("two", BUILD)
    taken = [queue.take(["one", "two"]) for _ in range(3)]
    assert [job and job.study for job in taken] == ["one", "two", None]


def test_what_somebody_looks_at_is_done_beside_long_work() -> None:
    for kind in (BUILD, OUTSIDE, "field"):
        queue.enqueue("one", kind)
    long = queue.take(["one"])
    beside = queue.take(["one"], SOON)
    assert long and beside and (long.kind, beside.kind) == (BUILD, "field")
    assert queue.take(["one"], SOON) is None
    queue.take_back(problems.STOPPED.at(), [beside.pk])
    assert Job.objects.get(pk=beside.pk).state == Job.State.WAITING
    assert Job.objects.get(pk=long.pk).state == Job.State.RUNNING


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
    assert asked == [
        ("my-city", BUILD),
        ("my-city", OUTSIDE),
        ("made-up-city", SIMULATE),
        ("made-up-city", BUILD),
        ("made-up-city", OUTSIDE),
    ]


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
    assert [job.state for job in Job.objects.order_by("id")] == [Job.State.DONE] * 3
    assert list_waves(fictional) == ["simulated"]
    results = newest(fictional)
    assert results is not None
    assert results.wave == "simulated"
    assert "tables-ru.xlsx" in results.files
    shown = newest(fictional, "restricted")
    assert shown is not None
    assert "tables-restricted-ru.xlsx" in shown.files
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "made-up-city: моделируются интервью",
        "made-up-city: интервью смоделированы",
        "Собирается made-up-city",
        "made-up-city: собрано",
        "Собирается издание made-up-city для заказчика",
        "made-up-city: издание для заказчика собрано",
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
    # The page gives a number, under which the terminal shows what went wrong.
    assert f"номер {job.pk}" in job.problems[0]["what"]["ru"]
    assert "администратору" in job.problems[0]["remedy"]["ru"]
    told, _, traceback = capsys.readouterr().err.partition("Traceback")
    assert f"номер {job.pk}" in told
    assert "ZeroDivisionError" in traceback


@pytest.fixture
def begin(fictional: Path, own: Own) -> Iterator[Begin]:
    """Return what starts a worker for a fictional study without interviews."""
    environment = {**os.environ, "TYNDAU_STUDIES": str(own(fictional)), "TYNDAU_LANG": "ru"}
    begun: list[subprocess.Popen[str]] = []

    def worker() -> "subprocess.Popen[str]":
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "tyndau_server.worker"],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return begun[-1]

    yield worker
    for process in begun:
        process.kill()
        process.communicate()


def _says(worker: "subprocess.Popen[str]", line: str) -> None:
    assert worker.stdout is not None
    assert worker.stdout.readline() == f"{line}\n"


def test_a_killed_worker_leaves_its_job_to_the_next(begin: Begin) -> None:
    """Kill a worker in the midst of its work; its job's process ends with it."""
    worker = begin()
    _says(worker, BEGUN)
    (doing,) = psutil.Process(worker.pid).children()
    worker.kill()
    assert worker.wait(20) == -signal.SIGKILL
    psutil.wait_procs([doing], 20)
    assert not doing.is_running()
    assert Job.objects.get(kind=SIMULATE).state == Job.State.RUNNING

    following = begin()
    _says(following, BEGUN)
    job = Job.objects.get(kind=SIMULATE)
    assert (job.state, job.attempts) == (Job.State.RUNNING, 2)
    assert heartbeat.alive()
    # It ends with its server, of which it knows by its standard input.
    following.communicate(timeout=20)
    assert following.returncode == 0


def test_what_cannot_be_erased_stops_no_worker(begin: Begin) -> None:
    gone = Path(settings.TYNDAU_DATA) / "photos" / "gone"
    gone.parent.mkdir(exist_ok=True)
    gone.symlink_to("nowhere")
    try:
        worker = begin()
        _says(worker, BEGUN)
        _, said = worker.communicate(timeout=20)
    finally:
        gone.unlink()
    assert worker.returncode == 0
    assert "gone" in said


def test_the_field_is_counted_while_long_work_goes_on(begin: Begin) -> None:
    """The long work stands still meanwhile, so that nothing depends on which of them is faster."""
    worker = begin()
    _says(worker, BEGUN)
    (doing,) = psutil.Process(worker.pid).children()
    doing.suspend()
    queue.enqueue("made-up-city", "field")
    _says(worker, "Подсчёт хода опроса: made-up-city")
    _says(worker, "Ход опроса подсчитан: made-up-city")
    assert Job.objects.get(kind=SIMULATE).state == Job.State.RUNNING
    worker.kill()
    worker.wait(20)
    # Whoever goes on would write into the database of the next test.
    doing.kill()
    psutil.wait_procs([doing], 20)


def test_a_job_that_is_killed_three_times_fails_for_all_to_see(begin: Begin) -> None:
    """Kill the process of a job, as the system does without memory; the worker itself goes on."""
    queue.enqueue("made-up-city", SIMULATE)
    worker = begin()
    for _ in range(queue.MOST_ATTEMPTS):
        _says(worker, BEGUN)
        (doing,) = psutil.Process(worker.pid).children()
        doing.kill()
    _says(worker, "Собирается made-up-city")
    job = Job.objects.get(kind=SIMULATE)
    assert (job.state, job.attempts) == (Job.State.FAILED, 3)
    assert "не хватает памяти" in job.problems[0]["what"]["ru"]


def test_a_job_of_two_takers_is_taken_once() -> None:
    """Take from two connections at once, while the first has not ended its transaction."""
    queue.enqueue("one", BUILD)
    queue.enqueue("two", BUILD)
    taken: Queue[str] = Queue()

    def take() -> None:
        try:
            while job := queue.take(["one", "two"]):
                taken.put(job.study)
        finally:
            connection.close()

    takers = [threading.Thread(target=take) for _ in range(4)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert sorted(taken.get_nowait() for _ in range(taken.qsize())) == ["one", "two"]


def test_without_a_worker_nobody_is_alive(tmp_path: Path) -> None:
    with override_settings(TYNDAU_DATA=tmp_path):
        assert not heartbeat.alive()
        heartbeat.folder().mkdir()
        heartbeat.beat()
        assert heartbeat.alive()
        os.utime(heartbeat.folder() / "alive", (0, time.time() - heartbeat.SECONDS_UNTIL_GONE))
        assert not heartbeat.alive()
