"""Asking for results, and how far they are.

In: a language, a slug. Out: for a request to build, the way back to the page; for a question about
progress, what the script of the page shows.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau_server.analysis.request import request_results
from tyndau_server.home.state import state_of
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of


@require_POST
def build(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Ask for the results of a study."""
    request_results(folder_of(slug))
    return HttpResponseRedirect(reverse("study", args=[language, slug]))


@require_safe
def progress(request: HttpRequest, language: str, slug: str) -> JsonResponse:
    """Tell how far a study is."""
    state = state_of(describe(folder_of(slug)))
    response = JsonResponse(
        {
            "key": state.key,
            "percent": state.percent,
            "words": (state.words or {}).get(language, ""),
        }
    )
    response["Cache-Control"] = "no-store"
    return response
