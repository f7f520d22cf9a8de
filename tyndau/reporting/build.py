"""The build: from a study's wave to what is handed in, whole or not at all.

In: the folder of a study with a frozen wave. Out: ``results/WAVE/rN``, for another edition
``results/WAVE/public/rN``, with volumes of tables, reports and slides in each language, all cells
as CSV, and the record of the steps. It is made in a folder beside (`tyndau.reporting.making`) and
put there when it is complete; where the record shows that nothing changed, nothing is done. Files
that the build did not make stay where they are.
"""

import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tyndau.base import folders
from tyndau.base.errors import Problem
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.reporting.editions import MASTER, Edition, account_file, folder_of
from tyndau.reporting.files import put_file
from tyndau.reporting.place import alone, put
from tyndau.reporting.prose import prose_warnings
from tyndau.reporting.records import records_warnings
from tyndau.reporting.steps import KINDS, Kind, describe_inputs, read_steps, stands
from tyndau.reporting.wording import changed_wording
from tyndau.study import load_study
from tyndau.study.model import Study
from tyndau.waves import Wave, read_wave

RESULTS = "results"

_WAITING = N_("Waiting for another build of this wave")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, or found made already.

    Attributes
    ----------
    folder : Path
        Where the results lie.
    wave : str
        Name of the wave.
    revision : int
        Its revision.
    tables : int
        Number of tables in all volumes of one language.
    files : tuple of Path
        The files, in the order in which they were written.
    built : bool
        False if all stood there already and nothing was done.
    problems : tuple of Problem
        Warnings: what the user should know of the results, built now or before.
    account : Path or None
        What the edition hides, and why: for the foundation alone. None for the master.
    """

    folder: Path
    wave: str
    revision: int
    tables: int
    files: tuple[Path, ...]
    built: bool
    problems: tuple[Problem, ...] = ()
    account: Path | None = None


def build(
    study_folder: Path,
    *,
    wave: str = "",
    languages: Sequence[str] = (),
    only: Sequence[Kind] = (),
    edition: Edition = MASTER,
    progress: Progress = silent,
) -> BuildResult:
    """Build the results of a wave's latest revision.

    Parameters
    ----------
    study_folder : Path
        The study.
    wave : str, optional
        Name of the wave; the last by name by default.
    languages : sequence of str, optional
        Languages of the results; those of the study by default.
    only : sequence of {"tables", "report", "slides", "pdf"}, optional
        What is made; everything by default. What stands there already is renewed too.
    edition : {"master", "restricted", "public"}, optional
        For whom they are made. Each stands in a folder of its own; what was hidden in the latter
        two, and why, is written beside the master.
    progress : Progress, optional
        Told of each table and file.

    Returns
    -------
    BuildResult
        Where the results lie and whether they had to be built.

    Raises
    ------
    UserError
        If study or wave have errors, tables cannot be computed, a number of the text is not that of
        its cell or is hidden, or the results cannot be written: what stood there before stays.
    """
    study = load_study(study_folder)
    read = read_wave(study_folder, wave)
    results = study_folder / RESULTS / read.name
    target = folder_of(results, read.revision, edition)
    if any(folders.left_over(target.parent)):
        with _alone(target, progress):
            pass
    spoken, kinds = _wanted(target, languages or study.languages, only or KINDS)
    inputs = describe_inputs(study, read, spoken, kinds, edition)
    account = None if edition == MASTER else account_file(results, read.revision, edition)
    built = not _stands(target, account, inputs)
    if built:
        with _alone(target, progress):
            built = not _stands(target, account, inputs)
            told = _make(target, study, read, inputs, progress) if built else ""
        if account and told:
            # In the folder of the master: nobody renames it meanwhile.
            with _alone(account.parent, progress):
                put_file(account, told.encode())
    return replace(_result(target, study, read, spoken, built=built), account=account)


def _wanted(
    target: Path, languages: Sequence[str], only: Sequence[Kind]
) -> tuple[tuple[str, ...], tuple[Kind, ...]]:
    """Say in which languages and formats results are made.

    What stands there in another language or format is renewed with the others, not removed.
    """
    before = read_steps(target).get("inputs", {})
    wanted = {*only, *before.get("kinds", ())}
    spoken = tuple(dict.fromkeys([*languages, *before.get("languages", ())]))
    return spoken, tuple(kind for kind in KINDS if kind in wanted)


def _stands(target: Path, account: Path | None, inputs: dict[str, Any]) -> bool:
    """Tell whether the results stand there, and the account of what they hide with the master."""
    told = account is None or account.is_file()
    return told and stands(target, read_steps(target), inputs)


def _result(
    target: Path, study: Study, wave: Wave, languages: Sequence[str], *, built: bool
) -> BuildResult:
    record = read_steps(target)
    return BuildResult(
        folder=target,
        wave=wave.name,
        revision=wave.revision,
        tables=sum(len(step["tables"]) for step in record["steps"] if step["step"] == "tabulate"),
        files=tuple(target / name for name in record["outputs"]),
        built=built,
        problems=(
            *changed_wording(study, wave.name, wave.frames, languages),
            *prose_warnings(study.folder, languages),
            *(records_warnings(study) if record["inputs"]["edition"] == "public" else ()),
        ),
    )


def _alone(target: Path, progress: Progress) -> AbstractContextManager[None]:
    return alone(target, lambda: progress(0, 1, Message(_WAITING)))


def _make(
    target: Path, study: Study, wave: Wave, inputs: dict[str, Any], progress: Progress
) -> str:
    """Make the results beside their place and put them there when they are whole.

    Returns the account of what was hidden, as JSON; empty for the master.
    """
    # Writers load slowly; whoever only reads results does not wait for them.
    from tyndau.reporting.making import fill

    beside = folders.beside(target)
    try:
        beside.mkdir()
        told = fill(beside, study, wave, inputs, progress)
        put(beside, target)
        return told
    finally:
        shutil.rmtree(beside, ignore_errors=True)
