"""One's own account: password, second factor, sessions.

In: what the person asks for. Out: the page; after a change the way back to it.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people import accounts, second_factor, session
from tyndau_server.people.models import Membership, Person
from tyndau_server.people.passwords import good_password
from tyndau_server.people.views.second_factor import codes_once
from tyndau_server.people.words import ROLES

_CHANGED = {
    "password": N_("The password was changed; all other sessions ended."),
    "sessions": N_("All other sessions ended."),
}


@require_safe
def account(request: HttpRequest, language: str) -> HttpResponse:
    """Show the account."""
    return _account(request, language)


@require_POST
def password(request: HttpRequest, language: str) -> HttpResponse:
    """Change the password."""
    person = _person(request)
    try:
        new = good_password(
            request.POST.get("new", ""), request.POST.get("again", ""),
            person.name, person.email or "",
        )  # fmt: skip
        accounts.change_password(request, person, present=request.POST.get("present", ""), new=new)
    except UserError as error:
        return _account(request, language, error=error)
    return _back(language, "password")


@require_POST
def sessions(request: HttpRequest, language: str) -> HttpResponse:
    """End all other sessions."""
    session.end_others(request, _person(request))
    return _back(language, "sessions")


@require_POST
def codes(request: HttpRequest, language: str) -> HttpResponse:
    """Make new codes on paper, and show them once."""
    person = _person(request)
    if second_factor.device_of(person) is None:
        return HttpResponseRedirect(reverse("second-factor-new", args=[language]))
    address = reverse("account", args=[language])
    try:
        accounts.confirm(request, person, request.POST.get("present", ""))
    except UserError as error:
        return _account(request, language, error=error)
    fresh = second_factor.renew_codes(person)
    session.end_others(request, person)  # whoever came in by an old code
    return codes_once(request, language, fresh, address)


def _account(
    request: HttpRequest, language: str, *, error: UserError | None = None
) -> HttpResponse:
    person = _person(request)
    memberships = Membership.objects.filter(person=person, ended=None).order_by("study")
    shown = {
        "who": person,
        "memberships": [(one.study, ROLES[one.role]) for one in memberships],
        "device": second_factor.device_of(person),
        "left": second_factor.codes_left(person),
        "demo": request.session.get(session.DEMO, False),
        "problems": problems_of(error),
        "changed": Message(_CHANGED[said]) if (said := request.GET.get("done", "")) in _CHANGED
        else "",
    }  # fmt: skip
    status = 400 if error else 200
    return page(request, language, "people/account.html", shown, status=status)


def _back(language: str, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('account', args=[language])}?done={done}")


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise TypeError("the gate lets nobody else in")
    return request.user
