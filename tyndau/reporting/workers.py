"""Doing work that takes long in as many processes as the machine has cores.

In: tasks, each a list of calls that pickle. Out: the same calls, done. A process is this module
run anew, so that nothing of the caller is run a second time and nothing of it is shared: charts are
drawn by a library that keeps threads. Calls of one task share what they remember.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import IO

Task = Sequence[Callable[[], object]]

_MOST = 4
# The program of a worker: not ``-m``, which would run this module under a second name. It is run
# with ``-P``, so that no file of the folder it starts in is taken for a module.
_PROGRAM = "from tyndau.reporting.workers import serve; serve()"


def perform(tasks: Sequence[Task]) -> Iterator[int]:
    """Perform tasks beside each other, the first ones first.

    Parameters
    ----------
    tasks : sequence of sequence of callable
        Each is performed by one process, in its order; calls without arguments, such as
        `functools.partial` objects of functions of a module.

    Yields
    ------
    int
        Which task is done, in the order in which they end.

    Raises
    ------
    UserError
        That of the first call that raised one, as soon as it did; other tasks are stopped.
    RuntimeError
        If a process ended before its task.
    """
    with _processes(min(_cores(), len(tasks), _MOST)) as free:
        threads = ThreadPoolExecutor(max(free.qsize(), 1))
        try:
            waiting: dict[Future[None], int] = {
                threads.submit(_perform, free, task): at for at, task in enumerate(tasks)
            }
            for done in as_completed(waiting):
                done.result()
                yield waiting[done]
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def serve() -> None:
    """Perform the tasks that stand on the standard input, until it ends."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    # What a call prints must not stand between the answers.
    sys.stdout = sys.stderr
    while True:
        try:
            task: Task = pickle.load(asked)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        failed = None
        try:
            for call in task:
                call()
        except Exception as error:  # noqa: BLE001 - whatever it was, the caller raises it
            failed = error
        answers.write(_answer(failed))
        answers.flush()


def _answer(failed: Exception | None) -> bytes:
    """Pickle what a task raised; in words where it does not travel."""
    try:
        answer = pickle.dumps(failed)
        pickle.loads(answer)  # noqa: S301 - pickled here
    except Exception:  # noqa: BLE001 - exceptions of libraries fail at it in many ways
        return pickle.dumps(RuntimeError(f"{type(failed).__name__}: {failed}"))
    return answer


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _processes(count: int) -> Iterator["SimpleQueue[subprocess.Popen[bytes]]"]:
    """Start processes; they end with the context, whatever they do."""
    free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    started = []
    try:
        for _ in range(count):
            process = subprocess.Popen(  # noqa: S603 - this interpreter, this module
                [sys.executable, "-P", "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            started.append(process)
            free.put(process)
        yield free
    finally:
        for process in started:
            process.kill()
        for process in started:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):  # what was not sent yet has no reader
                        pipe.close()


def _perform(free: "SimpleQueue[subprocess.Popen[bytes]]", task: Task) -> None:
    """Let a free process perform a task; raise what it raised.

    One that died is put back too: whoever gets it next learns that it did, and does not wait.
    """
    process = free.get()
    try:
        asked, answers = _pipes(process)
        pickle.dump(task, asked)
        asked.flush()
        failed = pickle.load(answers)  # noqa: S301 - from the process started here
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
        raise RuntimeError(
            f"a process that writes results ended before its task ({process.poll()})"
        ) from error
    finally:
        free.put(process)
    if failed is not None:
        raise failed


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout
