"""A page: a template in a language, with what stands on every page.

In: a request, a language, a template, what it shows. Out: the response. The language is an argument
of every view; a visitor who names none gets one by what the browser asks for. Who is signed in and
which study the page belongs to is added by ``tyndau_server.home.chrome``, a context processor: the
look itself knows no person and no study.

A template extends ``look/base.html``, whose head lists its blocks and variables.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation.trans_real import parse_accept_lang_header

from tyndau import __version__
from tyndau.base.languages import CONTENT_LANGUAGES, INTERFACE_LANGUAGES

# Whole for wide screens, short for phones.
_NAMES = {"kk": ("Қазақша", "Қаз"), "ru": ("Русский", "Рус"), "en": ("English", "Eng")}
_NEXT = re.compile(rf"([?&]next=%2F)(?:{'|'.join(INTERFACE_LANGUAGES)})(?=%2F)")
# The cookie that remembers a scheme, and what it may hold.
SCHEME = "tyndau_scheme"
SCHEMES = ("light", "dark")


def page(
    request: HttpRequest,
    language: str,
    template: str,
    shown: Mapping[str, Any],
    *,
    simulated: bool = False,
    status: int = 200,
    alone: bool = False,
) -> HttpResponse:
    """Make a page.

    Parameters
    ----------
    request : HttpRequest
        What was asked for.
    language : str
        ``kk``, ``ru`` or ``en``.
    template : str
        Name of the template.
    shown : mapping of str to object
        What the template shows.
    simulated : bool, default False
        Whether the page shows a fictional study, and therefore says so.
    status : int, default 200
        Of HTTP.
    alone : bool, default False
        Whether the page must come about without person, study and database: after a fault.

    Returns
    -------
    HttpResponse
        The page.
    """
    scheme = request.COOKIES.get(SCHEME, "")
    every: dict[str, Any] = {
        "language": language,
        # Texts of studies are pairs: who reads English gets the Russian one.
        "content": language if language in CONTENT_LANGUAGES else "ru",
        "languages": [(code, *names, _in(request, code)) for code, names in _NAMES.items()],
        "simulated": simulated,
        "scheme": scheme if scheme in SCHEMES else "",
        "here": request.get_full_path(),
        "version": __version__,
    }
    if alone:
        return HttpResponse(render_to_string(template, {**every, **shown}), status=status)
    every["messages"] = get_messages(request)
    return HttpResponse(render_to_string(template, {**every, **shown}, request), status=status)


def _in(request: HttpRequest, language: str) -> str:
    """Return the address of the same page in a language."""
    parts = request.get_full_path().split("/", 2)
    if len(parts) < 3 or parts[1] not in INTERFACE_LANGUAGES:
        return f"/{language}/"
    # After signing in one is led on in the language that was chosen, too.
    rest = _NEXT.sub(lambda found: f"{found[1]}{language}", parts[2])
    return f"/{language}/{rest}"


def language_of(request: HttpRequest) -> str:
    """Choose a language for a request whose address may not name one.

    Parameters
    ----------
    request : HttpRequest
        What was asked for.

    Returns
    -------
    str
        That of the address, else the first of the browser's that is ours, else Kazakh.
    """
    first = request.path.split("/", 2)[1]
    if first in INTERFACE_LANGUAGES:
        return first
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for code, _ in wanted:
        if code[:2] in INTERFACE_LANGUAGES:
            return code[:2]
    return INTERFACE_LANGUAGES[0]
