"""Editions: for whom results are made, what each is called, and where it stands.

In: nothing. Out: the names of editions, their words in files and documents, their folders. What an
edition hides is decided by `tyndau.reporting.published`, from thresholds of the study; here it is
only said.
"""

from pathlib import Path
from typing import Literal, get_args

from tyndau.base.languages import N_, Message, Sayable
from tyndau.waves import wave_said

# For the sociologist, with everything; for the customer; for everybody.
Edition = Literal["master", "restricted", "public"]
EDITIONS: tuple[Edition, ...] = get_args(Edition)
MASTER: Edition = "master"

_NAMES = {"restricted": N_("edition for the customer"), "public": N_("public edition")}
_DATA = N_("Wave {wave}, revision {revision}")
_DATA_OF = N_("Wave {wave}, revision {revision}, {edition}")


def said(edition: Edition) -> Sayable:
    """Name an edition.

    Parameters
    ----------
    edition : {"master", "restricted", "public"}
        The edition.

    Returns
    -------
    Message or str
        Empty for the master, which needs no name.
    """
    return Message(_NAMES[edition]) if edition in _NAMES else ""


def data_line(wave: str, revision: int, edition: Edition) -> Message:
    """Say what a document was made from, and for whom.

    Parameters
    ----------
    wave : str
        Name of the wave.
    revision : int
        Its revision, from 1.
    edition : {"master", "restricted", "public"}
        The edition.

    Returns
    -------
    Message
        What stands on the title page and at the foot of each page.
    """
    words: dict[str, object] = {"wave": wave_said(wave), "revision": revision}
    if edition == MASTER:
        return Message(_DATA, words)
    return Message(_DATA_OF, {**words, "edition": said(edition)})


def stem(name: str, edition: Edition) -> str:
    """Name a file of an edition, so that none is taken for another.

    Parameters
    ----------
    name : str
        What the file is, such as ``report``.
    edition : {"master", "restricted", "public"}
        The edition.

    Returns
    -------
    str
        Such as ``report-public``; of the master the name alone.
    """
    return name if edition == MASTER else f"{name}-{edition}"


def folder_of(wave: Path, revision: int, edition: Edition) -> Path:
    """Say where an edition stands; never where another does.

    Parameters
    ----------
    wave : Path
        Where the results of the wave stand.
    revision : int
        Its revision, from 1.
    edition : {"master", "restricted", "public"}
        The edition.

    Returns
    -------
    Path
        ``r1`` for the master, ``public/r1`` for the public edition.
    """
    inside = wave if edition == MASTER else wave / edition
    return inside / f"r{revision}"


def account_file(wave: Path, revision: int, edition: Edition) -> Path:
    """Say where stands what an edition hides, and why: with the master, never in the edition.

    Parameters
    ----------
    wave : Path
        Where the results of the wave stand.
    revision : int
        Its revision, from 1.
    edition : {"restricted", "public"}
        The edition.

    Returns
    -------
    Path
        Such as ``r1/disclosure-public.json``.
    """
    return folder_of(wave, revision, MASTER) / f"disclosure-{edition}.json"
