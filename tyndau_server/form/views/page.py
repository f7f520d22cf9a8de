"""``/k/TOKEN/``: the browser form of an interviewer: its page, what it is told, its worker.

In: GET by a browser that knows the secret. Out: a frame that is the same for everybody, which the
client fills; JSON; the service worker, whose folder is the page's; what lets a phone install it.
"""

from functools import lru_cache, partial
from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from tyndau_server.fieldwork.phone import Phone, note, phone_of
from tyndau_server.form.boot import boot_of

_WORKER = Path(__file__).parents[1] / "static" / "form" / "worker.js"
_POLICY = {
    # XPath of forms runs in WebAssembly; pictures and recordings are shown before they are sent.
    "script-src": ("'wasm-unsafe-eval'",),
    "img-src": ("blob:",),
    "media-src": ("blob:",),
    "worker-src": (SELF,),
    "manifest-src": (SELF,),
}


@csp_update(_POLICY)  # type: ignore[arg-type] # its type knows no parts of an address
@require_safe
def form_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the frame."""
    phone = _phone(secret)
    shown = {
        "language": phone.language,
        "boot": _address(secret, "form-boot"),
        "worker": _address(secret, "form-worker"),
        "manifest": _address(secret, "form-app"),
    }
    answer = render(request, "form/page.html", shown)
    answer["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(self)"
    # The secret stands in the address: it is told to nobody.
    answer["Referrer-Policy"] = "no-referrer"
    return _unkept(answer)


@require_safe
def form_boot(request: HttpRequest, secret: str) -> HttpResponse:
    """Tell the client what it needs."""
    phone = _phone(secret)
    note(phone)
    return _unkept(JsonResponse(boot_of(phone, partial(_address, secret))))


@require_safe
def form_worker(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the service worker."""
    return _unkept(HttpResponse(_worker(), content_type="text/javascript; charset=utf-8"))


@require_safe
def form_app(request: HttpRequest, secret: str) -> HttpResponse:
    """Send what lets a phone install the form as an app."""
    phone = _phone(secret)
    here = reverse("form", args=[secret])
    told = {
        "name": "Tyndau",
        "short_name": "Tyndau",
        "lang": phone.language,
        "id": here,
        "start_url": here,
        "scope": here,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1f5a8a",
        "icons": [
            {"src": static(f"tyndau/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
             "purpose": "any maskable"}
            for size in (192, 512)
        ],
    }  # fmt: skip
    return _unkept(JsonResponse(told, content_type="application/manifest+json"))


def _phone(secret: str) -> Phone:
    phone = phone_of(secret)
    if phone is None:
        raise Http404("no phone has this secret")
    return phone


def _address(secret: str, route: str, **parts: object) -> str:
    return reverse(route, kwargs={"secret": secret, **parts})


@lru_cache(maxsize=1)
def _worker() -> bytes:
    return _WORKER.read_bytes()


def _unkept(answer: HttpResponse) -> HttpResponse:
    """Let nobody between keep an answer; the service worker keeps what the phone needs."""
    answer["Cache-Control"] = "no-store"
    return answer
