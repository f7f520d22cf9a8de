"""The picture of a chart.

In: a language, a slug, a population, a file's name. Out: the picture. Only pictures that the volume
names lead anywhere.
"""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from tyndau_server.analysis.results import newest
from tyndau_server.analysis.shown import edition_of
from tyndau_server.studies.served import folder_of


@require_safe
def chart(
    request: HttpRequest,
    language: str,
    slug: str,
    population: str,
    name: str,
) -> FileResponse:
    """Send a picture."""
    results = newest(folder_of(slug), edition_of(request))
    volume = results.volume(population) if results else None
    if results is None or volume is None:
        raise Http404(population)
    known = {
        file
        for question in volume.questions
        if question.picture
        for widths in question.picture.files.values()
        for file in widths.values()
    }
    file = next((file for file in known if file.rpartition("/")[2] == name), None)
    if file is None:
        raise Http404(name)
    try:
        stream = (results.web[population] / file).open("rb")
    except FileNotFoundError:
        raise Http404(name) from None
    return FileResponse(stream, content_type="image/svg+xml")
