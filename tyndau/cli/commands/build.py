"""``tyndau build``: tables, reports and slides of a wave.

In: a study with a wave. Out: the results and what they are. Nothing changed: nothing done.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import click

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message
from tyndau.cli import problems as usage
from tyndau.cli.language import Command, json_option, option
from tyndau.cli.output import as_json, print_json, print_line, print_problems, progress_bar
from tyndau.reporting.build import BuildResult, build
from tyndau.reporting.editions import EDITIONS, MASTER, Edition
from tyndau.reporting.steps import KINDS

_SHORT = N_("Make tables, report and slides of a wave in each language.")
_HELP = N_(
    "Make what is handed in from STUDY, in each language: the volume of tables as a workbook and "
    "all cells as CSV, the report for Word and as PDF, the slides. All of it stands in the folder "
    "results of the study. Where nothing changed, nothing is done."
)
_WAVE = N_("The wave; without it the last by name.")
_ONLY = N_("What is made, separated by commas; without it everything.")
_EDITION = N_(
    "For whom: master, with everything (without the option); restricted, for the customer; public, "
    "for everybody. The latter two hide what is too small to be shown."
)
_LANG = N_("Languages of the results, separated by commas; without it those of the study.")
_HID = N_("What this edition hides, and why, stands in {path}. Keep it with the master.")
_DONE = N_("Built {tables} tables of wave {wave}, revision {revision}, in {folder}:")
_SAME = N_("Nothing changed since the last build; the results of wave {wave} stand in {folder}:")

Choice = TypeVar("Choice", bound=str)


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

    def run(study: str, wave: str, only: str, edition: Edition, lang: str, as_json_: bool) -> None:
        kinds = _chosen("--only", only, KINDS)
        languages = _chosen("--lang", lang, CONTENT_LANGUAGES)
        with progress_bar(language) as progress:
            built = build(
                Path(study),
                wave=wave,
                languages=languages,
                only=kinds,
                edition=edition,
                progress=progress,
            )
        _show(built, as_json_, language)

    return Command(
        "build",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=run,
        params=[
            click.Argument(["study"]),
            option("--wave", language=language, help=_WAVE, default="", metavar="…"),
            option("--only", language=language, help=_ONLY, default="", metavar="|".join(KINDS)),
            option(
                "--edition", language=language, help=_EDITION, default=MASTER,
                type=click.Choice(EDITIONS), metavar="|".join(EDITIONS),
            ),
            option("--lang", language=language, help=_LANG, default="", metavar="ru,kk"),
            json_option(language),
        ],
    )  # fmt: skip


def _chosen(name: str, given: str, known: Sequence[Choice]) -> tuple[Choice, ...]:
    """Read values separated by commas, each of which must be known."""
    chosen = dict.fromkeys(part.strip() for part in given.split(",") if part.strip())
    by_name = {str(one): one for one in known}
    for part in chosen:
        if part not in by_name:
            raise usage.BAD_VALUE.error(name=name, got=part, expected=list(known))
    return tuple(by_name[part] for part in chosen)


def _show(built: BuildResult, as_json_: bool, language: str) -> None:
    if as_json_:
        print_json(
            {
                "wave": built.wave,
                "revision": built.revision,
                "tables": built.tables,
                "files": [str(path) for path in built.files],
                "built": built.built,
                "account": str(built.account) if built.account else None,
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
    if built.account:
        print_line(Message(_HID, {"path": built.account}), language)
    for path in built.files:
        if path.parent == built.folder:  # what pages are made from lies in folders
            print_line(f"  {path.name}", language)
