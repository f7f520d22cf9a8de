"""The way in and out.

In: an address and a password. Out: a session.
"""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.languages import N_, Message
from tyndau_server.look.page import page

_SIGN_IN = N_("Sign in")


@require_safe
def sign_in(request: HttpRequest, language: str) -> HttpResponse:
    """Show the way in."""
    return page(request, language, "people/sign-in.html", {"title": Message(_SIGN_IN)})


@require_POST
def sign_out(request: HttpRequest, language: str) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in", args=[language]))
