"""Pages for what cannot be answered: not there, not understood, not ours to do.

In: a request that came to nothing. Out: a page in the language of its address, which names nothing
of what was asked.
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from tyndau.base.languages import N_, Message
from tyndau_server.look.page import language_of, page

_NOT_FOUND = N_("There is no such page")
_NOT_FOUND_SAID = N_("The study, the question or the file is not here; perhaps it was built anew.")
_BAD = N_("The request was not understood")
_BAD_SAID = N_("Go to the first page and choose again.")
_FORGED = N_("The request was not accepted")
_FORGED_SAID = N_("Open the page again and press the button once more; it needs a cookie.")
_FORBIDDEN = N_("This page is not yours to open")
_FORBIDDEN_SAID = N_("Your role in the study does not include it; ask the head of the study.")
_NOT_OFFERED = N_("This address cannot be used so")
_NOT_OFFERED_SAID = N_("Go back to the page and use its buttons.")
_TOO_LARGE = N_("What was sent is too large")
_TOO_LARGE_SAID = N_("Send less at once, or a smaller file; nothing of it was taken.")
_FAULT = N_("A fault of the program")
_FAULT_SAID = N_(
    "The page could not be made. Tell the administrator of the server which page it was and when."
)
_AWAY = N_("The server cannot answer just now")
_AWAY_SAID = N_("Its database is away or full. Nothing was half-written; try again in a minute.")
_SECONDS_TO_WAIT = 30


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return _refusal(request, _NOT_FOUND, _NOT_FOUND_SAID, 404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request was not understood, or is larger than pages take."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _refusal(request, _TOO_LARGE, _TOO_LARGE_SAID, 413)
    return _refusal(request, _BAD, _BAD_SAID, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a person's role does not include the page."""
    return _refusal(request, _FORBIDDEN, _FORBIDDEN_SAID, 403)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not one of ours."""
    return _refusal(request, _FORGED, _FORGED_SAID, 403)


def not_offered(request: HttpRequest) -> HttpResponse:
    """Say that an address does not take this kind of request."""
    return _refusal(request, _NOT_OFFERED, _NOT_OFFERED_SAID, 405)


def fault(request: HttpRequest) -> HttpResponse:
    """Say that a fault of ours stopped the page, or that the database is away."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = _refusal(request, _AWAY, _AWAY_SAID, 503, alone=True)
        response["Retry-After"] = str(_SECONDS_TO_WAIT)
        return response
    return _refusal(request, _FAULT, _FAULT_SAID, 500, alone=True)


def _refusal(
    request: HttpRequest, title: str, said: str, status: int, *, alone: bool = False
) -> HttpResponse:
    shown = {"title": Message(title), "said": Message(said), "status": status}
    language = language_of(request)
    return page(request, language, "look/refused.html", shown, status=status, alone=alone)
