"""One member of a team: role, territories, phones; its end.

In: a study and a membership. Out: the page; after a change the way back to it.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tyndau.base.errors import UserError
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people import invitations, members, rank, typed
from tyndau_server.people.models import Invitation, Membership, Role
from tyndau_server.people.views.once import link_once
from tyndau_server.people.words import DUTIES, ROLES
from tyndau_server.team.offer import decider_of, offer_of


def _member(slug: str, number: int) -> Membership:
    of_study = Membership.objects.filter(study=slug, ended=None).select_related("person")
    return get_object_or_404(of_study, pk=number)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show a member, and change what they are."""
    one = _member(slug, number)
    if request.method == "POST":
        try:
            _change(request, slug, one)
        except UserError as error:
            return _page(request, language, one, error=error)
        return HttpResponseRedirect(reverse("team", args=[language, slug]))
    return _page(request, language, one)


def _change(request: HttpRequest, slug: str, one: Membership) -> None:
    offer = offer_of(slug)
    role = request.POST.get("role", one.role)
    interviewer = one.role == Role.INTERVIEWER
    in_places = role in (Role.SUPERVISOR, Role.INTERVIEWER)
    members.change(
        decider_of(request, slug),
        one,
        role=role,
        code=typed.code_of(request.POST.get("code", "")) if interviewer else "",
        forms=offer.chosen(request, "forms") if interviewer else (),
        territories=offer.chosen(request, "territories") if in_places else (),
        language=typed.language_of_phones(request.POST.get("language", ""))
        if interviewer
        else None,
    )


def _page(
    request: HttpRequest, language: str, one: Membership, *, error: UserError | None = None
) -> HttpResponse:
    slug = one.study
    decider, offer = decider_of(request, slug), offer_of(slug)
    roles = rank.givable(decider.person, decider.membership)
    shown = {
        "slug": slug,
        "zone": offer.zone,
        "member": one,
        "role": ROLES[one.role],
        "interviewer": one.role == Role.INTERVIEWER,
        "changeable": decider.may(one),
        "roles": [(r, ROLES[r], DUTIES[r]) for r in roles if r != Role.INTERVIEWER],
        "offer": offer,
        "tokens": one.tokens.order_by("-pk"),
        "renewable": rank.may_renew(decider.person, decider.membership, one.person),
        "problems": problems_of(error),
    }
    return page(request, language, "team/member.html", shown, status=400 if error else 200)


@require_POST
def end(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """End what a member is in the study."""
    one = _member(slug, number)
    try:
        members.end(decider_of(request, slug), one)
    except UserError as error:
        return _page(request, language, one, error=error)
    return HttpResponseRedirect(reverse("team", args=[language, slug]))


@require_POST
def link(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Make a link for a new password or a new phone of a member, and show it once."""
    one, decider = _member(slug, number), decider_of(request, slug)
    try:
        secret = invitations.renew(
            decider.person, decider.membership, one.person, request.POST.get("kind", "")
        )
    except UserError as error:
        return _page(request, language, one, error=error)
    back = reverse("member", args=[language, slug, number])
    return link_once(request, language, secret, one.person.name, back)


@require_POST
def link_revoke(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Take an invitation into the study back."""
    invitation = get_object_or_404(Invitation, pk=number, study=slug)
    decider = decider_of(request, slug)
    if invitation.role in rank.givable(decider.person, decider.membership):
        invitations.revoke(invitation, decider.person)
    return HttpResponseRedirect(reverse("team", args=[language, slug]))
