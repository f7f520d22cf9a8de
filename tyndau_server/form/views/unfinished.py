"""``/a/SECRET/unfinished/NUMBER``: where residents put by what they go on with elsewhere.

In: PUT of what the browser encrypted; GET of it, HEAD to hear of it; DELETE once the interview has
arrived. Out: 204, the bytes, or why not as a status: 404 nothing is there, 409 the interview was
finished on another device, 410 the link is over, 413 too large, 429 to wait, 507 no room. Nobody's
address is kept.
"""

import logging

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tyndau_server.fieldwork.links import instrument_of, link_of
from tyndau_server.fieldwork.models import Link
from tyndau_server.form.frame import unkept
from tyndau_server.form.throttle import wait_for
from tyndau_server.form.unfinished import MOST_BYTES, NUMBER, finish, found, is_finished, put_by

logger = logging.getLogger(__name__)


@csrf_exempt  # the secret in the address lets in, and no cookie
@require_http_methods(["GET", "HEAD", "PUT", "DELETE"])
def link_unfinished(request: HttpRequest, secret: str, number: str) -> HttpResponse:
    """Keep, give out or erase unfinished answers."""
    link = link_of(secret)
    if link is None or not NUMBER.fullmatch(number):
        raise Http404("nobody's link, or no number")
    try:
        return unkept(_answer(request, link, number))
    except (Error, UnreadablePostError):
        logger.exception("a browser was asked to try again later")
        return HttpResponse(status=503)


def _answer(request: HttpRequest, link: Link, number: str) -> HttpResponse:
    if request.method == "DELETE":
        finish(link, number)
        return HttpResponse(status=204)
    if is_finished(link, number):
        # Also where the link is over: by this interview, as a rule.
        return HttpResponse(status=409)
    if instrument_of(link) is None:
        return HttpResponse(status=410)
    if request.method == "PUT":
        return _put(request, link, number)
    content = found(link, number)
    if content is None:
        return HttpResponse(status=404)
    return HttpResponse(content, content_type="application/octet-stream")


def _put(request: HttpRequest, link: Link, number: str) -> HttpResponse:
    seconds = wait_for(str(request.META.get("REMOTE_ADDR", "")), what="unfinished")
    if seconds:
        return HttpResponse(status=429, headers={"Retry-After": str(seconds)})
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    return HttpResponse(status=204 if put_by(link, number, request.body) else 507)
