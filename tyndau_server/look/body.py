"""How large a request may be: what is larger is refused before a byte of it is read.

In: a request whose route is known. Out: nothing, or the refusal. It stands after the gate
and before whatever reads the body, so that nobody fills the disk who may not even come in. The
phones' side has its own reading of bodies and its own limits.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

USUAL = 4 * 2**20
# Routes that take files.
LARGER: Mapping[str, int] = {
    "design-upload": 64 * 2**20,
    "unsent": 256 * 2**20,
    "instrument-upload": 200 * 2**20,
    "photos-upload": 100 * 2**20,
    "bundle-take-in": 64 * 2**30,
}


class BodyLimit:
    """The middleware.

    Parameters
    ----------
    get_response : callable
        What answers a request.
    """

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
        named: Mapping[str, Any],  # noqa: ARG002
    ) -> None:
        """Hold the size that a request declares against its route's limit.

        Parameters
        ----------
        request : HttpRequest
            With its route.
        view, parts, named : callable, tuple, mapping
            What the route leads to and the parts of its address.

        Raises
        ------
        RequestDataTooBig
            If it is larger.
        """
        route = (request.resolver_match and request.resolver_match.url_name) or ""
        if route.startswith("openrosa-"):
            return
        declared = str(request.META.get("CONTENT_LENGTH") or "0")
        size = int(declared) if declared.isascii() and declared.isdigit() else 0
        limit = LARGER.get(route, USUAL)
        if size > limit:
            raise RequestDataTooBig(f"{size} bytes")
