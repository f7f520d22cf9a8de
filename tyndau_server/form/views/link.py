"""``/a/SECRET/``: a questionnaire that residents fill in themselves, by an open or a personal link.

In: a browser that knows the address. Out: the frame and what it is told; the form and its files;
201 with a receipt for what was sealed and sent. Nobody's address is kept, and no answer names a
link.
"""

import re
from functools import partial

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.languages import N_, Message
from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.files import safe_name
from tyndau_server.fieldwork.links import instrument_of, link_of, use_up
from tyndau_server.fieldwork.models import Instrument, Link, Media, Submission
from tyndau_server.fieldwork.quarantine import Sender
from tyndau_server.fieldwork.refusals import LINK_OVER, UNKNOWN_PHONE, Refusal, Refused
from tyndau_server.form.boot import boot_of_link
from tyndau_server.form.frame import frame, runs_the_form, unkept, worker_script
from tyndau_server.form.taking import take_sealed
from tyndau_server.form.throttle import wait_for
from tyndau_server.form.views.sealed import answered, body_of
from tyndau_server.look.page import language_of

_DEVICE = "link"
# Browsers inside of other apps, as far as they say so; what they keep is lost with the app's page.
# Of Apple's, every browser calls itself Safari, too, and what an app shows does not, unless the app
# says otherwise. Those that say nothing are told by the client, or not at all (screens/welcome.ts).
_INSIDE = re.compile(
    r"; wv\)|FBA[NV]|Instagram|WhatsApp|Telegram|\((?:iPhone|iPad|iPod)(?!.*Safari/)"
)
_GO_OUTSIDE = N_(
    "This page is open inside another app, where answers that are not sent may be lost. Choose in "
    "its menu to open it in the browser, or copy the address there."
)


@runs_the_form
@require_safe
def link_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the frame."""
    _link(secret)
    address = partial(_address, secret)
    language = language_of(request)
    inside = _INSIDE.search(request.headers.get("User-Agent", ""))
    return frame(
        request, language, boot=address("link-boot"), worker=address("link-worker"),
        beside=Message(_GO_OUTSIDE).say(language) if inside else "",
    )  # fmt: skip


@require_safe
def link_boot(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell the client what it needs."""
    told = boot_of_link(_link(secret), language_of(request), partial(_address, secret))
    return unkept(JsonResponse(told))


@require_safe
def link_worker(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the service worker."""
    return worker_script()


@require_safe
def link_form(request: HttpRequest, secret: str, number: int) -> HttpResponseBase:
    """Send the form, to the byte as it was issued."""
    return _inert(HttpResponse(bytes(_instrument(secret, number).xform), content_type="text/xml"))


@require_safe
def link_media(request: HttpRequest, secret: str, number: int, media: int) -> HttpResponseBase:
    """Send a file of the form."""
    found = get_object_or_404(Media, pk=media, instrument=_instrument(secret, number))
    return _inert(
        FileResponse(
            open_blob(found.sha256),
            as_attachment=True,
            filename=safe_name(found.name),
            content_type="application/octet-stream",
        )
    )


@csrf_exempt  # the secret in the address lets in, and no cookie
@require_POST
def link_sealed(request: HttpRequest, secret: str) -> HttpResponse:
    """Take an interview in."""
    seconds = wait_for(str(request.META.get("REMOTE_ADDR", "")))
    if seconds:
        return JsonResponse({}, status=429, headers={"Retry-After": str(seconds)})

    def take() -> Submission:
        link = link_of(secret)
        if link is None:
            raise Refused(UNKNOWN_PHONE)
        sender = Sender(link.study, None, None, _DEVICE, link.population)
        submission = take_sealed(partial(body_of, request), sender, barred=partial(_barred, link))
        if submission.complete:
            use_up(link)
        return submission

    return answered(take)


def _barred(link: Link, instance: str) -> Refusal | None:
    """Let what is here already come again: its phone may have missed the receipt."""
    if not (link.closed or link.used):
        return None
    here = Submission.objects.filter(study=link.study, instance_id=instance, membership=None)
    return None if here.exists() else LINK_OVER


def _link(secret: str) -> Link:
    link = link_of(secret)
    if link is None:
        raise Http404("no link has this secret")
    return link


def _instrument(secret: str, number: int) -> Instrument:
    """Return a version of the link's questionnaire; also an earlier one, for drafts."""
    link = _link(secret)
    of = {"study": link.study, "population": link.population}
    found: Instrument = get_object_or_404(Instrument, pk=number, **of)
    if instrument_of(link) is None or found.state not in ("field", "closed"):
        raise Http404("the link is over")
    return found


def _inert(answer: HttpResponseBase) -> HttpResponseBase:
    """Let no browser run what a form holds."""
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _address(secret: str, route: str, **parts: object) -> str:
    return reverse(route, kwargs={"secret": secret, **parts})
