"""Photos of interviewers, and the printed papers on which they stand.

In: an interviewer's part in a study, a JPEG that was prepared. Out: files below the data folder,
``photos/STUDY/NUMBER.jpg``, never in the study's folder, in no bundle and no page of results. A
photo goes with the part in the study, or some days after the study is served no more; with it go
the papers that were printed with it. Whoever prints holds `alone_with` while the papers appear.
"""

import os
import shutil
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings

from tyndau.base.folders import flush_folder, one_at_a_time
from tyndau_server.people.models import Membership, Role

# A study whose folder is moved or whose disk is away for a while keeps its photos.
DAYS = 30

_PHOTOS, _PAPERS = "photos", "papers"
_BESIDE = "."
_SECONDS_OF_A_DAY = 86_400.0


def folder_of_papers(slug: str) -> Path:
    """Return where the printed papers of a study lie.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    Path
        A folder, which need not be there.
    """
    return Path(settings.TYNDAU_DATA) / _PAPERS / slug


def photo_of(member: Membership) -> Path | None:
    """Return the photo of an interviewer.

    Parameters
    ----------
    member : Membership
        The interviewer's.

    Returns
    -------
    Path or None
        A JPEG; None where there is none.
    """
    path = _path(member)
    return path if path.is_file() else None


def keep_photo(member: Membership, jpeg: bytes) -> bool:
    """Keep a photo in the place of the one before, inside the caller's transaction.

    Parameters
    ----------
    member : Membership
        The interviewer's.
    jpeg : bytes
        As `tyndau.reporting.photos.prepare_photo` made it.

    Returns
    -------
    bool
        Whether there was one before; papers with it are gone.
    """
    path = _path(member)
    with alone_with(member.study):
        before = path.is_file()
        beside = path.with_name(f"{_BESIDE}{path.name}")
        beside.unlink(missing_ok=True)  # of a process that died
        try:
            with open(beside, "xb", opener=partial(os.open, mode=0o600)) as stream:
                stream.write(jpeg)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)  # where the disk is full
        flush_folder(path.parent)
        if before:
            _drop_papers(member.study)
    return before


def erase_photo(member: Membership) -> bool:
    """Erase a photo, and the papers on which it stands.

    Parameters
    ----------
    member : Membership
        The interviewer's.

    Returns
    -------
    bool
        Whether there was one.
    """
    if photo_of(member) is None:
        return False
    with alone_with(member.study):
        path = _path(member)
        path.unlink(missing_ok=True)
        path.with_name(f"{_BESIDE}{path.name}").unlink(missing_ok=True)
        _drop_papers(member.study)
        flush_folder(path.parent)
    return True


@contextmanager
def alone_with(slug: str) -> Iterator[None]:
    """Be the only one who changes photos and papers of a study.

    Parameters
    ----------
    slug : str
        The study.

    Yields
    ------
    None
        Until the end of the block.
    """
    folder = _folder(slug)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with one_at_a_time(folder):
        yield


def erase_left(served: Container[str]) -> None:
    """Erase photos that nobody is left for, and what processes that died left beside them.

    Parameters
    ----------
    served : container of str
        Slugs of the studies that are served; of others photos and papers go `DAYS` days after they
        were served last.

    Raises
    ------
    OSError
        If something could not be erased; all the rest is.
    """
    wrong: OSError | None = None
    for kind in (_PHOTOS, _PAPERS):
        place = Path(settings.TYNDAU_DATA) / kind
        for folder in place.iterdir() if place.is_dir() else ():
            try:
                _erase_in(folder, is_served=folder.name in served)
            except OSError as error:
                wrong = error
    if wrong is not None:
        raise wrong


def _erase_in(folder: Path, *, is_served: bool) -> None:
    if not is_served and time.time() - folder.stat().st_mtime > DAYS * _SECONDS_OF_A_DAY:
        shutil.rmtree(folder, ignore_errors=True)
        return
    if folder.parent.name == _PHOTOS and _strays(folder.name):
        with alone_with(folder.name):
            # Again, for what was being kept meanwhile is no stray.
            for path in _strays(folder.name):
                path.unlink(missing_ok=True)
                _drop_papers(folder.name)
    if is_served:
        os.utime(folder)


def _strays(slug: str) -> set[Path]:
    """Return photos of nobody who interviews now, whatever they are called.

    They are of a process that died, or were restored from a backup.
    """
    now = Membership.objects.filter(study=slug, role=Role.INTERVIEWER, ended=None)
    return set(_folder(slug).glob("*.jpg")) - {_path(one) for one in now}


def _folder(slug: str) -> Path:
    return Path(settings.TYNDAU_DATA) / _PHOTOS / slug


def _path(member: Membership) -> Path:
    return _folder(member.study) / f"{member.pk}.jpg"


def _drop_papers(slug: str) -> None:
    for path in folder_of_papers(slug).glob("*.zip"):
        path.unlink(missing_ok=True)
