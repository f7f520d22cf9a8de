"""A server for the browser form alone: pages, forms and a receiver, in memory.

In: XForms with their files. Out: an address whose page boots the built client, and the interviews
that arrive, opened. It can be stopped and started again at the same port, refuse, or break off.
"""

import base64
import hashlib
import json
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from tyndau_server.form.envelope import (
    XML,
    new_key,
    open_parts,
    open_small,
    point_of,
    read_envelope,
    seal_text,
)

ROOT = Path(__file__).resolve().parents[2] / "tyndau_server"
STATIC = {
    "form": ROOT / "form" / "static" / "form",
    "tyndau": ROOT / "look" / "static" / "tyndau",
}
TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml",
    ".xml": "text/xml", ".csv": "text/csv", ".json": "application/json", ".jpg": "image/jpeg",
}  # fmt: skip
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'"
)
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tyndau</title>
<link rel="icon" href="/static/tyndau/mark.svg">
<link rel="stylesheet" href="/static/tyndau/tokens.css">
<link rel="stylesheet" href="/static/form/form.css">
<script type="module" src="/static/form/form.js"></script>
</head>
<body><div id="form" data-boot="/f/{who}/boot.json" data-worker="/f/worker.js"></div></body>
</html>
"""


@dataclass
class Form:
    """A form that is offered."""

    id: str
    xml: bytes
    media: Mapping[str, bytes] = field(default_factory=dict)
    title: str = "Form"
    version: str = "1"
    minutes: int = 0
    recording: bool = False


@dataclass
class Arrived:
    """An interview that arrived: its files, and in how many requests."""

    xml: bytes
    files: dict[str, bytes]
    requests: int = 1
    envelope: Any = None


class Field:
    """A server of forms."""

    def __init__(self, *forms: Form, mode: str = "interviewer", language: str = "ru") -> None:
        self.forms = list(forms)
        self.mode = mode
        self.language = language
        self.key = new_key()
        self.clock = timedelta()
        self.refuse = 0
        # Why, as the server names it.
        self.code = "revoked"
        self.turned_away: set[str] = set()
        # Names of the files that came with what was refused.
        self.turned_away_files: set[str] = set()
        self.lose_receipts = 0
        self.lose_told = 0
        # What the boot says of the field, and what phones told besides interviews, in its order.
        self.field: dict[str, object] = {"rules": {}, "plans": []}
        self.progress: dict[str, object] | None = None
        self.answers: list[dict[str, str]] = []
        self.pay: dict[str, object] | None = None
        self.warnings: list[dict[str, str]] = []
        # The first point that a phone told: only to it the three above go out.
        self.phone_key = ""
        self.told: list[dict[str, Any]] = []
        self.states: list[dict[str, Any]] = []
        self.arrived: dict[str, Arrived] = {}
        self.arrival = threading.Condition()
        # Why an interview was returned, by its instanceID.
        self.returned: dict[str, str] = {}
        self.port = 0
        self._server: _Server | None = None

    def start(self) -> "Field":
        """Serve, at the same port as before."""
        handler = type("Handler", (_Handler,), {"field": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """Serve no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.close_held()
            self._server = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def page(self, who: str = "aigul") -> str:
        return f"{self.address}/f/{who}/"

    def boot(self, who: str, *, fresh: bool = False) -> dict[str, object]:
        more: dict[str, object] = {"progress": self.progress} if self.progress else {}
        return {
            **more,
            **({"confided": self._confided()} if fresh else {}),
            "reports": f"/f/{who}/reports",
            "field": self.field,
            "version": 1,
            "holder": {"id": who, "name": {"aigul": "Айгүл", "daniyar": "Данияр"}.get(who, who)},
            "mode": self.mode,
            "language": self.language,
            "forms": [self._offer(form) for form in self.forms],
            "submit": f"/f/{who}/submit",
            "sent": f"/f/{who}/sent",
            "key": {"id": "k1", "point": base64.b64encode(point_of(self.key)).decode()},
            "now": (datetime.now(UTC) + self.clock).isoformat(),
        }

    def _confided(self) -> dict[str, object] | None:
        if not self.phone_key:
            return None
        said = {"answers": self.answers, "pay": self.pay, "warnings": self.warnings}
        point = base64.b64decode(self.phone_key)
        sealed = seal_text(point, "confided 1", {"confided": json.dumps(said).encode()})
        return {"to": self.phone_key, "about": "confided 1", **sealed}

    def _offer(self, form: Form) -> dict[str, object]:
        return {
            "id": form.id, "version": form.version, "population": form.id,
            "title": form.title, "minutes": form.minutes,
            "sha256": hashlib.sha256(form.xml).hexdigest(), "pilot": False,
            "recording": form.recording,
            "xform": f"/x/{form.id}/form.xml",
            "media": {name: f"/x/{form.id}/media/{quote(name)}" for name in form.media},
        }  # fmt: skip

    def take(self, content_type: str, body: bytes) -> tuple[int, dict[str, object]]:
        """Take in a request; return status and receipt."""
        parts = _parts(content_type, body)
        envelope = read_envelope(parts.pop("envelope"))
        parts.pop("*isIncomplete*", None)
        opened = open_parts(self.key, envelope, parts)
        xml = opened.pop(XML)
        with self.arrival:
            known = self.arrived.get(envelope.instance)
            if known is None:
                known = self.arrived[envelope.instance] = Arrived(xml, {}, 0, envelope)
            known.requests += 1
            known.files |= opened
            self.arrival.notify_all()
        return 201, {
            "instance": envelope.instance,
            "sha256": hashlib.sha256(xml).hexdigest(),
            "attachments": sorted(known.files),
        }

    def tell(self, body: bytes) -> dict[str, list[str]]:
        """Take in what a phone sealed in small; return what was received."""
        said = json.loads(body)
        received = []
        with self.arrival:
            self.phone_key = self.phone_key or said.get("reply", "")
            if said["state"]:
                self.states.append(said["state"])
            for part in said["sealed"]:
                point, data = base64.b64decode(part["point"]), base64.b64decode(part["data"])
                self.told.append(json.loads(open_small(self.key, point, part["id"], data)))
                received.append(part["id"])
            self.arrival.notify_all()
        return {"received": received, "refused": []}

    def contacts(self) -> dict[str, dict[str, Any]]:
        """Return contacts by their uid, each as it was told last."""
        found: dict[str, dict[str, Any]] = {}
        for one in self.told:
            if one["kind"] == "contact":
                found[one["uid"]] = one
            elif one["kind"] == "none":
                found.pop(one["uid"], None)
        return found

    def wait_told(self, count: int, seconds: float = 30) -> list[dict[str, Any]]:
        """Wait until so many contacts hold; return them in the order of their moments."""
        with self.arrival:
            there = self.arrival.wait_for(lambda: len(self.contacts()) == count, seconds)
            assert there, self.told
            return sorted(self.contacts().values(), key=lambda one: one["moment"])

    def listed(self, who: str) -> dict[str, object]:
        """List what was returned, as the server does."""
        found = [self.arrived[instance] for instance in self.returned]
        return {"version": 1, "interviews": [self._listed(who, one) for one in found]}

    def _listed(self, who: str, one: Arrived) -> dict[str, object]:
        envelope = one.envelope
        reason = {"reason": self.returned[envelope.instance].encode()}
        return {
            "instance": envelope.instance, "returned": True, "to": envelope.reply,
            "received": datetime.now(UTC).isoformat(),
            "form": next(self._offer(form) for form in self.forms if form.id == envelope.form),
            "address": f"/f/{who}/sent/{quote(envelope.instance)}",
            "sealed": _sealed(envelope, reason),
        }  # fmt: skip

    def given_back(self, instance: str) -> dict[str, object]:
        """Give an interview back, as the server does."""
        one = self.arrived[instance]
        types = {name: TYPES.get(Path(name).suffix, "") for name in one.files}
        sealed = _sealed(one.envelope, {XML: one.xml, **one.files})
        return {"version": 1, "instance": instance, "types": types, "sealed": sealed}

    def wait(self, count: int, seconds: float = 30) -> None:
        """Wait until so many interviews arrived whole."""
        with self.arrival:
            assert self.arrival.wait_for(lambda: len(self.whole()) >= count, seconds), self.arrived

    def whole(self) -> list[Arrived]:
        return [one for one in self.arrived.values() if {*one.envelope.files} <= {XML, *one.files}]


def _sealed(envelope: Any, contents: Mapping[str, bytes]) -> dict[str, Any]:
    return seal_text(envelope.reply_point, envelope.instance, contents)


def _parts(content_type: str, body: bytes) -> dict[str, bytes]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in message.iter_parts()
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.held: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.held.add(request)
        super().process_request(request, client_address)

    def close_held(self) -> None:
        """Break off what browsers hold open, through which they would go on asking."""
        for one in self.held:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """Say nothing of browsers that broke off."""


class _Handler(BaseHTTPRequestHandler):
    field: Field
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(self.path.split("?")[0])
        found = self._found(path)
        if found is None and "/sent/" in path:
            said = {"message": {"ru": "Исправить нельзя", "kk": "Түзетуге болмайды", "en": "No"}}
            self._answer(410, json.dumps(said).encode(), "application/json")
        elif found is None:
            self._answer(404, b"", "text/plain")
        else:
            self._answer(200, *found)

    def _found(self, path: str) -> tuple[bytes, str] | None:
        field, names = self.field, path.strip("/").split("/")
        match names:
            case ["f", "worker.js"]:
                return (STATIC["form"] / "worker.js").read_bytes(), "text/javascript"
            case ["f", who]:
                return PAGE.format(who=who, language=field.language).encode(), "text/html"
            case ["f", who, "boot.json"]:
                fresh = self.path.endswith("fresh")
                return json.dumps(field.boot(who, fresh=fresh)).encode(), "application/json"
            case ["f", who, "sent"]:
                return json.dumps(field.listed(who)).encode(), "application/json"
            case ["f", who, "sent", instance] if instance in field.returned:
                return json.dumps(field.given_back(instance)).encode(), "application/json"
            case ["x", form, "form.xml"]:
                return next(one.xml for one in field.forms if one.id == form), "text/xml"
            case ["x", form, "media", name]:
                media = next(one.media for one in field.forms if one.id == form)
                return media[name], TYPES.get(Path(name).suffix, "application/octet-stream")
            case ["static", room, *rest] if room in STATIC:
                file = STATIC[room].joinpath(*rest)
                return (file.read_bytes(), TYPES[file.suffix]) if file.is_file() else None
        return None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.field.refuse:
            if not self.path.endswith("/reports"):
                parts = _parts(self.headers["Content-Type"], body)
                with self.field.arrival:
                    self.field.turned_away.add(read_envelope(parts["envelope"]).instance)
                    self.field.turned_away_files |= {*parts}
                    self.field.arrival.notify_all()
            said: dict[str, object] = {"code": self.field.code}
            said["message"] = {"ru": "Анкета закрыта", "kk": "Сауалнама жабық", "en": "Closed"}
            self._answer(self.field.refuse, json.dumps(said).encode(), "application/json")
            return
        if self.path.endswith("/reports"):
            told = self.field.tell(body)
            if self.field.lose_told and told["received"]:
                self.field.lose_told -= 1
                self._answer(502, b"", "text/plain")
                return
            self._answer(200, json.dumps(told).encode(), "application/json")
            return
        status, receipt = self.field.take(self.headers["Content-Type"], body)
        if self.field.lose_receipts:
            self.field.lose_receipts -= 1
            self._answer(502, b"", "text/plain")
            return
        self._answer(status, json.dumps(receipt).encode(), "application/json")

    def _answer(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
