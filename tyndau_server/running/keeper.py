"""The keeper of the worker process: one that dies is followed by another.

In: the language of the terminal. Out: a process that does jobs until it is ended, or until the main
process is gone: it sees that its standard input is closed, which happens ``kill -9`` included.
"""

import os
import subprocess
import sys
import threading
from typing import Any

_SECONDS_BEFORE_ANOTHER = 1.0
_SECONDS_TO_END = 5.0


class Keeper:
    """Starts the worker and watches over it.

    Parameters
    ----------
    language : str
        What the terminal is told in.
    """

    def __init__(self, language: str) -> None:
        self._environment = {**os.environ, "TYNDAU_LANG": language}
        self._ending = threading.Event()
        self._process: subprocess.Popen[Any] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the process and watch over it."""
        self._watch.start()

    def _keep(self) -> None:
        while not self._ending.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tyndau_server.worker"],
                stdin=subprocess.PIPE,
                env=self._environment,
                # Ctrl-C is for the server, which then ends the worker.
                start_new_session=True,
            )
            self._process.wait()
            self._ending.wait(_SECONDS_BEFORE_ANOTHER)

    def end(self) -> None:
        """End the process."""
        self._ending.set()
        process = self._process
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
