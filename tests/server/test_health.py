"""``/health`` and ``/health/ready``: for whoever watches the server, signed in or not."""

import os
import time
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

from tyndau_server.jobs import heartbeat
from tyndau_server.running import readiness

ALL_WELL = {"database": "ok", "migrations": "ok", "disk": "ok", "worker": "ok"}


@pytest.fixture
def working() -> None:
    heartbeat.folder().mkdir(exist_ok=True)
    heartbeat.beat()


def test_it_works(working: None) -> None:
    assert Client().get("/health").json() == {"status": "ok"}
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, ALL_WELL)
    assert answer["Cache-Control"] == "no-store"
    assert not Session.objects.exists()  # what was tried is taken back


def test_it_lives_without_a_database() -> None:
    """Ask while every connection is refused."""
    with connection.execute_wrapper(_refuse):
        assert Client().get("/health").status_code == 200


def _refuse(*_: object) -> None:
    raise AssertionError("the database was asked")


def test_a_worker_that_hangs_is_told_of(working: None) -> None:
    old = time.time() - heartbeat.SECONDS_UNTIL_GONE - 1
    os.utime(heartbeat.folder() / "alive", (old, old))
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {"worker": "fails"})


def test_a_database_of_an_older_form_is_told_of(working: None) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("jobs", "0001_initial")
    try:
        answer = Client().get("/health/ready")
    finally:
        recorder.record_applied("jobs", "0001_initial")
    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {"migrations": "fails"})


def test_a_full_disk_is_told_of(working: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "BYTES_FREE", 1 << 62)
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {"disk": "fails"})


def test_a_data_folder_that_is_gone_is_told_of(tmp_path: Path) -> None:
    with override_settings(TYNDAU_DATA=tmp_path / "gone"):
        answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == ALL_WELL | {"disk": "fails", "worker": "fails"}


@pytest.mark.parametrize("path", ["/health/", "/ru/health", "/health/else"])
def test_there_is_no_other(path: str) -> None:
    assert Client().get(path).status_code == 404
