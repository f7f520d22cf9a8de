"""Files that were uploaded and not taken over yet, kept so that nobody has to send them twice.

In: uploaded files. Out: ``TYNDAU_DATA/staging/SLUG/KEY`` with the files as they came and
``staged.json``; it appears whole. What nobody touched for `DAYS` is swept at the next upload. The
design of the study is not touched here.
"""

import json
import re
import secrets
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.conf import settings
from django.http import Http404

DAYS = 14

_KEY = re.compile(r"[0-9a-f]{24}")
_RECORD = "staged.json"
_SECONDS_OF_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that was uploaded.

    Attributes
    ----------
    path : str
        Which file of the study it is.
    name : str
        What it was called where it came from.
    base : int
        The version of the design that it was begun with.
    stamped : bool
        Whether the file itself said so; else the page from which it was sent.
    other : str
        Slug of another study from which it was downloaded; empty for none.
    """

    path: str
    name: str
    base: int
    stamped: bool
    other: str = ""


@dataclass(frozen=True, slots=True)
class Staged:
    """What one upload brought.

    Attributes
    ----------
    study, key : str
        Slug; a name that nobody guesses.
    person : int
        Who sent it.
    files : tuple of StagedFile
        What came, in order.
    removed : tuple of str
        Paths of files that are to go.
    taken : int
        The version that was made of it; 0 for none yet.
    """

    study: str
    key: str
    person: int
    files: tuple[StagedFile, ...]
    removed: tuple[str, ...] = ()
    taken: int = 0

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return _folder(self.study) / self.key

    def content(self, number: int) -> bytes:
        """Return a file as it came.

        Parameters
        ----------
        number : int
            Its place among the files, from 0.

        Returns
        -------
        bytes
            All of it.
        """
        return (self.folder / str(number)).read_bytes()


def keep(
    study: str,
    person: int,
    files: Sequence[tuple[StagedFile, bytes]],
    removed: Sequence[str] = (),
) -> Staged:
    """Keep what came.

    Parameters
    ----------
    study : str
        Slug.
    person : int
        Who sent it.
    files : sequence of (StagedFile, bytes)
        What came.
    removed : sequence of str
        Paths of files that are to go.

    Returns
    -------
    Staged
        As it is kept.
    """
    sweep(now=time.time())
    staged = Staged(
        study, secrets.token_hex(12), person, tuple(file for file, _ in files), tuple(removed)
    )
    new = staged.folder.with_name(f".{staged.key}")
    new.mkdir(parents=True, mode=0o700)
    for number, (_, content) in enumerate(files):
        (new / str(number)).write_bytes(content)
    _write(new, staged)
    new.rename(staged.folder)
    return staged


def find(study: str, key: str) -> Staged:
    """Find what came.

    Parameters
    ----------
    study : str
        Slug.
    key : str
        As an address names it.

    Returns
    -------
    Staged
        As it is kept.

    Raises
    ------
    Http404
        If nothing is kept under it any more.
    """
    if not _KEY.fullmatch(key):
        raise Http404(key)
    try:
        record = json.loads((_folder(study) / key / _RECORD).read_text("utf-8"))
    except OSError:
        raise Http404(key) from None
    files = tuple(StagedFile(**file) for file in record.pop("files"))
    return Staged(**{**record, "files": files, "removed": tuple(record["removed"])})


def mark_taken(staged: Staged, number: int) -> None:
    """Write down which version was made of what came.

    Parameters
    ----------
    staged : Staged
        What came.
    number : int
        The version.
    """
    _write(staged.folder, replace(staged, taken=number))


def sweep(*, now: float) -> None:
    """Remove what nobody touched for `DAYS`.

    Parameters
    ----------
    now : float
        Seconds since 1970.
    """
    staging = Path(settings.TYNDAU_DATA) / "staging"
    for entry in staging.glob("*/*") if staging.is_dir() else ():
        with suppress(OSError):  # another process sweeps, too
            if now - entry.stat().st_mtime > DAYS * _SECONDS_OF_A_DAY:
                shutil.rmtree(entry)


def _folder(study: str) -> Path:
    return Path(settings.TYNDAU_DATA) / "staging" / study


def _write(folder: Path, staged: Staged) -> None:
    new = folder / f".{_RECORD}"
    new.write_text(json.dumps(asdict(staged), ensure_ascii=False), "utf-8")
    new.replace(folder / _RECORD)
