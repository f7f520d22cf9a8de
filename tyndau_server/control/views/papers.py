"""Papers of the field: made by the worker, given out as one file; photos for the badges.

In: a language, a slug; photos that were sent, the number of an interviewer. Out: the page, the way
back to it, a zip file, a photo. The page shows photos to those who may see interviews; on printed
badges, whoever may print them sees them: head and administrator too. A supervisor of some
territories has to do with the own interviewers alone.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import Problem
from tyndau.base.languages import N_, Message
from tyndau_server.audit import log
from tyndau_server.control.papers import edition_for, member_for
from tyndau_server.control.photos import MOST_MEGABYTES, remove_photo, take_photos
from tyndau_server.fieldwork.filters import whole_number
from tyndau_server.fieldwork.seen import is_limited, membership_of
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.people.matrix import MATRIX
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.people.photos import photo_of
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_PRINT = "print-papers"
_KEPT = N_("Photos kept: {codes}.")
_REMOVED = N_("The photo is removed.")


@require_safe
def papers(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show who has a photo, and the papers that are made."""
    return _page(request, language, slug)


@require_POST
def papers_print(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Have the worker make all papers."""
    folder_of(slug)
    enqueue(slug, _PRINT, asked_by=_person(request))
    return HttpResponseRedirect(reverse("papers", args=[language, slug]))


@require_safe
def papers_file(request: HttpRequest, language: str, slug: str) -> FileResponse:
    """Give the papers out."""
    folder_of(slug)
    path = edition_for(slug, _membership(request)).path
    if not path.is_file():
        raise Http404(slug)
    content = path.open("rb")
    log.write("papers.fetched", actor=_person(request), study=slug, subject=path.name)
    response = FileResponse(content, as_attachment=True, filename=f"{slug}-papers.zip")
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def photos_upload(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Keep photos, each for the interviewer after whose code it is named, or one for one."""
    folder_of(slug)
    members = edition_for(slug, membership_of(request)).members
    chosen = request.POST.get("interviewer", "")
    whose = _member(request, slug, whole_number(chosen)) if chosen else None
    files = request.FILES.getlist("photos")
    taken = take_photos(files, members, whose, by=_person(request))
    if taken.codes:
        notify(request, language, Message(_KEPT, {"codes": ", ".join(taken.codes)}))
    if taken.problems:
        return _page(request, language, slug, taken.problems)
    return HttpResponseRedirect(reverse("papers", args=[language, slug]))


@require_safe
def photo(request: HttpRequest, language: str, slug: str, number: int) -> FileResponse:
    """Show a photo."""
    folder_of(slug)
    path = photo_of(_member(request, slug, number))
    if path is None:
        raise Http404(number)
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def photo_remove(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Remove a photo."""
    folder_of(slug)
    member = _member(request, slug, number)
    if remove_photo(member, by=_person(request)):
        notify(request, language, Message(_REMOVED))
    return HttpResponseRedirect(reverse("papers", args=[language, slug]))


def _page(
    request: HttpRequest, language: str, slug: str, problems: Sequence[Problem] = ()
) -> HttpResponse:
    described = describe(folder_of(slug))
    membership = _membership(request)
    edition = edition_for(slug, membership)
    job = Job.objects.filter(study=slug, kind=_PRINT).order_by("id").last()
    made = edition.path.stat().st_mtime if edition.path.is_file() else None
    role = membership.role if membership else ""
    shown = {
        "described": described,
        "slug": slug,
        "office": role == Role.SOCIOLOGIST,
        "own": membership is not None and is_limited(membership),
        "sees_photos": role in MATRIX["photo"].roles,
        "lines": [(one, photo_of(one) is not None) for one in edition.members],
        "made": datetime.fromtimestamp(made, UTC) if made else None,
        "making": job is not None and job.state in Job.OPEN,
        "failed": job.problems if job is not None and job.state == Job.State.FAILED else (),
        "most": MOST_MEGABYTES,
        "problems": [in_every_language(one) for one in problems],
    }
    response = page(
        request, language, "control/papers.html", shown, simulated=described.fictional,
        status=422 if problems else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def _membership(request: HttpRequest) -> Membership | None:
    """Return what a person is in the study; None for an administrator without a part in it."""
    found: Membership | None = request.membership  # type: ignore[attr-defined] # set by the gate
    return found


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the gate lets nobody else in
    return request.user


def _member(request: HttpRequest, slug: str, number: int | None) -> Membership:
    found = None if number is None else member_for(slug, membership_of(request), number)
    if found is None:
        raise Http404(number)
    return found
