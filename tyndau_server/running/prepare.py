"""What is done before the first request: Django set up, checks, the database's form, static files.

In: the environment. Out: a server that may start, or the errors that keep it from starting. It is
done in a process of its own, so that the main process, which only watches over others, loads
neither Django nor a view; what is found is handed back.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from tyndau.base.errors import Problem, UserError, refusal
from tyndau_server import problems
from tyndau_server.ready import migrate, set_up


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
    os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"  # for all that follow
    with ProcessPoolExecutor(1) as process:
        return process.submit(_prepare, production).result()


def _prepare(production: bool) -> Prepared:
    set_up()
    from django.db import connection

    from tyndau_server.running import checks

    warnings = _checked(checks.MACHINE) if production else []
    migrate()
    if production:
        warnings += _checked(checks.DATABASE)
        _collect()
    return Prepared(tuple(warnings), writers=1 if connection.vendor == "sqlite" else 0)


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
    from django.conf import settings
    from django.core.management import call_command

    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        path = str(error.filename or settings.STATIC_ROOT)
        raise problems.DATA_FOLDER.error(path=path, reason=refusal(error)) from error
