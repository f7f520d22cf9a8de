"""Putting one file where it belongs: whole or not at all.

In: a path and what the file holds. Out: the file, built beside its place and renamed, so that a
reader never meets half of it; or one error that says why it could not be written.
"""

import contextlib
from pathlib import Path

from tyndau.base.errors import Place, refusal
from tyndau.reporting.problems import NOT_WRITTEN


def put_file(path: Path, content: bytes) -> None:
    """Write a file whole.

    Parameters
    ----------
    path : Path
        Where; folders on the way are made, a file that stands there is replaced.
    content : bytes
        What it holds.

    Raises
    ------
    UserError
        If the system refuses.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise NOT_WRITTEN.error(Place(file=str(path)), reason=refusal(error)) from error
    finally:
        with contextlib.suppress(OSError):  # it was moved, or could not be made
            part.unlink()
