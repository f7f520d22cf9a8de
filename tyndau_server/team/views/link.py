"""A one-time link: what it is for, and using it.

In: the secret in the address. Out: a page that says what the link gives; after its form was sent,
an account, a role, a new password or a new phone. No page that it leads to gets to know the
address, and no cache keeps it.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tyndau.base.errors import UserError
from tyndau.base.languages import Sayable
from tyndau_server.look.page import page
from tyndau_server.look.wrong import problems_of
from tyndau_server.people import invitations, problems, session, typed
from tyndau_server.people.gate import whole
from tyndau_server.people.models import Invitation, Membership, Person
from tyndau_server.people.passwords import good_password
from tyndau_server.people.views.door import who
from tyndau_server.people.words import ADMINISTRATOR, ROLES
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

Kind = Invitation.Kind


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, language: str, secret: str) -> HttpResponse:
    """Show what a link is for, and use it."""
    try:
        invitation = invitations.find(secret)
    except UserError as error:
        return _silent(page(request, language, "team/link-dead.html", _of(error), status=410))
    if request.method != "POST":
        return _show(request, language, invitation)
    try:
        done = _USES[Kind(invitation.kind)](request, language, invitation)
    except UserError as error:
        return _show(request, language, invitation, error=error)
    return _silent(done)


def _show(
    request: HttpRequest,
    language: str,
    invitation: Invitation,
    *,
    error: UserError | None = None,
) -> HttpResponse:
    folder = served().get(invitation.study)
    title: Sayable = describe(folder).title if folder else invitation.study
    person = request.user if isinstance(request.user, Person) else None
    shown = {
        "link": invitation,
        "title": title,
        "role": ROLES[invitation.role] if invitation.role else ADMINISTRATOR,
        "who": person,
        "typed": request.POST,
        "account": request.POST.get("with") == "account",
        **(_of(error) if error else {}),
    }
    template = f"team/link-{invitation.kind}.html"
    return _silent(page(request, language, template, shown, status=400 if error else 200))


def _of(error: UserError) -> dict[str, object]:
    return {"problems": problems_of(error)}


def _silent(response: HttpResponse) -> HttpResponse:
    # With no-referrer browsers send forms from an origin "null", which no form of ours may have.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response


def _join(request: HttpRequest, language: str, invitation: Invitation) -> HttpResponse:
    """Join with the account that is signed in, with another, or with a new one."""
    wanted = request.POST.get("with")
    if wanted == "session" and isinstance(request.user, Person):
        if not (session.lasts(request) and whole(request, request.user, _parts(request.user))):
            raise problems.PASSWORD_WRONG.error()
        invitations.join(invitation, request.user)
        request.session.cycle_key()
    elif wanted == "account":
        person = who(request)
        if person is None:
            raise problems.PASSWORD_WRONG.error()
        invitations.join(invitation, person)
        session.begin(request, person)
    else:
        name = typed.name_of(request.POST.get("name", ""))
        email = typed.email_of(request.POST.get("email", ""))
        password = _new_password(request, name, email)
        person = invitations.join_anew(
            invitation, name=name, email=email, password=password, language=language
        )
        session.begin(request, person)
    study = invitation.study
    on = reverse("study", args=[language, study]) if study else reverse("index", args=[language])
    return HttpResponseRedirect(on)


def _parts(person: Person) -> list[Membership]:
    return list(Membership.objects.filter(person=person, ended=None))


def _password(request: HttpRequest, language: str, invitation: Invitation) -> HttpResponse:
    """Set a new password; the second factor is asked for as ever."""
    password = _new_password(request, invitation.name, invitation.email)
    session.begin(request, invitations.set_password(invitation, password))
    return HttpResponseRedirect(reverse("index", args=[language]))


def _device(request: HttpRequest, language: str, invitation: Invitation) -> HttpResponse:
    """Take a lost phone away, once the password was right, and set up another."""
    person = who(request)
    if person is None or person.pk != invitation.person_id:
        raise problems.PASSWORD_WRONG.error()
    session.begin(request, invitations.take_device_away(invitation))
    return HttpResponseRedirect(reverse("second-factor-new", args=[language]))


_USES = {Kind.JOIN: _join, Kind.PASSWORD: _password, Kind.DEVICE: _device}


def _new_password(request: HttpRequest, *known: str) -> str:
    return good_password(request.POST.get("password", ""), request.POST.get("again", ""), *known)
