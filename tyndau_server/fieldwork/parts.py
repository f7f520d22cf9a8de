"""The parts of a submission: the interview's XML and the files that came with it.

In: a whole body, multipart as OpenRosa has it. Out: `Parts`. Names of files are kept as given, for
they are held against the names in the interview, and are never a path. Parts without a file name
are fields of a form, of which only ``*isIncomplete*`` means something here, and nothing needs it:
an interview knows by itself which files it awaits.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, cast

from multipart import (
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from tyndau_server.fieldwork.body import Body, digest_without
from tyndau_server.fieldwork.models import NAME
from tyndau_server.fieldwork.refusals import FILE_CONFLICT, UNREADABLE, Refused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

XML = "xml_submission_file"
MOST_PARTS = 1_000
MOST_XML = 10_000_000
# Beyond it a boundary is an attempt to keep the parser busy; RFC 2046 allows 70 characters.
_LONGEST_BOUNDARY = 200
_CHUNK = 64 * 1024


class _Window(io.RawIOBase):
    """A section of a stream, read as a file of its own."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._stream, self._start, self._size, self._at = stream, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        self._stream.seek(self._start + self._at)
        read = self._stream.read(max(0, min(len(view), self._size - self._at)))
        view[: len(read)] = read
        self._at += len(read)
        return len(read)


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with an interview.

    Attributes
    ----------
    name, type : str, str
        As the phone calls it; its media type.
    stream : BinaryIO
        Its bytes.
    sha256 : str
        Of them.
    """

    name: str
    type: str
    stream: BinaryIO
    sha256: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a submission consists of.

    Attributes
    ----------
    xml, sha256 : bytes, str
        The interview and its digest.
    files : mapping of str to File
        What came with it, by name.
    digest : str
        Of all parts with their names: the same for a phone that tries again.
    """

    xml: bytes
    sha256: str
    files: Mapping[str, File]
    digest: str


@dataclass(slots=True)
class _Part:
    name: str
    type: str
    is_file: bool
    start: int
    size: int = 0
    digest: str = ""


def digest_of(body: Body) -> str:
    """Digest a body that could not be taken apart.

    Parameters
    ----------
    body : Body
        As it came.

    Returns
    -------
    str
        SHA-256 in hexadecimal, the same whatever the boundary is.
    """
    try:
        return digest_without(body, _boundary(body))
    except Refused:
        return digest_without(body, b"")


def read_parts(body: Body) -> Parts:
    """Take a body apart.

    Parameters
    ----------
    body : Body
        As it came.

    Returns
    -------
    Parts
        The interview and its files.

    Raises
    ------
    Refused
        If it is no submission: not multipart, cut short, without XML, with two files of one name.
    OSError
        If it finds no room.
    """
    try:
        parts = _take_apart(body)
    except MultipartError as error:
        raise Refused(UNREADABLE, f"multipart: {error}") from error
    interviews = [part for part in parts if part.name == XML]
    if len(interviews) != 1:
        raise Refused(UNREADABLE, f"{len(interviews)} parts {XML}")
    interview = interviews[0]
    if interview.size > MOST_XML:
        raise Refused(UNREADABLE, f"an interview of {interview.size} bytes")
    body.unpacked.seek(interview.start)
    return Parts(
        xml=body.unpacked.read(interview.size),
        sha256=interview.digest,
        files=_files(body, parts),
        digest=_digest(parts),
    )


def _boundary(body: Body) -> bytes:
    kind, options = parse_options_header(body.content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise Refused(UNREADABLE, f"no multipart body: {body.content_type[:NAME]!r}")
    return str(boundary).encode("latin-1", "replace")  # as headers come


def _take_apart(body: Body) -> list[_Part]:
    body.stream.seek(0)
    body.unpacked.seek(0)
    parts: list[_Part] = []
    running, part, start = sha256(), None, 0
    with PushMultipartParser(
        _boundary(body), content_length=body.size, max_segment_count=MOST_PARTS
    ) as parser:
        for event in parser.parse_blocking(body.stream.read, _CHUNK):
            if isinstance(event, MultipartSegment):
                running, part = sha256(), _part(event, start)
            elif part and event:
                running.update(event)
                body.unpacked.write(event)
                part.size += len(event)
            elif part:
                start += part.size
                part.digest = running.hexdigest()
                parts.append(part)
    return parts


def _part(segment: MultipartSegment, start: int) -> _Part:
    name = segment.name
    if not name or len(name) > NAME or "\0" in name:
        raise Refused(UNREADABLE, f"a part named {name[:NAME]!r}")
    kind = (segment.content_type or "").replace("\0", "")
    return _Part(name, kind[:NAME], segment.filename is not None, start)


def _files(body: Body, parts: list[_Part]) -> dict[str, File]:
    files: dict[str, File] = {}
    for part in parts:
        if part.name == XML or not part.is_file:
            continue
        stream = cast(BinaryIO, _Window(body.unpacked, part.start, part.size))
        file = files.setdefault(part.name, File(part.name, part.type, stream, part.digest))
        if file.sha256 != part.digest:
            raise Refused(FILE_CONFLICT, f"two files named {part.name!r} at once")
    return files


def _digest(parts: list[_Part]) -> str:
    """Digest parts; fields of the form are left out: some clients put the time there."""
    running = sha256()
    for part in parts:
        if part.is_file or part.name == XML:
            running.update(f"{part.name}\0{part.digest}\n".encode())
    return running.hexdigest()
