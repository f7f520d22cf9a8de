"""Erasing the rows of interviews that were withdrawn, in every revision of every wave.

In: a study, keys of rows. Out: the same revisions without these rows and their weights, each with a
tombstone in its manifest. It is the one exception to "a revision is never rewritten": the revision
is made anew beside its place and put there by renaming, so that whatever moment it is killed at,
the old one or the new one is read, and the next call completes what was begun. Columns and codebook
stay as they were; weights keep their numbers.
"""

import contextlib
import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tyndau.base import folders
from tyndau.base.errors import Problem, UserError, refusal
from tyndau.waves import problems
from tyndau.waves.files import rows_of, write_file
from tyndau.waves.manifest import (
    ErasedRecord,
    FileRecord,
    PopulationRecord,
    digest_of_key,
    write_manifest,
)
from tyndau.waves.names import list_revisions, list_waves, revision_folder
from tyndau.waves.read import MANIFEST, read_wave
from tyndau.waves.wave import Wave


def erase(folder: Path, keys: Collection[str], *, moment: datetime | None = None) -> list[str]:
    """Erase rows from every revision that holds them.

    Parameters
    ----------
    folder : Path
        The study.
    keys : collection of str
        Keys of the rows; what is nowhere is passed over.
    moment : datetime, optional
        When, with a time zone; now by default.

    Returns
    -------
    list of str
        The revisions that were rewritten, such as ``2026-q4/r1``; none if all was done before.

    Raises
    ------
    UserError
        If revisions cannot be read or written, naming each; the others are done.
    """
    said = (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    done: list[str] = []
    wrong: list[Problem] = []
    for name in list_waves(folder):
        try:
            with folders.one_at_a_time(folder / "waves" / name) as alone:
                if alone:
                    _recover(folder / "waves" / name)
                for revision in list_revisions(folder, name):
                    try:
                        wave = read_wave(folder, name, revision)
                        if _erase(folder, wave, keys, said):
                            done.append(wave.id)
                    except UserError as error:
                        wrong += error.problems
        except OSError as fault:
            reason = refusal(fault)
            wrong.append(problems.CANNOT_ERASE.at(None, name=name, reason=reason))
    if wrong:
        raise UserError(*wrong)
    return done


def frozen_in(folder: Path, keys: Collection[str]) -> list[str]:
    """List the revisions that hold any of some rows.

    Parameters
    ----------
    folder : Path
        The study.
    keys : collection of str
        Keys of the rows.

    Returns
    -------
    list of str
        Such as ``2026-q4/r1``. Those that cannot be read are passed over; `erase` names them.
    """
    found = []
    for name in list_waves(folder):
        for revision in list_revisions(folder, name):
            with contextlib.suppress(UserError):
                wave = read_wave(folder, name, revision)
                if any(_held(wave, keys).values()):
                    found.append(wave.id)
    return found


def _held(wave: Wave, keys: Collection[str]) -> Mapping[str, list[str]]:
    """Return the keys that stand in a revision, by population; weights may name no others."""
    wanted = list(keys)
    return {
        population: frame.keys[np.isin(frame.keys, wanted)].tolist()
        for population, frame in wave.frames.items()
    }


def _erase(folder: Path, wave: Wave, keys: Collection[str], moment: str) -> bool:
    held = _held(wave, keys)
    if not any(held.values()):
        return False
    place = revision_folder(folder, wave.name, wave.revision)
    beside = folders.beside(place)
    try:
        beside.mkdir()
        _fill(beside, place, wave, held, moment)
        folders.flush_folder(beside)
        _replace(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return True


def _fill(
    beside: Path, place: Path, wave: Wave, held: Mapping[str, list[str]], moment: str
) -> None:
    """Write a revision without some rows; what holds none of them is taken over to the byte."""
    contents: dict[str, bytes] = {}
    populations = dict(wave.manifest.populations)
    erased = list(wave.manifest.erased)
    for population, gone in held.items():
        if not gone:
            continue
        frame = wave.frames[population]
        rest = frame.where(~np.isin(frame.keys, gone))
        weights = wave.weights.get(population)
        contents |= rows_of(population, rest, weights.without(gone) if weights else None)
        populations[population] = PopulationRecord(len(rest), populations[population].form)
        erased += [ErasedRecord(moment, population, digest_of_key(key)) for key in gone]
    files: dict[str, FileRecord] = {}
    for name in wave.manifest.files:
        content = contents[name] if name in contents else (place / name).read_bytes()
        files[name] = write_file(beside / name, content)
    manifest = replace(wave.manifest, populations=populations, files=files, erased=tuple(erased))
    write_file(beside / MANIFEST, write_manifest(manifest).encode("utf-8"))


def _replace(beside: Path, place: Path) -> None:
    """Put a revision where the old one stands, and remove that."""
    old = folders.retired(beside)
    place.rename(old)
    try:
        beside.rename(place)
    except OSError:
        old.rename(place)
        raise
    folders.flush_folder(place.parent)
    shutil.rmtree(old)
    folders.flush_folder(place.parent)


def _recover(wave: Path) -> None:
    """Put right what an erasure or a freeze left that was killed; called by who is alone there."""
    begun, replaced = folders.left_over(wave)
    for old, place in replaced.items():
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)
    for new in begun:
        shutil.rmtree(new)
    if begun or replaced:
        folders.flush_folder(wave)
