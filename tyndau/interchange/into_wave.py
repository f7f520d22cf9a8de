"""The whole action of ``tyndau import``: a file becomes a population of a frozen wave.

In: a study, a file, names. Out: a new revision, or an error and nothing written. Other populations
of the wave are carried over into the new revision unchanged.
"""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tyndau.base.errors import Problem
from tyndau.base.frames import Frame
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.interchange import problems
from tyndau.interchange.csv import read_csv
from tyndau.interchange.importer import import_frame
from tyndau.interchange.sav import read_sav
from tyndau.interchange.table import RawTable
from tyndau.study.model import Study
from tyndau.waves import (
    FormRecord,
    Wave,
    WeightsRecord,
    checked_wave_name,
    freeze,
    list_revisions,
    read_wave,
)

_READING = N_("Reading the file")
_CHECKING = N_("Comparing answers with the form")
_FREEZING = N_("Freezing the wave")
_DONE = N_("Frozen")
_STEPS = 3
_SPSS = (".sav", ".zsav")


def read_table(path: Path, *, shown: str = "") -> RawTable:
    """Read a file of answers by the format that its ending names.

    Parameters
    ----------
    path : Path
        ``.sav`` and ``.zsav`` are SPSS; anything else is CSV.
    shown : str, optional
        The path to show in errors; ``path`` by default.

    Returns
    -------
    RawTable
        Its rows.

    Raises
    ------
    UserError
        If the content is of another format, damaged or cut.
    """
    return (read_sav if path.suffix.lower() in _SPSS else read_csv)(path, shown=shown)


def import_wave(
    study: Study,
    file: Path,
    *,
    wave: str,
    population: str,
    key: str = "",
    ignore: Collection[str] = (),
    revise: bool = False,
    progress: Progress = silent,
) -> tuple[Wave, list[Problem]]:
    """Import a file as a population of a wave and freeze the wave.

    Parameters
    ----------
    study : Study
        The study.
    file : Path
        CSV or .sav.
    wave : str
        Name of the wave; it may exist already.
    population : str
        Whose answers the file holds; one of the study's forms.
    key, ignore : str, collection of str, optional
        As in `import_frame`.
    revise : bool, default False
        Whether to replace the population in a wave that holds it already, by a new revision.
    progress : Progress, optional
        Told of each step.

    Returns
    -------
    wave : Wave
        The new revision, read back.
    problems : list of Problem
        Warnings.

    Raises
    ------
    UserError
        If the population is unknown or frozen already, or the file is wrong: nothing is written.
    """
    parent = _parent(study, checked_wave_name(wave), population, revise=revise)
    progress(0, _STEPS, Message(_READING))
    table = read_table(file)
    progress(1, _STEPS, Message(_CHECKING))
    imported = import_frame(table, study, population, key=key, ignore=ignore)
    progress(2, _STEPS, Message(_FREEZING))
    source = _source(file, table, key=key, ignore=ignore)
    taken = {population: Taken(imported.frame, source)}
    frozen, dropped = freeze_into(study, wave, taken, parent=parent)
    progress(_STEPS, _STEPS, Message(_DONE))
    return frozen, [*imported.problems, *dropped]


@dataclass(frozen=True, slots=True)
class Taken:
    """A population that goes into a wave.

    Attributes
    ----------
    frame : Frame
        Its answers.
    source : mapping
        Where they come from, for the manifest; whatever JSON holds.
    """

    frame: Frame
    source: Mapping[str, Any]


def freeze_into(
    study: Study, wave: str, taken: Mapping[str, Taken], *, parent: Wave | None
) -> tuple[Wave, list[Problem]]:
    """Freeze populations as the next revision of a wave, with those that it held before.

    Parameters
    ----------
    study : Study
        The study.
    wave : str
        Name of the wave.
    taken : mapping of str to Taken
        What is new or replaces what was, by population.
    parent : Wave or None
        The revision that is followed; None for the first.

    Returns
    -------
    wave : Wave
        The new revision, read back.
    problems : list of Problem
        Warnings: weights of what was replaced hold no more.

    Raises
    ------
    UserError
        If it cannot be frozen: nothing is written.
    """
    forms, imports = _carried(parent)
    frames = dict(parent.frames) if parent else {}
    for population, one in taken.items():
        frames[population], imports[population] = one.frame, one.source
        forms[population] = FormRecord.of(study.forms[population])
    frozen = freeze(
        study.folder, wave, frames,
        provenance={"imports": imports},
        parent=f"r{parent.revision}" if parent else None,
        forms=forms,
        weights=_weights(parent, taken),
    )  # fmt: skip
    return frozen, [problem for name in taken for problem in _dropped(parent, name)]


def _parent(study: Study, wave: str, population: str, *, revise: bool) -> Wave | None:
    """Return the revision to follow, if there is one and the population may be put into it."""
    if not population:
        raise problems.NO_POPULATION.error(existing=list(study.forms))
    if population not in study.forms:
        raise problems.UNKNOWN_POPULATION.error(
            None, population=population, existing=list(study.forms)
        )
    if not revise and not list_revisions(study.folder, wave):
        return None
    parent = read_wave(study.folder, wave)
    if population in parent.frames and not revise:
        raise problems.POPULATION_FROZEN.error(
            None, wave=wave, population=population, revision=f"r{parent.revision}"
        )
    return parent


def _carried(parent: Wave | None) -> tuple[dict[str, FormRecord], dict[str, Any]]:
    """Return forms and sources of the populations that the parent holds."""
    if parent is None:
        return {}, {}
    records = parent.manifest.populations
    forms = {name: record.form for name, record in records.items() if record.form}
    return forms, dict(parent.manifest.provenance.get("imports", {}))


def _weights(parent: Wave | None, taken: Container[str]) -> dict[str, WeightsRecord]:
    """Return the weights that still hold: those of the populations that are carried over."""
    if parent is None:
        return {}
    return {name: record for name, record in parent.weights.items() if name not in taken}


def _dropped(parent: Wave | None, population: str) -> list[Problem]:
    """Say that the weights of the answers before are no weights of the new ones."""
    if parent is None or population not in parent.weights:
        return []
    return [problems.WEIGHTS_DROPPED.at(population=population, wave=parent.name)]


def _source(file: Path, table: RawTable, *, key: str, ignore: Collection[str]) -> Mapping[str, Any]:
    return {
        "file": file.name,
        "sha256": table.sha256,
        "format": table.format,
        **table.traits,
        "rows": len(table),
        "key": key,
        "ignored": sorted(ignore),
    }
