"""``/k/TOKEN/``: the browser form of an interviewer: its page, what it is told, its worker.

In: GET by a browser that knows the secret. Out: the frame; JSON; the service worker, whose folder
is the page's; what lets a phone install the form as an app.
"""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from tyndau_server.fieldwork.phone import Phone, note, phone_of
from tyndau_server.form.boot import boot_of_phone
from tyndau_server.form.frame import frame, runs_the_form, unkept, worker_script
from tyndau_server.look.page import language_of


@runs_the_form
@require_safe
def form_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the frame."""
    phone, address = _phone(request, secret), partial(_address, secret)
    return frame(
        request, phone.language,
        boot=address("form-boot"), worker=address("form-worker"), app=address("form-app"),
    )  # fmt: skip


@require_safe
def form_boot(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell the client what it needs."""
    phone = _phone(request, secret)
    note(phone)
    told = boot_of_phone(phone, partial(_address, secret), fresh="fresh" in request.GET)
    return unkept(JsonResponse(told))


@require_safe
def form_worker(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the service worker."""
    return worker_script()


@require_safe
def form_app(request: HttpRequest, secret: str) -> HttpResponse:
    """Send what lets a phone install the form as an app."""
    here = _address(secret, "form")
    told = {
        "name": "Tyndau",
        "short_name": "Tyndau",
        "lang": _phone(request, secret).language,
        "id": here,
        "start_url": here,
        "scope": here,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1f5a8a",
        "icons": [
            {"src": static(f"tyndau/icon-{size}.png"), "sizes": f"{size}x{size}",
             "type": "image/png", "purpose": "any maskable"}
            for size in (192, 512)
        ],
    }  # fmt: skip
    return unkept(JsonResponse(told, content_type="application/manifest+json"))


def _phone(request: HttpRequest, secret: str) -> Phone:
    phone = phone_of(secret, language_of(request))
    if phone is None:
        raise Http404("no phone has this secret")
    return phone


def _address(secret: str, route: str, **parts: object) -> str:
    return reverse(route, kwargs={"secret": secret, **parts})
