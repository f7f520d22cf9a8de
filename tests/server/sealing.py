"""Sealing an interview as the browser form does, written from its contract alone.

In: an interview, its files, the key that the boot tells. Out: the body of a request.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from .openrosa_client import multipart

XML = "xml_submission_file"


def _cipher(key: Mapping[str, str]) -> tuple[AESGCM, str]:
    """Agree with the server's key on a secret; return also our point."""
    theirs = base64.b64decode(key["point"])
    own = ec.generate_private_key(ec.SECP256R1())
    point = _point(own)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    secret = own.exchange(ec.ECDH(), public)
    cipher = AESGCM(HKDF(SHA256(), 32, point + theirs, b"tyndau-form-1").derive(secret))
    return cipher, base64.b64encode(point).decode()


def sealed_small(key: Mapping[str, str], number: str, said: object) -> dict[str, str]:
    """Return a contact or a question as a phone seals it."""
    cipher, point = _cipher(key)
    data = b"n" * 12 + cipher.encrypt(
        b"n" * 12, json.dumps(said).encode(), f"{number}\nreport".encode()
    )
    return {"id": number, "key": key["id"], "point": point, "data": base64.b64encode(data).decode()}


def sealed(
    key: Mapping[str, str], instance: str, xml: bytes, files: Mapping[str, bytes], **said: Any
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the envelope and the sealed parts of an interview."""
    cipher, point = _cipher(key)
    every = {XML: xml, **files}
    bound = f"\n{said['reply']}" if "reply" in said else ""
    parts = {
        name: (nonce := bytes([number] * 12))
        + cipher.encrypt(nonce, content, f"{instance}\n{name}{bound}".encode())
        for number, (name, content) in enumerate(every.items())
    }
    envelope = {
        "version": 1, "key": key["id"], "point": point,
        "instance": instance, "form": "residents", "formVersion": "1", "pilot": False,
        "files": list(every), "clock": 0.5, **said,
    }  # fmt: skip
    return envelope, parts


def body(envelope: Mapping[str, Any], parts: Mapping[str, bytes]) -> tuple[bytes, str]:
    """Return the body of a request that carries some parts, and its Content-Type."""
    given = [("envelope", "blob", "application/json", json.dumps(envelope).encode())]
    given += [(name, name, "application/octet-stream", part) for name, part in parts.items()]
    return multipart(given, "browser-boundary")


class PhoneKey:
    """The key of a phone, to which the server seals what is for its interviewer alone."""

    def __init__(self) -> None:
        self._own = ec.generate_private_key(ec.SECP256R1())
        self._point = _point(self._own)
        self.told = base64.b64encode(self._point).decode()

    def opened(self, sealed: Mapping[str, Any], about: str, name: str) -> bytes:
        """Open a part that the server sealed; it fails where it was sealed to another key."""
        theirs = base64.b64decode(sealed["point"])
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        secret = self._own.exchange(ec.ECDH(), public)
        key = HKDF(SHA256(), 32, theirs + self._point, b"tyndau-reply-1").derive(secret)
        part = base64.b64decode(sealed["parts"][name])
        return AESGCM(key).decrypt(part[:12], part[12:], f"{about}\n{name}".encode())


def confided(client: Client, at: str, key: PhoneKey) -> Any:
    """Tell the key of a phone, and return what the server seals to it."""
    told = {"version": 1, "state": None, "sealed": [], "reply": key.told}
    answer = client.post(f"{at}reports", json.dumps(told), content_type="application/json")
    assert answer.status_code == 200
    found = client.get(f"{at}boot.json?fresh").json()["confided"]
    return json.loads(key.opened(found, found["about"], "confided"))


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
