"""Writing a study into one file.

In: a study's slug and folder. Out: a ZIP archive with ``folder/``, ``rows/``, ``blobs/`` and last
``manifest.json``, which holds the SHA-256 of every other part; it appears under its name when it is
whole. Everything is streamed; two bundles of the same state are the same to the byte.
"""

import hashlib
import json
import os
import re
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from tyndau import __version__
from tyndau.base.errors import refusal
from tyndau.base.folders import LOCK
from tyndau.base.languages import N_, Message, Sayable
from tyndau_server.audit.models import Entry
from tyndau_server.bundle import problems
from tyndau_server.bundle.tables import (
    PERSONS,
    TABLES,
    Line,
    Numbers,
    Table,
    lines_of,
    person_line,
    persons_of,
)
from tyndau_server.fieldwork.blobs import open_blob

# From the second on a bundle holds what was withdrawn; a server that knows none refuses it.
FORMAT = 2
MANIFEST = "manifest.json"
FOLDER, ROWS, BLOBS = "folder", "rows", "blobs"
AUDIT = "audit"

Tell = Callable[[int, int, Sayable], None]

_CHUNK = 256 * 1024
_LONGEST_NAME = 1000
_UNFIT = re.compile(r"[\\:\x00-\x1f\x7f]")
_FILES = N_("Files of the study")
_DATABASE = N_("Interviews")
_ATTACHED = N_("Attachments: {count}")
_ENTRY = ("moment", "actor_name", "action", "subject", "details", "number", "previous", "digest")
# What is packed already gains nothing by packing.
_PACKED = frozenset(
    {".xlsx", ".docx", ".pptx", ".pdf", ".png", ".jpg", ".jpeg", ".zip", ".m4a", ".mp3", ".parquet"}
)


def untold(done: int, total: int, what: Sayable) -> None:
    """Tell nobody how far it is.

    Parameters
    ----------
    done, total : int
        Steps done and steps in all.
    what : Text, Message or str
        What is done now.
    """


def export_bundle(slug: str, folder: Path, target: Path, tell: Tell = untold) -> None:
    """Write a study into a file.

    Parameters
    ----------
    slug : str
        The study.
    folder : Path
        Its folder.
    target : Path
        Where the bundle appears.
    tell : callable, optional
        Told how far it is: steps done, steps in all, what is done now.

    Raises
    ------
    UserError
        If it cannot be written; then nothing is left behind.
    """
    new = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        with new.open("xb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                _write(_Writer(archive), slug, folder, tell)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(target)
    except OSError as error:
        raise problems.CANNOT_WRITE.error(reason=refusal(error)) from error
    finally:
        new.unlink(missing_ok=True)


class _Writer:
    """An archive in the making, with the digests of its parts."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, dict[str, str | int]] = {}

    def write(self, name: str, chunks: Iterable[bytes], *, packed: bool = False) -> None:
        """Write a part."""
        info = zipfile.ZipInfo(name)  # of 1980, so that the same is the same
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._archive.open(info, "w", force_zip64=True) as part:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                part.write(chunk)
        self.parts[name] = {"sha256": digest.hexdigest(), "size": size}


def _write(writer: _Writer, slug: str, folder: Path, tell: Tell) -> None:
    tell(0, 3, Message(_FILES))
    for path in _files(folder):
        name = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
        if not is_safe(name):
            raise problems.BAD_NAME.error(name=name)
        with path.open("rb") as stream:
            writer.write(name, _chunks(stream), packed=path.suffix.lower() in _PACKED)
    tell(1, 3, Message(_DATABASE))
    blobs = _write_rows(writer, slug)
    tell(2, 3, Message(_ATTACHED, {"count": len(blobs)}))
    for sha256 in sorted(blobs):
        with open_blob(sha256) as stream:
            writer.write(f"{BLOBS}/{sha256}", _chunks(stream), packed=True)
    manifest = {"format": FORMAT, "study": slug, "tyndau": __version__, "parts": writer.parts}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    writer.write(MANIFEST, [text.encode()])
    tell(3, 3, "")


def _files(folder: Path) -> Iterator[Path]:
    """Go through the files of a study, without locks and what makers have under way."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$")) or entry.is_symlink() or entry.name == LOCK:
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.is_file():
            yield entry


def _write_rows(writer: _Writer, slug: str) -> set[str]:
    """Write the rows of the database; return the digests of the bytes that they name."""
    blobs: set[str] = set()
    numbers: Numbers = {PERSONS: {}}
    persons = list(persons_of(slug))
    numbers[PERSONS] = {person.pk: number for number, person in enumerate(persons, 1)}
    writer.write(f"{ROWS}/{PERSONS}.jsonl", _jsonl(map(person_line, persons)))
    for table in TABLES:
        lines = _noting(table, lines_of(table, slug, numbers), blobs)
        writer.write(f"{ROWS}/{table.name}.jsonl", _jsonl(lines))
    entries = Entry.objects.filter(study=slug).order_by("number").iterator(chunk_size=500)
    writer.write(f"{ROWS}/{AUDIT}.jsonl", _jsonl(map(_entry, entries)))
    return blobs


def _noting(table: Table, lines: Iterable[Line], blobs: set[str]) -> Iterator[Line]:
    """Pass lines on, noting the digests of bytes that are kept apart."""
    for line in lines:
        blobs.update(line[name] for name in table.blobs)
        yield line


def _entry(entry: Entry) -> Line:
    line: Line = {name: getattr(entry, name) for name in _ENTRY}
    return {**line, "moment": entry.moment.isoformat()}


def is_safe(name: str) -> bool:
    """Tell whether a name may stand in a bundle, whatever system takes it in.

    Parameters
    ----------
    name : str
        Of a part.

    Returns
    -------
    bool
        False for what leads out of the folder, is hidden, or means something else elsewhere.
    """
    parts = name.split("/")
    if _UNFIT.search(name) or len(name) > _LONGEST_NAME or any(len(part) > 255 for part in parts):
        return False
    return not any(part.startswith(".") or not part or part.endswith((".", " ")) for part in parts)


def _jsonl(lines: Iterable[Line]) -> Iterator[bytes]:
    for line in lines:
        yield json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
