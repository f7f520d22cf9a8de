"""The worker: a process that takes jobs one after the other until its server ends.

In: the queue and the studies served. Out: jobs done, each in a process of its own, which loads the
pipeline and gives its memory back with its end, and beside a long one what somebody looks at; once
an hour, what may be kept for some days alone is erased. Only one worker is at work on a data
folder; a second waits until the first is gone. It ends when its standard input closes, as happens
whichever way the server ends, and its job's process with it, so that nothing goes on in secret. Run
as ``python -m tyndau_server.worker``; with the number of a job it does that one.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import django
from django.conf import settings
from django.db import OperationalError, close_old_connections

from tyndau.base import folders
from tyndau.cli.language import interface_language

_SECONDS_BETWEEN_LOOKS = 0.5
# What is kept for days alone goes as soon.
_SECONDS_BETWEEN_ERASURES = 3600.0
# While the database is away there is nothing to do but wait for it.
_SECONDS_BEFORE_ANOTHER_TRY = 2.0
_ASKING = "ask"
# Pages are answered before results are built.
_PATIENCE = 10


def work() -> None:
    """Work until the process is ended."""
    # Models can be imported only after Django is set up.
    from tyndau_server.jobs import heartbeat

    with folders.one_at_a_time(heartbeat.folder()):
        asked, erased = False, -_SECONDS_BETWEEN_ERASURES
        while True:
            try:
                if not asked:
                    asked = _ask()
                if time.monotonic() - erased >= _SECONDS_BETWEEN_ERASURES:
                    _erase()
                    erased = time.monotonic()
                heartbeat.beat()
                if not _take_and_do():
                    time.sleep(_SECONDS_BETWEEN_LOOKS)
            except OperationalError as error:
                sys.stderr.write(f"{error}\n")
                close_old_connections()
                time.sleep(_SECONDS_BEFORE_ANOTHER_TRY)


def _erase() -> None:
    """Erase what may be kept for some days alone; what the disk refuses is tried again later."""
    from tyndau_server.form.unfinished import erase_old
    from tyndau_server.people.photos import erase_left
    from tyndau_server.studies.served import served

    for erase in (erase_old, lambda: erase_left(served())):
        try:
            erase()
        except OSError as error:
            sys.stderr.write(f"{error}\n")


def _ask() -> bool:
    """Let what a dead worker left wait again, and ask for what studies lack."""
    from tyndau_server import problems
    from tyndau_server.jobs import queue

    queue.take_back(problems.STOPPED.at())
    _in_a_process(_ASKING)
    return True


def _take_and_do() -> bool:
    """Do the next job, if one waits; one whose process died waits again, or failed for good."""
    from tyndau_server import problems
    from tyndau_server.jobs import queue
    from tyndau_server.jobs.kinds import SOON
    from tyndau_server.studies.served import served

    job = queue.take([*served(), queue.SERVER])
    if job is not None:
        _in_a_process(str(job.id), None if job.kind in SOON else _meanwhile)
        queue.take_back(problems.STOPPED.at())
    return job is not None


def _meanwhile() -> None:
    """Do what somebody looks at, if it waits, while long work goes on in its own process."""
    from tyndau_server import problems
    from tyndau_server.jobs import queue
    from tyndau_server.jobs.kinds import SOON
    from tyndau_server.studies.served import served

    try:
        job = queue.take(served(), SOON)
        if job is not None:
            _in_a_process(str(job.id))
            queue.take_back(problems.STOPPED.at(), [job.id])
    except OperationalError as error:
        # The long work is not broken off for it; it is tried again at the next look.
        sys.stderr.write(f"{error}\n")
        close_old_connections()


def _in_a_process(what: str, meanwhile: Callable[[], None] | None = None) -> None:
    """Do something in a process that ends with this one, and wait for it."""
    from tyndau_server.jobs import heartbeat

    with subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-m", "tyndau_server.worker", what], stdin=subprocess.PIPE
    ) as process:
        while process.poll() is None:
            heartbeat.beat()
            if meanwhile is not None:
                meanwhile()
            try:
                process.wait(_SECONDS_BETWEEN_LOOKS if meanwhile else heartbeat.SECONDS)
            except subprocess.TimeoutExpired:
                continue


def _do(what: str) -> None:
    """Do one job, or ask for what studies lack."""
    from tyndau_server.control.ask import ask_where_needed
    from tyndau_server.fieldwork.erasing import ask_for_erasures
    from tyndau_server.jobs.do import do
    from tyndau_server.jobs.models import Job
    from tyndau_server.studies.served import served

    if what == _ASKING:
        from tyndau_server.analysis.request import request_all
        from tyndau_server.bundle.take_in import finish

        finish()
        # Before anything is built of what was withdrawn.
        ask_for_erasures(served())
        request_all(served().values())
        ask_where_needed(served())
    else:
        job = Job.objects.get(id=int(what))
        # A study that is to come has no folder yet.
        do(job, served().get(job.study, settings.TYNDAU_DATA), interface_language(os.environ))
        if job.state == Job.State.DONE:
            # What was withdrawn while it ran, or came with a bundle; interviews that did.
            ask_for_erasures(served())
            ask_where_needed(served())


def _end_with_the_server() -> None:
    """End this process, whatever it does, when the other end of the pipe is closed."""
    # Not by sys.stdin, whose lock would be held when the process ends by itself.
    while os.read(sys.stdin.fileno(), 1):
        continue
    os._exit(0)


def main() -> None:
    """Set Django up and work, or do what the argument names."""
    what = sys.argv[1:]
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    if not what and hasattr(os, "nice"):
        os.nice(_PATIENCE)
    django.setup()
    try:
        if what:
            _do(what[0])
        else:
            work()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
