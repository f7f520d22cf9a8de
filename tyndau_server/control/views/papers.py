"""Papers of the field: made by the worker, given out as one file.

In: a language, a slug. Out: the way back to the team's page; a zip file.
"""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tyndau_server.control.papers import zip_of_papers
from tyndau_server.jobs.queue import enqueue
from tyndau_server.people.models import Person
from tyndau_server.studies.served import folder_of

KIND = "print-papers"


@require_POST
def papers_print(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Have the worker make all papers."""
    folder_of(slug)
    asked = request.user if isinstance(request.user, Person) else None
    enqueue(slug, KIND, asked_by=asked)
    return HttpResponseRedirect(reverse("team", args=[language, slug]) + "#papers")


@require_safe
def papers_file(request: HttpRequest, language: str, slug: str) -> FileResponse:
    """Give the papers out."""
    folder_of(slug)
    path = zip_of_papers(slug)
    if not path.is_file():
        raise Http404(slug)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{slug}-papers.zip")
    response["Cache-Control"] = "no-store"
    return response
