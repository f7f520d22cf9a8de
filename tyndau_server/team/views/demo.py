"""The demonstration: coming in as a made-up person, by one click.

In: a role. Out: a session. It is there only where the server listens to this machine alone
(``TYNDAU_DEMO``); elsewhere the address does not exist.
"""

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tyndau_server.audit import log
from tyndau_server.people import session
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.people.views.door import back_to
from tyndau_server.studies.served import served

# Made up; no address of theirs can exist (RFC 2606).
_NAMES = {
    Role.HEAD: "Серік Үлгібаев",
    Role.SOCIOLOGIST: "Айгүл Мысалова",
    Role.SUPERVISOR: "Дәурен Үлгібаев",
    Role.INTERVIEWER: "Әсел Мысалова",
    Role.MODERATOR: "Қарлығаш Үлгібаева",
    Role.CUSTOMER: "Нұрлан Мысалов",
    Role.READER: "Ғалия Үлгібаева",
}
_ADMINISTRATOR, _NAME_OF_ADMINISTRATOR = "administrator", "Өмір Мысалов"


@require_POST
def demo(request: HttpRequest, language: str) -> HttpResponse:
    """Come in as somebody made up."""
    if not settings.TYNDAU_DEMO:
        raise Http404
    role = request.POST.get("role", "")
    if role != _ADMINISTRATOR and role not in _NAMES:
        raise Http404
    session.begin(request, _person(role), demo=True)
    address = back_to(request, language)
    return HttpResponseRedirect(address if role != _ADMINISTRATOR else reverse_persons(language))


def reverse_persons(language: str) -> str:
    """Return the page on which an administrator begins."""
    return reverse("persons", args=[language])


def _person(role: str) -> Person:
    """Return the made-up person of a role, with a part in every study that is served."""
    administrator = role == _ADMINISTRATOR
    with transaction.atomic():
        person, made = Person.objects.get_or_create(
            email=f"{role}@demo.invalid",
            defaults={
                "name": _NAME_OF_ADMINISTRATOR if administrator else _NAMES[Role(role)],
                "administrator": administrator,
            },
        )
        if made:
            person.set_unusable_password()
            person.save()
        if not administrator:
            for slug in served():
                _, new = Membership.objects.get_or_create(
                    person=person, study=slug, ended=None,
                    defaults={"role": role, "code": "demo" if role == Role.INTERVIEWER else ""},
                )  # fmt: skip
                if new:
                    log.write("demo.entered", actor=None, study=slug, subject=person.name)
    return person
