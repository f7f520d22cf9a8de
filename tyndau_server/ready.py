"""Making Django ready for a command: settings, data folder, secret key, database.

In: the environment. Out: models that can be imported and a database of the present form. Django is
imported only when it is called, so that the command line stays quick.
"""

import os
from pathlib import Path

from tyndau.base.errors import refusal
from tyndau_server import problems


def make_ready() -> None:
    """Set Django up, with a data folder that holds the secret key and the database.

    Raises
    ------
    UserError
        If packages are missing, or a setting or the data folder cannot be used.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
    try:
        import django
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import call_command
        from django.db import connections
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
    call_command("migrate", verbosity=0)
    connections.close_all()  # each process has its own


def _keep_secret(path: Path, key: str) -> None:
    """Write the secret key, if there is none yet, so that nobody else may read it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key)
