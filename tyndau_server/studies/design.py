"""What a person does with a study's design: looks at it, brings files, takes over, goes back.

In: a study's slug and who acts. Out: versions and staged files; each decision stands in the log.
One function an action; what pages show of it they ask of `tyndau_server.studies.prepared`. Who
counts something by the design (quotas) appends a function to `CHANGED`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from tyndau.base.errors import Problem, UserError
from tyndau.study.versions import (
    Stamp,
    Version,
    go_back,
    list_versions,
    read_file,
    read_stamp,
    settle,
    stamped,
    take_over,
)
from tyndau_server.audit import log
from tyndau_server.people.models import Person
from tyndau_server.studies import problems, staging
from tyndau_server.studies.places import checked_size, clean_name, place_of
from tyndau_server.studies.prepared import Prepared, prepare, used_forms, wanted
from tyndau_server.studies.staging import Staged, StagedFile

# Called with the study's slug, inside the transaction of the entry in the log.
CHANGED: list[Callable[[str], None]] = []
MOST_FILES = 40
LONGEST_NOTE = 1000

_STAMPED = (".xlsx", ".xlsm")


class Upload(Protocol):
    """A file that came, as Django hands it over."""

    @property
    def name(self) -> str | None:
        """What it is called where it came from."""

    @property
    def size(self) -> int | None:
        """How many bytes it has."""

    def read(self) -> bytes:
        """Return all of it.

        Returns
        -------
        bytes
            Of the file.
        """
        ...


def current_version(study: Path) -> Version:
    """Return the current version; what was changed in the folder by hand becomes one first.

    Parameters
    ----------
    study : Path
        The study's folder.

    Returns
    -------
    Version
        The files of the folder are its files.
    """
    before = list_versions(study)
    version = settle(study, moment=timezone.now())
    if not before or version.number != before[-1].number:
        details = {"version": version.number, "files": sorted(version.files)}
        with transaction.atomic():
            if before:
                log.write("design.adopted", actor=None, study=study.name, details=details)
            else:
                log.write("design.found", actor=None, study=study.name, details=details)
    return version


def download(study: Path, number: int, path: str) -> tuple[str, bytes]:
    """Return a file of a version, marked with the version where it can carry a mark.

    Parameters
    ----------
    study : Path
        The study's folder.
    number : int
        The version.
    path : str
        The file.

    Returns
    -------
    name : str
        Under which it is saved: with the version, which tells downloads apart.
    content : bytes
        The file.
    """
    content = read_file(study, number, path)
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    if f".{suffix.lower()}" in _STAMPED:
        content = stamped(content, Stamp(study.name, number, path))
    named = (
        f"{stem}.v{number}.{suffix}" if not stem.endswith((".kk", ".ru")) else f"{stem}.{suffix}"
    )
    return named, content


def bring(
    study: Path,
    uploads: Sequence[Upload],
    removed: Sequence[str],
    *,
    base: int,
    by: Person,
) -> Staged:
    """Keep uploaded files, to be looked at before they are taken over.

    Parameters
    ----------
    study : Path
        The study's folder.
    uploads : sequence of Upload
        What came.
    removed : sequence of str
        Files of the design that are to go.
    base : int
        The version that the page showed from which they were sent.
    by : Person
        Who sent them.

    Returns
    -------
    Staged
        What came.

    Raises
    ------
    UserError
        If one of them cannot be a file of the design, with all that is wrong.
    """
    if not uploads and not removed:
        raise problems.NO_UPLOAD.error()
    if len(uploads) > MOST_FILES:
        raise problems.TOO_MANY_FILES.error(count=len(uploads), limit=MOST_FILES)
    files: list[tuple[StagedFile, bytes]] = []
    found: list[Problem] = []
    for upload in uploads:
        try:
            files.append(_staged_file(study, upload, base))
        except UserError as error:
            found.extend(error.problems)
    by_stem: dict[str, list[str]] = {}
    for file, _ in files:
        by_stem.setdefault(_place(file.path), []).append(file.name)
    twice = [names for names in by_stem.values() if len(names) > 1]
    found.extend(problems.SAME_PLACE.at(names=names) for names in twice)
    if found:
        raise UserError(*found)
    return staging.keep(study.name, by.pk, files, removed)


def accept(study: Path, staged: Staged, *, expected: int, note: str, by: Person) -> Version:
    """Take over what came, as a version of its own.

    Parameters
    ----------
    study : Path
        The study's folder.
    staged : Staged
        What came.
    expected : int
        The version that the page showed when the person decided.
    note : str
        In the person's words.
    by : Person
        Who decides.

    Returns
    -------
    Version
        The new version; the one that was made before where somebody presses twice.

    Raises
    ------
    UserError
        If something is wrong or stale, or the design is at another version by now; then nothing
        was changed, and what came is kept.
    """
    again = staging.find(study.name, staged.key)
    if again.taken:
        return next(one for one in list_versions(study) if one.number == again.taken)
    current = current_version(study)
    prepared = prepare(study, staged)
    _refuse(prepared)
    version = take_over(
        study,
        wanted(study, staged, current),
        expected=expected,
        moment=timezone.now(),
        who=str(by),
        note=note.strip()[:LONGEST_NOTE],
    )
    staging.mark_taken(staged, version.number)
    if version.number != current.number:
        details = {
            "version": version.number, "note": version.note,
            "changed": [one.path for one in prepared.changes],
        }  # fmt: skip
        _note("design.taken-over", study, by, details)
    return version


def restore(study: Path, number: int, *, note: str, by: Person) -> Version:
    """Make an earlier version the current one again, as a version of its own.

    Parameters
    ----------
    study : Path
        The study's folder.
    number : int
        The earlier version.
    note : str
        Why, in the person's words.
    by : Person
        Who decides.

    Returns
    -------
    Version
        The new version; the current one where nothing differs.

    Raises
    ------
    UserError
        If the earlier version is not there or would take a questionnaire away that is in use.
    """
    current = current_version(study)
    earlier = next((one for one in list_versions(study) if one.number == number), None)
    if earlier is not None:
        going = current.files.keys() - earlier.files.keys()
        used = used_forms(study.name, going, earlier.files)
        if used:
            raise UserError(*used)
    version = go_back(
        study, number, moment=timezone.now(), who=str(by), note=note.strip()[:LONGEST_NOTE]
    )
    if version.number != current.number:
        details = {"version": version.number, "as": number, "note": version.note}
        _note("design.gone-back", study, by, details)
    return version


def _note(action: str, study: Path, by: Person, details: dict[str, Any]) -> None:
    with transaction.atomic():
        for changed in CHANGED:
            changed(study.name)
        log.write(action, actor=by, study=study.name, details=details)  # last: it is held


def _refuse(prepared: Prepared) -> None:
    wrong = [problem for _, problem in prepared.stale] + list(prepared.errors)
    if wrong:
        raise UserError(*wrong)


def _staged_file(study: Path, upload: Upload, base: int) -> tuple[StagedFile, bytes]:
    name = clean_name(upload.name or "")
    checked_size(name, upload.size or 0)
    content = upload.read()
    stamp = read_stamp(content)
    own = stamp if stamp and stamp.study == study.name else None
    path = place_of(upload.name or "", content, own)
    other = stamp.study if stamp and own is None else ""
    return StagedFile(path, name, own.number if own else base, own is not None, other), content


def _place(path: str) -> str:
    """Return what two files must not share: a questionnaire is one whatever its type."""
    stem, _, suffix = path.rpartition(".")
    return stem if path.startswith("forms/") and suffix.lower().startswith("xls") else path
