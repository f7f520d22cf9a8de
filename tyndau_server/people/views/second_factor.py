"""The second factor: asked for at sign-in, set up at the first one.

In: a code. Out: a session that opens pages. The picture of the key is drawn here as SVG, so that no
other program ever sees it.
"""

from math import ceil

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tyndau.base.errors import Kind, UserError
from tyndau.base.languages import Message
from tyndau_server.look.page import page
from tyndau_server.people import accounts, problems, second_factor, session
from tyndau_server.people.models import Person
from tyndau_server.people.views.door import back_to, wait


def qr(text: str) -> str:
    """Draw a text as a QR code.

    Parameters
    ----------
    text : str
        What a phone reads.

    Returns
    -------
    str
        SVG to stand in a page, without a style of its own.
    """
    # Error level L keeps the squares of a long text large; a screen has no scratches.
    drawn = segno.make(text, error="l", boost_error=False, micro=False)
    return mark_safe(  # noqa: S308 - drawn by segno out of lines alone
        drawn.svg_inline(border=4, light="#fff", dark="#000", svgclass=None, omitsize=True)
    )


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise TypeError("the gate lets nobody else in")
    return request.user


def _wait(request: HttpRequest, person: Person) -> HttpResponse | None:
    until = second_factor.waits_until(person)
    left = (until - timezone.now()).total_seconds() if until else 0
    return wait(request, ceil(left)) if left > 0 else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for a code, and take it."""
    person = _person(request)
    if second_factor.device_of(person) is None:
        new = reverse("second-factor-new", args=[language])
        return HttpResponseRedirect(f"{new}?{request.GET.urlencode()}")
    wrong: Message | None = None
    if request.method == "POST":
        waiting = _wait(request, person)
        if waiting:
            return waiting
        if second_factor.check(request, person, request.POST.get("code", "")[:40]):
            return HttpResponseRedirect(back_to(request, language))
        wrong = Message(problems.CODE_WRONG.what)
    shown = {
        "wrong": wrong or "",
        "remedy": Message(problems.CODE_WRONG.remedy) if wrong else "",
        "next": back_to(request, language),
    }
    status = 400 if wrong else 200
    return page(request, language, "people/second-factor.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, language: str) -> HttpResponse:
    """Set up the app on a phone; who has one already shows its code first."""
    person = _person(request)
    if second_factor.device_of(person) and not second_factor.verified(request, person):
        return HttpResponseRedirect(reverse("second-factor", args=[language]))
    wrong: Kind | None = None
    if request.method == "POST":
        waiting = _wait(request, person)
        if waiting:
            return waiting
        try:
            codes = _confirmed(request, person)
        except UserError as error:
            wrong = error.problems[0].kind
        else:
            session.end_others(request, person)  # whoever came in by what is no factor any more
            return codes_once(request, language, codes, back_to(request, language))
    device = second_factor.device_to_confirm(person)
    key = device.config_url.partition("secret=")[2].partition("&")[0]
    shown = {
        "qr": qr(device.config_url),
        "key": " ".join(key[start : start + 4] for start in range(0, len(key), 4)),
        "replaces": second_factor.device_of(person) is not None,
        "wrong": Message(wrong.what) if wrong else "",
        "remedy": Message(wrong.remedy) if wrong else "",
        "next": back_to(request, language),
    }
    status = 400 if wrong else 200
    return _secret(page(request, language, "people/second-factor-new.html", shown, status=status))


def _confirmed(request: HttpRequest, person: Person) -> tuple[str, ...]:
    """Take the first code of an app; who puts it in the place of another shows the password too."""
    if second_factor.device_of(person):
        accounts.confirm(request, person, request.POST.get("present", ""))
    codes = second_factor.confirm(request, person, request.POST.get("code", "")[:40])
    if not codes:
        raise problems.CODE_WRONG.error()
    return codes


def codes_once(
    request: HttpRequest, language: str, codes: tuple[str, ...], on: str
) -> HttpResponse:
    """Show the codes on paper, once.

    Parameters
    ----------
    request : HttpRequest
        Of the person.
    language : str
        ``kk``, ``ru`` or ``en``.
    codes : tuple of str
        The codes.
    on : str
        The address to go on to.

    Returns
    -------
    HttpResponse
        The page, which no cache keeps.
    """
    shown = {"codes": codes, "on": on}
    return _secret(page(request, language, "people/codes.html", shown))


def _secret(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
