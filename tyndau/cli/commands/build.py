"""``tyndau build``: the volume of tables of a wave.

In: a study with a wave. Out: the results and what they are. Nothing changed: nothing done.
"""

from pathlib import Path

import click

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message
from tyndau.cli import problems as usage
from tyndau.cli.language import Command, json_option, option
from tyndau.cli.output import as_json, print_json, print_line, print_problems, progress_bar
from tyndau.reporting import build

_SHORT = N_("Make the volume of tables in each language.")
_HELP = N_(
    "Make what is handed in from STUDY: the volume of tables as a workbook in each language and "
    "all cells as CSV, in the folder results of the study. Where nothing changed, nothing is done."
)
_WAVE = N_("The wave; without it the last by name.")
_LANG = N_("Languages of the volume, separated by commas; without it those of the study.")
_DONE = N_("Built {tables} tables of wave {wave}, revision {revision}, in {folder}:")
_SAME = N_("Nothing changed since the last build; the results of wave {wave} stand in {folder}:")


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

    def run(study: str, wave: str, lang: str, as_json_: bool) -> None:
        _build(study, wave, _languages(lang), as_json_, language)

    return Command(
        "build",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=run,
        params=[
            click.Argument(["study"]),
            option("--wave", language=language, help=_WAVE, default="", metavar="…"),
            option("--lang", language=language, help=_LANG, default="", metavar="ru,kk"),
            json_option(language),
        ],
    )


def _languages(given: str) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))
    for code in languages:
        if code not in CONTENT_LANGUAGES:
            raise usage.BAD_VALUE.error(name="--lang", got=code, expected=list(CONTENT_LANGUAGES))
    return languages


def _build(
    study: str, wave: str, languages: tuple[str, ...], as_json_: bool, language: str
) -> None:
    with progress_bar(language) as progress:
        built = build(Path(study), wave=wave, languages=languages, progress=progress)
    if as_json_:
        print_json(
            {
                "wave": built.wave,
                "revision": built.revision,
                "tables": built.tables,
                "files": [str(path) for path in built.files],
                "built": built.built,
                "problems": [as_json(problem, language) for problem in built.problems],
            }
        )
        return
    print_problems(built.problems, language)
    words: dict[str, object] = {
        "tables": built.tables,
        "wave": built.wave,
        "revision": built.revision,
        "folder": built.folder,
    }
    print_line(Message(_DONE if built.built else _SAME, words), language)
    for path in built.files:
        print_line(f"  {path.name}", language)
