"""The demonstration: coming in as a made-up person, by one click.

In: a role. Out: a session. It is there only where the server listens to this machine alone
(``TYNDAU_DEMO``); elsewhere the address does not exist.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tyndau_server.people import session
from tyndau_server.people.demo import ADMINISTRATOR, NAMES, made_up
from tyndau_server.people.views.door import back_to
from tyndau_server.studies.served import served


@require_POST
def demo(request: HttpRequest, language: str) -> HttpResponse:
    """Come in as somebody made up."""
    role = request.POST.get("role", "")
    if not settings.TYNDAU_DEMO or role not in NAMES:
        raise Http404
    session.begin(request, made_up(role, served()), demo=True)
    if role == ADMINISTRATOR and not request.POST.get("next"):
        return HttpResponseRedirect(reverse("persons", args=[language]))
    return HttpResponseRedirect(back_to(request, language))
