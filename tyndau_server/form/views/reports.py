"""``/k/TOKEN/reports``: where the browser form tells of contacts, questions and itself.

In: POST, JSON with what was sealed in small. Out: 200 with the numbers of what was taken in, by
which the phone lets it go.
"""

import logging

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tyndau_server.fieldwork.phone import note, phone_of
from tyndau_server.fieldwork.refusals import REVOKED, TROUBLE, UNKNOWN_PHONE
from tyndau_server.form.envelope import CannotOpenError
from tyndau_server.form.frame import unkept
from tyndau_server.form.reports import LONGEST, take_reports
from tyndau_server.form.views.sealed import refused
from tyndau_server.look.page import language_of

logger = logging.getLogger(__name__)


@csrf_exempt  # the secret in the address lets in, and no cookie
@require_POST
def reports(request: HttpRequest, secret: str) -> HttpResponse:
    """Take in what an interviewer's phone tells."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return HttpResponse(status=413)
    try:
        phone = phone_of(secret, language_of(request))
        if phone is None:
            return refused(UNKNOWN_PHONE)
        if not phone.holds:
            return refused(REVOKED)
        taken = take_reports(phone, request.read(LONGEST + 1))
        note(phone)
    except CannotOpenError:
        return HttpResponse(status=400)
    except (Error, OSError):
        logger.exception("a browser was asked to tell again later")
        return refused(TROUBLE)
    return unkept(JsonResponse(taken))
