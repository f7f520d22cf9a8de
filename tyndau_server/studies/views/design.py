"""The design of a study: its files, its versions, what changed between two of them.

In: a language, a slug, numbers of versions. Out: pages and files.
"""

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tyndau.base.errors import UserError
from tyndau.study.versions import Version, folder_of_version, list_versions
from tyndau_server.look.page import page
from tyndau_server.studies.described import describe
from tyndau_server.studies.design import MOST_FILES, current_version, download
from tyndau_server.studies.places import MOST_BYTES
from tyndau_server.studies.prepared import compared
from tyndau_server.studies.served import folder_of
from tyndau_server.studies.shown import changed, file_words


def of_design(slug: str) -> dict[str, Any]:
    """Return what the page of a study's design shows, the current version first.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    dict
        For the template ``studies/design.html``.
    """
    study = folder_of(slug)
    current = current_version(study)
    described = describe(study)
    versions = [_line(one) for one in reversed(list_versions(study))]
    folder = folder_of_version(study, current.number)
    return {
        "described": described,
        "zone": described.zone,
        "current": versions[0],
        "versions": versions,
        "files": [
            {"path": path, "name": file_words(path), "size": (folder / path).stat().st_size}
            for path in sorted(current.files, key=_place)
        ],
        "most_files": MOST_FILES,
        "most_megabytes": MOST_BYTES // 2**20,
    }


@require_safe
def design(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show the files and the versions."""
    return page(request, language, "studies/design.html", of_design(slug))


@require_safe
def design_file(
    request: HttpRequest, language: str, slug: str, number: int, path: str
) -> FileResponse:
    """Give a file of a version out."""
    try:
        name, content = download(folder_of(slug), number, path)
    except UserError as error:
        raise Http404(path) from error
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
    )


@require_safe
def design_version(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """Show a version: its files and what it changed."""
    shown = of_design(slug)
    version = _version(shown, number)
    previous = number - 1 if number > 1 else 0
    study = folder_of(slug)
    files = [
        {"path": path, "name": file_words(path)} for path in sorted(version["files"], key=_place)
    ]
    changes = changed(compared(study, previous, number)) if previous else []
    shown |= {"chosen": version, "files": files, "previous": previous, "changes": changes}
    return page(request, language, "studies/version.html", shown)


@require_safe
def design_compare(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show what changed between two versions; the last two where none are named."""
    shown = of_design(slug)
    last = shown["current"]["number"]
    before = _version(shown, _number(request, "before", max(1, last - 1)))
    after = _version(shown, _number(request, "after", last))
    changes = changed(compared(folder_of(slug), before["number"], after["number"]))
    shown |= {"before": before, "after": after, "changes": changes}
    return page(request, language, "studies/compare.html", shown)


def _place(path: str) -> tuple[int, str]:
    """Order files: the workbook and the boundaries, then questionnaires, then guides."""
    return path.count("/"), path


def _line(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "parent": version.parent,
        "back": version.parent if version.parent not in (0, version.number - 1) else 0,
        "moment": version.moment,
        "who": version.who,
        "note": version.note,
        "files": version.files,
    }


def _version(shown: dict[str, Any], number: int) -> dict[str, Any]:
    for version in shown["versions"]:
        if version["number"] == number:
            found: dict[str, Any] = version
            return found
    raise Http404(str(number))


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, str(otherwise))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404(name)
    return int(text)
