"""Bringing files to a study's design: sent, looked at, taken over, or gone back on.

In: a language, a slug, files, the key of what was sent. Out: pages; what is wrong is shown on the
page from which it came, and what was sent is kept.
"""

from io import BytesIO

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError, refusal
from tyndau.base.languages import N_, Message
from tyndau.study.versions import is_design
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.people.models import Person
from tyndau_server.studies import problems, staging
from tyndau_server.studies.design import accept, bring, current_version, restore
from tyndau_server.studies.prepared import prepare, since
from tyndau_server.studies.served import folder_of
from tyndau_server.studies.shown import changed, file_words, told
from tyndau_server.studies.views.design import of_design

_TAKEN = N_("Version {number} is the design of the study now.")
_BACK = N_("Version {number} has the files of version {earlier} again.")
_SAME = N_("Nothing differs from version {number}; no version was made.")


@require_POST
def design_upload(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Keep files that were sent, to be looked at."""
    study = folder_of(slug)
    try:
        staged = bring(
            study,
            request.FILES.getlist("files"),
            [path for path in request.POST.getlist("remove") if is_design(path)],
            base=_number(request, "base"),
            by=_person(request.user),
        )
    except UserError as error:
        shown = of_design(slug) | {"problems": told(error.problems)}
        return page(request, language, "studies/design.html", shown, status=422)
    except OSError as error:
        fault = problems.NOT_WRITTEN.at(reason=refusal(error))
        shown = of_design(slug) | {"problems": told([fault])}
        return page(request, language, "studies/design.html", shown, status=507)
    return HttpResponseRedirect(reverse("design-staged", args=[language, slug, staged.key]))


@require_safe
def design_staged(request: HttpRequest, language: str, slug: str, key: str) -> HttpResponse:
    """Show what files that were sent would change."""
    return _look(request, language, slug, key)


@require_safe
def design_staged_file(
    request: HttpRequest, language: str, slug: str, key: str, number: int
) -> FileResponse:
    """Give a file back as it was sent."""
    folder_of(slug)
    staged = staging.find(slug, key)
    if number >= len(staged.files):
        raise Http404(str(number))
    content = staged.content(number)
    name = staged.files[number].name
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )


@require_POST
def design_take_over(request: HttpRequest, language: str, slug: str, key: str) -> HttpResponse:
    """Take over what was sent."""
    study = folder_of(slug)
    staged = staging.find(slug, key)
    before = current_version(study).number
    try:
        version = accept(
            study,
            staged,
            expected=_number(request, "expected"),
            note=request.POST.get("note", ""),
            by=_person(request.user),
        )
    except UserError as error:
        return _look(request, language, slug, key, error)
    except OSError as error:
        fault = problems.NOT_WRITTEN.error(reason=refusal(error))
        return _look(request, language, slug, key, fault)
    made = staged.taken or version.number > before
    said = Message(_TAKEN if made else _SAME, {"number": version.number})
    notify(request, language, said)
    return HttpResponseRedirect(reverse("design", args=[language, slug]))


@require_POST
def design_go_back(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Make an earlier version the current one again."""
    study = folder_of(slug)
    before = current_version(study).number
    try:
        version = restore(
            study, number, note=request.POST.get("note", ""), by=_person(request.user)
        )
    except UserError as error:
        shown = of_design(slug) | {"problems": told(error.problems)}
        return page(request, language, "studies/design.html", shown, status=409)
    made = version.number > before
    values = {"number": version.number, "earlier": number}
    notify(request, language, Message(_BACK if made else _SAME, values))
    return HttpResponseRedirect(reverse("design", args=[language, slug]))


def _look(
    request: HttpRequest, language: str, slug: str, key: str, error: UserError | None = None
) -> HttpResponse:
    study = folder_of(slug)
    staged = staging.find(slug, key)
    shown = of_design(slug)
    prepared = prepare(study, staged)
    shown |= {
        "staged": staged,
        "sent": [
            {"name": file.name, "is": file_words(file.path), "path": file.path}
            for file in staged.files
        ],
        "removed": [file_words(path) for path in staged.removed],
        "prepared": prepared,
        "next": prepared.current + 1,
        "problems": told(error.problems) if error else (),
        "errors": told(prepared.errors),
        "remarks": told(prepared.remarks),
        "stale": told(problem for _, problem in prepared.stale),
        "since": changed(
            one
            for file, problem in prepared.stale
            if problem.kind is problems.STALE
            for one in since(study, file.base, prepared.current, file.path)
        ),
        "changes": changed(prepared.changes),
    }
    return page(request, language, "studies/staged.html", shown, status=409 if error else 200)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _person(user: AbstractBaseUser | AnonymousUser) -> Person:
    assert isinstance(user, Person)  # the gate lets nobody else in
    return user
