"""``tyndau serve``: studies in the browser, served from this machine.

In: folders of studies and a port. Out: a server that answers at once, with a worker process beside
it that builds what is lacking; both end together on Ctrl-C or a signal. The entry point of the
command: Django is imported only when it is called, so that the command line stays quick.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import click

from tyndau.base.errors import refusal
from tyndau.base.languages import N_, Message
from tyndau.cli.language import Command, lang_option, option
from tyndau.cli.output import print_line
from tyndau.study import require_folder
from tyndau_server import problems

HOST = "127.0.0.1"
PORT = 8000

_SHORT = N_("Show studies in the browser, and build them.")
_HELP = N_(
    "Show studies on pages of this machine: what each is, its state, its files, its tables. What "
    "is not built yet is built meanwhile; of a fictional study without interviews, "
    "these are simulated first. Ctrl-C ends it."
)
_PORT = N_("The port; with 0 any free one.")
_SERVING = N_("The pages are served: {address}")
_MEANWHILE = N_("What is not built yet is built meanwhile; the pages show how far it is.")
_END = N_("Press Ctrl-C to end.")
_IN_USE = N_("another program listens there, perhaps Tyndau itself")
_ENDED = N_("The server has ended.")
_SECONDS_BEFORE_ANOTHER = 1.0
_SECONDS_TO_END = 5.0


def make(language: str) -> click.Command:
    """Return the command in a language.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    click.Command
        The command.
    """
    return Command(
        "serve",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_serve,
        params=[
            click.Argument(["study"], nargs=-1, required=True),
            option(
                "--port", language=language, help=_PORT, default=PORT,
                type=click.IntRange(0, 65535), metavar="N",
            ),
            lang_option(language),
        ],
    )  # fmt: skip


def _serve(study: Sequence[str], port: int, lang: str) -> None:
    folders = _named(study)
    with _listen(port) as listening:
        _set_up(folders)
        server = _server(listening)
        worker = _Worker(lang)
        signal.signal(signal.SIGTERM, _as_interrupt)
        try:
            address = f"http://{HOST}:{listening.getsockname()[1]}/"
            for words in (_SERVING, _MEANWHILE, _END):
                print_line(Message(words, {"address": address}), lang)
            sys.stdout.flush()
            worker.start()
            threading.Thread(target=_read_ahead, args=[folders], daemon=True).start()
            server.run()
        except KeyboardInterrupt:
            pass
        finally:
            worker.end()
            server.close()
    print_line(Message(_ENDED), lang)


def _named(study: Sequence[str]) -> tuple[Path, ...]:
    """Return the folders, each once; two of one name cannot both have an address."""
    folders: dict[str, Path] = {}
    for given in study:
        path = Path(given)
        require_folder(path)
        folder = path.resolve()
        other = folders.setdefault(folder.name, folder)
        if other != folder:
            raise problems.SAME_NAME.error(name=folder.name, folders=[str(other), str(folder)])
    return tuple(folders.values())


def _set_up(folders: Sequence[Path]) -> None:
    """Set Django up, with a data folder that holds the secret key and the database."""
    os.environ["TYNDAU_STUDIES"] = os.pathsep.join(map(str, folders))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"
    try:
        import django
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import call_command
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


def _keep_secret(path: Path, key: str) -> None:
    """Write the secret key, if there is none yet, so that nobody else may read it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(key)


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # a port that was just left may be taken again
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        taken = error.errno == errno.EADDRINUSE
        reason = Message(_IN_USE) if taken else refusal(error)
        raise problems.PORT.error(port=port, reason=reason, other=PORT + 1) from error
    return listening


def _server(listening: socket.socket) -> Any:
    """Return the server, which takes connections from now on and answers when it is run."""
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    return create_server(
        get_wsgi_application(),
        sockets=[listening],
        threads=4,
        ident="",
        clear_untrusted_proxy_headers=True,
    )


def _read_ahead(folders: Sequence[Path]) -> None:
    """Read the studies before somebody asks: the first reading of one takes a second."""
    from tyndau_server.studies.described import describe

    for folder in folders:
        describe(folder)


def _as_interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signals ask
    raise KeyboardInterrupt


class _Worker:
    """The worker process; one that dies is followed by another."""

    def __init__(self, language: str) -> None:
        self._environment = {**os.environ, "TYNDAU_LANG": language}
        self._ending = threading.Event()
        self._process: subprocess.Popen[Any] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the process and watch over it."""
        self._watch.start()

    def _keep(self) -> None:
        while not self._ending.is_set():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tyndau_server.worker"],
                stdin=subprocess.PIPE,
                env=self._environment,
                # Ctrl-C is for the server, which then ends the worker.
                start_new_session=True,
            )
            self._process.wait()
            self._ending.wait(_SECONDS_BEFORE_ANOTHER)

    def end(self) -> None:
        """End the process: it sees that its standard input is closed."""
        self._ending.set()
        process = self._process
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
