"""What all tests share: the oracles, repeatable random examples, and nothing skipped in CI.

Oracles are real published data and other projects' forms that stand beside the repository, not
in it. A test that asks for the fixture `oracles` is marked ``oracle``; where the folder is absent
it is skipped and one line at the end says so. In CI (variable ``CI``) it must be present, and a
single skipped test fails the run.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

from . import r
from .form.phone import CHROMIUM
from .form.serving import STATIC
from .postgresql import Cluster

REPOSITORY = Path(__file__).resolve().parent.parent
ORACLES = Path(os.environ.get("TYNDAU_ORACLES") or REPOSITORY.parent / "shared" / "data").resolve()
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
# Where tests find databases of PostgreSQL, with {name} for that of one; absent on SQLite.
DATABASES = "TYNDAU_TEST_DATABASES"
NO_ORACLES = f"no oracles in {ORACLES} (set TYNDAU_ORACLES)"

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the server's tests be run on another database."""
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="what the server's tests keep their rows in; PostgreSQL is started by them",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker of requirements; refuse to run in CI without oracles."""
    config.addinivalue_line(
        "markers", "requirement(*codes): rows of docs/requirements.md that the test shows to hold"
    )
    # The processes of xdist are given the address by the one that starts them.
    if config.getoption("database") == "postgresql" and not hasattr(config, "workerinput"):
        cluster = Cluster()
        config.add_cleanup(cluster.close)
        os.environ[DATABASES] = cluster.url("{name}")
    if IN_CI and not ORACLES.is_dir():
        raise pytest.UsageError(f"{NO_ORACLES}; in CI they must be present")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark whatever reads the oracles, so that ``-m "not oracle"`` leaves all of it out.

    On PostgreSQL pages are not looked at in a browser once more: they are the same.
    """
    for item in items:
        if "oracles" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.oracle)
    if config.getoption("database") == "postgresql":
        looking = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=looking)
        items[:] = [item for item in items if item not in looking]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start what drives Chromium: once in a process, since it bears no second of itself."""
    assert CHROMIUM, "Chromium is not installed: run make debian-packages"
    assert (STATIC["form"] / "form.js").is_file(), "the form is not built: make .venv/built-form"
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def oracles() -> Path:
    """Return the folder of real data and forms, or skip."""
    if not ORACLES.is_dir():
        pytest.skip(NO_ORACLES)
    return ORACLES


@pytest.fixture
def said(request: pytest.FixtureRequest) -> Callable[..., dict[str, np.ndarray]]:
    """Return a function that runs the R program of the test's docstring on tables of data."""
    return partial(r.ask, r.program_of(request.function.__doc__))


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return REPOSITORY


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say once how many tests were skipped for want of oracles; in CI, name all that were."""
    reports = terminalreporter.stats.get("skipped", [])
    wanting = sum(NO_ORACLES in str(report.longrepr) for report in reports)
    if wanting:
        terminalreporter.write_line(f"{wanting} tests skipped: {NO_ORACLES}", yellow=True)
    if IN_CI and reports:
        names = ", ".join(sorted({report.nodeid for report in reports}))
        terminalreporter.write_line(f"In CI no test may be skipped: {names}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run in CI when a test was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter is not None and reporter.stats.get("skipped")
    if IN_CI and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
