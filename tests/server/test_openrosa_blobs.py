"""Bytes are kept under their digest, whole or not at all, and flushed before anybody is told."""

import errno
import os
import threading
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from tyndau_server.fieldwork import blobs
from tyndau_server.fieldwork.blobs import Blob, incoming, keep, open_blob, sweep


def _place(blob: Blob) -> Path:
    return incoming().parent / blob.sha256[:2] / blob.sha256[2:]


def test_it_works() -> None:
    content = os.urandom(700_000)
    blob = keep(BytesIO(content))
    assert (blob.sha256, blob.size) == (sha256(content).hexdigest(), len(content))
    with open_blob(blob.sha256) as stream:
        assert stream.read() == content
    assert keep(BytesIO(content)) == blob
    assert list(incoming().iterdir()) == []


def test_eight_writers_of_the_same_end_in_one_whole_file() -> None:
    content = os.urandom(3_000_000)
    together = threading.Barrier(8)
    kept: list[Blob] = []

    def write() -> None:
        together.wait()
        kept.append(keep(BytesIO(content)))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(kept)) == 1
    assert len(kept) == 8
    assert _place(kept[0]).read_bytes() == content
    assert list(incoming().iterdir()) == []


def test_what_was_renamed_by_another_is_flushed_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other writer may die before it flushes the folder."""
    blob = keep(BytesIO(b"somebody else's"))
    flushed: list[str] = []
    flush = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: (flushed.append(str(Path(f"/proc/self/fd/{file}").readlink())),
                                   flush(file))[1],
    )  # fmt: skip
    keep(BytesIO(b"somebody else's"))
    assert str(_place(blob).parent.resolve()) in flushed


@pytest.mark.parametrize("moment", ["file", "folder"])
def test_a_disk_that_refuses_leaves_nothing_and_raises(
    monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    content = os.urandom(1_000)
    flush = os.fsync

    def full(file: int) -> None:
        if Path(f"/proc/self/fd/{file}").is_dir() == (moment == "folder"):
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(file)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            keep(BytesIO(content))
    assert list(incoming().iterdir()) == []
    blob = keep(BytesIO(content))
    assert _place(blob).read_bytes() == content


def test_a_file_of_another_length_is_written_anew() -> None:
    blob = keep(BytesIO(b"whole"))
    _place(blob).write_bytes(b"wh")
    keep(BytesIO(b"whole"))
    assert _place(blob).read_bytes() == b"whole"


def test_only_what_is_old_is_swept() -> None:
    old, new = incoming() / "old", incoming() / "new"
    for path in (old, new):
        path.write_bytes(b"begun")
    os.utime(old, (1_000, 1_000))
    assert sweep(incoming(), now=new.stat().st_mtime + 60) == 1
    assert not old.exists()
    new.unlink()


def test_what_a_dead_process_left_is_swept_by_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "blobs" / ".incoming"
    folder.mkdir(parents=True)
    (folder / "left").write_bytes(b"begun")
    os.utime(folder / "left", (1_000, 1_000))
    monkeypatch.setattr(blobs.settings, "TYNDAU_DATA", tmp_path)
    assert list(incoming().iterdir()) == []


@pytest.mark.parametrize("digest", ["", "..", "../../secret.key", "A" * 64, "0" * 63, "0" * 64])
def test_what_is_no_digest_opens_nothing(digest: str) -> None:
    with pytest.raises(FileNotFoundError):
        open_blob(digest)
