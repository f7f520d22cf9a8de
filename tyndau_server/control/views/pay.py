"""Pay: what interviewers are owed, cuts decided and taken back.

In: a language, a slug; an interviewer, a sum, a reason; the number of a cut. Out: the page, and the
way back to it. Register and acts are written by the worker and given out as files.
"""

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message
from tyndau.fieldwork.control.pay import money
from tyndau.study import Study
from tyndau_server.audit import log
from tyndau_server.control import owed
from tyndau_server.control.pay_files import ENDINGS, STEMS, files_of_register
from tyndau_server.fieldwork.filters import whole_number
from tyndau_server.fieldwork.seen import membership_of
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people.models import Membership, Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_CUT = N_("It is decided; the interviewer sees the sum and the reason.")
_REVOKED = N_("The cut is taken back.")
_PRINT = "print-pay"
_TITLES = {"register": N_("Register"), "acts": N_("Acts")}
_NAMES = {"kk": "Қазақша", "ru": "Русский"}
_WAYS = {"docx": "Word", "pdf": "PDF"}


@require_safe
def pay(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the register."""
    return _page(request, language, slug)


@require_POST
def pay_print(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Have the worker write register and acts."""
    folder_of(slug)
    enqueue(slug, _PRINT, asked_by=membership_of(request).person)
    return HttpResponseRedirect(reverse("pay", args=[language, slug]))


@require_safe
def pay_file(request: HttpRequest, language: str, slug: str, name: str) -> FileResponse:
    """Give a file of the present register out."""
    study = describe(folder_of(slug)).study
    path = files_of_register(slug, study, owed.register_of(slug, study)).get(name)
    if path is None:
        raise Http404(name)
    content = path.open("rb")
    log.write("pay.fetched", actor=membership_of(request).person, study=slug, subject=name)
    response = FileResponse(content, as_attachment=True, filename=f"{slug}-{name}")
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def cut_make(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Decide to pay an interviewer less."""
    study = describe(folder_of(slug)).study
    number = whole_number(request.POST.get("interviewer", "")) or 0
    member = Membership.objects.filter(study=slug, role=Role.INTERVIEWER, pk=number).first()
    if member is None:
        return _page(request, language, slug)
    sent = request.POST
    try:
        owed.cut(
            slug, study, member, sent.get("amount", "")[:40], sent.get("reason", ""),
            by=membership_of(request).person,
        )  # fmt: skip
    except UserError as error:
        return _page(request, language, slug, error)
    notify(request, language, Message(_CUT))
    return HttpResponseRedirect(reverse("pay", args=[language, slug]))


@require_POST
def cut_revoke(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Take a cut back."""
    folder_of(slug)
    found = owed.cuts_of(slug).filter(pk=number).first()
    if found is None:
        raise Http404(number)
    owed.revoke(found, by=membership_of(request).person)
    notify(request, language, Message(_REVOKED))
    return HttpResponseRedirect(reverse("pay", args=[language, slug]))


def _page(
    request: HttpRequest, language: str, slug: str, error: UserError | None = None
) -> HttpResponse:
    described = describe(folder_of(slug))
    lines = owed.register_of(slug, described.study)
    shown = {
        "described": described,
        "slug": slug,
        "rate": owed.rate_of(described.study),
        "lines": lines,
        "accepted": sum(one.line.accepted for one in lines),
        "earned": sum((one.line.earned for one in lines), money(0)),
        "cut": sum((one.line.cut for one in lines), money(0)),
        "owed": sum((one.line.owed for one in lines), money(0)),
        **_printed(slug, described.study, lines),
        "cuts": owed.cuts_of(slug),
        "problems": problems_of(error),
        "typed": request.POST,
    }
    response = page(
        request, language, "control/pay.html", shown, simulated=described.fictional,
        status=422 if error else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def _printed(slug: str, study: Study | None, lines: Sequence[owed.Owed]) -> dict[str, Any]:
    """Return the files of the register, and how far making them is."""
    job = Job.objects.filter(study=slug, kind=_PRINT).order_by("id").last()
    made = files_of_register(slug, study, lines)
    files = [
        (
            Message(_TITLES[stem]),
            [
                (code, name, f"{_NAMES[code]}, {_WAYS[ending]}")
                for code in CONTENT_LANGUAGES
                for ending in ENDINGS
                if (name := f"{stem}-{code}.{ending}") in made
            ],
        )
        for stem in STEMS
    ]
    return {
        "files": [one for one in files if one[1]],
        "making": job is not None and job.state in Job.OPEN,
        "failed": job.problems if job is not None and job.state == Job.State.FAILED else (),
    }
