"""System checks: whether a machine and its settings are fit for people to rely on.

In: settings, folders, the clock, the database. Out: messages of Django's checks, each with the
problem that `tyndau serve --production` shows; errors stop it. ``django-admin check --deploy``
shows them too. A new check is a generator of problems in one of the two lists.
"""

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, connection

from tyndau.base.errors import Problem
from tyndau_server import problems as of_the_server
from tyndau_server.jobs import heartbeat
from tyndau_server.running import problems
from tyndau_server.running.readiness import BYTES_FREE

MACHINE, DATABASE = "machine", "durability"

_NETWORK_DISKS = {"9p", "afs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "nfs", "nfs4", "smb3"}
_MOUNTS = Path("/proc/self/mounts")
# No clock that is right says less: the program is younger.
_YEAR = 2026
_SECONDS_OF_LATITUDE = 3600
# What PostgreSQL must be set to, so that a commit is on the disk when it is answered.
_DURABLE = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}


def of_the_machine(**_: Any) -> list[CheckMessage]:
    """Check settings, folders and clock.

    Parameters
    ----------
    **_ : object
        What Django passes to checks.

    Returns
    -------
    list of CheckMessage
        One a problem, with the problem as its object.
    """
    return _messages(_settings, _folders, _clock)


def of_the_database(**_: Any) -> list[CheckMessage]:
    """Check that the database keeps what it took.

    Parameters
    ----------
    **_ : object
        What Django passes to checks.

    Returns
    -------
    list of CheckMessage
        One a problem, with the problem as its object.
    """
    return _messages(_sqlite if connection.vendor == "sqlite" else _postgresql)


def _messages(*checks: Callable[[], Iterable[Problem]]) -> list[CheckMessage]:
    found = [problem for check in checks for problem in check()]
    return [
        (Error if problem.kind.severity == "error" else Warning)(
            problem.what("en"), problem.remedy("en"), problem, f"tyndau.{problem.kind.code}"
        )
        for problem in found
    ]


def _settings() -> Iterator[Problem]:
    if settings.TYNDAU_DEMO:
        yield problems.DEMO.at()
    if not settings.TYNDAU_HOSTS:
        yield problems.NO_HOSTS.at()
    if not settings.TYNDAU_TLS:
        yield problems.NO_TLS.at()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield problems.ROOT.at()


def _folders() -> Iterator[Problem]:
    data: Path = settings.TYNDAU_DATA
    if settings.SECRET.is_file():
        mode = stat.S_IMODE(settings.SECRET.stat().st_mode)
        if os.name != "nt" and mode & 0o077:
            yield problems.SECRET_OPEN.at(path=str(settings.SECRET), mode=f"{mode:o}")
    kind = disk_of(data, _mounts())
    if connection.vendor == "sqlite" and kind in _NETWORK_DISKS:
        yield problems.NETWORK_DISK.at(path=str(data), kind=kind)
    free = shutil.disk_usage(data).free
    if free < BYTES_FREE:
        of = {"free": free // 1_000_000, "needed": BYTES_FREE // 1_000_000}
        yield problems.LITTLE_ROOM.at(path=str(data), **of)
    if not settings.TYNDAU_STUDIES:
        yield problems.NO_STUDIES.at()
    for folder in settings.TYNDAU_STUDIES:
        if not os.access(folder, os.W_OK | os.X_OK):
            yield problems.STUDY_READ_ONLY.at(path=str(folder))


def _mounts() -> str:
    return _MOUNTS.read_text("utf-8", "replace") if _MOUNTS.is_file() else ""


def disk_of(folder: Path, mounts: str) -> str:
    """Return what kind of file system holds a folder.

    Parameters
    ----------
    folder : Path
        A folder, absolute.
    mounts : str
        Lines as in ``/proc/mounts``: device, place, kind.

    Returns
    -------
    str
        The kind, such as ``ext4`` or ``nfs4``; empty where it is not known.
    """
    found = (0, "")
    for line in mounts.splitlines():
        _, place, kind, *_ = line.split(" ")
        at = Path(place.replace("\\040", " "))
        if folder.is_relative_to(at) and len(at.parts) >= found[0]:
            found = (len(at.parts), kind)
    return found[1]


def _clock() -> Iterator[Problem]:
    now = datetime.now(UTC)
    last = heartbeat.last()
    if now.year < _YEAR or (last is not None and last > time.time() + _SECONDS_OF_LATITUDE):
        yield problems.CLOCK.at(now=f"{now:%Y-%m-%d %H:%M} UTC")


def _sqlite() -> Iterator[Problem]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            (mode,) = cursor.fetchone()
    except DatabaseError as error:
        yield of_the_server.DATABASE.at(detail=str(error).strip())
    else:
        if mode != "wal":
            path = str(connection.settings_dict["NAME"])
            yield problems.JOURNAL.at(path=path, mode=mode)


def _postgresql() -> Iterator[Problem]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings")
            found = dict(cursor.fetchall())
    except DatabaseError as error:
        yield of_the_server.DATABASE.at(detail=str(error).strip())
        return
    for setting, wanted in _DURABLE.items():
        if found[setting] not in wanted:
            yield problems.FORGETS.at(setting=setting, value=found[setting], wanted=wanted[0])
    if found["server_encoding"] != "UTF8":
        yield problems.ENCODING.at(encoding=found["server_encoding"])
