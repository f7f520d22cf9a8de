"""The body of a request, taken in whole before anything of it is read.

In: a stream that a phone fills, at its own pace, and that may break off. Out: `Body`, in memory or
in an unnamed file, so that whatever is found in it later, it can be kept as it came.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from types import TracebackType
from typing import BinaryIO

from tyndau_server.fieldwork import blobs
from tyndau_server.fieldwork.refusals import TOO_LARGE, Refused

# What phones are told, by which they divide an interview with many files; what ODK Collect assumes
# where it is not told.
ACCEPTED = 10_000_000
# What is taken all the same: a phone cannot divide a file. As ODK Central (client_max_body_size).
MOST = 100_000_000

_CHUNK = 64 * 1024


@dataclass(slots=True)
class Body:
    """A body as it came.

    Attributes
    ----------
    stream : BinaryIO
        Its bytes.
    size, announced : int, int or None
        How many came and how many were announced; None where that was not said.
    content_type : str
        Its header.
    unpacked : BinaryIO
        Where its parts are put, one after the other, when it is taken apart.
    """

    stream: BinaryIO
    size: int
    announced: int | None
    content_type: str
    unpacked: BinaryIO = field(default_factory=blobs.passing)

    @property
    def truncated(self) -> bool:
        """Whether fewer bytes came than were announced."""
        return self.announced is not None and self.size < self.announced

    def __enter__(self) -> "Body":
        """Hold the body for a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the bytes go."""
        self.stream.close()
        self.unpacked.close()


def read_body(source: BinaryIO, *, announced: int | None, content_type: str) -> Body:
    """Take a body in.

    Parameters
    ----------
    source : BinaryIO
        What the phone sends; read no further than announced.
    announced : int or None
        Content-Length; None where the end of the stream is the end of the body.
    content_type : str
        Of the request.

    Returns
    -------
    Body
        What came, be it less than announced.

    Raises
    ------
    Refused
        If it is larger than anything that is taken; no more of it is read.
    OSError
        If it finds no room.
    """
    if announced is not None and announced > MOST:
        raise Refused(TOO_LARGE, f"{announced} bytes announced")
    stream, size = blobs.passing(), 0
    try:
        while chunk := _next(source, _CHUNK if announced is None else announced - size):
            size += len(chunk)
            if size > MOST:
                raise Refused(TOO_LARGE, f"more than {MOST} bytes")
            stream.write(chunk)
    except BaseException:
        stream.close()
        raise
    return Body(stream, size, announced, content_type)


def _next(source: BinaryIO, remaining: int) -> bytes:
    """Read on; a connection that breaks is the end."""
    if not remaining:
        return b""
    try:
        return source.read(min(remaining, _CHUNK))
    except OSError:
        return b""


def digest_without(body: Body, boundary: bytes) -> str:
    """Digest a body that could not be taken apart, but for its boundary, which is drawn each time.

    Parameters
    ----------
    body : Body
        As it came.
    boundary : bytes
        What divides its parts; may be empty.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    digest, rest = sha256(), b""
    body.stream.seek(0)
    while chunk := body.stream.read(_CHUNK):
        *before, rest = (rest + chunk).split(boundary) if boundary else (b"", rest + chunk)
        for piece in before:
            digest.update(piece)
        # A boundary may begin in one chunk and end in the next.
        held = max(len(boundary) - 1, 0)
        digest.update(rest[: len(rest) - held])
        rest = rest[len(rest) - held :]
    digest.update(rest)
    return digest.hexdigest()
