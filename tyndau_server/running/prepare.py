"""What is done before the first request: Django set up, checks, the database's form, static files.

In: the environment. Out: a server that may start, or the errors that keep it from starting. It is
done in a process of its own, so that the main process, which only watches over others, loads
neither Django nor a view; what is found is handed back.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tyndau.base.errors import Problem, UserError, refusal
from tyndau_server import problems


@dataclass(frozen=True, slots=True)
class Prepared:
    """A server that may start.

    Attributes
    ----------
    warnings : tuple of Problem
        What should be mended before people rely on it.
    writers : int
        How many processes its database lets write at once: 1 for SQLite; 0 where that is no limit.
    """

    warnings: tuple[Problem, ...]
    writers: int


def prepare(*, production: bool) -> Prepared:
    """Make the data folder, bring the database into the form of this version, and check the rest.

    Parameters
    ----------
    production : bool
        Whether people will rely on the server: then the machine is checked, and static files are
        put where browsers keep them for good.

    Returns
    -------
    Prepared
        Warnings, and what the database allows.

    Raises
    ------
    UserError
        If something is wrong that must not be in production, or if the server cannot start at all.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
    with ProcessPoolExecutor(1) as process:
        return process.submit(_prepare, production).result()


def _prepare(production: bool) -> Prepared:
    _set_up()
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    from tyndau_server.running import checks
    from tyndau_server.running.problems import DATABASE

    warnings = _checked(checks.MACHINE) if production else []
    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise DATABASE.error(detail=str(error).strip()) from error
    if production:
        warnings += _checked(checks.DATABASE)
        _collect()
    writers = 1 if connection.vendor == "sqlite" else 0
    connection.close()
    return Prepared(tuple(warnings), writers)


def _set_up() -> None:
    """Set Django up, with a data folder that holds the secret key."""
    try:
        import django
        import granian  # noqa: F401 - whether it is there
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
    except ImportError as error:
        raise problems.NOT_INSTALLED.error() from error
    try:
        data = settings.TYNDAU_DATA
    except ImproperlyConfigured as error:
        raise problems.SETTING.error(detail=str(error)) from error
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        _keep_secret(settings.SECRET, settings.SECRET_KEY)
    except OSError as error:
        raise problems.DATA_FOLDER.error(path=str(data), reason=refusal(error)) from error
    django.setup()


def _keep_secret(path: Path, key: str) -> None:
    """Write the secret key, if there is none yet, so that nobody else may read it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key)


def _checked(tag: str) -> list[Problem]:
    """Run checks; errors are raised, warnings returned."""
    from django.core.checks import run_checks

    messages = run_checks(tags=[tag], include_deployment_checks=True, databases=["default"])
    found = [message.obj for message in messages if isinstance(message.obj, Problem)]
    errors = [problem for problem in found if problem.kind.severity == "error"]
    if errors:
        raise UserError(*errors)
    return found


def _collect() -> None:
    """Put static files where they are served from."""
    from django.core.management import call_command

    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        path = str(error.filename)
        raise problems.DATA_FOLDER.error(path=path, reason=refusal(error)) from error
