"""Names and places of waves: what may be a name, where a revision lies, which ones exist.

In: the folder of a study and names that people typed. Out: checked names, paths, lists. It creates
nothing and reads no content.
"""

import re
import secrets
import unicodedata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tyndau.base import folders
from tyndau.base.languages import N_, Message, Sayable
from tyndau.waves import problems

# The wave of simulated interviews.
SIMULATED = "simulated"

_LONGEST = 64
_REVISION = re.compile(r"r([1-9][0-9]*)")

# Names of devices, which Windows refuses as file names with any ending.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)

_REASON_EMPTY = N_("it is empty")
_REASON_LONG = N_("it is longer than {longest} characters")
_REASON_CHARACTER = N_('it holds "{character}"')
_REASON_FIRST = N_('it begins with "{character}"')
_REASON_DEVICE = N_("Windows keeps this name for a device")
_WAVE = N_("wave")
_MODEL = N_("“model”")
_POPULATION = N_("population")


def wave_said(name: str) -> Sayable:
    """Name a wave as people read it.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    Message or str
        That of simulated interviews in the reader's language; any other as its study names it.
    """
    return Message(_MODEL) if name == SIMULATED else name


def _fault(name: str, allowed: str) -> Message | None:
    if not name:
        return Message(_REASON_EMPTY)
    if len(name) > _LONGEST:
        return Message(_REASON_LONG, {"longest": _LONGEST})
    for character in name:
        if not (character.isalnum() or character in allowed):
            return Message(_REASON_CHARACTER, {"character": character})
    if not name[0].isalnum():
        return Message(_REASON_FIRST, {"character": name[0]})
    if name.casefold() in _DEVICES:
        return Message(_REASON_DEVICE)
    return None


def _checked(name: str, what: str, allowed: str) -> str:
    # Some programs write one letter as two characters (a letter and its mark); make them one.
    name = unicodedata.normalize("NFC", name)
    fault = _fault(name, allowed)
    if fault:
        raise problems.NAME.error(None, name=name, what=Message(what), reason=fault)
    return name


def checked_wave_name(name: str) -> str:
    """Check the name of a wave: letters, digits, hyphens; safe as a folder on Windows too.

    Parameters
    ----------
    name : str
        What the user typed.

    Returns
    -------
    str
        The name, its letters composed (Unicode NFC).

    Raises
    ------
    UserError
        ``wave.name`` if it cannot be a name.
    """
    return _checked(name, _WAVE, "-")


def checked_population(name: str) -> str:
    """Check the name of a population, which names files of a revision.

    Parameters
    ----------
    name : str
        The stem of the form's file; underscores are allowed too.

    Returns
    -------
    str
        The name, its letters composed (Unicode NFC).

    Raises
    ------
    UserError
        ``wave.name`` if it cannot be a name.
    """
    return _checked(name, _POPULATION, "-_")


def revision_folder(folder: Path, name: str, revision: int) -> Path:
    """Return where a revision lies.

    Parameters
    ----------
    folder : Path
        The study.
    name : str
        The wave.
    revision : int
        Its revision.

    Returns
    -------
    Path
        ``FOLDER/waves/NAME/rN``, whether it exists or not.
    """
    return folder / "waves" / name / f"r{revision}"


def list_waves(folder: Path) -> list[str]:
    """List the waves of a study that have a revision.

    Parameters
    ----------
    folder : Path
        The study.

    Returns
    -------
    list of str
        Names, sorted.
    """
    waves = folder / "waves"
    if not waves.is_dir():
        return []
    return sorted(entry.name for entry in waves.iterdir() if list_revisions(folder, entry.name))


def list_revisions(folder: Path, name: str) -> list[int]:
    """List the revisions of a wave; unfinished ones are none.

    Parameters
    ----------
    folder : Path
        The study.
    name : str
        The wave.

    Returns
    -------
    list of int
        Numbers, ascending; empty if there is no such wave.
    """
    wave = folder / "waves" / name
    if not wave.is_dir():
        return []
    names = {entry.name for entry in wave.iterdir() if entry.is_dir()}
    # One that was just being replaced when its writer was killed is still there.
    names.update(place.name for place in folders.left_over(wave)[1].values())
    matches = map(_REVISION.fullmatch, names)
    return sorted(int(match[1]) for match in matches if match)


def standing_folder(folder: Path, name: str, revision: int) -> Path:
    """Return where a revision can be read now.

    Parameters
    ----------
    folder : Path
        The study.
    name : str
        The wave.
    revision : int
        Its revision.

    Returns
    -------
    Path
        Its folder; where an erasure was killed between two renames, the folder as it was before.
    """
    place = revision_folder(folder, name, revision)
    if not place.is_dir():
        for old, stood in folders.left_over(place.parent)[1].items():
            if stood == place:
                return old
    return place


def new_keys(count: int) -> NDArray[np.str_]:
    """Draw random keys for rows, so that a key says nothing of who or when.

    Parameters
    ----------
    count : int
        How many rows, 0 or more.

    Returns
    -------
    ndarray of str, shape (count,)
        Unique keys of 16 hexadecimal digits.
    """
    keys: dict[str, None] = {}
    while len(keys) < count:
        keys[secrets.token_hex(8)] = None
    return np.array(list(keys), dtype="<U16")
