"""A server in production, in processes of its own, which can be watched, stopped and killed.

In: the environment, which names the data folder and the database. Out: its address, and phones that
speak to it over connections of their own.
"""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from .openrosa_client import Phone, Wire

TYNDAU = Path(sys.executable).with_name("tyndau")
_SECONDS_TO_START = 60


class Server:
    """A server in production, in processes of its own."""

    def __init__(self, environment: Mapping[str, str] | None = None, port: int = 0) -> None:
        self.environment = {**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})}
        self.port = port
        self.process: subprocess.Popen[str] | None = None
        self._wires: list[Wire] = []

    def start(self) -> "Server":
        """Start the server and wait until it answers."""
        self.process = subprocess.Popen(
            [TYNDAU, "serve", "--production", "--lang", "en", "--port", str(self.port)],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        self.address = found[0]
        self.port = urlsplit(self.address).port or 0
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while True:
            with suppress(OSError):
                urllib.request.urlopen(f"{self.address}static/tyndau/mark.svg", timeout=5).close()
                return
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.02)

    def phone(self, secret: str) -> Phone:
        """Return a phone with a connection of its own."""
        wire = Wire(self.address)
        self._wires.append(wire)
        return Phone(f"{self.address}k/{secret}", wire)

    def processes(self) -> list[psutil.Process]:
        """Return the main process and all that it started."""
        assert self.process is not None
        main = psutil.Process(self.process.pid)
        return [main, *main.children(recursive=True)]

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
            if self.process.stdout:
                self.process.stdout.close()
        self.process = None
