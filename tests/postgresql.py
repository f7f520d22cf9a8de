"""A PostgreSQL of the tests' own: made in a temporary folder, gone with the process that made it.

In: Debian's programs of PostgreSQL; its own cluster need not run. Out: a server that listens on a
socket in the folder, as durable as one in use (fsync on), and the addresses of its databases. It
can be killed and started again like one whose machine lost its power.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psutil
import psycopg

_DEBIAN = Path("/usr/lib/postgresql")
_USER = "postgres"
_SECONDS_TO_START = 30
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "32MB",
    "max_connections": "120",
    "max_wal_size": "128MB",
}


class Cluster:
    """A cluster, which runs from its making to the end of a ``with``."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tyndau-pg-"))
        if os.getuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(self.folder, _USER, _USER)
        self._data = self.folder / "data"
        self._log = self.folder / "log"
        self._run("initdb", f"--pgdata={self._data}", f"--username={_USER}", "--auth=trust",
                  "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        self.start()

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                # It ends at once when this process does, whatever way.
                [*_as_postgres("--pdeathsig=QUIT"), _program("postgres"), f"-D{self._data}",
                 f"-cunix_socket_directories={self.folder}", *settings],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + _SECONDS_TO_START
        while self._asks_to_wait():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(self._log.read_text("utf-8"))
            time.sleep(0.02)

    def _asks_to_wait(self) -> bool:
        try:
            psycopg.connect(self.url(_USER)).close()
        except psycopg.OperationalError:
            return True
        return False

    def kill(self) -> None:
        """Kill the server and all its processes at once, as a power cut would."""
        server = psutil.Process(self.process.pid)
        for process in (server, *server.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()

    def close(self) -> None:
        """Stop the server and delete all of it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, name: str) -> str:
        """Make an empty database and return its address."""
        with psycopg.connect(self.url(_USER), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def url(self, name: str) -> str:
        """Return the address of a database, as ``DATABASE_URL`` takes it."""
        return f"postgresql://{_USER}@{quote(str(self.folder), safe='')}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*_as_postgres(), _program(program), *arguments],
            cwd=self.folder, check=True, capture_output=True,
        )  # fmt: skip


def _as_postgres(*options: str) -> list[str]:
    """Return what a command begins with that runs as PostgreSQL's user, where this one is root."""
    if os.getuid() == 0:
        options = (*options, f"--reuid={_USER}", f"--regid={_USER}", "--init-groups")
    return ["setpriv", *options] if options else []


def _program(name: str) -> str:
    """Find a program of the newest PostgreSQL that is installed."""
    installed = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(name)
    assert found, "PostgreSQL is not installed: run make debian-packages"
    return found
