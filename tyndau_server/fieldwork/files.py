"""The files of an interview on its page: which are shown, which only downloaded, which are missing.

In: attachments. Out: `Shown`, and how a file is sent to a browser. Whoever sent a file may have put
anything into it, so that a browser is only ever told a type of this list, never what the phone
said, and nothing of it runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from tyndau.base.languages import Number
from tyndau_server.fieldwork.models import Attachment, Submission

Kind = Literal["picture", "sound", "film", "other"]

# What a browser shows by itself; by the ending, for phones often say "application/octet-stream".
_TYPES: Mapping[str, tuple[Kind, str]] = {
    ".jpg": ("picture", "image/jpeg"),
    ".jpeg": ("picture", "image/jpeg"),
    ".png": ("picture", "image/png"),
    ".gif": ("picture", "image/gif"),
    ".webp": ("picture", "image/webp"),
    ".m4a": ("sound", "audio/mp4"),
    ".mp3": ("sound", "audio/mpeg"),
    ".ogg": ("sound", "audio/ogg"),
    ".oga": ("sound", "audio/ogg"),
    ".opus": ("sound", "audio/ogg"),
    ".wav": ("sound", "audio/wav"),
    ".aac": ("sound", "audio/aac"),
    ".amr": ("sound", "audio/amr"),
    ".webm": ("film", "video/webm"),
    ".mp4": ("film", "video/mp4"),
    ".3gp": ("film", "video/3gpp"),
}
BYTES = "application/octet-stream"
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as the page of its interview shows it.

    Attributes
    ----------
    pk : int
        Its number.
    name : str
        As the interview speaks of it.
    kind : {"picture", "sound", "film", "other"}
        How it is shown.
    kilobytes : Number
        Its size, at least 1.
    carried : bool
        Whether it came with an earlier version.
    """

    pk: int
    name: str
    kind: Kind
    kilobytes: Number
    carried: bool


def kind_of(name: str) -> tuple[Kind, str]:
    """Return how a file is shown, and the type that a browser is told.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    tuple of str
        ``other`` and bytes where a browser does not show it by itself.
    """
    return _TYPES.get(PurePosixPath(name.lower()).suffix, ("other", BYTES))


def safe_name(name: str) -> str:
    """Return a name by which a file can be stored anywhere.

    Parameters
    ----------
    name : str
        As a phone called it.

    Returns
    -------
    str
        Without folders and without what file systems refuse.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(one if one.isprintable() and one not in '<>:"|?*' else "_" for one in last)
    return kept.strip(". ")[-120:] or "file"


def shown_files(attachments: list[Attachment]) -> tuple[Shown, ...]:
    """Return the files of an interview for its page.

    Parameters
    ----------
    attachments : list of Attachment
        Of the interview.

    Returns
    -------
    tuple of Shown
        In the order in which they came.
    """
    return tuple(
        Shown(
            one.pk, one.name, kind_of(one.name)[0],
            Number(max(1, round(one.size / _KILO))), one.carried,
        )
        for one in attachments
    )  # fmt: skip


def missing_files(submission: Submission, attachments: list[Attachment]) -> tuple[str, ...]:
    """Return the files of which an interview speaks and that are not here.

    Parameters
    ----------
    submission : Submission
        The interview.
    attachments : list of Attachment
        What is here.

    Returns
    -------
    tuple of str
        Their names.
    """
    here = {one.name for one in attachments}
    return tuple(name for name in submission.awaited if name not in here)
