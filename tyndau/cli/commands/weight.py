"""``tyndau weight``: weights for a wave, frozen as its next revision.

In: a study, a wave. Out: a revision with the same interviews, their weights and the log of how
these were made; on the terminal what the weights cost and each margin before, after and as it
should be.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tyndau.base.languages import N_, Message, Number, Sayable, Text, number, say
from tyndau.cli.language import Command, json_option, lang_option, option
from tyndau.cli.output import print_json, print_line, progress_bar
from tyndau.study import Study, load_study
from tyndau.waves import wave_said
from tyndau.weighting import Weighed, weigh_wave
from tyndau.weighting.merging import SMALL_BELOW

_SHORT = N_("Weigh the interviews of a wave to the figures of the population.")
_HELP = N_(
    "Weigh the respondents of a wave of STUDY by the steps of the sheet “weighting” to the figures "
    "of the sheet “population”; without steps: base weights by territory and raking to all "
    "figures. The weights and the log of how they were made stand in the wave's next revision; "
    "where it holds the same weights already, nothing is done."
)
_WAVE = N_("Name of the wave.")
_POPULATION = N_("Whom to weigh; without it all that the population's figures are given for.")
_DONE = N_("Weighed: wave {wave}, revision {revision}.")
_SAME = N_("Wave {wave}, revision {revision} holds these weights already; nothing was done.")
_WHO = N_("Population {population}: interviews {rows}, people {people}.")
_RANGE = N_(
    "Weights from {least} to {most}, on average {mean}; the largest is {ratio} times the least."
)
_COST = N_(
    "Effect of unequal weights (Kish): {kish}; effective size: {effective} of {rows} interviews."
)
_TOP = N_("The heaviest 5 % of the interviews carry {share} % of the weight.")
_TRIMMED = N_("Trimmed weights: {count}.")
_BEYOND = N_(
    "After later steps {count} weights lie outside the bounds of trimming again: bound the factors "
    "instead (calibrate_logit), or leave trimming out."
)
_MERGED = N_("Classes merged: {pairs}.")
_ROUNDS = N_("Rounds until the totals held: {rounds}.")
_SMALL = N_(
    "Small categories (interviews under {below}); merging each with another would make weights "
    "steadier: {merges}."
)
_MARGIN, _CATEGORY, _ROWS = N_("Variable"), N_("Category"), N_("Respondents")
_BEFORE, _AFTER, _TARGET = N_("Before, %"), N_("After, %"), N_("Population, %")
_NOT_KNOWN = N_("not known")
_WIDTH = 100  # columns, where no terminal says how wide it is


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
        "weight",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_weight,
        params=[
            click.Argument(["study"]),
            option("--wave", language=language, help=_WAVE, required=True, metavar="…"),
            option("--population", language=language, help=_POPULATION, default="", metavar="…"),
            lang_option(language),
            json_option(language),
        ],
    )


def _weight(study: str, wave: str, population: str, lang: str, as_json_: bool) -> None:
    loaded = load_study(Path(study))
    with progress_bar(lang) as progress:
        done = weigh_wave(loaded, wave, population=population, progress=progress)
    logs = {name: done.wave.weights[name].log for name in done.populations}
    if as_json_:
        head = {"wave": done.wave.name, "revision": done.wave.revision, "made": done.made}
        print_json({**head, "populations": logs})
        return
    _print_head(done, lang)
    for name, log in logs.items():
        _print_population(name, log, lang)
        _print_margins(log["margins"], _labels(loaded, name), lang)


def _print_head(done: Weighed, lang: str) -> None:
    values = {"wave": wave_said(done.wave.name), "revision": done.wave.revision}
    print_line(Message(_DONE if done.made else _SAME, values), lang)


def _print_population(name: str, log: Mapping[str, Any], lang: str) -> None:
    found = log["diagnostics"]
    rows = Number(found["n"])
    small = [one for one in log["margins"] if one["small"] and one["merge"]]
    merges = [f"{one['margin']}: {one['category']} → {one['merge']}" for one in small]
    lines = [
        Message(_WHO, {"population": name, "rows": rows, "people": Number(found["total"])}),
        *(line for step in log["steps"] for line in _of_step(step)),
        Message(_RANGE, {
            "least": Number(found["minimum"], 2), "most": Number(found["maximum"], 2),
            "mean": Number(found["mean"], 2), "ratio": Number(found["ratio"], 1),
        }),
        Message(_COST, {
            "kish": Number(found["kish"], 2), "effective": Number(found["effective"]), "rows": rows,
        }),
        Message(_TOP, {"share": Number(100 * found["top_share"], 1)}),
    ]  # fmt: skip
    if log["beyond_trimming"]:
        lines.append(Message(_BEYOND, {"count": Number(log["beyond_trimming"])}))
    if merges:
        lines.append(Message(_SMALL, {"below": SMALL_BELOW, "merges": merges}))
    for line in lines:
        print_line(line, lang)


def _of_step(step: Mapping[str, Any]) -> list[Sayable]:
    """Return what is worth saying of a step, its name before it."""
    facts = step["facts"]
    said: list[Message] = []
    if step["iterations"]:
        said.append(Message(_ROUNDS, {"rounds": step["iterations"]}))
    if "trimmed" in facts:
        said.append(Message(_TRIMMED, {"count": Number(facts["trimmed"])}))
    if facts.get("merged"):
        pairs = [" → ".join(pair) for pair in facts["merged"]]
        said.append(Message(_MERGED, {"pairs": pairs}))
    return [Message("{step}: {said}", {"step": step["step"], "said": one}) for one in said]


def _labels(study: Study, population: str) -> dict[str, Sayable]:
    """Return what people read for a variable, a category or a territory."""
    words: dict[str, Sayable] = {"?": Message(_NOT_KNOWN)}
    for variable in study.variables(population):
        words |= {f"{variable.name}={one.code}": one.label for one in variable.categories}
    words |= {one.code: one.name for one in study.territories}
    return words


def _print_margins(rows: list[Mapping[str, Any]], labels: Mapping[str, Sayable], lang: str) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in (_MARGIN, _CATEGORY):
        table.add_column(Message(heading).say(lang), overflow="fold")
    for heading in (_ROWS, _BEFORE, _AFTER, _TARGET):
        table.add_column(Message(heading).say(lang), justify="right")
    sums = {
        name: {
            key: sum(one[key] or 0 for one in rows if one["margin"] == name)
            for key in ("before", "after")
        }
        for name in {one["margin"] for one in rows}
    }
    before = ""
    for one in rows:
        total = sums[one["margin"]]
        target = "–" if one["target"] is None else _share(one["target"], total["after"], lang)
        table.add_row(
            "" if one["margin"] == before else one["margin"],
            _category(one, labels, lang),
            number(one["rows"], lang),
            _share(one["before"], total["before"], lang),
            _share(one["after"], total["after"], lang),
            target,
        )
        before = one["margin"]
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    console.print(table)


def _share(value: float, total: float, lang: str) -> str:
    return number(100 * value / total, lang, decimals=1) if total else "–"


def _category(row: Mapping[str, Any], labels: Mapping[str, Sayable], lang: str) -> str:
    *territory, code = row["category"].split(" / ")
    variable = row["margin"].split(" / ")[0]
    label = labels.get(f"{variable}={code}", labels.get(code, Text(code, code)))
    words = [say(labels.get(one, one), lang) for one in territory]
    return " / ".join([*words, say(label, lang)])
