"""``tyndau proof``: a published volume of tables held against the study.

In: a study with a wave, and the published cells. Out: findings, slips first; exit code 1 if there
are slips.
"""

from pathlib import Path

import click

from tyndau.base.languages import N_, Message
from tyndau.cli.language import Command, json_option, lang_option, option
from tyndau.cli.output import print_json, print_line
from tyndau.proofing import Proof, describe, proof
from tyndau.study import load_study
from tyndau.waves import read_wave

_SHORT = N_("Name the slips in a published volume of tables.")
_HELP = N_(
    "Hold a published volume of tables against STUDY and name its slips: bases larger than the "
    "routing allows, columns that do not add up, cells that contradict the total or the "
    "interviews, repeated tables; with the likely right figure where one follows."
)
_PUBLISHED = N_("CSV file of the published cells, a row a cell.")
_WAVE = N_("The wave; without it the last by name.")
_SLIPS = N_("Slips: {slips}.")
_MINOR = N_("Smaller differences: {minor}.")


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
        "proof",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_proof,
        params=[
            click.Argument(["study"]),
            option("--published", language=language, help=_PUBLISHED, required=True, metavar="…"),
            option("--wave", language=language, help=_WAVE, default="", metavar="…"),
            lang_option(language),
            json_option(language),
        ],
    )  # fmt: skip


def _proof(study: str, published: str, wave: str, lang: str, as_json_: bool) -> int:
    loaded = load_study(Path(study))
    found = proof(loaded, read_wave(loaded.folder, wave), Path(published))
    if as_json_:
        print_json(found.as_dict(lang))
    else:
        _print(found, lang)
    return 1 if found.slips else 0


def _print(found: Proof, lang: str) -> None:
    print_line(found.summary, lang)
    minor = [finding for finding in found.findings if finding.severity == "minor"]
    for title, key, findings in ((_SLIPS, "slips", found.slips), (_MINOR, "minor", minor)):
        print_line("", lang)
        print_line(Message(title, {key: len(findings)}), lang)
        for number, finding in enumerate(findings, start=1):
            headline, *evidence = describe(finding)
            print_line(f"{number:3}. {headline.say(lang)}", lang)
            for sentence in evidence:
                print_line(f"     {sentence.say(lang)}", lang)
