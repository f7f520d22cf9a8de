"""How versions of a design lie in a study's folder: reading and writing single ones.

In: the study's folder, the files of a version. Out: ``versions/0003`` with the files and
``version.json``, written beside and renamed, every byte on the disk before the name is. Who may
write when is the business of `tyndau.study.versions.make`, which holds the lock.
"""

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tyndau.base import folders
from tyndau.base.errors import Place
from tyndau.study.versions import problems
from tyndau.study.versions.files import digest, is_design

VERSIONS = "versions"
RECORD = "version.json"
# Which version the files of the study were last brought to.
APPLIED = "applied"

_FORMAT = 1
_NUMBER = re.compile(r"[0-9]{4,9}")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a study's design.

    Attributes
    ----------
    number : int
        From 1, without gaps.
    parent : int
        The version whose files it began with; 0 for the first.
    moment : datetime
        When it was made, with its zone.
    who : str
        Who made it, by name; empty where files of the folder had been changed by hand.
    note : str
        In the words of who made it.
    files : dict of str to str
        SHA-256 by path in the study.
    """

    number: int
    parent: int
    moment: datetime
    who: str
    note: str
    files: Mapping[str, str]


def folder_of_version(study: Path, number: int) -> Path:
    """Return where a version lies.

    Parameters
    ----------
    study : Path
        The study's folder.
    number : int
        The version.

    Returns
    -------
    Path
        For example ``versions/0003``.
    """
    return study / VERSIONS / f"{number:04d}"


def numbers(study: Path) -> list[int]:
    """Return the numbers of the versions that a study has, in order.

    Parameters
    ----------
    study : Path
        The study's folder.

    Returns
    -------
    list of int
        Empty where no version was made yet.
    """
    inside = study / VERSIONS
    if not inside.is_dir():
        return []
    found = (entry.name for entry in os.scandir(inside) if entry.is_dir())
    return sorted(int(name) for name in found if _NUMBER.fullmatch(name))


def read_version(study: Path, number: int) -> Version:
    """Read what a version is.

    Parameters
    ----------
    study : Path
        The study's folder.
    number : int
        The version.

    Returns
    -------
    Version
        As it was written.

    Raises
    ------
    UserError
        If there is none of this number, or what is written of it cannot be read.
    """
    folder = folder_of_version(study, number)
    place = Place(file=f"{VERSIONS}/{folder.name}/{RECORD}")
    if not folder.is_dir():
        raise problems.NO_VERSION.error(number=number)
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
        files = {str(path): str(sha256) for path, sha256 in record["files"].items()}
        moment = datetime.fromisoformat(record["moment"])
        version = Version(
            int(record["number"]), int(record["parent"]), moment, str(record["who"]),
            str(record["note"]), files,
        )  # fmt: skip
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise problems.VERSION_DAMAGED.error(place, number=number) from error
    known = record["format"] == _FORMAT and version.number == number and moment.tzinfo is not None
    if not known or not all(map(is_design, files)):
        raise problems.VERSION_DAMAGED.error(place, number=number)
    return version


def read_file(study: Path, number: int, path: str) -> bytes:
    """Read a file of a version.

    Parameters
    ----------
    study : Path
        The study's folder.
    number : int
        The version.
    path : str
        The file by its path in the study.

    Returns
    -------
    bytes
        As it was when the version was made.

    Raises
    ------
    UserError
        If the version or the file is not there, or the file is not what it was.
    """
    version = read_version(study, number)
    if path not in version.files:
        raise problems.NO_FILE_IN_VERSION.error(number=number, path=path)
    place = Place(file=f"{VERSIONS}/{number:04d}/{path}")
    try:
        content = (folder_of_version(study, number) / path).read_bytes()
    except OSError as error:
        raise problems.VERSION_DAMAGED.error(place, number=number) from error
    if digest(content) != version.files[path]:
        raise problems.VERSION_DAMAGED.error(place, number=number)
    return content


def write_version(study: Path, version: Version, files: Mapping[str, bytes]) -> None:
    """Write a version; it is there as a whole or not at all.

    Parameters
    ----------
    study : Path
        The study's folder.
    version : Version
        What it is; its number is not taken yet.
    files : dict of str to bytes
        Its files by path in the study.
    """
    target = folder_of_version(study, version.number)
    new = folders.beside(target)
    new.mkdir(parents=True)
    try:
        for path, content in files.items():
            (new / path).parent.mkdir(exist_ok=True)
            write_flushed(new / path, content)
        record = {
            "format": _FORMAT, "number": version.number, "parent": version.parent,
            "moment": version.moment.isoformat(), "who": version.who, "note": version.note,
            "files": dict(version.files),
        }  # fmt: skip
        text = json.dumps(record, ensure_ascii=False, indent=1)
        write_flushed(new / RECORD, text.encode())
        for inside in (new, *(entry for entry in new.iterdir() if entry.is_dir())):
            folders.flush_folder(inside)
        new.rename(target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    folders.flush_folder(target.parent)


def write_flushed(path: Path, content: bytes) -> None:
    """Write a file that is not there yet and see it onto the disk.

    Parameters
    ----------
    path : Path
        Where.
    content : bytes
        What.
    """
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
