"""Folders that are made beside their place and put there when they are whole.

In: the folder in which results appear. Out: names for what is being made, one maker at a time, and
what makers left behind that were killed. A process that dies, in whatever way, loses its lock with
its life: what lies there while nobody else holds the lock is left over. Where the disk knows no
locks (some network drives), makers go on without them and nothing is cleared.
"""

import contextlib
import errno
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = ".lock"

_SECONDS_BETWEEN_LOOKS = 0.1
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_UNKNOWN = frozenset({errno.EINVAL, errno.ENOTSUP})
_BESIDE = re.compile(r"\.(?P<target>r[1-9][0-9]*|sample|[0-9]{4,})-[0-9a-f]{8}(?P<old>-old)?")


def beside(target: Path) -> Path:
    """Return a new name beside a folder, for what will take its place.

    Parameters
    ----------
    target : Path
        The folder that is to be made: a revision's, ``r1``, ``r2`` ..., ``sample``, or a
        version's, ``0001``, ``0002`` ...

    Returns
    -------
    Path
        ``.NAME-`` and 8 random hexadecimal digits, in the same folder.
    """
    return target.with_name(f".{target.name}-{secrets.token_hex(4)}")


def retired(new: Path) -> Path:
    """Return the name of what stood in the place of a new folder.

    Parameters
    ----------
    new : Path
        As `beside` gives it.

    Returns
    -------
    Path
        The same with ``-old``.
    """
    return new.with_name(f"{new.name}-old")


def left_over(folder: Path) -> tuple[list[Path], dict[Path, Path]]:
    """List what makers began in a folder and did not put away.

    Parameters
    ----------
    folder : Path
        Where results appear.

    Returns
    -------
    begun : list of Path
        Folders that were being made.
    replaced : dict of Path to Path
        Folders that were being replaced, and where they stood.
    """
    begun: list[Path] = []
    replaced: dict[Path, Path] = {}
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _BESIDE.fullmatch(entry.name)
        if match and entry.is_dir():
            if match["old"]:
                replaced[entry] = folder / match["target"]
            else:
                begun.append(entry)
    return begun, replaced


@contextlib.contextmanager
def one_at_a_time(folder: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[bool]:
    """Make a folder, if it is not there, and be alone in it until the end of the block.

    Parameters
    ----------
    folder : Path
        Where results appear.
    waiting : callable, optional
        Called again and again while another process is at work there.

    Yields
    ------
    bool
        Whether this process is alone for certain; False where the disk knows no locks.
    """
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            if folder.is_dir():
                raise
            continue  # the one before us left an empty folder and took it away
        held = _lock(descriptor)
        if held is None or (held and _is_at(descriptor, folder / LOCK)):
            break
        os.close(descriptor)
        if not held:
            waiting()
            time.sleep(_SECONDS_BETWEEN_LOOKS)
    try:
        yield bool(held)
    finally:
        _put_away(descriptor, folder / LOCK)


def _is_at(descriptor: int, path: Path) -> bool:
    """Tell whether an open file is still the one of this name: who is done removes it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _put_away(descriptor: int, path: Path) -> None:
    """Remove a lock that is held: first the name, so that nobody waits for a file without one."""
    removed = False
    with contextlib.suppress(OSError):  # Windows removes no open file
        path.unlink()
        removed = True
    os.close(descriptor)
    if not removed:
        with contextlib.suppress(OSError):  # the next one has opened it already
            path.unlink()


def _lock(descriptor: int) -> bool | None:
    """Lock an open file; False if somebody else holds it, None if the disk knows no locks."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refused:
        return False if refused.errno in _HELD else None
    return True


def flush_folder(folder: Path) -> None:
    """See the names in a folder onto the disk: a rename survives a power cut only then.

    Parameters
    ----------
    folder : Path
        The folder.

    Raises
    ------
    OSError
        If the system refuses; a disk that knows no such thing does not refuse.
    """
    if os.name == "nt":  # opens no folder; NTFS keeps a journal of names
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as refused:
        if refused.errno not in _UNKNOWN:
            raise
    finally:
        os.close(descriptor)
