"""The processes of a server in production: replaced, not held up, finished, never orphaned."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

TYNDAU = Path(sys.executable).with_name("tyndau")
PHONES = 16
BODY = b"name=" + b"x" * 6000
# What only the pipeline needs: it costs 100 MB and a second.
HEAVY = {"scipy", "pyarrow", "highspy", "docx", "pptx", "typst", "vl_convert", "xlsxwriter", "svy"}


@dataclass
class Server:
    """A server in production."""

    process: "subprocess.Popen[str]"
    port: int

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return str(answer.read().decode())

    def web(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if "tyndau_server.running" in child.cmdline()]


@pytest.fixture
def server(tmp_path: Path, real: Path) -> Iterator[Server]:
    environment = {
        **os.environ, "TYNDAU_DATA": str(tmp_path / "data"), "TYNDAU_STUDIES": str(real),
        "TYNDAU_HOSTS": "tyndau.example", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    del environment["DJANGO_SETTINGS_MODULE"]  # as in a terminal
    process = subprocess.Popen(
        [TYNDAU, "serve", "--production", "--port", "0", "--lang", "en"], env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    line = next((line for line in process.stdout if "http://" in line), "")
    found = re.search(r"http://127.0.0.1:(\d+)/", line)
    assert found, process.communicate()
    yield Server(process, int(found[1]))
    process.kill()
    process.communicate()


def _half_an_interview(port: int) -> socket.socket:
    phone = socket.create_connection(("127.0.0.1", port), timeout=30)
    head = f"POST /en/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(BODY)}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
    phone.sendall((head + kind).encode() + BODY[:3000])
    return phone


def test_phones_that_send_slowly_hold_nobody_up(server: Server) -> None:
    server.get("/health")
    phones = [_half_an_interview(server.port) for _ in range(PHONES)]
    for _ in range(20):
        assert server.get("/health") == '{"status": "ok"}'
    for phone in phones:
        phone.sendall(BODY[3000:])
    answers = [phone.recv(12) for phone in phones]
    assert answers == [b"HTTP/1.1 403"] * PHONES  # it is no form of ours
    for phone in phones:
        phone.close()


def test_what_runs_when_the_server_ends_is_finished_first(server: Server) -> None:
    server.get("/health")
    with _half_an_interview(server.port) as phone:
        server.get("/health")
        server.process.send_signal(signal.SIGTERM)
        phone.sendall(BODY[3000:])
        assert phone.recv(12) == b"HTTP/1.1 403"
    out, _ = server.process.communicate(timeout=30)
    assert server.process.returncode == 0
    assert "The server has ended." in out


def test_a_web_process_that_dies_is_replaced_and_nobody_turned_away(server: Server) -> None:
    server.get("/health")
    before = server.web()
    for process in before:
        process.kill()
    assert server.get("/health") == '{"status": "ok"}'
    assert {process.pid for process in server.web()}.isdisjoint(process.pid for process in before)


def test_nothing_holds_the_port_when_the_main_process_is_killed(server: Server) -> None:
    server.get("/health")
    children = psutil.Process(server.process.pid).children(recursive=True)
    assert len(children) >= 2
    server.process.kill()
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive
    with socket.create_server(("127.0.0.1", server.port)):
        pass


def test_files_are_served_under_names_that_change_with_them(server: Server) -> None:
    page = server.get("/en/sign-in")
    (sheet,) = re.findall(r'href="(/static/tyndau/page\.\w+\.css)"', page)
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{sheet}", timeout=30) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"{" in answer.read()


def test_pages_are_made_without_what_makes_results(built: Path, tmp_path: Path) -> None:
    """Read a study and its tables in a fresh process, as a web process does."""
    code = f"""
import sys, time, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from tyndau_server.people.models import Membership, Person, Role
from tyndau_server.people.session import CAME, DEMO, SEEN
person = Person.objects.create(name="A", email="a@tyndau.example")
Membership.objects.create(person=person, study={built.name!r}, role=Role.CUSTOMER)
browser = Client(HTTP_HOST="localhost")
browser.force_login(person)
session = browser.session
session.update({{CAME: int(time.time()), SEEN: int(time.time()), DEMO: True}})
session.save()
for path in ("", "studies/{built.name}/", "studies/{built.name}/tables/residents/"):
    print(browser.get("/ru/" + path).status_code)
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & {HEAVY!r}))
"""
    environment = {
        **os.environ, "TYNDAU_DATA": str(tmp_path), "TYNDAU_STUDIES": str(built),
        "TYNDAU_DEMO": "1", "DJANGO_SETTINGS_MODULE": "tyndau_server.settings",
    }  # fmt: skip
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert said.stdout.splitlines() == ["200", "200", "200", ""], said.stderr
