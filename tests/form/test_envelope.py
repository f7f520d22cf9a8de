"""What phones seal is opened by the server's key alone, whole and in its place."""

import base64
import json
import os
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tyndau_server.form.envelope import (
    CannotOpenError,
    Envelope,
    new_key,
    open_parts,
    point_of,
    read_envelope,
    read_unsent,
)

SERVER = new_key()
INSTANCE = "uuid:5c8d"


def envelope(**given: object) -> bytes:
    said = {
        "version": 1, "key": "k1", "point": base64.b64encode(point_of(SERVER)).decode(),
        "instance": INSTANCE, "form": "f", "formVersion": "1", "pilot": False,
        "files": ["xml_submission_file"], "clock": None,
    }  # fmt: skip
    return json.dumps(said | given).encode()


def sealed(name: str = "a.jpg", reply: str = "") -> tuple[Envelope, dict[str, bytes]]:
    """Seal as a phone does, by the server's own functions turned round."""
    from tyndau_server.form import envelope as module

    ours = new_key()
    said = {"reply": reply} if reply else {}
    given = read_envelope(envelope(point=base64.b64encode(point_of(ours)).decode(), **said))
    # The secret is the same from either side; the salt is the phone's point, then the server's.
    salt = point_of(ours) + point_of(SERVER)
    key = module._shared(SERVER, point_of(ours), salt, b"tyndau-form-1")
    nonce = os.urandom(12)
    about = f"{INSTANCE}\n{name}{reply and chr(10)}{reply}".encode()
    return given, {name: nonce + AESGCM(key).encrypt(nonce, b"content", about)}


def test_it_opens() -> None:
    given, parts = sealed()
    assert open_parts(SERVER, given, parts) == {"a.jpg": b"content"}


def test_nobody_puts_a_key_of_their_own_to_which_it_goes_back() -> None:
    given, parts = sealed(reply="AAAA")
    assert open_parts(SERVER, given, parts) == {"a.jpg": b"content"}
    for reply in ("", "BBBB"):
        with pytest.raises(CannotOpenError):
            open_parts(SERVER, replace(given, reply=reply), parts)


def test_another_key_does_not_open_it() -> None:
    given, parts = sealed()
    with pytest.raises(CannotOpenError):
        open_parts(new_key(), given, parts)


def test_a_part_opens_under_its_own_name_alone() -> None:
    given, parts = sealed()
    with pytest.raises(CannotOpenError):
        open_parts(SERVER, given, {"b.jpg": parts["a.jpg"]})


@pytest.mark.parametrize("cut", [0, 5, 12, 20])
def test_a_part_that_broke_off_is_refused(cut: int) -> None:
    given, parts = sealed()
    with pytest.raises(CannotOpenError):
        open_parts(SERVER, given, {"a.jpg": parts["a.jpg"][:cut]})


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"\xff", envelope(version=2), envelope(point="?"), envelope(files=None),
        envelope(clock="soon"), b"[" * 100_000,
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_envelope_is_refused(content: bytes) -> None:
    with pytest.raises(CannotOpenError):
        read_envelope(content)


def test_a_point_off_the_curve_is_refused() -> None:
    given = read_envelope(envelope(point=base64.b64encode(b"\x04" + b"\x01" * 64).decode()))
    with pytest.raises(CannotOpenError):
        open_parts(SERVER, given, {"a": b"0" * 40})


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"version": 1}', b'{"version": 2, "interviews": []}', b"[1]"]
)
def test_a_file_that_holds_no_unsent_interviews_is_refused(content: bytes) -> None:
    with pytest.raises(CannotOpenError):
        read_unsent(content)
