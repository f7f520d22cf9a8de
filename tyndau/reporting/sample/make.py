"""Making the folder ``sample`` of a study, whole or not at all.

In: the folder of a study whose workbook asks for a sample. Out: documents in each language, points
and quotas as CSV, the record of the plan, all in ``sample``. Where the record of the steps shows
that nothing changed, nothing is done; what others put there stays.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tyndau
from tyndau.base import folders
from tyndau.base.errors import Problem
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.reporting.files import put_file
from tyndau.reporting.model import Document
from tyndau.reporting.place import alone, put
from tyndau.reporting.sample.interviewers import build_interviewer
from tyndau.reporting.sample.plain import points_csv, quotas_csv
from tyndau.reporting.sample.report import build_sample_report
from tyndau.reporting.sample.supervisors import build_supervisors
from tyndau.reporting.simulated import file_name
from tyndau.reporting.steps import program_digest, read_steps, sha256, stands, write_steps
from tyndau.sampling import RECORD, SamplePlan, as_record, plan_sample
from tyndau.study import load_study
from tyndau.study.model import Study

_WRITTEN = N_("Written: {files}")
_WAITING = N_("Waiting for another sample of this study")
_LIBRARIES = ("Babel", "numpy", "python-docx", "scipy", "svy", "typst")


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What was made of a sample, or found made already.

    Attributes
    ----------
    folder : Path
        Where it lies.
    plan : SamplePlan
        The plan.
    files : tuple of Path
        The files, in the order in which they were written.
    made : bool
        False if all stood there already and nothing was done.
    problems : tuple of Problem
        Warnings.
    """

    folder: Path
    plan: SamplePlan
    files: tuple[Path, ...]
    made: bool
    problems: tuple[Problem, ...]


def make_sample(
    study_folder: Path, *, languages: Sequence[str] = (), progress: Progress = silent
) -> SampleResult:
    """Plan the sample of a study and make its documents.

    Parameters
    ----------
    study_folder : Path
        The study.
    languages : sequence of str, optional
        Languages of the documents; those of the study by default.
    progress : Progress, optional
        Told of each file.

    Returns
    -------
    SampleResult
        Where it lies and what should be known of it.

    Raises
    ------
    UserError
        If the study has errors, if something is missing for a plan or cannot be had, or if files
        cannot be written. What stood there before stays then.
    """
    study = load_study(study_folder)
    plan, problems = plan_sample(study)
    target = (study_folder / RECORD).parent
    # What stands there in another language is renewed with the others, not removed.
    before = read_steps(target).get("inputs", {})
    spoken = dict.fromkeys([*(languages or study.languages), *before.get("languages", ())])
    inputs = _inputs(study, tuple(spoken))
    made = not stands(target, read_steps(target), inputs)
    if made:
        with alone(target, lambda: progress(0, 1, Message(_WAITING))):
            beside = folders.beside(target)
            try:
                beside.mkdir()
                _fill(beside, study, plan, problems, inputs, progress)
                put(beside, target)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
    outputs = read_steps(target)["outputs"]
    return SampleResult(target, plan, tuple(target / name for name in outputs), made, problems)


def _inputs(study: Study, languages: Sequence[str]) -> dict[str, Any]:
    """Describe everything that the sample follows from."""
    sources = [
        study.folder / "study.xlsx",
        *(study.folder / study.forms[name].path for name in sorted(study.forms)),
    ]
    return {
        "languages": list(languages),
        "files": {path.relative_to(study.folder).as_posix(): sha256(path) for path in sources},
        "software": {
            "tyndau": tyndau.__version__,
            "tyndau_sha256": program_digest(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }


def _fill(
    folder: Path,
    study: Study,
    plan: SamplePlan,
    problems: Sequence[Problem],
    inputs: dict[str, Any],
    progress: Progress,
) -> None:
    """Write all files into an empty folder."""
    files = list(_files(study, plan, problems, inputs["languages"]))
    for done, (name, write) in enumerate(files):
        progress(done, len(files), Message(_WRITTEN, {"files": name}))
        write(folder / name)
    names = [name for name, _ in files]
    steps = [
        {"step": "plan_sample", "file": Path(RECORD).name},
        *({"step": "write", "file": name} for name in names),
    ]
    write_steps(folder, inputs, steps, names)


def _files(
    study: Study, plan: SamplePlan, problems: Sequence[Problem], languages: Sequence[str]
) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Go through the files, each with what writes it."""
    report = build_sample_report(study, plan, problems)
    supervisors = build_supervisors(study, plan)
    staff = range(1, plan.assignment.interviewers + 1)
    sheets = {f"{number:02}": build_interviewer(study, plan, number) for number in staff}
    for language in languages:
        yield from _documents("sample", report, language)
        yield from _documents("supervisors", supervisors, language)
    for number, sheet in sheets.items():
        for language in languages:
            yield from _documents(f"interviewer-{number}", sheet, language)
    record = json.dumps(as_record(plan), ensure_ascii=False, indent=1) + "\n"
    contents = {
        file_name(study, "points", ".csv"): points_csv(plan),
        file_name(study, "quotas", ".csv"): quotas_csv(plan),
        Path(RECORD).name: record.encode("utf-8"),
    }
    for name, content in contents.items():
        yield name, partial(put_file, content=content)


def _documents(
    stem: str, document: Document, language: str
) -> Iterator[tuple[str, Callable[[Path], None]]]:
    # Writers load slowly; whoever only plans does not wait for them.
    from tyndau.reporting.pdf import write_pdf
    from tyndau.reporting.word import write_word

    yield f"{stem}-{language}.docx", partial(write_word, document, language)
    yield f"{stem}-{language}.pdf", partial(write_pdf, document, language)
