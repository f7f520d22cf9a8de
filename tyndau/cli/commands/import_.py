"""``tyndau import``: answers from a file, frozen as a wave.

In: a study and a file. Out: a new revision of a wave and the warnings. It asks nothing back.
"""

from pathlib import Path
from typing import Any

import click

from tyndau.base.languages import N_, Message
from tyndau.cli.language import Command, json_option, lang_option, option
from tyndau.cli.output import as_json, print_json, print_line, print_problems, progress_bar
from tyndau.interchange import import_wave
from tyndau.study import load_study

_SHORT = N_("Take answers from a CSV or SPSS file and freeze them as a wave.")
_HELP = N_(
    "Take the answers of FILE (CSV or SPSS .sav) into STUDY: they are held against the "
    "questionnaire and its routing and frozen as a wave. Nothing is written when something "
    "contradicts."
)
_WAVE = N_("Name of the wave, such as 2026-q4.")
_POPULATION = N_("The questionnaire that was asked, where the study has several.")
_KEY = N_("Column that identifies an interview; without it keys are random.")
_IGNORE = N_("Columns that are not wanted, separated by commas.")
_REVISE = N_("Make the next revision where the wave has these answers already.")
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
        "import",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_import,
        params=[
            click.Argument(["study"]),
            click.Argument(["file"]),
            text("--wave", _WAVE, required=True),
            text("--population", _POPULATION, default=""),
            text("--key", _KEY, default=""),
            text("--ignore", _IGNORE, default=""),
            option("--revise", language=language, help=_REVISE, is_flag=True),
            lang_option(language),
            json_option(language),
        ],
    )  # fmt: skip


def _import(
    study: str,
    file: str,
    wave: str,
    population: str,
    key: str,
    ignore: str,
    revise: bool,
    lang: str,
    as_json_: bool,
) -> None:
    loaded = load_study(Path(study))
    asked = population or (next(iter(loaded.forms)) if len(loaded.forms) == 1 else "")
    with progress_bar(lang) as progress:
        frozen, problems = import_wave(
            loaded,
            Path(file),
            wave=wave,
            population=asked,
            key=key,
            ignore=[name.strip() for name in ignore.split(",") if name.strip()],
            revise=revise,
            progress=progress,
        )
    done = {
        "wave": frozen.name,
        "revision": frozen.revision,
        "population": asked,
        "rows": len(frozen.frames[asked]),
    }
    if as_json_:
        print_json({**done, "problems": [as_json(problem, lang) for problem in problems]})
        return
    print_problems(problems, lang)
    print_line(Message(_DONE, done), lang)
