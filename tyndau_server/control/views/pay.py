"""Pay: what interviewers are owed, cuts decided and taken back.

In: a language, a slug; an interviewer, a sum, a reason; the number of a cut. Out: the page, and the
way back to it.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message
from tyndau.fieldwork.control.pay import money
from tyndau_server.control import owed
from tyndau_server.fieldwork.filters import whole_number
from tyndau_server.fieldwork.seen import membership_of
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people.models import Membership, Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_CUT = N_("It is decided; the interviewer sees the sum and the reason.")
_REVOKED = N_("The cut is taken back.")


@require_safe
def pay(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the register."""
    return _page(request, language, slug)


@require_POST
def cut_make(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Decide to pay an interviewer less."""
    study = describe(folder_of(slug)).study
    number = whole_number(request.POST.get("interviewer", "")) or 0
    member = Membership.objects.filter(study=slug, role=Role.INTERVIEWER, pk=number).first()
    if member is None:
        return _page(request, language, slug)
    sent = request.POST
    try:
        owed.cut(
            slug, study, member, sent.get("amount", "")[:40], sent.get("reason", ""),
            by=membership_of(request).person,
        )  # fmt: skip
    except UserError as error:
        return _page(request, language, slug, error)
    notify(request, language, Message(_CUT))
    return HttpResponseRedirect(reverse("pay", args=[language, slug]))


@require_POST
def cut_revoke(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Take a cut back."""
    folder_of(slug)
    found = owed.cuts_of(slug).filter(pk=number).first()
    if found is None:
        raise Http404(number)
    owed.revoke(found, by=membership_of(request).person)
    notify(request, language, Message(_REVOKED))
    return HttpResponseRedirect(reverse("pay", args=[language, slug]))


def _page(
    request: HttpRequest, language: str, slug: str, error: UserError | None = None
) -> HttpResponse:
    described = describe(folder_of(slug))
    lines = owed.register_of(slug, described.study)
    shown = {
        "described": described,
        "slug": slug,
        "rate": owed.rate_of(described.study),
        "lines": lines,
        "accepted": sum(line.accepted for line in lines),
        "earned": sum((line.earned for line in lines), money(0)),
        "cut": sum((line.cut for line in lines), money(0)),
        "owed": sum((line.owed for line in lines), money(0)),
        "cuts": owed.cuts_of(slug),
        "problems": problems_of(error),
        "typed": request.POST,
    }
    response = page(
        request, language, "control/pay.html", shown, simulated=described.fictional,
        status=422 if error else 200,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response
