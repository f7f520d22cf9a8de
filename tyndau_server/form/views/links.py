"""Links to questionnaires that residents fill in themselves: made, printed, closed.

In: a language, a slug; a population, how many links. Out: the page; personal links as a file, once;
a poster to print.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, say
from tyndau.interchange.csv_write import write_csv
from tyndau_server.fieldwork import links as actions
from tyndau_server.fieldwork.models import Instrument, Link
from tyndau_server.fieldwork.seen import membership_of
from tyndau_server.look.clock import said_at
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language, problems_of
from tyndau_server.people.views.second_factor import qr
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_INVITE = N_(
    "Point your phone's camera at the picture and answer the questions. Taking part is voluntary; "
    "nobody asks your name."
)
_CLOSED = N_("The links lead nowhere any more; interviews that are under way arrive in quarantine.")


@require_safe
def links(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the links of a study."""
    return _page(request, language, slug)


@require_POST
def links_make(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Make an open link, or personal ones, which are given out as a file."""
    folder_of(slug)
    population = request.POST.get("population", "")[:255]
    by = membership_of(request).person
    try:
        if request.POST.get("kind") == "personal":
            count = request.POST.get("count", "")
            number = int(count) if count.isascii() and count.isdecimal() else 0
            made = actions.make_personal(slug, population, number, by=by)
            return _file(request, population, made)
        actions.make_open(slug, population, by=by)
    except UserError as error:
        return _page(request, language, slug, error)
    return HttpResponseRedirect(reverse("links", args=[language, slug]))


@require_POST
def links_close(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Close links that were made at once."""
    folder_of(slug)
    batch = parse_datetime(request.POST.get("batch", "")[:40])
    population = request.POST.get("population", "")[:255]
    by = membership_of(request).person
    if batch and batch.tzinfo and actions.close(slug, population, batch, by=by):
        notify(request, language, Message(_CLOSED))
    return HttpResponseRedirect(reverse("links", args=[language, slug]))


@require_safe
def link_poster(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show an open link as a poster to print."""
    described = describe(folder_of(slug))
    link = Link.objects.filter(pk=number, study=slug, closed=None).exclude(code="").first()
    if link is None:
        raise Http404(number)
    address = _address(request, link.code)
    contractor = described.study.contractor if described.study else ""
    texts = [
        (code, say(described.title, code), Message(_INVITE).say(code), say(contractor, code))
        for code in CONTENT_LANGUAGES
    ]
    shown = {"described": described, "slug": slug, "address": address, "qr": qr(address),
             "texts": texts}  # fmt: skip
    return page(request, language, "form/poster.html", shown)


def _page(
    request: HttpRequest, language: str, slug: str, error: UserError | None = None
) -> HttpResponse:
    described = describe(folder_of(slug))
    of = Instrument.objects.filter(study=slug, state=Instrument.State.FIELD)
    populations = list(of.order_by("population").values_list("population", flat=True).distinct())
    warnings = actions.too_strong(described.study) if described.study else []
    shown = {
        "described": described,
        "slug": slug,
        "office": True,
        "populations": populations,
        "open": [_open(request, one, described.zone) for one in _open_links(slug)],
        "batches": [_batch(one, described.zone) for one in _batches(slug)],
        "problems": [*problems_of(error), *map(in_every_language, warnings)],
        "typed": request.POST,
        "most": actions.MOST,
    }
    return page(request, language, "form/links.html", shown, status=422 if error else 200)


def _open_links(slug: str) -> Iterable[Link]:
    return Link.objects.filter(study=slug).exclude(code="").order_by("closed", "-batch")


def _batches(slug: str) -> Iterable[Mapping[str, Any]]:
    """Count personal links by when they were made."""
    found = Link.objects.filter(study=slug, code="").values("population", "batch")
    return found.annotate(
        count=Count("id"), used=Count("id", filter=~Q(used=None)), closed=Max("closed")
    ).order_by("-batch")


def _open(request: HttpRequest, link: Link, zone: Any) -> dict[str, Any]:
    address = _address(request, link.code)
    path = reverse("link-page", args=[link.code])
    return {"row": link, "address": address, "path": path, "made": said_at(link.batch, zone),
            "closed": said_at(link.closed, zone), "batch": link.batch.isoformat()}  # fmt: skip


def _batch(found: Mapping[str, Any], zone: Any) -> dict[str, Any]:
    return {
        **found,"made": said_at(found["batch"], zone), "closed": said_at(found["closed"], zone),
                    "moment": found["batch"].isoformat()}  # fmt: skip


def _file(request: HttpRequest, population: str, secrets: Iterable[str]) -> HttpResponse:
    """Give personal links out, once, a line each."""
    rows = ([str(at), _address(request, secret)] for at, secret in enumerate(secrets, 1))
    written = "".join(write_csv(["number", "address"], rows))
    answer = HttpResponse(written, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="links-{population}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _address(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("link-page", args=[secret]))
