"""Making the folder ``papers`` of a study, whole or not at all.

In: a study and its interviewers. Out: PDF files: badges, letters of introduction, the sheet on who
conducts the study, show cards of each form, slips, the safety sheet, point plans. Where the record
of the steps shows that nothing changed, nothing is done; what others put there stays.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tyndau
from tyndau.base import folders
from tyndau.base.errors import Place, Problem, UserError
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.reporting.fieldpapers.badges import build_badges
from tyndau.reporting.fieldpapers.cards import cards_of
from tyndau.reporting.fieldpapers.known import frame
from tyndau.reporting.fieldpapers.letters import build_identity, build_letters
from tyndau.reporting.fieldpapers.model import Cards, Interviewer
from tyndau.reporting.fieldpapers.people import of_file, of_workbook
from tyndau.reporting.fieldpapers.points import build_point_plan
from tyndau.reporting.fieldpapers.safety import build_safety
from tyndau.reporting.fieldpapers.slips import build_slips
from tyndau.reporting.photos import prepare_photo
from tyndau.reporting.place import alone, put
from tyndau.reporting.problems import INTERVIEWER_TWICE, NO_POINT_PLANS
from tyndau.reporting.steps import program_digest, read_steps, sha256, stands, write_steps
from tyndau.sampling import RECORD, SamplePlan, plan_sample, planned_routes
from tyndau.sampling.sharing import Shared, share_points
from tyndau.study import load_study
from tyndau.study.model import Study

FOLDER = "papers"
_WRITTEN = N_("Written: {files}")
_WAITING = N_("Waiting for other papers of this study")
_CARDS = N_("Show cards")
_LIBRARIES = ("Babel", "pillow", "typst")

_File = tuple[str, Callable[[Path], None]]


@dataclass(frozen=True, slots=True)
class PapersResult:
    """What was made, or found made already.

    Attributes
    ----------
    folder : Path
        Where it lies.
    files : tuple of Path
        The files, in the order in which they were written.
    interviewers : int
        For how many people badges and letters are.
    made : bool
        False if all stood there already and nothing was done.
    problems : tuple of Problem
        Warnings: that point plans are left out.
    """

    folder: Path
    files: tuple[Path, ...]
    interviewers: int
    made: bool
    problems: tuple[Problem, ...]


def make_papers(
    study_folder: Path,
    *,
    folder: Path | None = None,
    interviewers: Path | None = None,
    languages: Sequence[str] = (),
    progress: Progress = silent,
) -> PapersResult:
    """Make the papers of a study for the interviewers whom a list names.

    Parameters
    ----------
    study_folder : Path
        The study.
    folder : Path, optional
        Where the papers are put; ``papers`` in the study by default.
    interviewers : Path, optional
        A CSV file; the workbook's sheet ``team`` by default. Without either, papers that name
        nobody are made.
    languages : sequence of str, optional
        Languages of the papers; those of the study by default.
    progress : Progress, optional
        Told of each file.

    Returns
    -------
    PapersResult
        Where they lie.

    Raises
    ------
    UserError
        If the study, the list or a photo has errors, or if files cannot be written. What stood
        there before stays then.
    """
    study = load_study(study_folder)
    people = of_workbook(study) if interviewers is None else of_file(interviewers)
    target = folder or study_folder / FOLDER
    return write_papers(study, people, target, languages=languages, progress=progress)


def write_papers(
    study: Study,
    interviewers: Sequence[Interviewer],
    folder: Path,
    *,
    languages: Sequence[str] = (),
    everybody: Sequence[Interviewer] = (),
    prepared: bool = False,
    progress: Progress = silent,
) -> PapersResult:
    """Make the papers of a study.

    Parameters
    ----------
    study : Study
        The study.
    interviewers : sequence of Interviewer
        Who works in the field; may be empty. Those without a number of the plan are taken for its
        interviewers in the order of the list, if none has a number.
    folder : Path
        Where the papers are put.
    languages : sequence of str, optional
        Languages of the papers; those of the study by default. Badges hold both.
    everybody : sequence of Interviewer, optional
        All of the study, if these are some of them: with whom they share lists of dwellings.
    prepared : bool, optional
        Whether photos are as `tyndau.reporting.photos.prepare_photo` made them.
    progress : Progress, optional
        Told of each file.

    Returns
    -------
    PapersResult
        Where they lie.

    Raises
    ------
    UserError
        If codes repeat, photos cannot be used, show cards contradict each other, the sample cannot
        be planned, or files cannot be written. What stood there before stays then.
    """
    people = _checked(interviewers, prepared=prepared)
    shared = _shared(study, everybody or people)
    spoken = tuple(dict.fromkeys(languages or study.languages))
    plan, problems = _plan(study, people)
    inputs = _inputs(study, people, shared, spoken)
    made = not stands(folder, read_steps(folder), inputs)
    if made:
        _write(folder, list(_files(study, people, plan, shared, spoken)), inputs, progress)
    outputs = read_steps(folder)["outputs"]
    return PapersResult(
        folder, tuple(folder / name for name in outputs), len(people), made, problems
    )


def _write(
    folder: Path, files: Sequence[_File], inputs: dict[str, Any], progress: Progress
) -> None:
    with alone(folder, lambda: progress(0, 1, Message(_WAITING))):
        beside = folders.beside(folder)
        try:
            beside.mkdir()
            for done, (name, write) in enumerate(files):
                progress(done, len(files), Message(_WRITTEN, {"files": name}))
                write(beside / name)
            names = [name for name, _ in files]
            steps = [{"step": "print", "file": name} for name in names]
            write_steps(beside, inputs, steps, names)
            put(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _checked(interviewers: Sequence[Interviewer], *, prepared: bool) -> tuple[Interviewer, ...]:
    """Prepare photos and number people; name all that is wrong at once."""
    found: list[Problem] = []
    people: list[Interviewer] = []
    numbered = any(one.number for one in interviewers)
    for at, one in enumerate(interviewers, 1):
        if one.code in (other.code for other in people):
            found.append(INTERVIEWER_TWICE.at(code=one.code))
        photo: bytes | Problem | None = one.photo
        if one.photo is not None and not prepared:
            photo = prepare_photo(one.photo, one.code)
        if isinstance(photo, Problem):
            found.append(photo)
            photo = None
        people.append(replace(one, photo=photo, number=one.number if numbered else at))
    if found:
        raise UserError(*found)
    return tuple(people)


def _shared(study: Study, everybody: Sequence[Interviewer]) -> Shared:
    routes = planned_routes(study.folder) if study.streets else {}
    return share_points(
        routes, ((each.point, one.code) for one in everybody for each in one.assignments)
    )


def _inputs(
    study: Study, people: Sequence[Interviewer], shared: Shared, languages: Sequence[str]
) -> dict[str, Any]:
    """Describe everything that the files follow from; people by a checksum, for it holds names."""
    sources = [
        study.folder / "study.xlsx",
        *(study.folder / study.forms[name].path for name in sorted(study.forms)),
    ]
    record = study.folder / RECORD
    if study.streets and record.is_file():
        sources.append(record)  # lists of dwellings begin where it says
    return {
        "languages": list(languages),
        "interviewers_sha256": hashlib.sha256(repr((people, shared)).encode()).hexdigest(),
        "files": {path.relative_to(study.folder).as_posix(): sha256(path) for path in sources},
        "software": {
            "tyndau": tyndau.__version__,
            "tyndau_sha256": program_digest(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }


def _files(
    study: Study,
    people: Sequence[Interviewer],
    plan: SamplePlan | None,
    shared: Shared,
    languages: Sequence[str],
) -> Iterator[_File]:
    """Go through the files, each with what writes it."""
    # Writers load slowly; whoever is told that nothing changed does not wait for them.
    from tyndau.reporting.pdf import write_field_paper, write_pdf

    if people:
        badges = build_badges(study, people)
        yield "badges.pdf", partial(write_field_paper, badges, languages[0])
    papers: dict[str, Any] = {
        "letters": build_letters(study, people) if people else None,
        "identity": build_identity(study),
        "slips": build_slips(study),
    }
    for name in sorted(study.forms):
        cards = cards_of(study.forms[name])
        papers[f"cards-{name}"] = Cards(frame(study, Message(_CARDS)), cards) if cards else None
    documents = {"safety": build_safety(study)}
    for one in people:
        document = build_point_plan(study, one, plan, shared)
        if document is not None:
            documents[f"points-{one.code}"] = document
    for language in languages:
        for stem, paper in papers.items():
            if paper is not None:
                yield f"{stem}-{language}.pdf", partial(write_field_paper, paper, language)
        for stem, document in documents.items():
            yield f"{stem}-{language}.pdf", partial(write_pdf, document, language)


def _plan(
    study: Study, people: Sequence[Interviewer]
) -> tuple[SamplePlan | None, tuple[Problem, ...]]:
    """Plan the sample, if anybody's point plan comes from it and the workbook allows it."""
    if study.sampling is None or all(one.assignments for one in people):
        return None, ()
    try:
        return plan_sample(study)[0], ()
    except UserError as error:
        codes = sorted({problem.kind.code for problem in error.problems})
        return None, (NO_POINT_PLANS.at(Place(file="study.xlsx"), codes=codes),)
