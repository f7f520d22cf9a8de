"""The columns of the sample's design in a file of answers: weight, strata, clusters.

In: raw columns that the workbook names, columns that were read, whom the screening let in. Out:
columns, and a fault for each way in which a respondent's weight, stratum or cluster is wanting.
Rows of people who were turned away may hold anything: they stand in no table. What errors are
computed from it, `tyndau.estimation.design` decides.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tyndau.base.errors import Place
from tyndau.base.frames import Column, Variable
from tyndau.base.languages import N_, Message, Text
from tyndau.base.written import as_number
from tyndau.interchange import problems
from tyndau.interchange.reading import Reader, open_column
from tyndau.interchange.table import RawColumn
from tyndau.study.standards import SampleColumns

_ROLES = {"weight": N_("weight"), "strata": N_("stratum"), "cluster": N_("cluster")}


def read_weight(reader: Reader, raw: RawColumn, who: NDArray[np.bool_]) -> Column:
    """Read a column of weights.

    Parameters
    ----------
    reader : Reader
        Of the file; told of what is no number in a row that counts.
    raw : RawColumn
        The column.
    who : ndarray of bool, shape (n,)
        The rows that count.

    Returns
    -------
    Column
        The weights; NaN where there is none.
    """
    numbers = np.full(len(raw.levels), np.nan)
    for level, text in enumerate(raw.levels):
        number = as_number(text)
        if number is not None:
            numbers[level] = np.nan if text.strip() in raw.missing else number
            continue
        rows = np.flatnonzero((raw.index == level) & who)
        if text.strip() and text.strip() not in raw.missing and len(rows):
            reader.faulty[rows] = True
            reader.findings.add(
                problems.NOT_A_NUMBER, reader.table.place(int(rows[0]), raw.name),
                value=text.strip(), rows=len(rows),
            )  # fmt: skip
    values = numbers[raw.index]
    return Column(Variable(raw.name, "number", Text()), values, ~np.isnan(values))


def read_identifiers(raw: RawColumn) -> Column:
    """Read a column of strata or clusters.

    Parameters
    ----------
    raw : RawColumn
        The column.

    Returns
    -------
    Column
        As `open_column`; a value that the file declares missing is none.
    """
    levels = tuple("" if text.strip() in raw.missing else text for text in raw.levels)
    return open_column(RawColumn(raw.name, levels, raw.index))


def check_sample(
    reader: Reader,
    sample: SampleColumns,
    columns: Mapping[str, Column],
    who: NDArray[np.bool_],
    *,
    sources: Mapping[str, str] = MappingProxyType({}),
    required: bool = False,
) -> None:
    """See that every respondent has a weight, a stratum and a cluster, where the study has them.

    Parameters
    ----------
    reader : Reader
        Of the file; told of every fault.
    sample : SampleColumns
        Names of the columns.
    columns : mapping of str to Column
        All that was read.
    who : ndarray of bool, shape (n,)
        The respondents.
    sources : mapping of str to str, optional
        What columns are called in the file, where that is not their name.
    required : bool, default False
        Whether the columns must be there; they need not where another population has them, or
        where somebody else will look for them.
    """
    for key, role in _ROLES.items():
        name = getattr(sample, key)
        if name and required and name not in columns:
            place = Place(file=reader.table.file)
            reader.findings.add(
                problems.NO_SAMPLE_COLUMN, place, column=name, role=Message(role), key=key
            )
        if name not in columns:
            continue
        column, source = columns[name], sources.get(name, name)
        # What could not be read was told already.
        lacking = np.flatnonzero(who & ~column.answered & ~reader.faulty)
        if len(lacking):
            place = reader.table.place(int(lacking[0]), source)
            reader.findings.add(
                problems.SAMPLE_MISSING, place, rows=len(lacking), role=Message(role)
            )
        negative = np.flatnonzero(who & _negative(column))
        if key == "weight" and len(negative):
            row = int(negative[0])
            reader.findings.add(
                problems.WEIGHT_NEGATIVE, reader.table.place(row, source),
                value=f"{column.values[row]:.15g}", rows=len(negative),
            )  # fmt: skip


def _negative(column: Column) -> NDArray[np.bool_]:
    if column.variable.kind != "number":
        return np.zeros(len(column.asked), dtype=np.bool_)
    return np.asarray(column.values < 0, dtype=np.bool_)
