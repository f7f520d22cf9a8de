"""Opening the interviews that phones seal, by the server's private key, and sealing what goes back.

In: an envelope and its parts, as ``client/keep/seal.ts`` makes them. Out: the XML and its files,
as any phone sends them; and in the other direction, sealed to the key of a phone, what
``client/keep/reply.ts`` opens. It reads and writes nothing and knows no form. The scheme, of
standard parts alone: a key pair of the interview's own and the server's agree on a secret (ECDH,
P-256); HKDF-SHA256 with both public points as salt makes of it a key for AES-256-GCM; each part is
a nonce of 12 bytes, ciphertext and tag, bound to the interview and to the name of its file.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

XML = "xml_submission_file"
ENVELOPE = "envelope"
SMALL = "report"
VERSION = 1
_INFO = b"tyndau-form-1"
_INFO_BACK = b"tyndau-reply-1"
_NONCE = 12
_KEY_BYTES = 32


class CannotOpenError(ValueError):
    """What came is no interview sealed to this key; the text says why, for the log."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a phone says openly about an interview that it sealed.

    Attributes
    ----------
    key : str
        The name of the server's key to which it was sealed.
    point : bytes
        The interview's own public point, uncompressed.
    instance : str
        The instanceID.
    form, form_version : str
        The form and its version.
    pilot : bool
        Whether it only tries the form out.
    files : tuple of str
        All parts, the XML first; a request may carry some of them.
    clock : float or None
        By how many seconds the phone's clock is ahead; None where it does not know.
    reply : str
        The point, in base64, to which the interview is sealed when it goes back; empty where it
        never does. The parts are bound to it.
    """

    key: str
    point: bytes
    instance: str
    form: str
    form_version: str
    pilot: bool
    files: tuple[str, ...]
    clock: float | None
    reply: str = ""

    @property
    def reply_point(self) -> bytes:
        """The point to which it goes back; empty where it never does, or where it is no point."""
        return read_point(self.reply)


def read_point(written: str) -> bytes:
    """Read the public point of a phone's key.

    Parameters
    ----------
    written : str
        In base64.

    Returns
    -------
    bytes
        65 bytes, uncompressed; none where it is no point of the curve.
    """
    try:
        point = base64.b64decode(written, validate=True)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return b""
    return point


def read_envelope(content: bytes) -> Envelope:
    """Read an envelope.

    Parameters
    ----------
    content : bytes
        The part ``envelope``.

    Returns
    -------
    Envelope
        What it says.

    Raises
    ------
    CannotOpenError
        If it is none, or of another version.
    """
    try:
        said = json.loads(content)
        if said["version"] != VERSION:
            raise CannotOpenError(f"version {said['version']!r}")
        clock = said["clock"]
        return Envelope(
            key=str(said["key"]),
            point=base64.b64decode(said["point"], validate=True),
            instance=str(said["instance"]),
            form=str(said["form"]),
            form_version=str(said["formVersion"]),
            pilot=said["pilot"] is True,
            files=tuple(map(str, said["files"])),
            clock=None if clock is None else float(clock),
            reply=str(said.get("reply", "")),
        )
    except CannotOpenError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as fault:
        raise CannotOpenError(f"no envelope: {fault!r}") from None


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a phone saved to a file because it could not send it.

    Attributes
    ----------
    holder : str
        Whose phone it was, as the boot names the holder.
    interviews : tuple of dict of str to bytes
        The parts of each, the `ENVELOPE` among them, as they would have been sent.
    """

    holder: str
    interviews: tuple[dict[str, bytes], ...]


def read_unsent(content: bytes) -> Unsent:
    """Read a file of unsent interviews.

    Parameters
    ----------
    content : bytes
        The file.

    Returns
    -------
    Unsent
        What it holds; nothing is opened.

    Raises
    ------
    CannotOpenError
        If it is no such file.
    """
    try:
        said = json.loads(content)
        if said["version"] != VERSION:
            raise CannotOpenError(f"version {said['version']!r}")
        return Unsent(str(said["holder"]), tuple(map(_parts, said["interviews"])))
    except CannotOpenError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise CannotOpenError(f"no file of unsent interviews: {fault!r}") from None


def _parts(interview: Mapping[str, Any]) -> dict[str, bytes]:
    envelope = json.dumps(interview["envelope"], ensure_ascii=False).encode()
    read_envelope(envelope)
    parts = {
        str(part["name"]): base64.b64decode(part["data"], validate=True)
        for part in interview["parts"]
    }
    return {ENVELOPE: envelope, **parts}


def new_key() -> ec.EllipticCurvePrivateKey:
    """Make a private key for a server.

    Returns
    -------
    EllipticCurvePrivateKey
        On the curve P-256.
    """
    return ec.generate_private_key(ec.SECP256R1())


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public point of a key, as phones are told it.

    Parameters
    ----------
    key : EllipticCurvePrivateKey
        The server's key.

    Returns
    -------
    bytes
        65 bytes, uncompressed.
    """
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def open_parts(
    key: ec.EllipticCurvePrivateKey, envelope: Envelope, parts: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Open parts of an interview.

    Parameters
    ----------
    key : EllipticCurvePrivateKey
        The key that the envelope names.
    envelope : Envelope
        Of the interview.
    parts : mapping of str to bytes
        Sealed files, by name.

    Returns
    -------
    dict of str to bytes
        Their contents, by name.

    Raises
    ------
    CannotOpenError
        If one was sealed to another key, for another interview, under another name; or is
        damaged.
    """
    cipher = _incoming(key, envelope.point)
    bound = f"\n{envelope.reply}" if envelope.reply else ""
    return {
        name: _open(cipher, sealed, f"{envelope.instance}\n{name}{bound}")
        for name, sealed in parts.items()
    }


def open_small(key: ec.EllipticCurvePrivateKey, point: bytes, number: str, sealed: bytes) -> bytes:
    """Open what a phone sealed in small: a contact at a point, a question.

    Parameters
    ----------
    key : EllipticCurvePrivateKey
        The server's.
    point : bytes
        Its own public point, uncompressed.
    number : str
        Its number.
    sealed : bytes
        Nonce, ciphertext and tag.

    Returns
    -------
    bytes
        What it says.

    Raises
    ------
    CannotOpenError
        If it was sealed to another key or under another number, or is damaged.
    """
    return _open(_incoming(key, point), sealed, f"{number}\n{SMALL}")


def _open(cipher: AESGCM, sealed: bytes, about: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        raise CannotOpenError(f"{about!r} does not open") from None


def _incoming(key: ec.EllipticCurvePrivateKey, point: bytes) -> AESGCM:
    """Return what opens that which a phone sealed to a key."""
    return AESGCM(_shared(key, point, point + point_of(key), _INFO))


def seal_parts(
    point: bytes, instance: str, contents: Mapping[str, bytes]
) -> tuple[bytes, dict[str, bytes]]:
    """Seal what goes back to a phone.

    Parameters
    ----------
    point : bytes
        Of the phone's key.
    instance : str
        The instanceID to which the parts are bound.
    contents : mapping of str to bytes
        What is sealed, by name.

    Returns
    -------
    point : bytes
        That of a key pair which was made for this alone.
    parts : dict of str to bytes
        The sealed contents, by name.

    Raises
    ------
    CannotOpenError
        If the point is none of the curve.
    """
    own = new_key()
    cipher = AESGCM(_shared(own, point, point_of(own) + point, _INFO_BACK))
    parts = {}
    for name, content in contents.items():
        nonce = token_bytes(_NONCE)
        parts[name] = nonce + cipher.encrypt(nonce, content, f"{instance}\n{name}".encode())
    return point_of(own), parts


def _shared(key: ec.EllipticCurvePrivateKey, point: bytes, salt: bytes, info: bytes) -> bytes:
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise CannotOpenError("no point of the curve") from None
    return HKDF(SHA256(), _KEY_BYTES, salt, info).derive(key.exchange(ec.ECDH(), theirs))


def seal_text(point: bytes, about: str, contents: Mapping[str, bytes]) -> dict[str, Any]:
    """Seal what goes back to a phone, as JSON carries it.

    Parameters
    ----------
    point, about, contents : bytes, str, mapping of str to bytes
        As `seal_parts` takes them.

    Returns
    -------
    dict
        ``point`` and ``parts``, in base64: ``SealedParts`` of ``client/keep/reply.ts``.

    Raises
    ------
    CannotOpenError
        If the point is none of the curve.
    """
    own, parts = seal_parts(point, about, contents)
    coded = {name: base64.b64encode(part).decode("ascii") for name, part in parts.items()}
    return {"point": base64.b64encode(own).decode("ascii"), "parts": coded}
