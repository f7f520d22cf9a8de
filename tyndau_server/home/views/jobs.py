"""The work of the server on a study: what waits, runs, failed, is done; trying again.

In: a language, a slug, the number of a job. Out: the page; for a request to try again, the way back
to it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.languages import N_, Message
from tyndau_server.analysis.shown import edition_of
from tyndau_server.home.doors import Doors, doors_of
from tyndau_server.home.standing import standing_of
from tyndau_server.home.state import state_of, told
from tyndau_server.jobs.kinds import KINDS
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.retry import retry as ask_again
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.people.models import Person
from tyndau_server.studies.served import folder_of

# The latest are shown: nobody looks for older ones, and the page stays short.
MOST = 50
_ASKED = N_("It will be tried again.")
_STATES = {
    Job.State.WAITING: ("", N_("Waiting for its turn")),
    Job.State.RUNNING: ("info", N_("Under way")),
    Job.State.DONE: ("success", N_("Carried out")),
    Job.State.FAILED: ("error", N_("Failed")),
}


@require_safe
def jobs(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the work on a study, the newest first."""
    standing = standing_of(
        folder_of(slug), edition_of(request), getattr(request, "membership", None)
    )
    described = standing.described
    found = list(Job.objects.filter(study=slug).select_related("asked_by").order_by("-id")[:MOST])
    doors = doors_of(request, language, slug)
    again = doors.may("retry")
    shown = {
        "described": described,
        "zone": described.zone,
        "state": state_of(standing, doors),
        "jobs": [_line(job, doors, again=again and _is_last(job, found)) for job in found],
    }
    return page(request, language, "home/jobs.html", shown)


@require_POST
def retry(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Try failed work again."""
    folder_of(slug)
    job = get_object_or_404(Job, study=slug, id=number)
    person = request.user
    assert isinstance(person, Person)  # the gate lets nobody else in
    ask_again(job, by=person)
    notify(request, language, Message(_ASKED), "info")
    return HttpResponseRedirect(reverse("jobs", args=[language, slug]))


def _is_last(job: Job, found: list[Job]) -> bool:
    """Tell whether nothing later of its kind was asked for: only then is trying again offered."""
    return next(one for one in found if one.kind == job.kind).id == job.id


def _line(job: Job, doors: Doors, *, again: bool) -> dict[str, Any]:
    colour, words = _STATES[Job.State(job.state)]
    return {
        "job": job,
        "what": Message(KINDS[job.kind].name),
        "colour": colour,
        "state": Message(words),
        "asked": job.created,
        "finished": job.finished,
        "problems": told(job, doors),
        "percent": 100 * job.done // job.total if job.total else 0,
        "again": again and job.state == Job.State.FAILED,
    }
