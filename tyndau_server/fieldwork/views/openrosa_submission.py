"""``/k/TOKEN/submission``: where phones send interviews.

In: HEAD, by which a phone asks how much it may send at once, and POST. Out: 204; 201 once the
interview is flushed to the disk; else why not.
"""

from django.http import HttpRequest, HttpResponse

from tyndau_server.fieldwork.body import Body, read_body
from tyndau_server.fieldwork.models import NAME
from tyndau_server.fieldwork.openrosa import for_phones, received, said
from tyndau_server.fieldwork.phone import Phone, note
from tyndau_server.fieldwork.quarantine import Sender, put_unread
from tyndau_server.fieldwork.receive import receive
from tyndau_server.fieldwork.refusals import SIMULATED, Refused
from tyndau_server.fieldwork.tombstones import Withdrawn
from tyndau_server.studies.described import describe
from tyndau_server.studies.served import served

# As what `tyndau simulate --through` sends.
SIMULATION = "tyndau-simulate"


@for_phones("HEAD", "POST")
def submission(request: HttpRequest, phone: Phone) -> HttpResponse:
    """Take an interview in."""
    if request.method == "HEAD":
        return HttpResponse(status=204)
    if _device(request) == SIMULATION and not _fictional(phone.membership.study):
        return said(SIMULATED, phone.language)
    sender = Sender(
        study=phone.membership.study,
        membership=phone.membership,
        token=phone.token,
        device_id=_device(request),
    )
    try:
        with _body(request, sender) as body:
            receive(body, sender, barred=phone.barred)
    except Refused as refused:
        return said(refused.refusal, phone.language)
    except Withdrawn:
        pass  # nothing is kept, and the phone may let it go
    note(phone)
    return received(phone.language)


def _fictional(slug: str) -> bool:
    """Tell whether a study is of a made-up place; nobody's answers may stand in a real one."""
    folder = served().get(slug)
    return folder is not None and describe(folder).fictional


def _body(request: HttpRequest, sender: Sender) -> Body:
    try:
        return read_body(
            request.META["wsgi.input"],
            announced=_announced(request),
            content_type=request.META.get("CONTENT_TYPE", ""),
        )
    except Refused as refused:
        put_unread(sender, refused)
        raise


def _announced(request: HttpRequest) -> int | None:
    """Return the length of the body; None where its end is said as it comes."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if length.isascii() and length.isdigit():
        return int(length)
    return None if request.META.get("HTTP_TRANSFER_ENCODING") else 0


def _device(request: HttpRequest) -> str:
    return (
        request.GET.get("deviceID", "").replace("\0", "").encode("utf-8", "replace").decode()[:NAME]
    )
