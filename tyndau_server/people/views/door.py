"""The way in and out.

In: an address and a password. Out: a session. Whether there is an account of the address is not
said, nor told by how long the answer takes; who guesses too often waits.
"""

from math import ceil

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message
from tyndau_server.look.page import language_of, page
from tyndau_server.people import session, typed
from tyndau_server.people.demo import NAMES
from tyndau_server.people.models import Person
from tyndau_server.people.words import ADMINISTRATOR, ROLES

_WRONG = N_("Address or password are not right.")


def back_to(request: HttpRequest, language: str) -> str:
    """Return where somebody wanted to go, if it is an address of ours.

    Parameters
    ----------
    request : HttpRequest
        With ``next``.
    language : str
        Of the first page, to which one goes otherwise.

    Returns
    -------
    str
        An address.
    """
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("index", args=[language])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, language: str) -> HttpResponse:
    """Show the way in, and take who comes."""
    if request.method != "POST":
        if isinstance(request.user, Person) and session.lasts(request):
            return HttpResponseRedirect(back_to(request, language))
        return _door(request, language)
    person = who(request)
    if person is None:
        return _door(request, language, wrong=True)
    session.begin(request, person)
    return HttpResponseRedirect(back_to(request, language))


def who(request: HttpRequest) -> Person | None:
    """Return the person whose address and password were sent.

    Parameters
    ----------
    request : HttpRequest
        With ``email`` and ``password``.

    Returns
    -------
    Person or None
        None where they are not right, or too many wrong ones came before.
    """
    try:
        email = typed.email_of(request.POST.get("email", ""))
    except UserError:
        email = "nobody"
    password = request.POST.get("password", "")[:1000].replace("\0", "")
    person = authenticate(request, username=email, password=password)
    return person if isinstance(person, Person) else None


def _door(request: HttpRequest, language: str, *, wrong: bool = False) -> HttpResponse:
    shown = {
        "wrong": Message(_WRONG) if wrong else "",
        "email": request.POST.get("email", "")[:254],
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo": demo_roles() if settings.TYNDAU_DEMO else (),
    }
    return page(request, language, "people/sign-in.html", shown, status=400 if wrong else 200)


def demo_roles() -> tuple[tuple[str, Message], ...]:
    """Return as what one may come into the demonstration, the sociologist first.

    Returns
    -------
    tuple of tuple
        Value and words of each.
    """
    return tuple((role, ROLES.get(role, ADMINISTRATOR)) for role in NAMES)


def closed_for_a_while(
    request: HttpRequest, response: HttpResponse | None = None, credentials: object = None
) -> HttpResponse:
    """Answer who guessed too often, in the place of any other answer.

    Parameters
    ----------
    request : HttpRequest
        With an address.
    response, credentials : HttpResponse, object
        As axes hands them over; the answer says nothing of them.

    Returns
    -------
    HttpResponse
        429, with the seconds to wait.
    """
    del response, credentials
    attempts = AccessAttempt.objects.filter(
        Q(ip_address=request.META.get("REMOTE_ADDR"))
        | Q(username=request.POST.get("email", "").strip().lower())
    )
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    left = (last + settings.AXES_COOLOFF_TIME - timezone.now()).total_seconds()
    return wait(request, max(1, ceil(left)))


def wait(request: HttpRequest, seconds: int) -> HttpResponse:
    """Ask somebody to wait.

    Parameters
    ----------
    request : HttpRequest
        Of whom.
    seconds : int
        How long.

    Returns
    -------
    HttpResponse
        429.
    """
    shown = {"minutes": ceil(seconds / 60), "seconds": seconds}
    answer = page(request, language_of(request), "people/wait.html", shown, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


@require_POST
def sign_out(request: HttpRequest, language: str) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in", args=[language]))
