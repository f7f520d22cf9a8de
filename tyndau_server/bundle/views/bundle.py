"""Moving a study: its bundles to be downloaded, another to be made, one to be taken in.

In: a language, a slug, the name of a bundle. Out: pages, a file, jobs.
"""

from datetime import UTC, datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import refusal
from tyndau.base.languages import N_, Message, Number
from tyndau_server.audit import log
from tyndau_server.bundle import problems
from tyndau_server.bundle.work import EXPORT, TAKE_IN, bundles_of, drop_upload, keep_upload
from tyndau_server.jobs.kinds import KINDS
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import SERVER, enqueue
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.people.models import Person
from tyndau_server.studies.described import describe
from tyndau_server.studies.problems import NO_ROOT, NO_UPLOAD
from tyndau_server.studies.served import folder_of, root
from tyndau_server.studies.shown import told

_ASKED = N_("The bundle is being made; it stands here when it is ready.")
_TAKING = N_("The bundle is being taken in; the study appears when it is whole.")
_SIZE = N_("{size} MB")
_MOST_SHOWN = 5


@require_safe
def bundle(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the bundles of a study."""
    described = describe(folder_of(slug))
    job = Job.objects.filter(study=slug, kind=EXPORT).order_by("id").last()
    shown = {
        "described": described,
        "job": job,
        "moving": job is not None and job.state in Job.OPEN,
        "bundles": [
            {
                "name": path.name,
                "size": Message(_SIZE, {"size": Number(path.stat().st_size / 2**20, 1)}),
                "moment": datetime.fromtimestamp(path.stat().st_mtime, UTC),
            }
            for path in bundles_of(slug)
        ],
    }
    return page(request, language, "bundle/bundle.html", shown)


@require_POST
def bundle_make(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Ask for a bundle of a study."""
    folder_of(slug)
    enqueue(slug, EXPORT, asked_by=_person(request))
    notify(request, language, Message(_ASKED), "info")
    return HttpResponseRedirect(reverse("bundle", args=[language, slug]))


@require_safe
def bundle_file(request: HttpRequest, language: str, slug: str, name: str) -> FileResponse:
    """Give a bundle out."""
    folder_of(slug)
    path = next((one for one in bundles_of(slug) if one.name == name), None)
    if path is None:
        raise Http404(name)
    log.write("study.downloaded", actor=_person(request), study=slug, subject=name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_safe
def bundles(request: HttpRequest, language: str) -> HttpResponse:
    """Show where a bundle is taken in, and how far those are that came."""
    return _bundles(request, language)


@require_POST
def bundle_take_in(request: HttpRequest, language: str) -> HttpResponse:
    """Keep a bundle and ask for it to be taken in."""
    upload = request.FILES.get("bundle")
    if upload is None:
        return _bundles(request, language, told([NO_UPLOAD.at()]), status=422)
    try:
        key = keep_upload(upload.chunks())
    except OSError as error:
        wrong = told([problems.CANNOT_WRITE.at(reason=refusal(error))])
        return _bundles(request, language, wrong, status=507)
    job = enqueue(SERVER, TAKE_IN, arguments={"upload": key}, asked_by=_person(request))
    if job.arguments["upload"] != key:
        drop_upload(key)
        return _bundles(request, language, told([problems.ANOTHER.at()]), status=409)
    notify(request, language, Message(_TAKING), "info")
    return HttpResponseRedirect(reverse("bundles", args=[language]))


def _bundles(
    request: HttpRequest, language: str, wrong: object = (), status: int = 200
) -> HttpResponse:
    jobs = list(Job.objects.filter(study=SERVER, kind=TAKE_IN).order_by("-id")[:_MOST_SHOWN])
    shown = {
        "problems": wrong,
        "nowhere": told([NO_ROOT.at()]) if root() is None else (),
        "jobs": jobs,
        "doing": Message(KINDS[TAKE_IN].doing),
        "moving": any(job.state in Job.OPEN for job in jobs),
    }
    return page(request, language, "bundle/bundles.html", shown, status=status)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the gate lets nobody else in
    return request.user
