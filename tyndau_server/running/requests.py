"""Requests: each gets a number, its answer bears it, and a line tells how it went.

In: a request. Out: its answer, and a record for `tyndau_server.running.logs`: method, the name of
the route, status, milliseconds, who and which study. No address, no query and nothing that was
sent: tokens stand in addresses. Behind a web server the visitor's address is what that one says.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tyndau_server.running.logs import ASKED, Asked

HEADER = "X-Request-ID"

_LOG = logging.getLogger("tyndau.requests")
# Parts of addresses that let somebody in.
_SECRET = ("secret",)
_NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")


class Requests:
    """The middleware, before all others.

    Parameters
    ----------
    get_response : callable
        The next one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on, and tell of it.

        Parameters
        ----------
        request : HttpRequest
            What is asked.

        Returns
        -------
        HttpResponse
            The answer.
        """
        begun = time.perf_counter()
        _behind_a_web_server(request)
        paths = {request.get_full_path(), request.get_full_path_info(), request.path}
        known = sorted((path for path in paths if len(path) > 1), key=len, reverse=True)
        asked = Asked(_number(request), tuple(known))
        token = ASKED.set(asked)
        try:
            response = self._get_response(request)
            asked.route = _route(request)
            response[HEADER] = asked.id
            if _LOG.isEnabledFor(logging.INFO):
                shown = _shown(request, response, asked.route, time.perf_counter() - begun)
                _LOG.info("", extra={"shown": shown})
            return response
        finally:
            ASKED.reset(token)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],  # noqa: ARG002 - as Django passes it
        parts: tuple[Any, ...],  # noqa: ARG002
        named: Mapping[str, Any],
    ) -> None:
        """Note the route and what of the address is secret, for what is told before the answer.

        Parameters
        ----------
        request : HttpRequest
            With its route.
        view, parts, named : callable, tuple, mapping
            What the route leads to and the parts of its address.
        """
        asked = ASKED.get()
        if asked is not None:
            asked.route = _route(request)
            asked.paths += tuple(named[name] for name in _SECRET if name in named)


def _behind_a_web_server(request: HttpRequest) -> None:
    """Take the visitor's address from the web server in front: it writes the last one."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.TYNDAU_TLS and forwarded:
        request.META["REMOTE_ADDR"] = forwarded.rpartition(",")[2].strip()


def _number(request: HttpRequest) -> str:
    """Return the number that a web server in front gave, else a new one."""
    given = str(request.META.get("HTTP_X_REQUEST_ID", ""))
    known = settings.TYNDAU_TLS and _NUMBER.fullmatch(given)
    return given if known else secrets.token_hex(8)


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is not None:
        return match.url_name or ""
    return "static" if request.path.startswith(settings.STATIC_URL) else ""


def _shown(
    request: HttpRequest, response: HttpResponse, route: str, seconds: float
) -> dict[str, Any]:
    # Who it was is known only where a view asked; it is not asked for the log's sake.
    person = getattr(getattr(request, "_cached_user", None), "pk", None)
    membership = getattr(request, "membership", None)
    match = request.resolver_match
    study = match.kwargs.get("slug", "") if match else ""
    return {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "person": person if person is not None else getattr(membership, "person_id", None),
        "study": study or getattr(membership, "study", ""),
    }
