"""The worker's sign of life: a file that it touches as long as it takes jobs.

In: the data folder. Out: how long ago the worker was at work. A worker that lost its database or
hangs stops touching it, so that whoever asks whether the server is ready hears of it.
"""

import time
from pathlib import Path

from django.conf import settings

# How often a worker touches the file, and after how long it is thought to be gone.
SECONDS = 5.0
SECONDS_UNTIL_GONE = 30.0

_ALIVE = "alive"


def folder() -> Path:
    """Return the folder that one worker at a time holds.

    Returns
    -------
    Path
        In the data folder.
    """
    data: Path = settings.TYNDAU_DATA
    return data / "worker"


def beat() -> None:
    """Write that the worker is alive."""
    (folder() / _ALIVE).touch()


def last() -> float | None:
    """Return when a worker last was alive.

    Returns
    -------
    float or None
        Seconds of the epoch; None where there never was one.
    """
    try:
        return (folder() / _ALIVE).stat().st_mtime
    except OSError:
        return None


def alive() -> bool:
    """Return whether a worker is at work.

    Returns
    -------
    bool
        False too where there never was one.
    """
    touched = last()
    return touched is not None and time.time() - touched < SECONDS_UNTIL_GONE
