"""``tyndau serve``: studies in the browser, served from this machine.

In: folders of studies and a port; with ``--production`` the settings of the environment. Out: a
server that answers at once, with a worker process beside it that builds what is lacking; all end
together on Ctrl-C or a signal. The entry point of the command: Django and granian are imported only
when it is called, so that the command line stays quick.
"""

import errno
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tyndau.base.errors import refusal
from tyndau.base.languages import N_, Message
from tyndau.cli.language import Command, lang_option, option
from tyndau.cli.output import print_problems
from tyndau.study import require_folder
from tyndau_server import problems
from tyndau_server.running.prepare import prepare

HOST = "127.0.0.1"
PORT = 8000

_SHORT = N_("Show studies in the browser, and build them.")
_HELP = N_(
    "Show studies on pages of this machine: what each is, its state, its files, its tables. What "
    "is not built yet is built meanwhile; of a fictional study without interviews, "
    "these are simulated first. Ctrl-C ends it."
)
_PRODUCTION = N_(
    "Serve people who sign in, behind a web server with TLS; studies, names of hosts and the "
    "database come from the environment."
)
_PORT = N_("The port; with 0 any free one.")
_IN_USE = N_("another program listens there, perhaps Tyndau itself")


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
            click.Argument(["study"], nargs=-1),
            option("--production", language=language, help=_PRODUCTION, is_flag=True),
            option(
                "--port", language=language, help=_PORT, default=PORT,
                type=click.IntRange(0, 65535), metavar="N",
            ),
            lang_option(language),
        ],
    )  # fmt: skip


def _serve(study: Sequence[str], production: bool, port: int, lang: str) -> None:
    folders = _named(study)
    if not folders and not production:
        raise problems.NO_STUDY.error()
    with _listen(port) as listening:
        if folders:
            os.environ["TYNDAU_STUDIES"] = os.pathsep.join(map(str, folders))
        os.environ["TYNDAU_PRODUCTION" if production else "TYNDAU_DEMO"] = "1"
        prepared = prepare(production=production)
        print_problems(prepared.warnings, lang, fatal=True)  # the address alone is the result
        sys.stdout.flush()
        listening.set_inheritable(True)
        what = [str(listening.fileno()), str(prepared.writers), lang]
        # Each thread of glibc would else keep an arena of its own: a fifth more memory under load.
        os.environ.setdefault("MALLOC_ARENA_MAX", "2")
        # The command has loaded all of the pipeline; the main process needs nothing of it.
        os.execv(  # noqa: S606 - this program itself
            sys.executable, [sys.executable, "-m", "tyndau_server.running", *what]
        )


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
    listening.listen(1024)
    return listening
