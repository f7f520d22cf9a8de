"""Numbered versions of a study's design, so that several people edit it and lose nothing.

In: a study's folder, new files of its design, who brings them and when. Out: another numbered
version in ``versions`` and the files of the folder brought to it. One process at a time: whoever
writes holds the lock of ``versions``. The version is whole before a file of the study is touched;
files are then replaced one by one, each by a renaming. Whoever comes next after a process that died
in between brings the rest to the same version first. Files that somebody changed in the folder by
hand become a version of their own before anything else is taken over.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tyndau.base import folders
from tyndau.study.versions import problems
from tyndau.study.versions.files import design_files, digest, is_design
from tyndau.study.versions.store import (
    APPLIED,
    VERSIONS,
    Version,
    folder_of_version,
    numbers,
    read_file,
    read_version,
    write_flushed,
    write_version,
)


def list_versions(study: Path) -> tuple[Version, ...]:
    """List the versions of a study's design.

    Parameters
    ----------
    study : Path
        The study's folder.

    Returns
    -------
    tuple of Version
        The first one first; none where no version was made yet.

    Raises
    ------
    UserError
        If what is written of one cannot be read.
    """
    return tuple(read_version(study, number) for number in numbers(study))


def unsettled(study: Path) -> bool:
    """Tell whether a process died while it brought the files to a version.

    Parameters
    ----------
    study : Path
        The study's folder.

    Returns
    -------
    bool
        True until `settle` is called.
    """
    return _applied(study) != max(numbers(study), default=0)


def settle(study: Path, *, moment: datetime, who: str = "") -> Version:
    """See that what lies in the folder is a version: finish what was begun, adopt what was changed.

    Parameters
    ----------
    study : Path
        The study's folder.
    moment : datetime
        Now, with its zone.
    who : str, optional
        Who made the files that are no version yet, where that is known.

    Returns
    -------
    Version
        The current version; its files are those of the folder.
    """
    with _alone(study):
        return _settled(study, moment, who)


def take_over(
    study: Path,
    files: Mapping[str, bytes | None],
    *,
    expected: int,
    moment: datetime,
    who: str,
    note: str = "",
) -> Version:
    """Make a version with new files, and bring the study to it.

    Parameters
    ----------
    study : Path
        The study's folder.
    files : dict of str to bytes or None
        By path in the study: the new content, or None for a file that is to go. Other files stay.
    expected : int
        The version that the caller looked at; what it saw must still be so.
    moment : datetime
        Now, with its zone.
    who : str
        Who brings them.
    note : str, optional
        In that person's words.

    Returns
    -------
    Version
        The new version; the current one where nothing differs from it.

    Raises
    ------
    UserError
        If the current version is another than the expected one; then nothing was changed.
    ValueError
        If a path is not one of a design: a fault of the caller.
    """
    if not all(map(is_design, files)):
        raise ValueError(f"not all of {sorted(files)} are files of a design")
    with _alone(study):
        current = _settled(study, moment)
        if current.number != expected:
            raise problems.VERSION_MOVED.error(expected=expected, current=current.number)
        wanted = {path: read_file(study, current.number, path) for path in current.files}
        for path, content in files.items():
            if content is None:
                wanted.pop(path, None)
            else:
                wanted[path] = content
        return _made(study, current, wanted, current.number, moment, who, note)


def go_back(study: Path, number: int, *, moment: datetime, who: str, note: str = "") -> Version:
    """Make a new version with the files of an earlier one.

    Parameters
    ----------
    study : Path
        The study's folder.
    number : int
        The earlier version.
    moment : datetime
        Now, with its zone.
    who : str
        Who goes back.
    note : str, optional
        Why, in that person's words.

    Returns
    -------
    Version
        The new version, whose parent is the earlier one; the current one where nothing differs.

    Raises
    ------
    UserError
        If the earlier version is not there or not whole; then nothing was changed.
    """
    with _alone(study):
        current = _settled(study, moment)
        earlier = read_version(study, number)
        wanted = {path: read_file(study, number, path) for path in earlier.files}
        return _made(study, current, wanted, number, moment, who, note)


@contextmanager
def _alone(study: Path) -> Iterator[None]:
    """Hold the lock, and clear away what a process that died had begun to write."""
    with folders.one_at_a_time(study / VERSIONS) as alone:
        if alone:
            for begun in folders.left_over(study / VERSIONS)[0]:
                shutil.rmtree(begun, ignore_errors=True)
        yield


def _settled(study: Path, moment: datetime, who: str = "") -> Version:
    number = max(numbers(study), default=0)
    applied = _applied(study)
    if number and applied != number:
        former = read_version(study, applied).files if applied in numbers(study) else {}
        _bring(study, former, read_version(study, number))
    here = {path: file.read_bytes() for path, file in design_files(study)}
    digests = {path: digest(content) for path, content in here.items()}
    if number:
        current = read_version(study, number)
        if digests == dict(current.files):
            return current
    changed = Version(number + 1, number, moment, who, "", digests)
    write_version(study, changed, here)
    _write_applied(study, changed.number)
    return changed


def _made(
    study: Path,
    current: Version,
    wanted: Mapping[str, bytes],
    parent: int,
    moment: datetime,
    who: str,
    note: str,
) -> Version:
    digests = {path: digest(content) for path, content in sorted(wanted.items())}
    if digests == dict(current.files):
        return current
    version = Version(current.number + 1, parent, moment, who, note, digests)
    write_version(study, version, wanted)
    _bring(study, current.files, version)
    return version


def _bring(study: Path, former: Mapping[str, str], version: Version) -> None:
    """Bring the files of the study from one version to the next.

    A file that is of neither was changed by hand meanwhile and stays, to be adopted.
    """
    scratch = folders.beside(folder_of_version(study, version.number))
    scratch.mkdir()
    touched = {study}
    for number, path in enumerate(sorted({*former, *version.files})):
        file = study / path
        here = digest(file.read_bytes()) if file.is_file() else None
        if here == version.files.get(path) or here != former.get(path):
            continue
        touched.add(file.parent)
        if path in version.files:
            part = scratch / str(number)
            write_flushed(part, read_file(study, version.number, path))
            file.parent.mkdir(exist_ok=True)
            part.replace(file)
        else:
            file.unlink()
    for folder in touched:
        folders.flush_folder(folder)
    _write_applied(study, version.number)
    shutil.rmtree(scratch, ignore_errors=True)


def _applied(study: Path) -> int:
    with suppress(OSError, ValueError):
        return int((study / VERSIONS / APPLIED).read_text("ascii"))
    return 0


def _write_applied(study: Path, number: int) -> None:
    target = study / VERSIONS / APPLIED
    new = folders.beside(folder_of_version(study, number))
    new.mkdir()
    write_flushed(new / APPLIED, str(number).encode())
    (new / APPLIED).replace(target)
    folders.flush_folder(target.parent)
    new.rmdir()
