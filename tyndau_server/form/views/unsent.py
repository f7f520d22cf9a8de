"""Loading a phone's file of unsent interviews.

In: a language, a slug; the file. Out: the page, with what came of the file.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tyndau.base.errors import UserError
from tyndau_server.audit import log
from tyndau_server.fieldwork.seen import interviewers_of, membership_of
from tyndau_server.form.unsent import Loaded, load
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people.models import Membership, Role
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of


@require_http_methods(["GET", "HEAD", "POST"])
def unsent(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the page, or load a file."""
    membership = membership_of(request)
    office = membership.role == Role.SOCIOLOGIST
    described = describe(folder_of(slug))
    shown: dict[str, Any] = {"described": described, "slug": slug, "office": office}
    if request.method != "POST":
        return _page(request, language, shown)
    file = request.FILES.get("file")
    try:
        loaded = load(file.read() if file else b"", interviewers_of(membership))
    except UserError as error:
        return _page(request, language, shown | {"problems": problems_of(error)}, 422)
    _note(membership, loaded)
    return _page(request, language, shown | {"loaded": _told(loaded, language)})


def _told(loaded: Loaded, language: str) -> dict[str, Any]:
    refused = [(number, refusal.say(language)) for number, refusal in loaded.refused]
    return {"taken": loaded.taken, "known": loaded.known, "refused": refused}


def _note(membership: Membership, loaded: Loaded) -> None:
    log.write(
        "unsent.loaded", actor=membership.person, study=membership.study,
        details={"taken": loaded.taken, "known": loaded.known, "refused": len(loaded.refused)},
    )  # fmt: skip


def _page(
    request: HttpRequest, language: str, shown: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    answer = page(request, language, "form/unsent.html", shown, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
