"""Taking photos of interviewers in, and removing them.

In: files as they were sent, the interviewers whom somebody may see, who decides. Out: photos in
`tyndau_server.people.photos`, each with an entry in the log, and what is wrong with the others. Of
a file only the picture is kept: neither its name nor what the phone wrote into it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from tyndau.base.errors import Problem
from tyndau.reporting.photos import prepare_photo
from tyndau_server.audit import log
from tyndau_server.control import problems
from tyndau_server.fieldwork.writing import writing
from tyndau_server.people.models import Membership, Person
from tyndau_server.people.photos import erase_photo, keep_photo

MOST_MEGABYTES = 20
# Each is opened while somebody waits.
MOST_FILES = 40

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of files that were sent.

    Attributes
    ----------
    codes : tuple of str
        The interviewers whose photos are kept.
    problems : tuple of Problem
        What is wrong with the other files.
    """

    codes: tuple[str, ...]
    problems: tuple[Problem, ...]


def take_photos(
    files: "Sequence[UploadedFile[Any]]",
    members: Iterable[Membership],
    whose: Membership | None,
    *,
    by: Person,
) -> Taken:
    """Take photos in.

    Parameters
    ----------
    files : sequence of UploadedFile
        JPEG or PNG.
    members : iterable of Membership
        The interviewers whose photos are the person's to give.
    whose : Membership or None
        One of them; None where each file is named by the code of its own.
    by : Person
        Who gives them.

    Returns
    -------
    Taken
        Good files are kept, whatever is wrong with others.
    """
    if not files:
        return Taken((), (problems.NO_PHOTO_SENT.at(),))
    if len(files) > MOST_FILES:
        return Taken((), (problems.PHOTOS_TOO_MANY.at(count=len(files), most=MOST_FILES),))
    known = list(members)
    by_code = {one.code.casefold(): one for one in known} | {one.code: one for one in known}
    meant = [(file, whose or _named(file, by_code)) for file in files]
    found: list[Problem] = []
    codes: list[str] = []
    several = _several([one for _, one in meant if one is not None])
    found += [problems.PHOTO_TWICE.at(code=code) for code in several]
    for file, member in meant:
        if member is None:
            found.append(problems.PHOTO_OF_NOBODY.at(file=_shown(file)))
        elif member.code not in several:
            wrong = _take(file, member, by)
            if wrong is None:
                codes.append(member.code)
            else:
                found.append(wrong)
    return Taken(tuple(codes), tuple(found))


def remove_photo(member: Membership, *, by: Person) -> bool:
    """Remove a photo.

    Parameters
    ----------
    member : Membership
        Whose.
    by : Person
        Who decides.

    Returns
    -------
    bool
        Whether there was one.
    """
    with writing():
        removed = erase_photo(member)
        if removed:
            log.write("photo.removed", actor=by, study=member.study, subject=member.code)
    return removed


def _take(file: "UploadedFile[Any]", member: Membership, by: Person) -> Problem | None:
    size = file.size or 0
    if size > MOST_MEGABYTES * 2**20:
        values = {"file": _shown(file), "size": -(-size // 2**20), "most": MOST_MEGABYTES}
        return problems.PHOTO_FILE_LARGE.at(**values)
    jpeg = prepare_photo(file.read(), member.code)
    if isinstance(jpeg, Problem):
        return jpeg
    with writing():
        # Held, so that nothing is kept of somebody who leaves meanwhile.
        held = Membership.objects.select_for_update().filter(pk=member.pk, ended=None)
        if not held.exists():
            return problems.NO_INTERVIEWER.at()
        replaced = keep_photo(member, jpeg)
        log.write(
            "photo.kept", actor=by, study=member.study, subject=member.code,
            details={"replaced": replaced},
        )  # fmt: skip
    return None


def _several(members: Sequence[Membership]) -> list[str]:
    codes = [one.code for one in members]
    return sorted({code for code in codes if codes.count(code) > 1})


def _named(file: "UploadedFile[Any]", by_code: Mapping[str, Membership]) -> Membership | None:
    stem = PurePath(file.name or "").stem.strip()
    return by_code.get(stem) or by_code.get(stem.casefold())


def _shown(file: "UploadedFile[Any]") -> str:
    return (file.name or "")[:_LONGEST_NAME]
