"""Which studies the server shows: their slugs and folders.

In: the setting ``TYNDAU_STUDIES``. Out: folders by slug, which is the folder's name and stands in
addresses and in the database. Nothing is read from the folders.
"""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.http import Http404


def served() -> Mapping[str, Path]:
    """Return the folders by slug, in the order in which they were named.

    Returns
    -------
    mapping of str to Path
        One entry a study.
    """
    return {folder.name: folder for folder in settings.TYNDAU_STUDIES}


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
