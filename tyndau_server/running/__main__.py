"""The main process: it watches over those that answer and the one that works, and does no more.

In: a socket that listens, handed on by ``tyndau serve``, how many processes may write, and the
language of the terminal. Out: nothing but its end, which is that of all. It takes the place of the
command, which had loaded all of the pipeline by its imports.
"""

import signal
import socket
import sys
import threading

from tyndau.base.languages import N_, Message
from tyndau.cli.output import print_line
from tyndau_server.running.keeper import Keeper
from tyndau_server.running.web import serve_pages

_SERVING = N_("The pages are served: {address}")
_MEANWHILE = N_("What is not built yet is built meanwhile; the pages show how far it is.")
_END = N_("Press Ctrl-C to end.")
_ENDED = N_("The server has ended.")


def main(descriptor: str, writers: str, language: str) -> None:
    """Serve until a signal comes.

    Parameters
    ----------
    descriptor : str
        The number of the socket.
    writers : str
        How many processes the database lets write at once; 0 where that is no limit.
    language : str
        What the terminal is told in.
    """
    ending = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: ending.set())
    keeper = Keeper(language)
    with socket.socket(fileno=int(descriptor)) as listening:
        host, port = listening.getsockname()[:2]
        for words in (_SERVING, _MEANWHILE, _END):
            print_line(Message(words, {"address": f"http://{host}:{port}/"}), language)
        sys.stdout.flush()
        try:
            keeper.start()
            serve_pages(listening, ending, writers=int(writers))
        finally:
            keeper.end()
    print_line(Message(_ENDED), language)


if __name__ == "__main__":
    main(*sys.argv[1:])
