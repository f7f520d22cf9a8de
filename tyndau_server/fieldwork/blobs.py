"""Bytes that are kept: attachments, media, bodies in quarantine, each under its SHA-256.

In: streams. Out: files ``TYNDAU_DATA/blobs/ab/cdef...``. When `keep` returns, the file and every
folder on its way are flushed, so that a power cut leaves it whole; when it raises, nothing is
half-written under a digest. A file is never changed: the same content is the same file, whoever
wrote it first. What a process that died left beside is swept by the next one. Only what belonged to
a withdrawn interview is ever removed.
"""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from tyndau.base.folders import flush_folder

IN_MEMORY = 256 * 1024
SECONDS_OF_AN_ORPHAN = 6 * 3600.0

_BLOBS, _INCOMING, _ERASING = "blobs", ".incoming", ".erasing"
_CHUNK = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Folders whose own entry is on the disk for certain; a folder is never removed.
_flushed: set[Path] = set()


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that are kept.

    Attributes
    ----------
    sha256, md5 : str
        In hexadecimal.
    size : int
        In bytes.
    """

    sha256: str
    md5: str
    size: int


def keep(stream: BinaryIO) -> Blob:
    """Keep what a stream holds, for certain.

    Parameters
    ----------
    stream : BinaryIO
        One that can be read again from its beginning.

    Returns
    -------
    Blob
        What was kept, after it was flushed to the disk.

    Raises
    ------
    OSError
        If it could not be kept, for example because the disk is full.
    """
    blob = _measured(stream)
    path = _path(blob.sha256)
    # A file comes to its place flushed and by renaming: what is there is whole. Whoever renamed it
    # may not have flushed the folder yet, so that this is done in either case.
    if not _is_there(path, blob.size):
        _write(stream, path)
    _flush_folders(path.parent)
    return blob


def still(stream: BinaryIO, blob: Blob) -> None:
    """See that bytes are kept still, after the row that names them was committed.

    Parameters
    ----------
    stream : BinaryIO
        Where they came from.
    blob : Blob
        As `keep` gave it; what `erase` removed meanwhile is kept anew.

    Raises
    ------
    OSError
        If they could not be kept.
    """
    if not _is_there(_path(blob.sha256), blob.size):
        keep(stream)


def erase(sha256: str, is_needed: Callable[[str], bool]) -> None:
    """Remove what is kept under a digest, unless it is needed.

    Parameters
    ----------
    sha256 : str
        In hexadecimal; where nothing is kept under it, nothing happens.
    is_needed : callable
        Whether any row names the digest; asked after the file was put aside. Whoever names it later
        sees by `still` that it is gone, so that of two who meet one keeps the file.

    Raises
    ------
    OSError
        If the system refuses; the next call completes it.
    """
    path, aside = _path(sha256), _path(sha256).parents[1] / _ERASING / sha256
    if path.exists():
        aside.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(aside)
    if not aside.exists():
        return
    if is_needed(sha256) and not path.exists():
        aside.replace(path)
    else:
        aside.unlink()
    for folder in (path.parent, aside.parent):
        flush_folder(folder)


def open_blob(sha256: str) -> BinaryIO:
    """Open what is kept under a digest.

    Parameters
    ----------
    sha256 : str
        In hexadecimal.

    Returns
    -------
    BinaryIO
        The bytes from their beginning.

    Raises
    ------
    FileNotFoundError
        If nothing is kept under it.
    """
    if not _SHA256.fullmatch(sha256):
        raise FileNotFoundError(sha256)
    return _path(sha256).open("rb")


def passing() -> BinaryIO:
    """Return a place for bytes that pass through: memory, and beyond 256 KB an unnamed file.

    Returns
    -------
    BinaryIO
        Empty; what is written there is gone when it is closed, or when the process dies.
    """
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(incoming())))


def incoming() -> Path:
    """Return the folder in which files are written before they get their place, swept once.

    Returns
    -------
    Path
        On the same disk as the blobs.
    """
    return _swept(Path(settings.TYNDAU_DATA))


def sweep(folder: Path, *, now: float, older: float = SECONDS_OF_AN_ORPHAN) -> int:
    """Remove what writers left that died.

    Parameters
    ----------
    folder : Path
        Where files are written before they get their place.
    now : float
        Seconds since 1970.
    older : float, default six hours
        How long, in seconds, a file must not have been written to.

    Returns
    -------
    int
        How many were removed.
    """
    removed = 0
    for entry in folder.iterdir():
        with suppress(OSError):  # another process sweeps, too
            if now - entry.stat().st_mtime > older:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
                removed += 1
    return removed


@cache
def _swept(data: Path) -> Path:
    folder = data / _BLOBS / _INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(folder, now=time.time())
    return folder


def _path(sha256: str) -> Path:
    return Path(settings.TYNDAU_DATA) / _BLOBS / sha256[:2] / sha256[2:]


def _measured(stream: BinaryIO) -> Blob:
    stream.seek(0)
    sha256, md5, size = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    while chunk := stream.read(_CHUNK):
        sha256.update(chunk)
        md5.update(chunk)
        size += len(chunk)
    return Blob(sha256.hexdigest(), md5.hexdigest(), size)


def _is_there(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _write(stream: BinaryIO, path: Path) -> None:
    """Write a file beside its place, flush it, and put it there whole."""
    stream.seek(0)
    descriptor, name = tempfile.mkstemp(dir=incoming())
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as written:
            shutil.copyfileobj(stream, written, _CHUNK)
            written.flush()
            os.fsync(written.fileno())
        path.parent.mkdir(exist_ok=True, mode=0o700)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _flush_folders(folder: Path) -> None:
    """Flush the entry of a file in its folder, and of folders that may be new in theirs."""
    flush_folder(folder)
    for above in (folder.parent, folder.parent.parent):
        if above not in _flushed or folder not in _flushed:
            flush_folder(above)
    _flushed.update((folder, folder.parent, folder.parent.parent))
