"""Importing a file of answers as a population of a study.

In: a raw table, a study, a population. Out: a frame of the form's questions and the derived
variables, and warnings. Every fault of the file is collected and raised at once; nothing is dropped
silently. It reads and writes no file; `tyndau.interchange.into_wave` does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place, Problem
from tyndau.base.frames import NO_CATEGORY, Column, Frame
from tyndau.interchange import problems
from tyndau.interchange.findings import Findings
from tyndau.interchange.matching import Match, match_columns
from tyndau.interchange.reading import Reader
from tyndau.interchange.sample import check_sample, read_identifiers, read_weight
from tyndau.interchange.table import RawColumn, RawTable
from tyndau.questionnaire import routing
from tyndau.questionnaire.form import Form
from tyndau.study.derive import derive
from tyndau.study.model import Study
from tyndau.waves import KEY, new_keys


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made of a file.

    Attributes
    ----------
    frame : Frame
        The answers.
    problems : tuple of Problem
        Warnings: what the user should look at.
    """

    frame: Frame
    problems: tuple[Problem, ...]


def import_frame(
    table: RawTable,
    study: Study,
    population: str,
    *,
    key: str = "",
    ignore: Collection[str] = (),
) -> Imported:
    """Read a table as the answers of a population.

    Parameters
    ----------
    table : RawTable
        The file.
    study : Study
        Its forms and derived variables.
    population : str
        Whose answers the file holds.
    key : str, optional
        The column of the rows' keys; drawn at random by default.
    ignore : collection of str, optional
        Columns to pass over.

    Returns
    -------
    Imported
        The frame: questions in the order of asking, derived variables, columns of the sample.

    Raises
    ------
    UserError
        Carrying every fault of the file: unknown columns and codes, exclusive codes beside others,
        answers to questions that were not asked, texts in place of numbers, keys that are not
        unique, derived variables that contradict their sources, respondents without the weight,
        stratum or cluster that the study names.
    """
    findings = Findings()
    frame = _read_all(table, study, population, findings, key=key, ignore=ignore)
    findings.stop_on_errors()
    return Imported(frame, (*table.warnings, *findings.problems("warning")))


def readable_frame(table: RawTable, study: Study, population: str, *, key: str) -> Frame:
    """Read what can be read of a table, to follow a field under way: nothing of it is kept as data.

    Parameters
    ----------
    table : RawTable
        Interviews as they came, whatever is wrong with some of them.
    study : Study
        Its forms and derived variables.
    population : str
        Whose answers the table holds.
    key : str
        The column of the rows' keys.

    Returns
    -------
    Frame
        As of `import_frame`; an answer that the form does not know, or that nobody was asked for,
        counts as none.
    """
    return _read_all(table, study, population, Findings(), key=key)


def _read_all(
    table: RawTable,
    study: Study,
    population: str,
    findings: Findings,
    *,
    key: str = "",
    ignore: Collection[str] = (),
) -> Frame:
    """Read every column, and collect what is wrong."""
    reader = Reader(table, findings, np.zeros(len(table), dtype=np.bool_))
    variables = {variable.name: variable for variable in study.variables(population)}
    if KEY in variables:
        findings.add(problems.RESERVED, Place(file=study.forms[population].path), name=KEY)
    derived = {one.name for one in study.derived if one.population == population}
    sample = {study.sample.weight, study.sample.strata, study.sample.cluster} - {""}
    groups = {question.name: question.groups for question in study.forms[population].questions}
    matches, others = match_columns(
        table, variables.values(), findings, key=key, ignore=ignore, extra=sample, groups=groups
    )
    given = {match.variable.name: _read(reader, match) for match in matches if match.present}
    raw = Frame(_keys(table, key, findings), given)
    answers = _settle(reader, study.forms[population], _without(raw, derived), matches)
    _warn(reader, study.forms[population], answers, [n for n in variables if n not in derived])
    columns = _with_derived(reader, study, population, raw, answers)
    respondents = routing.interviewed(study.forms[population], answers)
    for other in others:
        columns[other.name] = _sample_column(reader, other, study.sample.weight, respondents)
    alone, sources = len(study.forms) == 1, _sources(matches)
    check_sample(reader, study.sample, columns, respondents, sources=sources, required=alone)
    return Frame(raw.keys, columns)


def _sample_column(
    reader: Reader, raw: RawColumn, weight: str, respondents: NDArray[np.bool_]
) -> Column:
    if raw.name == weight:
        return read_weight(reader, raw, respondents)
    return read_identifiers(raw)


def _sources(matches: Sequence[Match]) -> dict[str, str]:
    """Return what the file calls the variables that it has."""
    return {match.variable.name: match.source for match in matches if match.present}


def _without(frame: Frame, names: Collection[str]) -> Frame:
    kept = {name: column for name, column in frame.columns.items() if name not in names}
    return Frame(frame.keys, kept)


def _with_derived(
    reader: Reader, study: Study, population: str, raw: Frame, answers: Frame
) -> dict[str, Column]:
    """Add the derived variables: computed where that is possible, else as the file has them."""
    variables = {variable.name: variable for variable in study.variables(population)}
    columns = {}
    for column in derive(study, population, Frame(raw.keys, {**raw.columns, **answers.columns})):
        name = column.variable.name
        if name not in answers and name in raw:
            _compare(reader, raw[name], column)
        # The workbook's scores belong to the variable, the computation does not know them.
        columns[name] = Column(variables[name], column.values, column.asked)
    return columns


def _read(reader: Reader, match: Match) -> Column:
    variable, whole = match.variable, match.whole
    if match.parts:
        _warn_codes(reader, match)
        split = reader.split(match.parts, variable)
        if whole is None:
            return split
        column = reader.multiple(whole, variable)
        _compare_split(reader, whole.name, column, split)
        return column
    if whole is None:
        raise ValueError(f"no column holds {variable.name!r}")
    read = {
        "single": reader.single,
        "multiple": reader.multiple,
        "number": reader.number,
        "text": reader.text,
    }[variable.kind]
    return read(whole, variable)


def _warn_codes(reader: Reader, match: Match) -> None:
    absent = [code for code in match.variable.codes if code not in match.parts]
    if absent and match.whole is None:
        place = Place(file=reader.table.file, column=match.variable.name)
        reader.findings.add(
            problems.NO_CATEGORY_COLUMN, place, variable=match.variable.name, codes=absent
        )


def _compare_split(reader: Reader, name: str, whole: Column, split: Column) -> None:
    differ = (whole.values != split.values).any(axis=1) & ~reader.faulty
    if differ.any():
        row = int(np.argmax(differ))
        reader.faulty[differ] = True
        reader.findings.add(
            problems.SPLIT_CONTRADICTS, reader.table.place(row, name), whole=name,
            rows=int(differ.sum()),
        )  # fmt: skip


def _keys(table: RawTable, key: str, findings: Findings) -> NDArray[np.str_]:
    column = table.columns.get(key)
    if column is None:
        return new_keys(len(table))
    levels = [level.strip() for level in column.levels]
    keys = [levels[level] for level in column.index]
    first: dict[str, int] = {}
    for row, text in enumerate(keys):
        if not text:
            findings.add(problems.KEY_EMPTY, table.place(row, key))
        elif first.setdefault(text, row) != row:
            line = int(table.lines[first[text]])
            findings.add(problems.KEY_TWICE, table.place(row, key), key=text, first=line)
    return np.array(keys, dtype=np.str_)


def _settle(reader: Reader, form: Form, frame: Frame, matches: Sequence[Match]) -> Frame:
    """Decide who was asked: by the routing, or, where it cannot be known, who answered."""
    sources = _sources(matches)
    columns = {}
    for name, routed in {**dict.fromkeys(frame.columns), **routing.asked(form, frame)}.items():
        if name not in frame:
            continue
        column = frame[name]
        if routed is None:
            columns[name] = column
            continue
        lacking = reader.table.lacking.get(sources[name])
        who = routed if lacking is None else routed & ~lacking
        # A row with another fault may be routed wrongly because of it: one fault is told once.
        wrong = column.answered & ~who & ~reader.faulty
        cells = reader.table.columns[sources[name]]
        for value, rows in _by_value(column, cells, wrong).items():
            reader.findings.add(
                problems.NOT_ASKED, reader.table.place(rows[0], cells.name), value=value,
                rows=len(rows),
            )  # fmt: skip
        columns[name] = _emptied(column, who)
    return Frame(frame.keys, {name: columns[name] for name in frame.columns})


def _emptied(column: Column, asked: NDArray[np.bool_]) -> Column:
    """Return a column without values where nobody was asked; those are errors already told."""
    empty = {"single": NO_CATEGORY, "multiple": False, "number": np.nan, "text": ""}
    values = column.values.copy()
    values[~asked] = empty[column.variable.kind]
    return Column(column.variable, values, asked)


def _by_value(column: Column, cells: RawColumn, mask: NDArray[np.bool_]) -> dict[str, list[int]]:
    """Return the rows of a mask by what they answered: its code, or what the cell holds."""
    coded = column.variable.kind in ("single", "multiple")
    rows: dict[str, list[int]] = {}
    for row in map(int, np.flatnonzero(mask)):
        said = _said(column, row) if coded else cells.levels[cells.index[row]].strip()
        rows.setdefault(said, []).append(row)
    return rows


def _said(column: Column, row: int) -> str:
    """Return the codes of an answer to a closed question."""
    value, variable = column.values[row], column.variable
    if variable.kind == "multiple":
        return " ".join(np.array(variable.codes, dtype=object)[value])
    return variable.codes[value] if value != NO_CATEGORY else ""


def _compare(reader: Reader, given: Column, computed: Column) -> None:
    """Find rows in which a derived variable of the file is not what its sources say."""
    name = given.variable.name
    differ = given.values != computed.values
    if given.variable.kind == "multiple":
        differ = differ.any(axis=1)
    differ = differ & ~reader.faulty
    pairs: dict[tuple[str, str], list[int]] = {}
    for row in np.flatnonzero(differ):
        pair = (_said(given, int(row)), _said(computed, int(row)))
        pairs.setdefault(pair, []).append(int(row))
    for (said, meant), rows in pairs.items():
        reader.findings.add(
            problems.DERIVED_CONTRADICTS, reader.table.place(rows[0], name), given=said,
            computed=meant, rows=len(rows), column=name,
        )  # fmt: skip


def _warn(reader: Reader, form: Form, frame: Frame, questions: Sequence[str]) -> None:
    """Warn of questions without a column, and of people who were asked and gave no answer."""
    place = Place(file=reader.table.file)
    absent = [name for name in questions if name not in frame]
    if absent:
        reader.findings.add(problems.NO_COLUMN, place, count=len(absent), questions=absent)
    empty = []
    for column in frame:
        count = int((column.asked & ~column.answered).sum())
        # An open question that the form does not insist on is meant to be left empty.
        optional = column.variable.kind == "text" and not form[column.variable.name].required
        if count and not optional:
            empty.append(f"{column.variable.name} ({count})")
    if empty:
        reader.findings.add(problems.NO_ANSWER, place, questions=empty)
