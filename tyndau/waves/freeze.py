"""Freezing frames as a new revision of a wave.

In: frames by population, provenance. Out: ``waves/NAME/rN``, whole or not at all: it is written in
a folder beside, flushed to the disk, then renamed. An existing revision is never touched; revisions
follow each other in one line, each naming the one before it as its parent.
"""

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

import tyndau
from tyndau.base import folders
from tyndau.base.errors import refusal
from tyndau.base.frames import Frame
from tyndau.waves import problems
from tyndau.waves.codebook import write_codebook
from tyndau.waves.files import rows_of, write_file
from tyndau.waves.manifest import (
    FileRecord,
    FormRecord,
    Manifest,
    PopulationRecord,
    digest_of_key,
    write_manifest,
)
from tyndau.waves.names import (
    checked_population,
    checked_wave_name,
    list_revisions,
    list_waves,
    revision_folder,
)
from tyndau.waves.read import MANIFEST, erased_keys, read_wave
from tyndau.waves.wave import Wave
from tyndau.waves.weights import WeightsRecord


def _next_revision(folder: Path, name: str, parent: str | None) -> int:
    revisions = list_revisions(folder, name)
    latest = f"r{revisions[-1]}" if revisions else None
    if latest and parent is None:
        raise problems.EXISTS.error(None, name=name, latest=latest)
    if parent is not None and parent not in [f"r{n}" for n in revisions]:
        raise problems.UNKNOWN_REVISION.error(
            None, name=name, revision=parent, existing=[f"r{n}" for n in revisions] or "-"
        )
    if parent != latest:
        raise problems.STALE_PARENT.error(None, name=name, parent=parent, latest=latest)
    return (revisions[-1] if revisions else 0) + 1


def _refuse_twin(folder: Path, name: str) -> None:
    for other in list_waves(folder):
        if other != name and other.casefold() == name.casefold():
            raise problems.NAME_TWIN.error(None, name=name, twin=other)


def _fill(
    folder: Path, frames: Mapping[str, Frame], weights: Mapping[str, WeightsRecord]
) -> dict[str, FileRecord]:
    records = {}
    for population, frame in frames.items():
        codebook = write_codebook(column.variable for column in frame)
        contents = rows_of(population, frame, weights.get(population))
        contents[f"{population}.codebook.json"] = codebook.encode("utf-8")
        for name, content in contents.items():
            records[name] = write_file(folder / name, content)
    return records


def freeze(
    folder: Path,
    name: str,
    frames: Mapping[str, Frame],
    *,
    provenance: Mapping[str, Any],
    parent: str | None = None,
    forms: Mapping[str, FormRecord] | None = None,
    weights: Mapping[str, WeightsRecord] | None = None,
    created: datetime | None = None,
) -> Wave:
    """Freeze frames as the next revision of a wave.

    Parameters
    ----------
    folder : Path
        The study.
    name : str
        The wave.
    frames : mapping of str to Frame
        The interviews by population; at least one.
    provenance : mapping
        What they were made from; whatever JSON holds.
    parent : str, optional
        The latest revision, which this one follows, such as ``r1``; None for the first.
    forms : mapping of str to FormRecord, optional
        The forms by population, where they are known.
    weights : mapping of str to WeightsRecord, optional
        The weights by population, where there are any.
    created : datetime, optional
        When, with a time zone; now by default.

    Returns
    -------
    Wave
        The revision as read back from the disk, verified.

    Raises
    ------
    ValueError
        If there is no population, a frame is not sound, or weights are of other rows.
    UserError
        If the name cannot be one, if the wave exists and no parent is named, if the parent is
        not the latest revision (another was frozen meanwhile), or if the disk refuses.
    """
    import pyarrow as pa

    if not frames:
        raise ValueError("a revision holds at least one population")
    weights = _checked_weights(weights or {}, frames)
    name = checked_wave_name(name)
    frames = {checked_population(one): frame for one, frame in frames.items()}
    _refuse_twin(folder, name)
    number = _next_revision(folder, name, parent)
    moment = (created or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    software = {"tyndau": tyndau.__version__, "pyarrow": pa.__version__}
    populations = _records(frames, forms or {})
    manifest = Manifest(name, number, parent, moment, software, populations, {}, provenance)
    _build(revision_folder(folder, name, number), manifest, frames, weights)
    return read_wave(folder, name, number)


def _checked_weights(
    weights: Mapping[str, WeightsRecord], frames: Mapping[str, Frame]
) -> Mapping[str, WeightsRecord]:
    for population, record in weights.items():
        if population not in frames or not np.isin(record.keys, frames[population].keys).all():
            raise ValueError(f"weights of {population!r} are of rows that the revision has not")
    return weights


def _records(
    frames: Mapping[str, Frame], forms: Mapping[str, FormRecord]
) -> dict[str, PopulationRecord]:
    return {name: PopulationRecord(len(frame), forms.get(name)) for name, frame in frames.items()}


def _build(
    target: Path,
    manifest: Manifest,
    frames: Mapping[str, Frame],
    weights: Mapping[str, WeightsRecord],
) -> None:
    """Write a revision beside its place and put it there when it is whole."""
    beside = folders.beside(target)
    try:
        with folders.one_at_a_time(target.parent) as alone:
            # What a killed import left is nobody's now.
            begun, _ = folders.left_over(target.parent) if alone else ([], {})
            try:
                beside.mkdir()
                whole = replace(manifest, files=_fill(beside, frames, weights))
                write_file(beside / MANIFEST, write_manifest(whole).encode("utf-8"))
                folders.flush_folder(beside)
                # Last, and alone: what was read before an erasure does not come back after it.
                _refuse_erased(target, manifest.wave, frames)
                _put(beside, target, manifest.wave, manifest.parent)
            finally:
                _remove(beside, *begun)
    except OSError as fault:
        reason = refusal(fault)
        raise problems.CANNOT_WRITE.error(
            None, name=manifest.wave, revision=target.name, reason=reason
        ) from fault
    finally:
        with contextlib.suppress(OSError):  # it holds another revision, or somebody else's work
            target.parent.rmdir()


def _refuse_erased(target: Path, name: str, frames: Mapping[str, Frame]) -> None:
    """Refuse rows that were withdrawn and erased from a revision of the wave."""
    erased = erased_keys(target.parent.parent.parent, name)
    if not erased:
        return
    every = (str(key) for frame in frames.values() for key in frame.keys)
    found = [key for key in every if digest_of_key(key) in erased]
    if found:
        raise problems.ERASED.error(None, name=name, count=len(found), keys=found)


def _put(beside: Path, target: Path, name: str, parent: str | None) -> None:
    """Give the finished folder its name, unless somebody else took the number meanwhile."""
    try:
        # Fails on a folder that holds files, on every system: no revision is ever replaced.
        beside.rename(target)
    except OSError:
        if not target.exists():
            raise
        kind = problems.EXISTS if parent is None else problems.STALE_PARENT
        raise kind.error(None, name=name, parent=parent, latest=target.name) from None
    folders.flush_folder(target.parent)
    folders.flush_folder(target.parent.parent)


def _remove(*unfinished: Path) -> None:
    for folder in unfinished:
        shutil.rmtree(folder, ignore_errors=True)
