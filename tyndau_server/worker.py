"""The worker: a process that takes jobs one after the other until its server ends.

In: the queue and the studies served. Out: jobs done. Only one worker is at work on a data folder; a
second waits until the first is gone. It ends when its standard input closes, as happens whichever
way the server ends, so that nothing goes on in secret. Run as ``python -m
tyndau_server.worker``.
"""

import os
import sys
import threading
import time

import django
from django.conf import settings

from tyndau.base import folders
from tyndau.cli.language import interface_language

_SECONDS_BETWEEN_LOOKS = 0.5
_PLACE = "worker"
# Pages are answered before results are built.
_PATIENCE = 10


def work() -> None:
    """Work until the process is ended."""
    # Models can be imported only after Django is set up.
    from tyndau_server import problems
    from tyndau_server.analysis.request import request_all
    from tyndau_server.jobs import queue
    from tyndau_server.jobs.do import do
    from tyndau_server.studies.served import served

    with folders.one_at_a_time(settings.TYNDAU_DATA / _PLACE):
        queue.take_back(problems.STOPPED.at())
        request_all(served().values())
        while True:
            job = queue.take(served())
            if job is None:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            else:
                do(job, served()[job.study], interface_language(os.environ))


def _end_with_the_server() -> None:
    """End this process, whatever it does, when the server's end of the pipe is closed."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Set Django up and work."""
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_PATIENCE)
    django.setup()
    try:
        work()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
