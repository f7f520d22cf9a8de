"""Making a study on the server.

In: a language, what the administrator typed. Out: the page, or the way to the new study.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tyndau.base.errors import UserError
from tyndau.base.languages import N_, Message, Text
from tyndau_server.look.notify import notify
from tyndau_server.look.page import page
from tyndau_server.people.models import Person
from tyndau_server.studies.make import make_study
from tyndau_server.studies.problems import NO_ROOT
from tyndau_server.studies.served import root
from tyndau_server.studies.shown import told

_MADE = N_("The study is made. Invite its sociologist, who edits the design.")
LONGEST_TITLE = 300


@require_http_methods(["GET", "HEAD", "POST"])
def new_study(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for what a new study needs, and make it."""
    typed = {
        name: request.POST.get(name, "")[:LONGEST_TITLE].strip() for name in ("slug", "kk", "ru")
    }
    if root() is None:
        nowhere = {"nowhere": told([NO_ROOT.at()])}
        status = 200 if request.method != "POST" else 422
        return page(request, language, "studies/new.html", nowhere, status=status)
    if request.method != "POST":
        return page(request, language, "studies/new.html", {"typed": typed})
    person = request.user
    assert isinstance(person, Person)  # the gate lets nobody else in
    try:
        make_study(typed["slug"], Text(typed["kk"], typed["ru"]), by=person)
    except UserError as error:
        shown = {"typed": typed, "problems": told(error.problems)}
        return page(request, language, "studies/new.html", shown, status=422)
    notify(request, language, Message(_MADE))
    return HttpResponseRedirect(reverse("study", args=[language, typed["slug"]]))
