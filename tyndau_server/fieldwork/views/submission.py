"""One interview: answers as read, how it was made, its files, versions and history; its own XML.

In: a language, a slug, the number of a submission, in the query the filters of the list. Out: the
page; or the XML exactly as it came.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau.questionnaire.form import Form
from tyndau.study import Study
from tyndau_server.fieldwork.difference import Change, changes
from tyndau_server.fieldwork.files import missing_files, safe_name, shown_files
from tyndau_server.fieldwork.filters import Filters
from tyndau_server.fieldwork.forms import known, minutes_of, read
from tyndau_server.fieldwork.interview import besides, parts, unknown_codes
from tyndau_server.fieldwork.listing import beside
from tyndau_server.fieldwork.models import Instrument, Submission, Withdrawal
from tyndau_server.fieldwork.reasons import COMMON
from tyndau_server.fieldwork.seen import membership_of, submissions_of
from tyndau_server.fieldwork.timeline import NAME, timeline
from tyndau_server.fieldwork.words import submission_badge
from tyndau_server.look.clock import said_at
from tyndau_server.look.page import page
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of


@require_safe
def submission(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show an interview."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    zone = described.zone
    found = _found(membership, number)
    if found.state == Submission.State.WITHDRAWN:
        return _tombstone(request, language, slug, found)
    form = known(found.instrument)
    instance = read(found)
    attachments = list(found.attachments.order_by("pk"))
    files = shown_files(attachments)
    log = next((one for one in attachments if one.name == NAME), None)
    filters = Filters.read(request.GET)
    listed = filters.narrow(submissions_of(membership).filter(current=True), zone)
    before, after = beside(listed, found)
    typed = typed_form(described.study, found.instrument)
    shown: dict[str, Any] = {
        "described": described,
        "slug": slug,
        "filters": filters,
        "submission": found,
        "badge": submission_badge(found.state),
        "received": said_at(found.received, zone),
        "minutes": minutes_of(found),
        "parts": parts(form, instance, typed, {one.name: one for one in files}),
        "besides": besides(form, instance),
        "unknown": unknown_codes(form, instance),
        "files": files,
        "missing": missing_files(found, attachments),
        "timeline": timeline(log, form, zone) if log else None,
        "versions": _versions(found, membership, zone),
        "history": _history(found, membership, zone),
        "before": before,
        "after": after,
        "reasons": COMMON,
    }
    response = page(request, language, "fieldwork/submission.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def _tombstone(request: HttpRequest, language: str, slug: str, found: Submission) -> HttpResponse:
    """Say of an interview that it was withdrawn; there is nothing else to show."""
    of = {"study": found.study, "interview": found.interview}
    zone = describe(folder_of(slug)).zone
    one = Withdrawal.objects.filter(**of).select_related("by").first()
    shown = {
        "described": describe(folder_of(slug)),
        "slug": slug,
        "received": said_at(found.received, zone),
        "withdrawal": one,
        "moment": said_at(one.moment, zone) if one else "",
    }
    return page(request, language, "fieldwork/withdrawn.html", shown, status=410)


@require_safe
def submission_xml(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Send the XML of an interview exactly as it came."""
    found = _found(membership_of(request), number)
    if found.state == Submission.State.WITHDRAWN:
        raise Http404(number)
    response = HttpResponse(bytes(found.xml), content_type="application/octet-stream")
    name = safe_name(f"{found.instance_id.replace(':', '-')}.xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{_ascii(name)}"'
    response["Cache-Control"] = "no-store"
    return response


def _found(membership: Membership, number: int) -> Submission:
    """Return an interview that somebody sees."""
    seen = submissions_of(membership).select_related("instrument", "membership__person", "token")
    found = seen.defer("instrument__xform").filter(pk=number).first()
    if found is None:
        raise Http404(number)
    return found


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "_")


def typed_form(study: Study | None, instrument: Instrument) -> Form | None:
    """Return an instrument as a form of the study, where it is exactly that.

    Parameters
    ----------
    study : Study or None
        The study as it is now.
    instrument : Instrument
        By which an interview was made.

    Returns
    -------
    Form or None
        None for other versions and for forms of others, whose routing is not known.
    """
    form = study.forms.get(instrument.population) if study else None
    same = form is not None and (form.id, form.version) == (instrument.form_id, instrument.version)
    return form if same else None


def _versions(found: Submission, membership: Membership, zone: Any) -> list[dict[str, Any]]:
    """Return the versions of an interview, the first one first, with what each changed."""
    versions = list(
        submissions_of(membership)
        .filter(interview=found.interview)
        .select_related("instrument", "membership__person")
        .defer("instrument__xform")
        .order_by("received", "pk")
    )
    if len(versions) < 2:
        return []
    lines: list[dict[str, Any]] = []
    earlier: Submission | None = None
    for one in versions:
        changed: tuple[Change, ...] = ()
        if earlier is not None:
            changed = changes(
                (known(earlier.instrument), read(earlier)), (known(one.instrument), read(one))
            )
        lines.append({
            "submission": one,
            "received": said_at(one.received, zone),
            "badge": submission_badge(one.state),
            "changes": changed,
            "first": earlier is None,
            "shown": one.pk == found.pk,
        })  # fmt: skip
        earlier = one
    return lines


def _history(found: Submission, membership: Membership, zone: Any) -> list[dict[str, Any]]:
    """Return what was decided of the versions of an interview."""
    versions = submissions_of(membership).filter(interview=found.interview)
    decisions = found.decisions.model.objects.filter(submission__in=versions.values("pk"))
    return [
        {
            "moment": said_at(one.moment, zone),
            "person": one.person.name,
            "badge": submission_badge(one.after),
            "reason": one.reason,
            "version": one.submission_id != found.pk,
        }
        for one in decisions.select_related("person").order_by("pk")
    ]
