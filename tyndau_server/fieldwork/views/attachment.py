"""A file of an interview: a picture, a recording, a log.

In: a language, a slug, the numbers of a submission and of its file. Out: the bytes, whole or the
range that a player asks for. They come from phones, so that a browser may show pictures and play
sounds, and is forbidden all else.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tyndau_server.fieldwork.blobs import open_blob
from tyndau_server.fieldwork.files import kind_of, safe_name
from tyndau_server.fieldwork.models import Attachment
from tyndau_server.fieldwork.seen import membership_of, submissions_of

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_CHUNK = 64 * 1024


@require_safe
def attachment(
    request: HttpRequest, language: str, slug: str, number: int, file: int
) -> HttpResponseBase:
    """Send a file."""
    seen = submissions_of(membership_of(request)).filter(pk=number)
    found = Attachment.objects.filter(pk=file, submission__in=seen).first()
    if found is None:
        raise Http404(file)
    try:
        stream = open_blob(found.sha256)
    except FileNotFoundError:
        raise Http404(file) from None
    kind, media = kind_of(found.name)
    response = _part(stream, found.size, request.headers.get("Range", ""), media)
    plain = content_disposition_header(kind == "other", safe_name(found.name))
    response.headers["Content-Disposition"] = plain or "inline"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    # Whatever it is, nothing in it runs and nothing is fetched, were it opened by itself.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _part(stream: BinaryIO, size: int, wanted: str, media: str) -> HttpResponseBase:
    """Answer with all of a file, or with the range that was asked for: players seek so."""
    match = _RANGE.fullmatch(wanted.strip())
    if match is None:
        return FileResponse(stream, content_type=media)
    first = int(match[1])
    last = min(int(match[2]) if match[2] else size - 1, size - 1)
    if first > last:
        stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stream.seek(first)
    length = last - first + 1
    response = StreamingHttpResponse(_read(stream, length), status=206, content_type=media)
    response.headers["Content-Length"] = str(length)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _read(stream: BinaryIO, length: int) -> Iterator[bytes]:
    with stream:
        while length > 0 and (chunk := stream.read(min(length, _CHUNK))):
            length -= len(chunk)
            yield chunk
