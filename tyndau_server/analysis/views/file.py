"""A file of the results, to be downloaded.

In: a language, a slug, a name. Out: the file. Only names that the build recorded lead anywhere, so
that no name, however written, leads out of the folder.
"""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from tyndau_server.analysis.results import newest
from tyndau_server.analysis.shown import edition_of
from tyndau_server.studies.served import folder_of


@require_safe
def file(request: HttpRequest, language: str, slug: str, name: str) -> FileResponse:
    """Send a file."""
    results = newest(folder_of(slug), edition_of(request))
    found = results.files.get(name) if results else None
    if found is None:
        raise Http404(name)
    try:
        return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)
    except FileNotFoundError:
        raise Http404(name) from None
