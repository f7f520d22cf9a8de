"""Phones of an interviewer: a code to scan for each, shown once, and revoked one by one.

In: an interviewer. Out: a page to be scanned or printed, with the address of the browser form, the
settings of ODK Collect, and the plain address for other programs.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from tyndau.base.languages import say
from tyndau.fieldwork.openrosa.settings import collect_settings
from tyndau_server.look.page import page
from tyndau_server.people import typed
from tyndau_server.people.models import Membership, Role, Token
from tyndau_server.people.tokens import issue_token, revoke
from tyndau_server.people.views.second_factor import qr
from tyndau_server.team.offer import decider_of, offer_of


@require_POST
def token(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Make a code for another phone, and show it once."""
    member = get_object_or_404(Membership, pk=number, study=slug, ended=None, role=Role.INTERVIEWER)
    label = typed.label_of(request.POST.get("label", ""))
    return token_once(request, language, member, label)


def token_once(request: HttpRequest, language: str, member: Membership, label: str) -> HttpResponse:
    """Make a token and show it, once.

    Parameters
    ----------
    request : HttpRequest
        Of whoever makes it.
    language : str
        ``kk``, ``ru`` or ``en``.
    member : Membership
        The interviewer.
    label : str
        Which phone, in words.

    Returns
    -------
    HttpResponse
        The page, which no cache keeps.
    """
    slug = member.study
    secret = issue_token(member, label, by=decider_of(request, slug).person)
    address = request.build_absolute_uri(f"/k/{secret}")
    title = offer_of(slug).title
    settings = collect_settings(
        server_url=address, project=say(title, language), interviewer=member.code
    )
    shown = {
        "slug": slug,
        "title": title,
        "member": member,
        "label": label,
        "address": address,
        "browser": qr(f"{address}/"),
        "qr": qr(settings),
    }
    response = page(request, language, "team/token.html", shown)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def token_revoke(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Let a phone in no more."""
    phone = get_object_or_404(
        Token.objects.select_related("membership__person"), pk=number, membership__study=slug
    )
    revoke(phone, by=decider_of(request, slug).person)
    return HttpResponseRedirect(reverse("member", args=[language, slug, phone.membership_id]))
