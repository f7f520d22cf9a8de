"""The server's key, to which phones seal the interviews that they finish.

In: the data folder. Out: the private key, made at first need and kept there for good, and its name.
Whoever loses the file can open nothing any more that still lies sealed on phones, so that it
belongs into every backup of the data folder.
"""

import os
import secrets
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from tyndau.base.folders import flush_folder
from tyndau_server.form.envelope import new_key, point_of

FILE = "form-key.pem"
_LETTERS = 16


def server_key() -> ec.EllipticCurvePrivateKey:
    """Return the key.

    Returns
    -------
    EllipticCurvePrivateKey
        The same as long as the data folder is.

    Raises
    ------
    OSError
        If it can be neither read nor written.
    """
    return _key(Path(settings.TYNDAU_DATA) / FILE)


def key_id(key: ec.EllipticCurvePrivateKey) -> str:
    """Name a key.

    Parameters
    ----------
    key : EllipticCurvePrivateKey
        Which.

    Returns
    -------
    str
        Sixteen digits of the SHA-256 of its public point.
    """
    return sha256(point_of(key)).hexdigest()[:_LETTERS]


@lru_cache(maxsize=4)
def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise OSError(f"{path} holds another kind of key")
    return key


def _make(path: Path) -> None:
    """Write a new key, whole and flushed; of two who do it at once one wins."""
    written = path.with_name(f".{FILE}-{secrets.token_hex(8)}")
    pem = new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(pem)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(written, path)
        except FileExistsError:
            return
        flush_folder(path.parent)
    finally:
        written.unlink()
