"""What a file really is, by its content: names of files lie.

In: the bytes of a file. Out: the notation in which `tyndau.questionnaire.convert` reads it, or a
user error that says what was found instead. It unpacks nothing: sizes come from a ZIP's directory.
"""

import io
import zipfile
from typing import Literal, NoReturn

from tyndau.base.errors import Place
from tyndau.base.languages import N_, Message
from tyndau.questionnaire import problems

Notation = Literal["xlsx", "xls", "csv", "md"]

# A questionnaire of 1,000 questions is below 1 MB; unpacked, a workbook's XML is up to 20 times
# larger, and a "zip bomb" a thousand times.
MAX_BYTES = 10_000_000
MAX_UNPACKED = 120_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Workbooks of Excel 2 to 5 that stand without a container begin so.
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_WORD = N_("a Word document")
_SLIDES = N_("a PowerPoint presentation")
_OPEN_DOCUMENT = N_("an OpenDocument file")
_BINARY_WORKBOOK = N_("a binary workbook (.xlsb)")
_ZIP = N_("a ZIP archive")
_OLD_OFFICE = N_("an old Office file of another kind")
_PDF = N_("a PDF document")
_WEB_PAGE = N_("a web page")
_XML = N_("XML of another kind")
_BINARY = N_("binary data")


def sniff(content: bytes, suffix: str, place: Place) -> Notation:
    """Tell the notation of a questionnaire by its content.

    Parameters
    ----------
    content : bytes
        The whole file.
    suffix : str
        The end of its name, which decides only between CSV and Markdown.
    place : Place
        The file, for errors.

    Returns
    -------
    {"xlsx", "xls", "csv", "md"}
        How to read it.

    Raises
    ------
    UserError
        If it is empty, too large, protected, or something else than a spreadsheet.
    """
    if not content.strip(b" \t\r\n\xef\xbb\xbf\x00"):
        raise problems.EMPTY_FILE.error(place)
    if len(content) > MAX_BYTES:
        _too_large(len(content), MAX_BYTES, place)
    if content.startswith(b"PK\x03\x04"):
        return _sniff_zip(content, place)
    if content.startswith(_OLE):
        return _sniff_ole(content, place)
    if content.startswith(_OLD_EXCEL):
        return "xls"
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        _refuse_markup(content, start, place)
    if start.startswith(b"%PDF"):
        _refuse(_PDF, place)
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse(_BINARY, place)
    if suffix.lower() == ".md" or (suffix.lower() != ".csv" and start.startswith(b"|")):
        return "md"
    return "csv"


def _refuse(found: str, place: Place) -> NoReturn:
    raise problems.NOT_A_WORKBOOK.error(place, found=Message(found))


def _too_large(size: int, limit: int, place: Place) -> NoReturn:
    raise problems.TOO_LARGE.error(place, size=-(-size // 1_000_000), limit=limit // 1_000_000)


def _sniff_zip(content: bytes, place: Place) -> Notation:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise problems.NOT_READABLE.error(place, detail=str(fault)) from None
    if "xl/workbook.bin" in parts:
        _refuse(_BINARY_WORKBOOK, place)
    if not any(name.startswith("xl/") for name in parts):
        folders = {name.partition("/")[0] for name in parts}
        found = _ZIP
        for folder, kind in (("word", _WORD), ("ppt", _SLIDES), ("content.xml", _OPEN_DOCUMENT)):
            found = kind if folder in folders else found
        _refuse(found, place)
    if sum(parts.values()) > MAX_UNPACKED:
        _too_large(sum(parts.values()), MAX_UNPACKED, place)
    return "xlsx"


def _sniff_ole(content: bytes, place: Place) -> Notation:
    # Names of streams stand in the container's directory in UTF-16.
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise problems.ENCRYPTED.error(place)
    if holds("WordDocument"):
        _refuse(_WORD, place)
    if holds("PowerPoint Document"):
        _refuse(_SLIDES, place)
    if not (holds("Workbook") or holds("Book")):
        _refuse(_OLD_OFFICE, place)
    return "xls"


def _refuse_markup(content: bytes, start: bytes, place: Place) -> NoReturn:
    if b"http://www.w3.org/2002/xforms" in content:
        raise problems.IS_XFORM.error(place)
    is_page = b"<html" in start.lower() or b"<!doctype html" in start.lower()
    _refuse(_WEB_PAGE if is_page else _XML, place)
