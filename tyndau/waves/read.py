"""Reading a revision back, verified.

In: the folder of a study, a wave's name, a revision. Out: `Wave`. Every file is compared with its
checksum before its content is looked at; a revision that is not whole is not read at all.
"""

import contextlib
import hashlib
from pathlib import Path

from tyndau.base.errors import Place, Problem, UserError, refusal
from tyndau.base.frames import Frame
from tyndau.base.languages import N_, Message
from tyndau.waves import problems
from tyndau.waves.codebook import read_codebook
from tyndau.waves.damage import DamagedError
from tyndau.waves.manifest import FORMAT, Manifest, UnknownFormatError, read_manifest
from tyndau.waves.names import checked_wave_name, list_revisions, list_waves, standing_folder
from tyndau.waves.parquet import read_parquet
from tyndau.waves.wave import Wave
from tyndau.waves.weights import LOG, TABLE, WeightsRecord, read_weights

MANIFEST = "manifest.json"

# Files that Finder and Explorer put into every folder that somebody opens.
_LITTER = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])

_NONE_YET = N_("none yet")
_NOT_TEXT = N_("its text is not in UTF-8")
_ANOTHER = N_("it is that of wave {wave}, revision {revision}")
_SIZE = N_("{bytes} bytes")
_HASH = N_("SHA-256 {sha256}")


def _place(folder: Path, name: str) -> Place:
    return Place(file=f"waves/{folder.parent.name}/{folder.name}/{name}")


def erased_keys(folder: Path, name: str) -> frozenset[str]:
    """Return the digests of the rows that were erased from any revision of a wave.

    Parameters
    ----------
    folder : Path
        The study.
    name : str
        The wave.

    Returns
    -------
    frozenset of str
        As `tyndau.waves.manifest.digest_of_key` gives them; revisions that cannot be read are
        passed over.
    """
    found: set[str] = set()
    for revision in list_revisions(folder, name):
        with contextlib.suppress(UserError):
            manifest = _manifest(standing_folder(folder, name, revision), name, revision)
            found.update(one.key_sha256 for one in manifest.erased)
    return frozenset(found)


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise problems.FILE_MISSING.error(_place(folder, name)) from None
    except OSError as fault:
        reason = refusal(fault)
        raise problems.CANNOT_READ.error(_place(folder, name), reason=reason) from fault


def _manifest(folder: Path, name: str, revision: int) -> Manifest:
    try:
        manifest = read_manifest(_text(_bytes(folder, MANIFEST)))
        if (manifest.wave, manifest.revision) != (name, revision):
            values = {"wave": manifest.wave, "revision": f"r{manifest.revision}"}
            raise DamagedError(_ANOTHER, values)
    except UnknownFormatError as fault:
        raise problems.MANIFEST_FORMAT.error(
            _place(folder, MANIFEST), format=fault.got, known=FORMAT
        ) from None
    except DamagedError as fault:
        raise problems.MANIFEST.error(_place(folder, MANIFEST), reason=fault.reason) from fault
    return manifest


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise DamagedError(_NOT_TEXT) from fault


def _verified(folder: Path, manifest: Manifest) -> dict[str, bytes]:
    found: list[Problem] = []
    contents: dict[str, bytes] = {}
    for name, record in manifest.files.items():
        try:
            contents[name] = _bytes(folder, name)
        except UserError as error:
            found.extend(error.problems)
            continue
        got = hashlib.sha256(contents[name]).hexdigest()
        if len(contents[name]) != record.bytes:
            said = [Message(_SIZE, {"bytes": n}) for n in (len(contents[name]), record.bytes)]
        elif got != record.sha256:
            said = [Message(_HASH, {"sha256": sha[:12]}) for sha in (got, record.sha256)]
        else:
            continue
        found.append(problems.FILE_CHANGED.at(_place(folder, name), got=said[0], expected=said[1]))
    known = {MANIFEST, *manifest.files} | _LITTER
    extra = sorted(entry.name for entry in folder.iterdir() if entry.name not in known)
    found.extend(problems.FILE_EXTRA.at(_place(folder, name)) for name in extra)
    if found:
        raise UserError(*found)
    return contents


def _frame(folder: Path, population: str, contents: dict[str, bytes]) -> Frame:
    name = f"{population}.codebook.json"
    try:
        variables = read_codebook(_text(contents[name]))
        name = f"{population}.parquet"
        return read_parquet(contents[name], variables)
    except KeyError:
        raise problems.FILE_MISSING.error(_place(folder, name)) from None
    except DamagedError as fault:
        raise problems.CONTENT.error(_place(folder, name), reason=fault.reason) from fault


def _weights(folder: Path, population: str, contents: dict[str, bytes]) -> WeightsRecord:
    name = population + TABLE
    if name not in contents:
        raise problems.FILE_MISSING.error(_place(folder, name))
    try:
        return read_weights(contents[name], contents[population + LOG])
    except DamagedError as fault:
        raise problems.CONTENT.error(_place(folder, name), reason=fault.reason) from fault


def _last(folder: Path) -> str:
    names = list_waves(folder)
    if not names:
        raise problems.NONE.error(Place(file=str(folder)))
    return names[-1]


def read_wave(folder: Path, name: str = "", revision: int | None = None) -> Wave:
    """Read a revision of a wave and verify every file of it.

    Parameters
    ----------
    folder : Path
        The study.
    name : str, optional
        The wave; the last by name by default.
    revision : int, optional
        Which revision; the latest by default.

    Returns
    -------
    Wave
        The frames and the manifest.

    Raises
    ------
    UserError
        If there is no wave, or no such wave or revision (naming those that exist), or if a file
        of it is missing, extra or changed (naming each).
    """
    name = checked_wave_name(name) if name else _last(folder)
    revisions = list_revisions(folder, name)
    if not revisions:
        raise problems.UNKNOWN.error(
            None, name=name, existing=list_waves(folder) or Message(_NONE_YET)
        )
    if revision is None:
        revision = revisions[-1]
    if revision not in revisions:
        raise problems.UNKNOWN_REVISION.error(
            None, name=name, revision=f"r{revision}", existing=[f"r{n}" for n in revisions]
        )
    place = standing_folder(folder, name, revision)
    manifest = _manifest(place, name, revision)
    contents = _verified(place, manifest)
    frames = {
        population: _frame(place, population, contents) for population in manifest.populations
    }
    weights = {
        population: _weights(place, population, contents)
        for population in manifest.populations
        if population + LOG in contents
    }
    return Wave(name, revision, frames, manifest, weights)
