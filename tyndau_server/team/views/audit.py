"""The log of a study: who decided what, the newest first.

In: a study, filters, a page. Out: the page.
"""

from datetime import date, datetime, time, timedelta, tzinfo

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau_server.audit.actions import in_words
from tyndau_server.audit.models import Entry
from tyndau_server.look.page import page
from tyndau_server.team.details import details
from tyndau_server.team.offer import offer_of
from tyndau_server.team.reasons import reasons_of

_A_PAGE = 50


@require_safe
def audit(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show what was decided of the study."""
    zone = offer_of(slug).zone
    entries = Entry.objects.filter(study=slug)
    actions = entries.order_by("action").values_list("action", flat=True).distinct()
    people = entries.order_by("actor_name").values_list("actor_name", flat=True).distinct()
    listed = Paginator(_filtered(request, entries, zone).order_by("-number"), _A_PAGE)
    shown_page = listed.get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    reasons = reasons_of(slug, list(shown_page))
    shown = {
        "slug": slug,
        "zone": zone,
        "page": shown_page,
        "lines": [
            (one, in_words(one.action), one.moment, details(one, reasons.get(one.number, "")))
            for one in shown_page
        ],
        "actions": [(code, in_words(code)) for code in actions],
        "people": list(people),
        "asked": request.GET,
        "kept": kept.urlencode(),
        "count": listed.count,
    }
    return page(request, language, "team/audit.html", shown)


def _filtered(request: HttpRequest, entries: QuerySet[Entry], zone: tzinfo) -> QuerySet[Entry]:
    asked = request.GET
    if asked.get("action"):
        entries = entries.filter(action=asked["action"].replace("\0", ""))
    if asked.get("who"):
        entries = entries.filter(actor_name=asked["who"].replace("\0", ""))
    begin, end = _day(asked.get("from", "")), _day(asked.get("to", ""))
    if begin:
        entries = entries.filter(moment__gte=datetime.combine(begin, time(), zone))
    if end:
        after = end + timedelta(days=1)
        entries = entries.filter(moment__lt=datetime.combine(after, time(), zone))
    return entries


def _day(typed: str) -> date | None:
    """Return the day that a field holds; what is no day, or no year of ours, filters nothing."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
