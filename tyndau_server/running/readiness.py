"""Whether the server is ready: its database takes writes, its disk has room, its worker works.

In: the settings of this process. Out: a word for each part, for whoever watches the server. Nothing
of studies or persons, and no names of machines.
"""

import shutil
from functools import cache

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from tyndau_server.jobs import heartbeat

# Below this a day in the field with photographs no longer fits.
BYTES_FREE = 500_000_000

OK, FAILS = "ok", "fails"


def readiness() -> dict[str, str]:
    """Ask each part.

    Returns
    -------
    dict of str to str
        ``database``, ``migrations``, ``disk``, ``worker``: each ``ok`` or ``fails``.
    """
    parts = {
        "database": takes_writes,
        "migrations": migrated,
        "disk": has_room,
        "worker": heartbeat.alive,
    }
    return {name: OK if part() else FAILS for name, part in parts.items()}


def takes_writes() -> bool:
    """Return whether the database takes a row, which is taken back at once.

    Returns
    -------
    bool
        False too where it cannot be reached.
    """
    try:
        with transaction.atomic():
            Session.objects.create(session_key="ready", expire_date=timezone.now())
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def migrated() -> bool:
    """Return whether the database has the form that this version works with.

    Returns
    -------
    bool
        False too where it cannot be reached.
    """
    try:
        return _known() <= set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return False


@cache
def _known() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)


def has_room() -> bool:
    """Return whether there is room for a day of interviews with photographs.

    Returns
    -------
    bool
        False too where the data folder is gone.
    """
    try:
        return shutil.disk_usage(settings.TYNDAU_DATA).free >= BYTES_FREE
    except OSError:
        return False
