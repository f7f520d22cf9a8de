"""Reading the bundle of a study: everything is verified before anything is taken in.

In: a file. Out: `Bundle` with parts whose names are safe, whose sizes are bounded and whose bytes
are those of the manifest. Nothing is written here. Nothing that the archive's directory says is
believed before the bytes have shown it.
"""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tyndau_server.bundle import problems
from tyndau_server.bundle.export import AUDIT, BLOBS, FOLDER, FORMAT, MANIFEST, ROWS, is_safe
from tyndau_server.bundle.tables import PERSONS, TABLES, Line
from tyndau_server.studies.make import SLUG

MOST_PARTS = 1_000_000
MOST_OF_A_LINE = 64 * 2**20
_MOST_OF_A_MANIFEST = 512 * 2**20
# XML, CSV and JSON shrink 10 to 50 times; what shrinks more was made to.
_MOST_RATIO = 200
_LEAST_SUSPECT = 50 * 2**20
_CHUNK = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SLUG_LENGTH = 255
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_KNOWN_ROWS = frozenset(
    f"{ROWS}/{name}.jsonl" for name in (PERSONS, AUDIT, *(table.name for table in TABLES))
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is open.

    Attributes
    ----------
    archive : ZipFile
        The file.
    slug : str
        The study.
    parts : dict of str to dict
        ``sha256`` and ``size`` by name, as the manifest has them.
    digest : str
        SHA-256 of the manifest, which stands for all of the bundle.
    """

    archive: zipfile.ZipFile
    slug: str
    parts: dict[str, dict[str, Any]]
    digest: str

    @property
    def size(self) -> int:
        """Bytes of all parts, unpacked."""
        return sum(int(part["size"]) for part in self.parts.values())

    def names(self, kind: str) -> list[str]:
        """Return the names of the parts in ``folder`` or ``blobs``.

        Parameters
        ----------
        kind : str
            Which.

        Returns
        -------
        list of str
            In order.
        """
        return sorted(name for name in self.parts if name.startswith(f"{kind}/"))

    def open(self, name: str) -> IO[bytes]:
        """Open a part.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        IO of bytes
            Its bytes, unpacked.
        """
        return self.archive.open(name)

    def lines(self, table: str) -> Generator[Line, None, None]:
        """Go through the rows of a table.

        Parameters
        ----------
        table : str
            Its name.

        Yields
        ------
        dict
            A row.

        Raises
        ------
        UserError
            If a line is no row.
        """
        name = f"{ROWS}/{table}.jsonl"
        with self.open(name) as stream:
            while text := stream.readline(MOST_OF_A_LINE):
                try:
                    line = json.loads(text)
                except (ValueError, RecursionError) as error:
                    raise problems.DAMAGED.error(name=name) from error
                if not isinstance(line, dict):
                    raise problems.DAMAGED.error(name=name)
                yield line


def open_bundle(path: Path, *, room: int) -> Bundle:
    """Open a bundle and see that its parts are safe and as many and as large as it says.

    Parameters
    ----------
    path : Path
        The file.
    room : int
        Bytes that the disk has left for it.

    Returns
    -------
    Bundle
        To be verified; close its archive.

    Raises
    ------
    UserError
        If the file is no bundle, is damaged, unsafe or too large.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise problems.NOT_A_BUNDLE.error(detail=str(error)) from error
    try:
        _check_directory(archive, path.stat().st_size, room)
        bundle, written = _manifest(archive)
        _check_parts(bundle, written)
    except BaseException:
        archive.close()
        raise
    return bundle


def _untold(done: int, total: int) -> None:
    pass


def verify(bundle: Bundle, tell: Callable[[int, int], None] = _untold) -> None:
    """Hold every part against its digest.

    Parameters
    ----------
    bundle : Bundle
        As it was opened.
    tell : callable, optional
        Told how many bytes of how many were verified.

    Raises
    ------
    UserError
        If one of them is not what was written.
    """
    done, total = 0, bundle.size
    for name, part in bundle.parts.items():
        digest, size = hashlib.sha256(), 0
        try:
            with bundle.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    if size > part["size"]:
                        break
        except _DAMAGE as error:
            raise problems.DAMAGED.error(name=name) from error
        if size != part["size"] or digest.hexdigest() != part["sha256"]:
            raise problems.DAMAGED.error(name=name)
        if name.startswith(f"{BLOBS}/") and name.partition("/")[2] != part["sha256"]:
            raise problems.DAMAGED.error(name=name)
        done += size
        tell(done, total)


def _check_directory(archive: zipfile.ZipFile, packed: int, room: int) -> None:
    """Refuse what is unsafe or too large by the archive's directory alone."""
    infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or size > room:
        raise problems.TOO_LARGE.error(
            count=len(infos), size=size // 2**20, most=MOST_PARTS, room=room // 2**20
        )
    if size > _LEAST_SUSPECT and size > packed * _MOST_RATIO:
        raise problems.UNSAFE.error(name=max(infos, key=lambda info: info.file_size).filename)
    seen: set[str] = set()
    for info in infos:
        name, mode = info.filename, info.external_attr >> 16
        encrypted = info.flag_bits & 0x1
        if encrypted or stat.S_ISLNK(mode) or not is_safe(name) or name in seen:
            raise problems.UNSAFE.error(name=name)
        seen.add(name)


def _manifest(archive: zipfile.ZipFile) -> tuple[Bundle, int]:
    """Return what the manifest tells, and the format that it is of."""
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > _MOST_OF_A_MANIFEST:
            raise problems.UNSAFE.error(name=MANIFEST)
        text = archive.read(info)
        manifest = json.loads(text)
        written, slug = int(manifest["format"]), str(manifest["study"])
        parts = {
            str(name): {"sha256": str(part["sha256"]), "size": int(part["size"])}
            for name, part in manifest["parts"].items()
        }
    except KeyError as error:
        raise problems.NOT_A_BUNDLE.error(detail=MANIFEST) from error
    except (*_DAMAGE, TypeError, AttributeError, RecursionError) as error:
        raise problems.DAMAGED.error(name=MANIFEST) from error
    if written > FORMAT:
        raise problems.LATER_BUNDLE.error(format=written)
    return Bundle(archive, slug, parts, hashlib.sha256(text).hexdigest()), written


def _check_parts(bundle: Bundle, written: int) -> None:
    """See that the archive holds what the manifest names, all of it and nothing else."""
    there = {info.filename: info.file_size for info in bundle.archive.infolist()}
    there.pop(MANIFEST)
    wanted = {name: part["size"] for name, part in bundle.parts.items()}
    if there != wanted:
        other = sorted({*there.items()} ^ {*wanted.items()})
        raise problems.DAMAGED.error(name=other[0][0])
    later = {f"{ROWS}/{table.name}.jsonl" for table in TABLES if table.since > written}
    if lacking := _KNOWN_ROWS - later - wanted.keys():
        raise problems.DAMAGED.error(name=min(lacking))
    for name, part in bundle.parts.items():
        kind, _, rest = name.partition("/")
        known = kind == FOLDER or name in _KNOWN_ROWS or (kind == BLOBS and _DIGEST.fullmatch(rest))
        if not known or not _DIGEST.fullmatch(part["sha256"]):
            raise problems.UNSAFE.error(name=name)


def is_slug(slug: str) -> bool:
    """Tell whether a bundle's study can stand in addresses and be a folder.

    Parameters
    ----------
    slug : str
        As the manifest names it.

    Returns
    -------
    bool
        True for names as the server makes them, and for names of folders that it serves.
    """
    one_folder = len(slug) <= _SLUG_LENGTH and is_safe(slug) and "/" not in slug
    return SLUG.fullmatch(slug) is not None or one_folder
