"""How far the field is, for the customer and the head: aggregates alone.

In: a language, a slug. Out: the page.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau_server.control.public import progress
from tyndau_server.look.page import page
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of


@require_safe
def field_progress(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show how far the field is."""
    described = describe(folder_of(slug))
    shown = {"described": described, "slug": slug, "found": progress(slug, described.study)}
    return page(request, language, "control/progress.html", shown, simulated=described.fictional)
