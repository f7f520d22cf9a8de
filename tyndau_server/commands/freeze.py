"""``tyndau freeze``: accepted interviews of a study become a wave.

In: a study and the name of a wave. Out: a new revision in its folder and the warnings. It asks
nothing back; interviews on which nobody decided stop it unless they are left out on purpose.
"""

import os
from pathlib import Path
from typing import Any

import click

from tyndau.base.languages import N_, Message, Number
from tyndau.cli.language import Command, json_option, lang_option, option
from tyndau.cli.output import as_json, print_json, print_line, print_problems, progress_bar
from tyndau.study import load_study, require_folder
from tyndau_server.ready import make_ready

_SHORT = N_("Freeze the accepted interviews of a study as a wave.")
_HELP = N_(
    "Freeze the interviews of STUDY that came to the server and were accepted, as a wave: they "
    "are held against the questionnaire and its routing. Pilot, rejected and incomplete "
    "interviews stay out. Nothing is written when something contradicts."
)
_WAVE = N_("Name of the wave, such as 2026-q4.")
_REVISE = N_("Make the next revision where the wave is there already.")
_WITHOUT = N_("Freeze without interviews on which nobody decided yet.")
_IGNORE = N_("Questions of earlier versions whose answers are not wanted, separated by commas.")
_DONE = N_("Frozen: wave {wave}, revision {revision}, {population}: interviews {rows}.")


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

    def text(name: str, help: str, **more: Any) -> click.Option:
        return option(name, language=language, help=help, metavar="…", **more)

    return Command(
        "freeze",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_freeze,
        params=[
            click.Argument(["study"]),
            text("--wave", _WAVE, required=True),
            option("--revise", language=language, help=_REVISE, is_flag=True),
            option("--without-undecided", language=language, help=_WITHOUT, is_flag=True),
            text("--ignore", _IGNORE, default=""),
            lang_option(language),
            json_option(language),
        ],
    )


def _freeze(
    study: str,
    wave: str,
    revise: bool,
    without_undecided: bool,
    ignore: str,
    lang: str,
    as_json_: bool,
) -> None:
    folder = Path(study)
    require_folder(folder)
    os.environ["TYNDAU_STUDIES"] = str(folder.resolve())
    make_ready()
    from tyndau_server.fieldwork.freeze import freeze_wave

    # The study's slug is the name of its folder, also where it is named by "." or a link.
    loaded = load_study(folder.resolve())
    with progress_bar(lang) as progress:
        frozen = freeze_wave(
            loaded,
            wave,
            by=None,
            revise=revise,
            without_undecided=without_undecided,
            ignore=[name.strip() for name in ignore.split(",") if name.strip()],
            progress=progress,
        )
    done = {"wave": frozen.wave.name, "revision": frozen.wave.revision}
    if as_json_:
        problems = [as_json(problem, lang) for problem in frozen.problems]
        print_json({**done, "rows": frozen.rows, "problems": problems})
        return
    print_problems(frozen.problems, lang)
    for population, rows in frozen.rows.items():
        said = {**done, "population": population, "rows": Number(rows)}
        print_line(Message(_DONE, said), lang)
