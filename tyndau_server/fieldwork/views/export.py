"""Interviews as a file: CSV as it is read, or an SPSS file of those that are accepted.

In: a language, a slug, in the query the filters of the list with a questionnaire, a format and
perhaps a repeat. Out: the file; a page that says why there is none; without a questionnaire, the
way to where one is chosen.
"""

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tyndau.base.errors import UserError
from tyndau_server.fieldwork.export import Wanted, csv_pieces, form_of, sav_file, write_down
from tyndau_server.fieldwork.filters import Filters
from tyndau_server.fieldwork.seen import membership_of, submissions_of
from tyndau_server.look.page import page
from tyndau_server.look.wrong import in_every_language
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import folder_of

_CSV, _EXCEL, _SAV = "csv", "csv-excel", "sav"
_ENDINGS = {_CSV: "csv", _EXCEL: "csv", _SAV: "sav"}


@require_safe
def export(request: HttpRequest, language: str, slug: str) -> HttpResponseBase:
    """Send the interviews."""
    membership = membership_of(request)
    described = describe(folder_of(slug))
    filters = Filters.read(request.GET)
    kind, repeat = request.GET.get("format", _CSV), request.GET.get("repeat", "")
    if not filters.form:
        return HttpResponseRedirect(f"{reverse('submissions', args=[language, slug])}#exports")
    xform = form_of(slug, filters.form)
    if xform is None or kind not in _ENDINGS or (repeat and repeat not in xform.repeats):
        raise Http404(filters.form)
    wanted = Wanted(slug, filters.form, filters, described.zone, repeat)
    seen = submissions_of(membership)
    name = wanted.name(timezone.now(), _ENDINGS[kind])
    response: FileResponse | StreamingHttpResponse
    if kind == _SAV:
        if described.study is None or filters.form not in described.study.forms:
            raise Http404(filters.form)
        labels = language if language == "kk" else "ru"
        try:
            file = sav_file(seen, wanted, described.study, labels)
        except UserError as error:
            problems = [in_every_language(one) for one in error.problems]
            shown = {"described": described, "slug": slug, "problems": problems}
            return page(request, language, "fieldwork/not_exported.html", shown, status=409)
        response = FileResponse(file, content_type="application/octet-stream")
    else:
        pieces = csv_pieces(seen, wanted, xform, for_excel=kind == _EXCEL)
        response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    write_down(wanted, kind, by=membership.person)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["Cache-Control"] = "no-store"
    return response
