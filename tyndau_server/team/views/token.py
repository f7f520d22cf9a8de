"""Phones of an interviewer: a code to scan for each, shown once, and shut out one by one.

In: an interviewer, a phone. Out: a page to be scanned or printed, with the address of the browser
form, the settings of ODK Collect, and the plain address for other programs; a page that says what
shutting a phone out does before it is done. A supervisor of some territories finds the phones of
interviewers whom he sees, and no others; of guests he makes no codes, since whoever has a code
reads what the interviewer is told.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.languages import N_, Message, say
from tyndau.fieldwork.openrosa.settings import collect_settings
from tyndau_server.control.live import line_of_phone
from tyndau_server.fieldwork.seen import interviewers_of, is_limited, sees_all_of
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.people import typed
from tyndau_server.people.models import Membership, Role, Token
from tyndau_server.people.tokens import issue_token, revoke
from tyndau_server.people.views.second_factor import qr
from tyndau_server.team.offer import decider_of, offer_of

_SHUT_OUT = N_("The phone is shut out.")


@require_safe
def phone(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show a phone, and what shutting it out does."""
    one = _phone(request, slug, number)
    shown = {
        "slug": slug,
        "zone": offer_of(slug).zone,
        "phone": line_of_phone(one),
        "token": one,
        "member": one.membership,
        "office": _is_office(request),
        "makes_codes": _makes_codes(request, one.membership),
    }
    return page(request, language, "team/phone.html", shown)


@require_POST
def token(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Make a code for another phone, and show it once."""
    member = get_object_or_404(Membership, pk=number, study=slug, ended=None, role=Role.INTERVIEWER)
    if not _makes_codes(request, member):
        raise Http404(member.pk)
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
    decider = decider_of(request, slug)
    secret = issue_token(member, label, by=decider.person, made_by=decider.membership)
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
        "office": _is_office(request),
    }
    response = page(request, language, "team/token.html", shown)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def token_revoke(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Let a phone in no more."""
    revoke(_phone(request, slug, number), by=decider_of(request, slug).person)
    notify(request, language, Message(_SHUT_OUT))
    return HttpResponseRedirect(reverse("phone", args=[language, slug, number]))


def _phone(request: HttpRequest, slug: str, number: int) -> Token:
    """Return a phone of the study that the person may see."""
    phones = Token.objects.select_related("membership__person", "report")
    found = get_object_or_404(phones, pk=number, membership__study=slug)
    _require_seen(request, found.membership)
    return found


def _require_seen(request: HttpRequest, member: Membership) -> None:
    decider = decider_of(request, member.study)
    own = decider.membership
    if own is None or decider.person.administrator or not is_limited(own):
        return
    if member not in interviewers_of(own):
        raise Http404(member.pk)


def _makes_codes(request: HttpRequest, member: Membership) -> bool:
    decider = decider_of(request, member.study)
    own = decider.membership
    return own is None or decider.person.administrator or sees_all_of(own, member)


def _is_office(request: HttpRequest) -> bool:
    """Whether the pages of the team are open to the person."""
    membership = getattr(request, "membership", None)
    administrator = getattr(request.user, "administrator", False)
    return administrator or (membership is not None and membership.role != Role.SUPERVISOR)
