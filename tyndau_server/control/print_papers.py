"""Making the papers of the field as a job of the queue.

In: a job and the study's folder, interviewers and what holds of their assignments. Out: one zip
file with all papers in each language of the study, whole or not there. Photos are not kept on the
server: badges have a frame to glue one in. Called by the worker alone.
"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from tyndau.reporting.fieldpapers import write_papers
from tyndau.reporting.fieldpapers.model import Assignment as Sent
from tyndau.reporting.fieldpapers.model import Interviewer
from tyndau.study import Study, load_study
from tyndau_server.control.models import Assignment
from tyndau_server.control.papers import zip_of_papers
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job
from tyndau_server.people.models import Membership, Role


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
    target = zip_of_papers(job.study)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    people = _interviewers(job.study, study)
    with TemporaryDirectory(dir=target.parent) as place:
        made = write_papers(
            study, people, Path(place) / "papers", progress=partial(queue.tell, job)
        )
        beside = Path(place) / target.name
        with ZipFile(beside, "w", ZIP_DEFLATED) as archive:
            for path in made.files:
                archive.write(path, path.name)
        beside.replace(target)


def _interviewers(slug: str, study: Study) -> list[Interviewer]:
    """Return who is still in the study, with assignments to points that the workbook has."""
    points = {one.code for one in study.points}
    members = Membership.objects.filter(study=slug, role=Role.INTERVIEWER, ended=None)
    members = members.exclude(code="").select_related("person").order_by("code")
    held = list(
        Assignment.objects.filter(study=slug, ended=None, point__in=points)
        .select_related("membership")
        .order_by("day", "begins", "pk")
    )
    return [
        Interviewer(
            one.code,
            one.person.name,
            assignments=tuple(_sent(each, held) for each in held if each.membership_id == one.pk),
        )
        for one in members
    ]


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
