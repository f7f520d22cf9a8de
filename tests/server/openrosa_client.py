"""A phone, written from the contract of OpenRosa and the habits of ODK Collect alone.

In: the address that an interviewer is given, and a way to send requests. Out: forms, checked by
their hashes; interviews sent as Collect does: asked for the limit first, divided into as many
requests as that takes, with the XML in each. It knows nothing of the server's code.
"""

import hashlib
import http.client
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"
# What Collect takes where the server says nothing.
ASSUMED = 10_000_000

_boundaries = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def message(self) -> str:
        """What the phone shows to the interviewer."""
        return ElementTree.fromstring(self.content).findtext(f"{RESPONSE}message", "")


Transport = Callable[[str, str, Mapping[str, str], bytes], Answer]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in the list."""

    form_id: str
    name: str
    version: str
    md5: str
    download_url: str
    manifest_url: str


class Wire:
    """What sends requests to a server over one connection, opened anew when it breaks."""

    def __init__(self, address: str, timeout: float = 60) -> None:
        split = urlsplit(address)
        self._connection = http.client.HTTPConnection(
            split.hostname or "", split.port, timeout=timeout
        )

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send a request and read the answer; a broken connection raises."""
        try:
            self._connection.request(method, path, body or None, dict(headers))
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, content)

    def close(self) -> None:
        """Hang up; the next request opens a connection."""
        self._connection.close()


def again(send: Callable[[], Answer]) -> Answer:
    """Send, and once more where the server hung up on a wire that was idle; phones do so too."""
    try:
        return send()
    except (OSError, http.client.HTTPException):
        return send()


def multipart(
    parts: Iterable[tuple[str, str | None, str, bytes]], boundary: str
) -> tuple[bytes, str]:
    """Write parts (name, file name, type, content) as a body; return it with its Content-Type."""
    written = []
    for name, filename, kind, content in parts:
        disposition = f'form-data; name="{_quoted(name)}"'
        if filename is not None:
            disposition += f'; filename="{_quoted(filename)}"'
        head = f"--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: {kind}\r\n\r\n"
        written += [head.encode(), content, b"\r\n"]
    written.append(f"--{boundary}--\r\n".encode())
    return b"".join(written), f"multipart/form-data; boundary={boundary}"


def _quoted(name: str) -> str:
    """Write a name as OkHttp does."""
    return name.replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")


def interview_body(
    xml: bytes, files: Mapping[str, bytes] | None = None, *, incomplete: bool = False
) -> tuple[bytes, str]:
    """Write the body of one request, under a boundary that no other one has."""
    parts: list[tuple[str, str | None, str, bytes]] = [
        ("xml_submission_file", "interview.xml", "text/xml", xml)
    ]
    parts += [
        (name, name, "application/octet-stream", content) for name, content in (files or {}).items()
    ]
    if incomplete:
        parts.append(("*isIncomplete*", None, "text/plain", b"yes"))
    return multipart(parts, f"phone-{next(_boundaries)}-boundary")


class Phone:
    """A phone with an address such as ``http://HOST/k/TOKEN``."""

    def __init__(self, address: str, transport: Transport, device: str = "collect:abc") -> None:
        self._base = urlsplit(address).path.rstrip("/")
        self._send = transport
        self._device = device
        self.language = ""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        content_type: str = "",
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request as Collect does."""
        headers = {
            "X-OpenRosa-Version": "1.0",
            # Its clock has twelve hours.
            "Date": "Sat, 28 Nov 2026 02:09:19 GMT+05:00",
            "User-Agent": "org.odk.collect.android/v2026.1 Dalvik/2.1.0",
        }
        if content_type:
            headers["Content-Type"] = content_type
        if self.language:
            headers["Accept-Language"] = self.language
        asked = urlencode({**(query or {}), "deviceID": self._device})
        return self._send(method, f"{path}?{asked}", headers, body)

    def forms(self, form_id: str | None = None) -> list[Form]:
        """Get the list of forms; an item that lacks something voids all of it."""
        query = {} if form_id is None else {"formID": form_id}
        answer = self.ask("GET", f"{self._base}/formList", query=query)
        assert answer.status == 200, answer
        assert answer.headers["x-openrosa-version"] == "1.0"
        assert answer.headers["content-type"].startswith("text/xml")
        root = ElementTree.fromstring(answer.content)
        assert root.tag == f"{LIST}xforms"
        return [_form(item) for item in root]

    def download(self, form: Form) -> bytes:
        """Get a form, which must be what its hash says."""
        return self._got(form.download_url, form.md5)

    def media(self, form: Form) -> dict[str, bytes]:
        """Get the files of a form, each of which must be what its hash says."""
        if not form.manifest_url:
            return {}
        root = ElementTree.fromstring(self._got(form.manifest_url))
        assert root.tag == f"{MANIFEST}manifest"
        return {
            item.findtext(f"{MANIFEST}filename", ""): self._got(
                item.findtext(f"{MANIFEST}downloadUrl", ""),
                item.findtext(f"{MANIFEST}hash", "").removeprefix("md5:"),
            )
            for item in root
        }

    def accepts(self) -> int:
        """Ask how much may be sent at once."""
        answer = self.ask("HEAD", f"{self._base}/submission")
        assert answer.status == 204, answer
        assert answer.content == b""
        return int(answer.headers.get("x-openrosa-accept-content-length", ASSUMED))

    def post(self, body: bytes, content_type: str) -> Answer:
        """Send a body to where interviews go."""
        return self.ask("POST", f"{self._base}/submission", body, content_type)

    def send(
        self, xml: bytes, files: Mapping[str, bytes] | None = None, limit: int | None = None
    ) -> Answer:
        """Send an interview in as many requests as needed; return the first refusal, or the last.

        A file that is larger than the limit by itself goes alone, as Collect sends it.
        """
        most = self.accepts() if limit is None else limit
        waiting = list((files or {}).items())
        while True:
            sent: dict[str, bytes] = {}
            size = len(xml)
            while waiting and (not sent or size + len(waiting[0][1]) <= most):
                name, content = waiting.pop(0)
                sent[name] = content
                size += len(content)
            answer = self.post(*interview_body(xml, sent, incomplete=bool(waiting)))
            if answer.status not in (201, 202) or not waiting:
                return answer

    def _got(self, url: str, md5: str = "") -> bytes:
        answer = self.ask("GET", quote(urlsplit(url).path, safe="/%"))
        assert answer.status == 200, (url, answer)
        if md5:
            assert hashlib.md5(answer.content).hexdigest() == md5
        return answer.content


def _form(item: ElementTree.Element) -> Form:
    assert item.tag == f"{LIST}xform"
    form = Form(
        form_id=item.findtext(f"{LIST}formID", ""),
        name=item.findtext(f"{LIST}name", ""),
        version=item.findtext(f"{LIST}version", ""),
        md5=item.findtext(f"{LIST}hash", "").removeprefix("md5:"),
        download_url=item.findtext(f"{LIST}downloadUrl", ""),
        manifest_url=item.findtext(f"{LIST}manifestUrl", ""),
    )
    assert form.form_id, "an item without formID voids the list"
    assert form.name, "an item without name voids the list"
    assert form.download_url, "an item without downloadUrl voids the list"
    return form
