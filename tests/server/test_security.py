"""What every answer must forbid, whoever asks; and that what people type stays text."""

import json
import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from tyndau.base.errors import UserError
from tyndau_server.audit.models import Entry
from tyndau_server.people import typed
from tyndau_server.people.matrix import MATRIX
from tyndau_server.people.models import Membership, Person, Role

from .conftest import BUILT, NewPerson, Serve, SignIn
from .routes import instrument, routes

ROUTES = list(routes())
# What phones send carries the secret in its address, and no cookie.
OF_PHONES = {
    name
    for name, row in MATRIX.items()
    if row.scope == "token"
    and (name.startswith("openrosa") or name.endswith(("sealed", "reports", "unfinished")))
}
# Where the browser form runs: XPath in WebAssembly, pictures that were just taken.
FORM_RUNS = ("form as", "link-page as")
ADDRESSES = re.compile(r"""(?:href|src|action|formaction|poster|data|srcset)=["']([^"']*)["']""")


@pytest.fixture
def everybody(serve: Serve, built: Path, person: NewPerson, sign_in: SignIn) -> dict[str, Client]:
    """Return browsers of who sees most."""
    serve(built)
    instrument(BUILT)
    administrator = Person.objects.create(name="A", email="a@tyndau.example", administrator=True)
    return {
        "nobody": sign_in(),
        "sociologist": sign_in(person(Role.SOCIOLOGIST, BUILT)),
        "head": sign_in(person(Role.HEAD, BUILT)),
        "administrator": sign_in(administrator),
    }


def _check(answer: HttpResponse, where: str) -> None:
    # No worker is alive in these tests, and the page for whoever watches the server says so.
    assert answer.status_code < 500 or where.startswith("health-ready"), where
    policy = answer["Content-Security-Policy"]
    # What is sent for downloading alone stands in a sandbox.
    for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
                 "form-action 'self'", "script-src 'self'", "style-src 'self'"):  # fmt: skip
        assert rule in policy or policy == "default-src 'none'; sandbox", where
    if where.startswith(FORM_RUNS):
        policy = policy.replace("'wasm-unsafe-eval'", "", 1)
    assert not re.search(r"unsafe|data:|http|\*", policy), where
    assert answer["X-Content-Type-Options"] == "nosniff", where
    referrers = (
        ("no-referrer",) if where.startswith(FORM_RUNS) else ("same-origin", "strict-origin")
    )
    assert answer["Referrer-Policy"] in referrers, where
    assert answer["X-Frame-Options"] == "DENY", where
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
    for cookie in answer.cookies.values():
        assert cookie["httponly"], (where, cookie.key)
        assert cookie["samesite"] in ("Lax", "Strict"), (where, cookie.key)


def _check_page(answer: HttpResponse, where: str) -> None:
    page = answer.content.decode()
    for address in ADDRESSES.findall(page):
        assert address == "" or re.match(r"[/#?]", address), (where, address)
        assert not address.startswith("//"), (where, address)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", page), f"{where}: a script in an attribute"
    assert not re.search(r"<[^>]*\sstyle\s*=", page), f"{where}: a style in an attribute"
    assert "<style" not in page, where
    scripts = page.count("<script src=") + page.count('<script type="module" src=')
    assert page.count("<script") == scripts, where


def test_every_answer_forbids_what_it_does_not_need(everybody: dict[str, Client]) -> None:
    pages = 0
    for route in ROUTES:
        address = route.address(BUILT, route.parts(BUILT))
        for name, browser in everybody.items():
            answer = browser.get(address)
            where = f"{route.name} as {name}"
            if answer.streaming:
                b"".join(answer.streaming_content)
            answer.close()
            _check(answer, where)
            if answer["Content-Type"].startswith("text/html") and not answer.streaming:
                _check_page(answer, where)
                pages += 1
    assert pages > 60


def test_refusals_forbid_it_too(everybody: dict[str, Client]) -> None:
    strict = Client(enforce_csrf_checks=True)
    for answer in (
        strict.get("/ru/nowhere"), strict.get("/ru/", headers={"host": "elsewhere.example"}),
        strict.post("/ru/sign-in"), everybody["head"].get(f"/ru/studies/{BUILT}/field/"),
    ):  # fmt: skip
        assert answer.status_code in (400, 403, 404)
        _check(answer, str(answer.status_code))
        _check_page(answer, str(answer.status_code))


def test_no_form_is_taken_that_is_not_ours(
    serve: Serve, built: Path, person: NewPerson, sign_in: SignIn
) -> None:
    serve(built)
    instrument(BUILT)
    who = person(Role.SOCIOLOGIST, BUILT)
    strict = sign_in(who, enforce_csrf_checks=True)
    for route in ROUTES:
        answer = strict.post(route.address(BUILT, route.parts(BUILT)))
        refused = answer.status_code == 403
        assert refused == (route.name not in OF_PHONES), (route.name, answer.status_code)
    assert (
        not Entry.objects.exclude(action__startswith="instrument")
        .exclude(action__startswith="token")
        .exists()
    )


def test_pages_of_people_are_kept_by_no_cache(everybody: dict[str, Client]) -> None:
    for route in ROUTES:
        if MATRIX[route.name].scope in ("person", "study", "administrator"):
            answer = everybody["sociologist"].get(route.address(BUILT, route.parts(BUILT)))
            said = answer.get("Cache-Control", "")
            answer.close()
            assert "no-store" in said or "no-cache" in said or "private" in said, route.name


@pytest.fixture
def naughty(oracles: Path) -> list[str]:
    """Return texts that broke programs elsewhere."""
    found = json.loads((oracles / "security" / "blns.json").read_text("utf-8"))
    assert len(found) > 400
    return [str(text) for text in found]


def test_naughty_names_are_refused_or_shown_as_they_are(
    everybody: dict[str, Client], naughty: list[str]
) -> None:
    """All of the list at once, in the page that shows names, addresses, codes and labels."""
    taken = 0
    for number, text in enumerate(naughty):
        try:
            name = typed.name_of(text)
        except UserError:
            continue
        taken += 1
        who = Person.objects.create(name=name, email=f"n{number}@tyndau.example")
        Membership.objects.create(person=who, study=BUILT, role=Role.READER)
    assert taken > 300
    browser = everybody["head"]
    for path in ("team/", "team/invite"):
        answer = browser.get(f"/ru/studies/{BUILT}/{path}")
        assert answer.status_code == 200
        _check_page(answer, path)
        page = answer.content.decode()
        assert "<script>alert" not in page.lower()
        assert not re.search(r"<(?:img|svg|iframe|object|embed|video|audio)\b[^>]*alert", page)


def test_naughty_forms_break_nothing(everybody: dict[str, Client], naughty: list[str]) -> None:
    team = f"/ru/studies/{BUILT}/team/"
    for text in naughty[::3]:
        for path, fields in (
            (f"{team}invite", ("name", "email", "role")),
            (f"{team}interviewer", ("name", "code", "label")),
            ("/ru/account/password", ("present", "new", "again")),
        ):
            given = dict.fromkeys(fields, text)
            answer = everybody["sociologist"].post(path, given)
            assert answer.status_code in (200, 302, 400, 429), (path, text)
        answer = everybody["sociologist"].get(f"/ru/studies/{BUILT}/audit/", {"who": text})
        assert answer.status_code == 200
    for text in naughty[::10]:
        answer = Client().post("/ru/sign-in", {"email": text, "password": text})
        assert answer.status_code in (400, 429)


def test_no_style_asks_another_host(repository: Path) -> None:
    sheets = list((repository / "tyndau_server").rglob("*.css"))
    assert sheets
    for sheet in sheets:
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", sheet.read_text("utf-8")), sheet
