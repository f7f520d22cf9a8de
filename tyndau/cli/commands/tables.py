"""``tyndau tables``: tables of plain files, outside any study.

In: answers and codebook as CSV. Out: one CSV file of cells. It knows no study.
"""

import contextlib
import errno
import os
from pathlib import Path
from typing import Literal

import click

from tyndau.base.errors import Place, refusal
from tyndau.base.frames import Frame
from tyndau.base.languages import N_, Message, Text
from tyndau.cli import problems as usage
from tyndau.cli.language import Command, json_option, lang_option, option
from tyndau.cli.output import print_json, print_line, progress_bar
from tyndau.estimation import frame_design
from tyndau.interchange import read_plain
from tyndau.study.standards import SampleColumns
from tyndau.tabulation import tabulate_many, write_tables
from tyndau.tabulation.problems import CANNOT_WRITE

_SHORT = N_("Make tables of plain files, outside any study.")
_HELP = N_(
    "Make tables of a plain file of answers: each question by each banner variable, with bases, "
    "percentages, standard errors, confidence limits and significance, into one CSV file."
)
_DATA = N_("CSV file of answers, a row an interview; empty means not asked.")
_CODEBOOK = N_("CSV file with the columns variable, kind, code, label_ru and, if wanted, label_kk.")
_ROWS = N_("Questions, separated by commas.")
_BANNER = N_("Variables whose answers are the columns, separated by commas.")
_WEIGHT = N_("Variable that holds the weights.")
_STRATA = N_("Variable that holds the strata.")
_CLUSTER = N_("Variable that holds the clusters (points).")
_INFERENCE = N_(
    "What the sample allows: design (probability sample), model (quotas, routes), none (open "
    "online links: percentages only). Without the option: design."
)
_OUT = N_("CSV file to write.")
_DONE = N_("Tables written to {path}: {tables}.")


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

    def text(name: str, help: str, *, required: bool = False) -> click.Option:
        return option(name, language=language, help=help, required=required, metavar="…")

    return Command(
        "tables",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_tables,
        params=[
            text("--data", _DATA, required=True),
            text("--codebook", _CODEBOOK, required=True),
            text("--rows", _ROWS, required=True),
            text("--banner", _BANNER, required=True),
            text("--weight", _WEIGHT),
            text("--strata", _STRATA),
            text("--cluster", _CLUSTER),
            option(
                "--inference", language=language, help=_INFERENCE, default="design",
                type=click.Choice(["design", "model", "none"]), metavar="design|model|none",
            ),
            lang_option(language),
            text("--out", _OUT, required=True),
            json_option(language),
        ],
    )  # fmt: skip


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _tables(
    data: str,
    codebook: str,
    rows: str,
    banner: str,
    weight: str | None,
    strata: str | None,
    cluster: str | None,
    inference: Literal["design", "model", "none"],
    lang: str,
    out: str,
    as_json_: bool,
) -> None:
    questions = _names(rows)
    if not questions:
        raise usage.MISSING_ARGUMENT.error(name="--rows", command="tyndau tables")
    _keep_apart(Path(out), Path(data), Path(codebook))
    columns = SampleColumns(weight or "", strata or "", cluster or "")
    frame = read_plain(Path(data), Path(codebook), columns)
    banners = [(name, _title(frame, name)) for name in _names(banner)]
    with progress_bar(lang) as progress:
        tables = list(
            tabulate_many(
                frame, questions, banners,
                design=frame_design(frame, columns), inference=inference, progress=progress,
            )
        )  # fmt: skip
    write_tables(tables, Path(out))
    if as_json_:
        print_json({"out": out, "tables": len(tables)})
    else:
        print_line(Message(_DONE, {"tables": len(tables), "path": out}), lang)


def _keep_apart(out: Path, *sources: Path) -> None:
    """Refuse to write over what is read: the answers would be lost."""
    for source in sources:
        same = False
        with contextlib.suppress(OSError):  # one of them is not there, or cannot be looked at
            same = out.samefile(source)
        if same:
            taken = FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            raise CANNOT_WRITE.error(Place(file=str(out)), reason=refusal(taken))


def _title(frame: Frame, name: str) -> Text:
    return frame[name].variable.label if name in frame else Text()
