"""``/k/TOKEN/sealed``: where the browser form sends what it sealed.

In: POST, an envelope with sealed parts. Out: 201 with a receipt once the interview is flushed to
the disk, by which the phone lets it go; else why not, in three languages.
"""

import logging
from collections.abc import Callable
from functools import partial

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.fieldwork.body import Body, read_body
from tyndau_server.fieldwork.models import Submission
from tyndau_server.fieldwork.phone import note, phone_of
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.refusals import (
    TROUBLE,
    UNKNOWN_PHONE,
    Refusal,
    Refused,
)
from tyndau_server.fieldwork.tombstones import Withdrawn
from tyndau_server.form.taking import receipt, receipt_of_withdrawn, take_sealed
from tyndau_server.look.page import language_of

logger = logging.getLogger(__name__)
_DEVICE = "browser"


@csrf_exempt  # the secret in the address lets in, and no cookie
@require_POST
def sealed(request: HttpRequest, secret: str) -> HttpResponse:
    """Take in an interview that an interviewer's phone sealed."""

    def take() -> Submission:
        phone = phone_of(secret, language_of(request))
        if phone is None:
            raise Refused(UNKNOWN_PHONE)
        sender = Sender(phone.membership.study, phone.membership, phone.token, _DEVICE)
        submission = take_sealed(partial(body_of, request), sender, barred=phone.barred)
        note(phone)
        return submission

    return answered(take)


def answered(take: Callable[[], Submission]) -> HttpResponse:
    """Answer what became of an interview.

    Parameters
    ----------
    take : callable
        Takes it in.

    Returns
    -------
    HttpResponse
        201 with the receipt, or why not.
    """
    try:
        return JsonResponse(receipt(take()), status=201)
    except Refused as error:
        return refused(error.refusal)
    except Withdrawn as gone:
        return JsonResponse(receipt_of_withdrawn(gone), status=201)
    except (Error, OSError):
        logger.exception("a browser was asked to send again later")
        return refused(TROUBLE)


def body_of(request: HttpRequest) -> Body:
    """Take the body of a request in.

    Parameters
    ----------
    request : HttpRequest
        Of the browser form.

    Returns
    -------
    Body
        As it came.

    Raises
    ------
    Refused
        If it is larger than anything that is taken.
    OSError
        If it finds no room.
    """
    return read_body(
        request.META["wsgi.input"],
        announced=int(request.META.get("CONTENT_LENGTH") or 0),
        content_type=request.META.get("CONTENT_TYPE", ""),
    )


def refused(refusal: Refusal) -> HttpResponse:
    """Say why an interview is not taken.

    Parameters
    ----------
    refusal : Refusal
        Why.

    Returns
    -------
    HttpResponse
        With its status; its code tells the client whether to try again.
    """
    message = {code: refusal.say(code) for code in INTERFACE_LANGUAGES}
    return JsonResponse({"code": refusal.code, "message": message}, status=refusal.status)
