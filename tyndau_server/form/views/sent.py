"""``/k/TOKEN/sent``: what the phone's interviewer sent and may correct.

In: GET by a browser that knows the secret. Out: the list, or one interview, sealed to the key of
the phone that made it; 410 with the reason where it may no longer be corrected.
"""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tyndau_server.fieldwork.phone import Phone, phone_of
from tyndau_server.fieldwork.refusals import NOT_CORRECTABLE
from tyndau_server.form.frame import unkept
from tyndau_server.form.sent import sent_list, sent_one
from tyndau_server.form.views.sealed import refused
from tyndau_server.look.page import language_of


@require_safe
def sent(request: HttpRequest, secret: str) -> HttpResponse:
    """List the interviews that may be corrected."""
    return unkept(JsonResponse(sent_list(_phone(request, secret), partial(_address, secret))))


@require_safe
def sent_interview(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """Send one of them."""
    phone = _phone(request, secret)
    try:
        return unkept(JsonResponse(sent_one(phone, number)))
    except Http404:
        return unkept(refused(NOT_CORRECTABLE))


def _phone(request: HttpRequest, secret: str) -> Phone:
    phone = phone_of(secret, language_of(request))
    if phone is None:
        raise Http404("no phone has this secret")
    return phone


def _address(secret: str, route: str, **parts: object) -> str:
    return reverse(route, kwargs={"secret": secret, **parts})
