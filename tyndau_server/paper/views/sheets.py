"""Sheets of paper: the list, where the next one is begun, and the files to print.

In: a language, a slug; to begin, questionnaire, number and interviewer. Out: the list, or the way
to the entry; a job that makes the files, the files. What anybody typed in does not stand here.
"""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau_server.fieldwork.filters import whole_number
from tyndau_server.fieldwork.models import Instrument
from tyndau_server.fieldwork.seen import interviewers_of, membership_of
from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue
from tyndau_server.look.clock import said_at
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.paper import problems
from tyndau_server.paper.enter import LONGEST_NUMBER, begin
from tyndau_server.paper.models import Entry, Sheet
from tyndau_server.paper.printed import files_of
from tyndau_server.paper.seen import instruments_on_paper, sheets_of
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_PAGE = 50
_PRINT = "print"
_NAMES = {"kk": "Қазақша", "ru": "Русский"}


@require_safe
def sheets(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the list."""
    return _list(request, language, slug)


@require_POST
def sheet_begin(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Begin a sheet, or its second entry."""
    membership = membership_of(request)
    try:
        entry = _begun(request, slug, membership)
    except UserError as error:
        return _list(request, language, slug, error)
    return HttpResponseRedirect(reverse("sheet-entry", args=[language, slug, entry.sheet_id]))


@require_POST
def sheets_print(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Ask for the files to print."""
    folder_of(slug)
    enqueue(slug, _PRINT, asked_by=membership_of(request).person)
    return HttpResponseRedirect(reverse("sheets", args=[language, slug]))


@require_safe
def sheets_file(
    request: HttpRequest,
    language: str,
    slug: str,
    number: int,
    content: str,
) -> FileResponse:
    """Give the file of a questionnaire out."""
    study = describe(folder_of(slug)).study
    found = next((one for one in instruments_on_paper(slug, study) if one.pk == number), None)
    path = files_of(found).get(content) if found is not None else None
    if found is None or path is None:
        raise Http404(number)
    name = f"{found.population}-{found.version}-{content}.pdf"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _begun(request: HttpRequest, slug: str, membership: Membership) -> Entry:
    study = describe(folder_of(slug)).study
    chosen = whole_number(request.POST.get("form", ""))
    whose = whole_number(request.POST.get("interviewer", ""))
    number = request.POST.get("number", "").replace("\0", "").strip()[:LONGEST_NUMBER]
    instrument = next((one for one in instruments_on_paper(slug, study) if one.pk == chosen), None)
    interviewer = next((one for one in interviewers_of(membership) if one.pk == whose), None)
    if instrument is None or interviewer is None or not number:
        raise problems.NO_SHEET.error()
    return begin(instrument, number, interviewer, by=membership)


def _list(
    request: HttpRequest, language: str, slug: str, error: UserError | None = None
) -> HttpResponse:
    membership = membership_of(request)
    described = describe(folder_of(slug))
    rows = sheets_of(membership).prefetch_related("entries__person").order_by("-made", "-pk")
    found = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    forms = instruments_on_paper(slug, described.study)
    shown = {
        **_printed(slug, forms),
        "described": described,
        "slug": slug,
        "office": membership.role == Role.SOCIOLOGIST,
        "forms": forms,
        "interviewers": interviewers_of(membership),
        "page": found,
        "rows": [_row(one, membership.person, described.zone) for one in found],
        "typed": request.POST,
        "problems": problems_of(error),
    }
    response = page(
        request, language, "paper/sheets.html", shown,
        simulated=described.fictional, status=400 if error else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def _printed(slug: str, forms: Sequence[Instrument]) -> dict[str, Any]:
    """Return what is printed, and how far the printing is."""
    job = Job.objects.filter(study=slug, kind=_PRINT).order_by("id").last()
    printed = [
        {"form": one, "files": [(code, _NAMES[code]) for code in CONTENT_LANGUAGES if code in made]}
        for one, made in ((one, files_of(one)) for one in forms)
    ]
    return {
        "printed": printed,
        "made": any(line["files"] for line in printed),
        "printing": job is not None and job.state in Job.OPEN,
        "failed": job.problems if job is not None and job.state == Job.State.FAILED else (),
    }


def _row(sheet: Sheet, person: Person, zone: tzinfo) -> dict[str, Any]:
    """Return a line of the list: how far the sheet is, and what this person can do with it."""
    entries = sorted(sheet.entries.all(), key=lambda one: one.turn)
    own = next((one for one in entries if one.person_id == person.pk), None)
    finished = [one for one in entries if one.finished]
    if sheet.sent:
        step = ""
    elif len(finished) == 2:
        step = "compare"
    elif own is not None:
        step = "" if own.finished else "go-on"
    else:
        step = "second" if len(entries) < 2 else ""
    return {
        "sheet": sheet,
        "made": said_at(sheet.made, zone),
        "sent": said_at(sheet.sent, zone),
        "entries": entries,
        "finished": len(finished),
        "step": step,
    }
