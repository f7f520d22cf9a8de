"""The entry of the command line: the group of commands, errors and exit codes.

In: arguments and environment. Out: the exit code. A `UserError` is shown in the user's language
without a traceback; anything else is a fault of ours and keeps its traceback.
"""

import errno
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from io import TextIOWrapper
from typing import TextIO

import click

from tyndau import __version__
from tyndau.base.errors import UserError, refusal
from tyndau.base.languages import INTERFACE_LANGUAGES, N_, Message
from tyndau.cli import problems
from tyndau.cli.commands import (
    build,
    check,
    import_,
    new,
    papers,
    print_,
    proof,
    sample,
    simulate,
    tables,
    weight,
)
from tyndau.cli.language import Group, as_user_error, interface_language
from tyndau.cli.output import as_json, print_json, print_problems

_HELP = N_(
    "Tyndau runs a sociological study: it checks the questionnaire and the workbook, takes in the "
    "interviews and makes the volume of tables, in Kazakh and Russian. A study is a folder with "
    'study.xlsx and forms; "tyndau new" makes one to begin with.'
)
# Packages that join commands of their own name a function make(language) under this group.
JOINED = "tyndau.commands"
# What the machine refuses and the user can mend; any other OSError is a fault of ours.
_ENVIRONMENT = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT}

_VERSION = N_("Show the version and exit.")


def make(language: str) -> Group:
    """Return the whole command in a language.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    Group
        The command ``tyndau``.
    """
    group = Group("tyndau", language=language, help=Message(_HELP).say(language))
    for module in (
        new,
        check,
        sample,
        print_,
        papers,
        simulate,
        import_,
        weight,
        build,
        tables,
        proof,
    ):
        group.add_command(module.make(language))
    for command in entry_points(group=JOINED):
        group.add_command(command.load()(language))
    return click.version_option(
        __version__, prog_name="tyndau", help=Message(_VERSION).say(language)
    )(group)


def run(arguments: Sequence[str], *, language: str) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str
        What stands after ``tyndau``.
    language : str
        Language of the interface, unless ``--lang`` names another.

    Returns
    -------
    int
        The exit code: 0, 1 when a check found something, else the class of the error.
    """
    language = _asked_for(arguments) or language
    try:
        result = make(language).main(list(arguments), "tyndau", standalone_mode=False)
    except UserError as error:
        failure = error
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stderr.write(f"{error.format_message()}\n")
        return error.exit_code
    except click.UsageError as error:
        failure = as_user_error(error)
    except click.Abort:
        return 130
    except OSError as error:
        if error.errno not in _ENVIRONMENT:
            raise
        detail = refusal(error)
        failure = problems.NOT_WRITABLE.error(path=error.filename or "", detail=detail)
    else:
        return result if isinstance(result, int) else 0
    if "--json" in arguments:
        print_json({"problems": [as_json(problem, language) for problem in failure.problems]})
    else:
        print_problems(failure.problems, language, fatal=True)
    return failure.exit_code


def _asked_for(arguments: Sequence[str]) -> str:
    """Return the one language that ``--lang`` names, so that help and errors are in it too."""
    for place, argument in enumerate(arguments):
        name, given, value = argument.partition("=")
        if name == "--lang":
            value = value if given else "".join(arguments[place + 1 : place + 2])
            return value if value in INTERFACE_LANGUAGES else ""
    return ""


def _speak_every_language(stream: TextIO) -> None:
    """Let a stream take every letter: Windows-1251, of files and pipes, has no Kazakh ones."""
    if not isinstance(stream, TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="replace")  # the terminal knows no other letters
    else:
        stream.reconfigure(encoding="utf-8")


def main() -> None:
    """Run ``tyndau`` with the arguments and environment of the process."""
    for stream in (sys.stdout, sys.stderr):
        _speak_every_language(stream)
    sys.exit(run(sys.argv[1:], language=interface_language(os.environ)))
