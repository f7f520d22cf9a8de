"""The persons of this server, for its administrators.

In: what an administrator decides. Out: the list, one person, and links that are shown once.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people import accounts, invitations, rank, typed
from tyndau_server.people.models import Invitation, Membership, Person
from tyndau_server.people.views.once import link_once
from tyndau_server.people.words import ROLES


@require_http_methods(["GET", "HEAD", "POST"])
def persons(request: HttpRequest, language: str) -> HttpResponse:
    """Show who has an account, and invite an administrator."""
    if request.method == "POST":
        try:
            name = typed.name_of(request.POST.get("name", ""))
            email = typed.email_of(request.POST.get("email", ""))
            secret = invitations.invite_administrator(_by(request), name=name, email=email)
        except UserError as error:
            return _persons(request, language, error=error)
        return link_once(request, language, secret, name, reverse("persons", args=[language]))
    return _persons(request, language)


def _persons(
    request: HttpRequest, language: str, *, error: UserError | None = None
) -> HttpResponse:
    with_account = Person.objects.exclude(email=None).order_by("name", "pk")
    shown = {
        "persons": with_account.prefetch_related("memberships"),
        "invitations": invitations.waiting("").filter(administrator=True),
        "problems": problems_of(error),
        "typed": request.POST,
    }
    return page(request, language, "people/persons.html", shown, status=400 if error else 200)


@require_safe
def person(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """Show one person."""
    return _person(request, language, get_object_or_404(Person, pk=number))


def _person(
    request: HttpRequest, language: str, other: Person, *, error: UserError | None = None
) -> HttpResponse:
    memberships = Membership.objects.filter(person=other).order_by("study", "-began")
    shown = {
        "other": other,
        "memberships": [(one, ROLES[one.role]) for one in memberships],
        "oneself": other.pk == _by(request).pk,
        "renewable": rank.may_renew(_by(request), None, other),
        "problems": problems_of(error),
    }
    return page(request, language, "people/person.html", shown, status=400 if error else 200)


@require_POST
def active(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """Let a person in, or no more."""
    other = get_object_or_404(Person, pk=number)
    try:
        accounts.set_active(_by(request), other, request.POST.get("on") == "1")
    except UserError as error:
        return _person(request, language, other, error=error)
    return HttpResponseRedirect(reverse("person", args=[language, number]))


@require_POST
def administrator(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """Make a person an administrator, or none any more."""
    other = get_object_or_404(Person, pk=number)
    try:
        accounts.set_administrator(_by(request), other, request.POST.get("on") == "1")
    except UserError as error:
        return _person(request, language, other, error=error)
    return HttpResponseRedirect(reverse("person", args=[language, number]))


@require_POST
def link(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """Make a link for a new password or a new phone, and show it once."""
    other = get_object_or_404(Person, pk=number)
    try:
        secret = invitations.renew(_by(request), None, other, request.POST.get("kind", ""))
    except UserError as error:
        return _person(request, language, other, error=error)
    back = reverse("person", args=[language, number])
    return link_once(request, language, secret, other.name, back)


@require_POST
def revoke(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """Take an administrator's invitation back."""
    invitation = get_object_or_404(Invitation, pk=number, study="", administrator=True)
    invitations.revoke(invitation, _by(request))
    return HttpResponseRedirect(reverse("persons", args=[language]))


def _by(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise TypeError("the gate lets nobody else in")
    return request.user
