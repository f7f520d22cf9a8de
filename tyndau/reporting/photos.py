"""Photos of interviewers, as badges hold them.

In: bytes that people gave. Out: a small JPEG without anything but the picture. The bytes are opened
in a child process only (`tyndau.reporting.photo_child`), one at a time, so that whoever asks needs
little memory and outlives whatever the picture does.
"""

import subprocess
import sys
import threading
from pathlib import Path

from tyndau.base.errors import Problem
from tyndau.reporting.problems import BAD_PHOTO, LARGE_PHOTO

# Exit code of the child, as `photo_child.LARGE` has it; that module brings its library.
_LARGE = 3
_SECONDS = 60

_one_at_a_time = threading.Lock()


def prepare_photo(photo: bytes, code: str) -> bytes | Problem:
    """Make a photo fit for a badge.

    Parameters
    ----------
    photo : bytes
        As it was given.
    code : str
        Whose it is.

    Returns
    -------
    bytes or Problem
        A JPEG of the shape of the frame, upright, without place, hour and owner; or that it is no
        photo that can be used.
    """
    script = Path(__file__).with_name("photo_child.py")
    with _one_at_a_time:
        try:
            done = subprocess.run(  # noqa: S603 - our own script, by its path
                [sys.executable, "-P", str(script)],
                input=photo,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return LARGE_PHOTO.at(code=code)
    if done.returncode == 0:
        return done.stdout
    # Below zero: the system ended it for what it asked for.
    large = done.returncode == _LARGE or done.returncode < 0
    return (LARGE_PHOTO if large else BAD_PHOTO).at(code=code)
