"""The tables of a population: the list of questions, or one question by one banner.

In: a language, a slug, a population, and in the query ``question`` and ``banner``, as the form of
the page sends them. Out: the page. A question or banner that is not there is a page that is not
there; a question that is not broken down by a banner says so and shows what there is.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau.reporting.web import WebQuestion, WebVolume
from tyndau_server.analysis.browse import (
    around,
    banners,
    chapters,
    search,
    simulated,
    table_by,
    volumes,
)
from tyndau_server.analysis.grid import grid
from tyndau_server.analysis.results import newest
from tyndau_server.analysis.shown import edition_of
from tyndau_server.look.page import page
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of


@require_safe
def table(request: HttpRequest, language: str, slug: str, population: str) -> HttpResponse:
    """Show the list of questions, or the table of one."""
    folder = folder_of(slug)
    described = describe(folder)
    results = newest(folder, edition_of(request))
    volume = volumes(results).get(population)
    if volume is None:
        raise Http404(population)
    shown: dict[str, Any] = {
        "described": described,
        "results": results,
        "population": population,
        "volume": volume,
        "banners": banners(volume),
    }
    marked = described.fictional or simulated(volume)
    name = request.GET.get("question", "")
    if not name:
        words = request.GET.get("search", "").strip()
        found = search(volume, words)
        shown |= {"chapters": chapters(found), "search": words, "found": len(found.questions)}
        return page(request, language, "analysis/questions.html", shown, simulated=marked)
    question = next((one for one in volume.questions if one.key == name), None)
    if question is None:
        raise Http404(name)
    banner = _banner(request.GET.get("banner", ""), volume, question)
    crossed = table_by(question, banners(volume)[banner - 1])
    chosen = crossed or question.tables[0]
    before, after = around(volume.questions, question)
    shown |= {
        "chapters": chapters(volume),
        "question": question,
        "picture": _picture(question, language),
        "banner": banner,
        "missing": crossed is None,
        "table": chosen,
        "grid": grid(chosen, language),
        "before": before,
        "after": after,
    }
    return page(request, language, "analysis/table.html", shown, simulated=marked)


def _picture(question: WebQuestion, language: str) -> dict[str, object] | None:
    """Return the picture of a question: its words, and the names of its files by width."""
    if question.picture is None:
        return None
    files = question.picture.files["kk" if language == "kk" else "ru"]
    names = {width: file.rpartition("/")[2] for width, file in files.items()}
    return {"words": question.picture.words, **names}


def _banner(given: str, volume: WebVolume, question: WebQuestion) -> int:
    """Return the place of a banner, from 1; that of the question's first table by default."""
    known = banners(volume)
    if not given:
        return known.index(question.tables[0].by) + 1
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= len(known)):
        raise Http404(given)
    return int(given)
