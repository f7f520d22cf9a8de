"""What a file is by its content."""

import io
import zipfile

import pytest

from tyndau.base.content import identify


def _zip(*names: str, content: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            # Of no time: the bytes are part of a test's name, which is the same in all processes.
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le")


STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (_zip("xl/workbook.xml", "xl/styles.xml"), "workbook"),
        (_zip("xl/workbook.xml", content=STRICT), "strict-workbook"),
        (_zip("xl/workbook.bin"), "binary-workbook"),
        (_zip("word/document.xml"), "word"),
        (_zip("ppt/presentation.xml"), "slides"),
        (_zip("mimetype", "content.xml"), "open-document"),
        (_zip("data.csv"), "archive"),
        (_zip("xl/workbook.xml")[:-30], "broken-archive"),
        (_ole("Workbook"), "old-workbook"),
        (_ole("WordDocument"), "word"),
        (_ole("EncryptedPackage"), "encrypted"),
        (_ole("Contents"), "old-office"),
        (b"%PDF-1.7", "pdf"),
        (b"$FL2@(#) SPSS", "spss"),
        (b"<!DOCTYPE html><title>x</title>", "web-page"),
        (b'<h:html xmlns="http://www.w3.org/2002/xforms"/>', "xform"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (b"abc\x00def", "binary"),
        ("\ufeffа;б\n".encode("utf-16"), "text"),
        ("жас;қала\n".encode(), "text"),
    ],
)
def test_content_tells_the_kind(content: bytes, kind: str) -> None:
    assert identify(content).kind == kind


def test_an_archive_declares_its_size_unpacked() -> None:
    found = identify(_zip("xl/workbook.xml", "xl/styles.xml", content=bytes(1000)))

    assert (found.unpacked, found.parts) == (2000, 2)
