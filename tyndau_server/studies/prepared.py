"""What would become of the study if files that were uploaded were taken over.

In: a study's folder and staged files. Out: `Prepared`: what is wrong, what is stale, what would
change. The files are laid over a copy of the current version and checked by the same check as any
study; the study itself is not touched.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

from django.conf import settings

from tyndau.base.errors import Place, Problem, UserError
from tyndau.base.languages import N_, Message, Sayable
from tyndau.study import check_study
from tyndau.study.load import FORMS
from tyndau.study.versions import (
    FileDifference,
    Stamp,
    Version,
    compare_designs,
    folder_of_version,
    numbers,
    read_file,
    read_version,
    stamped,
    without_stamp,
)
from tyndau.study.versions.files import digest
from tyndau_server.studies import problems
from tyndau_server.studies.staging import Staged, StagedFile
from tyndau_server.studies.uses import in_use

_FORMS = (".xlsx", ".xlsm", ".xls")

_BY_HAND = N_("somebody who changed the folder of the study")
_UNSTAMPED = N_(
    "{name} does not say which version it was begun with. It is taken to be version {base}, which "
    "the page showed when you sent it: look closely at what would change."
)
_OF_ANOTHER = N_("{name} was downloaded from another study, {other}.")
_OLD_ERRORS = N_("The design has errors that it had before; they stay: {count}.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would become of a study.

    Attributes
    ----------
    current : int
        The version over which the files were laid.
    errors : tuple of Problem
        What keeps them from being taken over.
    stale : tuple of (StagedFile, Problem)
        Files that somebody else changed since they were begun.
    remarks : tuple of Problem
        Warnings of the check that were not there before.
    notes : tuple of Message
        What else should be known before one decides.
    changes : tuple of FileDifference
        What would change.
    """

    current: int
    errors: tuple[Problem, ...]
    stale: tuple[tuple[StagedFile, Problem], ...]
    remarks: tuple[Problem, ...]
    notes: tuple[Sayable, ...]
    changes: tuple[FileDifference, ...]

    @property
    def acceptable(self) -> bool:
        """Whether the files can be taken over."""
        return bool(self.changes) and not self.errors and not self.stale


def wanted(study: Path, staged: Staged, current: Version) -> dict[str, bytes | None]:
    """Return what taking over would write: new files by path, None for one that goes.

    Parameters
    ----------
    study : Path
        The study's folder.
    staged : Staged
        What came.
    current : Version
        The current version.

    Returns
    -------
    dict of str to bytes or None
        Workbooks without their stamp; a questionnaire that comes as another type of workbook takes
        the place of the one that was there.
    """
    files: dict[str, bytes | None] = dict.fromkeys(staged.removed)
    for number, file in enumerate(staged.files):
        files[file.path] = _as_kept(study, file, staged.content(number))
        stem, suffix = _parts(file.path)
        if file.path.startswith(f"{FORMS}/") and suffix in _FORMS:
            others = (f"{FORMS}/{stem}{other}" for other in _FORMS if other != suffix)
            files.update(dict.fromkeys(path for path in others if path in current.files))
    return files


def _as_kept(study: Path, file: StagedFile, content: bytes) -> bytes:
    """Return an uploaded file without its stamp; one that nobody changed is the file of old."""
    if file.stamped and file.base in numbers(study):
        with suppress(UserError):
            before = read_file(study, file.base, file.path)
            if stamped(before, Stamp(study.name, file.base, file.path)) == content:
                return before
    return without_stamp(content)


def prepare(study: Path, staged: Staged) -> Prepared:
    """Tell what would become of a study.

    Parameters
    ----------
    study : Path
        The study's folder, settled.
    staged : Staged
        What came.

    Returns
    -------
    Prepared
        What is wrong and what would change.
    """
    current = read_version(study, numbers(study)[-1])
    files = wanted(study, staged, current)
    stale = tuple(_stale(study, staged, current, files))
    found, changes = _looked_at(study, staged, current.number)
    before = {_same(problem) for problem in _checked(folder_of_version(study, current.number))}
    new = [problem for problem in found if _same(problem) not in before]
    going = {path for path, content in files.items() if content is None}
    used = used_forms(staged.study, going, [file.path for file in staged.files])
    old = [one for one in found if one.kind.severity == "error" and one not in new]
    notes = [*_notes(staged)]
    if old:
        notes.append(Message(_OLD_ERRORS, {"count": len(old)}))
    return Prepared(
        current=current.number,
        errors=(*used, *(one for one in new if one.kind.severity == "error")),
        stale=stale,
        remarks=tuple(one for one in new if one.kind.severity == "warning"),
        notes=tuple(notes),
        changes=changes,
    )


def used_forms(slug: str, going: Iterable[str], coming: Iterable[str] = ()) -> list[Problem]:
    """Find questionnaires that would go from a study although they are in use.

    Parameters
    ----------
    slug : str
        The study.
    going, coming : iterable of str
        Paths of files that would go, and of those that would come.

    Returns
    -------
    list of Problem
        One for each; a questionnaire that comes as another type of workbook does not go.
    """
    names = {
        _parts(path)[0]
        for path in going
        if path.startswith(f"{FORMS}/") and _parts(path)[1] in _FORMS
    }
    names -= {_parts(path)[0] for path in coming}
    return [problems.FORM_IN_USE.at(name=name) for name in in_use(slug, names)]


def since(study: Path, base: int, current: int, path: str) -> tuple[FileDifference, ...]:
    """Tell what changed of a file between two versions.

    Parameters
    ----------
    study : Path
        The study's folder.
    base, current : int
        The versions.
    path : str
        The file.

    Returns
    -------
    tuple of FileDifference
        One, or none where the file is the same.
    """
    return tuple(one for one in compared(study, base, current) if one.path == path)


@lru_cache(maxsize=64)
def compared(study: Path, before: int, after: int) -> tuple[FileDifference, ...]:
    """Tell what changed between two versions; what was told is kept, for versions never change.

    Parameters
    ----------
    study : Path
        The study's folder.
    before, after : int
        The versions.

    Returns
    -------
    tuple of FileDifference
        The files that differ.
    """
    return compare_designs(folder_of_version(study, before), folder_of_version(study, after))


@lru_cache(maxsize=16)
def _checked(folder: Path) -> tuple[Problem, ...]:
    """Check a version, once; versions never change."""
    return tuple(check_study(folder)[1])


# Reading workbooks and forms takes seconds, and a page is often looked at twice.
@lru_cache(maxsize=16)
def _looked_at(
    study: Path, staged: Staged, number: int
) -> tuple[tuple[Problem, ...], tuple[FileDifference, ...]]:
    base = folder_of_version(study, number)
    with _laid_over(base, wanted(study, staged, read_version(study, number))) as candidate:
        return tuple(check_study(candidate)[1]), compare_designs(base, candidate)


@contextmanager
def _laid_over(base: Path, files: dict[str, bytes | None]) -> Iterator[Path]:
    """Copy a version and lay files over it."""
    staging = Path(settings.TYNDAU_DATA) / "staging"
    staging.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=staging, prefix=".candidate-") as scratch:
        candidate = Path(shutil.copytree(base, Path(scratch) / base.name))
        for path, content in files.items():
            target = candidate / path
            if content is None:
                target.unlink(missing_ok=True)
            else:
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(content)
        yield candidate


def _stale(
    study: Path, staged: Staged, current: Version, files: Mapping[str, bytes | None]
) -> Iterator[tuple[StagedFile, Problem]]:
    """Find files that somebody else changed since they were begun."""
    known = numbers(study)
    for file in staged.files:
        if digest(files[file.path] or b"") == current.files.get(file.path):
            continue  # it is there already, as after sending it twice
        place = Place(file=file.name)
        if file.base not in known:
            values = {"base": file.base, "current": current.number}
            yield file, problems.UNKNOWN_BASE.at(place, **values)
            continue
        changed = _changed_in(study, file, known)
        if changed is not None:
            who = changed.who or Message(_BY_HAND)
            values = {"base": file.base, "current": current.number, "changed": changed.number}
            yield file, problems.STALE.at(place, **values, who=who)


def _changed_in(study: Path, file: StagedFile, known: list[int]) -> Version | None:
    """Return the last version in which a file became other than it was at its base."""
    begun = read_version(study, file.base).files.get(file.path)
    later = [read_version(study, number) for number in known if number >= file.base]
    if later[-1].files.get(file.path) == begun:
        return None
    pairs = pairwise(later)
    return [two for one, two in pairs if one.files.get(file.path) != two.files.get(file.path)][-1]


def _notes(staged: Staged) -> Iterator[Sayable]:
    for file in staged.files:
        if file.other:
            yield Message(_OF_ANOTHER, {"name": file.name, "other": file.other})
        if not file.stamped:
            yield Message(_UNSTAMPED, {"name": file.name, "base": file.base})


def _same(problem: Problem) -> tuple[str, object, str]:
    """Return what makes two problems the same one; a row may have moved."""
    place = (problem.place.file, problem.place.sheet, problem.place.column)
    return problem.kind.code, place, problem.what("en")


def _parts(path: str) -> tuple[str, str]:
    """Return the stem and the suffix of a path's name."""
    name = PurePosixPath(path)
    return name.stem, name.suffix.lower()
