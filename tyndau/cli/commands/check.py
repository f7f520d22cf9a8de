"""``tyndau check``: all problems of a study at once, and the length of its interviews.

In: a study. Out: its problems and lengths on standard output; exit code 1 if there are errors. It
writes nothing.
"""

from pathlib import Path

import click

from tyndau.base.errors import Problem
from tyndau.base.languages import N_, Message, number
from tyndau.cli.language import Command, json_option, lang_option, option
from tyndau.cli.output import as_json, print_json, print_line, print_problems
from tyndau.questionnaire import Form, Length, interview_length
from tyndau.study import Study, check_study, require_folder

_SHORT = N_("Show all problems of a study, and how long its interviews take.")
_HELP = N_(
    "Check the workbook and the questionnaires of STUDY against each other: what is missing, what "
    "contradicts, what is not translated. All problems are shown at once, and how many minutes the "
    "interview takes by the shortest and the longest route."
)
_ALL = N_("Show hints on wording too.")
_COUNTS = N_("Errors: {errors}. Warnings: {warnings}. Hints on wording: {hints}.")
_SEE_HINTS = N_('"tyndau check --hints" shows the hints.')
_CLEAN = N_("The study is in order.")
_LENGTH = N_("Interview {form}, {language}: {shortest} to {longest} minutes.")
_SCREENED = N_("Interview {form}, {language}: {screened} minutes for those who are screened out.")
_BOUND = N_("The longest is an upper bound: the routing could not be followed in full.")
_TOO_LONG = N_("A respondent gives {limit} minutes at most; what leads to the longest interview:")
# What a respondent gives, by the requirements of the study.
MOST_MINUTES = 15
_LANGUAGES = {"kk": N_("in Kazakh"), "ru": N_("in Russian")}


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
    return Command(
        "check",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_check,
        params=[
            click.Argument(["study"]),
            option("--hints", language=language, help=_ALL, is_flag=True),
            lang_option(language),
            json_option(language),
        ],
    )  # fmt: skip


def _check(study: str, hints: bool, lang: str, as_json_: bool) -> int:
    require_folder(Path(study))
    checked, problems = check_study(Path(study))
    errors = [problem for problem in problems if problem.kind.severity == "error"]
    if as_json_:
        print_json(
            {
                "problems": [as_json(problem, lang) for problem in problems],
                "length": _lengths_as_json(checked) if checked else {},
            }
        )
        return 1 if errors else 0
    print_problems([p for p in problems if hints or p.kind.severity != "hint"], lang)
    _print_counts(problems, lang, hints)
    for form in checked.forms.values() if checked else ():
        lengths = {spoken: interview_length(form, spoken) for spoken in form.languages}
        for spoken, length in lengths.items():
            _print_length(form, length, spoken, lang)
        longest = max(lengths.values(), key=lambda length: length.longest, default=None)
        if longest is not None and longest.longest > MOST_MINUTES:
            _print_route(longest, lang)
    return 1 if errors else 0


def _print_counts(problems: list[Problem], lang: str, hints: bool) -> None:
    count = {
        name: sum(problem.kind.severity == name for problem in problems)
        for name in ("error", "warning", "hint")
    }
    if not count["error"] and not count["warning"]:
        print_line(Message(_CLEAN), lang)
    counts = {"errors": count["error"], "warnings": count["warning"], "hints": count["hint"]}
    print_line(Message(_COUNTS, counts), lang)
    if count["hint"] and not hints:
        print_line(Message(_SEE_HINTS), lang)


def _print_length(form: Form, length: Length, spoken: str, lang: str) -> None:
    values: dict[str, object] = {
        "form": form.population,
        "language": Message(_LANGUAGES[spoken]) if spoken in _LANGUAGES else spoken,
        "shortest": number(length.shortest_complete, lang, decimals=1),
        "longest": number(length.longest, lang, decimals=1),
        "screened": number(length.shortest, lang, decimals=1),
    }
    print_line(Message(_LENGTH, values), lang)
    if length.shortest < length.shortest_complete:
        print_line(Message(_SCREENED, values), lang)
    if not length.exact:
        print_line(Message(_BOUND), lang)


def _print_route(length: Length, lang: str) -> None:
    print_line(Message(_TOO_LONG, {"limit": MOST_MINUTES}), lang)
    for decision in length.decisions:
        print_line(f"  {decision.wording.say(lang)} — {decision.answer.say(lang)}", lang)


def _lengths_as_json(study: Study) -> dict[str, object]:
    return {
        population: {
            spoken: {
                "shortest_minutes": length.shortest,
                "shortest_complete_minutes": length.shortest_complete,
                "longest_minutes": length.longest,
                "routes": length.routes,
                "exact": length.exact,
                "longest_route": {d.question: d.answer.say(spoken) for d in length.decisions},
            }
            for spoken in form.languages
            for length in [interview_length(form, spoken)]
        }
        for population, form in study.forms.items()
    }
