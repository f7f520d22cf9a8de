"""A sealed body made into the plain one that phones of others send.

In: a body with an envelope and sealed parts, the server's key. Out: a body of OpenRosa with the
same interview and files, and the envelope. What does not open is refused, and the body stays as it
came.
"""

from collections.abc import Mapping
from secrets import token_hex

from cryptography.hazmat.primitives.asymmetric import ec

from tyndau.fieldwork.openrosa import Unreadable, read_instance
from tyndau_server.fieldwork import blobs
from tyndau_server.fieldwork.body import Body
from tyndau_server.fieldwork.parts import Parts, read_parts
from tyndau_server.fieldwork.refusals import SEALED, UNREADABLE, Refused
from tyndau_server.form.envelope import (
    ENVELOPE,
    XML,
    CannotOpenError,
    Envelope,
    open_parts,
    read_envelope,
)

_TYPES = {".csv": "text/csv", ".jpg": "image/jpeg", ".png": "image/png", ".webm": "audio/webm"}
_LONGEST_ENVELOPE = 100_000


def unsealed(body: Body, key: ec.EllipticCurvePrivateKey) -> tuple[Body, Envelope]:
    """Open a sealed body.

    Parameters
    ----------
    body : Body
        As it came.
    key : EllipticCurvePrivateKey
        The server's.

    Returns
    -------
    Body
        The same without seals; to be let go by the caller.
    Envelope
        What the phone said openly.

    Raises
    ------
    Refused
        If it is no sealed submission, or was sealed to another key.
    OSError
        If it finds no room.
    """
    parts = read_parts(body)
    envelope = _envelope(parts)
    sealed = {name: file.stream.read() for name, file in parts.files.items() if name != ENVELOPE}
    try:
        opened = open_parts(key, envelope, {XML: parts.xml, **sealed})
    except CannotOpenError as error:
        raise Refused(SEALED, f"to key {envelope.key}: {error}") from error
    try:
        instance = read_instance(opened[XML]).instance_id
    except Unreadable as error:
        raise Refused(UNREADABLE, f"{error.reason}: {error.detail}") from error
    if instance != envelope.instance:
        raise Refused(UNREADABLE, f"the envelope speaks of {envelope.instance!r}")
    return plain(opened), envelope


def _envelope(parts: Parts) -> Envelope:
    if ENVELOPE not in parts.files:
        raise Refused(UNREADABLE, "no envelope")
    try:
        return read_envelope(parts.files[ENVELOPE].stream.read(_LONGEST_ENVELOPE))
    except CannotOpenError as error:
        raise Refused(UNREADABLE, str(error)) from error


def plain(opened: Mapping[str, bytes]) -> Body:
    """Write an interview and its files as a body of OpenRosa.

    Parameters
    ----------
    opened : mapping of str to bytes
        The XML under its name, and files.

    Returns
    -------
    Body
        To be let go by the caller.

    Raises
    ------
    OSError
        If it finds no room.
    """
    boundary, stream = token_hex(16), blobs.passing()
    try:
        for name, content in opened.items():
            stream.write(_head(boundary, name).encode())
            stream.write(content)
            stream.write(b"\r\n")
        stream.write(f"--{boundary}--\r\n".encode())
    except BaseException:
        stream.close()
        raise
    return Body(stream, stream.tell(), None, f"multipart/form-data; boundary={boundary}")


def _head(boundary: str, name: str) -> str:
    quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    kind = "text/xml" if name == XML else _TYPES.get(name[name.rfind(".") :].lower(), "")
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{quoted}"; filename="{quoted}"\r\n'
        f"Content-Type: {kind or 'application/octet-stream'}\r\n\r\n"
    )
