"""What every answer to a phone has in common.

In: a request whose address holds a phone's secret. Out: answers as OpenRosa has them: XML, its
header of version, and for whatever went wrong a short message in the interviewer's language, never
a page and never a traceback. Trouble of the server is 503, upon which phones try again.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, TypeVar

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from tyndau.base.languages import N_, Message
from tyndau.fieldwork.openrosa import response
from tyndau_server.fieldwork.body import ACCEPTED
from tyndau_server.fieldwork.phone import Phone, phone_of
from tyndau_server.fieldwork.refusals import NOTHING_THERE, TROUBLE, UNKNOWN_PHONE, Refusal
from tyndau_server.look.page import language_of

logger = logging.getLogger(__name__)
_XML = "text/xml; charset=utf-8"
_SECONDS_TO_WAIT = "60"
_RECEIVED = N_("The interview has arrived.")

_Answer = TypeVar("_Answer", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, Phone, ...], HttpResponseBase]


def for_phones(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view of phones: it is given the phone instead of the secret.

    Parameters
    ----------
    *methods : str
        Of HTTP.

    Returns
    -------
    callable
        The decorator.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, secret: str, **parts: object) -> HttpResponseBase:
            if request.method not in methods:
                refused = HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
                return _marked(refused)
            try:
                phone = phone_of(secret, language_of(request))
                if phone is None:
                    return said(UNKNOWN_PHONE, language_of(request))
                return _marked(view(request, phone, **parts))
            except Http404:
                return said(NOTHING_THERE, language_of(request))
            except (Error, OSError):
                logger.exception("a phone was asked to come again later")
                return said(TROUBLE, language_of(request))

        return csrf_exempt(answer)

    return decorate


def xml(content: bytes, status: int = 200) -> HttpResponse:
    """Answer with a document.

    Parameters
    ----------
    content : bytes
        In UTF-8.
    status : int, default 200
        Of HTTP.

    Returns
    -------
    HttpResponse
        The answer.
    """
    return HttpResponse(content, status=status, content_type=_XML)


def said(refusal: Refusal, language: str) -> HttpResponse:
    """Answer why something is refused.

    Parameters
    ----------
    refusal : Refusal
        Why.
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    HttpResponse
        With the refusal's status.
    """
    answer = xml(response(refusal.say(language)), refusal.status)
    if refusal.status == TROUBLE.status:
        answer["Retry-After"] = _SECONDS_TO_WAIT
    return _marked(answer)


def received(language: str) -> HttpResponse:
    """Answer that an interview was taken; the one answer upon which a phone forgets it.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    HttpResponse
        201.
    """
    return xml(response(Message(_RECEIVED).say(language)), 201)


def _marked(answer: _Answer) -> _Answer:
    # Forms and their files come from people: whatever they hold, no browser runs it here.
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-OpenRosa-Version"] = "1.0"
    answer["X-OpenRosa-Accept-Content-Length"] = str(ACCEPTED)
    return answer
