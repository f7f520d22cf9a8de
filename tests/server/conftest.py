"""A server with a data folder of its own, and studies for it: real, fictional, broken.

Django is set up once a process; each test has an empty queue and names the studies it serves.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import psycopg
import pytest

from ..conftest import DATABASES

os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
_DATA = tempfile.TemporaryDirectory(prefix="tyndau-")
os.environ["TYNDAU_DATA"] = _DATA.name
# Playwright keeps a loop of events in this thread; the database is used by one thread all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# On PostgreSQL each process of xdist has a database of its own.
_NAME = f"tyndau_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
if DATABASES in os.environ:
    os.environ["DATABASE_URL"] = os.environ[DATABASES].format(name=_NAME)

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_otp import DEVICE_ID_SESSION_KEY  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402

from tyndau.base.languages import Text  # noqa: E402
from tyndau.study import new_study  # noqa: E402
from tyndau_server.people import second_factor, session  # noqa: E402
from tyndau_server.people.models import Membership, Person, Role  # noqa: E402

from . import databases  # noqa: E402
from .live import Server  # noqa: E402
from .made_up import write_results  # noqa: E402

SIMULATED = Text("МОДЕЛЬДЕНГЕН ДЕРЕКТЕР", "СМОДЕЛИРОВАННЫЕ ДАННЫЕ")

REAL, BUILT, FICTIONAL, BROKEN = "my-city", "built-city", "made-up-city", "broken-city"

Empty = Callable[[], None]
Serve = Callable[..., None]
NewPerson = Callable[..., Person]
SignIn = Callable[..., Client]
Own = Callable[[Path], Path]


@pytest.fixture(scope="session", autouse=True)
def _empty() -> Iterator[Empty]:
    setup_test_environment()
    if DATABASES in os.environ:
        address = os.environ[DATABASES].format(name="postgres")
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {_NAME}")
    call_command("migrate", verbosity=0)
    yield databases.emptying()
    connection.close()
    teardown_test_environment()


@pytest.fixture(autouse=True)
def _empty_database(_empty: Empty) -> Iterator[None]:
    yield
    _empty()


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / REAL
    new_study(folder)
    return folder


def _set(study: Path, key: str, value: str) -> None:
    book = openpyxl.load_workbook(study / "study.xlsx")
    sheet = book["study"]
    row = next((row for row in sheet.iter_rows() if row[0].value == key), None)
    if row is None:
        sheet.append([key, value])
    else:
        row[1].value = value
    book.save(study / "study.xlsx")


@pytest.fixture(scope="session")
def real(_template: Path) -> Path:
    """Return a study of a real place that was not in the field yet."""
    return _template


@pytest.fixture(scope="session")
def built(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study of a real place with results."""
    folder = Path(shutil.copytree(_template, tmp_path_factory.mktemp("built") / BUILT))
    write_results(folder)
    write_results(folder, edition="restricted")
    return folder


@pytest.fixture(scope="session")
def fictional(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fictional study with results and no wave."""
    folder = Path(shutil.copytree(_template, tmp_path_factory.mktemp("made") / FICTIONAL))
    _set(folder, "fictional", "yes")
    write_results(folder, SIMULATED)
    return folder


@pytest.fixture(scope="session")
def broken(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study whose workbook gives a setting a word that it does not know."""
    folder = Path(shutil.copytree(_template, tmp_path_factory.mktemp("broken") / BROKEN))
    _set(folder, "inference", "certainty")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """Return what copies a study, for tests that change it: the others are shared."""
    # Whoever looks at a shared study may have made its first version.
    apart = shutil.ignore_patterns("versions")
    return lambda folder: Path(shutil.copytree(folder, tmp_path / folder.name, ignore=apart))


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return what serves folders for the rest of a test."""
    overriding: list[override_settings] = []

    def start(*folders: Path) -> None:
        overriding.append(override_settings(TYNDAU_STUDIES=folders))
        overriding[-1].enable()

    yield start
    for override in reversed(overriding):
        override.disable()


@pytest.fixture
def person() -> NewPerson:
    """Return what makes a person who is something in a study."""

    def make(role: str, study: str, **of_membership: object) -> Person:
        number = Person.objects.count() + 1
        made = Person.objects.create(
            name=f"{role} {number}",
            email=None if role == Role.INTERVIEWER else f"{role}{number}@tyndau.example",
        )
        Membership.objects.create(person=made, study=study, role=role, **of_membership)
        return made

    return make


@pytest.fixture
def sign_in() -> SignIn:
    """Return what makes a browser in which a person is signed in; without one, nobody is.

    The person has shown a second factor where one is needed.
    """

    def make(who: Person | None = None, **of_client: object) -> Client:
        browser = Client(**of_client)
        if who is not None:
            browser.force_login(who, "django.contrib.auth.backends.ModelBackend")
            state = browser.session
            state[session.CAME] = state[session.SEEN] = int(timezone.now().timestamp())
            if second_factor.needed(who, who.memberships.filter(ended=None)):
                device, _ = TOTPDevice.objects.get_or_create(user=who, name="app")
                state[DEVICE_ID_SESSION_KEY] = device.persistent_id
            state.save()
        return browser

    return make


@pytest.fixture
def client(serve: Serve, person: NewPerson, sign_in: SignIn) -> Client:
    """Return a browser of somebody who may look at every study that a test serves."""
    looking = Person.objects.create(name="Sociologist", email="sociologist@tyndau.example")
    for slug in (REAL, BUILT, FICTIONAL, BROKEN):
        Membership.objects.create(person=looking, study=slug, role=Role.SOCIOLOGIST)
    return sign_in(looking)


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server in processes of its own, on the database and data folder of the tests."""
    running = Server()
    yield running.start()
    running.kill()
