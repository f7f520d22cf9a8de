"""Making Django ready for a command: settings, data folder, secret key, database.

In: the environment. Out: models that can be imported and a database of the present form. Django is
imported only when it is called, so that the command line stays quick.
"""

import os
from pathlib import Path

from tyndau.base.errors import refusal
from tyndau_server import problems


def set_up() -> None:
    """Set Django up, with a data folder that holds the secret key.

    Raises
    ------
    UserError
        If packages are missing, or a setting or the data folder cannot be used.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
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


def migrate() -> None:
    """Bring the database into the form of this version.

    Raises
    ------
    UserError
        If the database cannot be used.
    """
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    try:
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise problems.DATABASE.error(detail=str(error).strip()) from error
    finally:
        connections.close_all()  # each process has its own


def make_ready() -> None:
    """Do both, for a command.

    Raises
    ------
    UserError
        If packages are missing, or a setting, the data folder or the database cannot be used.
    """
    set_up()
    migrate()


def _keep_secret(path: Path, key: str) -> None:
    """Write the secret key, if there is none yet, so that nobody else may read it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key)
