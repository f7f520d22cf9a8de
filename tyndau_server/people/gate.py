"""The gate: every request passes here and is asked by the matrix whether it may.

In: a request whose route is known. Out: nothing where it may go on, with ``request.membership`` set
where the route is one of a study; else the way to sign in, or a refusal. A study in which one has
no part answers as one that does not exist.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from tyndau_server.look.page import language_of
from tyndau_server.people.matrix import MATRIX, Row
from tyndau_server.people.models import Membership, Person

Answer = Callable[[HttpRequest], HttpResponse]


class Gate:
    """The middleware."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on."""
        return self._get_response(request)

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
        person = request.user
        if not isinstance(person, Person):
            return _to_sign_in(request)
        if row.scope == "administrator" and not person.administrator:
            raise PermissionDenied
        if row.scope == "study":
            _enter(request, person, str(named["slug"]), row)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the page on which to sign in, and from there back."""
    if request.method not in ("GET", "HEAD"):
        raise PermissionDenied
    back = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('sign-in', args=[language_of(request)])}?{back}")


def _enter(request: HttpRequest, person: Person, slug: str, row: Row) -> None:
    """Let a person into a study, or refuse."""
    membership = Membership.objects.filter(person=person, study=slug, ended=None).first()
    request.membership = membership  # type: ignore[attr-defined] # read by views of a study
    if row.administrator and person.administrator:
        return
    if membership is None:
        raise Http404(slug)
    if membership.role not in row.roles:
        raise PermissionDenied
