"""The gate: every request passes here and is asked by the matrix whether it may.

In: a request whose route is known. Out: nothing where it may go on, with ``request.membership`` set
where the route is one of a study; else the way to sign in or to the second factor, or a refusal. A
study in which one has no part answers as one that does not exist.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from tyndau_server.look.page import language_of, page
from tyndau_server.people import second_factor, session
from tyndau_server.people.matrix import MATRIX, Row
from tyndau_server.people.models import Membership, Person

Answer = Callable[[HttpRequest], HttpResponse]


class Gate:
    """The middleware.

    Parameters
    ----------
    get_response : callable
        What answers a request that may go on.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on; no cache keeps what was shown to one who is signed in."""
        response = self._get_response(request)
        if getattr(request, "private", False) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Answer,  # noqa: ARG002 - as Django passes it
        parts: tuple[Any, ...],  # noqa: ARG002
        named: Mapping[str, Any],
    ) -> HttpResponse | None:
        """Ask the matrix.

        Parameters
        ----------
        request : HttpRequest
            With its route.
        view, parts, named : callable, tuple, mapping
            What the route leads to and the parts of its address.

        Returns
        -------
        HttpResponse or None
            None where the request may go on.

        Raises
        ------
        PermissionDenied
            If the route has no row, or the person may not.
        Http404
            If the person has no part in the study.
        """
        match = request.resolver_match
        row = MATRIX.get(match.url_name or "") if match else None
        if row is None:
            raise PermissionDenied
        if row.scope in ("everybody", "token"):
            return None
        request.private = True  # type: ignore[attr-defined] # see __call__
        person = request.user
        if not isinstance(person, Person):
            return _to(request, "sign-in")
        if not session.lasts(request):
            logout(request)
            return _to(request, "sign-in")
        memberships = list(Membership.objects.filter(person=person, ended=None))
        if not (row.half or whole(request, person, memberships)):
            return _to(request, "second-factor")
        if row.scope == "administrator" and not person.administrator:
            raise PermissionDenied
        if row.scope == "study":
            _enter(request, person, str(named["slug"]), row, memberships)
        return None


def whole(request: HttpRequest, person: Person, memberships: Sequence[Membership]) -> bool:
    """Tell whether a session has shown all that its person has to show.

    Parameters
    ----------
    request : HttpRequest
        Of the session.
    person : Person
        Whose it is.
    memberships : sequence of Membership
        What the person is in which studies.

    Returns
    -------
    bool
        Whether the second factor was shown, or none is asked for.
    """
    if request.session.get(session.DEMO) or second_factor.verified(request, person):
        return True
    needed = second_factor.needed(person, memberships)
    return not needed and second_factor.device_of(person) is None


def _to(request: HttpRequest, route: str) -> HttpResponse:
    """Lead to where one comes in, and from there back; what was sent has to be sent again."""
    language = language_of(request)
    address = reverse(route, args=[language])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if request.method not in ("GET", "HEAD"):
        return page(request, language, "people/ended.html", {"address": address}, status=403)
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{address}?{back}")


def _enter(
    request: HttpRequest, person: Person, slug: str, row: Row, memberships: Sequence[Membership]
) -> None:
    """Let a person into a study, or refuse."""
    membership = next((one for one in memberships if one.study == slug), None)
    request.membership = membership  # type: ignore[attr-defined] # read by views of a study
    if row.administrator and person.administrator:
        return
    if membership is None:
        raise Http404(slug)
    if membership.role not in row.roles:
        raise PermissionDenied
