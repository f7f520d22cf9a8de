"""The build: from a study's wave to what is handed in, whole or not at all.

In: the folder of a study with a frozen wave. Out: ``results/WAVE/rN`` with a volume of tables in
each language, all cells as CSV, and the record of the steps. It is made in a folder beside and put
there when it is complete; where the record shows that nothing changed, nothing is done. Files
that the build did not make stay where they are.
"""

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tyndau.base import folders
from tyndau.base.errors import Place, Problem, refusal
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.estimation.design import frame_design
from tyndau.reporting.place import put, recover
from tyndau.reporting.plan import plan_tables
from tyndau.reporting.problems import NOT_WRITTEN
from tyndau.reporting.simulated import file_name
from tyndau.reporting.steps import describe_inputs, read_steps, stands, write_steps
from tyndau.reporting.volume import build_volume
from tyndau.reporting.wording import changed_wording
from tyndau.reporting.workbook import write_workbook
from tyndau.study import load_study, prepare, sample_of
from tyndau.study.model import Banner, SampleColumns, Study
from tyndau.tabulation import Table, tabulate, write_tables
from tyndau.waves import Wave, read_wave

RESULTS = "results"

_WRITING = N_("Writing {file}")
_FINISHED = N_("Finished")
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
    """

    folder: Path
    wave: str
    revision: int
    tables: int
    files: tuple[Path, ...]
    built: bool
    problems: tuple[Problem, ...] = ()


def build(
    study_folder: Path,
    *,
    wave: str = "",
    languages: Sequence[str] = (),
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
        Languages of the volumes; those of the study by default.
    progress : Progress, optional
        Told of each table and file.

    Returns
    -------
    BuildResult
        Where the results lie and whether they had to be built.

    Raises
    ------
    UserError
        If the study has errors, if there is no wave or it is damaged, if its tables cannot be
        computed, or if the results cannot be written. What stood there before stays then.
    """
    study = load_study(study_folder)
    read = read_wave(study_folder, wave)
    target = study_folder / RESULTS / read.name / f"r{read.revision}"
    if any(folders.left_over(target.parent)):
        with _alone(target, progress):
            pass
    # A volume that stands there in another language is renewed with the others, not removed.
    before = read_steps(target).get("inputs", {}).get("languages", ())
    spoken = tuple(dict.fromkeys([*(languages or study.languages), *before]))
    inputs = describe_inputs(study, read, spoken)
    built = not stands(target, read_steps(target), inputs)
    if built:
        with _alone(target, progress):
            built = not stands(target, read_steps(target), inputs)
            if built:
                _make(target, study, read, inputs, progress)
    record = read_steps(target)
    return BuildResult(
        folder=target,
        wave=read.name,
        revision=read.revision,
        tables=sum(len(step["tables"]) for step in record["steps"] if step["step"] == "tabulate"),
        files=tuple(target / name for name in record["outputs"]),
        built=built,
        problems=tuple(changed_wording(study, read.name, read.frames, spoken)),
    )


@contextlib.contextmanager
def _alone(target: Path, progress: Progress) -> Iterator[None]:
    """Be alone where results stand, with what killed builds left put right."""
    try:
        with folders.one_at_a_time(
            target.parent, lambda: progress(0, 1, Message(_WAITING))
        ) as certain:
            if certain:
                recover(target.parent)
            yield
    except FileNotFoundError:
        # Nothing that the user could have put there: a part of the program is missing.
        raise
    except OSError as error:
        reason = refusal(error)
        raise NOT_WRITTEN.error(Place(file=str(target)), reason=reason) from error
    finally:
        with contextlib.suppress(OSError):  # it holds results
            target.parent.rmdir()


def _make(
    target: Path, study: Study, wave: Wave, inputs: dict[str, Any], progress: Progress
) -> None:
    """Make the results beside their place and put them there when they are whole."""
    beside = folders.beside(target)
    try:
        beside.mkdir()
        _fill(beside, study, wave, inputs, progress)
        put(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fill(
    folder: Path, study: Study, wave: Wave, inputs: Mapping[str, Any], progress: Progress
) -> None:
    """Write all results into an empty folder."""
    frames = {name: prepare(study, name, frame) for name, frame in wave.frames.items()}
    plans = {name: tuple(plan_tables(study, name, frame)) for name, frame in frames.items()}
    total = sum(map(len, plans.values())) + len(plans) * (len(inputs["languages"]) + 1)
    steps: list[dict[str, Any]] = [
        {"step": "read_wave", "wave": wave.name, "revision": wave.revision}
    ]
    outputs: list[str] = []
    done = 0
    for population, frame in frames.items():
        sample = sample_of(study.sample, frame, frames.values())
        design = frame_design(frame, sample)
        tables: list[Table] = []
        for question, banner in plans[population]:
            progress(done, total, frame[question].variable.label)
            tables.append(
                tabulate(
                    frame,
                    question,
                    list(zip(banner.variables, banner.titles, strict=True)),
                    design=design,
                    inference=study.inference,
                    thresholds=study.thresholds,
                )
            )
            done += 1
        steps.append(_tabulated(study, population, plans[population], sample))
        document = build_volume(
            study, population, tables, wave=wave.name, revision=wave.revision, rows=len(frame)
        )
        stem = "tables" if len(frames) == 1 else f"tables-{population}"
        for language in inputs["languages"]:
            name = f"{stem}-{language}.xlsx"
            progress(done, total, Message(_WRITING, {"file": name}))
            write_workbook(document, language, folder / name)
            steps.append({"step": "write_workbook", "language": language, "file": name})
            outputs.append(name)
            done += 1
        name = file_name(study, stem, ".csv")
        progress(done, total, Message(_WRITING, {"file": name}))
        write_tables(tables, folder / name)
        steps.append({"step": "write_tables", "file": name})
        outputs.append(name)
        done += 1
    write_steps(folder, dict(inputs), steps, outputs)
    progress(total, total, Message(_FINISHED))


def _tabulated(
    study: Study, population: str, plan: Sequence[tuple[str, Banner]], sample: SampleColumns
) -> dict[str, Any]:
    return {
        "step": "tabulate",
        "population": population,
        "inference": study.inference,
        "thresholds": asdict(study.thresholds),
        "sample": asdict(sample),
        "tables": [[question, list(banner.variables)] for question, banner in plan],
    }
