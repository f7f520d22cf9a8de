"""A server in production, in processes of its own, which can be watched, stopped and killed.

In: the environment, which names the data folder and the database. Out: its address, and phones that
speak to it over connections of their own.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from .openrosa_client import Phone, Wire

TYNDAU = Path(sys.executable).with_name("tyndau")
REPOSITORY = Path(__file__).resolve().parent.parent.parent
_SECONDS_TO_START = 60


def in_the_field(environment: Mapping[str, str], *options: str) -> str:
    """Bring a questionnaire into the field of a database; return the secret of a phone."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.server.seed", *options],
        env=dict(environment), cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout.strip()


class Server:
    """A server in production, in processes of its own."""

    def __init__(self, environment: Mapping[str, str] | None = None, port: int = 0) -> None:
        settings = {"DJANGO_SETTINGS_MODULE": "tyndau_server.settings"}
        self.environment = {**os.environ, **settings, **(environment or {})}
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None
        self._wires: list[Wire] = []

    def start(self) -> "Server":
        """Start the server and wait until it answers."""
        descriptor, name = tempfile.mkstemp(prefix="tyndau-log-")
        self._log = Path(name)
        self.process = subprocess.Popen(
            [TYNDAU, "serve", "--production", "--lang", "en", "--port", str(self.port)],
            env=self.environment, stdout=descriptor, stderr=descriptor,
        )  # fmt: skip
        os.close(descriptor)
        self.address = self._said()
        self.port = urlsplit(self.address).port or 0
        self._wait()
        return self

    def _said(self) -> str:
        """Return the address that the server says it is served at."""
        deadline = time.monotonic() + _SECONDS_TO_START
        while True:
            said = self._log.read_text("utf-8")
            found = re.search(r"The pages are served: (\S+)", said)
            if found:
                return found[1]
            assert time.monotonic() < deadline, said
            assert self.process is not None
            assert self.process.poll() is None, said
            time.sleep(0.02)

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while True:
            with suppress(OSError):
                urllib.request.urlopen(f"{self.address}health", timeout=5).close()
                return
            assert time.monotonic() < deadline, self._log.read_text("utf-8")
            assert self.process is not None
            assert self.process.poll() is None, self._log.read_text("utf-8")
            time.sleep(0.02)

    def phone(self, secret: str, device: str = "collect:abc") -> Phone:
        """Return a phone with a connection of its own."""
        wire = Wire(self.address)
        self._wires.append(wire)
        return Phone(f"{self.address}k/{secret}", wire, device)

    def processes(self) -> list[psutil.Process]:
        """Return the main process and all that it started."""
        assert self.process is not None
        main = psutil.Process(self.process.pid)
        return [main, *main.children(recursive=True)]

    def web(self) -> list[psutil.Process]:
        """Return the processes that answer: children of the main one that are no worker."""
        return [
            process
            for process in self.processes()[0].children()
            if "tyndau_server.running" in process.cmdline()
        ]

    def kill(self) -> None:
        """Kill all processes at once, as a power cut would."""
        if self.process is None:
            return
        with suppress(psutil.NoSuchProcess):
            everyone = self.processes()
            for one in everyone:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            psutil.wait_procs(everyone, timeout=10)
        self._forget()

    def stop(self) -> None:
        """Ask the server to end, and wait for it."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        finally:
            self.kill()

    def _forget(self) -> None:
        for wire in self._wires:
            wire.close()
        if self.process is not None:
            self.process.wait(10)
            self._log.unlink()
        self.process = None
