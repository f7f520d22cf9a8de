"""Making the papers of the field as a job of the queue.

In: a job and the study's folder, interviewers with their photos and what holds of their
assignments. Out: a zip file with all papers in each language of the study, and one for each
supervisor of some territories, with those of the own interviewers; all of them or none. What was
made before goes. Called by the worker alone.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from tyndau.reporting.fieldpapers import write_papers
from tyndau.reporting.fieldpapers.model import Assignment as Sent
from tyndau.reporting.fieldpapers.model import Interviewer
from tyndau.study import Study, load_study
from tyndau_server.audit import log
from tyndau_server.control.models import Assignment
from tyndau_server.control.papers import Edition, editions
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Membership
from tyndau_server.people.photos import alone_with, folder_of_papers, photo_of


def print_papers(job: Job, folder: Path) -> None:
    """Make what interviewers of a study take along.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study's folder.

    Raises
    ------
    UserError
        If the study has errors, show cards contradict each other, or a file cannot be written.
    """
    study = load_study(folder)
    place = folder_of_papers(job.study)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    made: list[Edition] = []
    photos: dict[int, bytes] = {}
    while not made:
        wanted = list(editions(job.study))
        photos = _photos(wanted[0].members)
        with TemporaryDirectory(dir=place) as beside:
            people = _interviewers(wanted[0].members, study, photos)
            for one in wanted:
                _write(job, study, one, people, Path(beside))
            with alone_with(job.study):
                # Whoever took a photo away meanwhile finds it on no paper: all is made again.
                if all(_read(one) == photos.get(one.pk) for one in wanted[0].members):
                    made = wanted
                    _put(Path(beside), place, made)
    everybody = made[0].members
    details = {
        "interviewers": [one.code for one in everybody],
        "photos": [one.code for one in everybody if one.pk in photos],
    }
    log.write("papers.made", actor=job.asked_by, study=job.study, details=details)


def _write(
    job: Job, study: Study, edition: Edition, people: Mapping[int, Interviewer], beside: Path
) -> None:
    target = beside / edition.path.name
    own = [people[one.pk] for one in edition.members]
    made = write_papers(
        study, own, target.with_suffix(""), everybody=tuple(people.values()), prepared=True,
        progress=partial(queue.tell, job),
    )  # fmt: skip
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in made.files:
            archive.write(path, path.name)


def _put(beside: Path, place: Path, made: Iterable[Edition]) -> None:
    for path in place.glob("*.zip"):
        path.unlink()
    for one in made:
        (beside / one.path.name).replace(one.path)


def _photos(members: Iterable[Membership]) -> dict[int, bytes]:
    found = {one.pk: _read(one) for one in members}
    return {number: photo for number, photo in found.items() if photo is not None}


def _read(member: Membership) -> bytes | None:
    path = photo_of(member)
    try:
        return path.read_bytes() if path is not None else None
    except FileNotFoundError:  # removed meanwhile
        return None


def _interviewers(
    members: Iterable[Membership], study: Study, photos: Mapping[int, bytes]
) -> dict[int, Interviewer]:
    """Return interviewers with photos and assignments to points that the workbook has.

    Their numbers in the plan of the sample are those in the whole list, in every edition.
    """
    points = {one.code for one in study.points}
    held = list(
        Assignment.objects.filter(
            study=study.folder.name, ended=None, membership__ended=None, point__in=points
        )
        .select_related("membership")
        .order_by("day", "begins", "pk")
    )
    return {
        one.pk: Interviewer(
            one.code,
            one.person.name,
            photo=photos.get(one.pk),
            number=at,
            assignments=tuple(_sent(each, held) for each in held if each.membership_id == one.pk),
        )
        for at, one in enumerate(members, 1)
    }


def _sent(one: Assignment, held: list[Assignment]) -> Sent:
    """Return an assignment as papers say it, with who works there on the same visit."""
    partners = sorted(
        other.membership.code
        for other in held
        if other.membership_id != one.membership_id
        and (other.point, other.day, other.begins) == (one.point, one.day, one.begins)
    )
    return Sent(
        one.point,
        one.interviews,
        one.day,
        f"{one.begins:%H:%M}" if one.begins else "",
        f"{one.ends:%H:%M}" if one.ends else "",
        ", ".join(partners),
    )
