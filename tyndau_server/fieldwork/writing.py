"""The transaction in which an interview is written: short, and one at a time where it must be.

In: nothing. Out: `writing`, a block that is committed and flushed at its end. SQLite lets one
writer in at a time and lets the others poll, in ever longer pauses; a queue of threads is fairer.
PostgreSQL lets many in, and what collides there is tried again by the caller.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

# As long as SQLite itself waits for another process.
SECONDS = 20.0

_one_at_a_time = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """Write in a transaction.

    Yields
    ------
    None
        For the block of the transaction.

    Raises
    ------
    OperationalError
        If the database cannot be written now.
    """
    alone = connection.vendor == "sqlite"
    if alone and not _one_at_a_time.acquire(timeout=SECONDS):
        raise OperationalError("too many write at once")
    try:
        with transaction.atomic():
            yield
    finally:
        if alone:
            _one_at_a_time.release()
