"""Whether what is called a workbook is one, and safe to unpack.

In: the path of a file. Out: nothing, or a `UserError` that says what the file is. The sheets are
for `tyndau.study.workbook` to read; what a file is, `tyndau.base.content` knows.
"""

import zipfile
import zlib
from pathlib import Path

from tyndau.base.content import identify
from tyndau.base.errors import Place, refusal
from tyndau.study import problems

# A design workbook takes about 50 kB; these leave room for a thousandfold, and no more.
MAX_FILE = 32 * 2**20
MAX_UNPACKED = 128 * 2**20
MAX_PARTS = 2000

# What reading a damaged archive or damaged XML raises, in zipfile, openpyxl and the XML parser.
DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    OSError,
)


def inspect(path: Path, shown: str) -> None:
    """See that a file is an Excel workbook by its content and safe to unpack.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        Its path as errors print it.

    Raises
    ------
    UserError
        If it cannot be opened, is something else, is locked by a password, or is too large.
    """
    place = Place(file=shown)
    limit = MAX_UNPACKED // 2**20
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise problems.TOO_LARGE.error(place, size=size // 2**20, limit=MAX_FILE // 2**20)
        found = identify(path.read_bytes())
    except OSError as error:
        reason = refusal(error)
        raise problems.UNREADABLE.error(place, reason=reason) from None
    if found.kind == "encrypted":
        raise problems.LOCKED.error(place)
    if found.kind == "broken-archive":
        raise problems.BROKEN.error(place, detail=found.words)
    if found.kind != "workbook":
        raise problems.NOT_A_WORKBOOK.error(place, got=found.words)
    if found.unpacked > MAX_UNPACKED or found.parts > MAX_PARTS:
        raise problems.TOO_LARGE.error(place, size=max(found.unpacked // 2**20, 1), limit=limit)
