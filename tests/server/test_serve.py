"""``tyndau serve``: it answers, says clearly why it cannot, and leaves nothing running."""

import os
import re
import select
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tyndau.cli.main import run

TYNDAU = Path(sys.executable).with_name("tyndau")

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return what starts a server with a data folder of its own; it is ended with the test."""
    started: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "TYNDAU_DATA": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"}

    def begin(*arguments: str | Path) -> "subprocess.Popen[str]":
        server = subprocess.Popen(
            [TYNDAU, "serve", "--lang", "ru", *map(str, arguments)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(server)
        return server

    yield begin
    for server in started:
        if server.poll() is None:
            server.kill()
        server.communicate()


def _address(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    line = server.stdout.readline()
    found = re.search(r"http://\S+", line)
    assert found, line or server.communicate()
    return found[0]


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_works_and_ends(start: Start, real: Path, tmp_path: Path, number: int) -> None:
    server = start("--port", "0", real)
    address = _address(server)
    assert "Слушает жителей" in _get(f"{address}ru/")
    assert ".scroll" in _get(f"{address}static/tyndau/page.css")
    secret = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    server.send_signal(number)
    out, err = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Сервер остановлен." in out
    assert "Traceback" not in err
    with pytest.raises(OSError, match="refused"):
        _get(address)


def test_the_secret_stays_the_same(start: Start, real: Path, tmp_path: Path) -> None:
    secrets = []
    for _ in range(2):
        server = start("--port", "0", real)
        _address(server)
        secrets.append((tmp_path / "data" / "secret.key").read_text("ascii"))
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    assert secrets[0] == secrets[1]
    assert len(secrets[0]) >= 50


def test_a_port_in_use_is_one_clear_error(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run(["serve", str(real), "--port", str(port)], language="ru") == 10
    said = capsys.readouterr().err
    assert said.count("server.port") == 1
    assert f"Порт {port} использовать нельзя" in said
    assert "--port" in said
    assert "Traceback" not in said


def test_two_studies_of_one_name_are_refused(
    real: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other" / real.name
    other.mkdir(parents=True)
    assert run(["serve", str(real), str(other), "--port", "0"], language="en") == 10
    assert "server.same-name" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", str(tmp_path / "nowhere"), "--port", "0"], language="en") == 3
    assert "study.no-folder" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_made_is_one_clear_error(
    start: Start, real: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file")
    server = start("--port", "0", real)
    _, err = server.communicate(timeout=30)
    assert server.returncode == 10
    assert "server.setting" in err
    assert "TYNDAU_DATA" in err
    assert "Traceback" not in err


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task")
    found = [(task / "children").read_text().split() for task in listed.iterdir()]
    return [int(child) for children in found for child in children]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux for processes")
def test_nothing_is_left_when_the_server_is_killed(start: Start, real: Path) -> None:
    server = start("--port", "0", real)
    _get(f"{_address(server)}ru/")
    children = _children(server.pid)
    assert len(children) >= 2  # for pages and for jobs
    descriptors = [os.pidfd_open(child) for child in children]
    server.kill()
    server.communicate(timeout=30)
    for descriptor in descriptors:
        ended, _, _ = select.select([descriptor], [], [], 30)
        os.close(descriptor)
        assert ended, "a process outlived its server"
