"""Plain files outside any study: answers in one CSV, what they mean in another.

In: a CSV of answers and a CSV codebook with the columns ``variable,kind,code,label_ru`` and, if
wanted, ``label_kk``. Out: a `Frame`. Empty cells are not asked. Columns that the codebook does not
know are taken as numbers or, failing that, as texts: strata, clusters, identifiers.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tyndau.base.errors import Place
from tyndau.base.frames import (
    MEANINGS,
    RESERVED_CODES,
    Category,
    Column,
    Frame,
    Variable,
    VariableKind,
)
from tyndau.base.languages import N_, Message, Text
from tyndau.base.written import as_number
from tyndau.interchange import problems
from tyndau.interchange.csv import read_csv
from tyndau.interchange.findings import Findings
from tyndau.interchange.reading import Reader, open_column
from tyndau.interchange.sample import check_sample, read_weight
from tyndau.interchange.table import RawTable
from tyndau.study.standards import SampleColumns

_KINDS: dict[str, VariableKind] = {
    "single": "single",
    "scale": "single",
    "multi": "multiple",
    "multiple": "multiple",
    "number": "number",
}
_CLOSED = ("single", "multiple")

_NO_CODE = N_("it is empty")
_TWICE = N_("it stands there twice")
_RESERVED = N_("every table has a row or a column of this code")
_SPACE = N_("spaces separate the codes of a multiple response")
_NO_SCORE = N_("the variable is a scale, and the code is no number")


@dataclass(slots=True)
class _Entry:
    """What the codebook says of a variable, row by row."""

    kind: str
    categories: dict[str, Category] = field(default_factory=dict)


def read_plain(data: Path, codebook: Path, sample: SampleColumns | None = None) -> Frame:
    """Read answers and their codebook from plain CSV files.

    Parameters
    ----------
    data : Path
        A row an interview; multiple responses as codes with spaces between them.
    codebook : Path
        Kinds: ``single``; ``multi`` or ``multiple``; ``scale``, a single whose codes are the
        scores ("don't know" and "refused" have none); ``number``, which needs no codes.
    sample : SampleColumns, optional
        Columns that must hold a weight, a stratum, a cluster in every row, if they are there.

    Returns
    -------
    Frame
        The columns in the order of the data; keys are the numbers of the rows.

    Raises
    ------
    UserError
        Listing every code that the codebook does not know, every exclusive code beside others,
        weights that are missing or no weights, and whatever else does not fit, with file, line
        and column.
    """
    variables = read_plain_codebook(codebook)
    sample = sample or SampleColumns()
    table = read_csv(data)
    findings = Findings()
    reader = Reader(table, findings, np.zeros(len(table), dtype=np.bool_), labels=False)
    everybody = np.ones(len(table), dtype=np.bool_)
    columns: dict[str, Column] = {}
    for name, raw in table.columns.items():
        variable = variables.get(name)
        if variable is None and name == sample.weight:
            columns[name] = read_weight(reader, raw, everybody)
        elif variable is None:
            columns[name] = open_column(raw)
        elif variable.kind == "single":
            columns[name] = reader.single(raw, variable)
        elif variable.kind == "multiple":
            columns[name] = reader.multiple(raw, variable)
        else:
            columns[name] = reader.number(raw, variable)
    check_sample(reader, sample, columns, everybody)
    findings.stop_on_errors()
    keys = np.arange(1, len(table) + 1).astype(np.str_)
    return Frame(keys, columns)


def read_plain_codebook(path: Path) -> dict[str, Variable]:
    """Read the codebook of plain files.

    Parameters
    ----------
    path : Path
        CSV with the columns ``variable``, ``kind``, ``code``, ``label_ru`` and, if wanted,
        ``label_kk``.

    Returns
    -------
    dict of str to Variable
        By name, in the order of the codebook.

    Raises
    ------
    UserError
        Listing everything that is wrong in it.
    """
    table = read_csv(path)
    findings = Findings()
    missing = [
        name for name in ("variable", "kind", "code", "label_ru") if name not in table.columns
    ]
    for name in missing:
        findings.add(problems.CODEBOOK_COLUMN, Place(file=table.file), column=name)
    findings.stop_on_errors()
    entries: dict[str, _Entry] = {}
    for row in range(len(table)):
        _take(table, row, entries, findings)
    findings.stop_on_errors()
    return {
        name: Variable(name, _KINDS[entry.kind], Text(name, name), tuple(entry.categories.values()))
        for name, entry in entries.items()
    }


def _cell(table: RawTable, row: int, name: str) -> str:
    column = table.columns.get(name)
    return column.levels[column.index[row]].strip() if column else ""


def _take(table: RawTable, row: int, entries: dict[str, _Entry], findings: Findings) -> None:
    """Take one row of the codebook into its variable's entry."""
    name, kind, code = (_cell(table, row, part) for part in ("variable", "kind", "code"))
    kind = kind.casefold()
    if not name:
        findings.add(problems.CODEBOOK_VARIABLE, table.place(row, "variable"))
        return
    if kind not in _KINDS:
        findings.add(problems.CODEBOOK_KIND, table.place(row, "kind"), kind=kind)
        return
    entry = entries.setdefault(name, _Entry(kind))
    if entry.kind != kind:
        findings.add(
            problems.CODEBOOK_KINDS, table.place(row, "kind"), variable=name, kind=kind,
            first=entry.kind,
        )  # fmt: skip
        return
    if _KINDS[kind] not in _CLOSED:
        return
    meaning = MEANINGS.get(code, "")
    score = as_number(code) if kind == "scale" and not meaning else None
    fault = _code_fault(entry, code, scored=kind != "scale" or bool(meaning) or score is not None)
    if fault:
        findings.add(
            problems.CODEBOOK_CODE, table.place(row, "code"), code=code, variable=name,
            reason=Message(fault),
        )  # fmt: skip
        return
    label = Text(_cell(table, row, "label_kk"), _cell(table, row, "label_ru"))
    entry.categories[code] = Category(code, label, meaning, score)


def _code_fault(entry: _Entry, code: str, *, scored: bool) -> str:
    if not code:
        return _NO_CODE
    if code in entry.categories:
        return _TWICE
    if code in RESERVED_CODES:
        return _RESERVED
    if _KINDS[entry.kind] == "multiple" and (" " in code or ";" in code):
        return _SPACE
    return "" if scored else _NO_SCORE
