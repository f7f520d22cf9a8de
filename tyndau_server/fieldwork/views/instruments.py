"""Questionnaires as phones get them: issued, agreed, in the field, closed.

In: a language, a slug, a form that was sent. Out: the page, the way back to it, or the bytes of a
questionnaire exactly as phones get them.
"""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message
from tyndau.fieldwork.openrosa import xform_warnings
from tyndau.waves import checked_population
from tyndau_server.fieldwork import instruments as actions
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.files import safe_name
from tyndau_server.fieldwork.forms import xform_of
from tyndau_server.fieldwork.models import Instrument, Media
from tyndau_server.fieldwork.own_forms import own_forms, with_files
from tyndau_server.fieldwork.words import instrument_badge
from tyndau_server.look.clock import said_at
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.studies.described import Described, describe
from tyndau_server.studies.served import folder_of

_DONE = N_("{form}, version {version}: {state}")
_ISSUED = N_("Issued: {form}, version {version}")
_MOST_BYTES = 50_000_000
_ACTIONS: Mapping[str, Callable[[Instrument, Person, str], Instrument]] = {
    "agree": lambda one, by, proof: actions.agree(one, by=by, proof=proof),
    "open": lambda one, by, _: actions.open_field(one, by=by),
    "close": lambda one, by, _: actions.close(one, by=by),
    "pilot-on": lambda one, by, _: actions.set_pilot(one, True, by=by),
    "pilot-off": lambda one, by, _: actions.set_pilot(one, False, by=by),
}


@require_safe
def instruments(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the questionnaires."""
    return _page(request, language, slug)


@require_POST
def instrument_issue(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Issue a questionnaire of the study's folder."""
    described = describe(folder_of(slug))
    if described.study is None:
        raise Http404(slug)
    population = request.POST.get("population", "")
    try:
        xform, files = with_files(described.study, population)
        made = actions.issue(slug, population, xform=xform, files=files, by=_person(request))
    except UserError as error:
        return _page(request, language, slug, error)
    return _issued(request, language, slug, made)


@require_POST
def instrument_upload(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Issue an XForm that was made elsewhere, with its media."""
    folder_of(slug)
    try:
        xform = request.FILES.get("xform")
        if not isinstance(xform, UploadedFile):
            raise problems.NO_FILE.error()
        population = checked_population(request.POST.get("population", "").strip())
        files = {str(one.name): _content(one) for one in request.FILES.getlist("files")}
        made = actions.issue(
            slug, population, xform=_content(xform), files=files, by=_person(request)
        )
    except UserError as error:
        return _page(request, language, slug, error)
    return _issued(request, language, slug, made)


@require_POST
def instrument_act(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Take a questionnaire a step on."""
    found = _found(slug, number)
    act = _ACTIONS.get(request.POST.get("do", ""))
    if act is None:
        return HttpResponse(status=400)
    try:
        made = act(found, _person(request), request.POST.get("proof", ""))
    except UserError as error:
        return _page(request, language, slug, error)
    return _back(request, language, slug, made, _DONE)


@require_safe
def instrument_xform(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Send a form as phones get it."""
    found = _found(slug, number)
    name = safe_name(f"{found.form_id}-{found.version}.xml").encode("ascii", "replace").decode()
    return HttpResponse(
        bytes(found.xform),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name.replace("?", "_")}"'},
    )


@require_safe
def instrument_media(
    request: HttpRequest, language: str, slug: str, number: int, media: int
) -> FileResponse:
    """Send a file of a form as phones get it."""
    found = Media.objects.filter(instrument=_found(slug, number), pk=media).first()
    if found is None:
        raise Http404(media)
    return FileResponse(
        open_blob(found.sha256),
        as_attachment=True,
        filename=safe_name(found.name),
        content_type="application/octet-stream",
    )


def _page(
    request: HttpRequest, language: str, slug: str, error: UserError | None = None
) -> HttpResponse:
    described = describe(folder_of(slug))
    issued = list(
        Instrument.objects.filter(study=slug)
        .defer("xform")
        .select_related("made_by", "agreed_by")
        .prefetch_related("media")
        .annotate(interviews=Count("submissions"))
        .order_by("population", "-made", "-pk")
    )
    zone = described.zone
    membership: Membership | None = request.membership  # type: ignore[attr-defined]
    shown = {
        "described": described,
        "slug": slug,
        "office": bool(membership and membership.role == Role.SOCIOLOGIST),
        "own": own_forms(described.study, issued) if described.study else (),
        "lines": [_line(one, zone, described) for one in issued],
        "problems": [in_every_language(one) for one in error.problems] if error else (),
        "typed": request.POST.get("population", "") if error else "",
    }
    status = 409 if error else 200
    return page(request, language, "fieldwork/instruments.html", shown, status=status)


def _line(one: Instrument, zone: tzinfo, described: Described) -> dict[str, Any]:
    state, forms = one.state, described.study.forms if described.study else {}
    may_pilot = state in (Instrument.State.DRAFT, Instrument.State.SENT, Instrument.State.AGREED)
    return {
        "row": one,
        "badge": instrument_badge(state),
        "title": forms[one.population].title if one.population in forms else one.title.get("ru"),
        "made": said_at(one.made, zone),
        "agreed": said_at(one.agreed, zone),
        "may_agree": state in (Instrument.State.DRAFT, Instrument.State.SENT),
        "may_open": state in (Instrument.State.AGREED, Instrument.State.CLOSED) and not one.piloted,
        "may_close": state == Instrument.State.FIELD,
        "may_pilot": may_pilot,
    }


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the gate lets nobody else in
    return request.user


def _found(slug: str, number: int) -> Instrument:
    found = Instrument.objects.filter(study=slug, pk=number).first()
    if found is None:
        raise Http404(number)
    return found


def _content(file: "UploadedFile[bytes]") -> bytes:
    if (file.size or 0) > _MOST_BYTES:
        raise problems.FILE_TOO_LARGE.error(name=str(file.name), most=_MOST_BYTES // 1_000_000)
    content: bytes = file.read()
    return content


def _issued(request: HttpRequest, language: str, slug: str, made: Instrument) -> HttpResponse:
    """Go back, with what would keep interviews of the form from arriving."""
    answer = _back(request, language, slug, made, _ISSUED)
    for warning in xform_warnings(xform_of(made.pk, made.sha256)):
        notify(request, language, warning.what(language), "warning")
        notify(request, language, warning.remedy(language), "info")
    return answer


def _back(
    request: HttpRequest, language: str, slug: str, made: Instrument, words: str
) -> HttpResponse:
    named = {
        "form": made.form_id,
        "version": made.version,
        "state": instrument_badge(made.state).said,
    }
    notify(request, language, Message(words, named))
    return HttpResponseRedirect(reverse("instruments", args=[language, slug]))
