"""What a file is by its content, whatever its name says; and whether it is safe to unpack.

In: the path of what is called a workbook. Out: nothing, or a `UserError` that says what the file
is. It never unpacks more than the sizes that the archive declares, and reads no sheet: that is
`tyndau.study.workbook`. To know another kind of file, add its mark to `_MARKS` or `_PACKAGES`.
"""

import zipfile
import zlib
from pathlib import Path

from tyndau.base.errors import Place, refusal
from tyndau.base.languages import N_, Message
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

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_MARKS = (
    (b"%PDF", N_("a PDF document")),
    (b"{\\rtf", N_("a rich-text document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"Rar!", N_("a RAR archive")),
    (b"7z\xbc\xaf", N_("a 7-Zip archive")),
    (b"\x1f\x8b", N_("a gzip archive")),
)
_PACKAGES = (
    ("word/", N_("a Word document (.docx)")),
    ("ppt/", N_("a PowerPoint presentation (.pptx)")),
    ("xl/workbook.bin", N_("a binary Excel workbook (.xlsb)")),
    ("content.xml", N_("an OpenDocument file (.ods or .odt)")),
)
_STRICT = N_("a workbook of the kind Strict Open XML")
_EMPTY = N_("an empty file")
_EMPTY_ARCHIVE = N_("an empty archive")
_ARCHIVE = N_("an archive of other files")
_OLD_EXCEL = N_("an old Excel workbook (.xls)")
_OLD_OFFICE = N_("an old Office document (.doc, .ppt or the like)")
_TEXT = N_("a text file, perhaps CSV or a web page")
_UNKNOWN = N_("a file of an unknown kind")
_TRUNCATED = N_("its end is missing, as after a broken download or copy")


def _streams(name: str) -> bytes:
    """Return a stream's name as the directory of an OLE file spells it."""
    return name.encode("utf-16-le")


def _inspect_ole(content: bytes, place: Place) -> None:
    if _streams("EncryptedPackage") in content:
        raise problems.LOCKED.error(place)
    excel = _streams("Workbook") in content or _streams("Book") in content
    got = _OLD_EXCEL if excel else _OLD_OFFICE
    raise problems.NOT_A_WORKBOOK.error(place, got=Message(got))


def _is_strict(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook has the namespaces of ISO Strict, which openpyxl reads as empty."""
    if "xl/workbook.xml" not in archive.namelist():
        return False
    with archive.open("xl/workbook.xml") as part:
        return b"purl.oclc.org/ooxml/spreadsheetml" in part.read(4096)


def _inspect_zip(path: Path, place: Place) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            strict = _is_strict(archive)
    except zipfile.BadZipFile:
        raise problems.BROKEN.error(place, detail=Message(_TRUNCATED)) from None
    names = {part.filename for part in parts}
    if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        for start, got in _PACKAGES:
            if any(name.startswith(start) for name in names):
                raise problems.NOT_A_WORKBOOK.error(place, got=Message(got))
        raise problems.NOT_A_WORKBOOK.error(place, got=Message(_ARCHIVE))
    if strict:
        raise problems.NOT_A_WORKBOOK.error(place, got=Message(_STRICT))
    # zipfile never yields more of a part than the size that it declares, so this sum is a bound.
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED or len(parts) > MAX_PARTS:
        limit = MAX_UNPACKED // 2**20
        raise problems.TOO_LARGE.error(place, size=max(size // 2**20, 1), limit=limit)


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
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            limit = MAX_FILE // 2**20
            raise problems.TOO_LARGE.error(place, size=size // 2**20, limit=limit)
        content = path.read_bytes()
    except OSError as error:
        reason = refusal(error)
        raise problems.UNREADABLE.error(place, reason=reason) from None
    if content.startswith(_ZIP):
        _inspect_zip(path, place)
        return
    if content.startswith(_OLE):
        _inspect_ole(content, place)
    raise problems.NOT_A_WORKBOOK.error(place, got=Message(_guess(content)))


def _guess(content: bytes) -> str:
    if not content:
        return _EMPTY
    if content.startswith(_EMPTY_ZIP):
        return _EMPTY_ARCHIVE
    for mark, got in _MARKS:
        if content.startswith(mark):
            return got
    return _UNKNOWN if b"\0" in content[:4096] else _TEXT
