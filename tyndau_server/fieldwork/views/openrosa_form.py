"""``/k/TOKEN/formList`` and what it leads to: forms, manifests, media.

In: GET by a phone. Out: what its interviewer may ask, to the byte as it was issued; lists narrowed
to the interviewer's own rows.
"""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tyndau.fieldwork.openrosa import ListedFile, ListedForm, form_list, manifest
from tyndau_server.fieldwork.files import safe_name
from tyndau_server.fieldwork.models import Instrument, Media
from tyndau_server.fieldwork.offered import files_of, instrument_of, instruments_of, open_file
from tyndau_server.fieldwork.openrosa import for_phones, said, xml
from tyndau_server.fieldwork.phone import Phone, note
from tyndau_server.fieldwork.refusals import REVOKED


@for_phones("GET")
def form_list_of(request: HttpRequest, phone: Phone) -> HttpResponse:
    """List what the interviewer may ask; with ``formID`` that form alone."""
    if not phone.holds:
        return said(REVOKED, phone.language)
    instruments = instruments_of(phone).prefetch_related("media")
    wanted = request.GET.get("formID")
    if wanted is not None:
        instruments = instruments.filter(form_id=wanted.replace("\0", ""))
    note(phone)
    return xml(form_list(_listed(request, phone, one) for one in instruments))


@for_phones("GET")
def form(request: HttpRequest, phone: Phone, number: int) -> HttpResponse:
    """Send a form, to the byte as it was issued."""
    instrument = instrument_of(phone, number)
    return xml(bytes(instrument.xform))


@for_phones("GET")
def form_manifest(request: HttpRequest, phone: Phone, number: int) -> HttpResponse:
    """List the files of a form."""
    instrument = instrument_of(phone, number)
    return xml(
        manifest(
            ListedFile(
                name=one.media.name,
                md5=one.md5,
                download_url=_address(request, "openrosa-media", number=number, media=one.media.pk),
            )
            for one in files_of(phone, instrument)
        )
    )


@for_phones("GET")
def form_media(request: HttpRequest, phone: Phone, number: int, media: int) -> HttpResponseBase:
    """Send a file of a form."""
    found = get_object_or_404(Media, pk=media, instrument=instrument_of(phone, number))
    content = open_file(phone, found)
    if isinstance(content, bytes):
        return HttpResponse(content, content_type="text/csv; charset=utf-8")
    return FileResponse(
        content,
        as_attachment=True,
        filename=safe_name(found.name),
        content_type="application/octet-stream",
    )


def _listed(request: HttpRequest, phone: Phone, instrument: Instrument) -> ListedForm:
    files = bool(instrument.media.all())
    return ListedForm(
        id=instrument.form_id,
        name=instrument.title.get(phone.language) or instrument.title["ru"] or instrument.form_id,
        md5=instrument.md5,
        download_url=_address(request, "openrosa-form", number=instrument.pk),
        version=instrument.version,
        manifest_url=_address(request, "openrosa-manifest", number=instrument.pk) if files else "",
    )


def _address(request: HttpRequest, route: str, **parts: object) -> str:
    """Return an address under the same secret, in full, since phones know no other."""
    match = request.resolver_match
    secret = match.kwargs["secret"] if match else ""
    return request.build_absolute_uri(reverse(route, kwargs={"secret": secret, **parts}))
