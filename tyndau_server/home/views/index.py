"""The first page: the studies that are served.

In: a language. Out: a list of studies with their states; without a language, the way to it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from tyndau_server.analysis.shown import edition_for
from tyndau_server.home.doors import Doors, doors_for
from tyndau_server.home.next_step import next_step
from tyndau_server.home.standing import Standing, standing_of
from tyndau_server.home.state import state_of
from tyndau_server.look.page import language_of, page
from tyndau_server.people.models import Person
from tyndau_server.people.scope import memberships_of, slugs_of
from tyndau_server.studies.served import served


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Lead to the first page in the visitor's language."""
    response = HttpResponseRedirect(reverse("index", args=[language_of(request)]))
    response["Vary"] = "Accept-Language"
    return response


@require_safe
def index(request: HttpRequest, language: str) -> HttpResponse:
    """Show the studies."""
    mine = slugs_of(request.user)
    parts = memberships_of(request.user)
    found = {slug: folder for slug, folder in served().items() if slug in mine}
    standings = {
        slug: standing_of(folder, edition_for(parts.get(slug)), parts.get(slug))
        for slug, folder in found.items()
    }
    studies = [
        _line(one, doors_for(request.user, parts.get(slug), language, slug))
        for slug, one in standings.items()
    ]
    moving = any(one.moving for one in standings.values())
    person = request.user
    adds = isinstance(person, Person) and person.administrator
    shown = {
        "studies": studies,
        "moving": moving,
        "add": reverse("new-study", args=[language]) if adds else "",
    }
    return page(request, language, "home/index.html", shown)


def _line(standing: Standing, doors: Doors) -> dict[str, Any]:
    """Describe a study; its next step is only said here: the way to it is on its own page."""
    return {
        "described": standing.described,
        "state": state_of(standing, doors),
        "next": next_step(standing, doors),
    }
