"""The team of a study: who is in it, as what, and which links wait to be used.

In: a study. Out: the page; for a new colleague a link or a code that is shown once.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people import invitations, members, rank, typed
from tyndau_server.people.members import Decider
from tyndau_server.people.models import Membership, Role
from tyndau_server.people.views.once import link_once
from tyndau_server.people.words import DUTIES, ROLES
from tyndau_server.team.offer import Offer, decider_of, offer_of
from tyndau_server.team.views.token import token_once

_ORDER = {role: place for place, role in enumerate(Role)}


@require_safe
def team(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show who is in the study."""
    decider, offer = decider_of(request, slug), offer_of(slug)
    everybody = list(
        Membership.objects.filter(study=slug, ended=None)
        .select_related("person")
        .prefetch_related("tokens")
    )
    everybody.sort(key=lambda one: (_ORDER[Role(one.role)], one.code, one.person.name))
    lines = [_line(one, decider, offer) for one in everybody]
    links = [(one, ROLES[one.role]) for one in invitations.waiting(slug)]
    shown = {
        "slug": slug,
        "zone": offer.zone,
        "staff": [line for line in lines if not line["interviewer"]],
        "interviewers": [line for line in lines if line["interviewer"]],
        "links": links,
        "revocable": rank.givable(decider.person, decider.membership),
    }
    return page(request, language, "team/team.html", shown)


def _line(one: Membership, decider: Decider, offer: Offer) -> dict[str, object]:
    return {
        "member": one,
        "interviewer": one.role == Role.INTERVIEWER,
        "role": ROLES[one.role],
        "territories": offer.said("territories", one.territories),
        "phones": [token for token in one.tokens.all() if token.revoked is None],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Invite somebody by a link, which is shown once."""
    decider, offer = decider_of(request, slug), offer_of(slug)
    error: UserError | None = None
    if request.method == "POST":
        try:
            name = typed.name_of(request.POST.get("name", ""))
            email = typed.email_of(request.POST.get("email", ""))
            role = request.POST.get("role", "")
            chosen = offer.chosen(request, "territories") if role == Role.SUPERVISOR else []
            secret = invitations.invite(
                decider, study=slug, role=role, name=name, email=email, territories=chosen
            )
        except UserError as refused:
            error = refused
        else:
            back = reverse("team", args=[language, slug])
            return link_once(request, language, secret, name, back, offer.title)
    roles = rank.givable(decider.person, decider.membership)
    shown = {
        "slug": slug,
        "roles": [(r, ROLES[r], DUTIES[r]) for r in roles if r != Role.INTERVIEWER],
        "offer": offer,
        "ticked": offer.chosen(request, "territories"),
        "typed": request.POST,
        "problems": problems_of(error),
    }
    return page(request, language, "team/invite.html", shown, status=400 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def interviewer(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Add an interviewer, and show the code for the first phone once."""
    decider, offer = decider_of(request, slug), offer_of(slug)
    error: UserError | None = None
    if request.method == "POST":
        try:
            added = members.add_interviewer(
                decider,
                name=typed.name_of(request.POST.get("name", "")),
                code=typed.code_of(request.POST.get("code", "")),
                forms=offer.chosen(request, "forms"),
                territories=offer.chosen(request, "territories"),
                language=typed.language_of_phones(request.POST.get("language", "")),
            )
        except UserError as refused:
            error = refused
        else:
            label = typed.label_of(request.POST.get("label", ""))
            return token_once(request, language, added, label)
    shown = {
        "slug": slug,
        "offer": offer,
        "ticked": offer.chosen(request, "territories"),
        "ticked_forms": offer.chosen(request, "forms"),
        "spoken": request.POST.get("language", language if language in CONTENT_LANGUAGES else ""),
        "typed": request.POST,
        "problems": problems_of(error),
    }
    return page(request, language, "team/interviewer.html", shown, status=400 if error else 200)
