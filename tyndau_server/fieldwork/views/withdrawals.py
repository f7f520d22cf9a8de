"""Withdrawing an interview: the code of a slip, what it names, the word that it is to be erased.

In: a language, a slug; in the form the code, then the code again and a reason. Out: pages that show
which interview is meant and nothing that was answered in it; afterwards the list of withdrawals,
which says how far the erasure is.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tyndau.base.errors import Problem, UserError
from tyndau.base.languages import N_, Message
from tyndau.reporting.stale import stale_results
from tyndau_server.fieldwork.erasing import KIND
from tyndau_server.fieldwork.models import Withdrawal
from tyndau_server.fieldwork.seen import (
    membership_of,
    quarantined_of,
    submissions_of,
    withdrawals_of,
)
from tyndau_server.fieldwork.withdraw import Found, find
from tyndau_server.fieldwork.withdraw import withdraw as take_back
from tyndau_server.fieldwork.words import submission_badge
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue
from tyndau_server.look.clock import said_at
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.people.models import Role
from tyndau_server.studies.described import describe, waves_since
from tyndau_server.studies.served import folder_of

_DONE = N_("The interview is withdrawn. What waves and files hold of it is being erased.")
_MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawals(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show what was withdrawn; look for the interview of a code."""
    if request.method != "POST":
        return _page(request, language, slug)
    membership = membership_of(request)
    try:
        found = find(
            request.POST.get("code", ""), submissions_of(membership), quarantined_of(membership)
        )
    except UserError as error:
        return _page(request, language, slug, problems=error.problems)
    return _page(request, language, slug, found)


@require_POST
def withdraw(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Withdraw an interview."""
    membership = membership_of(request)
    seen = submissions_of(membership), quarantined_of(membership)
    try:
        take_back(
            request.POST.get("interview", ""),
            study=slug,
            typed=request.POST.get("again", ""),
            reason=request.POST.get("reason", ""),
            by=membership.person,
            among=seen[0],
            quarantined=seen[1],
        )
    except UserError as error:
        try:
            found: Sequence[Found] = find(request.POST.get("code", ""), *seen)
        except UserError:
            found = ()
        return _page(request, language, slug, found, error.problems)
    enqueue(slug, KIND, asked_by=membership.person)
    notify(request, language, Message(_DONE))
    return HttpResponseRedirect(reverse("withdrawals", args=[language, slug]))


def _page(
    request: HttpRequest,
    language: str,
    slug: str,
    found: Sequence[Found] = (),
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    folder = folder_of(slug)
    described = describe(folder)
    membership = membership_of(request)
    zone = described.zone
    done = withdrawals_of(membership).select_related("by", "membership__person")
    job = Job.objects.filter(study=slug, kind=KIND).last()
    open_ = done.filter(erased=None).exists()
    shown: dict[str, Any] = {
        "described": described,
        "slug": slug,
        "office": membership.role == Role.SOCIOLOGIST,
        "found": [_line(one, folder, zone) for one in found],
        "typed": request.POST,
        "problems": [in_every_language(one) for one in problems],
        "done": [_done(one, zone) for one in done.order_by("-pk")[:_MOST]],
        "job": job,
        "moving": bool(open_ and job and job.state in Job.OPEN),
        "failed": bool(open_ and job and job.state == Job.State.FAILED),
        "stale": stale_results(folder) if done.exists() else [],
    }
    status = 409 if problems else 200
    response = page(request, language, "fieldwork/withdrawals.html", shown, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _line(one: Found, folder: Path, zone: tzinfo) -> dict[str, Any]:
    return {
        "found": one,
        "received": said_at(one.received, zone),
        "badge": submission_badge(one.state) if one.state else None,
        "waves": _waves(folder, one.received),
    }


def _waves(folder: Path, received: datetime) -> list[str]:
    return [f"{name}/r{revision}" for name, revision in waves_since(folder, received)]


def _done(one: Withdrawal, zone: tzinfo) -> dict[str, Any]:
    return {
        "row": one,
        "received": said_at(one.received, zone),
        "moment": said_at(one.moment, zone),
        "erased": said_at(one.erased, zone) if one.erased else "",
    }
