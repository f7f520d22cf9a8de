"""Sending simulated interviews to a server as a phone does.

In: the address that an interviewer's phone is given, instances. Out: the forms that the server
offers there; of each interview that it was taken, or why not. It speaks OpenRosa like any phone and
knows nothing of the server's code.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit
from uuid import uuid4

from tyndau.fieldwork import problems
from tyndau.fieldwork.openrosa import XForm, read_xform
from tyndau.fieldwork.openrosa.parse import Limits, NotParsed, parse

_LIST = Limits(size=10_000_000, depth=10, elements=100_000)
# A server of a real place refuses what calls itself so.
DEVICE = "tyndau-simulate"
_HEADERS = {"X-OpenRosa-Version": "1.0"}
_SECONDS = 60.0
_TRIES = 5
_BUSY = 503


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content: bytes


class Sending:
    """A phone's side of a server.

    Parameters
    ----------
    address : str
        Such as ``https://tyndau.example/k/TOKEN``.
    pause : callable, optional
        Waits some seconds before the server is asked again.

    Raises
    ------
    UserError
        ``fieldwork.address`` if it is no address.
    """

    def __init__(self, address: str, *, pause: Callable[[float], None] = time.sleep) -> None:
        split = urlsplit(address.strip())
        if split.scheme not in ("http", "https") or not split.hostname:
            raise problems.ADDRESS.error(address=address)
        self._address = address.strip()
        self._path = split.path.rstrip("/")
        self._host = split.netloc
        kind = HTTPSConnection if split.scheme == "https" else HTTPConnection
        self._connection = kind(split.hostname, split.port, timeout=_SECONDS)
        self._pause = pause

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def forms(self) -> dict[str, XForm]:
        """Fetch the forms that are offered.

        Returns
        -------
        dict of str to XForm
            By the form's id; of several versions the one that is listed last.

        Raises
        ------
        UserError
            ``fieldwork.not-a-phone`` if nothing is offered there, ``fieldwork.unreachable``.
        """
        listed = self._ask("GET", f"{self._path}/formList")
        try:
            root = parse(listed.content, _LIST, local=True)
        except NotParsed as error:
            raise problems.NOT_A_PHONE.error(address=self._shown, status=listed.status) from error
        if listed.status != 200 or root.tag != "xforms":
            raise problems.NOT_A_PHONE.error(address=self._shown, status=listed.status)
        found = {}
        for one in root.findall("xform"):
            path = urlsplit(one.findtext("downloadUrl", "")).path
            form = read_xform(self._ask("GET", path).content)
            found[form.id] = form
        return found

    def send(self, xml: bytes) -> str:
        """Send an interview.

        Parameters
        ----------
        xml : bytes
            As `write_instance` writes it.

        Returns
        -------
        str
            Empty if it was taken, now or before; else what the server says to it.

        Raises
        ------
        UserError
            ``fieldwork.unreachable`` if it cannot be told whether it was taken.
        """
        boundary = uuid4().hex
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="xml_submission_file"; '
            'filename="submission.xml"\r\nContent-Type: text/xml\r\n\r\n'
        ).encode()
        body += xml + f"\r\n--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        answer = self._ask("POST", f"{self._path}/submission?deviceID={DEVICE}", body, kind)
        if answer.status in (201, 202):
            return ""
        try:
            said = parse(answer.content, _LIST, local=True).findtext("message", "")
        except NotParsed:
            said = ""
        return said or f"HTTP {answer.status}"

    @property
    def _shown(self) -> str:
        """The address without what only the phone should know."""
        return self._address.rpartition("/k/")[0] or self._address

    def _ask(
        self, method: str, path: str, body: bytes = b"", more: Mapping[str, str] | None = None
    ) -> _Answer:
        """Ask, and ask again where the server is busy or the connection breaks."""
        reason = ""
        for number in range(_TRIES):
            if number:
                self._pause(2.0**number)
            try:
                headers = {**_HEADERS, **(more or {}), "Host": self._host}
                self._connection.request(method, path, body or None, headers)
                response = self._connection.getresponse()
                answer = _Answer(response.status, response.read())
            except (OSError, HTTPException) as error:
                self._connection.close()
                reason = str(error) or type(error).__name__
                continue
            if answer.status != _BUSY:
                return answer
            reason = f"HTTP {answer.status}"
        raise problems.UNREACHABLE.error(address=self._shown, reason=reason)
