"""Light or dark: what a visitor chose for this browser.

In: a form of the page's menu. Out: a cookie and the way back. It is the one thing that a browser
remembers of the look; without it pages are as the visitor's system is.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tyndau_server.look.page import SCHEME, SCHEMES

_YEAR = 365 * 24 * 60 * 60


@require_POST
def scheme(request: HttpRequest, language: str) -> HttpResponse:
    """Remember which scheme was chosen; ``system`` forgets it."""
    chosen = request.POST.get("scheme", "")
    if chosen not in (*SCHEMES, "system"):
        return HttpResponseBadRequest()
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("index", args=[language])
    response = HttpResponseRedirect(back)
    if chosen == "system":
        response.delete_cookie(SCHEME, samesite="Lax")
    else:
        response.set_cookie(
            SCHEME, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
