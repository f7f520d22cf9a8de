"""A page: a template in a language, with what stands on every page.

In: a request, a language, a template, what it shows. Out: the response. The language is an argument
of every view; a visitor who names none gets one by what the browser asks for.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation.trans_real import parse_accept_lang_header

from tyndau import __version__
from tyndau.base.languages import CONTENT_LANGUAGES, INTERFACE_LANGUAGES, N_, Message, Sayable

_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
_SIMULATED = N_("SIMULATED DATA")


def page(
    request: HttpRequest,
    language: str,
    template: str,
    shown: Mapping[str, Any],
    *,
    simulated: bool = False,
    status: int = 200,
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

    Returns
    -------
    HttpResponse
        The page.
    """
    banner: Sayable = Message(_SIMULATED) if simulated else ""
    every = {
        "language": language,
        # Texts of studies are pairs: who reads English gets the Russian one.
        "content": language if language in CONTENT_LANGUAGES else "ru",
        "languages": [(code, _NAMES[code], _in(request, code)) for code in INTERFACE_LANGUAGES],
        "simulated": banner,
        "version": __version__,
    }
    return render(request, template, {**every, **shown}, status=status)


def _in(request: HttpRequest, language: str) -> str:
    """Return the address of the same page in a language."""
    parts = request.get_full_path().split("/", 2)
    known = len(parts) > 2 and parts[1] in INTERFACE_LANGUAGES
    return f"/{language}/{parts[2]}" if known else f"/{language}/"


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
