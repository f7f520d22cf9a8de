"""System checks: a machine that is not fit for people to rely on is told so, with a remedy."""

import os
import re
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import override_settings

from tyndau_server.jobs import heartbeat
from tyndau_server.running import checks

TYNDAU = Path(sys.executable).with_name("tyndau")
GOOD = {"TYNDAU_HOSTS": ["tyndau.example"], "TYNDAU_TLS": True, "TYNDAU_DEMO": False}


def _found(tag: str = checks.MACHINE) -> set[str]:
    messages = run_checks(tags=[tag], include_deployment_checks=True, databases=["default"])
    assert all(message.hint for message in messages)
    return {str(message.id).removeprefix("tyndau.server.") for message in messages} - {"root"}


def test_it_works(real: Path) -> None:
    with override_settings(**GOOD, TYNDAU_STUDIES=(real,)):
        assert _found() == set()
    assert _found(checks.DATABASE) == set()


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("TYNDAU_DEMO", True, "demo-in-production"),
        ("TYNDAU_HOSTS", [], "no-hosts"),
        ("TYNDAU_TLS", False, "no-tls"),
        ("TYNDAU_STUDIES", (), "no-studies"),
    ],
)
def test_a_setting_is_told_of(setting: str, value: object, code: str, real: Path) -> None:
    with override_settings(**{**GOOD, "TYNDAU_STUDIES": (real,), setting: value}):
        assert _found() == {code}


def test_a_secret_that_others_may_read_is_told_of(tmp_path: Path, real: Path) -> None:
    secret = tmp_path / "secret.key"
    secret.write_text("x")
    secret.chmod(0o640)
    with override_settings(**GOOD, TYNDAU_STUDIES=(real,), SECRET=secret):
        assert _found() == {"secret-open"}


def test_a_disk_without_room_is_told_of(real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "BYTES_FREE", 1 << 62)
    with override_settings(**GOOD, TYNDAU_STUDIES=(real,)):
        assert _found() == {"little-room"}


def test_a_study_that_may_not_be_written_is_told_of(
    real: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ask as a user who owns nothing: root may write everywhere."""
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != real)
    with override_settings(**GOOD, TYNDAU_STUDIES=(real,)):
        assert _found() == {"study-read-only"}


def test_a_clock_that_went_back_is_told_of(tmp_path: Path, real: Path) -> None:
    with override_settings(**GOOD, TYNDAU_STUDIES=(real,), TYNDAU_DATA=tmp_path):
        heartbeat.folder().mkdir()
        heartbeat.beat()
        assert _found() == set()
        later = datetime(2100, 1, 1).timestamp()
        os.utime(heartbeat.folder() / "alive", (later, later))
        assert _found() == {"clock"}


def test_a_network_drive_is_known() -> None:
    mounts = "/dev/vda / ext4 rw 0 0\nnas:/x /srv/my\\040data nfs4 rw 0 0\nt /srv/my tmpfs rw 0 0"
    assert checks.disk_of(Path("/srv/my data/tyndau"), mounts) == "nfs4"
    assert checks.disk_of(Path("/srv/my"), mounts) == "tmpfs"
    assert checks.disk_of(Path("/srv/my-data"), mounts) == "ext4"
    assert checks.disk_of(Path("/srv"), "") == ""


def test_a_database_that_forgets_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Turn off what makes a commit last, as some do for speed."""
    other = connection.copy()  # the tests' own database is not ours to change
    if other.vendor == "sqlite":
        other.settings_dict = {**other.settings_dict, "NAME": tmp_path / "other.sqlite3"}
    monkeypatch.setattr(checks, "connection", other)
    with closing(other), other.cursor() as cursor:
        assert _found(checks.DATABASE) == set()
        if other.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode=DELETE")
            assert _found(checks.DATABASE) == {"database-journal"}
        else:
            cursor.execute("SET synchronous_commit = off")
            assert _found(checks.DATABASE) == {"database-forgets"}


def _serve(data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [TYNDAU, "serve", "--production", "--port", "0", "--lang", "ru"],
        env={**os.environ, "TYNDAU_DATA": str(data), **environment},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_an_error_keeps_the_server_from_starting(tmp_path: Path) -> None:
    stopped = _serve(tmp_path / "data", TYNDAU_DEMO="1")
    assert stopped.returncode == 10
    assert "server.demo-in-production" in stopped.stderr
    assert "Traceback" not in stopped.stderr


def test_a_database_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    address = f"postgresql://tyndau:s3cret@{str(tmp_path).replace('/', '%2F')}/nowhere"
    stopped = _serve(tmp_path / "data", DATABASE_URL=address)
    assert stopped.returncode == 10
    assert len(re.findall(r"server\.database\b", stopped.stderr)) == 1
    assert "s3cret" not in stopped.stderr
    assert "Traceback" not in stopped.stderr
