"""What is told of requests: a number, a route, who; never an address, a query or what was sent."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from tyndau_server.running.logs import Json, Lines
from tyndau_server.team.views import link

from .conftest import NewPerson, Serve, SignIn

SECRET = "s3cretS3cretS3cretS3cret"


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """Listen as the terminal of a server in production does."""
    yield from _listen(Json())


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Listen as the terminal of a demonstration does."""
    yield from _listen(Lines())


def _listen(formatter: logging.Formatter) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    requests = logging.getLogger("tyndau.requests")
    loggers = [requests, logging.getLogger("django"), logging.getLogger("axes")]
    level = requests.level
    requests.setLevel(logging.INFO)
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)
    requests.setLevel(level)


def test_it_works(client: Client, serve: Serve, real: Path, told: io.StringIO) -> None:
    serve(real)
    answer = client.get(f"/ru/studies/{real.name}/?search=жалоба")
    (line,) = map(json.loads, told.getvalue().splitlines())
    assert line["request"] == answer["X-Request-ID"]
    assert line["time"].endswith("+00:00")
    assert (line["method"], line["route"], line["status"]) == ("GET", "study", answer.status_code)
    assert line["study"] == real.name
    assert line["milliseconds"] > 0
    assert isinstance(line["person"], int)
    assert "жалоба" not in told.getvalue()


@pytest.mark.parametrize(
    "path", [f"/k/{SECRET}/formList", f"/ru/links/{SECRET}", f"/nowhere/{SECRET}?token={SECRET}"]
)
def test_a_secret_in_an_address_is_never_told(path: str, told: io.StringIO) -> None:
    Client().get(path)
    Client().post(path, {"password": SECRET})
    assert len(told.getvalue().splitlines()) >= 2
    assert SECRET not in told.getvalue()


@pytest.mark.parametrize("listener", ["told", "said"])
def test_a_fault_leaves_its_traceback_and_no_secret(
    listener: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = request.getfixturevalue(listener)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"reading {SECRET} of /ru/links/{SECRET}")

    monkeypatch.setattr(link, "page", fail)
    answer = Client(raise_request_exception=False).get(f"/ru/links/{SECRET}")
    assert answer.status_code == 500
    assert "ZeroDivisionError: reading <link>" in stream.getvalue()
    assert "Traceback" in stream.getvalue()
    assert SECRET not in stream.getvalue()


def test_without_a_database_pages_say_so(
    person: NewPerson, sign_in: SignIn, serve: Serve, real: Path, said: io.StringIO
) -> None:
    serve(real)
    browser = sign_in(person("sociologist", real.name))
    browser.raise_request_exception = False

    def away(*_: object) -> None:
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(away):
        answer = browser.get(f"/ru/studies/{real.name}/")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "сервер" in answer.content.decode().lower()
    assert "OperationalError: the connection is lost" in said.getvalue()
    assert "Traceback" not in said.getvalue()


def test_the_number_of_a_web_server_in_front_is_kept_where_there_is_one() -> None:
    given = {"HTTP_X_REQUEST_ID": "abcdef-0123456789"}
    assert Client(**given).get("/health")["X-Request-ID"] != given["HTTP_X_REQUEST_ID"]
    with override_settings(TYNDAU_TLS=True):
        assert Client(**given).get("/health")["X-Request-ID"] == given["HTTP_X_REQUEST_ID"]
        bad = Client(HTTP_X_REQUEST_ID='"\n{').get("/health")["X-Request-ID"]
    assert len(bad) == 16


def test_a_visitor_is_who_the_web_server_in_front_says() -> None:
    """Read the last address: earlier ones are what the visitor wrote."""
    forged = {"HTTP_X_FORWARDED_FOR": "10.0.0.1, 203.0.113.7"}
    assert Client(**forged).get("/health").wsgi_request.META["REMOTE_ADDR"] == "127.0.0.1"
    with override_settings(TYNDAU_TLS=True):
        seen = Client(**forged).get("/health").wsgi_request.META["REMOTE_ADDR"]
    assert seen == "203.0.113.7"
