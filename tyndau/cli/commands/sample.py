"""``tyndau sample``: size, allocation, points, routes, quotas, interviewers and cost of a study.

In: a study whose workbook says what sample is wanted. Out: documents for the sociologist, for
supervisors and interviewers, and the record of the plan. Nothing changed: nothing done.
"""

from collections.abc import Sequence
from pathlib import Path

import click

from tyndau.base.languages import CONTENT_LANGUAGES, N_, Message, Number
from tyndau.cli import problems as usage
from tyndau.cli.language import Command, json_option, option
from tyndau.cli.output import as_json, print_json, print_line, print_problems, progress_bar
from tyndau.reporting.sample import SampleResult, make_sample
from tyndau.sampling import as_record

_SHORT = N_("Plan the sample: size, points, routes, quotas, interviewers, cost.")
_HELP = N_(
    "Plan the sample of STUDY by the sheet sampling of its workbook: how many interviews, how they "
    "are shared out among territories and at what price, which points are drawn, how interviewers "
    "walk there, whom they ask, who works where, what it costs. A report for the sociologist and "
    "sheets for supervisors and interviewers stand in the folder sample of the study. What is "
    "missing in the workbook is named. Where nothing changed, nothing is done."
)
_LANG = N_("Languages of the documents, separated by commas; without it those of the study.")
_PLANNED = N_(
    "{interviews} interviews at {points} points in {territories} territories, {interviewers} "
    "interviewers; effective size {effective}; territories with a direct estimate: {direct}."
)
_COST = N_("Cost: {cost} tenge.")
_DONE = N_("The sample stands in {folder}:")
_SAME = N_("Nothing changed since the last time; the sample stands in {folder}:")
_SHEETS = N_("  and {count} sheets of interviewers")


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

    def run(study: str, lang: str, as_json_: bool) -> None:
        languages = _chosen(lang)
        with progress_bar(language) as progress:
            made = make_sample(Path(study), languages=languages, progress=progress)
        _show(made, as_json_, language)

    return Command(
        "sample",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=run,
        params=[
            click.Argument(["study"]),
            option("--lang", language=language, help=_LANG, default="", metavar="ru,kk"),
            json_option(language),
        ],
    )


def _chosen(given: str) -> Sequence[str]:
    chosen = tuple(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))
    for part in chosen:
        if part not in CONTENT_LANGUAGES:
            raise usage.BAD_VALUE.error(name="--lang", got=part, expected=list(CONTENT_LANGUAGES))
    return chosen


def _show(made: SampleResult, as_json_: bool, language: str) -> None:
    plan = made.plan
    if as_json_:
        print_json(
            {
                "folder": str(made.folder),
                "made": made.made,
                "files": [str(path) for path in made.files],
                "sample": as_record(plan),
                "problems": [as_json(problem, language) for problem in made.problems],
            }
        )
        return
    print_problems(made.problems, language)
    words: dict[str, object] = {
        "interviews": Number(plan.allocation.n),
        "points": Number(len(plan.points)),
        "territories": len(plan.territories),
        "interviewers": plan.assignment.interviewers,
        "effective": Number(plan.allows.effective),
        "direct": len(plan.allows.direct),
    }
    print_line(Message(_PLANNED, words), language)
    if plan.cost.total is not None:
        print_line(Message(_COST, {"cost": Number(plan.cost.total)}), language)
    print_line(Message(_DONE if made.made else _SAME, {"folder": made.folder}), language)
    sheets = [path for path in made.files if path.name.startswith("interviewer-")]
    for path in made.files:
        if path not in sheets:
            print_line(f"  {path.name}", language)
    print_line(Message(_SHEETS, {"count": len(sheets)}), language)
