"""Filling a folder with results: tables first, then prose held against them, then every file.

In: a study, a wave, what is wanted, an empty folder. Out: the files and the record of the steps. A
number of the prose that is not that of its cell stops it before the first file.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress
from tyndau.reporting.counting import Counted, Planned, count
from tyndau.reporting.editions import MASTER, Edition
from tyndau.reporting.prose import Cells, prose_quotes
from tyndau.reporting.published import Published, account, publish
from tyndau.reporting.steps import write_steps
from tyndau.reporting.wanted import File, Wanted
from tyndau.reporting.workers import perform
from tyndau.study.model import Study
from tyndau.waves import Wave, read_wave

# What takes long begins first, so that all processes end at about the same time.
_LONGEST = {"write_word": 0, "write_pdf": 1, "write_web": 2, "write_slides": 3}

_HIDING = N_("Hiding what this edition must not show")
_WRITING = N_("Writing files")
_WRITTEN = N_("Written: {files}")


def fill(
    folder: Path, study: Study, wave: Wave, inputs: Mapping[str, Any], progress: Progress
) -> str:
    """Write all results into an empty folder.

    Parameters
    ----------
    folder : Path
        The folder.
    study : Study
        The study.
    wave : Wave
        Whose results are made.
    inputs : mapping
        As `tyndau.reporting.steps.describe_inputs` gives them: languages, kinds and the edition
        among them.
    progress : Progress
        Told of each table and file.

    Returns
    -------
    str
        The account of what the edition hides, as JSON: not for the folder. Empty for the master.

    Raises
    ------
    UserError
        If tables cannot be computed, a number of the prose is not that of its cell or is hidden, or
        a file cannot be written.
    """
    planned = Planned.of(study, wave)
    tables = len(planned)
    total = tables + _count_files(inputs, len(planned.frames))
    counted = count(study, wave, planned, total, progress)
    edition: Edition = inputs["edition"]
    if edition != MASTER:
        progress(tables, total, Message(_HIDING))
    published = _published(study, counted, edition)
    wanted = Wanted(study, wave, counted, published, inputs, _earlier(study, inputs))
    tasks = wanted.tasks()
    total = tables + sum(map(len, tasks))
    progress(tables, total, Message(_WRITING))
    for done, names in _written(folder, tasks, beside=wanted.reported):
        progress(tables + done, total, Message(_WRITTEN, {"files": names}))
    written = [file for task in tasks for file in task]
    steps = [{"step": "read_wave", "wave": wave.name, "revision": wave.revision}, *counted.steps]
    steps += [{**file.step, "file": file.name} for file in written]
    write_steps(folder, dict(inputs), steps, _outputs(folder, written))
    if edition == MASTER:
        return ""
    return json.dumps(account(study, edition, published), ensure_ascii=False, indent=1) + "\n"


def _published(study: Study, counted: Counted, edition: Edition) -> dict[str, Published]:
    """Decide what an edition shows; what the prose quotes is kept where it can be."""
    # Of all languages, whichever are built: an edition hides the same in each of them.
    quotes = list(prose_quotes(study.folder, study.languages, Cells(counted.tables)))
    return {
        name: publish(
            study, name, frame, counted.samples[name], counted.designs[name], counted.tables[name],
            edition,
            [quoted for population, quoted in quotes if population == name],
        )
        for name, frame in counted.frames.items()
    }  # fmt: skip


def _outputs(folder: Path, written: Sequence[File]) -> list[str]:
    """List the files that were written, those in folders too."""
    outputs: list[str] = []
    for file in written:
        path = folder / file.name
        made = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        outputs += [one.relative_to(folder).as_posix() for one in made]
    return outputs


def _earlier(study: Study, inputs: Mapping[str, Any]) -> list[Wave]:
    """Read the waves before, in the revisions that the record names."""
    return [read_wave(study.folder, name, revision) for name, revision in inputs["earlier"].items()]


def _written(
    folder: Path, tasks: Sequence[Sequence[File]], *, beside: bool
) -> Iterator[tuple[int, list[str]]]:
    """Write all files, several beside each other if asked to.

    Yields how many there are so far, and the names of the latest.
    """
    for file in (file for task in tasks for file in task):
        (folder / file.name).parent.mkdir(exist_ok=True)
    if beside:
        tasks = sorted(tasks, key=lambda task: _LONGEST.get(task[0].step["step"], len(_LONGEST)))
    calls = [[partial(file.write, path=folder / file.name) for file in task] for task in tasks]
    done = 0
    for at in perform(calls) if beside else _one_by_one(calls):
        done += len(tasks[at])
        yield done, [file.name for file in tasks[at]]


def _one_by_one(calls: Sequence[Sequence[Callable[[], object]]]) -> Iterator[int]:
    """Perform tasks here, one after the other."""
    for at, task in enumerate(calls):
        for call in task:
            call()
        yield at


def _count_files(inputs: Mapping[str, Any], populations: int) -> int:
    """Count the files before the tables are there, so that progress knows its end."""
    languages = len(inputs["languages"])
    reports = sum(kind in inputs["kinds"] for kind in ("report", "slides", "pdf"))
    volumes = (languages + 2) * populations if "tables" in inputs["kinds"] else 0
    return volumes + reports * languages
