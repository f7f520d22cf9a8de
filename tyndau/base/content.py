"""What a file is by its content, whatever its name says.

In: the bytes of a file. Out: `Content`, its kind in words and, for a packed file, how large it is
unpacked. It unpacks nothing: sizes come from the archive's directory. Which kinds are welcome is
decided by who reads the file; to know another kind, add its mark here.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Literal

from tyndau.base.languages import N_, Message

ContentKind = Literal[
    "empty", "text", "workbook", "strict-workbook", "binary-workbook", "old-workbook", "encrypted",
    "word", "slides", "open-document", "old-office", "archive", "broken-archive", "packed", "pdf",
    "rich-text", "picture", "spss", "parquet", "web-page", "xform", "xml", "binary",
]  # fmt: skip

_WORDS: dict[ContentKind, str] = {
    "empty": N_("an empty file"),
    "text": N_("a text file"),
    "workbook": N_("an Excel workbook (.xlsx)"),
    "strict-workbook": N_("a workbook of the kind Strict Open XML"),
    "binary-workbook": N_("a binary Excel workbook (.xlsb)"),
    "old-workbook": N_("an old Excel workbook (.xls)"),
    "encrypted": N_("a file protected by a password"),
    "word": N_("a Word document"),
    "slides": N_("a PowerPoint presentation"),
    "open-document": N_("an OpenDocument file"),
    "old-office": N_("an old Office document (.doc, .ppt or the like)"),
    "archive": N_("an archive of other files"),
    "broken-archive": N_("a packed file without its end, as after a broken download"),
    "packed": N_("a packed file"),
    "pdf": N_("a PDF document"),
    "rich-text": N_("a rich-text document"),
    "picture": N_("a picture"),
    "spss": N_("an SPSS file (.sav)"),
    "parquet": N_("a Parquet file"),
    "web-page": N_("a web page"),
    "xform": N_("an XForm (XML)"),
    "xml": N_("an XML file of another kind"),
    "binary": N_("a file of an unknown kind"),
}
_MARKS: tuple[tuple[bytes, ContentKind], ...] = (
    (b"PK\x05\x06", "archive"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rich-text"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"PAR1", "parquet"),
    # Workbooks of Excel 2 to 5 that stand without a container begin so.
    (b"\x09\x00\x04\x00", "old-workbook"),
    (b"\x09\x02\x06\x00", "old-workbook"),
    (b"\x09\x04\x06\x00", "old-workbook"),
    (b"\x09\x08", "old-workbook"),
)
_PACKAGES: tuple[tuple[str, ContentKind], ...] = (
    ("word/", "word"),
    ("ppt/", "slides"),
    ("content.xml", "open-document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLANK = b" \t\r\n\xef\xbb\xbf\x00"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is.

    Attributes
    ----------
    kind : str
        One of `ContentKind`.
    unpacked : int
        Bytes of all parts of an archive as its directory declares them; zipfile never yields more
        of a part than that, so it is a bound. 0 for what is not an archive.
    parts : int
        Number of an archive's parts.
    """

    kind: ContentKind
    unpacked: int = 0
    parts: int = 0

    @property
    def words(self) -> Message:
        """The kind in words, such as "a Word document"."""
        return Message(_WORDS[self.kind])


def identify(content: bytes) -> Content:
    """Tell what a file is.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    Content
        Its kind; ``text`` where no mark says otherwise and there are no zero bytes.
    """
    if not content.strip(_BLANK):
        return Content("empty")
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    if content.startswith(_OLE):
        return Content(_ole(content))
    for mark, kind in _MARKS:
        if content.startswith(mark):
            return Content(kind)
    start = content[:2000].lstrip(_BLANK)
    if start.startswith(b"<"):
        return Content(_markup(content, start.lower()))
    if b"\x00" in content[:4096] and not content.startswith(_UTF_16):
        return Content("binary")
    return Content("text")


def _package(content: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            kind = _packaged(names)
            if kind == "workbook" and "xl/workbook.xml" in names:
                with archive.open("xl/workbook.xml") as book:
                    # openpyxl reads the namespaces of ISO Strict as an empty workbook.
                    if b"purl.oclc.org/ooxml/spreadsheetml" in book.read(4096):
                        kind = "strict-workbook"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Content("broken-archive")
    return Content(kind, sum(part.file_size for part in parts), len(parts))


def _packaged(names: set[str]) -> ContentKind:
    if "xl/workbook.bin" in names:
        return "binary-workbook"
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    for start, kind in _PACKAGES:
        if any(name.startswith(start) for name in names):
            return kind
    return "archive"


def _ole(content: bytes) -> ContentKind:
    # Names of streams stand in the container's directory in UTF-16.
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("WordDocument"):
        return "word"
    if holds("PowerPoint Document"):
        return "slides"
    return "old-workbook" if holds("Workbook") or holds("Book") else "old-office"


def _markup(content: bytes, start: bytes) -> ContentKind:
    if b"http://www.w3.org/2002/xforms" in content:
        return "xform"
    if b"<html" in start or b"<!doctype html" in start:
        return "web-page"
    return "xml"
