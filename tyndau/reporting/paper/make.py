"""Making the folder ``paper`` of a study, whole or not at all.

In: the folder of a study. Out: a PDF file for each form and language in ``paper``. Where the record
of the steps shows that nothing changed, nothing is done; what others put there stays.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tyndau
from tyndau.base import folders
from tyndau.base.errors import Place, Problem, UserError
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.reporting.paper.build import build_sheet, unprintable
from tyndau.reporting.place import alone, put
from tyndau.reporting.problems import NO_SUCH_FORM, NOT_ON_PAPER
from tyndau.reporting.steps import program_digest, read_steps, sha256, stands, write_steps
from tyndau.study import load_study
from tyndau.study.model import Study

FOLDER = "paper"
_WRITTEN = N_("Written: {files}")
_WAITING = N_("Waiting for another printing of this study")
_LIBRARIES = ("Babel", "typst")


@dataclass(frozen=True, slots=True)
class PaperResult:
    """What was printed, or found printed already.

    Attributes
    ----------
    folder : Path
        Where it lies.
    files : tuple of Path
        The files, in the order in which they were written.
    made : bool
        False if all stood there already and nothing was done.
    """

    folder: Path
    files: tuple[Path, ...]
    made: bool


def make_paper(
    study_folder: Path,
    *,
    forms: Sequence[str] = (),
    languages: Sequence[str] = (),
    progress: Progress = silent,
) -> PaperResult:
    """Print the questionnaires of a study.

    Parameters
    ----------
    study_folder : Path
        The study.
    forms : sequence of str, optional
        Names of forms; all of the study by default.
    languages : sequence of str, optional
        Languages of the files; those of the study by default.
    progress : Progress, optional
        Told of each file.

    Returns
    -------
    PaperResult
        Where they lie.

    Raises
    ------
    UserError
        If the study has errors, if it has no such form, if a form cannot be printed, or if files
        cannot be written. What stood there before stays then.
    """
    study = load_study(study_folder)
    target = study_folder / FOLDER
    # What stands there of another form or in another language is renewed too, not removed.
    before = read_steps(target).get("inputs", {})
    spoken = dict.fromkeys([*(languages or study.languages), *before.get("languages", ())])
    kept = [name for name in before.get("forms", ()) if name in study.forms]
    chosen = sorted({*(forms or study.forms), *kept})
    _refuse(study, chosen)
    inputs = _inputs(study, chosen, tuple(spoken))
    made = not stands(target, read_steps(target), inputs)
    if made:
        with alone(target, lambda: progress(0, 1, Message(_WAITING))):
            beside = folders.beside(target)
            try:
                beside.mkdir()
                _fill(beside, study, inputs, progress)
                put(beside, target)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
    outputs = read_steps(target)["outputs"]
    return PaperResult(target, tuple(target / name for name in outputs), made)


def _refuse(study: Study, chosen: Sequence[str]) -> None:
    """Refuse forms that there are not, and those that paper cannot hold, all at once."""
    found: list[Problem] = []
    for name in chosen:
        form = study.forms.get(name)
        if form is None:
            found.append(NO_SUCH_FORM.at(form=name, forms=sorted(study.forms)))
        elif repeated := unprintable(form):
            found.append(NOT_ON_PAPER.at(Place(file=form.path), questions=list(repeated)))
    if found:
        raise UserError(*found)


def _inputs(study: Study, forms: Sequence[str], languages: Sequence[str]) -> dict[str, Any]:
    """Describe everything that the files follow from."""
    sources = [
        study.folder / "study.xlsx",
        *(study.folder / study.forms[one].path for one in forms),
    ]
    return {
        "forms": list(forms),
        "languages": list(languages),
        "files": {path.relative_to(study.folder).as_posix(): sha256(path) for path in sources},
        "software": {
            "tyndau": tyndau.__version__,
            "tyndau_sha256": program_digest(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }


def print_form(study: Study, name: str, language: str, path: Path) -> None:
    """Print one questionnaire.

    Parameters
    ----------
    study : Study
        The study.
    name : str
        Name of one of its forms.
    language : {"kk", "ru"}
        In which language.
    path : Path
        The file.

    Raises
    ------
    UserError
        If the form cannot be printed, or the file cannot be written.
    """
    # It loads slowly; whoever is told that nothing changed does not wait for it.
    from tyndau.reporting.pdf import write_sheet

    _refuse(study, [name])
    write_sheet(build_sheet(study, study.forms[name]), language, path)


def _fill(folder: Path, study: Study, inputs: dict[str, Any], progress: Progress) -> None:
    """Write all files into an empty folder."""
    files = [(one, spoken) for one in inputs["forms"] for spoken in inputs["languages"]]
    names = []
    for done, (name, language) in enumerate(files):
        file = f"{name}-{language}.pdf"
        progress(done, len(files), Message(_WRITTEN, {"files": file}))
        print_form(study, name, language, folder / file)
        names.append(file)
    write_steps(folder, inputs, [{"step": "print", "file": name} for name in names], names)
