"""Who is signed in and in which study, for the frame of every page.

In: a request. Out: the variable ``chrome`` of templates. It is a context processor, so that
`tyndau_server.look` need not know persons and studies. A study is named only to whom the gate let
in; a refusal says nothing of it.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from tyndau.base.languages import N_, Message, Sayable
from tyndau_server.analysis.shown import edition_of
from tyndau_server.home.course import course
from tyndau_server.home.doors import Doors, doors_of
from tyndau_server.home.standing import standing_of
from tyndau_server.look.page import language_of
from tyndau_server.people.matrix import MATRIX
from tyndau_server.people.models import Person
from tyndau_server.people.words import ROLES
from tyndau_server.studies.served import served

# Pages of the server and of oneself, in the person's menu.
_MENU = {
    "account": N_("My account"),
    "persons": N_("People of the server"),
    "new-study": N_("Add a study"),
}
# Pages of a study beside its course.
_BESIDE = {
    "team": N_("Team"),
    "pay": N_("Pay of interviewers"),
    "jobs": N_("Work of the server"),
    "audit": N_("Log of decisions"),
    "bundle": N_("Move the study"),
}


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Tell the frame who is there and where.

    Parameters
    ----------
    request : HttpRequest
        What was asked for.

    Returns
    -------
    dict
        ``chrome``, empty where nobody is signed in.
    """
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {"chrome": {}}
    language = language_of(request)
    found: dict[str, Any] = {
        "person": person,
        "path": request.path,
        "menu": list(_menu(language, person)),
    }
    slug = _slug(request, person)
    if slug:
        found |= _of_study(request, language, slug)
    return {"chrome": found}


def _slug(request: HttpRequest, person: Person) -> str:
    """Return the study in which a page is, if the gate let the person in."""
    match = request.resolver_match
    slug = str(match.kwargs.get("slug", "")) if match else ""
    inside = getattr(request, "membership", None) is not None or person.administrator
    return slug if inside and slug in served() else ""


def _menu(language: str, person: Person) -> Iterator[tuple[Sayable, str]]:
    for route, words in _MENU.items():
        row = MATRIX.get(route)
        if row and (
            row.scope == "person" or (row.scope == "administrator" and person.administrator)
        ):
            yield Message(words), reverse(route, args=[language])


def _of_study(request: HttpRequest, language: str, slug: str) -> dict[str, Any]:
    doors = doors_of(request, language, slug)
    standing = standing_of(
        served()[slug], edition_of(request), getattr(request, "membership", None)
    )
    match = request.resolver_match
    return {
        "slug": slug,
        "home": reverse("study", args=[language, slug]),
        "title": standing.described.title,
        "fictional": standing.described.fictional,
        "role": ROLES.get(doors.role, ""),
        "course": course(standing, doors, (match.url_name or "") if match else ""),
        "beside": list(_beside(doors)),
    }


def _beside(doors: Doors) -> Iterator[tuple[Sayable, str]]:
    for route, words in _BESIDE.items():
        address = doors.address(route)
        if address:
            yield Message(words), address
