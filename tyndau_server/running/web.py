"""The web processes: granian answers, with our pages behind it, on a socket that is ours.

In: a socket that listens already, and how many processes may write. Out: answers, until a signal
comes. The socket stays with the main process, so that whoever knocks while a web process is being
replaced waits and is not turned away. A web process ends with the main process, whichever way that
one ends; what runs when a signal comes is finished first.
"""

import multiprocessing
import os
import signal
import socket
import threading
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server import MPServer

BACKLOG = 1024
PROCESSES = 2
# A phone on a bad line holds a thread while it sends; it takes no processor meanwhile.
THREADS = 64
# Requests that run may finish; what still runs then is cut off, and the phone sends it again.
SECONDS_TO_END = 25


class Web(MPServer):
    """The server: a main process that replaces web processes that die.

    Parameters
    ----------
    listening : socket.socket
        A socket that listens.
    processes : int
        How many web processes.
    threads : int
        How many requests a process works on at once.
    ending : threading.Event
        Set where a signal came already.
    """

    def __init__(
        self, listening: socket.socket, *, processes: int, threads: int, ending: threading.Event
    ) -> None:
        self._listening = listening
        self._ending = ending
        host, port = listening.getsockname()[:2]
        super().__init__(
            "tyndau_server",
            host,
            port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            workers=processes,
            blocking_threads=threads,
            backlog=BACKLOG,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_END,
            # It tells of web processes that died, by our handler. Its own log of requests would
            # name tokens, which stand in addresses.
            log_level=LogLevels.error,
            log_dictconfig={"handlers": {}, "loggers": {"_granian": {"propagate": True}}},
            log_access=False,
        )
        self.on_startup(self._end_by_signals)

    def run(self) -> None:
        """Answer until a signal comes.

        Raises
        ------
        SystemExit
            If web processes die as soon as they are started.
        """
        self.serve(target_loader=_application, wrap_loader=False)

    def _end_by_signals(self) -> None:
        """End with the terminal too, and where a signal came before granian listened to any."""
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self.signal_handler_interrupt)
        if self._ending.is_set():
            self.interrupt_signal = True
            self.main_loop_interrupt.set()

    def _init_shared_socket(self) -> None:
        """Give granian our socket; it would open one in each process, without one that stays."""
        self._ssp = None
        self._shd: Any = SocketHolder(self._listening.fileno(), False, BACKLOG)  # type: ignore[call-arg] # as it is
        self._sso = self._listening


def serve_pages(listening: socket.socket, ending: threading.Event, *, writers: int) -> None:
    """Answer on a socket until a signal comes.

    Parameters
    ----------
    listening : socket.socket
        A socket that listens.
    ending : threading.Event
        Set where a signal came already.
    writers : int
        How many processes the database lets write at once; 0 where that is no limit.

    Raises
    ------
    SystemExit
        If web processes die as soon as they are started.
    """
    # SQLite lets one write at a time whoever it is: a second process would but wait for the first.
    # One processor is left to PostgreSQL, which has as much to do, and to the worker.
    processes = writers or max(1, min((os.cpu_count() or 1) - 1, PROCESSES))
    Web(listening, processes=processes, threads=THREADS // processes, ending=ending).run()


def _application() -> Any:
    """Return what answers, in a web process that has just begun."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until granian listens to it in this process
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C is for the main process, which then ends this one
    threading.Thread(target=_end_with_the_main_process, daemon=True).start()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    # Before there are other threads: two that import at once may find modules half made.
    import_module(settings.ROOT_URLCONF)
    threading.Thread(target=_read_ahead, daemon=True).start()
    return application


def _end_with_the_main_process() -> None:
    main = multiprocessing.parent_process()
    if main is not None:
        main.join()
        os._exit(1)


def _read_ahead() -> None:
    """Read the studies before somebody asks: the first reading of one takes a second."""
    from tyndau_server.studies.described import describe
    from tyndau_server.studies.served import served

    for folder in served().values():
        describe(folder)
