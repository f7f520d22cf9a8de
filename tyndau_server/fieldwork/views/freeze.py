"""Freezing a wave: what stands ready, and the button that asks for it.

In: a language, a slug; in the form the name of the wave and what is left out on purpose. Out: the
page, which shows how far the work is; or the page with what keeps it from being done.
"""

from collections.abc import Collection
from datetime import datetime, tzinfo
from itertools import chain, count
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message, Number
from tyndau_server.fieldwork.links import too_strong
from tyndau_server.fieldwork.ready import check_freeze, readiness
from tyndau_server.fieldwork.seen import membership_of
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue
from tyndau_server.look.clock import said_at
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language, problems_of
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_ASKED = N_("Wave {wave} is being frozen.")
_ANOTHER = N_("Another wave is being frozen; ask again when it is done.")


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show what stands ready, or ask for it to be frozen."""
    if request.method != "POST":
        return _page(request, language, slug)
    study = describe(folder_of(slug)).study
    if study is None:
        return _page(request, language, slug)
    asked = {
        "wave": request.POST.get("wave", "").strip(),
        "revise": request.POST.get("revise") == "yes",
        "without_undecided": request.POST.get("without_undecided") == "yes",
        "ignore": request.POST.get("ignore", "").replace(",", " ").split(),
    }
    try:
        plan = check_freeze(
            study,
            str(asked["wave"]),
            revise=bool(asked["revise"]),
            without_undecided=bool(asked["without_undecided"]),
        )
    except UserError as error:
        return _page(request, language, slug, error)
    person = membership_of(request).person
    asked["wave"] = plan.wave
    job = enqueue(slug, "freeze", arguments=asked, asked_by=person)
    if job.arguments == asked:
        notify(request, language, Message(_ASKED, {"wave": plan.wave}))
    else:
        notify(request, language, Message(_ANOTHER), "warning")
    return HttpResponseRedirect(reverse("freeze", args=[language, slug]))


def _page(
    request: HttpRequest, language: str, slug: str, error: UserError | None = None
) -> HttpResponse:
    described = describe(folder_of(slug))
    ready = readiness(slug)
    forms = described.study.forms if described.study else {}
    warnings = too_strong(described.study) if described.study else []
    job = Job.objects.filter(study=slug, kind="freeze").last()
    zone = described.zone
    shown: dict[str, Any] = {
        "described": described,
        "slug": slug,
        "office": True,
        "lines": [
            {"title": forms[one.population].title if one.population in forms else one.population,
             "own": one.population in forms, "ready": one,
             "rejected": one.counts.get("rejected", 0)}
            for one in ready
        ],
        "can": described.study and any(one.ready for one in ready if one.population in forms),
        "going": Number(sum(one.ready for one in ready if one.population in forms)),
        "came": Number(sum(sum(one.counts.values()) for one in ready if one.population in forms)),
        "undecided": sum(one.undecided for one in ready),
        "job": job,
        "asked": said_at(job.created, zone) if job else "",
        "moving": bool(job and job.state in Job.OPEN),
        "problems": [*problems_of(error), *map(in_every_language, warnings)],
        "typed": request.POST,
        "example": _free_name([wave.name for wave in described.waves], timezone.now(), zone),
    }  # fmt: skip
    status = 409 if error else 200
    return page(request, language, "fieldwork/freeze.html", shown, status=status)


def _free_name(taken: Collection[str], now: datetime, zone: tzinfo) -> str:
    """Return a name for a wave of the present quarter that no wave has."""
    day = now.astimezone(zone)
    quarter = f"{day:%Y}-q{(day.month + 2) // 3}"
    again = (f"{quarter}-{number}" for number in count(2))
    return next(name for name in chain([quarter], again) if name not in taken)
