"""What a command shows: problems, progress and results, for people or as JSON.

In: problems, messages. Out: text on the streams. Results go to standard output, progress and fatal
errors to standard error, so that a result can be piped.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.text import Text as Styled

from tyndau.base.errors import Problem, where
from tyndau.base.languages import N_, Message, Sayable, say
from tyndau.base.progress import Progress

_SEVERITY = {"error": N_("Error"), "warning": N_("Warning"), "hint": N_("Hint")}
_STYLE = {"error": "bold red", "warning": "yellow", "hint": "cyan"}
_REMEDY = N_("What to do: {remedy}")
_SECONDS_BETWEEN_LINES = 2.0


def as_json(problem: Problem, language: str) -> dict[str, object]:
    """Return a problem as an object that machines read.

    Parameters
    ----------
    problem : Problem
        The problem.
    language : str
        Language of its sentences.

    Returns
    -------
    dict
        Code, severity, place, what and remedy.
    """
    return {
        "code": problem.kind.code,
        "severity": problem.kind.severity,
        "file": problem.place.file,
        "sheet": problem.place.sheet,
        "row": problem.place.row or None,
        "column": problem.place.column,
        "what": problem.what(language),
        "remedy": problem.remedy(language),
    }


def print_json(value: object) -> None:
    """Print one JSON value on standard output.

    Parameters
    ----------
    value : object
        What `json` can write.
    """
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_problems(problems: Sequence[Problem], language: str, *, fatal: bool = False) -> None:
    """Print problems, each with its place, what is wrong and the remedy.

    Parameters
    ----------
    problems : sequence of Problem
        In the order in which they are shown.
    language : str
        Language of the sentences.
    fatal : bool, default False
        Whether they ended the command: then they go to standard error.
    """
    console = Console(stderr=fatal, highlight=False, soft_wrap=True)
    for problem in problems:
        severity = problem.kind.severity
        place = where(problem.place, language)
        line = Styled(Message(_SEVERITY[severity]).say(language), style=_STYLE[severity])
        line.append(f" {problem.kind.code}", style="dim")
        if place:
            line.append(f"  {place}", style="default")
        console.print(line)
        console.print(Styled("  " + problem.what(language)))
        remedy = Message(_REMEDY, {"remedy": problem.remedy(language)})
        console.print(Styled("  " + remedy.say(language), style="dim"))


def print_line(text: Sayable, language: str) -> None:
    """Print a line of the result.

    Parameters
    ----------
    text : Text, Message or str
        What to print.
    language : str
        Language of the sentences.
    """
    sys.stdout.write(say(text, language) + "\n")


@contextmanager
def progress_bar(language: str) -> Iterator[Progress]:
    """Show progress on standard error: a bar on a terminal, else a line now and then.

    Parameters
    ----------
    language : str
        Language of what is being done.

    Yields
    ------
    Progress
        What long work calls.
    """
    console = Console(stderr=True)
    if console.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bar(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
            task = bar.add_task("", total=None)

            def move(done: int, total: int, what: Sayable) -> None:
                bar.update(task, completed=done, total=total, description=say(what, language))

            yield move
        return
    last = time.monotonic()

    def line(done: int, total: int, what: Sayable) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            sys.stderr.write(f"{done}/{total} {say(what, language)}\n")

    yield line
