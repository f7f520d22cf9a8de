"""The page of a study: what it is, how far it is, what there is to download and to browse.

In: a language, a slug. Out: the page.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau_server.analysis.browse import banners, chapters, simulated, volumes
from tyndau_server.analysis.results import newest
from tyndau_server.home.facts import facts
from tyndau_server.home.state import state_of
from tyndau_server.look.page import page
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of


@require_safe
def study(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show a study."""
    folder = folder_of(slug)
    described = describe(folder)
    results = newest(folder)
    found = volumes(results)
    shown = {
        "described": described,
        "state": state_of(described),
        "facts": list(facts(described.study)) if described.study else [],
        "results": results,
        "volumes": [
            (name, volume, chapters(volume), banners(volume)) for name, volume in found.items()
        ],
    }
    marked = described.fictional or any(map(simulated, found.values()))
    return page(request, language, "home/study.html", shown, simulated=marked)
