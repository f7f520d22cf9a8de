"""Settings: read strictly, described in the documentation, none of them secret."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tyndau_server

NAMED = re.compile(r"TYNDAU_[A-Z]+")


def _start(**environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "import tyndau_server.settings as s; print(s.SECRET_KEY)"],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TYNDAU_STUDIES", "/nowhere/at/all"),
        ("TYNDAU_DATA", __file__),
        ("TYNDAU_HOSTS", "*"),
        ("TYNDAU_HOSTS", "https://tyndau.example/"),
        ("TYNDAU_TLS", "yes"),
        ("DATABASE_URL", "mysql://somewhere/else"),
    ],
)
def test_a_value_that_cannot_be_meant_stops_the_start(name: str, value: str) -> None:
    stopped = _start(**{name: value})
    assert stopped.returncode != 0
    assert f"ImproperlyConfigured: {name}" in stopped.stderr


def test_no_secret_stands_in_the_code(tmp_path: Path) -> None:
    first, second = (_start(TYNDAU_DATA=str(tmp_path)).stdout for _ in range(2))
    assert len(first) > 50
    assert first != second
    assert not list(tmp_path.iterdir())


def _said(what: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", f"import tyndau_server.settings as s; print({what})"],
        env={**os.environ, **environment}, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip


SECURE = (
    "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, "
    "s.SECURE_PROXY_SSL_HEADER[1]"
)


def test_behind_tls_cookies_are_secure_and_only_where_it_was_said() -> None:
    hosts = {"TYNDAU_HOSTS": "tyndau.example"}
    assert _said(SECURE, TYNDAU_TLS="1", **hosts) == "True True True https"
    assert _said("s.CSRF_TRUSTED_ORIGINS", TYNDAU_TLS="1", **hosts) == "['https://tyndau.example']"
    for without in ({}, {"TYNDAU_TLS": "1", "TYNDAU_DEMO": "1"}):
        assert _said("hasattr(s, 'SECURE_PROXY_SSL_HEADER')", **without) == "False"


def test_each_setting_is_described_and_no_other(repository: Path) -> None:
    package = Path(tyndau_server.__file__).parent
    code = " ".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    manual = (repository / "docs" / "server.md").read_text("utf-8")
    assert set(NAMED.findall(code)) == set(NAMED.findall(manual))
