"""Which files of a study are its design, and where a file belongs by its name.

In: a study's folder, or a path in it. Out: paths, always with ``/`` and without a way out of the
folder. What people write (``text``), what is frozen and what is built are no design.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tyndau.study.guides import GUIDES
from tyndau.study.load import FORMS, WORKBOOK

BOUNDARIES = "territories.geojson"

# Windows knows no file of these names, Excel leaves ~$ companions; the rest would lead out.
_NAME = re.compile(r"(?![.~ ])[^/\\:*?\"<>|\x00-\x1f\x7f]{1,150}(?<![. ])")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def is_design(path: str) -> bool:
    """Tell whether a path in a study is a file of its design.

    Parameters
    ----------
    path : str
        Relative to the study, with ``/``.

    Returns
    -------
    bool
        True for the workbook, what lies in ``forms``, guides and the boundaries.
    """
    if path in (WORKBOOK, BOUNDARIES):
        return True
    folder, _, name = path.partition("/")
    if folder not in (FORMS, GUIDES) or not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
        return False
    return folder == FORMS or name.endswith(".md")


def design_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Go through the files of a study's design.

    Parameters
    ----------
    folder : Path
        The study's folder, or that of a version of it.

    Yields
    ------
    path : str
        Relative to the study.
    file : Path
        Where it is.
    """
    for pattern in (WORKBOOK, BOUNDARIES, f"{FORMS}/*", f"{GUIDES}/*"):
        for file in sorted(folder.glob(pattern)):
            path = file.relative_to(folder).as_posix()
            if file.is_file() and is_design(path):
                yield path, file


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    str
        64 digits.
    """
    return hashlib.sha256(content).hexdigest()
