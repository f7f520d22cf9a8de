"""Asking for results, and how far they are.

In: a language, a slug. Out: for a request to build, the way back to the page; for a question about
progress, the piece of the page that shows it.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from tyndau_server.analysis.request import request_results
from tyndau_server.analysis.shown import edition_of
from tyndau_server.home.doors import doors_of
from tyndau_server.home.standing import standing_of
from tyndau_server.home.state import state_of
from tyndau_server.look.page import page
from tyndau_server.studies.served import folder_of


@require_POST
def build(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Ask for the results of a study."""
    request_results(folder_of(slug))
    return HttpResponseRedirect(reverse("study", args=[language, slug]))


@require_safe
@never_cache
def progress(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Tell how far a study is; one that went on meanwhile has its page loaded again."""
    standing = standing_of(
        folder_of(slug), edition_of(request), getattr(request, "membership", None)
    )
    state = state_of(standing, doors_of(request, language, slug))
    if state.key != request.GET.get("key"):
        return HttpResponseClientRefresh()
    return page(request, language, "home/progress.html", {"state": state, "slug": slug}, alone=True)
