"""``tyndau print``: questionnaires on paper, for the field when phones fail.

In: a study. Out: a PDF file for each form and language, to be printed, filled in by hand and typed
in later. Nothing changed: nothing done.
"""

from collections.abc import Sequence
from pathlib import Path

import click

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message
from tyndau.cli import problems as usage
from tyndau.cli.language import Command, json_option, option
from tyndau.cli.output import print_json, print_line, progress_bar
from tyndau.reporting.paper import make_paper

_SHORT = N_("Print the questionnaires, to be filled in by hand.")
_HELP = N_(
    "Print the questionnaires of STUDY for interviewers in the field when phones fail: what is "
    "read aloud, boxes to tick with the codes that are typed in later, where each answer leads. "
    "The files stand in the folder paper of the study. Where nothing changed, nothing is done."
)
_FORM = N_("Forms, separated by commas; without it all of the study.")
_LANG = N_("Languages of the sheets, separated by commas; without it those of the study.")
_DONE = N_("The questionnaires stand in {folder}:")
_SAME = N_("Nothing changed since the last time; the questionnaires stand in {folder}:")


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

    def run(study: str, form: str, lang: str, as_json_: bool) -> None:
        languages = _listed(lang)
        for part in languages:
            if part not in CONTENT_LANGUAGES:
                expected = list(CONTENT_LANGUAGES)
                raise usage.BAD_VALUE.error(name="--lang", got=part, expected=expected)
        with progress_bar(language) as progress:
            made = make_paper(
                Path(study), forms=_listed(form), languages=languages, progress=progress
            )
        if as_json_:
            files = [str(path) for path in made.files]
            print_json({"folder": str(made.folder), "made": made.made, "files": files})
            return
        print_line(Message(_DONE if made.made else _SAME, {"folder": made.folder}), language)
        for path in made.files:
            print_line(f"  {path.name}", language)

    return Command(
        "print",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=run,
        params=[
            click.Argument(["study"]),
            option("--form", language=language, help=_FORM, default="", metavar="residents,ngo"),
            option("--lang", language=language, help=_LANG, default="", metavar="ru,kk"),
            json_option(language),
        ],
    )


def _listed(given: str) -> Sequence[str]:
    return tuple(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))
