"""``tyndau papers``: what interviewers take along, printed from the study.

In: a study, and who interviews. Out: PDF files: badges, letters of introduction, who conducts the
study, show cards, slips of respondents, the safety sheet, point plans. Nothing changed: nothing
done.
"""

from pathlib import Path

import click

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message
from tyndau.cli import problems as usage
from tyndau.cli.language import Command, json_option, option
from tyndau.cli.output import as_json, print_json, print_line, print_problems, progress_bar
from tyndau.reporting.fieldpapers import PapersResult, make_papers

_SHORT = N_("Print badges, letters, show cards, slips and the safety sheet.")
_HELP = N_(
    "Print what interviewers of STUDY take along: badges and letters of introduction for each, the "
    "sheet on who conducts the study, show cards, slips of respondents, the safety sheet, and what "
    "each does where and when. Names come from the sheet team of the workbook or from a CSV file. "
    "A fact that the workbook does not give is a line to be filled in by hand. Where nothing "
    "changed, nothing is done."
)
_TO = N_("Where the papers are put; without it the folder papers of the study.")
_INTERVIEWERS = N_("A CSV file with the columns code, name, photo, number.")
_LANG = N_("Languages of the papers, separated by commas; without it those of the study.")
_DONE = N_("The papers of {count} interviewers stand in {folder}:")
_SAME = N_(
    "Nothing changed since the last time; the papers of {count} interviewers stand in {folder}:"
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

    def run(study: str, to: str, interviewers: str, lang: str, as_json_: bool) -> None:
        languages = tuple(part.strip() for part in lang.split(",") if part.strip())
        for part in languages:
            if part not in CONTENT_LANGUAGES:
                expected = list(CONTENT_LANGUAGES)
                raise usage.BAD_VALUE.error(name="--lang", got=part, expected=expected)
        with progress_bar(language) as progress:
            made = make_papers(
                Path(study),
                folder=Path(to) if to else None,
                interviewers=Path(interviewers) if interviewers else None,
                languages=languages,
                progress=progress,
            )
        _show(made, as_json_, language)

    return Command(
        "papers",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=run,
        params=[
            click.Argument(["study"]),
            option("--to", language=language, help=_TO, default="", metavar="DIR"),
            option(
                "--interviewers",
                language=language,
                help=_INTERVIEWERS,
                default="",
                metavar="FILE.csv",
            ),
            option("--lang", language=language, help=_LANG, default="", metavar="ru,kk"),
            json_option(language),
        ],
    )


def _show(made: PapersResult, as_json_: bool, language: str) -> None:
    if as_json_:
        print_json(
            {
                "folder": str(made.folder),
                "made": made.made,
                "interviewers": made.interviewers,
                "files": [str(path) for path in made.files],
                "problems": [as_json(problem, language) for problem in made.problems],
            }
        )
        return
    print_problems(made.problems, language)
    values: dict[str, object] = {"count": made.interviewers, "folder": made.folder}
    print_line(Message(_DONE if made.made else _SAME, values), language)
    for path in made.files:
        print_line(f"  {path.name}", language)
