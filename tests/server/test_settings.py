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


def test_each_setting_is_described_and_no_other(repository: Path) -> None:
    package = Path(tyndau_server.__file__).parent
    code = " ".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    manual = (repository / "docs" / "server.md").read_text("utf-8")
    assert set(NAMED.findall(code)) == set(NAMED.findall(manual))
