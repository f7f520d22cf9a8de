"""What could not be taken as interviews: the list, one of it, its bytes, and what is done with it.

In: a language, a slug, the number of one. Out: pages; for the bytes, the body exactly as it came;
for what is done, the way back. Nothing is removed here.
"""

from datetime import tzinfo
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message, Number
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.advice import advice
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.compared import compared
from tyndau_server.fieldwork.models import Quarantined, Submission
from tyndau_server.fieldwork.receive import SettledMeanwhile, again
from tyndau_server.fieldwork.refusals import Refused
from tyndau_server.fieldwork.seen import membership_of, quarantined_of, submissions_of
from tyndau_server.fieldwork.settle import already_settled, set_aside
from tyndau_server.fieldwork.tombstones import Withdrawn
from tyndau_server.fieldwork.words import submission_badge
from tyndau_server.look.clock import said_at
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.people.models import Membership
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_PAGE = 50
_TAKEN = N_("It was read again and is an interview now.")
_STILL = N_("It still cannot be taken: {why}")
_WITHDRAWN = N_("The respondent withdrew this interview: it is not taken, and is being erased.")
_ASIDE = N_("It is set aside; its bytes are kept.")


@require_safe
def quarantine(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the list: what waits for somebody, or what is settled."""
    described = describe(folder_of(slug))
    zone = described.zone
    settled = request.GET.get("settled", "") == "yes"
    seen = quarantined_of(membership_of(request))
    waiting = seen.filter(settled=None).count()
    rows = seen.exclude(settled=None) if settled else seen.filter(settled=None)
    rows = rows.select_related("membership__person", "settled_by").order_by("-last", "-pk")
    found = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    shown = {
        "described": described,
        "slug": slug,
        "settled": settled,
        "waiting": waiting,
        "page": found,
        "rows": [_line(one, zone) for one in found],
    }
    return _never_kept(page(request, language, "fieldwork/quarantine.html", shown))


@require_safe
def quarantined(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show one."""
    return _one(request, language, slug, _found(request, number))


@require_POST
def quarantined_settle(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Read it again, or set it aside."""
    found = _found(request, number)
    membership = membership_of(request)
    zone = describe(folder_of(slug)).zone
    try:
        if request.POST.get("do") == "set-aside":
            set_aside(found, request.POST.get("reason", ""), by=membership.person, zone=zone)
            notify(request, language, Message(_ASIDE))
        else:
            _again(found, membership, zone)
            notify(request, language, Message(_TAKEN))
    except Withdrawn:
        notify(request, language, Message(_WITHDRAWN), "warning")
        return HttpResponseRedirect(reverse("quarantine", args=[language, slug]))
    except Refused as refused:
        why = advice(refused.refusal.code).what
        notify(request, language, Message(_STILL, {"why": why}), "warning")
    except UserError as error:
        found_wrong = [in_every_language(problem) for problem in error.problems]
        return _one(request, language, slug, found, found_wrong)
    return HttpResponseRedirect(reverse("quarantined", args=[language, slug, number]))


@require_safe
def quarantined_bytes(request: HttpRequest, language: str, slug: str, number: int) -> FileResponse:
    """Send the body exactly as it came."""
    found = _found(request, number)
    try:
        stream = open_blob(found.body_sha256)
    except FileNotFoundError:
        raise Http404(number) from None
    name = f"quarantine-{found.pk}.bin"
    return FileResponse(
        stream, as_attachment=True, filename=name, content_type="application/octet-stream"
    )


def _again(found: Quarantined, by: Membership, zone: tzinfo) -> None:
    def may_replace(before: Submission) -> bool:
        return submissions_of(by).filter(pk=before.pk).exists()

    try:
        again(found, by=by.person, may_replace=may_replace)
    except SettledMeanwhile as error:
        found.refresh_from_db()
        raise already_settled(found, zone) from error
    except FileNotFoundError as error:
        raise problems.BYTES_MISSING.error(sha256=found.body_sha256) from error


def _one(
    request: HttpRequest,
    language: str,
    slug: str,
    found: Quarantined,
    wrong: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    described = describe(folder_of(slug))
    beside = compared(found, submissions_of(membership_of(request)))
    shown = {
        "described": described,
        "slug": slug,
        "line": _line(found, described.zone),
        "compared": beside,
        "here_since": said_at(beside.here.received, described.zone) if beside else "",
        "here_badge": submission_badge(beside.here.state) if beside else None,
        "problems": wrong,
        "typed": request.POST.get("reason", ""),
    }
    status = 409 if wrong else 200
    response = page(request, language, "fieldwork/quarantined.html", shown, status=status)
    return _never_kept(response)


def _found(request: HttpRequest, number: int) -> Quarantined:
    seen = quarantined_of(membership_of(request))
    found = seen.select_related("membership__person", "settled_by", "token").filter(pk=number)
    one = found.first()
    if one is None:
        raise Http404(number)
    return one


def _line(one: Quarantined, zone: tzinfo) -> dict[str, Any]:
    return {
        "row": one,
        "advice": advice(one.reason),
        "received": said_at(one.received, zone),
        "last": said_at(one.last, zone),
        "settled": said_at(one.settled, zone),
        "kilobytes": Number(max(1, round(one.size / 1024))),
    }


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
