"""Which studies the server shows: their slugs and folders.

In: the setting ``TYNDAU_STUDIES``. Each of its folders is a study, if it holds ``study.xlsx``,
``forms`` or ``versions``; else it is a folder of studies, and each such folder in it is one. Out:
folders by slug, which is the folder's name and stands in addresses and in the database. The disk is
asked at every call, so that a study that is made while the server runs is known at once, in every
process. Nothing is read from the studies.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.http import Http404

from tyndau.study.load import FORMS, WORKBOOK
from tyndau.study.versions import VERSIONS

_MARKS = (WORKBOOK, FORMS, VERSIONS)


def served() -> Mapping[str, Path]:
    """Return the folders by slug, in the order in which they were named.

    Returns
    -------
    mapping of str to Path
        One entry a study; of two of one name the first.
    """
    found: dict[str, Path] = {}
    for folder in _folders():
        found.setdefault(folder.name, folder)
    return found


def folder_of(slug: str) -> Path:
    """Return a study's folder.

    Parameters
    ----------
    slug : str
        As an address names it.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    Http404
        If no such study is served.
    """
    folder = served().get(slug)
    if folder is None:
        raise Http404(slug)
    return folder


def root() -> Path | None:
    """Return the folder in which new studies are made.

    Returns
    -------
    Path or None
        The first folder of studies; None where single studies alone are served.
    """
    return next((folder for folder in settings.TYNDAU_STUDIES if not _is_study(folder)), None)


def _folders() -> Iterator[Path]:
    for folder in settings.TYNDAU_STUDIES:
        if _is_study(folder):
            yield folder
        elif folder.is_dir():
            inside = (entry for entry in folder.iterdir() if not entry.name.startswith("."))
            yield from sorted(entry for entry in inside if _is_study(entry))


def _is_study(folder: Path) -> bool:
    return any((folder / mark).exists() for mark in _MARKS)
