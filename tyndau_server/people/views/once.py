"""A page that shows a secret once: a link to be sent on.

In: a secret. Out: the page, with words to send by a messenger in Kazakh and in Russian. No cache
keeps it, and no address of it leads to a secret.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Sayable
from tyndau_server.look.page import page
from tyndau_server.people.invitations import LASTS

_NAMES = {"kk": "Қазақша", "ru": "Русский"}
_PLAIN = N_(
    "{name}, here is your personal link to Tyndau: {address} It works once, for {days} days."
)
_OF_A_STUDY = N_(
    '{name}, you are invited to the study "{title}" in Tyndau. Your personal link: {address} '
    "It works once, for {days} days."
)


def link_once(
    request: HttpRequest, language: str, secret: str, name: str, back: str, title: Sayable = ""
) -> HttpResponse:
    """Show a link, once.

    Parameters
    ----------
    request : HttpRequest
        Of whoever made it.
    language : str
        ``kk``, ``ru`` or ``en``.
    secret : str
        Of the link.
    name : str
        Whom it is meant for.
    back : str
        The address to go on to.
    title : Text, Message or str, default ""
        Of the study that it leads to.

    Returns
    -------
    HttpResponse
        The page.
    """
    texts = []
    for code in CONTENT_LANGUAGES:
        address = request.build_absolute_uri(reverse("link", args=[code, secret]))
        values = {"name": name, "title": title, "address": address, "days": LASTS.days}
        words = Message(_OF_A_STUDY if title else _PLAIN, values).say(code)
        texts.append((code, _NAMES[code], address, words))
    shown = {"texts": texts, "name": name, "days": LASTS.days, "back": back}
    response = page(request, language, "people/link-once.html", shown)
    response["Cache-Control"] = "no-store"
    return response
