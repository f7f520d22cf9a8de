"""The page in which the browser form runs, and its worker: the same for everybody.

In: addresses. Out: answers. What the form is told comes by its boot (``boot.py``).
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_WORKER = Path(__file__).parent / "static" / "form" / "worker.js"
View = Callable[..., HttpResponse]
# XPath of forms runs in WebAssembly; pictures and recordings are shown before they are sent.
runs_the_form: Callable[[View], View] = csp_update(
    {
        "script-src": ("'wasm-unsafe-eval'",),
        "img-src": ("blob:",),
        "media-src": ("blob:",),
        "worker-src": (SELF,),
        "manifest-src": (SELF,),
    }
)  # type: ignore[assignment] # its type knows no parts of an address


def frame(
    request: HttpRequest, language: str, *, boot: str, worker: str, app: str = "", beside: str = ""
) -> HttpResponse:
    """Show the frame, which the client fills.

    Parameters
    ----------
    request : HttpRequest
        By a browser.
    language : str
        ``kk``, ``ru`` or ``en``.
    boot, worker, app : str
        Addresses of what the client is told, of its worker, and of what lets a phone install it;
        the last one may be empty.
    beside : str, optional
        What is said above the form.

    Returns
    -------
    HttpResponse
        The page; its view is to be decorated with `runs_the_form`.
    """
    shown: dict[str, Any] = {
        "language": language, "boot": boot, "worker": worker, "app": app, "beside": beside,
    }  # fmt: skip
    answer = render(request, "form/page.html", shown)
    answer["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(self)"
    # The secret stands in the address: it is told to nobody.
    answer["Referrer-Policy"] = "no-referrer"
    return unkept(answer)


def worker_script() -> HttpResponse:
    """Send the service worker.

    Returns
    -------
    HttpResponse
        The script.
    """
    return unkept(HttpResponse(_worker(), content_type="text/javascript; charset=utf-8"))


def unkept(answer: HttpResponse) -> HttpResponse:
    """Let nobody between keep an answer; the service worker keeps what the phone needs.

    Parameters
    ----------
    answer : HttpResponse
        Any.

    Returns
    -------
    HttpResponse
        The same.
    """
    answer["Cache-Control"] = "no-store"
    return answer


@lru_cache(maxsize=1)
def _worker() -> bytes:
    return _WORKER.read_bytes()
