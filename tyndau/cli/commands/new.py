"""``tyndau new``: a study to begin with.

In: a folder that is to be. Out: the study in it. It overwrites nothing.
"""

from pathlib import Path

import click

from tyndau.base.languages import N_, Message
from tyndau.cli.language import Command
from tyndau.cli.output import print_line
from tyndau.study import new_study

_SHORT = N_("Make a small working study to begin with.")
_HELP = N_(
    "Make a small working study in the folder DIR: a workbook and a questionnaire in Kazakh and "
    "Russian, to be changed in Excel into your own."
)
_MADE = N_(
    'Made the study "{folder}". Open study.xlsx and forms in Excel; then "tyndau check {folder}".'
)


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

    def new(folder: str) -> None:
        new_study(Path(folder))
        print_line(Message(_MADE, {"folder": folder}), language)

    return Command(
        "new",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=new,
        params=[click.Argument(["folder"], metavar="DIR")],
    )
